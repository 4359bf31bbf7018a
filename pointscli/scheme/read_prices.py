"""`points`: the price of one event, in one of seven forms."""

from __future__ import annotations

from decimal import Decimal

from pointscli.model.names import item_key
from pointscli.model.period import Kind
from pointscli.scheme.number_grammar import parse_number, parse_percent
from pointscli.scheme.reading import Fields, Reading, open_mapping
from pointscli.scheme.tree import Entry, Mapping, Tree, show
from pointscli.scheme.types import (
    BandPrice,
    CountPrice,
    FixedPrice,
    LevelPrice,
    PercentPrice,
    Price,
    RangePrice,
    TotalPrice,
)
from pointscli.scheme.values import accept, read_choice, read_number, read_table

FORMS: dict[str, tuple[str, ...]] = {
    "levels": ("levels",),
    "from": ("from", "to", "step"),
    "bands": ("bands",),
    "count": ("count", "per"),
    "total": ("total", "per"),
}
"""The key that tells a form, and the keys that the form has."""

HINT = "write a number, a percentage, or one of levels, from and to, bands, count, total"
Bands = tuple[tuple[Decimal, Decimal], ...]


def read_price(reading: Reading, entry: Entry | None) -> Price | None:
    """A number, a percentage, or one of the forms with keys."""
    if entry is None:
        return None
    tree = entry.value
    if isinstance(tree, Mapping) and tree.entries:
        return _read_form(reading, tree, entry)
    scalar = reading.scalar(tree, HINT)
    if scalar is None:
        return None
    if scalar.text.endswith(("%", "％")):
        percent = accept(reading, scalar, parse_percent)
        return None if percent is None else PercentPrice(percent)
    points = accept(reading, scalar, parse_number)
    return None if points is None else FixedPrice(points)


def _read_form(reading: Reading, tree: Mapping, entry: Entry) -> Price | None:
    names = [one.name for one in tree]
    forms = [form for form, keys in FORMS.items() if form in names or (form == "from" and "to" in names)]
    if not forms:
        known = tuple(dict.fromkeys(key for keys in FORMS.values() for key in keys))
        open_mapping(reading, tree, known, entry.place)
        if set(names) <= set(known):
            message, hint = "these points say nothing", HINT
            reading.error("incomplete-points", entry.place, message, hint)
        return None
    if len(forms) > 1:
        message, hint = "points has both {first} and {second}", "keep one of them; they are different ways to price"
        reading.error("mixed-points", entry.place, message, hint, first=forms[0], second=forms[1])
        return None
    return _READERS[forms[0]](reading, open_mapping(reading, tree, FORMS[forms[0]], entry.place))


def _read_levels(reading: Reading, fields: Fields) -> LevelPrice | None:
    rows = read_table(reading, fields.get("levels"), "write the levels, each with its points")
    found: dict[str, str] = {}
    for entry, _ in rows:
        first = found.setdefault(item_key(entry.name), entry.name)
        if first is not entry.name:
            message, hint = "the levels {first} and {value} are the same word", "keep one of the two"
            reading.error("duplicate-level", entry.place, message, hint, first=show(first), value=show(entry.name))
    return LevelPrice(tuple((entry.name, points) for entry, points in rows)) if rows else None


def _read_range(reading: Reading, fields: Fields) -> RangePrice | None:
    low, high = read_number(reading, fields.require("from")), read_number(reading, fields.require("to"))
    step = read_number(reading, fields.get("step"), above=Decimal(0))
    if low is None or high is None:
        return None
    if low > high:
        message, hint = "from {low} is above to {high}", "write the smaller number after from"
        reading.error("range-reversed", fields.place_of("from"), message, hint, low=low, high=high)
        return None
    return RangePrice(low, high, step)


def _read_bands(reading: Reading, fields: Fields) -> BandPrice | None:
    bands = _bands(reading, fields.get("bands"))
    return BandPrice(bands) if bands else None


def _read_count(reading: Reading, fields: Fields) -> CountPrice | None:
    tree = fields.get("count")
    totals = [read_number(reading, one) for one in reading.each(tree, "write a list of totals, such as [-1, -3, -5]")]
    per = read_choice(reading, fields.get("per"), Kind)
    if isinstance(tree, Mapping):
        return None
    found = tuple(total for total in totals if total is not None)
    return CountPrice(found, per) if found else None


def _read_total(reading: Reading, fields: Fields) -> TotalPrice | None:
    tree = fields.get("total")
    per = read_choice(reading, fields.get("per"), Kind)
    bands = _bands(reading, tree)
    if not bands or not isinstance(tree, Mapping):
        return None
    if bands[0][0] > 0 and len(bands) == len(tree.entries):
        message = "total begins at {first}: a member below that has no value"
        place = fields.place_of("total")
        reading.error("total-without-zero", place, message, "add the key 0 with the points of none", first=bands[0][0])
    return TotalPrice(bands, per)


_READERS = {
    "levels": _read_levels,
    "from": _read_range,
    "bands": _read_bands,
    "count": _read_count,
    "total": _read_total,
}


def _bands(reading: Reading, tree: Tree | None) -> Bands:
    """Lower bounds with points, ascending; a bound that is no number or stands twice is an error."""
    found: dict[Decimal, Decimal] = {}
    for entry, points in read_table(reading, tree, "write lower bounds of the quantity, each with its points"):
        bound = accept(reading, entry.key, parse_number)
        if bound is None:
            continue
        if bound in found:
            message, hint = "the lower bound {value} stands here twice", "keep one of the two"
            reading.error("duplicate-bound", entry.place, message, hint, value=show(entry.name))
        found.setdefault(bound, points)
    return tuple(sorted(found.items()))


def bounds_as_written(entry: Entry | None) -> list[tuple[Decimal, Entry]]:
    """The lower bounds of a table that could be read, in the order of the file."""
    rows = entry.rows if entry else ()
    return [(bound, row) for row in rows if isinstance(bound := parse_number(row.name), Decimal)]
