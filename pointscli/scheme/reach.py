"""How much every node of a scheme can give in a month, quarter, half and year: one pass over the tree, from below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from pointscli.model.period import Kind
from pointscli.scheme.intervals import (
    ANYTHING,
    EMPTY,
    INFINITE,
    KINDS,
    NOTHING,
    ZERO,
    Interval,
    Limits,
    Windows,
    add_windows,
    bound_window,
    combine_window,
    hull,
    in_window,
    scale_windows,
    spread,
    tighten,
)
from pointscli.scheme.types import (
    Active,
    BandPrice,
    CombineBy,
    CountPrice,
    FixedPrice,
    Grant,
    LevelPrice,
    Limit,
    Node,
    PercentPrice,
    Price,
    RangePrice,
    RollupBy,
    Scheme,
    TotalPrice,
    walk,
)

ROOT = "score"
EARNED = "earned"
ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class NodeReach:
    """`single`: one posting of a node; `windows`: its totals; `incoming`: the totals that each bound meets."""

    single: Interval
    windows: Windows
    incoming: dict[Kind, Interval]
    always: bool
    """Whether something is posted in every settlement period."""


@dataclass(slots=True)
class Reaches:
    """The reach of every node of a scheme, and of what is rolled up from them."""

    scheme: Scheme
    nodes: dict[str, NodeReach] = field(default_factory=dict)

    def value(self, measure: str, kind: Kind) -> Interval | None:
        """What a node can have in a period; None if such a period is never made."""
        settle = self.scheme.settle
        if kind.size < settle.size:
            return self._settled(measure, settle).with_zero()
        if kind is settle:
            return self._settled(measure, settle)
        rollup = dict(self.scheme.rollup).get(kind)
        inner = self.value(measure, rollup.of or settle) if rollup else None
        if rollup is None or inner is None:
            return None
        if self.scheme.active in (Active.ANY, Active.WHOLE):
            inner = inner.with_zero()  # a member may belong to the period and to none of its settlement periods
        if rollup.by is RollupBy.SUM:
            times = kind.size // (rollup.of or settle).size
            inner = inner.with_zero().scaled(Decimal(times))
            if rollup.of is None and measure in self.nodes:
                stream = in_window(self.nodes[measure].windows, kind)
                inner = Interval(max(inner.low, stream.low), min(inner.high, stream.high))
        ceilings = rolled_ceilings(self.scheme, kind) if measure == ROOT else []
        return Interval(min([inner.low, *ceilings]), inner.high)

    def periods(self) -> list[Kind]:
        """The kinds of periods that can be made, from the settlement period on."""
        named = {kind for kind, _ in self.scheme.rollup}
        return [kind for kind in KINDS if kind is self.scheme.settle or kind in named]

    def over(self, measure: str, kinds: Sequence[Kind]) -> Interval:
        """What a node can have in any of some kinds of periods."""
        found = [one for one in (self.value(measure, kind) for kind in kinds) if one]
        return hull([end for one in found for end in (one.low, one.high)]) if found else ANYTHING

    def _settled(self, measure: str, settle: Kind) -> Interval:
        reach = self.nodes.get(measure)
        return in_window(reach.windows, settle) if reach else ANYTHING


def reach_scheme(scheme: Scheme, *, ordinary: bool = False) -> Reaches:
    """The reach of all nodes. `ordinary`: an item without a unit is done once an event, not any number of times."""
    nodes = walk(scheme.score)
    ceilings: dict[str, dict[Kind, Decimal]] = {}
    for node in nodes:
        if node.ceiling:
            of, at = ceilings.setdefault(node.ceiling.of, {}), node.ceiling.at
            for kind in node.ceiling.per or (scheme.settle,):
                if node.ceiling.of != ROOT or kind.size <= scheme.settle.size:
                    of[kind] = min(of.get(kind, at), at)
    grants = [grant_amounts(node.grant).with_zero() for node in nodes if node.grant]
    granted = Interval(sum((one.low for one in grants), ZERO), sum((one.high for one in grants), ZERO))
    pass_ = _Pass(scheme.settle, granted, ceilings, ordinary=ordinary, found={})
    for node in reversed(nodes):
        pass_.add(node)
    return Reaches(scheme, pass_.found)


def rolled_ceilings(scheme: Scheme, kind: Kind) -> list[Decimal]:
    """To what events can lower the rolled-up score of a kind of period."""
    found = [node.ceiling for node in walk(scheme.score) if node.ceiling and node.ceiling.of == ROOT]
    return [one.at for one in found if kind in one.per]


def grant_amounts(grant: Grant) -> Interval:
    """The points of one grant."""
    if grant.points is not None:
        return Interval(grant.points, grant.points)
    return hull([grant.default, *(points for _, points in grant.values)])


def price_amounts(price: Price, granted: Interval = NOTHING) -> Interval:
    """What one event with the quantity 1 can be worth."""
    match price:
        case FixedPrice():
            return Interval(price.points, price.points)
        case LevelPrice():
            return hull(points for _, points in price.levels)
        case RangePrice():
            return Interval(price.low, price.high)
        case BandPrice() | TotalPrice():
            return hull(points for _, points in price.bands)
        case CountPrice():
            return hull(price.totals)
        case PercentPrice():
            return granted.scaled(price.percent / 100)


def most_events(limits: Sequence[Limit], settle: Kind, kind: Kind) -> Decimal:
    """How many events of an item can count in a window."""
    found = [INFINITE]
    for limit in limits:
        size = (limit.window or settle).size
        found.append(Decimal(limit.count * max(1, kind.size // size)))
    return min(found)


@dataclass(frozen=True, slots=True)
class _Pass:
    """What the whole tree needs to know, and the nodes done so far: children before their parents."""

    settle: Kind
    granted: Interval
    ceilings: dict[str, dict[Kind, Decimal]]
    ordinary: bool
    found: dict[str, NodeReach]

    def add(self, node: Node) -> None:
        """One node, after everything below it."""
        below = [self.found[item.id] for item in node.items]
        singles = [one.single for one in below]
        parts = [one.windows for one in below]
        if node.points is not None:
            single, windows = self._events(node, node.points)
            singles.append(single)
            parts.append(windows)
        if node.grant is not None:
            singles.append(grant_amounts(node.grant))
            parts.append(self._grant(node.grant))
        single = hull([end for one in singles for end in (one.low, one.high)])
        windows = self._combine(node, single, tighten(add_windows(parts)))
        incoming: dict[Kind, Interval] = {}
        always = any(one.always for one in below) or self._starts_with_points(node)
        windows = self._bound(node, windows, incoming, always=always)
        factor = ONE if node.weight is None else _decimal(node.weight)
        single = single if not incoming and node.combine.how is CombineBy.SUM else _posting(windows)
        self.found[node.id] = NodeReach(single.scaled(factor), scale_windows(windows, factor), incoming, always)

    def _events(self, node: Node, price: Price) -> tuple[Interval, Windows]:
        """One posting of an item, and the totals of its events."""
        if isinstance(price, TotalPrice):
            table = price_amounts(price)
            return table, tighten(spread(price.per or self.settle, table.with_zero(), table.with_zero()))
        if isinstance(price, CountPrice):
            return self._counted(node, price)
        amount = price_amounts(price, self.granted)
        if isinstance(price, (FixedPrice, LevelPrice, PercentPrice)):
            amount = amount.scaled(self._most_quantity(node))
        amount = amount.with_zero()
        events = (amount.scaled(most_events(node.times, self.settle, kind)) for kind in KINDS)
        return amount, tighten(tuple(events))

    def _counted(self, node: Node, price: CountPrice) -> tuple[Interval, Windows]:
        totals = (ZERO, *price.totals)
        table = hull(totals)
        part = table.differences()
        steps = [after - before for before, after in pairwise(totals)]
        if all(step >= 0 for step in steps):
            part = Interval(ZERO, part.high)
        if all(step <= 0 for step in steps):
            part = Interval(part.low, ZERO)
        mixed = node.split and part.low < 0 < part.high
        return part, (ANYTHING,) * len(KINDS) if mixed else tighten(spread(price.per or self.settle, table, part))

    def _most_quantity(self, node: Node) -> Decimal:
        plain = not node.unit and node.each is None and node.max_quantity is None
        if self.ordinary and plain:
            return ONE
        most = INFINITE if node.max_quantity is None else node.max_quantity
        if node.each is not None and most != INFINITE:
            most = most / node.each if node.prorate else most // node.each
        return most

    def _grant(self, grant: Grant) -> Windows:
        amounts, per = grant_amounts(grant), grant.per or self.settle
        windows = tighten(spread(per, amounts.with_zero(), amounts.with_zero()))
        if per is not self.settle:
            return windows
        return tuple(amounts if kind is self.settle else one for kind, one in zip(KINDS, windows, strict=True))

    def _combine(self, node: Node, single: Interval, windows: Windows) -> Windows:
        combine = node.combine
        if combine.how is CombineBy.SUM:
            return windows
        if not combine.matter:
            return tighten(combine_window(combine.window or self.settle, combine.how, single))
        whole = node.grant is None and node.is_leaf
        one = combine_window(Kind.YEAR, combine.how, single)
        events = [most_events(node.times if whole else (), self.settle, kind) for kind in KINDS]
        return tighten(tuple(part.with_zero().scaled(most) for part, most in zip(one, events, strict=True)))

    def _starts_with_points(self, node: Node) -> bool:
        grant = node.grant
        return grant is not None and bool(grant.points) and grant.per in (None, self.settle)

    def _bound(self, node: Node, windows: Windows, incoming: dict[Kind, Interval], *, always: bool) -> Windows:
        bounds = {bound.window or self.settle: bound for bound in node.bounds}
        ceilings = self.ceilings.get(node.id, {})
        for kind in KINDS:
            bound = bounds.get(kind)
            if bound or kind in ceilings:
                low, high = (bound.min, bound.max) if bound else (None, None)
                incoming[kind] = in_window(windows, kind)
                posted = always and kind.size >= self.settle.size
                windows = tighten(bound_window(windows, kind, Limits(low, high, ceilings.get(kind), posted)))
        return windows


def _posting(windows: Windows) -> Interval:
    """One posting of a node that is bounded or combined: the difference of two totals of a month."""
    return windows[0].with_zero().differences() if windows != EMPTY else NOTHING


def _decimal(weight: Fraction) -> Decimal:
    return Decimal(weight.numerator) / Decimal(weight.denominator)
