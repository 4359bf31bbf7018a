"""A computation that also keeps what became of each posting: for explanations, record cards and balances."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from pointscli.engine.run import Computation
from pointscli.model.log import EventLog
from pointscli.model.membership import Membership
from pointscli.model.plan import Plan

_PASSES = {"combined": "trace_combined", "bounded": "trace_bounded", "weighted": "trace_weighted"}


class TracedPosting(NamedTuple):
    """A posting at `origin` (kind 0 a grant, 1 an event, 2 a total): its price, and what the root was credited."""

    member: int
    place: int
    month: int
    kind: int
    origin: int
    entry: int | None
    priced: int
    credited: int


class TracedStep(NamedTuple):
    """What one pass did to a posting; `gross` and `total`: the window's sums before and after, for bounds."""

    member: int
    place: int
    did: str
    node: int
    ordinal: int
    size: int
    came: int
    went: int
    gross: int | None
    total: int | None
    at: int | None


class TracedRoom(NamedTuple):
    """The sum of a member at a bound in one window, after it."""

    member: int
    node: int
    ordinal: int
    size: int
    number: int
    total: int


class TracedIdle(NamedTuple):
    """An event of the scheme that posted nothing, and why."""

    member: int
    entry: int
    node: int
    why: str


class TracedScore(NamedTuple):
    """A member's score in a period of `size` months; step 0 are settlement periods, then the rollup's."""

    member: int
    step: int
    number: int
    amount: int


@dataclass(slots=True)
class Trace:
    """Everything kept, for the watched members, through the whole year up to the cut."""

    postings: list[TracedPosting] = field(default_factory=list)
    steps: list[TracedStep] = field(default_factory=list)
    rooms: list[TracedRoom] = field(default_factory=list)
    idle: list[TracedIdle] = field(default_factory=list)
    scores: list[TracedScore] = field(default_factory=list)


class TracedComputation(Computation):
    """Keeps what each pass did; its results are the same."""

    def __init__(self, plan: Plan, membership: Membership, log: EventLog, watched: Iterable[int] | None = None) -> None:
        """Load everything; `watched` are the members to trace (None: all)."""
        super().__init__(plan, membership, log)
        self.trace = Trace()
        members = sorted({row.member for row in membership.spells} if watched is None else set(watched))
        self.db.load("watched", {"member": ("bigint", members)})

    def _pass(self, stage: str, table: str, **values: int) -> None:
        traced = _PASSES.get(stage)
        if traced:
            self.db.rows("create or replace table before as select member, place, amount from flow")
        super()._pass(stage, table, **values)
        if traced:
            self.trace.steps += (
                TracedStep(member, place, stage, *rest) for member, place, *rest in self.db.select(traced)
            )
        if stage == "bounded":
            self.trace.rooms += (TracedRoom(*row) for row in self.db.select("trace_room"))
        if stage == "rolled":
            self._keep_scores(values["step"])

    def _fold(self, *, by_dimension: bool) -> None:
        super()._fold(by_dimension=by_dimension)
        self.trace.postings += (TracedPosting(*row) for row in self.db.rows(_POSTINGS))
        self.trace.idle += (TracedIdle(m, e, n, str(why)) for m, e, n, why in self.db.rows(_IDLE))

    def _score(self) -> None:
        for stage in ("settled", "scored"):
            self.db.stage(stage)
        self._keep_scores(0)
        for row in self.plan.tables.rollups:
            self._pass("rolled", "scored", step=row.step)

    def _keep_scores(self, step: int) -> None:
        rows = self.db.rows(_SCORES if step else _SETTLED)
        self.trace.scores += (TracedScore(member, step, number, amount) for member, number, amount in rows)


_SCORES = """
select s.member, s.number, s.amount
from scored as s
join watched as m on m.member = s.member
where s.figure = 0
order by s.member, s.number
"""
# The settlement periods in which a member is active count for the rollup, also without any posting.
_SETTLED = """
with inside as (
    select a.member, a.number, 0::bigint as amount
    from active as a
    cross join params as q
    where a.role = 'settle' and a.number between q.first_month // q.settle and q.last_month // q.settle
    union all
    select s.member, s.number, s.amount
    from scored as s
    where s.figure = 0
)
select i.member, i.number, sum(i.amount)::bigint as amount
from inside as i
join watched as m on m.member = i.member
group by i.member, i.number
order by i.member, i.number
"""
_POSTINGS = """
select f.member, f.place, f.month, f.kind, f.origin, f.entry, coalesce(p.amount, 0), f.amount
from flow as f
join watched as m on m.member = f.member
left join postings as p on p.member = f.member and p.place = f.place
order by f.member, f.place
"""
_IDLE = """
select d.member, d.entry, d.node,
    case
        when d.state <> 'counts' then d.state
        when c.free then 'free'
        when c.beyond then 'beyond times'
        else p.form
    end as why
from decided as d
join watched as m on m.member = d.member
join prices as p on p.node = d.node
left join counted as c on c.entry = d.entry
anti join faults as f on f.entry = d.entry
where d.state <> 'other scheme' and (d.state <> 'counts' or c.free or c.beyond or p.form in ('mark', 'total'))
order by d.member, d.place
"""
