"""Scores over the periods of a year: one line a member, or a branch's spread."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pointscli.model.period import Period


@dataclass(frozen=True, slots=True)
class Point:
    """A member's published score and rank in one period; None: not listed, or not ranked."""

    score: Decimal | None
    rank: int | None


@dataclass(frozen=True, slots=True)
class Line:
    """A member's points, one a period, beside the mean of the ranking group."""

    member: str
    name: str
    group: str
    points: tuple[Point, ...]
    means: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """A branch in one period: how many, the least, the quartiles (nearest rank), the greatest, the mean."""

    count: int
    least: Decimal
    lower: Decimal
    median: Decimal
    upper: Decimal
    greatest: Decimal
    mean: Decimal


@dataclass(frozen=True, slots=True)
class Trend:
    """What is drawn: the lines of some members, and the spread of a branch where one was asked for."""

    title: str
    subject: str
    """The member's name, or the branch; empty: everybody."""
    periods: tuple[Period, ...]
    decimals: int
    lines: tuple[Line, ...]
    spreads: tuple[Spread | None, ...]
    scores: tuple[Decimal, ...]
    """All scores of the last period, for a histogram; empty for a single member."""
