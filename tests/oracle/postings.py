"""Postings, and F of the postings so far for each step of a node."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from .exact import quotient
from .periods import period_of

GRANT, EVENT, TOTAL = 0, 1, 2
Key = tuple[date, int, str, int]


@dataclass(frozen=True)
class Posting:
    """One amount on its way to the root."""

    key: Key
    matter: str
    amount: Fraction

    @property
    def day(self) -> date:
        """The date."""
        return self.key[0]


@dataclass(frozen=True)
class Hit:
    """A counted event of a leaf with a ceiling: from it on, in that window, the bound holds."""

    key: Key
    window: str
    at: Fraction


Window = Callable[[Posting], object]
Total = Callable[[list[Posting]], Fraction]


def credited(postings: list[Posting], window: Window, total: Total) -> list[Posting]:
    """Each posting credited with F(p1..pi) - F(p1..p(i-1)) of its window; no window: left alone."""
    found = []
    windows = [window(posting) for posting in postings]
    for index, (posting, here) in enumerate(zip(postings, windows, strict=True)):
        if here is None:
            found.append(posting)
            continue
        before = [postings[place] for place in range(index) if windows[place] == here]
        earlier = total(before) if before else Fraction(0)
        found.append(replace(posting, amount=total([*before, posting]) - earlier))
    return found


def summed(postings: list[Posting]) -> Fraction:
    """The sum of the amounts."""
    return sum((posting.amount for posting in postings), Fraction(0))


def combined(postings: list[Posting], how: str, window: str) -> list[Posting]:
    """Step 2: highest, lowest, latest, mean."""
    totals: dict[str, Total] = {
        "highest": lambda some: max(posting.amount for posting in some),
        "lowest": lambda some: min(posting.amount for posting in some),
        "latest": lambda some: some[-1].amount,
        "mean": lambda some: quotient(summed(some) / len(some)),
    }
    if how == "sum":
        return postings
    return credited(postings, by_matter if window == "matter" else civil(window), totals[how])


def civil(kind: str) -> Window:
    """Postings share a window if they lie in the same civil period."""
    return lambda posting: period_of(posting.day, kind)


def by_matter(posting: Posting) -> object:
    """Postings of the same matter in the same year; without a matter, alone."""
    return (posting.day.year, posting.matter) if posting.matter else None


def bounded(
    postings: list[Posting], window: str, least: Fraction | None, most: Fraction | None, hits: list[Hit]
) -> list[Posting]:
    """Step 3 for one window: clamp with the bounds in force at each posting."""

    def clamp(some: list[Posting]) -> Fraction:
        last = some[-1]
        here = period_of(last.day, window)
        caps = [hit.at for hit in hits if here.holds(hit.key[0]) and hit.key <= last.key]
        if most is not None:
            caps.append(most)
        total = summed(some)
        if least is not None:
            total = max(total, least)
        return min([total, *caps])

    return credited(postings, civil(window), clamp)


def weighted(postings: list[Posting], weight: Fraction, settle: str) -> list[Posting]:
    """Step 4: the weight of the sum so far, to 9 places."""
    return credited(postings, civil(settle), lambda some: quotient(weight * summed(some)))
