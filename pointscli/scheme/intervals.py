"""Between which numbers a total can lie, in windows of every length: what the steps of a node make of intervals.

Intervals only judge rule files, never a score. They are safe: no total lies outside, though not all inside are reached.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce

from pointscli.model.period import Kind
from pointscli.scheme.types import CombineBy

ZERO = Decimal(0)
INFINITE = Decimal("Infinity")
KINDS = tuple(Kind)
SIZES = tuple(kind.size for kind in KINDS)


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from `low` to `high`; either may be infinite."""

    low: Decimal = ZERO
    high: Decimal = ZERO

    def with_zero(self) -> Interval:
        """Stretched so that 0 lies in it."""
        return Interval(min(self.low, ZERO), max(self.high, ZERO))

    def plus(self, other: Interval) -> Interval:
        """The sum of a number of each."""
        return Interval(self.low + other.low, self.high + other.high)

    def scaled(self, factor: Decimal) -> Interval:
        """Every number times a factor, which may be negative or infinite."""
        ends = _product(self.low, factor), _product(self.high, factor)
        return Interval(min(ends), max(ends))

    def differences(self) -> Interval:
        """What one number can be more than another."""
        width = self.high - self.low if self.high != self.low else ZERO
        return Interval(-width, width)

    def clamped(self, low: Decimal | None, high: Decimal | None) -> Interval:
        """What bounds leave of it; the upper bound wins."""
        lowest = -INFINITE if low is None else low
        highest = INFINITE if high is None else high
        return Interval(min(max(self.low, lowest), highest), min(max(self.high, lowest), highest))


NOTHING = Interval()
ANYTHING = Interval(-INFINITE, INFINITE)
Windows = tuple[Interval, ...]
"""The total of a month, quarter, half and year."""
EMPTY: Windows = (NOTHING,) * len(KINDS)


def hull(numbers: Iterable[Decimal]) -> Interval:
    """The least interval that holds some numbers."""
    known = tuple(numbers)
    return Interval(min(known), max(known)) if known else NOTHING


def in_window(windows: Windows, kind: Kind) -> Interval:
    """The total of one kind of window."""
    return windows[KINDS.index(kind)]


def add_windows(parts: Iterable[Windows]) -> Windows:
    """Totals added, window by window."""
    return reduce(lambda one, other: tuple(a.plus(b) for a, b in zip(one, other, strict=True)), parts, EMPTY)


def scale_windows(windows: Windows, factor: Decimal) -> Windows:
    """Totals times a weight."""
    return tuple(one.scaled(factor) for one in windows)


def spread(kind: Kind, total: Interval, part: Interval) -> Windows:
    """Windows of all lengths from the total of one, and of a part of it."""
    found = []
    for other in KINDS:
        if other.size < kind.size:
            found.append(part)
        elif other is kind:
            found.append(total)
        else:
            found.append(total.with_zero().scaled(Decimal(other.size // kind.size)))
    return tuple(found)


def combine_window(kind: Kind, how: CombineBy, single: Interval) -> Windows:
    """One number is left of all postings of a window: the highest, lowest, latest, or their mean."""
    total = single.with_zero()
    part = total.differences()
    if how is CombineBy.HIGHEST:
        part = Interval(total.low, part.high)
    if how is CombineBy.LOWEST:
        part = Interval(part.low, total.high)
    return spread(kind, total, part)


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of one window; `ceiling`: the least number to which an event can lower `high`."""

    low: Decimal | None
    high: Decimal | None
    ceiling: Decimal | None = None
    always: bool = False
    """Whether something is posted in every such window, so that the bounds always act."""


def bound_window(windows: Windows, kind: Kind, limits: Limits) -> Windows:
    """What bounds of one window leave."""
    low, high, ceiling = limits.low, limits.high, limits.ceiling
    total = in_window(windows, kind).clamped(low, high)
    total = total if limits.always else total.with_zero()
    if ceiling is not None:
        total = Interval(min(total.low, ceiling), total.high)
    found = []
    for other, before in zip(KINDS, windows, strict=True):
        if other.size < kind.size:
            found.append(_part(before.with_zero(), total.with_zero(), low, high, lowered=ceiling is not None))
        elif other is kind:
            found.append(total)
        else:
            whole = total.with_zero().scaled(Decimal(other.size // kind.size))
            highest = whole.high if low is not None else min(whole.high, before.high)
            lowest = whole.low if high is not None or ceiling is not None else max(whole.low, before.low)
            found.append(Interval(min(lowest, highest), max(lowest, highest)))
    return tuple(found)


def tighten(windows: Windows) -> Windows:
    """A longer window has no more than the shorter ones in it together."""
    found = [windows[0]]
    for size, shorter, one in zip(SIZES[1:], SIZES, windows[1:], strict=False):
        most = found[-1].with_zero().scaled(Decimal(size // shorter))
        found.append(Interval(max(one.low, most.low), min(one.high, most.high)))
    return tuple(found)


def _part(before: Interval, total: Interval, low: Decimal | None, high: Decimal | None, *, lowered: bool) -> Interval:
    """What a part of a bounded window can add: no more than what comes in, but for the first jump to a bound."""
    most = total.differences()
    rise = before.high + (low if low is not None and low > ZERO else ZERO)
    fall = before.low + (high if high is not None and high < ZERO else ZERO)
    return Interval(most.low if lowered else max(most.low, fall), min(most.high, rise))


def _product(number: Decimal, factor: Decimal) -> Decimal:
    """A product in which 0 times infinity is 0: no event at all gives nothing."""
    return number * factor if number and factor else ZERO
