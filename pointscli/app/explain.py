"""`points explain`: how a member's score came to be, as a tree of lines in the workspace's language."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from pointscli.app.explain_lines import credit_lines, idle_lines, room_lines, select_item
from pointscli.app.explain_results import ResultLines
from pointscli.app.inputs import Inputs
from pointscli.app.one_member import derive_member
from pointscli.app.question import Asked
from pointscli.app.tally import Report
from pointscli.app.why_not import WhyNot
from pointscli.app.workspace import Workspace
from pointscli.model.derivation import Derivation, RollupStep
from pointscli.model.explanation import Explanation, Line, Part
from pointscli.model.period import Period
from pointscli.model.tally import Tally
from pointscli.outputs.explain_words import ExplainWords
from pointscli.outputs.page import marks
from pointscli.outputs.titles import Words
from pointscli.scheme.plan import version_at_end
from pointscli.scheme.types import Scheme, walk


@dataclass(frozen=True, slots=True)
class Explained:
    """What a writer needs: the words, and the numbers for machines."""

    explanation: Explanation
    derivation: Derivation
    report: Report
    rollup: str
    """How the period is made of shorter ones; empty for a settlement period."""


def explain(
    workspace: Workspace,
    asked: Asked,
    member: str,
    *,
    item: str | None = None,
    why_not: str | None = None,
    skip_invalid: bool = False,
) -> Explained:
    """Explain a member's score; `item` shows one item or section only, `why_not` what did not count or come about."""
    inputs, number, derived = derive_member(workspace, member, lambda *_: asked, skip_invalid=skip_invalid)
    tally, derivation = derived.report.tally, derived.members[inputs.roster.members[number].id]
    _, scheme = version_at_end(inputs.schemes, tally.scheme, tally.period)
    teller = _Teller(inputs, scheme, tally, derivation, ExplainWords(workspace.language))
    built = teller.why_not(why_not) if why_not else teller.whole(item)
    rules = dict(scheme.rollup)
    rollup = str(rules[tally.period.kind].by) if tally.period.kind in rules and derivation.rollup else ""
    return Explained(built, derivation, derived.report, rollup)


class _Teller:
    """Puts the parts of one explanation together."""

    def __init__(
        self, inputs: Inputs, scheme: Scheme, tally: Tally, derivation: Derivation, words: ExplainWords
    ) -> None:
        self.inputs, self.scheme, self.tally, self.derivation, self.words = inputs, scheme, tally, derivation, words
        self.results = ResultLines(scheme, tally, derivation, words)

    def whole(self, item: str | None) -> Explanation:
        """Everything, or one item or section."""
        derivation = self.derivation
        chosen = select_item(self.inputs.schemes, self.tally.scheme, item) if item else None
        parts = [
            Part(self.words.text("credits", period=self._period(period)), tuple(lines))
            for period, lines in self._credits(chosen)
        ]
        if chosen is None:
            if derivation.rollup:
                name = self._period(derivation.period)
                parts.append(Part(self.words.text("rollup", period=name), tuple(self._rollup())))
            parts.append(Part(self.words.text("outcomes"), tuple(self.results.outcomes())))
        idle = idle_lines(derivation, self.words, chosen)
        if idle:
            parts.append(Part(self.words.text("idle"), tuple(idle)))
        return self._explanation([part for part in parts if part.lines])

    def why_not(self, name: str) -> Explanation:
        """What kept an outcome or an item from this member."""
        outcome = next((one for one in self.scheme.outcomes if name in (one.id, one.title)), None)
        if outcome is not None:
            lines = WhyNot(self.scheme, self.tally, self.derivation, self.words).outcome(outcome)
            title = outcome.title or outcome.id
        else:
            chosen = select_item(self.inputs.schemes, self.tally.scheme, name)
            node = next((node for node in walk(self.scheme.score) if node.id == chosen), None)
            title = node.title if node else name
            lines = self._why_not_item(chosen, title)
        return self._explanation([Part(self.words.text("why_not", title=title), tuple(lines))])

    def _why_not_item(self, chosen: str, title: str) -> list[Line]:
        counted = [line for _, lines in self._credits(chosen) for line in lines]
        idle = idle_lines(self.derivation, self.words, chosen)
        found = [*counted, *idle]
        if not found:
            found = [Line("fact", 0, self.words.text("no_event", title=title))]
        return [*found, *room_lines(self.derivation, self.words, chosen, self.scheme)]

    def _explanation(self, parts: list[Part]) -> Explanation:
        derivation, tally = self.derivation, self.tally
        words = Words(self.words.language)
        facts = [words.text("scheme", scheme=tally.scheme)]
        if tally.version:
            facts.append(words.text("version", version=tally.version))
        facts.append(words.text("as_of", date=tally.as_of.isoformat()))
        if tally.decided:
            facts.append(words.text("decided", date=tally.decided.isoformat()))
        return Explanation(
            heading=(f"{derivation.name} {derivation.member}", tally.title, self._period(derivation.period)),
            facts=tuple(facts),
            result=tuple(self.results.result()),
            marks=marks(tally, words),
            parts=tuple(parts),
        )

    def _credits(self, chosen: str | None) -> list[tuple[Period, list[Line]]]:
        """The tree of each settlement period, with its score above."""
        size = self.derivation.settle.size
        scores = {one.period: one.score for one in self.derivation.periods}
        by_period = {
            period: list(postings)
            for period, postings in groupby(
                self.derivation.postings, key=lambda one: Period.containing(self.derivation.settle, one.date)
            )
        }
        summed = [one for one in self.derivation.idle if one.why == "total"]
        found = []
        for period in sorted({*scores, *by_period}, key=lambda one: one.first_month // size):
            postings = [one for one in by_period.get(period, []) if chosen is None or chosen in one.path]
            lines = credit_lines(postings, summed, self.inputs.schemes, self.words)
            if chosen is None:
                lines.append(Line("period", 0, self.words.text("whole"), scores.get(period)))
            if lines:
                found.append((period, lines))
        return found

    def _rollup(self) -> list[Line]:
        """Each step: the shorter periods' scores and what was made of them."""
        inner = self.derivation.periods
        lines = []
        for step in self.derivation.rollup:
            for outer in step.scores:
                terms = [
                    one for one in inner if outer.period.first_month <= one.period.first_month < _stop(outer.period)
                ]
                names = self.words.text("and").join(self._period(one.period) for one in terms)
                shown = " + ".join(_signed(str(one.score)) for one in terms)
                note = self._rolled(step, names, shown, [str(one.score) for one in terms])
                notes = [note]
                if outer.uncut is not None:
                    notes.append(self.words.text("rolled_ceiling", score=outer.score))
                lines.append(Line("fact", 0, self._period(outer.period), outer.score, tuple(notes)))
            inner = step.scores
        if self.derivation.score is not None and lines:
            text = self.words.text("rounded", decimals=self.derivation.decimals, score=str(self.derivation.score))
            lines.append(Line("fact", 0, text))
        return lines

    def _rolled(self, step: RollupStep, names: str, shown: str, terms: list[str]) -> str:
        if step.by == "mean":
            return self.words.text("mean_of", periods=names, terms=shown, n=len(terms))
        if step.by == "last":
            return self.words.text("last_of", term=terms[-1] if terms else "0")
        return self.words.text("sum_of", periods=names, terms=shown)

    def _period(self, period: Period) -> str:
        return self.words.period(period)


def _stop(period: Period) -> int:
    return period.first_month + period.kind.size


def _signed(text: str) -> str:
    return f"({text})" if text.startswith("-") else text
