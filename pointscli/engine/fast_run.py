# ruff: noqa: S608 - the SQL is put together from our own words only
"""A computation over a log in a database: events are summed by month before the fold wherever their order is nothing.

Sums and bounds with windows of months are exact on such sums: what a node credits in a month depends on the sums of
the months so far. Grants stand before a month's events and posted totals after them, so the kinds stay apart.
Nodes that compare postings, and all below them, keep every posting.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pointscli.engine.database import Database
from pointscli.engine.fast_log import FastLog
from pointscli.engine.fast_shape import Shape
from pointscli.engine.run import Computation, Fault
from pointscli.model.log import EventLog
from pointscli.model.membership import Membership
from pointscli.model.plan import Plan


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
        self.posted = self.inactive = 0
        self.db = noted.db
        self.shape = Shape(plan)
        self.singles = bool(self.shape.lonely or self.log.decisions.entry)
        """Whether any entry is looked at by itself."""
        self.is_usual = not (self.log.decisions.entry or membership.refused)
        self._load_plan()
        self._load_records(membership)
        self._load_log(self.log)

    def faults(self) -> list[Fault]:
        """No events, or Irregular: the careful way names them."""
        for stage in ("active", "replayed", "leveled"):
            self.db.stage(stage)
        self.db.stage("variants_decided")
        self.db.view("decided", "from variants_decided")
        self._refuse_faults()
        for stage in ("counted", "granted"):
            self.db.stage(stage)
        self.db.view("priced")
        self.db.stage("rates")
        self.db.run("drop table counted")
        self._choose_entries("r.entry is not null")
        self.db.view("decided")
        if self.log.decisions.entry:
            self._refuse_faults()
        self._choose_entries("r.entry is not null or l.node is not null")
        return []

    def _refuse_faults(self) -> None:
        self.db.stage("faults")
        if self.db.rows("select entry from faults limit 1"):
            raise Irregular

    def _choose_entries(self, condition: str) -> None:
        """The entries that are looked at one by one."""
        self.db.view(
            "entries",
            "select e.* from logged as e left join replayed as r on r.entry = e.entry"
            f" left join lonely as l on l.node = e.node where {condition if self.singles else 'false'}",
        )

    # -- loading

    def _load_plan(self) -> None:
        super()._load_plan()
        shape = self.shape
        for name, nodes in (("merged", shape.merged), ("lone", shape.lone), ("lonely", shape.lonely)):
            self.db.load(name, {"node": ("bigint", sorted(nodes))})
        self.db.run(
            "create table caps as select b.* from bounds b semi join lone as l on l.node = b.node where b.size = 1"
        )
        self.db.run("delete from bounds where size = 1 and node in (select node from lone)")

    def _load_entries(self, log: EventLog) -> None:
        del log
        self.noted.count_in(ordered=self.shape.ordered)

    # -- running

    def _price(self) -> None:
        tables = self.plan.tables
        self._sum()
        if tables.slots and self.singles:
            self.db.stage("counted")
            for size in sorted({row.size for row in tables.slots}):
                self._pass("slotted", "counted", size=size)
        else:
            self.db.view("counted")
        if any(row.form == "total" for row in tables.prices):
            self.db.stage("totals")
        else:
            self.db.outline("totals")
        if self.singles:
            self.db.stage("sums_others", into="sums")
        if self.shape.plain:
            self.db.stage("monthly_others")
            self.db.view("monthly")
            return
        self.db.stage("bucketed")
        self.db.append("bucketed_others", into="bucketed")
        if self.shape.alone:
            self.db.append("bucketed_alone", into="bucketed")

    def _sum(self) -> None:
        """Sum what can be summed by month; nobody's events count where the member is not active."""
        db = self.db
        self.db.view("usable" if self.is_usual else "usable_rest")
        if not self.is_usual:
            self.db.view("usable", "from usable_rest")
        db.stage("sums")
        self.posted = _number(db, "select count(*) from usable as n join rates as r on r.code = n.code")
        if not self._is_all_active():
            db.stage("sums_active", into="sums")
            db.view("idle")
            self.inactive = _number(db, "select count(*) from idle")

    def _is_all_active(self) -> bool:
        """Whether everybody is active in every settlement period that has events."""
        windows = [row for row in self.plan.windows if row.role == "settle"]
        everywhere = len(windows) * _number(self.db, "select count(distinct member) from spells")
        months = {(row.version, row.first_month + step) for row in windows for step in range(row.size)}
        asked = "select distinct n.version, s.month from sums as s join nodes as n on n.node = s.node"
        return _number(
            self.db, "select count(*) from active where role = 'settle'"
        ) == everywhere and months.issuperset(self.db.rows(asked))

    def _fold(self, *, by_dimension: bool) -> None:
        """From the deepest level to the root; `flow` holds the rows of one level."""
        if by_dimension:
            raise AssertionError("sums by dimension are for the careful way")
        self._set_pass()
        if self.shape.plain:
            self._fold_months()
            return
        self.db.outline("flow", "from bucketed")
        self.db.view("climbing")
        for level in range(self.plan.depth, -1, -1):
            self._climb(level)
            self._do_level(level)
            self._set_pass(level=level)
            self.db.append("gathered")

    def _fold_months(self) -> None:
        """The same where no row is but a sum of a month."""
        tables, level_of = self.plan.tables, self.shape.level_of
        for level in range(self.plan.depth, -1, -1):
            self._set_pass(level=level)
            self.db.stage("monthly_climbed" if level < self.plan.depth else "monthly_first", into="climbed")
            self.db.run("drop table if exists flow")
            self.db.run("alter table climbed rename to flow")
            bounds = [row for row in tables.bounds if level_of[row.node] == level and not self.shape.is_cap(row)]
            for ordinal in sorted({row.ordinal for row in bounds}):
                self._pass("monthly_bounded", "flow", level=level, ordinal=ordinal)
            if any(level_of[row.node] == level for row in tables.weights):
                self._pass("monthly_weighted", "flow", level=level)
            if any(row.node in level_of and level_of[row.node] == level for row in tables.figures):
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
        """Every entry ends in one pile: the events in the sums, and those that post nothing."""
        posted = self.posted - self.inactive
        if self.singles:
            posted += _number(self.db, "select count(*) from priced")
        piles = {"posted": posted} if posted else {}
        if posted < self.size:
            refused = 0 if self.is_usual else _number(self.db, _REFUSED)
            piles["not active"] = self.inactive + refused
            for query in (_PILES_OF_VARIANTS, _PILES) if self.singles else (_PILES_OF_VARIANTS,):
                for pile, number in self.db.rows(query):
                    if pile is not None:
                        piles[str(pile)] = piles.get(str(pile), 0) + int(number)
        if sum(piles.values()) != self.size:
            raise AssertionError(f"{self.size} entries went in, {piles} came out")
        return {pile: number for pile, number in piles.items() if number}

    def _objections(self) -> dict[int, int]:
        return super()._objections() if self.log.decisions.entry else {}


def _number(db: Database, query: str) -> int:
    return int(db.rows(query)[0][0])


_REFUSED = """
select count(*)
from noted as n
join rates as r on r.code = n.code
join variants as v on v.code = n.code
cross join params as q
anti join replayed as d on d.entry = n.rowid
semi join refused as f
    on f.version = v.version and f.member = n.member
    and n.day * 34359738368 >= f.since_place and n.day * 34359738368 < f.until_place
where n.month >= q.year_month and n.day <= q.cut
"""
_PILES_OF_VARIANTS = """
select
    case
        when d.state = 'other scheme' then d.state
        when n.day > q.cut then 'later'
        when n.month < q.year_month then 'other year'
        when d.state <> 'counts' then d.state
        when p.form = 'mark' then p.form
    end as pile,
    count(*)
from noted as n
cross join params as q
join variants_decided as d on d.entry = n.code
join prices as p on p.node = d.node
anti join lonely as l on l.node = d.node
anti join replayed as r on r.entry = n.rowid
group by pile
"""
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
