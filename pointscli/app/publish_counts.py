"""What a report counts: objections by what was decided, and what became of the period's events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from pointscli.app.inputs import Inputs
from pointscli.app.publish_basis import Basis
from pointscli.app.tally import event_log
from pointscli.model.paper import Grid, Part, Prose
from pointscli.model.period import parse_period
from pointscli.model.table import Column, Table

DECIDED = {"dismiss": "dismissed", "amend": "amended", "reject": "rejected_after"}
"""Decisions that settle an objection."""
WHYS = ("waiting", "under objection", "rejected", "not active", "later", "free", "beyond times", "mark", "total")


def objections(basis: Basis) -> Part:
    """Objections to events and nominations of the period, by what was decided about them."""
    words = basis.words
    counts: Counter[str] = Counter()
    for decisions in _by_subject(basis):
        counts.update(_outcomes(decisions))
    if not counts["raised"]:
        return Prose("", (words.text("no_objections"),))
    names = ("raised", *DECIDED.values(), "pending")
    columns = (Column("decision", words.text("decision")), Column("number", words.text("number"), "integer"))
    return Grid(Table("", columns, tuple((words.text(name), counts[name]) for name in names)))


def _outcomes(decisions: Iterable[str]) -> Iterable[str]:
    """`raised` for each objection of a subject, and what settled it or that it is open."""
    is_open = False
    for decision in decisions:
        if decision == "object" and not is_open:
            is_open = True
            yield "raised"
        elif is_open and decision in DECIDED:
            is_open = False
            yield DECIDED[decision]
    if is_open:
        yield "pending"


def _by_subject(basis: Basis) -> Iterable[list[str]]:
    """The decisions about each event or nomination of the period, in order."""
    return (*_events(basis.inputs, basis).values(), *_nominations(basis.inputs, basis).values())


def _events(inputs: Inputs, basis: Basis) -> dict[int, list[str]]:
    """Record → its decisions: a decision about several members' event is one."""
    period, versions, entries = basis.tally.period, inputs.index.versions, inputs.events.entries
    months = range(period.first_month, period.first_month + period.kind.size)
    decisions = event_log(inputs, basis.asked.as_of).decisions
    seen: set[tuple[int, int]] = set()
    found: dict[int, list[str]] = {}
    for entry, seq, decision in zip(decisions.entry, decisions.seq, decisions.decision, strict=True):
        here = entries.month[entry] in months
        key = (entries.record[entry], seq)
        if here and key not in seen and versions[inputs.events.items[entry].version].scheme == basis.tally.scheme:
            seen.add(key)
            found.setdefault(key[0], []).append(decision)
    return found


def _nominations(inputs: Inputs, basis: Basis) -> dict[tuple[str, str], list[str]]:
    """(outcome, member) → its decisions."""
    last = (basis.asked.as_of or date.max).toordinal()
    found: dict[tuple[str, str], list[str]] = {}
    for one in inputs.reviews.nominations:
        mine = one.scheme in ("", basis.tally.scheme) and parse_period(one.period) == basis.tally.period
        if mine and one.day <= last:
            found.setdefault((one.outcome, one.member), []).append(one.decision)
    return found


def events(basis: Basis) -> Grid:
    """Entries of the period by what became of them."""
    words = basis.words
    counts: Counter[str] = Counter()
    listed = {one.member for one in basis.tally.standings}
    for member, one in basis.derived.members.items():
        posted = ["credited" if each.credited else "capped" for each in one.postings if each.source]
        counts.update(posted if member in listed else ["unlisted"] * len(posted))
        counts.update(each.why for each in one.idle)
    counts["refused"] = basis.derived.report.refused
    rows = [
        (words.text(name), counts[name])
        for name in ("credited", "capped", *WHYS, "unlisted", "refused")
        if counts[name]
    ]
    rows.append((words.text("in_all"), counts.total()))
    columns = (Column("pile", words.text("pile")), Column("times", words.text("times"), "integer"))
    return Grid(Table("", columns, tuple(rows)), (words.text("entries_note"),))
