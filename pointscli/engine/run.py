"""The stages in order: from typed events and plan tables to ranks and lists. The same for every command."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import NamedTuple, get_args, get_type_hints

from pointscli.engine.database import Database
from pointscli.model.log import EventLog
from pointscli.model.membership import Membership
from pointscli.model.period import first_day
from pointscli.model.plan import ParamsRow, Plan, Tables, WindowRow
from pointscli.model.progress import COMPUTING, working


class Fault(NamedTuple):
    """An event (its record in the log) that cannot be priced, and why."""

    record: int
    reason: str


class RankedRow(NamedTuple):
    """A listed member: numbers of member, roster row and group; score in 10⁻⁹; rank, grade, stars null if none."""

    member: int
    spell: int
    group: int
    ranked: bool
    score: int
    rank: int | None
    grade: int | None
    stars: int | None


class TakenRow(NamedTuple):
    """A member on an outcome's list; `places` is how many the group had, null without a number."""

    outcome: int
    group: int
    member: int
    nth: int
    places: int | None


@dataclass(frozen=True, slots=True)
class Result:
    """What the stages found, in integers."""

    ranked: tuple[RankedRow, ...]
    figures: Mapping[int, Mapping[int, int]]
    """Member → figure → published number in 10⁻⁹."""
    taken: tuple[TakenRow, ...]
    objections: Mapping[int, int]
    """Member → events of the period under an open objection."""
    piles: Mapping[str, int]
    """Entries by where they ended; they add up to the entries loaded."""
    dimensions: Mapping[tuple[int, int], int]
    """(member, dimension) → published number, if asked for."""


class Computation:
    """One run over loaded tables."""

    _passing: Mapping[str, int] = MappingProxyType({})
    """What the table `pass` says."""

    def __init__(self, plan: Plan, membership: Membership, log: EventLog, *, threads: int | None = None) -> None:
        """Load everything."""
        self.plan, self.log, self.size = plan, log, len(log.entries)
        self.piles: dict[str, int] = {}
        self.db = self._open(threads)
        self._load_plan()
        self._load_records(membership)
        self._load_log(log)

    def _open(self, threads: int | None) -> Database:
        return Database(threads or (1 if self.size < ONE_PART else None))

    def faults(self) -> list[Fault]:
        """Events that cannot be priced; the later stages leave them out."""
        self.db.stage("active")
        self._stage_for(self.log.decisions.entry, "replayed")
        for stage in ("decided", "leveled", "faults"):
            self.db.stage(stage)
        found = self.db.rows("select entry, reason from faults order by entry")
        return list(dict.fromkeys(Fault(self.log.entries.record[entry], str(reason)) for entry, reason in found))

    def result(self, *, by_dimension: bool = False) -> Result:
        """Run the rest of the stages (after `faults`) and fetch what they found."""
        working(COMPUTING[1])
        self._price()
        working(COMPUTING[2])
        self._fold(by_dimension=by_dimension)
        working(COMPUTING[3])
        self._score()
        working(COMPUTING[4])
        for stage in ("listed", "measured"):
            self.db.stage(stage)
        self._stage_for(self.plan.tables.derives, "derived")
        for stage in ("valued", "ranked"):
            self.db.stage(stage)
        self._stage_for(self.plan.tables.outcomes, "judged", "candidates", "taken")
        self.piles = self._piles()
        found = Result(
            ranked=tuple(
                RankedRow._make((*row[:3], bool(row[3]), *row[4:]))
                for row in self.db.rows(
                    "select member, spell, group_no, ranked, score, rank, grade, stars from ranked"
                    " order by group_no, rank nulls last, member"
                )
            ),
            figures=_by_member(self.db.rows("select member, figure, amount from valued")),
            taken=tuple(
                TakenRow(*row)
                for row in self.db.rows(
                    "select outcome, group_no, member, nth, places from taken order by outcome, group_no, nth, member"
                )
            ),
            objections=self._objections(),
            piles=self.piles,
            dimensions=self._dimensions() if by_dimension else {},
        )
        self._finish()
        return found

    def _finish(self) -> None:
        """Nothing more is asked of the tables."""
        self.db.close()

    # -- loading

    def _load_plan(self) -> None:
        hints = get_type_hints(Tables)
        for field in fields(Tables):
            self.db.load_rows(field.name, get_args(hints[field.name])[0], getattr(self.plan.tables, field.name))
        self.db.load_rows("windows", WindowRow, self.plan.windows)
        self.db.load_rows("params", ParamsRow, [self.plan.params])
        year = self.plan.params.year_month
        months = [(m, first_day(m).toordinal(), first_day(m + 1).toordinal() - 1) for m in range(year, year + 12)]
        number, first, last = zip(*months, strict=True)
        days = {"month": ("bigint", number), "first_day": ("bigint", first), "last_day": ("bigint", last)}
        self.db.load("months", days)

    def _load_records(self, membership: Membership) -> None:
        hints = get_type_hints(Membership)
        for field in fields(Membership):
            self.db.load_rows(field.name, get_args(hints[field.name])[0], getattr(membership, field.name))

    def _load_log(self, log: EventLog) -> None:
        self._load_entries(log)
        decisions = {
            f.name: ("varchar" if f.name == "decision" else "bigint", getattr(log.decisions, f.name))
            for f in fields(log.decisions)
        }
        self.db.load("decisions", decisions)
        levels = {"level": ("bigint", range(len(log.levels))), "name": ("varchar", log.levels)}
        self.db.load("level_names", levels)

    def _load_entries(self, log: EventLog) -> None:
        """The events; which record an entry comes from, and its month, need not be sent."""
        sent = (f.name for f in fields(log.entries) if f.name not in ("record", "month"))
        columns = {name: ("bigint", getattr(log.entries, name)) for name in sent}
        self.db.load("logged", {"entry": ("bigint", range(self.size)), **columns})
        self.db.stage("entries")

    # -- running

    def _price(self) -> None:
        self.db.stage("counted")
        for size in sorted({row.size for row in self.plan.tables.slots}):
            self._pass("slotted", "counted", size=size)
        self._stage_for(self.plan.tables.grants, "granted")
        self.db.stage("priced")
        self._stage_for([row for row in self.plan.tables.prices if row.form == "total"], "totals")
        for stage in ("postings", "flow"):
            self.db.stage(stage)

    def _fold(self, *, by_dimension: bool) -> None:
        """From the deepest level to the root; a step runs only where some node of the level needs it."""
        tables = self.plan.tables
        level_of = {row.node: row.level for row in tables.fold}
        for level in range(self.plan.depth, -1, -1):
            if any(level_of[row.node] == level for row in tables.combines):
                self._pass("combined", "flow", level=level)
            if any(level_of[row.node] == level for row in tables.ceilings if not row.rolled):
                self._pass("ceiled", "flow", level=level)
            for ordinal in sorted({row.ordinal for row in tables.bounds if level_of[row.node] == level}):
                self._pass("bounded", "flow", level=level, ordinal=ordinal)
            if any(level_of[row.node] == level for row in tables.weights):
                self._pass("weighted", "flow", level=level)
            self._set_pass(level=level)
            self.db.append("gathered")
            if level:
                self.db.stage("raised", into="flow")
        if by_dimension:
            self.db.append("dimensioned", into="gathered")

    def _score(self) -> None:
        for stage in ("settled", "scored"):
            self.db.stage(stage)
        for row in self.plan.tables.rollups:
            self._pass("rolled", "scored", step=row.step)

    def _stage_for(self, needed: Sequence[object], *stages: str) -> None:
        """Run stages that give rows only if there is something for them: to plan one takes longer than to run it."""
        for stage in stages:
            if needed:
                self.db.stage(stage)
            else:
                self.db.load(stage, {name: (_FLAGS.get(name, "bigint"), ()) for name in COLUMNS[stage].split()})

    def _pass(self, stage: str, table: str, **values: int) -> None:
        """Run a stage over the table that it reads."""
        self._set_pass(**values)
        self.db.stage(stage, into=table)

    def _set_pass(self, *, level: int = 0, ordinal: int = 0, size: int = 0, step: int = 0) -> None:
        values = {"level": level, "ordinal": ordinal, "size": size, "step": step}
        if values != self._passing:
            self.db.load("pass", {name: ("bigint", [value]) for name, value in values.items()})
            self._passing = values

    # -- conservation

    def _piles(self) -> dict[str, int]:
        """Every entry ends in one pile; the piles add up, or the engine is wrong and says so."""
        piles = {str(pile): int(number) for pile, number in self.db.rows(_PILES)}
        if sum(piles.values()) != self.size:
            raise AssertionError(f"{self.size} entries went in, {piles} came out")
        return piles

    def _objections(self) -> dict[int, int]:
        return dict(self.db.rows(_OBJECTIONS)) if self.log.decisions.entry else {}  # type: ignore[arg-type]

    def _dimensions(self) -> dict[tuple[int, int], int]:
        return {(member, dimension): amount for member, dimension, amount in self.db.rows(_DIMENSIONS)}


