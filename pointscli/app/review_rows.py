"""Rows of the review log: who decided a row and why, and rows that are not written yet read as they will be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import NamedTuple

from pointscli.app.faults import explain_faults
from pointscli.app.inputs import Inputs, read_leniently
from pointscli.app.membership import join_roster
from pointscli.app.workspace import Workspace
from pointscli.engine.run import Computation
from pointscli.inputs.headers import REVIEWS
from pointscli.inputs.log_rows import Record
from pointscli.inputs.reviews import ReviewReader, ReviewRows
from pointscli.inputs.table import RawTable
from pointscli.model.log import Decisions, Entries, EventLog
from pointscli.model.period import Period
from pointscli.model.problem import Place, Problem
from pointscli.scheme.plan import Question, compile_plan

COLUMNS = tuple(column.id for column in REVIEWS.columns)


class Decided(NamedTuple):
    """Who decided a row, and why."""

    by: str
    reason: str


class DecidedRows:
    """Cells of rows of the review log; the files are read again when the first row is asked for."""

    def __init__(self, inputs: Inputs, workspace: Workspace) -> None:
        """Nothing is read yet."""
        self._inputs, self._workspace = inputs, workspace
        self._tables: list[RawTable] | None = None

    def about_event(self, number: int) -> Decided:
        """The row with a number, counted through all files."""
        if self._tables is None:
            shown = self._workspace.shown
            read = (read_leniently(path, shown(path), REVIEWS)[0] for path in self._workspace.reviews)
            self._tables = [table for table in read if table is not None]
        for table in self._tables:
            if number < len(table.rows):
                return _decided(table, number)
            number -= len(table.rows)
        return Decided("", "")

    def about_nomination(self, number: int) -> Decided:
        """The row of a decision about a nomination."""
        return _decided(*self._inputs.reviews.nomination_rows[number])


def _decided(table: RawTable, row: int) -> Decided:
    record = Record(table, row)
    return Decided(record.cell("by").strip(), record.cell("reason").strip())


@dataclass(frozen=True, slots=True)
class _Nowhere:
    """Places of rows that no file has yet."""

    def place(self, line: int, field: int) -> Place:  # noqa: ARG002  (the form of `Positions`)
        return Place(REVIEWS.name)

    def record(self, line: int) -> Place:  # noqa: ARG002  (the same)
        return Place(REVIEWS.name)


def read_rows(inputs: Inputs, rows: Sequence[Mapping[str, str]]) -> ReviewRows:
    """Rows by column id, read as they will be read from the file."""
    table = RawTable(
        path=REVIEWS.name,
        sheet="",
        encoding="utf-8",
        columns=COLUMNS,
        rows=[[row.get(column, "") for column in COLUMNS] for row in rows],
        lines=range(len(rows)),
        header_line=0,
        read=len(rows),
        blank=0,
        excluded=0,
        rejected=0,
        positions=_Nowhere(),
    )
    reader = ReviewReader(inputs.words, inputs.events)
    reader.read(table)
    return reader.found


def unpriced(inputs: Inputs, found: ReviewRows) -> dict[int, list[Problem]]:
    """Record → why it could not be priced once these decisions are made; only events that they speak of are priced."""
    wanted = sorted(set(found.decisions.entry))
    if not wanted:
        return {}
    numbers = {entry: number for number, entry in enumerate(wanted)}
    entries = Entries(**{f.name: [getattr(inputs.events.entries, f.name)[e] for e in wanted] for f in fields(Entries)})
    decisions = _joined(inputs.reviews, found, numbers)
    log = EventLog(entries, tuple(inputs.words.levels), decisions, ())
    scheme = inputs.schemes[0]
    period = Period.containing(scheme.settle, scheme.effective_from)
    plan = compile_plan(inputs.schemes, Question(scheme.id, period, period.end))
    faults = Computation(plan, join_roster(inputs.roster, plan), log).faults()
    amended = replace(inputs.reviews, amended=inputs.reviews.amended | found.amended)
    told: dict[int, list[Problem]] = {}
    for fault, problem in zip(faults, explain_faults(faults, replace(inputs, reviews=amended)), strict=True):
        told.setdefault(fault.record, []).append(problem)
    return told


def _joined(log: ReviewRows, found: ReviewRows, numbers: Mapping[int, int]) -> Decisions:
    """The decisions about some entries, the new ones after the old ones, with the entries numbered anew."""
    joined = Decisions()
    for offset, decisions in ((0, log.decisions), (log.read, found.decisions)):
        for row, entry in enumerate(decisions.entry):
            if entry in numbers:
                joined.entry.append(numbers[entry])
                joined.seq.append(decisions.seq[row] + offset)
                for name in ("day", "decision", "stage", "quantity", "level", "points"):
                    getattr(joined, name).append(getattr(decisions, name)[row])
    return joined


def iso(day: int) -> str:
    """A day ordinal as it is written."""
    return date.fromordinal(day).isoformat()
