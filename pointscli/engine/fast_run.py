"""A computation over a log in a database: events are summed by month before the fold wherever their order is nothing.

Sums and bounds with windows of months are exact on such sums: what a node credits in a month depends on the sums of
the months so far. Grants stand before a month's events and posted totals after them, so the kinds stay apart.
Nodes that compare postings, and all below them, keep every posting.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pointscli.engine.fast_log import FastLog
from pointscli.engine.run import Computation, Fault
from pointscli.model.log import EventLog
from pointscli.model.membership import Membership
from pointscli.model.plan import BoundRow, Plan


class Irregular(Exception):  # noqa: N818  (nothing need be wrong)
    """Something in the log is to be looked at with care."""


class FastComputation(Computation):
    """The same results from the table `noted`."""

    def __init__(
        self, plan: Plan, membership: Membership, log: EventLog, noted: FastLog, places: Sequence[int]
    ) -> None:
        """Load everything; `places` are the numbers in `noted` of the entries in `log`."""
        tables = plan.tables
        if any(row.matter for row in tables.combines):
            raise Irregular
        self.plan, self.noted, self.size = plan, noted, noted.entries
        self.log = replace(
            log, decisions=replace(log.decisions, entry=[places[entry] for entry in log.decisions.entry])
        )
        self.piles: dict[str, int] = {}
        self.db = noted.db
        self.shape = Shape(plan)
        self._load_plan()
        self._load_records(membership)
        self._load_log(self.log)

    def faults(self) -> list[Fault]:
        """No events, or Irregular: the careful way names them."""
        for stage in ("active", "replayed"):
            self.db.stage(stage)
        self.db.view("decided")
        self.db.stage("leveled")
        self.db.stage("faults")
        if self.db.rows("select entry from faults limit 1"):
            raise Irregular
        return []

    # -- loading

    def _load_plan(self) -> None:
        super()._load_plan()
        shape = self.shape
        self.db.load("merged", {"node": ("bigint", sorted(shape.merged))})
        self.db.load("lone", {"node": ("bigint", sorted(shape.lone))})
        self.db.run(
            "create table caps as select b.* from bounds as b semi join lone as l on l.node = b.node where b.size = 1"
        )
        self.db.run("delete from bounds where size = 1 and node in (select node from lone)")

    def _load_entries(self, log: EventLog) -> None:
        del log
        self.noted.count_in(ordered=self.shape.ordered)

    # -- running

    def _price(self) -> None:
        tables = self.plan.tables
        if tables.slots:
            self.db.stage("counted")
        else:
            self.db.view("counted")
        for size in sorted({row.size for row in tables.slots}):
            self._pass("slotted", "counted", size=size)
        self.db.stage("granted")
        self.db.view("priced")
        if any(row.form == "total" for row in tables.prices):
            self.db.stage("totals")
        else:
            self.db.outline("totals")
        self.db.stage("bucketed")
        self.db.append("bucketed_others", into="bucketed")
        if self.shape.alone:
            self.db.append("bucketed_alone", into="bucketed")

    def _fold(self, *, by_dimension: bool) -> None:
        """From the deepest level to the root; `flow` holds the rows of one level."""
        if by_dimension:
            raise Irregular
        self.db.outline("flow", "select * exclude (events) from bucketed")
        self._set_pass()
        self.db.view("climbing")
        for level in range(self.plan.depth, -1, -1):
            self._climb(level)
            self._do_level(level)
            self._set_pass(level=level)
            self.db.append("gathered")

    def _climb(self, level: int) -> None:
        self._set_pass(level=level)
        self.db.stage("climbed" if level < self.plan.depth else "climbing_first", into="climbed")
        if self.shape.alone and level < self.plan.depth:
            self.db.append("climbed_alone", into="climbed")
        self.db.run("drop table flow")
        self.db.run("alter table climbed rename to flow")

    def _do_level(self, level: int) -> None:
        """The steps that some node of the level needs."""
        tables, level_of = self.plan.tables, self.shape.level_of
        if any(level_of[row.node] == level for row in tables.combines):
            self._pass("combined", "flow", level=level)
        if any(level_of[row.node] == level for row in tables.ceilings if not row.rolled):
            self._pass("ceiled", "flow", level=level)
        bounds = [row for row in tables.bounds if level_of[row.node] == level]
        for ordinal in sorted({row.ordinal for row in bounds if not self.shape.is_cap(row)}):
            self._pass("bounded", "flow", level=level, ordinal=ordinal)
        if any(level_of[row.node] == level for row in tables.weights):
            self._pass("weighted", "flow", level=level)

    # -- conservation

    def _piles(self) -> dict[str, int]:
        """Every entry ends in one pile: those that post nothing, and the events in the sums."""
        posted = int(self.db.rows("select coalesce(sum(events), 0) from bucketed")[0][0])
        piles = {"posted": posted} if posted else {}
        if posted < self.size:
            piles |= {str(pile): int(number) for pile, number in self.db.rows(_PILES) if pile is not None}
        if sum(piles.values()) != self.size:
            raise AssertionError(f"{self.size} entries went in, {piles} came out")
        return piles

    def _objections(self) -> dict[int, int]:
        return super()._objections() if self.log.decisions.entry else {}


class Shape:
    """What a plan's tree allows: where postings may be summed before the fold, and whether their order is anything."""

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


_PILES = """
select
    case
        when d.state <> 'counts' then d.state
        when c.free then 'free'
        when c.beyond then 'beyond times'
        when p.form in ('mark', 'total') then p.form
    end as pile,
    count(*)
from decided as d
join prices as p on p.node = d.node
left join counted as c on c.entry = d.entry and (c.free or c.beyond)
group by pile
"""
