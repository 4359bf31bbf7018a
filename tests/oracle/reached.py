"""What the rules did in the cases so far: a generator is only as good as what its cases reach."""

from collections import Counter
from fractions import Fraction

from .postings import Posting

REACHED: Counter[str] = Counter()


def changed(step: str, before: list[Posting], after: list[Posting]) -> list[Posting]:
    """The stream after a step, noted if the step changed anything."""
    REACHED[step] += amounts(before) != amounts(after)
    return after


def amounts(postings: list[Posting]) -> list[Fraction]:
    """The amounts that are not 0."""
    return [posting.amount for posting in postings if posting.amount]
