"""Compile the tree of one version to plan rows: prices, grants, combine, bounds, ceilings, weights, the fold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from pointscli.model.names import item_key
from pointscli.model.period import Kind
from pointscli.model.plan import (
    BandRow,
    BoundRow,
    CeilingRow,
    CombineRow,
    CountRow,
    FoldRow,
    GrantRow,
    LevelRow,
    NodeRow,
    PriceRow,
    RatedGrant,
    SlotRow,
    VersionRow,
    WeightRow,
)
from pointscli.model.units import point_units, quantity_units
from pointscli.scheme.numbering import Numbering
from pointscli.scheme.types import (
    BandPrice,
    Ceiling,
    CombineBy,
    CountPrice,
    FixedPrice,
    LevelPrice,
    Limit,
    Node,
    PercentPrice,
    RangePrice,
    Scheme,
    TotalPrice,
    walk,
)


@dataclass(slots=True)
class NodeRows:
    """Plan rows gathered from all versions; a field is a plan table."""

    versions: list[VersionRow] = field(default_factory=list)
    nodes: list[NodeRow] = field(default_factory=list)
    fold: list[FoldRow] = field(default_factory=list)
    prices: list[PriceRow] = field(default_factory=list)
    levels: list[LevelRow] = field(default_factory=list)
    bands: list[BandRow] = field(default_factory=list)
    counts: list[CountRow] = field(default_factory=list)
    slots: list[SlotRow] = field(default_factory=list)
    grants: list[GrantRow] = field(default_factory=list)
    rated: list[RatedGrant] = field(default_factory=list)
    combines: list[CombineRow] = field(default_factory=list)
    bounds: list[BoundRow] = field(default_factory=list)
    ceilings: list[CeilingRow] = field(default_factory=list)
    weights: list[WeightRow] = field(default_factory=list)


class VersionCompiler:
    """Adds one version's rows; `stops` are ids of nodes whose totals are figures; `dimensions` numbers the labels."""

    def __init__(
        self, rows: NodeRows, numbers: Numbering, version: int, scheme: Scheme, dimensions: dict[str, int]
    ) -> None:
        """Keep what every row needs."""
        self.rows, self.numbers, self.version, self.scheme = rows, numbers, version, scheme
        self.dimensions = dimensions
        self.settle = scheme.settle.size
        self.stages = [stage for stage, _ in scheme.review.stages] if scheme.review else []

    def add(self, *, here: bool, stops: frozenset[str]) -> None:
        """Add the version, its nodes and (of the scheme asked for) the fold."""
        scheme = self.scheme
        last = len(self.stages) - 1 if self.stages else None
        suspends = bool(scheme.review and scheme.review.suspends)
        members = self.numbers.filter(scheme.members)
        self.rows.versions.append(
            VersionRow(self.version, here, self.settle, str(scheme.active), members, suspends, last)
        )
        for node in walk(scheme.score):
            self._add_price(node)
            if here:
                self._add_node_steps(node)
        for node in walk(scheme.score):
            if here and node.ceiling:
                self._add_ceilings(node, node.ceiling)
        if here:
            self._add_bounds()
        busy = self._busy() | stops | {scheme.score.id}
        self._add_fold(scheme.score, busy, up=scheme.score.id, level=0, here=here)

    # -- nodes and the fold

    def _busy(self) -> set[str]:
        """Ids of nodes that do something to what passes."""
        ceilings = {row.node for row in self.rows.ceilings if not row.rolled}
        return {
            node.id
            for node in walk(self.scheme.score)
            if node.combine.how != CombineBy.SUM or node.bounds or node.weight is not None or self._n(node) in ceilings
        }

    def _add_fold(self, node: Node, busy: set[str], *, up: str, level: int, here: bool) -> None:
        """Number a node's level among the busy ones; the root is level 0."""
        start, below, inner = up, up, level
        if node.id in busy:
            start, below, inner = node.id, node.id, level + 1
            if here:
                self.rows.fold.append(FoldRow(self._n(node), self.numbers.node(self.version, up), level))
        dimension = self.dimensions.setdefault(node.dimension, len(self.dimensions)) if here else 0
        self.rows.nodes.append(
            NodeRow(
                node=self._n(node),
                version=self.version,
                id=node.id,
                start=self.numbers.node(self.version, start),
                counts_from=self._counts_from(node),
                dimension=dimension,
            )
        )
        for item in node.items:
            self._add_fold(item, busy, up=below, level=inner, here=here)

    def _counts_from(self, node: Node) -> int | None:
        review = self.scheme.review
        return self.stages.index(node.counts_from or review.counts_from) if review else None

    def _n(self, node: Node) -> int:
        return self.numbers.node(self.version, node.id)

    def _size(self, window: Kind | None) -> int:
        return window.size if window else self.settle

    # -- prices

    def _add_price(self, node: Node) -> None:
        price, rows, n = node.points, self.rows, self._n(node)
        common = {
            "max_quantity": quantity_units(node.max_quantity) if node.max_quantity is not None else None,
            "split": node.split,
        }
        each = quantity_units(node.each) if node.each is not None else None
        match price:
            case FixedPrice(points):
                row = PriceRow(n, "fixed", points=point_units(points), each=each, prorate=node.prorate)
            case LevelPrice(levels):
                row = PriceRow(n, "levels", each=each, prorate=node.prorate)
                rows.levels += [LevelRow(n, item_key(level), point_units(points)) for level, points in levels]
            case RangePrice(low, high, step):
                row = PriceRow(n, "range", low=point_units(low), high=point_units(high), step=_points(step))
            case BandPrice(bands):
                row = PriceRow(n, "bands")
                rows.bands += _bands(n, bands)
            case CountPrice(totals, per):
                row = PriceRow(n, "count", size=self._size(per))
                rows.counts += [
                    CountRow(n, i, point_units(total), i == len(totals)) for i, total in enumerate(totals, 1)
                ]
            case TotalPrice(bands, per):
                row = PriceRow(n, "total", size=self._size(per))
                rows.bands += _bands(n, bands)
            case PercentPrice(percent):
                row = PriceRow(n, "percent", points=quantity_units(percent), each=each, prorate=node.prorate)
            case None:
                # A grant is not earned by events; a mark (a ceiling, or what an outcome excepts) posts nothing.
                row = PriceRow(n, "none" if node.grant and not node.ceiling else "mark")
        if node.is_leaf:
            rows.prices.append(row._replace(**common))  # type: ignore[arg-type]

    # -- what a node does

    def _add_node_steps(self, node: Node) -> None:
        rows, n = self.rows, self._n(node)
        rows.slots += [SlotRow(n, size, times, free) for size, times, free in self._slots(node)]
        if node.grant:
            grant = node.grant
            flat = point_units(grant.points) if grant.points is not None else None
            rows.grants.append(GrantRow(n, self.version, self._size(grant.per), flat))
            if grant.by:
                values = tuple((value, point_units(points)) for value, points in grant.values)
                rows.rated.append(RatedGrant(n, grant.by, values, point_units(grant.default)))
        if node.combine.how != CombineBy.SUM:
            combine = node.combine
            size = Kind.YEAR.size if combine.matter else self._size(combine.window)
            rows.combines.append(CombineRow(n, str(combine.how), size, combine.matter))
        if node.weight is not None:
            rows.weights.append(WeightRow(n, node.weight.numerator, node.weight.denominator, self.settle))

    def _slots(self, node: Node) -> Iterator[tuple[int, int | None, int | None]]:
        times, free = self._by_size(node.times), self._by_size(node.free)
        for size in sorted(times.keys() | free.keys()):
            yield size, times.get(size), free.get(size)

    def _by_size(self, limits: tuple[Limit, ...]) -> dict[int, int]:
        return {self._size(limit.window): limit.count for limit in limits}

    def _add_ceilings(self, leaf: Node, ceiling: Ceiling) -> None:
        """A ceiling on the score over a window longer than the settlement period bounds the rolled-up score."""
        on_score = ceiling.of == self.scheme.score.id
        for size in sorted({kind.size for kind in ceiling.per} or {self.settle}):
            target = self.numbers.node(self.version, ceiling.of)
            rolled = on_score and size > self.settle
            self.rows.ceilings.append(CeilingRow(self._n(leaf), target, size, point_units(ceiling.at), rolled))

    def _add_bounds(self) -> None:
        """Bounds of the rule file and the windows of ceilings, the shortest window first."""
        for node in walk(self.scheme.score):
            n = self._n(node)
            found: dict[int, tuple[int | None, int | None]] = {
                row.size: (None, None) for row in self.rows.ceilings if row.node == n and not row.rolled
            }
            for bound in node.bounds:
                size = self._size(bound.window)
                low, high = found.get(size, (None, None))
                found[size] = (
                    _points(bound.min) if bound.min is not None else low,
                    _points(bound.max) if bound.max is not None else high,
                )
            for ordinal, size in enumerate(sorted(found), 1):
                self.rows.bounds.append(BoundRow(n, ordinal, size, *found[size]))


def _bands(n: int, bands: tuple[tuple[Decimal, Decimal], ...]) -> list[BandRow]:
    return [BandRow(n, quantity_units(low), point_units(points)) for low, points in bands]


def _points(value: Decimal | None) -> int | None:
    return None if value is None else point_units(value)
