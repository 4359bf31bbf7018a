"""What follows from the scores, as a scheme file says it: ranking, grades, lists, review, redemption."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from pointscli.model.period import Kind
from pointscli.model.problem import Place


class Ties(StrEnum):
    """Ranks of equals: 1 1 3 or 1 1 2."""

    COMPETITION = "competition"
    DENSE = "dense"


Filter = tuple[tuple[str, tuple[str, ...]], ...]
"""Roster columns with the values allowed: all columns must hold."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Who is ranked among whom, and what decides between equals; `within` empty: all."""

    ties: Ties
    within: tuple[str, ...] = ()
    tie_break: tuple[str, ...] = ()
    only: Filter = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A grade or star: the lower bound (None: no bound), inclusive unless `strict`."""

    name: str
    at: Decimal | None
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Derive:
    """A further column: value of `of` ÷ the group's largest × `to`. `within` None: as the ranking."""

    id: str
    title: str
    of: str
    to: Decimal
    within: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of `where`: `measure` is a node id, derived id, score, earned, stars, rank or grade.

    `op` is one of >= > <= < = !=; `value` is a number, or a grade's name in `text`.
    """

    measure: str
    op: str
    value: Decimal | None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Places:
    """How many a list takes: one number for every group, or a number for named groups (others: none)."""

    count: int | None = None
    by_group: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Confirm:
    """The stage that a nomination must reach, and its own chain if it has one (id, title in order)."""

    at: str
    stages: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """A list of members that follows from the scores. `period` empty: every kind of period."""

    id: str
    title: str
    place: Place
    period: tuple[Kind, ...] = ()
    where: tuple[Condition, ...] = ()
    excepts: tuple[str, ...] = ()
    """`except`: node ids."""
    only: Filter = ()
    top: Places | None = None
    bottom: Places | None = None
    share: Fraction | None = None
    by: str = "score"
    within: tuple[str, ...] | None = None
    """None: as the ranking; empty: all."""
    ties_exclude: bool = False
    action: str = ""
    confirm: Confirm | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """Stages in order (id, title), from which one an event counts, and what an open objection does."""

    stages: tuple[tuple[str, str], ...]
    counts_from: str
    suspends: bool = False
    """`objection: suspended`."""


@dataclass(frozen=True, slots=True)
class Gift:
    """Something to redeem points for."""

    id: str
    title: str
    cost: Decimal
    stock: int | None


@dataclass(frozen=True, slots=True)
class Redemption:
    """`from_` empty: the root; `expires` None: never."""

    from_: tuple[str, ...]
    opens: Kind
    expires: Kind | None
    gifts: tuple[Gift, ...]


@dataclass(frozen=True, slots=True)
class Carry:
    """What `points close` carries into the next year: share of the year's score, at most `max`."""

    into: str
    share: Fraction
    max: Decimal | None
