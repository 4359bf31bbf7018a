"""The roster in the terms of a plan: who passes which filter, who is in which group, what grants give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pointscli.inputs.roster import Roster, Spell
from pointscli.inputs.roster_cells import allowed_values, cell_text, cell_values, column_id
from pointscli.model.items import FOREVER
from pointscli.model.log import DAY_PLACES
from pointscli.model.membership import (
    GrantRateRow,
    GroupNameRow,
    GroupRow,
    Membership,
    PassRow,
    RefusedRow,
    SpellRow,
)
from pointscli.model.names import item_key
from pointscli.model.order import printed_order
from pointscli.model.plan import Filter, Plan, RatedGrant
from pointscli.model.problem import Problem, Severity
from pointscli.scheme.types import Scheme, walk

ALL = ""
"""Name of the one group when members are ranked among all."""


def join_roster(roster: Roster, plan: Plan) -> Membership:
    """Every table about roster rows that the plan needs."""
    spells = roster.spells
    passes = [
        PassRow(number, place)
        for number, rule in enumerate(plan.filters)
        for place, spell in enumerate(spells)
        if not rule or accepts(rule, spell)
    ]
    groups = [_groups(spells, columns) for columns in plan.groupings]
    names = [_in_order(found) for found in groups]
    return Membership(
        spells=tuple(_spell_row(place, spell) for place, spell in enumerate(spells)),
        passes=tuple(passes),
        refused=tuple(_refusals(spells, plan, {(row.filter, row.spell) for row in passes})),
        groups=tuple(
            GroupRow(number, place, nth)
            for number, (found, ordered) in enumerate(zip(groups, names, strict=True))
            for place, nth in enumerate(map({name: nth for nth, name in enumerate(ordered)}.__getitem__, found))
        ),
        group_names=tuple(
            GroupNameRow(number, place, item_key(name))
            for number, ordered in enumerate(names)
            for place, name in enumerate(ordered)
        ),
        grant_rates=tuple(
            GrantRateRow(grant.node, place, _rate(grant, spell))
            for grant in plan.rated
            for place, spell in enumerate(spells)
        ),
    )


def accepts(rule: Filter, spell: Spell) -> bool:
    """Whether a roster row passes a filter: in every column one of the cell's values is among the allowed."""
    return accepts_cells(rule, spell.cells)


def accepts_cells(rule: Filter, cells: Mapping[str, str]) -> bool:
    """The same of the cells alone."""
    return all(not cell_values(cells, column).isdisjoint(allowed_values(column, values)) for column, values in rule)


def group_of(cells: Mapping[str, str], columns: tuple[str, ...]) -> str:
    """The printed name of the group that a roster row is in."""
    return " ".join(cell_text(cells, column) for column in columns)


def group_names(spells: Sequence[Spell], groupings: Sequence[tuple[str, ...]]) -> list[list[str]]:
    """Names of the groups of each grouping, in printed order."""
    return [_in_order(_groups(spells, columns)) for columns in groupings]


def _in_order(names: Sequence[str]) -> list[str]:
    return sorted(set(names), key=printed_order)


def _groups(spells: Sequence[Spell], columns: tuple[str, ...]) -> list[str]:
    """The group of each roster row."""
    return [group_of(spell.cells, columns) for spell in spells]


def _rate(grant: RatedGrant, spell: Spell) -> int:
    """The highest of the points that the cell's values earn, else the default."""
    cell = cell_values(spell.cells, grant.column)
    found = [points for value, points in grant.values if not cell.isdisjoint(allowed_values(grant.column, (value,)))]
    return max(found, default=grant.default)


def _spell_row(place: int, spell: Spell) -> SpellRow:
    return SpellRow(
        spell=place,
        member=spell.member,
        since=spell.since.toordinal() if spell.since else 1,
        until=spell.until.toordinal() if spell.until else FOREVER,
        exempt=bool(spell.cells.get("exempt", "").strip()),
    )


def _refusals(spells: Sequence[Spell], plan: Plan, passed: set[tuple[int, int]]) -> list[RefusedRow]:
    """Spans in which a roster row is in force that the version's `members` does not accept."""
    rows = []
    for version in plan.tables.versions:
        if version.here and version.filter:
            for place, spell in enumerate(spells):
                if (version.filter, place) not in passed:
                    row = _spell_row(place, spell)
                    until = (row.until + 1) * DAY_PLACES
                    rows.append(RefusedRow(version.version, row.member, row.since * DAY_PLACES, until))
    return rows


def check_columns(scheme: Scheme, roster: Roster) -> list[Problem]:
    """Warnings for roster columns that the scheme uses and the roster does not have: every cell reads as empty."""
    used = [*(column for column, _ in scheme.members), *(scheme.ranking.within if scheme.ranking else ())]
    used += [node.grant.by for node in walk(scheme.score) if node.grant and node.grant.by]
    for outcome in scheme.outcomes:
        used += [*(column for column, _ in outcome.only), *(outcome.within or ())]
    return [
        Problem(
            "no-such-column",
            scheme.place,
            "scheme {scheme} uses the roster column {column}, which the roster does not have",
            "add the column, or correct its name; the columns are: {known}",
            (("scheme", scheme.id), ("column", column), ("known", ", ".join(roster.columns))),
            Severity.WARNING,
        )
        for column in dict.fromkeys(used)
        if column_id(column) not in roster.columns
    ]
