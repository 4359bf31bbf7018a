"""What a member may spend: points by the window in which they were earned, and what was taken for them.

Amounts are exact; nothing here is a score, and no score looks at it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pointscli.model.period import Period

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Earning:
    """The points of one window: they open on the day after it, and lapse after a last day (None: never)."""

    window: Period
    opens: date
    lapses: date | None
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Spending:
    """A redemption: it takes from the points that lapse on the same day."""

    day: date
    lapses: date | None
    id: str
    gift: str
    title: str
    count: int
    cost: Decimal
    """Of one."""
    by: str = ""

    @property
    def amount(self) -> Decimal:
        """Points that it took."""
        return self.count * self.cost


@dataclass(frozen=True, slots=True)
class Account:
    """A member's earnings by opening day and redemptions by day."""

    earned: tuple[Earning, ...] = ()
    spent: tuple[Spending, ...] = ()

    def opened(self, day: date) -> Decimal:
        """Points that are open on a day and have not lapsed."""
        return sum((one.amount for one in self.earned if _holds(one.opens, one.lapses, day)), ZERO)

    def used(self, day: date) -> Decimal:
        """What was taken from them up to that day."""
        return sum((one.amount for one in self.spent if _holds(one.day, one.lapses, day)), ZERO)

    def balance(self, day: date) -> Decimal:
        """What is left to spend on a day; negative if more was taken than there is."""
        return self.opened(day) - self.used(day)

    def available(self, day: date, lapses: date | None) -> Decimal:
        """What can still be taken on a day so that redemptions logged for later days keep their points."""
        later = {one.day for one in self.spent if one.day > day and (lapses is None or one.day <= lapses)}
        return min(self.balance(when) for when in (day, *later))

    def next_opening(self, day: date) -> tuple[date, Decimal] | None:
        """The next day on which points open, and how many; windows that hold nothing are passed over."""
        opening: dict[date, Decimal] = {}
        for one in self.earned:
            if one.opens > day:
                opening[one.opens] = opening.get(one.opens, ZERO) + one.amount
        return min(((when, amount) for when, amount in opening.items() if amount), default=None)

    def lapse(self, day: date) -> date | None:
        """The last day of the points that are open on a day; None: they never lapse, or there are none."""
        ends = [one.lapses for one in self.earned if _holds(one.opens, one.lapses, day) and one.lapses]
        return min(ends, default=None)


def _holds(start: date, end: date | None, day: date) -> bool:
    return start <= day and (end is None or day <= end)
