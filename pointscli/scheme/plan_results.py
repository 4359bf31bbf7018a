"""Compile what follows from the scores: figures, rollup steps, derived figures, ranking, grades, outcomes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pointscli.model.names import item_key
from pointscli.model.period import Kind, Period
from pointscli.model.plan_results import (
    ConditionRow,
    DeriveRow,
    ExceptRow,
    FigureRow,
    Figures,
    KeyRow,
    OutcomeRow,
    PlaceRow,
    RollupRow,
    StepRow,
)
from pointscli.model.problem import UsageError
from pointscli.model.units import POINT, point_units
from pointscli.scheme.numbering import Numbering
from pointscli.scheme.result_types import Condition, Outcome, Places, Step
from pointscli.scheme.types import Scheme, walk

_MISSING = -1
"""Figure of a name that nothing has: never reached, the loader refuses such names."""


@dataclass(slots=True)
class ResultRows:
    """Plan rows of the version in force at the period's end."""

    figures: list[FigureRow] = field(default_factory=list)
    rollups: list[RollupRow] = field(default_factory=list)
    derives: list[DeriveRow] = field(default_factory=list)
    rank_keys: list[KeyRow] = field(default_factory=list)
    steps: list[StepRow] = field(default_factory=list)
    outcomes: list[OutcomeRow] = field(default_factory=list)
    places: list[PlaceRow] = field(default_factory=list)
    conditions: list[ConditionRow] = field(default_factory=list)
    excepts: list[ExceptRow] = field(default_factory=list)


def node_figures(scheme: Scheme) -> tuple[str, ...]:
    """Ids of the nodes whose totals are needed: the score, the columns, and whatever rankings and lists name."""
    columns = [node.id for node in scheme.score.items]
    named = [derive.of for derive in scheme.derive]
    named += scheme.ranking.tie_break if scheme.ranking else ()
    for outcome in scheme.outcomes:
        named += [outcome.by, *(condition.measure for condition in outcome.where)]
    nodes = {node.id for node in walk(scheme.score)}
    return tuple(dict.fromkeys([scheme.score.id, *columns, *(name for name in named if name in nodes)]))


def number_figures(scheme: Scheme) -> tuple[Figures, dict[str, int]]:
    """Numbers of all figures, and by name: nodes from 0 (the score), then earned, derived, rank, stars, grade."""
    names = [*node_figures(scheme), "earned", *(derive.id for derive in scheme.derive), "rank", "stars", "grade"]
    by_name = {name: number for number, name in enumerate(names)}
    columns = tuple(node.id for node in scheme.score.items)
    figures = Figures(
        columns=tuple(by_name[name] for name in columns),
        derived=tuple(by_name[derive.id] for derive in scheme.derive),
        inner=tuple((name, by_name[name]) for name in node_figures(scheme) if name not in (scheme.score.id, *columns)),
        earned=by_name["earned"],
        rank=by_name["rank"],
        stars=by_name["stars"],
        grade=by_name["grade"],
    )
    return figures, by_name


def rollup_steps(scheme: Scheme, period: Period) -> list[RollupRow]:
    """The steps from the settlement period to the asked kind, the shortest first; none if it is not longer."""
    rules = dict(scheme.rollup)
    steps: list[RollupRow] = []
    kind = period.kind
    while kind.size > scheme.settle.size:
        if kind not in rules:
            raise UsageError(
                "scheme {scheme} cannot make a {kind} of its {settle}s",
                "name {kind} under rollup: in {path}, or ask for another period",
                scheme=scheme.id,
                kind=kind,
                settle=scheme.settle,
                path=scheme.place.path,
            )
        of = rules[kind].of or scheme.settle
        steps.append(RollupRow(0, of.size, kind.size, str(rules[kind].by)))
        kind = of
    return [row._replace(step=step) for step, row in enumerate(reversed(steps), 1)]


