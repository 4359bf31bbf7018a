"""Points that a form declares for items whose points the rules fix: compared, and then left out of the log."""

from __future__ import annotations

from decimal import Decimal

from pointscli.app.inputs import Inputs
from pointscli.inputs.log_rows import Bad
from pointscli.model.names import item_key
from pointscli.model.problem import Problem
from pointscli.model.units import POINT, QUANTITY
from pointscli.scheme.types import BandPrice, FixedPrice, LevelPrice, Node, walk

Fixed = FixedPrice | LevelPrice | BandPrice
"""Prices that an event has by itself."""
_DIFFERENT = "{value} points are declared, but the rules give {price} for {item}"
_HINT = "correct the row; or leave the declared points out with --map {column}=none"


def settle_declared(inputs: Inputs, titles: dict[str, str]) -> list[Problem]:
    """Empty the points cells that say what the rules say anyway; a finding for each that says something else.

    `titles` are the titles of the points columns by file.
    """
    problems: list[Problem] = []
    entries, events = inputs.events.entries, inputs.events
    nodes = [{node.id: node for node in walk(scheme.score)} for scheme in inputs.schemes]
    for number, entry in enumerate(events.first_entry):
        declared = entries.points[entry]
        item = events.items[entry]
        if declared is None:
            continue
        quantity = Decimal(entries.quantity[entry]) / QUANTITY
        record = events.records[number]
        node = nodes[item.version][item.id]
        if not isinstance(node.points, Fixed):
            continue
        price = _price(node, node.points, quantity, item_key(record.cell("level")))
        if price is not None and price * POINT != declared:
            value = record.cell("points")
            args = (
                ("value", value),
                ("price", _text(price)),
                ("item", item.title),
                ("column", titles.get(record.table.path, "points")),
            )
            why = Bad("points-unused", _DIFFERENT, _HINT, args)
            problems.append(why.at(record.table, record.row, "points"))
        record.table.rows[record.row][record.table.columns.index("points")] = ""
    return problems


def _price(node: Node, price: Fixed, quantity: Decimal, level: str) -> Decimal | None:
    """What one event is worth by itself, None if its level or quantity has no price: that is told as such."""
    counted = quantity if node.max_quantity is None else min(quantity, node.max_quantity)
    if node.each is not None:
        counted = counted / node.each if node.prorate else counted // node.each
    match price:
        case FixedPrice(points):
            return points * counted
        case LevelPrice(levels):
            found = next((points for word, points in levels if item_key(word) == level), None)
            return None if found is None else found * counted
        case BandPrice(bands):
            return next((points for bound, points in reversed(bands) if bound <= counted), None)


def _text(price: Decimal) -> str:
    return format(price.normalize(), "f")
