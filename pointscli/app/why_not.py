"""Why a member is not on an outcome's list: each condition with its figure, and the first thing that kept them off."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from pointscli.app.inputs import Inputs
from pointscli.app.membership import accepts
from pointscli.model.derivation import Derivation
from pointscli.model.explanation import Line
from pointscli.model.tally import OutcomeList, Standing, Tally
from pointscli.outputs.explain_words import ExplainWords
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


class WhyNot:
    """Checks an outcome's conditions one by one, in the order in which the rules do."""

    def __init__(
        self, inputs: Inputs, scheme: Scheme, tally: Tally, derivation: Derivation, words: ExplainWords
    ) -> None:
        """Find the member's standing and figures."""
        self.inputs, self.scheme, self.tally, self.derivation, self.words = inputs, scheme, tally, derivation, words
        self.standing = next((one for one in tally.standings if one.member == derivation.member), None)
        fixed = Words(words.language)
        self.titles = {node.id: node.title for node in walk(scheme.score)}
        self.titles |= {derive.id: derive.title or derive.id for derive in scheme.derive}
        self.titles |= {name: fixed.title(name) for name in ("score", "rank", "grade", "stars", "earned")}

    def outcome(self, outcome: Outcome) -> list[Line]:
        """Every condition, met or not."""
        found = next((one for one in self.tally.outcomes if one.id == outcome.id), None)
        title = outcome.title or outcome.id
        standing = self.standing
        if standing is None:
            return [self._line(self.words.text("off_unlisted"))]
        if found is not None and standing.member in found.members:
            reason = found.reasons.get(standing.member, "")
            return [self._line(self.words.text("on" if reason else "on_plain", title=title, reason=reason))]
        lines = [self._line(self.words.text("off", title=title), outcome)]
        if found is None:
            return lines
        lines += self._before(outcome, standing)
        lines += [self._condition(condition, standing) for condition in outcome.where]
        nominee = next((one for one in found.nominated if one.member == standing.member), None)
        if nominee:
            lines.append(self._line(self.words.text("nominated", title=title, stage=nominee.stage_title)))
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
        if self.tally.ranked and standing.rank is None:
            lines.append(self._off(self.words.text("off_exempt")))
        spells = [
            spell for spell in self.inputs.roster.spells if spell.cells == standing.row or self._is_row(spell.cells)
        ]
        if outcome.only and not any(accepts(outcome.only, spell) for spell in spells):
            allowed = "; ".join(f"{column} {'/'.join(values)}" for column, values in outcome.only)
            lines.append(self._off(self.words.text("off_only", who=allowed)))
        barred = [self.titles.get(one, one) for one in outcome.excepts if self._happened(one)]
        if barred:
            lines.append(self._off(self.words.text("off_except", items=self.words.text("and").join(barred))))
        return lines

    def _is_row(self, cells: object) -> bool:
        """Whether a roster row is the standing's, whose kind is written as an id."""
        row = dict(self.standing.row) if self.standing else {}
        other = dict(cells)  # type: ignore[call-overload]
        return {**other, "kind": ""} == {**row, "kind": ""}

    def _happened(self, node: str) -> bool:
        posted = any(node in one.path and one.source is not None for one in self.derivation.postings)
        marked = any(node in one.path and one.why == "mark" for one in self.derivation.idle)
        return posted or marked

    def _condition(self, condition: Condition, standing: Standing) -> Line:
        bound = condition.text or str(condition.value)
        sign = _SIGNS.get(condition.op, condition.op)
        figure = self._figure(condition.measure, standing)
        title = self.titles.get(condition.measure, condition.measure)
        text = f"{title} {'-' if figure is None else figure} {sign} {bound}"
        if self._holds(condition, figure):
            return self._line(self.words.text("met", text=text))
        return self._off(text)

    def _holds(self, condition: Condition, figure: Decimal | int | str | None) -> bool:
        if condition.measure == "grade":
            order = {step.name: step.at for step in self.scheme.grades}
            low = Decimal("-Infinity")
            if not isinstance(figure, str):
                return False
            own, other = order.get(figure), order.get(condition.text)
            return _HOLDS[condition.op](low if own is None else own, low if other is None else other)
        if figure is None or isinstance(figure, str) or condition.value is None:
            return False
        return _HOLDS[condition.op](Decimal(figure), condition.value)

    def _figure(self, name: str, standing: Standing) -> Decimal | int | str | None:
        columns = {heading.id: number for number, heading in enumerate(self.tally.columns)}
        derived = {heading.id: number for number, heading in enumerate(self.tally.derived)}
        if name in columns:
            return standing.columns[columns[name]]
        if name in derived:
            return standing.derived[derived[name]]
        if name in ("score", "rank", "grade", "stars", "earned"):
            value: Decimal | int | str | None = getattr(standing, name)
            return value
        return sum((one.credited for one in self.derivation.postings if name in one.path), Decimal(0))

    def _places(self, outcome: Outcome, found: OutcomeList, standing: Standing) -> str:
        """All conditions are met: others came first, or the nomination was turned down."""
        group = next((one for one in found.groups if one.group in ("", standing.group)), None)
        if group is None or not group.members:
            return self.words.text("off_rejected" if outcome.confirm else "off_other")
        last = next(one for one in self.tally.standings if one.member == group.members[-1])
        figure = self._figure(outcome.by, last)
        by = self.titles.get(outcome.by, outcome.by)
        if group.asked is None:
            return self.words.text("off_rejected" if outcome.confirm else "off_other")
        return self.words.text("off_places", by=by, asked=group.asked, last="-" if figure is None else str(figure))
