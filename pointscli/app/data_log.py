"""Events dated after today, and events that seem to be written down twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pointscli.app.data_findings import event_place, event_title, first_of_records, record_of, warn_each
from pointscli.app.inputs import Inputs
from pointscli.inputs.table import RawTable
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


def find_duplicates(inputs: Inputs, table: RawTable | None = None) -> list[Problem]:
    """Events of a member that agree in item, date and amount, and do not give different reasons.

    With a table only its own rows are told: finding the places of all others takes time.
    """
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
    groups: dict[tuple[int | None, ...], list[int]] = {}
    for entry, key in enumerate(keys):
        groups.setdefault(key, []).append(entry)
    firsts = {
        entry: other
        for group in groups.values()
        if len(group) > 1
        for entry, other in _without_reason_to_differ(inputs, group)
        if table is None or record_of(inputs, entry).table is table
    }

    def warn(entry: int) -> Problem:
        return _duplicate(inputs, entry, firsts[entry])

    return warn_each(first_of_records(inputs, list(firsts)), warn)


def _without_reason_to_differ(inputs: Inputs, group: list[int]) -> Iterator[tuple[int, int]]:
    """Entries that agree, each with the first before it that gives the same reason or none (any, if it gives none)."""
    seen: dict[str, int] = {}
    for entry in group:
        reason = record_of(inputs, entry).cell("reason").strip()
        other = seen.get(reason, seen.get("")) if reason else next(iter(seen.values()), None)
        if other is not None:
            yield entry, other
        seen.setdefault(reason, entry)


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
