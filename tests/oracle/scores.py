"""Scores of periods: settled, running, rolled up."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from .exact import quotient
from .model import Version
from .periods import Period, parts, period_of
from .postings import GRANT
from .reached import REACHED
from .scheme import longer
from .stream import Ledger


@dataclass
class Account:
    """One member's ledgers under all versions of the scheme, and the version that rolls them up."""

    ledgers: list[Ledger]
    final: Version
    horizon: date
    belongs: Callable[[Period], bool]
    """Whether the member is active in a period, by the version that rolls up."""

    def ledger_of(self, period: Period) -> Ledger | None:
        """The ledger in which the member is active in a settlement period."""
        return next((ledger for ledger in self.ledgers if period in ledger.active), None)

    def settled(self, node: str, period: Period) -> Fraction:
        """The settled (or running) score of a settlement period."""
        ledger = self.ledger_of(period)
        return ledger.value(node, period) if ledger else Fraction(0)

    def units(self, period: Period) -> list[Period]:
        """The settlement periods in a longer one that have begun and in which the member is active."""
        return [part for part in parts(period, self.final.settle) if self.ledger_of(part)]

    def score(self, node: str, period: Period) -> Fraction:
        """The value of a node in a period of any kind."""
        settle = self.final.settle
        if not longer(period.kind, settle):
            return self.settled(node, period_of(period.start, settle))
        rule = self.final.rollup[period.kind]
        by, of = (rule["by"], rule["of"]) if isinstance(rule, dict) else (rule, settle)
        inner = self.units(period) if of == settle else [p for p in parts(period, of) if self.belongs(p)]
        value = rolled([self.score(node, part) for part in inner], by)
        if node != "score":
            return value
        REACHED["ceiling of a rolled-up score"] += any(at < value for at in self.ceilings(period))
        return min([value, *self.ceilings(period)])

    def ceilings(self, period: Period) -> list[Fraction]:
        """The ceilings on the rolled-up score of a period."""
        hits = [hit for ledger in self.ledgers for hit in ledger.hits("score")]
        return [hit.at for hit in hits if hit.window == period.kind and period.holds(hit.key[0])]

    def earned(self, period: Period) -> Fraction:
        """What events (not grants) are credited at the root in the period."""
        return sum(
            (
                posting.amount
                for ledger in self.ledgers
                for posting in ledger.streams["score"]
                if period.holds(posting.day) and posting.key[1] != GRANT
            ),
            Fraction(0),
        )


def rolled(values: list[Fraction], by: str) -> Fraction:
    """Sum, mean or last of the values in order."""
    if not values:
        return Fraction(0)
    if by == "last":
        return values[-1]
    total = sum(values, Fraction(0))
    return quotient(total / len(values)) if by == "mean" else total


def settlement_periods(version: Version, horizon: date) -> list[Period]:
    """The settlement periods of a version that have begun by the horizon."""
    found = []
    day = version.start
    while day <= horizon and version.covers(day):
        period = version.settlement(day)
        if version.contains(period):
            found.append(period)
        if period.end >= horizon:
            break
        day = period.end + timedelta(days=1)
    return found
