"""The sums of a derivation: credits make each settled score, and these make the longer periods' scores."""

from __future__ import annotations

from collections.abc import Mapping

from pointscli.engine.trace import TracedPosting, TracedStep
from pointscli.model.derivation import PeriodScore
from pointscli.model.period import Period
from pointscli.model.units import exact


def roll_up(inner: list[tuple[Period, int]], outer: tuple[Period, int], by: str) -> PeriodScore:
    """A longer period's score, with what the shorter ones make of it if an event bounds it to less."""
    period, score = outer
    months = range(period.first_month, period.first_month + period.kind.size)
    amounts = [amount for one, amount in inner if one.first_month in months]
    total, count = sum(amounts), len(amounts)
    made = {"sum": total, "last": amounts[-1] if amounts else 0}.get(by)
    if made is None:
        made = _half_up(total, count) if count else 0
    return PeriodScore(period, exact(score), exact(made) if made != score else None)


def _half_up(number: int, by: int) -> int:
    """The nearest integer to a quotient, halves away from zero, as the engine cuts it."""
    cut = (2 * abs(number) + by) // (2 * by)
    return -cut if number < 0 else cut


def conserve(
    postings: list[TracedPosting],
    steps: Mapping[int, list[TracedStep]],
    periods: list[tuple[Period, int]],
    settle: int,
) -> None:
    """Price and steps make the credit, credits make each settled score, or the engine is wrong and says so."""
    sums = {period.number: amount for period, amount in periods}
    for one in postings:
        amount = one.priced
        for step in steps.get(one.place, ()):
            if step.came != amount:
                raise AssertionError(f"a step of {one} takes {step.came}, not {amount}")
            amount = step.went
        if amount != one.credited:
            raise AssertionError(f"{one} is credited {one.credited}, its steps make {amount}")
        number = one.month // settle
        sums[number] = sums.get(number, 0) - one.credited
    if any(sums.values()):
        raise AssertionError(f"credits and scores differ by {sums}")
