"""The review log: decisions about events, and about nominations (`OUTCOME/PERIOD/MEMBER`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pointscli.inputs.events import REFUSED, EventRows, find_stage
from pointscli.inputs.log_rows import Bad, Cells
from pointscli.inputs.table import RawTable
from pointscli.inputs.vocabulary import Vocabulary
from pointscli.model.log import Decisions, NominationDecision
from pointscli.model.names import item_key
from pointscli.model.problem import Place, Problem
from pointscli.model.units import POINT_PER_FILE_UNIT

COLUMNS = ("date", "event", "decision", "stage", "quantity", "level", "points")
DECISIONS = {
    "approve": "approve",
    "同意": "approve",
    "reject": "reject",
    "驳回": "reject",
    "amend": "amend",
    "更正": "amend",
    "object": "object",
    "异议": "object",
    "dismiss": "dismiss",
    "维持": "dismiss",
}
NOMINATION_PARTS = 3


@dataclass(slots=True)
class ReviewRows:
    """What reading found."""

    decisions: Decisions = field(default_factory=Decisions)
    nominations: list[NominationDecision] = field(default_factory=list)
    nomination_rows: list[tuple[RawTable, int]] = field(default_factory=list)
    amended: dict[tuple[int, str], tuple[Place, str]] = field(default_factory=dict)
    """(record, column) → where the value that holds now was written, and its text."""
    rows: list[tuple[RawTable, int]] = field(default_factory=list)
    """Every row read, by its number (`Decisions.seq`)."""
    problems: list[Problem] = field(default_factory=list)
    refused: int = 0
    read: int = 0


class ReviewReader:
    """Reads tables in order; later rows are later decisions."""

    def __init__(self, words: Vocabulary, events: EventRows, *, complete: bool = True) -> None:
        """Start with nothing read; `complete`: every event file could be read, so an unknown event is a mistake."""
        self.words, self.events, self.complete = words, events, complete
        self.found = ReviewRows()

    def read(self, table: RawTable) -> None:
        """Read a table; a row with any finding is refused whole."""
        cells = Cells(table, COLUMNS)
        for number, row in enumerate(table.rows):
            self.found.rows.append((table, number))
            problems = self._row(table, number, cells.of(row))
            self.found.problems += problems
            self.found.refused += bool(problems)
            self.found.read += 1

    def _row(self, table: RawTable, number: int, cells: Sequence[str]) -> list[Problem]:
        words = self.words
        day = words.day[cells[0]]
        decision = DECISIONS.get(item_key(cells[2]).lower())
        quantity = words.number[cells[4]] if cells[4] else None
        points = words.number[cells[6]] if cells[6] else None
        bad = [
            (why, column)
            for why, column in ((day, "date"), (quantity, "quantity"), (points, "points"))
            if isinstance(why, Bad)
        ]
        if decision is None:
            bad.append((_unknown_decision(cells[2]), "decision"))
        event = cells[1].strip()
        if not bad and decision and isinstance(day, int):
            if "/" in event and event not in self.events.ids and event not in self.events.unnamed:
                bad += self._nominate(table, number, event, (day, decision, cells[3]))
            else:
                amended = (
                    quantity if isinstance(quantity, int) else None,
                    words.level[cells[5]],
                    points * POINT_PER_FILE_UNIT if isinstance(points, int) else None,
                )
                bad += self._decide(event, day, decision, cells[3], amended)
                if decision == "amend" and not bad:
                    self._note_amended(table, number, event, cells)
        return [why.at(table, number, column) for why, column in bad]

    def _decide(
        self, event: str, day: int, decision: str, stage_text: str, amended: tuple[int | None, int | None, int | None]
    ) -> list[tuple[Bad, str]]:
        record = self.events.ids.get(event)
        if record is None:
            if not self.complete and event not in self.events.unnamed:
                # It may stand in the file that could not be read.
                return []
            return [(_unknown_event(event, unnamed=event in self.events.unnamed), "event")]
        if record == REFUSED:
            return []
        first = self.events.first_entry[record]
        entries, found = self.events.entries, self.found.decisions
        entry = first
        while entry < len(entries) and entries.record[entry] == record:
            stage = self._stage(entry, decision, stage_text)
            if isinstance(stage, Bad):
                return [(stage, "stage")]
            found.entry.append(entry)
            found.seq.append(self.found.read)
            found.day.append(day)
            found.decision.append(decision)
            found.stage.append(stage)
            found.quantity.append(amended[0])
            found.level.append(amended[1])
            found.points.append(amended[2])
            entry += 1
        return []

    def _note_amended(self, table: RawTable, number: int, event: str, cells: Sequence[str]) -> None:
        record = self.events.ids.get(event)
        if record is None:
            return  # it may stand in a file that could not be read
        for column, text in zip(("quantity", "level", "points"), cells[4:], strict=True):
            if text:
                self.found.amended[record, column] = (table.place(number, column), text)

    def _stage(self, entry: int, decision: str, text: str) -> int | Bad | None:
        """The stage that an approval names; None: the next one."""
        if decision != "approve" or not text:
            return None
        version = self.words.index.versions[self.events.items[entry].version]
        stage = find_stage(version, text)
        if stage is None:
            return Bad(
                "unknown-stage",
                "scheme {scheme} has no stage {value}",
                "it has no review: leave the stage empty",
                (("scheme", version.scheme), ("value", text)),
            )
        return stage

    def _nominate(self, table: RawTable, number: int, event: str, rest: tuple[int, str, str]) -> list[tuple[Bad, str]]:
        parts = event.split("/")
        if len(parts) != NOMINATION_PARTS:
            return [(_unknown_event(event, unnamed=False), "event")]
        scheme, _, outcome = parts[0].rpartition(":")
        self.found.nominations.append(NominationDecision(scheme, outcome, parts[1], parts[2], *rest))
        self.found.nomination_rows.append((table, number))
        return []


def _unknown_decision(text: str) -> Bad:
    return Bad(
        "unknown-decision",
        "{value} is not a decision",
        "write approve, reject, amend, object or dismiss (同意 驳回 更正 异议 维持)",
        (("value", text),),
    )


def _unknown_event(event: str, *, unnamed: bool) -> Bad:
    if unnamed:
        return Bad(
            "event-without-id",
            "event {value} has no id of its own",
            "give the event an id in the event log, and name that id here",
            (("value", event),),
        )
    return Bad(
        "unknown-event",
        "no event has the id {value}",
        "write the id of an event, or OUTCOME/PERIOD/MEMBER for a nomination",
        (("value", event),),
    )
