"""The difference of two versions of a scheme: what changed in the rules, and for whom."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from pointscli.model.problem import Place


class Direction(StrEnum):
    """What a change does to members: points and lists come easier, harder, it depends, or nothing at all."""

    LOOSENS = "loosens"
    TIGHTENS = "tightens"
    CHANGES = "changes"
    NEUTRAL = "neutral"


class ChangeKind(StrEnum):
    """What happened to a setting or a node."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class RuleChange:
    """One difference: of a node (`honour`), an outcome (`outcomes.five_star`), or the top of the file (empty id)."""

    id: str
    title: str
    key: str
    """The setting as a path of keys, such as `points.levels.省级`; empty: the thing itself."""
    kind: ChangeKind
    direction: Direction
    old: str
    new: str
    old_place: Place | None
    new_place: Place | None
    part: str
    """Changes of one part are tried together when their effect is measured."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A member whose result differs; None where the member is not listed or has no such thing."""

    member: str
    name: str
    scores: tuple[Decimal | None, Decimal | None]
    ranks: tuple[int | None, int | None]
    grades: tuple[str | None, str | None]
    stars: tuple[int | None, int | None]
    gained: tuple[str, ...]
    """Outcomes that the member comes on."""
    lost: tuple[str, ...]
    because: tuple[tuple[str, Decimal], ...] = ()
    """Parts that make a difference to the member even alone, and how many points each does alone."""

    @property
    def crosses(self) -> bool:
        """Whether a grade, a star or an outcome changes."""
        return self.grades[0] != self.grades[1] or self.stars[0] != self.stars[1] or bool(self.gained or self.lost)

    @property
    def change(self) -> Decimal:
        """Points gained, below 0: lost."""
        old, new = self.scores
        return (new or Decimal(0)) - (old or Decimal(0))


@dataclass(frozen=True, slots=True)
class Effects:
    """Who moves in a period. `attributed`: whether each change was also tried alone."""

    scheme: str
    period: str
    as_of: str
    members: int
    moved: tuple[Moved, ...]
    attributed: bool
    alone: tuple[str, ...] = ()
    """Parts that cannot be tried alone."""
    refused: tuple[int, int] = (0, 0)
    """Rows of the log that the old and the new rules refuse."""


@dataclass(frozen=True, slots=True)
class RuleDiff:
    """The whole answer."""

    old: str
    new: str
    changes: tuple[RuleChange, ...]
    effects: Effects | None = None

    def places(self) -> dict[str, tuple[Place, ...]]:
        """By part of the difference, where the new version says what it changed; the old one where it is gone."""
        found: dict[str, dict[Place, None]] = {}
        for change in self.changes:
            place = change.new_place or change.old_place
            if place is None:
                raise AssertionError(f"{change.id} {change.key}: changed in neither of the two")
            found.setdefault(change.part, {})[place] = None
        return {part: tuple(places) for part, places in found.items()}

    def count(self, direction: Direction) -> int:
        """How many changes go in a direction."""
        return sum(change.direction is direction for change in self.changes)
