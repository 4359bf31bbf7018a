"""Prices written as tables: rows that turn round, repeat, cannot be met, or leave a hole."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from pointscli.model.problem import Problem
from pointscli.scheme.draft import ReadNode
from pointscli.scheme.intervals import INFINITE
from pointscli.scheme.lint_subject import Subject, key_of, number, value_of, warn
from pointscli.scheme.reach import most_events
from pointscli.scheme.read_prices import bounds_as_written
from pointscli.scheme.tree import Entry, Listing, Tree
from pointscli.scheme.types import BandPrice, CountPrice, PercentPrice, RangePrice, TotalPrice

Row = tuple[Decimal, Entry | Tree]
"""The points of a row, and where they stand."""


def lint_turns(subject: Subject) -> Iterator[Problem]:
    """More is worth more, or less, all the way: a table that turns round has a wrong row."""
    for one in subject.leaves:
        rows = _rows(one)
        sign = 0
        for (before, _), (points, at) in pairwise(rows):
            step = (points > before) - (points < before)
            if sign and step and step != sign:
                message = "the points of {id} turn round here: {points} after {before}"
                hint = "in a table the points usually only rise or only fall: check this row and the one before"
                yield warn(
                    "table-turns", at, message, hint, id=one.node.id, points=number(points), before=number(before)
                )
                break
            sign = sign or step


def lint_repeats(subject: Subject) -> Iterator[Problem]:
    """A row that gives the same as the one before says nothing."""
    for one in subject.leaves:
        for (before, _), (points, at) in pairwise(_rows(one)):
            if points == before:
                message = "this row of {id} gives {points}, as the one before does"
                hint = "delete it if that is meant; else one of the two numbers is wrong"
                yield warn("row-repeats", at, message, hint, id=one.node.id, points=number(points))


def lint_order(subject: Subject) -> Iterator[Problem]:
    """Rows are written from the smallest bound to the greatest, or the other way."""
    tables = [(one.node.id, _bounds_as_written(one)) for one in subject.leaves]
    tables += [(name, _steps_as_written(subject, name)) for name in ("grades", "stars")]
    for name, rows in tables:
        sign = 0
        for (before, _), (bound, at) in pairwise(rows):
            step = (bound > before) - (bound < before)
            if sign and step != sign:
                message = "the rows of {id} are out of order here"
                hint = "the program sorts them, a reader does not: write them from the smallest bound to the greatest"
                yield warn("rows-out-of-order", at, message, hint, id=name)
                break
            sign = sign or step


def lint_holes(subject: Subject) -> Iterator[Problem]:
    """Quantities that have no row: an event below the first band is refused."""
    for one in subject.leaves:
        price = one.node.points
        if isinstance(price, BandPrice) and price.bands[0][0] > 0:
            message = "an event of {id} with less than {first} is refused as an error: the bands have no row for it"
            hint = "add the row 0: 0 if such an event is worth nothing"
            at = key_of(one, "points", "bands")
            yield warn("bands-begin-late", at, message, hint, id=one.node.id, first=number(price.bands[0][0]))
        if isinstance(price, RangePrice) and price.step is not None and (price.high - price.low) % price.step:
            message = "steps of {step} from {low} never come to {high}"
            hint = "change step or to: the steps are counted from the lower end"
            args = {"step": number(price.step), "low": number(price.low), "high": number(price.high)}
            yield warn("step-misses-end", value_of(one, "points", "to"), message, hint, **args)


def lint_limits(subject: Subject) -> Iterator[Problem]:
    """Rows that no event can meet because `max_quantity` or `times` stops before."""
    for one in subject.leaves:
        most, price = one.node.max_quantity, one.node.points
        if most is not None and one.node.each is not None and most < one.node.each and not one.node.prorate:
            message = "an event of {id} is never worth anything: {most} is less than each {each}"
            hint = "raise max_quantity, lower each, or add prorate: true"
            at = value_of(one, "max_quantity")
            yield warn("never-scores", at, message, hint, id=one.node.id, most=number(most), each=number(one.node.each))
        if most is not None and isinstance(price, BandPrice) and price.bands[-1][0] > most:
            message = "the band {band} of {id} is never met: max_quantity is {most}"
            hint = "raise max_quantity, or delete the band"
            at = _band(one, price.bands[-1][0])
            yield warn(
                "row-never-met", at, message, hint, id=one.node.id, band=number(price.bands[-1][0]), most=number(most)
            )
        if isinstance(price, CountPrice):
            yield from _count_beyond_times(subject, one, price)
        yield from _free_beyond_times(subject, one)


def lint_percents(subject: Subject) -> Iterator[Problem]:
    """Percentages of more than everything, or of nothing."""
    granting = any(one.node.grant for one in subject.nodes)
    for one in subject.leaves:
        price = one.node.points
        if isinstance(price, PercentPrice) and abs(price.percent) > 100:  # noqa: PLR2004  (percent)
            message, hint = "{percent}% is more than everything", "write at most 100%, or points without a percent sign"
            yield warn("percent-over-100", value_of(one, "points"), message, hint, percent=number(price.percent))
        elif isinstance(price, PercentPrice) and not granting:
            message = "a percentage of grants is worth nothing here: no node has a grant"
            hint = "add a grant, or write points without a percent sign"
            yield warn("percent-of-nothing", value_of(one, "points"), message, hint)


def _count_beyond_times(subject: Subject, one: ReadNode, price: CountPrice) -> Iterator[Problem]:
    most = most_events(one.node.times, subject.scheme.settle, subject.window(price.per))
    if most < len(price.totals):
        entry = one.keys.last("points", "count")
        values = entry.value.items if entry and isinstance(entry.value, Listing) else ()
        message = "no {window} of {id} has a total after {count} events: times lets only {most} count"
        hint = "raise times, or delete the totals behind that"
        at: Entry | Tree = values[int(most)] if len(values) > most else key_of(one, "points")
        args = {"id": one.node.id, "count": str(int(most) + 1), "most": str(most)}
        yield warn("row-never-met", at, message, hint, window=subject.window(price.per), **args)


def _free_beyond_times(subject: Subject, one: ReadNode) -> Iterator[Problem]:
    for limit in one.node.free:
        window = subject.window(limit.window)
        most = most_events(one.node.times, subject.scheme.settle, window)
        if most < INFINITE and limit.count >= most:
            message = "an event of {id} is never worth anything: {free} are free and only {most} count in a {window}"
            hint = "free events are counted too: raise times, or lower free"
            args = {"id": one.node.id, "free": str(limit.count), "most": str(most), "window": window.value}
            yield warn("never-scores", value_of(one, "free"), message, hint, **args)


def _rows(one: ReadNode) -> list[Row]:
    """The points of a table from the smallest bound to the greatest."""
    price = one.node.points
    if isinstance(price, CountPrice):
        written = key_of(one, "points", "count").value
        values = written.items if isinstance(written, Listing) else (written,)
        return list(zip(price.totals, values, strict=False))
    if isinstance(price, (BandPrice, TotalPrice)):
        places = {bound: entry.value for bound, entry in _bound_entries(one)}
        return [(points, places.get(bound, one.entry)) for bound, points in price.bands]
    return []


def _bound_entries(one: ReadNode) -> list[tuple[Decimal, Entry]]:
    form = "bands" if isinstance(one.node.points, BandPrice) else "total"
    return bounds_as_written(one.keys.last("points", form))


def _band(one: ReadNode, bound: Decimal) -> Entry:
    return next((entry for key, entry in _bound_entries(one) if key == bound), one.entry)


def _bounds_as_written(one: ReadNode) -> list[tuple[Decimal, Entry]]:
    return _bound_entries(one) if isinstance(one.node.points, (BandPrice, TotalPrice)) else []


def _steps_as_written(subject: Subject, name: str) -> list[tuple[Decimal, Entry]]:
    steps = subject.scheme.grades if name == "grades" else subject.scheme.stars
    return [
        (-INFINITE if step.at is None else step.at, entry)
        for step, entry in zip(steps, subject.entries(name), strict=False)
    ]
