"""Why a member is not on an outcome's list: each condition with its figure, and the first thing that kept them off."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from pointscli.app.membership import accepts_cells, group_of
from pointscli.app.outcomes import within_of
from pointscli.model.derivation import Derivation
from pointscli.model.explanation import Line
from pointscli.model.tally import OutcomeList, Standing, Tally
from pointscli.outputs.explain_words import ExplainWords
from pointscli.outputs.rule_words import RuleWords
from pointscli.outputs.titles import Words
from pointscli.scheme.result_types import Condition, Outcome
from pointscli.scheme.types import Scheme, walk

_SIGNS = {">=": "≥", "<=": "≤", "!=": "≠"}
_HOLDS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    ">=": lambda one, other: one >= other,
    ">": lambda one, other: one > other,
    "<=": lambda one, other: one <= other,
    "<": lambda one, other: one < other,
    "=": lambda one, other: one == other,
    "!=": lambda one, other: one != other,
}
_COUNTED = ("free", "beyond times", "mark", "total")
"""Why an event that counts earns nothing itself."""


class WhyNot:
    """Checks an outcome's conditions one by one, in the order in which the rules do."""

    def __init__(self, scheme: Scheme, tally: Tally, derivation: Derivation, words: ExplainWords) -> None:
        """Find the member's standing and the titles of figures."""
        self.scheme, self.tally, self.derivation, self.words = scheme, tally, derivation, words
        self.standing = next((one for one in tally.standings if one.member == derivation.member), None)
        self.fixed = Words(words.language)
        self.titles = {node.id: node.title for node in walk(scheme.score)}
        self.titles |= {derive.id: derive.title or derive.id for derive in scheme.derive}
        self.titles |= {name: self.fixed.title(name) for name in ("score", "rank", "grade", "stars", "earned")}

    def outcome(self, outcome: Outcome) -> list[Line]:
        """Every condition, met or not."""
        standing = self.standing
        if standing is None:
            return [self._line(self.words.text("off_unlisted"))]
        title = outcome.title or outcome.id
        off = self._line(self.words.text("off", title=title), outcome)
        found = next((one for one in self.tally.outcomes if one.id == outcome.id), None)
        if found is None:
            words = RuleWords(self.words.language)
            return [
                off,
                self._line(self.words.text("off_period", kinds=words.listed(map(words.period, outcome.period)))),
            ]
        if standing.member in found.members:
            return [self._line(self.words.text("on", title=title, reason=found.reasons[standing.member]))]
        lines = [off, *self._before(outcome, standing)]
        lines += [self._condition(condition, standing) for condition in outcome.where]
        nominee = next((one for one in found.nominated if one.member == standing.member), None)
        if nominee:
            lines.append(self._line(self.words.text("nominated", title=title, stage=nominee.stage_title)))
        elif standing.member in found.reasons:
            lines.append(self._line(self.words.text("off_rejected")))
        elif all(line.kind != "idle" for line in lines):
            lines.append(self._line(self._places(outcome, found, standing)))
        return lines

    def _line(self, text: str, outcome: Outcome | None = None) -> Line:
        places = (f"{outcome.place.path}:{outcome.place.line}",) if outcome else ()
        return Line("fact", 0, text, None, (), places)

    def _off(self, text: str) -> Line:
        return Line("idle", 0, self.words.text("unmet", text=text))

    def _before(self, outcome: Outcome, standing: Standing) -> list[Line]:
        """What is asked before any figure: to be ranked, to be one of those it is for, no event that excludes."""
        lines = []
        if standing.rank is None if self.tally.ranked else standing.row.get("exempt", ""):
            lines.append(self._off(self.words.text("off_exempt")))
        if not accepts_cells(outcome.only, standing.row):
            allowed = "; ".join(self._allowed(column, values) for column, values in outcome.only)
            lines.append(self._off(self.words.text("off_only", who=allowed)))
        barred = [self.titles.get(one, one) for one in outcome.excepts if self._happened(one)]
        if barred:
            lines.append(self._off(self.words.text("off_except", items=self.words.text("and").join(barred))))
        own = self.tally.figure(standing, outcome.by)
        if outcome.top and outcome.by != self.scheme.score.id and not (isinstance(own, Decimal) and own > 0):
            lines.append(self._off(f"{self.titles[outcome.by]} {_shown(own)} > 0"))
        return lines

    def _allowed(self, column: str, values: tuple[str, ...]) -> str:
        """The values of a column; kinds by their words alone."""
        if column == "kind":
            return self.fixed.join([self.fixed.kind(value) for value in values])
        return f"{self.fixed.title(column)} {self.fixed.join(list(values))}"

    def _happened(self, node: str) -> bool:
        posted = any(node in one.path and one.source is not None for one in self.derivation.postings)
        return posted or any(node in one.path and one.why in _COUNTED for one in self.derivation.idle)

    def _condition(self, condition: Condition, standing: Standing) -> Line:
        bound = condition.text or str(condition.value)
        sign = _SIGNS.get(condition.op, condition.op)
        figure = self.tally.figure(standing, condition.measure)
        text = f"{self.titles[condition.measure]} {_shown(figure)} {sign} {bound}"
        return self._line(self.words.text("met", text=text)) if _holds(condition, figure) else self._off(text)

    def _places(self, outcome: Outcome, found: OutcomeList, standing: Standing) -> str:
        """All conditions are met: others came first."""
        own = group_of(standing.row, within_of(outcome, self.scheme))
        group = next((one for one in found.met if one.group == own), None)
        if group is None:
            return self.words.text("off_other")
        last = next(one for one in self.tally.standings if one.member == group.members[-1])
        figure, by = self.tally.figure(last, outcome.by), self.titles[outcome.by]
        if figure != self.tally.figure(standing, outcome.by):
            return self.words.text("off_places", by=by, asked=group.asked, last=_shown(figure))
        keys = self.scheme.ranking.tie_break if self.scheme.ranking else ()
        titles = self.words.text("and").join(self.titles[key] for key in keys)
        return self.words.text("off_tied", by=by, asked=group.asked, last=_shown(figure), keys=titles)


def _holds(condition: Condition, figure: Decimal | int | str | None) -> bool:
    """Whether a figure meets a condition; one that is not there meets none."""
    if figure is None:
        return False
    if condition.value is None or isinstance(figure, str):  # a grade, which is only compared with = and !=
        return (figure == condition.text) is (condition.op == "=")
    return _HOLDS[condition.op](Decimal(figure), condition.value)


def _shown(figure: Decimal | int | str | None) -> str:
    return "-" if figure is None else str(figure)
