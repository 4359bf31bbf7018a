"""A derivation in words, as lines of a tree: what every writer of an explanation is given."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

LineKind = Literal["period", "section", "item", "posting", "idle", "fact"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line; `depth` 0 is outermost. Amounts of the lines one deeper add up to its own."""

    kind: LineKind
    depth: int
    label: str
    amount: Decimal | None = None
    notes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    """`FILE:LINE` of the event, then of the rule."""


@dataclass(frozen=True, slots=True)
class Part:
    """Lines under a heading."""

    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Whose score, what came out, why it is not final, and how it came to be."""

    heading: tuple[str, ...]
    facts: tuple[str, ...]
    result: tuple[str, ...]
    marks: tuple[str, ...]
    parts: tuple[Part, ...]
