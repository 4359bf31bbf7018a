"""Bounds that never act, or that always do: a section and its items do not fit together."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pointscli.model.period import Kind
from pointscli.model.problem import Problem
from pointscli.scheme.draft import ReadNode
from pointscli.scheme.intervals import INFINITE, Interval
from pointscli.scheme.lint_subject import Subject, beside, key_of, number, value_of, warn
from pointscli.scheme.reach import grant_amounts, price_amounts
from pointscli.scheme.tree import Entry
from pointscli.scheme.types import Bound, CountPrice, Price, TotalPrice


def lint_unreached(subject: Subject) -> Iterator[Problem]:
    """A bound that the items can never reach. `min: 0` is a usual safeguard and says nothing."""
    for one in subject.nodes:
        incoming = subject.reaches.nodes[one.node.id].incoming
        for bound in one.node.bounds:
            window = subject.window(bound.window)
            before = incoming[window]
            args = {"id": one.node.id, "window": window}
            if bound.max is not None and before.high < bound.max and bound.max > 0:
                message = "max {max} of {id} never acts: no {window} gives more than {reach}"
                hint = "check the points below against the printed total, or delete this max"
                at = _bound(one, "max", window)
                yield warn(
                    "max-never-reached", at, message, hint, max=number(bound.max), reach=number(before.high), **args
                )
            if bound.min is not None and before.low > bound.min and bound.min < 0:
                message = "min {min} of {id} never acts: no {window} gives less than {reach}"
                hint = "check the points below against the printed total, or delete this min"
                at = _bound(one, "min", window)
                yield warn(
                    "min-never-reached", at, message, hint, min=number(bound.min), reach=number(before.low), **args
                )


def lint_single_event(subject: Subject) -> Iterator[Problem]:
    """One event of the item exceeds its own bound, whichever it is: the price is never paid in full."""
    for one in subject.leaves:
        price, weighs = one.node.points, one.node.combine
        starts_full = one.node.grant is not None
        if price is None or starts_full or isinstance(price, TotalPrice) or weighs.matter:
            continue
        least = _least(price)
        for bound in one.node.bounds if least else ():
            window = subject.window(bound.window)
            for key, limit in (("max", bound.max), ("min", bound.min)):
                beyond = limit is not None and (least > limit if key == "max" else least < limit)
                if limit is not None and beyond and (least > 0) == (key == "max"):
                    message = "one event of {id} is worth {points}, but {key} {limit} bounds a whole {window}"
                    hint = "raise the bound or lower the points: as it is, no event is worth what stands here"
                    args = {"id": one.node.id, "key": key, "window": window}
                    at, other = value_of(one, "points"), _bound(one, key, window)
                    yield beside(
                        warn(
                            "points-beyond-bound",
                            at,
                            message,
                            hint,
                            points=number(least),
                            limit=number(limit),
                            **args,
                        ),
                        other.place,
                    )


def lint_grants(subject: Subject) -> Iterator[Problem]:
    """What the items grant together exceeds the section's max: nobody ever gets all of it."""
    granted = _granted(subject)
    for one in subject.nodes:
        for bound in one.node.bounds:
            window = subject.window(bound.window)
            total = granted.get((one.node.id, window))
            if bound.max is not None and total is not None and total > bound.max:
                message = "the grants below {id} make {total} a {window}, above its max {max}"
                hint = "the grants of a section may not exceed its max: check both against the printed table"
                at = _bound(one, "max", window)
                args = {"id": one.node.id, "window": window, "total": number(total), "max": number(bound.max)}
                yield warn("grants-above-max", at, message, hint, **args)


def lint_ceilings(subject: Subject) -> Iterator[Problem]:
    """A ceiling that is not below what the node can reach anyway."""
    for one in subject.leaves:
        ceiling = one.node.ceiling
        if ceiling is None:
            continue
        for window in ceiling.per or (subject.scheme.settle,):
            most = _most(subject, ceiling.of, window)
            if most is not None and ceiling.at >= most:
                message = "this ceiling lowers nothing: {of} never exceeds {most} in a {window} anyway"
                hint = "write a ceiling below that, or check which node it should bound"
                at = value_of(one, "ceiling", "at")
                yield warn("ceiling-too-high", at, message, hint, of=ceiling.of, most=number(most), window=window)


def lint_weights(subject: Subject) -> Iterator[Problem]:
    """A weight of 0 throws everything away."""
    for one in subject.nodes:
        if one.node.weight is not None and one.node.weight == 0:
            message, hint = "the weight 0 leaves nothing of {id}", "delete the node, or write the weight that is meant"
            yield warn("weight-zero", value_of(one, "weight"), message, hint, id=one.node.id)


def _least(price: Price) -> Decimal:
    """The smallest price of one event that is worth something; 0 if they point both ways."""
    amounts: Interval = price_amounts(price)
    if isinstance(price, CountPrice):
        first = price.totals[0]
        return first if (amounts.low >= 0) == (first > 0) else Decimal(0)
    return max(amounts.low, Decimal(0)) or min(amounts.high, Decimal(0))


def _most(subject: Subject, of: str, window: Kind) -> Decimal | None:
    """What a node can have in a window before a ceiling acts."""
    node = subject.by_id[of].node
    bounds: list[Bound] = [bound for bound in node.bounds if subject.window(bound.window) is window]
    limits = [bound.max for bound in bounds if bound.max is not None]
    reach = subject.reaches.nodes[of]
    if window in reach.incoming:
        limits.append(reach.incoming[window].high)
    elif rolled := subject.reaches.value(of, window):
        limits.append(rolled.high)
    most = min(limits, default=INFINITE)
    return most if most < INFINITE else None


def _granted(subject: Subject) -> dict[tuple[str, Kind], Decimal]:
    """Points granted by a node and all below it together, by window; what cannot be added exactly is left out."""
    found: dict[tuple[str, Kind], Decimal] = {}
    for one in subject.nodes:
        grant = one.node.grant
        if grant is None or one.node.weight is not None:
            continue
        amount, window = grant_amounts(grant).high, subject.window(grant.per)
        for name in (one.node.id, *reversed(one.above)):
            found[name, window] = found.get((name, window), Decimal(0)) + amount
            if subject.by_id[name].node.weight is not None:
                break
    return found


def _bound(one: ReadNode, key: str, window: Kind) -> Entry:
    return key_of(one, key, window.value)
