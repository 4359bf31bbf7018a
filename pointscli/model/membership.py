"""The roster as the engine needs it: spells, who passes which filter, groups, grants that depend on a column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class SpellRow(NamedTuple):
    """A roster row: from day `since` to day `until` (ordinals, both inclusive)."""

    spell: int
    member: int
    since: int
    until: int
    exempt: bool


class PassRow(NamedTuple):
    """A filter and a roster row that it accepts."""

    filter: int
    spell: int


class RefusedRow(NamedTuple):
    """A span of places (see the engine's order of postings) in which a version does not accept a member."""

    version: int
    member: int
    since_place: int
    until_place: int


class GroupRow(NamedTuple):
    """The group of a roster row under a grouping; groups are numbered in printed order."""

    grouping: int
    spell: int
    group_no: int


class GroupNameRow(NamedTuple):
    """A group's name as rules may write it (see `names.item_key`)."""

    grouping: int
    group_no: int
    name: str


class GrantRateRow(NamedTuple):
    """What a grant by a roster column gives to a roster row."""

    node: int
    spell: int
    points: int


@dataclass(frozen=True, slots=True)
class Membership:
    """Tables about the roster; a field is a table."""

    spells: tuple[SpellRow, ...]
    passes: tuple[PassRow, ...]
    refused: tuple[RefusedRow, ...]
    groups: tuple[GroupRow, ...]
    group_names: tuple[GroupNameRow, ...]
    grant_rates: tuple[GrantRateRow, ...]
