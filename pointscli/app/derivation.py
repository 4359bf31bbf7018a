"""Derivations of members' scores: a tally computed with a trace, told in the words of the rules and the files.

`derive` is what explanations, record cards, balances, published details and the preview of `record` are made of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from pointscli.app.derivation_sums import conserve, roll_up
from pointscli.app.inputs import Inputs
from pointscli.app.question import Asked
from pointscli.app.source_rows import Sources
from pointscli.app.tally import Report, tally_inputs
from pointscli.app.workspace import Language
from pointscli.engine.trace import (
    Trace,
    TracedComputation,
    TracedIdle,
    TracedPosting,
    TracedRoom,
    TracedScore,
    TracedStep,
)
from pointscli.model.derivation import Derivation, Did, Idle, PeriodScore, Posting, RollupStep, Room, Step
from pointscli.model.log import DAY_PLACES, EventLog
from pointscli.model.membership import Membership
from pointscli.model.period import Kind, Period
from pointscli.model.plan import Plan
from pointscli.model.units import exact
from pointscli.scheme.numbering import Numbering
from pointscli.scheme.types import Node, Scheme

KINDS = {kind.size: kind for kind in Kind}
Row = TypeVar("Row", TracedPosting, TracedIdle, TracedRoom, TracedScore)
_POSTING_KINDS = ("grant", "event", "total")


@dataclass(frozen=True, slots=True)
class Derived:
    """A report with the derivations of the members asked for, by member id."""

    report: Report
    members: Mapping[str, Derivation]
    piles: Mapping[str, int]
    """Entries of the log by where they ended; they add up to all entries."""


def derive(
    inputs: Inputs,
    asked: Asked,
    language: Language,
    members: Iterable[int] | None = None,
    *,
    skip_invalid: bool = False,
    by_dimension: bool = False,
) -> Derived:
    """Compute a tally and the derivations of some members (their numbers in the roster; None: all).

    FindingsError and UsageError as for a tally. A member without any posting still has a derivation.
    """
    watched = None if members is None else tuple(members)
    runs: list[TracedComputation] = []

    def trace(plan: Plan, membership: Membership, log: EventLog) -> TracedComputation:
        runs.append(TracedComputation(plan, membership, log, watched))
        return runs[-1]

    report = tally_inputs(
        inputs, asked, language, skip_invalid=skip_invalid, by_dimension=by_dimension, computing=trace
    )
    chosen = range(len(inputs.roster.members)) if watched is None else watched
    teller = _Teller(inputs, report, runs[-1])
    return Derived(report, {inputs.roster.members[number].id: teller.tell(number) for number in chosen}, runs[-1].piles)


@dataclass(frozen=True, slots=True)
class _Rule:
    """A node in its version, with the sections above it, the outermost first."""

    node: Node
    scheme: Scheme
    above: tuple[Node, ...]

    @property
    def path(self) -> tuple[str, ...]:
        return tuple(one.id for one in (*self.above, self.node))


def number_rules(schemes: Iterable[Scheme]) -> dict[int, _Rule]:
    """Every node of every version by the number that the plan gives it."""
    schemes = tuple(schemes)
    numbers = Numbering(schemes)
    rules: dict[int, _Rule] = {}

    def add(version: int, node: Node, above: tuple[Node, ...]) -> None:
        rules[numbers.node(version, node.id)] = _Rule(node, schemes[version], above)
        for item in node.items:
            add(version, item, (*above, node) if node.id != "score" else ())

    for version, scheme in enumerate(schemes):
        add(version, scheme.score, ())
    return rules


class _Teller:
    """Tells traces in words of the rules; each table of the trace is split by member once."""

    def __init__(self, inputs: Inputs, report: Report, run: TracedComputation) -> None:
        self.inputs, self.tally, self.plan = inputs, report.tally, run.plan
        self.rules = number_rules(inputs.schemes)
        self.sources = Sources(inputs, run.log)
        self.trace = _ByMember(run.trace)
        self.standings = {one.member: one for one in report.tally.standings}

    def tell(self, number: int) -> Derivation:
        member = self.inputs.roster.members[number]
        standing = self.standings.get(member.id)
        inside = self._months()
        steps = self.trace.steps.get(number, {})
        traced = [one for one in self.trace.postings.get(number, []) if one.month in inside]
        periods, rollup = self._scores(number)
        conserve(traced, steps, periods, self.plan.params.settle)
        return Derivation(
            member=member.id,
            name=member.name,
            period=self.tally.period,
            decimals=self.tally.decimals,
            score=standing.score if standing else None,
            settle=KINDS[self.plan.params.settle],
            periods=tuple(PeriodScore(period, exact(amount)) for period, amount in periods),
            rollup=rollup,
            postings=tuple(self._posting(one, steps.get(one.place, ())) for one in traced if _is_shown(one)),
            idle=tuple(self._idle(one) for one in self.trace.idle.get(number, []) if self._month(one) in inside),
            rooms=self._rooms(number, inside),
        )

    def _months(self) -> range:
        """Months of the settlement periods that the asked period is made of, or lies in."""
        settle = self.plan.params.settle
        first = self.plan.params.first_month // settle * settle
        return range(first, (self.plan.params.last_month // settle + 1) * settle)

    def _month(self, idle: TracedIdle) -> int:
        return self.inputs.events.entries.month[idle.entry]

    def _posting(self, one: TracedPosting, steps: Iterable[TracedStep]) -> Posting:
        rule = self.rules[one.origin]
        return Posting(
            date=date.fromordinal(one.place // DAY_PLACES),
            kind=_POSTING_KINDS[one.kind],  # type: ignore[arg-type]
            item=rule.node.id,
            title=rule.node.title,
            path=rule.path,
            titles=tuple(node.title for node in (*rule.above, rule.node)),
            priced=exact(one.priced),
            steps=tuple(self._step(step, one.month) for step in steps),
            credited=exact(one.credited),
            rule=rule.node.place,
            source=None if one.entry is None else self.sources.of(one.entry),
        )

    def _step(self, step: TracedStep, month: int) -> Step:
        rule = self.rules[step.node]
        did, bound = self._did(step, rule.node)
        kind = KINDS[step.size]
        return Step(
            node=rule.node.id,
            title=rule.node.title,
            did=did,
            window=Period(kind, month // step.size) if step.did != "weighted" else None,
            came=exact(step.came),
            went=exact(step.went),
            bound=None if bound is None else exact(bound),
            gross=None if step.gross is None else exact(step.gross),
            total=None if step.total is None else exact(step.total),
            rule=rule.node.place,
        )

    def _did(self, step: TracedStep, node: Node) -> tuple[Did, int | None]:
        """Which rule of the node it was: above the maximum now or before, else below the minimum."""
        if step.did == "weighted":
            return "weight", None
        if step.did == "combined":
            return str(node.combine.how), None  # type: ignore[return-value]
        low, high = next(
            (row.min, row.max)
            for row in self.plan.tables.bounds
            if row.node == step.node and row.ordinal == step.ordinal
        )
        gross, total = step.gross or 0, step.total or 0
        gross_before, total_before = gross - step.came, total - step.went
        if total < gross or (total == gross and total_before < gross_before):
            if step.at is not None and (high is None or step.at < high):
                return "ceiling", step.at
            return "max", high
        return "min", low

    def _idle(self, one: TracedIdle) -> Idle:
        rule = self.rules[one.node]
        source = self.sources.of(one.entry)
        return Idle(
            date=date.fromordinal(self.inputs.events.entries.place[one.entry] // DAY_PLACES),
            item=rule.node.id,
            title=rule.node.title,
            path=rule.path,
            why=one.why,  # type: ignore[arg-type]
            rule=rule.node.place,
            source=source,
        )

    def _scores(self, number: int) -> tuple[list[tuple[Period, int]], tuple[RollupStep, ...]]:
        """The settlement periods' scores, and those of the rollup's steps."""
        sizes = {0: self.plan.params.settle} | {row.step: row.size for row in self.plan.tables.rollups}
        found: dict[int, list[tuple[Period, int]]] = {step: [] for step in sizes}
        for one in self.trace.scores.get(number, []):
            found[one.step].append((Period(KINDS[sizes[one.step]], one.number), one.amount))
        rollup = tuple(
            RollupStep(
                KINDS[row.size], row.by, tuple(roll_up(found[row.step - 1], one, row.by) for one in found[row.step])
            )
            for row in self.plan.tables.rollups
        )
        return found[0], rollup

    def _rooms(self, number: int, inside: range) -> tuple[Room, ...]:
        limits = {(row.node, row.ordinal): (row.min, row.max) for row in self.plan.tables.bounds}
        rooms = []
        for one in self.trace.rooms.get(number, []):
            window = Period(KINDS[one.size], one.number)
            if window.first_month <= inside[-1] and window.first_month + one.size > inside[0]:
                rule = self.rules[one.node]
                low, high = (None if limit is None else exact(limit) for limit in limits[one.node, one.ordinal])
                rooms.append(Room(rule.node.id, rule.node.title, window, exact(one.total), low, high, rule.node.place))
        return tuple(
            sorted(rooms, key=lambda room: (room.rule.path, room.rule.line, room.window.kind.size, room.window.number))
        )


class _ByMember:
    """A trace's tables by member; steps by posting as well."""

    def __init__(self, trace: Trace) -> None:
        self.postings = _split(trace.postings)
        self.idle = _split(trace.idle)
        self.rooms = _split(trace.rooms)
        self.scores = _split(trace.scores)
        self.steps: dict[int, dict[int, list[TracedStep]]] = {}
        for step in trace.steps:
            self.steps.setdefault(step.member, {}).setdefault(step.place, []).append(step)


def _split(rows: list[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(row.member, []).append(row)
    return found


def _is_shown(one: TracedPosting) -> bool:
    """A ceiling's own posting is shown only if it took something away."""
    return one.place % 2 == 0 or one.credited != 0
