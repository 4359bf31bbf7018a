"""A member's record card: entries with a running balance, the periods they add up to, and what did not count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pointscli.model.derivation import Idle, Posting, RollupStep
from pointscli.model.period import Period
from pointscli.model.tally import Tally


def plain_sum(amounts: Iterable[Decimal | None]) -> Decimal:
    """The sum without zeros at the end."""
    text = f"{sum((one for one in amounts if one is not None), Decimal(0)):f}"
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)


@dataclass(frozen=True, slots=True)
class CardEntry:
    """A posting; of `plus` and `minus` one is a number (credited, not negative). `balance` is the sum so far."""

    posting: Posting
    plus: Decimal | None
    minus: Decimal | None
    balance: Decimal


@dataclass(frozen=True, slots=True)
class CardPeriod:
    """A settlement period: its entries, their sums, and its exact score; `balance` stands after the last entry."""

    period: Period
    entries: tuple[CardEntry, ...]
    plus: Decimal
    minus: Decimal
    score: Decimal
    balance: Decimal


@dataclass(frozen=True, slots=True)
class Card:
    """One member in one period under one scheme."""

    member: str
    name: str
    row: Mapping[str, str]
    """The roster row: branch, group, kind and own columns."""
    tally: Tally
    """The period's result with the member's standing only."""
    score: Decimal | None
    """As published; None: not listed in the period."""
    running: bool
    """Whether the balance runs through the whole period: its score is the sum of all entries."""
    periods: tuple[CardPeriod, ...]
    rollup: tuple[RollupStep, ...]
    idle: tuple[Idle, ...]

    @property
    def period(self) -> Period:
        """The period asked for."""
        return self.tally.period

    @property
    def as_of(self) -> date:
        """Nothing later is on the card."""
        return self.tally.as_of