def _by_member(rows: Iterable[tuple[int, ...]]) -> dict[int, dict[int, int]]:
    found: dict[int, dict[int, int]] = {}
    for member, figure, amount in rows:
        figures = found.get(member)
        if figures is None:
            figures = found[member] = {}
        figures[figure] = amount
    return found


ONE_PART = 122_880
"""DuckDB's row group: of a smaller log every operator is one task, and more threads only wait for each other."""
COLUMNS = {
    "replayed": "entry stage steps quantity level points rejected objected",
    "granted": "member node version month first_day number size amount",
    "totals": "member node month last_day amount",
    "derived": "member figure amount",
    "judged": "member figure amount",
    "candidates": "outcome member group_no keys",
    "taken": "outcome member group_no nth places",
}
"""Of stages that often give no row."""
_FLAGS = {"rejected": "boolean", "objected": "boolean", "keys": "bigint[]"}
_OBJECTIONS = """
select d.member, count(*)
from decided d cross join params q
where d.objected and d.month between q.first_month and q.last_month and d.state <> 'other scheme'
group by d.member
"""
_DIMENSIONS = """
select l.member, s.figure - q.grade - 1, published(s.amount, q.decimals, q.rounding)::bigint
from listed l
cross join params q
join scored s on s.member = l.member and s.figure > q.grade
"""
_PILES = """
select pile, count(*)
from (
    select
        case
            when f.entry is not null then 'rejected: ' || f.reason
            when d.state <> 'counts' then d.state
            when c.free then 'free'
            when c.beyond then 'beyond times'
            when p.form = 'mark' then 'mark'
            when p.form = 'total' then 'total'
            when w.entry is not null then 'posted'
        end as pile
    from entries e
    left join decided d using (entry)
    left join faults f using (entry)
    left join counted c using (entry)
    left join prices p on p.node = e.node
    left join (select entry from postings where kind = 1) w using (entry)
)
where pile is not null
group by pile
order by pile
"""
