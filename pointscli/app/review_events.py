"""Events as subjects of decisions."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from pointscli.app.inputs import Inputs
from pointscli.app.review_moves import Refusal
from pointscli.app.review_states import State, event_states, fresh_state
from pointscli.app.review_subjects import Subject
from pointscli.inputs.events import REFUSED
from pointscli.model.log import DAY_PLACES
from pointscli.scheme.types import walk

MOST_NAMES = 20_000
"""In a longer log, looking for similar ids takes too long."""
_CELLS = ("quantity", "level", "points", "reason", "evidence", "by")


class EventSubjects:
    """Finds events by id, and those that wait."""

    def __init__(self, inputs: Inputs) -> None:
        """Replay every decision."""
        self._inputs = inputs
        self._states = event_states(inputs, inputs.reviews.decisions)
        self._counts_from: dict[int, dict[str, int]] = {}

    def knows(self, text: str) -> bool:
        """Whether a text names an event, rather than a nomination."""
        rows = self._inputs.events
        return "/" not in text or text in rows.ids or text in rows.unnamed

    def find(self, text: str) -> list[Subject] | Refusal:
        """An event: one subject for each scheme that scores its members."""
        rows = self._inputs.events
        record = rows.ids.get(text)
        if record is None and text in rows.unnamed:
            hint = "give it an id in the event log first; decisions name that id"
            return Refusal("event {event} has no id of its own", hint, {"event": text})
        if record is None:
            near = get_close_matches(text, rows.ids, 3, 0.6) if len(rows.ids) <= MOST_NAMES else []
            hint = "did you mean {near}?" if near else "see points review --list"
            return Refusal("no event has the id {event}", hint, {"event": text, "near": ", ".join(near)})
        if record == REFUSED:
            hint = "points check says what it is; mend it first"
            return Refusal("the row of event {event} has an error and is not read", hint, {"event": text})
        return list(self._subjects(record))

    def waiting(self) -> Iterator[Subject]:
        """Events that an approval is to come for, in the order of the log."""
        yield from (subject for subject in self._all() if subject.waits)

    def objected(self) -> Iterator[Subject]:
        """Events under an open objection."""
        records = self._inputs.events.entries.record
        found = {records[entry] for entry, state in self._states.items() if state.objected is not None}
        for record in sorted(found):
            yield from (subject for subject in self._subjects(record) if subject.state.objected is not None)

    def _all(self) -> Iterator[Subject]:
        """Every event that may wait: those of schemes with a review that are not at its last stage."""
        rows, versions = self._inputs.events, self._inputs.index.versions
        for record, first in enumerate(rows.first_entry):
            several = rows.entries.named[first] > 1
            state = self._states.get(first)
            stage = state.stage if state else rows.entries.stage[first]
            last = len(versions[rows.items[first].version].stage_ids) - 1
            if several or (stage is not None and stage < last and not (state and state.rejected is not None)):
                yield from self._subjects(record)

    def _subjects(self, record: int) -> Iterator[Subject]:
        rows = self._inputs.events
        entry, by_version = rows.first_entry[record], dict[int, list[int]]()
        while entry < len(rows.entries) and rows.entries.record[entry] == record:
            by_version.setdefault(rows.items[entry].version, []).append(entry)
            entry += 1
        for version, entries in by_version.items():
            yield self._subject(record, version, entries)

    def _subject(self, record: int, version: int, entries: list[int]) -> Subject:
        inputs = self._inputs
        rows, scheme, row = inputs.events, inputs.schemes[version], inputs.events.records[record]
        first, item = entries[0], inputs.events.items[entries[0]]
        members = tuple(rows.entries.member[entry] for entry in entries)
        amended = inputs.reviews.amended
        cells = {name: row.cell(name).strip() for name in _CELLS}
        cells |= {name: amended[record, name][1] for name in _CELLS[:3] if (record, name) in amended}
        return Subject(
            id=row.cell("id").strip() or row.where,
            scheme=scheme.id,
            members=members,
            names=tuple(inputs.roster.members[member].name for member in members),
            what=item.title,
            day=rows.entries.place[first] // DAY_PLACES,
            stages=scheme.review.stages if scheme.review else (),
            counts_from=self._from(version, item.id),
            suspends=bool(scheme.review and scheme.review.suspends),
            state=self._state(first),
            entry=first,
            record=record,
            cells=cells,
        )

    def _state(self, entry: int) -> State:
        return self._states.get(entry) or fresh_state(self._inputs, entry)

    def _from(self, version: int, item: str) -> int:
        """The stage from which events of an item count: its own, or the review's."""
        scheme = self._inputs.schemes[version]
        if scheme.review is None:
            return 0
        ids = [stage for stage, _ in scheme.review.stages]
        if version not in self._counts_from:
            leaves = [node for node in walk(scheme.score) if node.counts_from]
            self._counts_from[version] = {node.id: ids.index(node.counts_from) for node in leaves if node.counts_from}
        return self._counts_from[version].get(item, ids.index(scheme.review.counts_from))
