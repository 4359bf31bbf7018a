"""How a member's score came to be: every posting, what each rule made of it, and the periods it entered.

Amounts are exact (10⁻⁹ point at most), without trailing zeros; only scores are rounded as published.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from pointscli.model.period import Kind, Period
from pointscli.model.problem import Place

Did = Literal["highest", "lowest", "mean", "latest", "max", "min", "ceiling", "weight"]
"""What a rule did to a posting: a way to combine, a bound, an event's ceiling, a weight."""
Why = Literal["later", "not active", "rejected", "waiting", "under objection", "free", "beyond times", "mark", "total"]
"""Why an event posts nothing itself: dated after the as-of day; its member is not scored then; rejected; below the
stage that counts; under an objection that suspends; one of those allowed; more than those that count; a mark only;
counted in its item's total."""


@dataclass(frozen=True, slots=True)
class Step:
    """A rule changed a posting's amount from `came` to `went`.

    For bounds and ceilings `bound` is the limit and `window` its period; `gross` is the window's sum up to this posting
    without the bound, `total` with it.
    """

    node: str
    title: str
    did: Did
    window: Period | None
    came: Decimal
    went: Decimal
    bound: Decimal | None = None
    gross: Decimal | None = None
    total: Decimal | None = None
    rule: Place | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """The event behind a posting: its row's cells and place, with the decisions about it so far."""

    event: str
    place: Place
    quantity: str
    level: str
    points: str
    matter: str
    reason: str
    evidence: str
    by: str
    stage: str
    """Title of the stage reached; empty without a review."""
    objected: bool = False


@dataclass(frozen=True, slots=True)
class Posting:
    """An amount posted at an item: what it was priced at, the steps, and what the score was credited."""

    date: date
    kind: Literal["grant", "event", "total"]
    item: str
    title: str
    path: tuple[str, ...]
    """Ids from the outermost section to the item."""
    titles: tuple[str, ...]
    priced: Decimal
    steps: tuple[Step, ...]
    credited: Decimal
    rule: Place
    source: Source | None = None
    """None: a grant or a total."""


@dataclass(frozen=True, slots=True)
class Idle:
    """An event in the period that posted nothing, and why."""

    date: date
    item: str
    title: str
    path: tuple[str, ...]
    why: Why
    rule: Place
    source: Source


@dataclass(frozen=True, slots=True)
class Room:
    """A bound in one window: the sum that counts there, and its limits (None: no such limit)."""

    node: str
    title: str
    window: Period
    total: Decimal
    min: Decimal | None
    max: Decimal | None
    rule: Place


@dataclass(frozen=True, slots=True)
class PeriodScore:
    """The exact score of one period on the way to the asked one."""

    period: Period
    score: Decimal
    uncut: Decimal | None = None
    """What the shorter periods made, where an event bounds the score of the longer one to less."""


@dataclass(frozen=True, slots=True)
class RollupStep:
    """How the scores of shorter periods made that of a longer one; `ceiling`: an event bounded it to that."""

    kind: Kind
    by: str
    scores: tuple[PeriodScore, ...]


@dataclass(frozen=True, slots=True)
class Derivation:
    """One member in one period: the credits of each settlement period add up to its score there."""

    member: str
    name: str
    period: Period
    decimals: int
    score: Decimal | None
    """As published; None: not listed in the period."""
    settle: Kind
    periods: tuple[PeriodScore, ...]
    """The settlement periods in which the member is active or has credits."""
    rollup: tuple[RollupStep, ...]
    postings: tuple[Posting, ...]
    """In order of date and event."""
    idle: tuple[Idle, ...]
    rooms: tuple[Room, ...]
    """Every bound of the windows that touch the period and in which something was posted."""
