"""Compile rule files to the plan of one computation: one scheme, one period, one as-of date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date

from pointscli.model.items import FOREVER
from pointscli.model.names import item_key
from pointscli.model.period import Period
from pointscli.model.plan import ParamsRow, Plan, Tables, WindowRow
from pointscli.model.problem import UsageError
from pointscli.scheme.numbering import Numbering
from pointscli.scheme.plan_nodes import NodeRows, VersionCompiler
from pointscli.scheme.plan_results import ResultCompiler, ResultRows, node_figures, through_kinds
from pointscli.scheme.result_types import Ties
from pointscli.scheme.types import Scheme


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the rules: a scheme's period as of a day, perhaps as if events counted from a stage."""

    scheme: str
    period: Period
    as_of: date
    stage: str | None = None

    @property
    def cut(self) -> date:
        """Nothing dated later exists in this period's result."""
        return min(self.as_of, self.period.end)


def version_at_end(schemes: Sequence[Scheme], scheme_id: str, period: Period) -> tuple[int, Scheme]:
    """Number and version of a scheme in force at a period's end (or the last one in force inside it)."""
    inside = [
        (scheme.effective_from, number, scheme)
        for number, scheme in enumerate(schemes)
        if scheme.id == scheme_id
        and scheme.effective_from <= period.end
        and (scheme.effective_to is None or scheme.effective_to >= period.start)
    ]
    if not inside:
        raise UsageError(
            "no version of scheme {scheme} is in force in {period}",
            "ask for another period, or see effective: in its rule files",
            scheme=scheme_id,
            period=period.label,
        )
    _, number, scheme = max(inside, key=lambda found: found[0])
    return number, scheme


def compile_plan(schemes: Sequence[Scheme], question: Question) -> Plan:
    """The plan tables of all versions (prices, so that every event is checked) and of the question."""
    numbers = Numbering(schemes)
    final, scheme = version_at_end(schemes, question.scheme, question.period)
    mine = [(n, version) for n, version in enumerate(schemes) if version.id == question.scheme]
    results, rows = ResultRows(), NodeRows()
    figures = ResultCompiler(results, numbers, scheme, mine).add(question.period)
    stops = frozenset(node_figures(scheme))
    dimensions: dict[str, int] = {"": 0}
    for number, version in enumerate(schemes):
        here = version.id == question.scheme
        own = frozenset(node_id for node_id in stops if numbers.find(number, node_id) is not None)
        VersionCompiler(rows, numbers, number, version, dimensions).add(here=here, stops=own)
    gathered = {f.name: tuple(getattr(rows, f.name)) for f in fields(rows) if f.name != "rated"}
    gathered |= {f.name: tuple(getattr(results, f.name)) for f in fields(results)}
    params = _params(scheme, question, numbers, figures.earned)
    return Plan(
        tables=Tables(**gathered),
        windows=tuple(_windows(mine, final, scheme, question)),
        params=params._replace(rank=figures.rank, stars=figures.stars, grade=figures.grade),
        filters=tuple(numbers.filters),
        groupings=tuple(numbers.groupings),
        rated=tuple(rows.rated),
        figures=figures,
        dimensions=tuple(dimensions),
        depth=max(row.level for row in rows.fold),
    )


def _params(scheme: Scheme, question: Question, numbers: Numbering, earned: int) -> ParamsRow:
    period, ranking = question.period, scheme.ranking
    return ParamsRow(
        cut=question.cut.toordinal(),
        year_month=period.year.first_month,
        first_month=period.first_month,
        last_month=period.first_month + period.kind.size - 1,
        size=period.kind.size,
        settle=scheme.settle.size,
        decimals=scheme.decimals,
        rounding=str(scheme.rounding),
        ties=str(ranking.ties if ranking else Ties.COMPETITION),
        ranked=ranking is not None,
        rank_filter=numbers.filter(ranking.only if ranking else ()),
        rank_grouping=numbers.grouping(ranking.within if ranking else ()),
        preview=_preview(scheme, question.stage),
        earned=earned,
        rank=0,
        stars=0,
        grade=0,
    )


def _preview(scheme: Scheme, stage: str | None) -> int | None:
    """Index of the stage from which events count in a preview."""
    if stage is None:
        return None
    stages = scheme.review.stages if scheme.review else ()
    for place, words in enumerate(stages):
        if item_key(stage) in map(item_key, words):
            return place
    raise UsageError(
        "scheme {scheme} has no stage {stage}",
        "its stages are: {stages}",
        scheme=scheme.id,
        stage=stage,
        stages=", ".join(f"{stage_id} {title}" for stage_id, title in stages) or "-",
    )


def _windows(mine: Sequence[tuple[int, Scheme]], final: int, scheme: Scheme, question: Question) -> list[WindowRow]:
    """Settlement periods of the year inside `effective`, the rollup's middle periods, the asked period."""
    cut, period = question.cut, question.period
    rows = []
    for number, version in mine:
        until = version.effective_to.toordinal() if version.effective_to else FOREVER
        rows += [
            _window("settle", number, one, cut)
            for one in period.year.inside(version.settle)
            if one.start >= version.effective_from and one.end.toordinal() <= until and one.start <= cut
        ]
    for kind in through_kinds(scheme, period):
        rows += [_window("through", final, one, cut) for one in period.inside(kind) if one.start <= cut]
    return [*rows, _window("asked", final, period, cut)]


def _window(role: str, version: int, period: Period, cut: date) -> WindowRow:
    stop = min(period.end, cut).toordinal()
    return WindowRow(role, version, period.kind.size, period.number, period.first_month, period.start.toordinal(), stop)
