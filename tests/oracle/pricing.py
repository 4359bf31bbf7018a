"""Prices: what one event is worth, and which events are worth nothing."""

import math
from datetime import date
from fractions import Fraction

from .exact import quotient
from .log import Deed, capped
from .model import Node, Price
from .periods import period_of
from .reached import REACHED


def before_in_window(deeds: list[Deed], index: int, window: str) -> list[Deed]:
    """The earlier deeds in the same window as deeds[index]."""
    here = period_of(deeds[index].event.day, window)
    return [deed for deed in deeds[:index] if here.holds(deed.event.day)]


def is_free(deeds: list[Deed], index: int) -> bool:
    """Whether the event is one of the first N of some window."""
    return any(len(before_in_window(deeds, index, window)) < n for window, n in deeds[index].leaf.free.items())


def worth(deeds: list[Deed]) -> list[Deed]:
    """The events of one leaf that `free` and `times` leave."""
    counted: list[Deed] = []
    left = []
    for index, deed in enumerate(deeds):
        taken = [*counted, deed]
        within = all(len(before_in_window(taken, len(counted), window)) < n for window, n in deed.leaf.times.items())
        REACHED["beyond times"] += not within
        if not within:
            continue
        counted.append(deed)
        REACHED["free"] += is_free(deeds, index)
        if not is_free(deeds, index):
            left.append(deed)
    return left


def band(table: tuple[tuple[Fraction, Fraction], ...], quantity: Fraction) -> Fraction:
    """The value of the greatest key that the quantity reaches."""
    return [value for key, value in table if key <= quantity][-1]


def multiplied(leaf: Node, number: Fraction, quantity: Fraction) -> Fraction:
    """Number x quantity; with `each`, for every whole portion, or `prorate` for portions too."""
    if leaf.each is None:
        return number * quantity
    if leaf.prorate:
        return quotient(number * quantity / leaf.each)
    return number * math.floor(quantity / leaf.each)


def unit_price(deed: Deed, price: Price, granted: Fraction) -> Fraction:
    """The amount of an event whose price looks at nothing but itself (and the grants so far)."""
    quantity = capped(deed.leaf, deed.quantity)
    if price.form == "flat":
        return multiplied(deed.leaf, price.number, quantity)
    if price.form == "percent":
        return multiplied(deed.leaf, price.number * granted, quantity)
    if price.form == "levels":
        return multiplied(deed.leaf, price.levels[deed.level], quantity)
    if price.form == "bands":
        return band(price.table, quantity)
    if deed.points is None:
        raise AssertionError(price.form)
    return deed.points


def count_total(price: Price, number: int) -> Fraction:
    """The total after so many events: the last value holds on."""
    return Fraction(0) if number == 0 else price.steps[min(number, len(price.steps)) - 1]


def amount(deeds: list[Deed], index: int, granted: Fraction) -> Fraction:
    """What the index-th of the worthy deeds of a leaf posts."""
    deed = deeds[index]
    price = deed.leaf.price
    if price is None:
        raise AssertionError(deed.leaf.id)
    if price.form == "count":
        earlier = len(before_in_window(deeds, index, price.window))
        value = count_total(price, earlier + 1) - count_total(price, earlier)
    else:
        value = unit_price(deed, price, granted)
    return quotient(value / len(deed.event.members)) if deed.leaf.split else value


def total_in(deeds: list[Deed], price: Price, last_day: date) -> Fraction:
    """The posted total of the window that ends on the day."""
    window = period_of(last_day, price.window)
    quantity = sum((capped(deed.leaf, deed.quantity) for deed in deeds if window.holds(deed.event.day)), Fraction(0))
    return band(price.table, quantity)
