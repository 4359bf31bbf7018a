"""The roster in the terms of a plan: who passes which filter, who is in which group, what grants give."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from pointscli.inputs.grammar import split_members
from pointscli.inputs.roster import Roster, Spell, kind_id
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

ALL = ""
"""Name of the one group when members are ranked among all."""


def join_roster(roster: Roster, plan: Plan) -> Membership:
    """Every table about roster rows that the plan needs."""
    spells = roster.spells
    passes = [
        PassRow(number, place)
        for number, rule in enumerate(plan.filters)
        for place, spell in enumerate(spells)
        if accepts(rule, spell)
    ]
    names = group_names(spells, plan.groupings)
    return Membership(
        spells=tuple(_spell_row(place, spell) for place, spell in enumerate(spells)),
        passes=tuple(passes),
        refused=tuple(_refusals(spells, plan, {(row.filter, row.spell) for row in passes})),
        groups=tuple(
            GroupRow(number, place, groups.index(_group(spell, columns)))
            for number, (columns, groups) in enumerate(zip(plan.groupings, map(_Ordered, names), strict=True))
            for place, spell in enumerate(spells)
        ),
        group_names=tuple(
            GroupNameRow(number, place, item_key(name))
            for number, groups in enumerate(names)
            for place, name in enumerate(groups)
        ),
        grant_rates=tuple(
            GrantRateRow(grant.node, place, _rate(grant, spell))
            for grant in plan.rated
            for place, spell in enumerate(spells)
        ),
    )


def accepts(rule: Filter, spell: Spell) -> bool:
    """Whether a roster row passes a filter: in every column one of the cell's values is among the allowed."""
    return all(
        not cell_values(column, spell.cells.get(column, "")).isdisjoint(_allowed(column, values))
        for column, values in rule
    )


def group_names(spells: Sequence[Spell], groupings: Sequence[tuple[str, ...]]) -> list[list[str]]:
    """Names of the groups of each grouping, in printed order."""
    return [sorted({_group(spell, columns) for spell in spells}, key=printed_order) for columns in groupings]


class _Ordered:
    """Places of names in a list."""

    def __init__(self, names: list[str]) -> None:
        self._places = {name: place for place, name in enumerate(names)}

    def index(self, name: str) -> int:
        return self._places[name]


def _group(spell: Spell, columns: tuple[str, ...]) -> str:
    return " ".join(spell.cells.get(column, "") for column in columns)


@lru_cache(maxsize=4096)
def cell_values(column: str, text: str) -> frozenset[str]:
    """The values of a roster cell: several are separated as members are; kinds are the same in either word."""
    kind = column == "kind"
    return frozenset(kind_id(part) if kind else item_key(part) for part in split_members(text))


@lru_cache(maxsize=4096)
def _allowed(column: str, values: tuple[str, ...]) -> frozenset[str]:
    return frozenset(kind_id(value) if column == "kind" else item_key(value) for value in values)


def _rate(grant: RatedGrant, spell: Spell) -> int:
    """The highest of the points that the cell's values earn, else the default."""
    cell = cell_values(grant.column, spell.cells.get(grant.column, ""))
    found = [points for value, points in grant.values if not cell.isdisjoint(_allowed(grant.column, (value,)))]
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
