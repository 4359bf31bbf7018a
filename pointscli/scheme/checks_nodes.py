"""Sections and leaf items: keys that go together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pointscli.model.problem import Problem, Severity
from pointscli.scheme.draft import Draft
from pointscli.scheme.read_nodes import LEAF_ONLY_KEYS, NODE_KEYS
from pointscli.scheme.reading import problem
from pointscli.scheme.types import FixedPrice, LevelPrice, PercentPrice, TotalPrice

EFFECTS = ("points", "ceiling", "grant")
MULTIPLIED = (FixedPrice, LevelPrice, PercentPrice)
"""Prices that are multiplied by the quantity, so that `each` can divide it."""


def check_leaf_keys(draft: Draft) -> Iterator[Problem]:
    """A section has no keys of leaf items."""
    for one in draft.nodes:
        for entry in one.keys if one.is_section else ():
            if entry.name in LEAF_ONLY_KEYS:
                message = "{key} cannot stand on {id}, which has items"
                hint = "only leaf items have {key}: move it to one of the items"
                yield problem("leaf-key-on-section", entry.place, message, hint, key=entry.name, id=one.node.id)


def check_effect(draft: Draft) -> Iterator[Problem]:
    """A leaf item does something, or excludes from an outcome. Misspelt keys are reported as such, not twice."""
    excluding = {name for outcome in draft.scheme.outcomes for name in outcome.excepts}
    for one in draft.leaves:
        names = {entry.name for entry in one.keys}
        if not names.intersection(EFFECTS) and names.issubset(NODE_KEYS) and one.node.id not in excluding:
            message, hint = (
                "the leaf item {id} has no effect",
                "give it points, grant or ceiling, or items below it",
            )
            yield problem("leaf-without-effect", one.entry.place, message, hint, id=one.node.id)


def check_bounds(draft: Draft) -> Iterator[Problem]:
    """In no window should min be above max: the upper bound wins, so the lower one never acts."""
    for one in draft.nodes:
        for bound in one.node.bounds:
            if bound.min is not None and bound.max is not None and bound.min > bound.max:
                window = bound.window or draft.settle
                place = one.place_of("min", window.value) if window else one.place_of("min")
                message = "min {min} is above max {max} of the same window: the upper bound wins"
                found = problem("min-above-max", place, message, "check both", min=bound.min, max=bound.max)
                yield replace(found, severity=Severity.WARNING)


def check_each(draft: Draft) -> Iterator[Problem]:
    """`each` divides the quantity of prices that are multiplied by it."""
    for one in draft.leaves:
        unread = one.node.points is None and one.keys.entry("points")
        if one.keys.entry("each") and not unread and not isinstance(one.node.points, MULTIPLIED):
            message = "each cannot be used with these points"
            hint = "each goes with points that are a number, levels or a percentage"
            yield problem("each-without-price", one.place_of("each"), message, hint)


def check_prorate(draft: Draft) -> Iterator[Problem]:
    """`prorate` is about the remainder that `each` leaves."""
    for one in draft.leaves:
        if one.keys.entry("prorate") and not one.keys.entry("each"):
            message, hint = "prorate says nothing without each", "add each, or delete prorate"
            yield problem("prorate-without-each", one.place_of("prorate"), message, hint)


def check_shared_total(draft: Draft) -> Iterator[Problem]:
    """The points of `total` belong to one member's quantity: nothing to split."""
    for one in draft.leaves:
        if one.node.split and isinstance(one.node.points, TotalPrice):
            message, hint = "points by total cannot be split", "delete shared, or choose another kind of points"
            yield problem("total-split", one.place_of("shared"), message, hint)
