"""Prices: events that name an item but do not say what its points need."""

from __future__ import annotations

from pointscli.inputs.codes.base import Files, Text, events, files, register, rules
from pointscli.model.code import Code
from pointscli.model.problem import Severity

_FIXED = "talk: {title: 党课, points: 2}"
_RANGE = "talk: {title: 党课, points: {from: 1, to: 5, step: 0.5}}"
_LEVELS = "talk: {title: 党课, points: {levels: {国家级: 10, 省级: 8}}}"
_BANDS = "talk: {title: 党课, points: {bands: {60: 0.5, 80: 1}}}"
_COUNT = "talk: {title: 党课, points: {count: [-3, -5]}}"
_UNUSED = "A value that the rules do not use shows that another item or rule was meant."
_NEEDED = "Without it the points cannot be worked out, and nothing is guessed."


def _log(item: str, column: str, cell: str) -> Files:
    return files({**rules(item), **events(f"E1,2021-07-01,M1,talk,{cell}", header=f"id,date,member,item,{column}")})


def _price(number: str, name: str, text: Text, item: str, cells: tuple[str, str, str]) -> Code:
    """A code about one cell of an event of this item; `cells`: its column, the bad and the good text."""
    column, bad, good = cells
    return Code(number, name, Severity.ERROR, *text, _log(item, column, "«»" + bad), _log(item, column, good))


CODES = register(
    _price(
        "P540",
        "negative-quantity",
        (
            "A quantity is below 0.",
            "A deduction is an item of its own; a negative number of events does not exist.",
            "Write how many, at least 0; to take points away, use the item that costs points.",
        ),
        _FIXED,
        ("quantity", "-1", "1"),
    ),
    Code(
        "P541",
        "no-price",
        Severity.ERROR,
        "The item has no points of its own, so events of it say nothing.",
        "It is there only for what it grants; an event of it would be lost.",
        "Name an item that earns or costs points.",
        files({**rules("talk: {title: 党课, grant: 1}"), **events("E1,2021-07-01,M1,«»talk")}),
        files(),
    ),
    _price(
        "P542",
        "points-unused",
        ("The item's points are fixed by the rules, but the event brings its own.", _UNUSED, "Leave the cell empty."),
        _FIXED,
        ("points", "3", ""),
    ),
    _price(
        "P543",
        "level-unused",
        ("The item has no levels, but the event names one.", _UNUSED, "Leave the level cell empty."),
        _FIXED,
        ("level", "省级", ""),
    ),
    _price(
        "P544",
        "quantity-unused",
        (
            "The item takes no quantity: its events are counted, or bring their own points.",
            _UNUSED,
            "Write one row for each event, without quantity.",
        ),
        _COUNT,
        ("quantity", "2", ""),
    ),
    _price(
        "P545",
        "points-missing",
        ("The event must bring its own points, and does not.", _NEEDED, "Write points inside the item's range."),
        _RANGE,
        ("points", "", "2"),
    ),
    _price(
        "P546",
        "points-range",
        (
            "The event's points are outside the item's range.",
            "The rules do not allow so many or so few points.",
            "Write points inside the range that the message names.",
        ),
        _RANGE,
        ("points", "6", "5"),
    ),
    _price(
        "P547",
        "points-step",
        (
            "The event's points are not in the item's steps.",
            "The rules allow only some numbers inside the range.",
            "Write the lowest number of the range and some steps more.",
        ),
        _RANGE,
        ("points", "1.2", "1.5"),
    ),
    _price(
        "P548",
        "level-missing",
        ("The item's points depend on the level, and the event has none.", _NEEDED, "Write one of the item's levels."),
        _LEVELS,
        ("level", "", "省级"),
    ),
    _price(
        "P549",
        "level-unknown",
        (
            "The item has no level of this name.",
            "Without a level of the rules there is no price.",
            "Write one of the levels that the message names, or add the level to the rule file.",
        ),
        _LEVELS,
        ("level", "市级", "省级"),
    ),
    _price(
        "P550",
        "below-bands",
        (
            "The quantity is below the item's first band.",
            "The rules say nothing about so small a quantity.",
            "Correct the quantity, or give the rule file a band from 0 on.",
        ),
        _BANDS,
        ("quantity", "59", "60"),
    ),
    _price(
        "P551",
        "too-large",
        (
            "The points of one event are too large to be counted exactly.",
            "No scheme gives so many points; a digit is too much.",
            "Check the quantity.",
        ),
        "talk: {title: 党课, points: 1000000}",
        ("quantity", "1000000000", "1"),
    ),
)
