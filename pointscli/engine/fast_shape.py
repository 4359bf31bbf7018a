"""What a plan's tree allows: where postings may be summed before the fold, and whether their order is anything."""

from __future__ import annotations

from pointscli.model.plan import BoundRow, Plan

_DEPENDENT = ("count", "percent", "total")
"""Prices that depend on other events or on grants."""


class Shape:
    """The nodes of a plan by what they allow."""

    def __init__(self, plan: Plan) -> None:
        """Look at the fold."""
        tables = plan.tables
        up = {row.node: row.up for row in tables.fold}
        start = {row.node: row.start for row in tables.nodes}
        self.level_of = {row.node: row.level for row in tables.fold}
        comparing = {row.node for row in tables.combines}
        ceilinged = {row.node for row in tables.ceilings if not row.rolled}
        mixed = {start[row.node] for row in tables.grants}
        mixed |= {start[row.node] for row in tables.prices if row.form == "total"}
        above = {node: _path(node, up) for node in up}
        mixed = {node for one in mixed if one in above for node in above[one]}
        self.merged = {node for node, path in above.items() if not comparing.intersection(path)}
        self.alone = len(self.merged) < len(up)
        self.lone = self.merged - mixed - ceilinged
        self.plain = not comparing and not ceilinged
        self.lonely = {row.node for row in tables.prices if row.form in _DEPENDENT}
        self.lonely |= {row.node for row in tables.slots} | {row.node for row in tables.excepts}
        self.lonely |= {row.leaf for row in tables.ceilings}
        self.lonely |= {row.node for row in tables.nodes if row.start not in self.merged}
        self.ordered = bool(tables.slots) or any(row.how == "latest" for row in tables.combines)
        self.ordered |= any(row.form == "count" and row.split for row in tables.prices)

    def is_cap(self, bound: BoundRow) -> bool:
        """Whether a bound is of a month and its node's months are single rows."""
        return bound.size == 1 and bound.node in self.lone


def _path(node: int, up: dict[int, int]) -> list[int]:
    """A node and all above it."""
    path = [node]
    while up[node] != node:
        node = up[node]
        path.append(node)
    return path
