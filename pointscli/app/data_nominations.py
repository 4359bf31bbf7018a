"""Decisions about nominations that never were: the member does not meet the outcome in that period."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from pointscli.app.inputs import Inputs
from pointscli.app.question import Asked
from pointscli.app.tally import tally_inputs
from pointscli.inputs.table import RawTable
from pointscli.model.log import NominationDecision
from pointscli.model.period import Period, parse_period
from pointscli.model.problem import FindingsError, Problem, Severity, UsageError

Row = tuple[NominationDecision, tuple[RawTable, int]]


def find_not_nominated(inputs: Inputs, today: date) -> Iterator[Problem]:
    """One finding for each member and outcome of a period that is over; nothing while anything is wrong elsewhere."""
    if not inputs.reviews.nominations or inputs.errors:
        return
    asked: dict[tuple[str, Period], list[Row]] = {}
    rows = zip(inputs.reviews.nominations, inputs.reviews.nomination_rows, strict=True)
    for decision, row in rows:
        period, scheme = parse_period(decision.period), decision.scheme or _scheme_of(inputs, decision.outcome)
        if scheme and period and period.end <= today:
            asked.setdefault((scheme, period), []).append((decision, row))
    undecided = replace(inputs, reviews=replace(inputs.reviews, nominations=[], nomination_rows=[]))
    for (scheme, period), found in asked.items():
        yield from _not_met(undecided, Asked(today, period, scheme), found)


def _not_met(inputs: Inputs, asked: Asked, rows: list[Row]) -> Iterator[Problem]:
    try:
        tally = tally_inputs(inputs, asked, "zh").tally
    except (UsageError, FindingsError):
        return  # the period cannot be made, or is wrong: that is said elsewhere
    meeting = {one.id: {*one.members, *(nominee.member for nominee in one.nominated)} for one in tally.outcomes}
    told: set[tuple[str, str]] = set()
    for decision, (table, row) in rows:
        number = inputs.roster.find(decision.member)
        member = inputs.roster.members[number].id if isinstance(number, int) else ""
        if not member or member in meeting.get(decision.outcome, ()) or (decision.outcome, member) in told:
            continue
        told.add((decision.outcome, member))
        message = "{member} does not meet {outcome} in {period}: there is no nomination to decide about"
        hint = "check the outcome, the period and the member; if points were corrected afterwards, leave it"
        args = (("member", decision.member), ("outcome", decision.outcome), ("period", decision.period))
        yield Problem("not-nominated", table.place(row, "event"), message, hint, args, Severity.WARNING)


def _scheme_of(inputs: Inputs, outcome_id: str) -> str:
    """The one scheme that has the outcome; nothing if several have it, which is said elsewhere."""
    found = {scheme.id for scheme in inputs.schemes for one in scheme.outcomes if one.id == outcome_id and one.confirm}
    return found.pop() if len(found) == 1 else ""
