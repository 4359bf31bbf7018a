"""What every lint looks at: a scheme that loaded, the keys that it was read from, and what its nodes can reach."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from pointscli.model.period import Kind
from pointscli.model.problem import Place, Problem, Related, Severity
from pointscli.scheme.draft import ROOT, ReadNode
from pointscli.scheme.reach import Reaches, reach_scheme
from pointscli.scheme.tree import Entry, Mapping, Mark, Scalar, Tree
from pointscli.scheme.types import Node, Scheme

ALSO_HERE = "the other one stands here"


@dataclass(frozen=True)
class Subject:
    """One version of a scheme under the reader's eye."""

    scheme: Scheme
    root: Mapping
    nodes: tuple[ReadNode, ...]

    @classmethod
    def of(cls, scheme: Scheme) -> Subject:
        """A scheme that was read from a file, with its keys."""
        entry = scheme.tree.entry(ROOT) if scheme.tree else None
        if scheme.tree is None or entry is None:
            raise AssertionError(scheme.id)
        return cls(scheme, scheme.tree, tuple(_pair(scheme.score, entry, ())))

    @cached_property
    def reaches(self) -> Reaches:
        """What every node can give, events done once each where nothing says how often."""
        return reach_scheme(self.scheme, ordinary=True)

    @cached_property
    def leaves(self) -> list[ReadNode]:
        """The leaf items."""
        return [one for one in self.nodes if one.node.is_leaf and not one.is_root]

    @cached_property
    def by_id(self) -> dict[str, ReadNode]:
        """The nodes by id."""
        return {one.node.id: one for one in self.nodes}

    def window(self, kind: Kind | None) -> Kind:
        """A kind of window, the settlement period if none is named."""
        return kind or self.scheme.settle

    def entries(self, *keys: str) -> Iterator[Entry]:
        """The keys of a mapping along a path."""
        last = self.root.last(*keys)
        if last and last.name == keys[-1] and isinstance(last.value, Mapping):
            yield from last.value


def warn(name: str, at: Entry | Tree, message: str, hint: str, /, **args: object) -> Problem:
    """A warning about a key or a value."""
    scalar = at.key if isinstance(at, Entry) else at
    filled = tuple((key, str(value)) for key, value in args.items())
    return Problem(name, scalar.place, message, hint, filled, Severity.WARNING, _end(scalar))


def beside(found: Problem, other: Place) -> Problem:
    """The finding with the other place that it speaks of."""
    return replace(found, related=(Related(other, ALSO_HERE),))


def value_of(one: ReadNode, *keys: str) -> Entry | Tree:
    """The value at the end of a path of keys of a node; the last key that exists if the path does not."""
    last = key_of(one, *keys)
    return last.value if last.name == keys[-1] and isinstance(last.value, Scalar) else last


def key_of(one: ReadNode, *keys: str) -> Entry:
    """The last key that exists along a path of keys of a node."""
    return one.keys.last(*keys) or one.entry


def number(value: Decimal) -> str:
    """A number without useless zeros."""
    plain = f"{value:f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return "0" if plain == "-0" else plain


def _end(tree: Tree) -> Mark:
    """After a text on one line; nothing where a list or mapping begins."""
    return tree.end if isinstance(tree, Scalar) and tree.end[0] == tree.place.line else (0, 0)


def _pair(node: Node, entry: Entry, above: tuple[str, ...]) -> Iterator[ReadNode]:
    """A node and all below it with the keys that they were read from."""
    yield ReadNode(node, entry, above)
    items = entry.value.entry("items") if isinstance(entry.value, Mapping) else None
    below = items.value if items and isinstance(items.value, Mapping) else ()
    for item, one in zip(node.items, below, strict=False):
        yield from _pair(item, one, (*above, node.id))
