"""What tests can reach of a rule file: items, levels, both sides of bounds, outcomes; each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pointscli.model.names import item_key
from pointscli.model.period import Kind
from pointscli.model.problem import Place
from pointscli.model.units import quantity_units
from pointscli.scheme.number_grammar import Refusal, parse_number
from pointscli.scheme.result_types import Outcome
from pointscli.scheme.tree import Entry, Listing, Mapping, Tree
from pointscli.scheme.types import BandPrice, CombineBy, CountPrice, LevelPrice, Node, Scheme, TotalPrice, walk

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
        self.nodes: dict[str, Mapping] = {}
        score = tree.entry("score")
        if score:
            self._find_nodes(scheme.score.id, score.value)

    def _find_nodes(self, node_id: str, tree: Tree) -> None:
        if isinstance(tree, Mapping):
            self.nodes[node_id] = tree
            items = tree.entry("items")
            for entry in items.value if items and isinstance(items.value, Mapping) else ():
                self._find_nodes(entry.name, entry.value)

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
        tree = self.nodes.get(node.id)
        if tree is None:
            return
        named = node.is_leaf and not (node.points is None and node.grant and not node.ceiling)
        if named:
            yield from self.both("item", node.id, node.place)
        yield from self._grants(node, tree)
        yield from self._prices(node, tree)
        yield from self._limits(node, tree)
        if node.combine.how is not CombineBy.SUM:
            yield from self.both("combine", node.id, tree.last("combine"), label=str(node.combine.how))
        for bound in node.bounds:
            size, kind = self._size(bound.window), str(bound.window or self.scheme.settle)
            for what in ("max", "min"):
                if getattr(bound, what) is not None:
                    at = tree.last(what, kind) if bound.window else tree.last(what)
                    yield from self.both(what, node.id, at, size=size, label=kind)
        for kind in (node.ceiling.per or (self.scheme.settle,)) if node.ceiling else ():
            yield from self.both("ceiling", node.id, tree.last("ceiling"), size=kind.size, label=str(kind))

    def _size(self, window: Kind | None) -> int:
        return (window or self.scheme.settle).size

    def _grants(self, node: Node, tree: Mapping) -> Iterator[Element]:
        if node.grant is None:
            return
        if not node.grant.by:
            yield from self.both("grant", node.id, tree.last("grant"))
            return
        for value, _ in node.grant.values:
            yield from self.both("grant", node.id, tree.last("grant", "values", value), key=value, label=value)
        grant = tree.entry("grant")
        if grant and isinstance(grant.value, Mapping) and grant.value.entry("default"):
            yield from self.both("grant", node.id, tree.last("grant", "default"), label="default")

    def _prices(self, node: Node, tree: Mapping) -> Iterator[Element]:
        match node.points:
            case LevelPrice(levels):
                for level, _ in levels:
                    at = tree.last("points", "levels", level)
                    yield from self.both("level", node.id, at, key=item_key(level), label=level)
            case BandPrice():
                yield from self._bands(node, tree, "bands")
            case TotalPrice():
                yield from self._bands(node, tree, "total")
            case CountPrice(totals):
                entry = tree.last("points", "count")
                items = entry.value.items if entry and isinstance(entry.value, Listing) else ()
                for n, (_, item) in enumerate(zip(totals, items, strict=False), 1):
                    yield from self.both("count", node.id, item.place, key=str(n), label=str(n))

    def _bands(self, node: Node, tree: Mapping, key: str) -> Iterator[Element]:
        found = tree.last("points", key)
        for entry in found.value if found and isinstance(found.value, Mapping) else ():
            low = parse_number(entry.name)
            if not isinstance(low, Refusal):
                units = str(quantity_units(low))
                yield from self.both("band", node.id, entry.place, key=units, label=entry.name)

    def _limits(self, node: Node, tree: Mapping) -> Iterator[Element]:
        for what, limits in (("times", node.times), ("free", node.free)):
            for limit in limits:
                kind = str(limit.window or self.scheme.settle)
                at = tree.last(what, kind) if limit.window else tree.last(what)
                yield from self.both(what, node.id, at, size=self._size(limit.window), label=kind)
        if node.max_quantity is not None:
            yield from self.both("max_quantity", node.id, tree.last("max_quantity"))
        if node.split:
            yield from self.both("split", node.id, tree.last("shared"))

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
            for stage, title in stages:
                at = self.tree.last(*path, "confirm", "stages", stage)
                yield from self.both("confirm", outcome.id, at, key=stage, label=stage)
                if item_key(outcome.confirm.at) in (item_key(stage), item_key(title)):
                    break
