"""What the engine could not price, in words: where, why, and what would be right."""

from __future__ import annotations

from collections.abc import Sequence

from pointscli.app.inputs import Inputs
from pointscli.engine.run import Fault
from pointscli.model.problem import Place, Problem
from pointscli.scheme.types import BandPrice, LevelPrice, Node, RangePrice, walk

_TEXTS: dict[str, tuple[str, str, str]] = {
    "negative-quantity": ("quantity", "quantity {value} is negative", "write how many, at least 0"),
    "no-price": ("item", "item {item} has no points of its own", "name an item that earns or costs points"),
    "points-unused": (
        "points",
        "item {item} does not take points from the event: {value}",
        "leave the points cell empty",
    ),
    "level-unused": ("level", "item {item} has no levels, so not {value} either", "leave the level cell empty"),
    "quantity-unused": (
        "quantity",
        "item {item} takes no quantity: {value}",
        "write one row for each event, without quantity",
    ),
    "points-missing": ("points", "item {item} needs points", "write points from {low} to {high}"),
    "points-range": ("points", "{value} points are outside what {item} allows", "write points from {low} to {high}"),
    "points-step": (
        "points",
        "{value} points are not in steps of {step} for {item}",
        "write {low}, or {low} and some steps of {step}, up to {high}",
    ),
    "level-missing": ("level", "item {item} needs a level", "write one of: {levels}"),
    "level-unknown": ("level", "item {item} has no level {value}", "write one of: {levels}"),
    "below-bands": ("quantity", "quantity {value} is below the first band of {item}", "write at least {lowest}"),
    "too-large": ("quantity", "the points of this event are too large", "check the quantity {value}"),
}
"""Reason → column, message, hint."""


def explain_faults(faults: Sequence[Fault], inputs: Inputs) -> list[Problem]:
    """A problem for each event that cannot be priced, at the cell that is wrong."""
    return [_explain(fault, inputs) for fault in faults]


def _explain(fault: Fault, inputs: Inputs) -> Problem:
    record = inputs.events.records[fault.record]
    item = inputs.events.items[inputs.events.first_entry[fault.record]]
    node = _node(inputs, item.version, item.id)
    column, message, hint = _TEXTS[fault.reason]
    place, value = record.table.place(record.row, column), record.cell(column)
    if amended := _amendment(fault, inputs, column):
        place, value = amended
    args = {"item": node.title, "value": value or "1", "low": "", "high": "", "step": "", "levels": "", "lowest": ""}
    match node.points:
        case RangePrice(low, high, step):
            args |= {"low": str(low), "high": str(high), "step": str(step)}
        case LevelPrice(levels):
            args["levels"] = ", ".join(level for level, _ in levels)
        case BandPrice(bands):
            args["lowest"] = str(bands[0][0])
    return Problem(fault.reason, place, message, hint, tuple(args.items()))


def _node(inputs: Inputs, version: int, node_id: str) -> Node:
    return next(node for node in walk(inputs.schemes[version].score) if node.id == node_id)


def _amendment(fault: Fault, inputs: Inputs, column: str) -> tuple[Place, str] | None:
    """The last decision that put the value there, if one did."""
    return inputs.reviews.amended.get((fault.record, column))
