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
        period, scheme = parse_period(decision.period), _scheme_of(inputs, decision)
        if scheme and period and period.end <= today:
            asked.setdefault((scheme, period), []).append((decision, row))
    undecided = replace(inputs, reviews=replace(inputs.reviews, nominations=[], nomination_rows=[]))
    for (scheme, period), found in asked.items():
        yield from _not_met(undecided, Asked(today, period, scheme), found)


def _not_met(inputs: Inputs, asked: Asked, rows: list[Row]) -> Iterator[Problem]:
    try:
        outcomes = tally_inputs(inputs, asked, "zh").tally.outcomes
    except UsageError:
        outcomes = ()  # the scheme never makes that period
    except FindingsError:
        return  # what is wrong is said elsewhere
    meeting = {one.id: {*one.members, *(nominee.member for nominee in one.nominated)} for one in outcomes}
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


def _scheme_of(inputs: Inputs, decision: NominationDecision) -> str:
    """The one scheme that has the outcome; nothing if none or several have it, which is said elsewhere."""
    schemes = [scheme for scheme in inputs.schemes if decision.scheme in ("", scheme.id)]
    found = {scheme.id for scheme in schemes for one in scheme.outcomes if one.id == decision.outcome and one.confirm}
    return found.pop() if len(found) == 1 else ""
