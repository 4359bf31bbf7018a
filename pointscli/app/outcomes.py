"""Outcome lists: who is on them and which figures decided it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import groupby

from pointscli.app.inputs import Inputs
from pointscli.app.membership import group_names
from pointscli.app.nominations import Nominations
from pointscli.engine.run import Result, TakenRow
from pointscli.model.plan import Plan
from pointscli.model.tally import OutcomeGroup, OutcomeList, Standing, Tally
from pointscli.outputs.titles import Language, Words
from pointscli.scheme.plan import Question
from pointscli.scheme.result_types import Condition, Outcome
from pointscli.scheme.types import Scheme, walk

_SIGNS = {">=": "≥", "<=": "≤", "!=": "≠"}


class OutcomeLists:
    """The lists of one period, and the decisions about its nominations."""

    def __init__(self, inputs: Inputs, scheme: Scheme, plan: Plan, question: Question, as_of: date | None) -> None:
        """Find the nominations' decisions; `as_of` None: all of them count."""
        self.inputs, self.scheme, self.plan = inputs, scheme, plan
        self.nominations = Nominations(inputs, scheme, question.period, as_of)

    def add(self, tally: Tally, result: Result, language: Language) -> Tally:
        """The tally with its lists, and each standing with the ids of the lists it is on."""
        shown = {row.outcome for row in self.plan.tables.outcomes}
        lists = [
            self._list(outcome, tally, [row for row in result.taken if row.outcome == number], language)
            for number, outcome in enumerate(self.scheme.outcomes)
            if number in shown
        ]
        on: dict[str, list[str]] = {}
        for found in lists:
            for member in found.members:
                on.setdefault(member, []).append(found.id)
        standings = tuple(
            replace(one, outcomes=tuple(on[one.member])) if one.member in on else one for one in tally.standings
        )
        return replace(tally, standings=standings, outcomes=tuple(lists))

    def _list(self, outcome: Outcome, tally: Tally, rows: list[TakenRow], language: Language) -> OutcomeList:
        within = within_of(outcome, self.scheme)
        names = group_names(self.inputs.roster.spells, [within])[0]
        ids = {row.member: self.inputs.roster.members[row.member].id for row in rows}
        confirmed, nominated = self.nominations.settle(outcome, [ids[row.member] for row in rows])
        met, groups = [], []
        for group, found in groupby(rows, key=lambda row: row.group):
            taken = list(found)
            members = tuple(ids[row.member] for row in taken)
            met.append(OutcomeGroup(names[group] if within else "", members, taken[0].places))
            members = tuple(member for member in members if member in confirmed)
            if members:
                groups.append(replace(met[-1], members=members))
        standings = {one.member: one for one in tally.standings}
        figures = _Figures(self.scheme, tally, language)
        return OutcomeList(
            id=outcome.id,
            title=outcome.title,
            action=outcome.action,
            groups=tuple(groups),
            confirms=outcome.confirm is not None,
            nominated=nominated,
            reasons={member: figures.reason(outcome, standings[member]) for member in ids.values()},
            met=tuple(met),
        )


def within_of(outcome: Outcome, scheme: Scheme) -> tuple[str, ...]:
    """The roster columns that make the groups of a list."""
    if outcome.within is not None:
        return outcome.within
    return scheme.ranking.within if scheme.ranking else ()


class _Figures:
    """Published figures of a standing by the names that rules use."""

    def __init__(self, scheme: Scheme, tally: Tally, language: Language) -> None:
        words = Words(language)
        self.titles = {node.id: node.title for node in walk(scheme.score)}
        self.titles |= {derive.id: derive.title for derive in scheme.derive}
        self.titles |= {name: words.title(name) for name in ("score", "rank", "grade", "stars", "earned")}
        self.tally = tally

    def reason(self, outcome: Outcome, standing: Standing) -> str:
        """Each condition with the figure that met it, then the figure that ordered the list."""
        parts = [self._condition(condition, standing) for condition in outcome.where]
        named = {condition.measure for condition in outcome.where}
        if outcome.by not in named and (outcome.top or outcome.bottom or outcome.share or not parts):
            parts.append(self._figure(outcome.by, standing))
        return "; ".join(parts)

    def _condition(self, condition: Condition, standing: Standing) -> str:
        bound = condition.text or str(condition.value)
        return f"{self._figure(condition.measure, standing)} {_SIGNS.get(condition.op, condition.op)} {bound}"

    def _figure(self, name: str, standing: Standing) -> str:
        return " ".join(_texts((self.titles.get(name, name), self.tally.figure(standing, name))))


def _texts(values: Iterable[object]) -> list[str]:
    return [str(value) for value in values if value not in (None, "")]
