"""The open objections of a period, to be said beside its tally."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date

from pointscli.app.data_findings import listed
from pointscli.app.inputs import Inputs
from pointscli.app.question import Note
from pointscli.app.review_states import event_states, nomination_states
from pointscli.model.log import DAY_PLACES, Decisions
from pointscli.scheme.plan import Question


def objection_notes(
    inputs: Inputs, question: Question, decisions: Decisions, members: Collection[int], as_of: date | None
) -> list[Note]:
    """What is under objection: events of these members in the period, and its nominations. At most one note."""
    names = _events(inputs, question, decisions, members) if members else []
    if inputs.reviews.nominations:
        names += [name for name, _ in _nominations(inputs, question, as_of)]
    if not names:
        return []
    message = "objections are open ({count}): {events}; see points review --list --objections"
    return [Note(message, (("count", str(len(names))), ("events", listed(names))))]


def nominees_under_objection(inputs: Inputs, question: Question, as_of: date | None) -> Counter[str]:
    """Member id → how many of the member's nominations of the period are under objection."""
    return Counter(member for _, member in _nominations(inputs, question, as_of))


def _events(inputs: Inputs, question: Question, decisions: Decisions, members: Collection[int]) -> list[str]:
    entries, versions, period = inputs.events.entries, inputs.index.versions, question.period
    first = period.first_month
    found = [
        entry
        for entry, state in event_states(inputs, decisions).items()
        if state.objected is not None
        and entries.member[entry] in members
        and first <= entries.month[entry] < first + period.kind.size
        and versions[inputs.events.items[entry].version].scheme == question.scheme
    ]
    # A decision names its event by id: there is one, and it is known even where the log's rows were not kept.
    records = {entries.record[entry] for entry in found}
    names = {record: name for name, record in inputs.events.ids.items() if record in records} if records else {}
    dated = {(entries.place[entry] // DAY_PLACES, names[entries.record[entry]]) for entry in found}
    return [name for _, name in sorted(dated)]


def _nominations(inputs: Inputs, question: Question, as_of: date | None) -> list[tuple[str, str]]:
    """Nomination and member id."""
    return [
        (f"{outcome}/{period.label}/{(one := inputs.roster.members[member].id)}", one)
        for (scheme, outcome, period, member), state in nomination_states(inputs, as_of).items()
        if state.objected is not None and scheme == question.scheme and period == question.period
    ]
