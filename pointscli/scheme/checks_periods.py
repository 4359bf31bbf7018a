"""Dates and periods: `effective` on settlement boundaries, `rollup`, and what can never be computed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from pointscli.model.period import Kind, Period
from pointscli.model.problem import Problem, Severity
from pointscli.scheme.draft import Draft
from pointscli.scheme.reading import problem
from pointscli.scheme.tree import Mapping


def check_effective(draft: Draft) -> Iterator[Problem]:
    """The range runs forward, and begins and ends where settlement periods do."""
    start, end = draft.scheme.effective_from, draft.scheme.effective_to
    if start != date.min and end is not None and end < start:
        message, hint = "effective ends on {to}, before it begins on {from}", "write the later date after to"
        args = {"from": str(start), "to": str(end)}
        yield problem("effective-reversed", draft.value_place("effective", "to"), message, hint, **args)
    if draft.settle is None:
        return
    period = Period.containing(draft.settle, start)
    if start not in (date.min, period.start):
        near, other = period.start, period.end + timedelta(days=1)
        yield _off_boundary(draft, "from", start, f"{near} / {other}")
    period = Period.containing(draft.settle, end) if end else period
    if end is not None and end != period.end:
        yield _off_boundary(draft, "to", end, f"{period.start - timedelta(days=1)} / {period.end}")


def check_rollup_kinds(draft: Draft) -> Iterator[Problem]:
    """Only periods longer than the settlement period are rolled up."""
    for kind, _ in draft.scheme.rollup if draft.settle else ():
        if draft.settle and kind.size <= draft.settle.size:
            message = "{kind} is not longer than the settlement period, which is {settle}"
            hint = "delete it: rollup says how longer periods come from settled ones"
            place = draft.place_of("rollup", kind.value)
            yield problem("rollup-not-longer", place, message, hint, kind=kind, settle=draft.settle)


def check_rollup_through(draft: Draft) -> Iterator[Problem]:
    """`of` lies between the settlement period and the kind, and is rolled up itself."""
    named = {kind for kind, _ in draft.scheme.rollup}
    for kind, rollup in draft.scheme.rollup:
        of = rollup.of
        if of is None or draft.settle is None:
            continue
        place = draft.value_place("rollup", kind.value, "of")
        if not draft.settle.size < of.size < kind.size:
            message = "a {kind} cannot be made of {of}"
            hint = "of needs a period longer than {settle} and shorter than {kind}"
            yield problem("rollup-through", place, message, hint, kind=kind, of=of, settle=draft.settle)
        elif of not in named:
            message, hint = "rollup does not say how a {of} is made", "add {of} to rollup, such as {of}: sum"
            yield problem("rollup-unnamed", place, message, hint, of=of)


def check_carry_year(draft: Draft) -> Iterator[Problem]:
    """`carry` needs the year's score."""
    if draft.root.entry("carry") and draft.settle and not _is_made(draft, Kind.YEAR):
        message = "carry needs the score of the year, which rollup does not make"
        yield problem("carry-without-year", draft.place_of("carry"), message, "add year to rollup, such as year: sum")


def check_outcome_periods(draft: Draft) -> Iterator[Problem]:
    """An outcome of a period that is never made is never computed: a warning."""
    for outcome in draft.scheme.outcomes if draft.settle else ():
        for kind in outcome.period:
            if not _is_made(draft, kind):
                message = "{id} is never computed for a {kind}, which rollup does not make"
                hint = "add {kind} to rollup, or delete it here"
                place = draft.value_place("outcomes", outcome.id, "period")
                found = problem("outcome-never", place, message, hint, id=outcome.id, kind=kind)
                yield replace(found, severity=Severity.WARNING)


def _is_made(draft: Draft, kind: Kind) -> bool:
    """Whether a period of the kind can be asked for; what is misspelt in rollup is reported there."""
    entry = draft.root.entry("rollup")
    written = {one.name for one in entry.value} if entry and isinstance(entry.value, Mapping) else set()
    return draft.settle is None or kind.size <= draft.settle.size or kind.value in written


def _off_boundary(draft: Draft, key: str, day: date, near: str) -> Problem:
    message = "{value} is not a boundary of settlement periods ({settle})"
    hint = "effective begins on the first day of a {settle} and ends on the last one: {near}"
    place = draft.value_place("effective", key)
    return problem("effective-boundary", place, message, hint, value=day, settle=draft.settle, near=near)
