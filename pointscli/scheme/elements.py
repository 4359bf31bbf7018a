"""What tests can reach of a rule file: items, levels, both sides of bounds, outcomes; each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pointscli.model.names import item_key
from pointscli.model.period import Kind
from pointscli.model.problem import Place
from pointscli.model.units import quantity_units
from pointscli.scheme.read_prices import bounds_as_written
from pointscli.scheme.result_types import Outcome
from pointscli.scheme.tree import Entry, Listing, Mapping
from pointscli.scheme.types import (
    BandPrice,
    CombineBy,
    CountPrice,
    LevelPrice,
    Node,
    Scheme,
    TotalPrice,
    key_paths,
    walk,
)

SIDES: dict[str, tuple[tuple[str, str], ...]] = {
    "item": (("hit", "no event of it counts"),),
    "grant": (("hit", "nobody is granted it"),),
    "level": (("hit", "no event has this level"),),
    "band": (("hit", "no quantity lies in this band"),),
    "count": (("hit", "never so many events in a window"),),
    "max_quantity": (("bit", "no event exceeds it"), ("spared", "no event stays within it")),
    "split": (("hit", "no event names several members"),),
    "free": (("bit", "no event is among the free ones"), ("spared", "no event comes after the free ones")),
    "times": (("bit", "no event is one too many"), ("spared", "no event is within the number")),
    "combine": (("hit", "never two postings to compare"),),
    "max": (("reached", "never reached"), ("open", "reached in every window")),
    "min": (("reached", "never reached"), ("open", "reached in every window")),
    "ceiling": (("hit", "it never holds a total down"),),
    "stage": (("hit", "no event stands at this stage"),),
    "grade": (("hit", "nobody gets it"),),
    "stars": (("hit", "nobody gets it"),),
    "outcome": (("true", "nobody is on the list"), ("false", "every ranked member is on the list")),
    "condition": (("true", "nobody meets it"), ("false", "nobody fails it")),
    "except": (("hit", "it excludes nobody"),),
    "confirm": (("hit", "no nomination stands at this stage"),),
}
"""What kinds of elements there are: their sides, and what to say of a side that is missing (a template)."""


@dataclass(frozen=True, slots=True)
class Element:
    """One thing to reach: `owner` is a node's or outcome's id, `size` a window in months, `key` a level and such."""

    what: str
    owner: str
    key: str
    size: int | None
    side: str
    place: Place
    label: str = ""
    """The level, band, window or stage as it is written."""

    @property
    def identity(self) -> tuple[str, str, str, int | None, str]:
        """What an observation is compared by."""
        return self.what, self.owner, self.key, self.size, self.side

    @property
    def reason(self) -> str:
        """Why it counts as missing (a template)."""
        return dict(SIDES[self.what])[self.side]


def list_elements(scheme: Scheme, tree: Mapping) -> list[Element]:
    """All elements of a version, in the order of its file."""
    lister = _Lister(scheme, tree)
    found = [one for node in walk(scheme.score) for one in lister.of_node(node)]
    found += lister.of_steps()
    found += [one for outcome in scheme.outcomes for one in lister.of_outcome(outcome)]
    if scheme.review:
        for number, (stage, _) in enumerate(scheme.review.stages):
            found += lister.both("stage", "", tree.last("review", "stages", stage), key=str(number), label=stage)
    return found


class _Lister:
    def __init__(self, scheme: Scheme, tree: Mapping) -> None:
        self.scheme, self.tree = scheme, tree
        self.paths = key_paths(scheme.score)

    def _at(self, node: Node, *keys: str) -> Entry:
        """The last key that exists along a path of keys of a node."""
        found = self.tree.last(*self.paths[node.id], *keys)
        if found is None:
            raise AssertionError(node.id)
        return found

    def both(
        self,
        what: str,
        owner: str,
        at: Entry | Place | None,
        *,
        key: str = "",
        size: int | None = None,
        label: str = "",
    ) -> Iterator[Element]:
        """An element for each side."""
        place = at.place if isinstance(at, Entry) else at or self.scheme.place
        for side, _ in SIDES[what]:
            yield Element(what, owner, key, size, side, place, label)

    # -- nodes

    def of_node(self, node: Node) -> Iterator[Element]:
        """What a node can do to postings."""
        named = node.is_leaf and not (node.points is None and node.grant and not node.ceiling)
        if named:
            yield from self.both("item", node.id, node.place)
        yield from self._grants(node)
        yield from self._prices(node)
        yield from self._limits(node)
        if node.combine.how is not CombineBy.SUM:
            yield from self.both("combine", node.id, self._at(node, "combine"), label=str(node.combine.how))
        for bound in node.bounds:
            size, kind = self._size(bound.window), str(bound.window or self.scheme.settle)
            for what in ("max", "min"):
                if getattr(bound, what) is not None:
                    at = self._at(node, what, kind) if bound.window else self._at(node, what)
                    yield from self.both(what, node.id, at, size=size, label=kind)
        for kind in (node.ceiling.per or (self.scheme.settle,)) if node.ceiling else ():
            yield from self.both("ceiling", node.id, self._at(node, "ceiling"), size=kind.size, label=str(kind))

    def _size(self, window: Kind | None) -> int:
        return (window or self.scheme.settle).size

    def _grants(self, node: Node) -> Iterator[Element]:
        if node.grant is None:
            return
        if not node.grant.by:
            yield from self.both("grant", node.id, self._at(node, "grant"))
            return
        for value, _ in node.grant.values:
            at = self._at(node, "grant", "values", value)
            yield from self.both("grant", node.id, at, key=value, label=value)
        default = self._at(node, "grant", "default")
        if default.name == "default":
            yield from self.both("grant", node.id, default, label="default")

    def _prices(self, node: Node) -> Iterator[Element]:
        match node.points:
            case LevelPrice(levels):
                for level, _ in levels:
                    at = self._at(node, "points", "levels", level)
                    yield from self.both("level", node.id, at, key=item_key(level), label=level)
            case BandPrice():
                yield from self._bands(node, "bands")
            case TotalPrice():
                yield from self._bands(node, "total")
            case CountPrice(totals):
                written = self._at(node, "points", "count").value
                items = written.items if isinstance(written, Listing) else (written,)
                for n, (_, item) in enumerate(zip(totals, items, strict=False), 1):
                    yield from self.both("count", node.id, item.place, key=str(n), label=str(n))

    def _bands(self, node: Node, key: str) -> Iterator[Element]:
        for low, entry in bounds_as_written(self._at(node, "points", key)):
            yield from self.both("band", node.id, entry.place, key=str(quantity_units(low)), label=entry.name)

    def _limits(self, node: Node) -> Iterator[Element]:
        for what, limits in (("times", node.times), ("free", node.free)):
            for limit in limits:
                kind = str(limit.window or self.scheme.settle)
                at = self._at(node, what, kind) if limit.window else self._at(node, what)
                yield from self.both(what, node.id, at, size=self._size(limit.window), label=kind)
        if node.max_quantity is not None:
            yield from self.both("max_quantity", node.id, self._at(node, "max_quantity"))
        if node.split:
            yield from self.both("split", node.id, self._at(node, "shared"))

    # -- results

    def of_steps(self) -> Iterator[Element]:
        """Grades and stars."""
        for what, key, steps in (("grade", "grades", self.scheme.grades), ("stars", "stars", self.scheme.stars)):
            for number, step in enumerate(steps):
                yield from self.both(what, "", self.tree.last(key, step.name), key=str(number), label=step.name)

    def of_outcome(self, outcome: Outcome) -> Iterator[Element]:
        """An outcome's list, its conditions, whom it excepts, the stages up to the one that confirms."""
        path = ("outcomes", outcome.id)
        yield from self.both("outcome", outcome.id, outcome.place)
        for number, condition in enumerate(outcome.where):
            at = self.tree.last(*path, "where", condition.measure)
            label = f"{condition.measure} {condition.op} {condition.text or condition.value}"
            yield from self.both("condition", outcome.id, at, key=str(number), label=label)
        for node_id in outcome.excepts:
            yield from self.both("except", outcome.id, self.tree.last(*path, "except"), key=node_id, label=node_id)
        if outcome.confirm:
            stages = outcome.confirm.stages or (self.scheme.review.stages if self.scheme.review else ())
            confirming = item_key(outcome.confirm.at)
            last = next(number for number, names in enumerate(stages) if confirming in map(item_key, names))
            for stage, _ in stages[: last + 1]:
                at = self.tree.last(*path, "confirm", "stages", stage)
                yield from self.both("confirm", outcome.id, at, key=stage, label=stage)
