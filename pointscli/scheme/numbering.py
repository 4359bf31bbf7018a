"""Numbers of versions, nodes, filters and groupings: the same wherever the same rule files are compiled."""

from __future__ import annotations

from collections.abc import Sequence

from pointscli.model.plan import Filter
from pointscli.scheme.types import Scheme, walk


class Numbering:
    """Counts nodes through all versions in order; filter 0 and grouping 0 are everyone.

    The `members` filters of all versions come first, in order of version.
    """

    def __init__(self, schemes: Sequence[Scheme]) -> None:
        """Number every node of every version."""
        self._nodes: dict[tuple[int, str], int] = {}
        self.filters: dict[Filter, int] = {(): 0}
        self.groupings: dict[tuple[str, ...], int] = {(): 0}
        for version, scheme in enumerate(schemes):
            self.filter(scheme.members)
            for node in walk(scheme.score):
                self._nodes[version, node.id] = len(self._nodes)

    def node(self, version: int, node_id: str) -> int:
        """Number of a node (the root is `score`)."""
        return self._nodes[version, node_id]

    def find(self, version: int, node_id: str) -> int | None:
        """Number of a node, None if the version lacks it."""
        return self._nodes.get((version, node_id))

    def filter(self, rule: Filter) -> int:
        """Number of a filter, given on first use."""
        return self.filters.setdefault(rule, len(self.filters))

    def grouping(self, columns: tuple[str, ...]) -> int:
        """Number of a grouping, given on first use."""
        return self.groupings.setdefault(columns, len(self.groupings))
