"""A rule file as read, before the checks that look at several places of it: every node with its place in the tree."""

from __future__ import annotations

from dataclasses import dataclass

from pointscli.model.period import Kind
from pointscli.model.problem import Place
from pointscli.scheme.reading import Reference
from pointscli.scheme.tree import Entry, Mapping
from pointscli.scheme.types import Node, Scheme

ROOT = "score"
RESERVED = ("score", "rank", "grade", "stars", "earned", "all")


@dataclass(frozen=True, slots=True)
class ReadNode:
    """A node, the key and value that it was read from, and the ids of what is above it, the root first."""

    node: Node
    entry: Entry
    above: tuple[str, ...]

    @property
    def keys(self) -> Mapping:
        """Its keys as written."""
        return self.entry.value if isinstance(self.entry.value, Mapping) else Mapping((), self.entry.place, (0, 0))

    @property
    def is_root(self) -> bool:
        """Whether it is `score`."""
        return not self.above

    @property
    def is_section(self) -> bool:
        """Whether it is written as a section: it says `items`, whatever stands there."""
        return self.is_root or self.keys.entry("items") is not None

    def place_of(self, *keys: str) -> Place:
        """Where the last of a path of keys stands; the node's own place if it does not."""
        return (self.keys.last(*keys) or self.entry).place


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything that was read from one file. `settle` is None where it is missing or wrong."""

    root: Mapping
    scheme: Scheme
    settle: Kind | None
    nodes: tuple[ReadNode, ...]
    references: tuple[Reference, ...]
    unread: frozenset[str]
    """Ids of nodes that could not be read."""

    @property
    def leaves(self) -> list[ReadNode]:
        """The leaf items."""
        return [one for one in self.nodes if not one.is_section]

    def place_of(self, *keys: str) -> Place:
        """Where the last existing key of a path stands."""
        last = self.root.last(*keys)
        return last.place if last else self.root.place

    def value_place(self, *keys: str) -> Place:
        """Where the value of that key stands."""
        last = self.root.last(*keys)
        return last.value.place if last else self.root.place
