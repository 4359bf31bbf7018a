"""The period before, of the same kind and scheme: what a report compares with, and whose rank moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from pointscli.app.inputs import Inputs
from pointscli.app.publish_basis import Basis, filled
from pointscli.app.review_states import is_in_force
from pointscli.app.tally import Report, tally_inputs
from pointscli.model.paper import Grid
from pointscli.model.period import Period
from pointscli.model.table import Cell, Column
from pointscli.model.tally import Standing

ENOUGH, MOST = 5, 10
"""Members who moved most: so many, with those who moved as far; but no more than this."""


def period_before(basis: Basis) -> Period:
    """The period of the same kind that ends where this one begins."""
    period = basis.tally.period
    return replace(period, number=period.number - 1)


def report_before(basis: Basis) -> Report | None:
    """Its result with sums by dimension; None if the scheme was not in force, settled otherwise, or had no events."""
    tally, before = basis.tally, period_before(basis)
    versions = [one for one in basis.inputs.schemes if one.id == tally.scheme and is_in_force(one, before)]
    same = versions and all(one.settle.size <= before.kind.size for one in versions)
    if not same or not _has_events(basis.inputs, tally.scheme, before):
        return None
    asked = replace(basis.asked, period=before, scheme=tally.scheme)
    return tally_inputs(basis.inputs, asked, basis.notice.language, skip_invalid=basis.skip_invalid, by_dimension=True)


def _has_events(inputs: Inputs, scheme: str, period: Period) -> bool:
    versions = inputs.index.versions
    months = range(period.first_month, period.first_month + period.kind.size)
    return any(
        month in months and versions[item.version].scheme == scheme
        for month, item in zip(inputs.events.entries.month, inputs.events.items, strict=True)
    )


@dataclass(frozen=True, slots=True)
class _Move:
    """A member ranked in the same group both times; `up`: places won."""

    now: Standing
    before: Standing
    up: int


def movement(basis: Basis, before: Sequence[Standing]) -> list[Grid]:
    """Who rose and who fell most. Who fell is told only where the lists of the last are shown."""
    old: Mapping[str, Standing] = {one.member: one for one in before}
    moves = []
    for now in basis.tally.standings:
        then = old.get(now.member)
        if then and now.rank is not None and then.rank is not None and then.group == now.group:
            moves.append(_Move(now, then, then.rank - now.rank))
    risen = _first([one for one in moves if one.up > 0])
    fallen = _first([one for one in moves if one.up < 0]) if basis.profile.bottom == "show" else []
    tables = [("risen", "up", risen), ("fallen", "down", fallen)]
    return [_grid(basis, heading, phrase, found) for heading, phrase, found in tables if found]


def _first(moves: Sequence[_Move]) -> list[_Move]:
    """Those who moved farthest, equals together, in the order of the ranking."""
    chosen: list[_Move] = []
    for _, equal in groupby(sorted(moves, key=lambda one: -abs(one.up)), key=lambda one: one.up):
        found = list(equal)
        if len(chosen) >= ENOUGH or (chosen and len(chosen) + len(found) > MOST):
            break
        chosen += found
    return chosen


def _grid(basis: Basis, heading: str, phrase: str, moves: Sequence[_Move]) -> Grid:
    words, titles = basis.words, basis.titles
    rows: list[tuple[Cell, ...]] = []
    for one in moves:
        branch = one.now.row.get("branch", "") if "branch" in basis.profile.columns else ""
        within = "" if one.now.group == branch else one.now.group
        moved = words.text(phrase, count=abs(one.up))
        figures = (one.now.rank, one.before.rank, moved, one.now.score, one.before.score)
        rows.append((basis.veil.name(one.now.member), branch, within, *figures))
    columns = (
        Column("name", titles.title("name")),
        Column("branch", titles.title("branch")),
        Column("within", titles.title("within")),
        Column("rank", words.text("rank_now"), "integer"),
        Column("before", words.text("rank_before"), "integer"),
        Column("change", words.text("change")),
        Column("score", words.text("score_now"), "number"),
        Column("score_before", words.text("score_before"), "number"),
    )
    return Grid(filled(words.text(heading), columns, rows, ("name",)))