def through_kinds(scheme: Scheme, period: Period) -> tuple[Kind, ...]:
    """Kinds of the periods between settlement and the asked period."""
    sizes = {row.of for row in rollup_steps(scheme, period)} - {scheme.settle.size}
    return tuple(kind for kind in Kind if kind.size in sizes)


class ResultCompiler:
    """Compiles one version's results; `versions` are the schemes of the same id with their version numbers."""

    def __init__(
        self, rows: ResultRows, numbers: Numbering, scheme: Scheme, versions: Sequence[tuple[int, Scheme]]
    ) -> None:
        """Number the figures."""
        self.rows, self.numbers, self.scheme, self.versions = rows, numbers, scheme, versions
        self.figures, self.by_name = number_figures(scheme)

    def add(self, period: Period) -> Figures:
        """Add everything that the asked period shows."""
        scheme, rows = self.scheme, self.rows
        for name in node_figures(scheme):
            found = (self.numbers.find(version, name) for version, _ in self.versions)
            rows.figures += [FigureRow(self.by_name[name], node) for node in found if node is not None]
        rows.rollups += rollup_steps(scheme, period)
        rows.derives += [
            DeriveRow(self.by_name[d.id], self.by_name[d.of], point_units(d.to), self._grouping(d.within))
            for d in scheme.derive
        ]
        keys = scheme.ranking.tie_break if scheme.ranking else ()
        rows.rank_keys += [KeyRow(n, self.by_name[key]) for n, key in enumerate(keys, 1)]
        rows.steps += _steps("grade", scheme.grades) + _steps("stars", scheme.stars)
        for number, outcome in enumerate(scheme.outcomes):
            if not outcome.period or period.kind in outcome.period:
                self._add_outcome(number, outcome)
        return self.figures

    def _grouping(self, within: tuple[str, ...] | None) -> int:
        ranking = self.scheme.ranking
        return self.numbers.grouping(within if within is not None else ranking.within if ranking else ())

    def _add_outcome(self, number: int, outcome: Outcome) -> None:
        places = outcome.bottom or outcome.top or Places()
        self.rows.outcomes.append(
            OutcomeRow(
                outcome=number,
                by=self.by_name[outcome.by],
                bottom=outcome.bottom is not None,
                number=places.count,
                named=bool(places.by_group),
                share_num=outcome.share.numerator if outcome.share is not None else None,
                share_den=outcome.share.denominator if outcome.share is not None else None,
                positive=outcome.top is not None and outcome.by != self.scheme.score.id,
                exclude=outcome.ties_exclude,
                filter=self.numbers.filter(outcome.only),
                grouping=self._grouping(outcome.within),
            )
        )
        self.rows.places += [PlaceRow(number, item_key(group), count) for group, count in places.by_group]
        self.rows.conditions += [self._condition(number, condition) for condition in outcome.where]
        excluded = set(outcome.excepts)
        for version, scheme in self.versions:
            for node in walk(scheme.score):
                if node.id in excluded:
                    leaves = [leaf for leaf in walk(node) if leaf.is_leaf]
                    self.rows.excepts += [ExceptRow(number, self.numbers.node(version, leaf.id)) for leaf in leaves]

    def _condition(self, number: int, condition: Condition) -> ConditionRow:
        if condition.measure == "grade":
            names = [grade.name for grade in self.scheme.grades]
            value = names.index(condition.text) if condition.text in names else _MISSING
            return ConditionRow(number, self.by_name["grade"], condition.op, value * POINT)
        value = point_units(condition.value) if condition.value is not None else 0
        return ConditionRow(number, self.by_name[condition.measure], condition.op, value)


def _steps(what: str, steps: tuple[Step, ...]) -> list[StepRow]:
    return [
        StepRow(
            what=what,
            ordinal=ordinal,
            at=point_units(step.at) if step.at is not None else None,
            strict=step.strict,
            value=int(step.name) if what == "stars" else ordinal,
        )
        for ordinal, step in enumerate(steps)
    ]
