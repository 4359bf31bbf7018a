"""`score` and everything below it: sections and leaf items."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TypeVar

from pointscli.model.period import Kind
from pointscli.scheme.draft import ReadNode
from pointscli.scheme.read_prices import read_price
from pointscli.scheme.reading import Fields, Reading, Role, open_fields, open_mapping
from pointscli.scheme.tree import Entry, Mapping, Tree
from pointscli.scheme.types import Bound, Ceiling, Combine, CombineBy, Grant, Limit, Node
from pointscli.scheme.values import (
    read_choice,
    read_flag,
    read_fraction,
    read_integer,
    read_kinds,
    read_number,
    read_table,
    read_text,
    read_texts,
    read_word,
)

T = TypeVar("T")

ROOT_KEYS = ("clause", "items", "grant", "combine", "max", "min", "weight", "dimension")
SECTION_KEYS = ("title", *ROOT_KEYS)
LEAF_ONLY_KEYS = (
    "points",
    "each",
    "prorate",
    "aliases",
    "unit",
    "times",
    "free",
    "max_quantity",
    "shared",
    "evidence",
    "counts_from",
    "ceiling",
)
NODE_KEYS = ("title", "points", *ROOT_KEYS, *LEAF_ONLY_KEYS[1:])
GRANT_KEYS = ("points", "per")
RATED_GRANT_KEYS = ("by", "values", "default", "per")
CEILING_KEYS = ("of", "at", "per")
SHARED = ("each", "split")
EVIDENCE = ("required",)
KINDS = tuple(kind.value for kind in Kind)
MATTER = "matter"


def read_root(reading: Reading, entry: Entry) -> tuple[Node | None, list[ReadNode]]:
    """The root section with all nodes, in printed order."""
    found: list[ReadNode] = []
    return _read_node(reading, entry, (), "", found), found


def _read_node(
    reading: Reading, entry: Entry, above: tuple[str, ...], dimension: str, found: list[ReadNode]
) -> Node | None:
    is_section = isinstance(entry.value, Mapping) and entry.value.entry("items") is not None
    known = ROOT_KEYS if not above else SECTION_KEYS if is_section else NODE_KEYS
    fields = open_fields(reading, entry.value, known, entry.place, LEAF_ONLY_KEYS)
    if fields is None:
        reading.unread.add(entry.name)
        return None
    place_in_order = len(found)
    dimension = read_text(reading, fields.get("dimension")) or dimension
    items = _read_items(reading, fields, (*above, entry.name), dimension, found)
    shape = Combine(CombineBy.SUM) if fields.get("combine") is None else _read_combine(reading, fields)
    node = Node(
        id=entry.name,
        title=read_text(reading, fields.require("title")) if above else "",
        place=entry.place,
        items=items,
        clause=read_text(reading, fields.get("clause")),
        grant=_read_grant(reading, fields.entry("grant")),
        points=read_price(reading, fields.entry("points")),
        each=read_number(reading, fields.get("each"), above=Decimal(0)),
        prorate=read_flag(reading, fields.get("prorate")),
        combine=shape,
        bounds=_read_bounds(reading, fields),
        weight=read_fraction(reading, fields.get("weight")),
        dimension=dimension,
        aliases=read_texts(reading, fields.get("aliases")),
        unit=read_text(reading, fields.get("unit")),
        times=_read_limits(reading, fields.get("times")),
        free=_read_limits(reading, fields.get("free")),
        max_quantity=read_number(reading, fields.get("max_quantity"), above=Decimal(0)),
        split=read_word(reading, fields.get("shared"), SHARED) == "split",
        evidence_required=read_word(reading, fields.get("evidence"), EVIDENCE) is not None,
        counts_from=reading.refer(Role.STAGE, fields.get("counts_from")),
        ceiling=_read_ceiling(reading, fields.entry("ceiling")),
    )
    found.insert(place_in_order, ReadNode(node, entry, above))
    return node


def _read_items(
    reading: Reading, fields: Fields, above: tuple[str, ...], dimension: str, found: list[ReadNode]
) -> tuple[Node, ...]:
    if len(above) == 1:
        fields.require("items")
    mapping = reading.mapping(fields.get("items"), "write the items, each with its id, title and points")
    children = [_read_node(reading, entry, above, dimension, found) for entry in mapping or ()]
    return tuple(child for child in children if child)


def _read_grant(reading: Reading, entry: Entry | None) -> Grant | None:
    if entry is None:
        return None
    if not isinstance(entry.value, Mapping):
        points = read_number(reading, entry.value)
        return None if points is None else Grant(points)
    by_column = entry.value.entry("by") is not None or entry.value.entry("values") is not None
    known = RATED_GRANT_KEYS if by_column else GRANT_KEYS
    fields = open_mapping(reading, entry.value, known, entry.place)
    per = read_choice(reading, fields.get("per"), Kind)
    if not by_column:
        points = read_number(reading, fields.require("points"))
        return None if points is None else Grant(points, per=per)
    by = read_text(reading, fields.require("by"))
    rows = read_table(reading, fields.require("values"), "write the values of the column, each with its points")
    default = read_number(reading, fields.get("default"))
    return Grant(None, by, tuple((one.name, points) for one, points in rows), default or Decimal(0), per)


def _read_combine(reading: Reading, fields: Fields) -> Combine:
    tree = fields.get("combine")
    if not isinstance(tree, Mapping):
        return Combine(read_choice(reading, tree, CombineBy) or CombineBy.SUM)
    opened = open_fields(reading, tree, tuple(how.value for how in CombineBy), fields.place_of("combine"))
    if len(tree.entries) > 1:
        message, hint = "combine can only do one thing", "keep one of them, such as highest: year"
        reading.error("mixed-combine", tree.entries[1].place, message, hint)
    if opened is None or len(tree.entries) != 1 or tree.entries[0].name not in list(CombineBy):
        return Combine(CombineBy.SUM)
    how, window = CombineBy(tree.entries[0].name), tree.entries[0].value
    word = read_word(reading, window, (*KINDS, MATTER))
    if word == MATTER:
        return Combine(how, None, matter=True)
    return Combine(how, _window(reading, word))


def _read_bounds(reading: Reading, fields: Fields) -> tuple[Bound, ...]:
    highest = _read_windows(reading, fields.get("max"), read_number)
    lowest = _read_windows(reading, fields.get("min"), read_number)
    windows = dict.fromkeys((*highest, *lowest))
    return tuple(Bound(window, lowest.get(window), highest.get(window)) for window in windows)


def _read_limits(reading: Reading, tree: Tree | None) -> tuple[Limit, ...]:
    return tuple(Limit(window, count) for window, count in _read_windows(reading, tree, read_integer).items())


def _read_windows(
    reading: Reading, tree: Tree | None, read: Callable[[Reading, Tree | None], T | None]
) -> dict[Kind | None, T]:
    """A value for the settlement period, or values for kinds of windows."""
    if not isinstance(tree, Mapping):
        value = read(reading, tree)
        return {} if value is None else {None: value}
    found: dict[Kind | None, T] = {}
    for entry in reading.mapping(tree, "write windows with numbers, such as month: 4") or ():
        value = read(reading, entry.value)
        if entry.name not in KINDS:
            reading.unknown("unknown-key", entry.place, "unknown key {value}", entry.name, KINDS)
        elif value is not None:
            found[_window(reading, entry.name)] = value
    return found


def _window(reading: Reading, word: str | None) -> Kind | None:
    """A kind of window; the settlement period itself is None, however it is written."""
    kind = Kind(word) if word else None
    return None if kind is reading.settle else kind


def _read_ceiling(reading: Reading, entry: Entry | None) -> Ceiling | None:
    fields = open_fields(reading, entry.value, CEILING_KEYS, entry.place) if entry else None
    if fields is None:
        return None
    of = reading.refer(Role.NODE_OR_SCORE, fields.require("of"))
    at = read_number(reading, fields.require("at"))
    per = read_kinds(reading, fields.get("per"))
    return Ceiling(of, at, per) if of is not None and at is not None else None
