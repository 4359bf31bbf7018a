"""Events dated after today, and events that seem to be written down twice."""

from __future__ import annotations

from datetime import date

from pointscli.app.data_findings import event_place, event_title, first_of_records, record_of, warn_each
from pointscli.app.inputs import Inputs
from pointscli.model.log import DAY_PLACES
from pointscli.model.problem import Place, Problem, Related, Severity


def find_future(inputs: Inputs, today: date) -> list[Problem]:
    """Events dated after today: nothing counts them yet."""
    first = (today.toordinal() + 1) * DAY_PLACES
    found = [entry for entry, place in enumerate(inputs.events.entries.place) if place >= first]

    def warn(entry: int) -> Problem:
        record = record_of(inputs, entry)
        day = date.fromordinal(inputs.events.entries.place[entry] // DAY_PLACES)
        return Problem(
            "future-event",
            event_place(record, "date"),
            "event {event} is dated {day}, after today ({today})",
            "correct the date; if it is planned, it counts from that day on",
            (("event", event_title(record)), ("day", day.isoformat()), ("today", today.isoformat())),
            Severity.WARNING,
        )

    return warn_each(first_of_records(inputs, found), warn)


def find_duplicates(inputs: Inputs) -> list[Problem]:
    """Events of a member that agree in item, date and amount, and do not give different reasons."""
    entries = inputs.events.entries
    days = [place // DAY_PLACES for place in entries.place]
    keys = zip(
        entries.member,
        entries.node,
        days,
        entries.quantity,
        entries.level,
        entries.points,
        entries.matter,
        strict=True,
    )
    first: dict[tuple[int | None, ...], int] = {}
    agreeing = [(entry, other) for entry, key in enumerate(keys) if (other := first.setdefault(key, entry)) != entry]
    firsts = {entry: other for entry, other in agreeing if _same_reason(inputs, entry, other)}

    def warn(entry: int) -> Problem:
        return _duplicate(inputs, entry, firsts[entry])

    return warn_each(first_of_records(inputs, list(firsts)), warn)


def _same_reason(inputs: Inputs, entry: int, other: int) -> bool:
    reasons = {record_of(inputs, one).cell("reason").strip() for one in (entry, other)}
    return len(reasons - {""}) <= 1


def _duplicate(inputs: Inputs, entry: int, other: int) -> Problem:
    record, first = record_of(inputs, entry), record_of(inputs, other)
    item, member = inputs.events.items[entry], inputs.events.entries.member[entry]
    args = (
        ("event", event_title(record)),
        ("first", event_title(first)),
        ("where", first.where),
        ("member", inputs.roster.title(member)),
        ("item", item.title),
    )
    return Problem(
        "suspected-duplicate",
        _place(inputs, entry),
        "event {event} looks like {first} ({where}) again: {item} of {member}, same date and amount",
        "delete one of the two; if both happened, give each its own reason",
        args,
        Severity.WARNING,
        related=(Related(_place(inputs, other), "the first one"),),
    )


def _place(inputs: Inputs, entry: int) -> Place:
    return event_place(record_of(inputs, entry), "item")
