"""What the event log may name: the leaf items of all schemes, and the stages of their reviews."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


class Item(NamedTuple):
    """A leaf item of one version."""

    node: int
    version: int
    id: str
    title: str
    evidence_required: bool


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a scheme: when it is in force, and its review stages (key of id or title → index)."""

    scheme: str
    start: int
    end: int
    stages: Mapping[str, int]
    stage_ids: tuple[str, ...]
    filter: int
    """Whom it scores, numbered as in the plan."""

    def in_force(self, day: int) -> bool:
        """Whether it prices an event of that day (a day ordinal)."""
        return self.start <= day <= self.end


@dataclass(frozen=True, slots=True)
class ItemIndex:
    """Leaf items by every word that may name them (see `names.item_key`)."""

    names: Mapping[str, tuple[Item, ...]]
    versions: tuple[Version, ...]

    def in_force(self, day: int) -> tuple[int, ...]:
        """Numbers of the versions in force on a day."""
        return tuple(n for n, version in enumerate(self.versions) if version.in_force(day))


FOREVER = date.max.toordinal()
"""The last day of a range without an end."""
