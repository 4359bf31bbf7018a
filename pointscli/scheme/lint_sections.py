"""Items and their sections: what an item may have alone, and what all have together, against the section's bound."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from pointscli.model.period import Kind
from pointscli.model.problem import Problem
from pointscli.scheme.draft import ReadNode
from pointscli.scheme.intervals import ZERO, Interval
from pointscli.scheme.lint_subject import Subject, beside, key_of, number, warn
from pointscli.scheme.types import Bound, CombineBy


class _Limit(NamedTuple):
    """What a section lets through in one window."""

    section: ReadNode
    window: Kind
    max: Decimal
    only_adds: bool
    """Whether nothing below the section deducts, so that its max also holds in parts of its window."""

    def most(self, window: Kind) -> Decimal:
        """What it lets through in another window."""
        return self.max * max(1, window.size // self.window.size)


def lint_section_max(subject: Subject) -> Iterator[Problem]:
    """An item's max is above what a section around it lets through: it can never be used up."""
    passing: dict[str, list[_Limit]] = {}
    for one in subject.nodes:
        above = passing.get(one.above[-1], []) if one.above else []
        around = above if one.node.weight is None else []
        for bound in one.node.bounds:
            if found := _above(subject, one, bound, around):
                yield found
        passing[one.node.id] = [*_limits(subject, one), *around] if one.node.combine.how is CombineBy.SUM else []


def lint_together(subject: Subject) -> Iterator[Problem]:
    """All items of a section have bounds of their own, which make a little more together than the section's.

    A cap far below the sum is how sections are usually bounded, and so is one below what numbers of events make: only
    written bounds with an excess smaller than each of them look as if the printed table was meant to add up.
    """
    for one in subject.nodes:
        for bound in one.node.bounds if one.node.items and one.node.combine.how is CombineBy.SUM else ():
            window = subject.window(bound.window)
            for key, limit in (("max", bound.max), ("min", bound.min)):
                parts = _written(subject, one, key, window) if limit else []
                total = sum(parts, ZERO)
                excess = abs(total) - abs(limit or ZERO)
                if limit is not None and len(parts) > 1 and ZERO < excess < min(map(abs, parts)):
                    message = "the items of {id} make {total} a {window} together, a little beyond its {key} {limit}"
                    hint = "if the printed points add up to the bound, one of these numbers is a slip"
                    args = {"id": one.node.id, "window": window, "key": key, "limit": number(limit)}
                    at = key_of(one, key, window.value)
                    yield warn("items-exceed-section", at, message, hint, total=number(total), **args)


def _written(subject: Subject, one: ReadNode, key: str, window: Kind) -> list[Decimal]:
    """The bounds that the items of a section have in a window; nothing if one has none, or the signs are mixed."""
    found: list[Decimal] = []
    for item in one.node.items:
        limits = [getattr(bound, key) for bound in item.bounds if subject.window(bound.window) is window]
        limit: Decimal | None = limits[0] if limits else None
        if limit is None or item.weight is not None or (limit > 0) != (key == "max"):
            return []
        found.append(limit)
    return found if one.node.grant is None else []


def _limits(subject: Subject, one: ReadNode) -> Iterator[_Limit]:
    for bound in one.node.bounds if one.node.items else ():
        if bound.max is not None and bound.max > 0:
            window = subject.window(bound.window)
            incoming = subject.reaches.nodes[one.node.id].incoming.get(window, Interval())
            yield _Limit(one, window, bound.max, only_adds=incoming.low >= 0)


def _above(subject: Subject, one: ReadNode, bound: Bound, around: list[_Limit]) -> Problem | None:
    """The finding about a max and the nearest section that lets less through."""
    window = subject.window(bound.window)
    for limit in around if bound.max is not None else ():
        is_plain = limit.window is window and limit.section.node.id == one.above[-1]
        if bound.max is None or bound.max <= limit.most(window) or not (is_plain or limit.only_adds):
            continue
        message = "max {max} of {id} can never be used up: its section {section} gives at most {limit} a {window}"
        if is_plain:
            message = "max {max} of {id} is above max {limit} of its section {section} for a {window}"
        hint = "an item cannot give more than its section: check both against the printed table"
        args = {"id": one.node.id, "section": limit.section.node.id, "window": window}
        numbers = {"max": number(bound.max), "limit": number(limit.most(window))}
        other = key_of(limit.section, "max", limit.window.value)
        at = key_of(one, "max", window.value)
        return beside(warn("max-above-section", at, message, hint, **numbers, **args), other.place)
    return None
