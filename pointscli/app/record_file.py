"""`record --from`: all events of a file, or none of them; what the log has already is left out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pointscli.app.inputs import Inputs, join_inputs
from pointscli.app.member_log import MemberTables
from pointscli.app.record import Desk, Draft, Recorded, describe, draft_rows, find_again, make_folder, make_ids
from pointscli.app.record_rows import with_id
from pointscli.app.record_target import choose_target
from pointscli.inputs.headers import EVENTS, REVIEWS
from pointscli.inputs.quick import restricted
from pointscli.inputs.rows_out import render_rows
from pointscli.inputs.table import RawTable, read_table
from pointscli.journal.append import seen
from pointscli.journal.audit import Act, Write, append_audited, next_number
from pointscli.journal.workspace_lock import locked
from pointscli.model.log import DAY_PLACES
from pointscli.model.problem import FindingsError, Problem, Severity

_TEXTS = ("reason", "evidence", "stage", "matter", "by")


@dataclass(frozen=True, slots=True)
class Done:
    """What became of the rows of a file."""

    recorded: list[Recorded]
    skipped: list[str]
    """Ids that the log has already, with the same content."""


def draft_file(desk: Desk, source: Path) -> Draft:
    """The events of a file; FindingsError with everything that is wrong with them."""
    table, problems = read_table(source, desk.workspace.shown(source), EVENTS)
    if table is None or any(problem.severity is Severity.ERROR for problem in problems):
        found = draft_findings(desk, table) if table else []
        raise FindingsError([*problems, *found])
    draft = draft_rows(desk, table, [])
    return Draft(draft.table, draft.inputs, (*problems, *draft.warnings))


def draft_findings(desk: Desk, table: RawTable) -> list[Problem]:
    """What is wrong with the rows that could be read of a file that has other errors."""
    try:
        return list(draft_rows(desk, table, []).warnings)
    except FindingsError as error:
        return error.problems


def write_file(desk: Desk, draft: Draft, act: Act, to: Path | None, *, again: bool, dry_run: bool) -> Done:
    """Append the events that are not in the log yet, under the lock, all in one entry of the audit file."""
    root = desk.workspace.root
    with locked(root, act):
        current = desk.look_again()
        log = _whole_log(current)
        ids = [draft.inputs.events.records[row].cell("id").strip() for row in range(len(draft.table.rows))]
        skipped, fresh = _sort(current, draft, log.tables, ids)
        if not fresh:
            return Done([], skipped)
        days = draft.days()
        made = make_ids([days[row] for row in fresh], next_number(root), log)
        table = with_id(restricted(draft.table, fresh), made)
        if not again and (found := find_again(current, table, log.tables)):
            raise FindingsError(found)
        place = table.columns.index("id")
        targets = [choose_target(current.workspace, days[row], to) for row in fresh]
        recorded = [
            describe(desk, draft, row, cells[place], current.workspace.shown(target))
            for row, cells, target in zip(fresh, table.rows, targets, strict=True)
        ]
        if not dry_run:
            _append(current, act, table, targets)
    return Done(recorded, skipped)


def _append(desk: Desk, act: Act, table: RawTable, targets: list[Path]) -> None:
    """Each file once, its rows in the order of the source."""
    workspace = desk.workspace
    rows = [{c: cell for c, cell in zip(table.columns, row, strict=True) if cell.strip()} for row in table.rows]
    files = list(dict.fromkeys(targets))
    before = [seen(path) for path in files]
    writes = []
    for path in files:
        mine = [row for row, target in zip(rows, targets, strict=True) if target == path]
        head, data = render_rows(path, EVENTS, mine, workspace.language, shown=workspace.shown(path))
        writes.append(Write(path, head, data))
    for path in files:
        make_folder(path)
    append_audited(workspace.root, act, writes, before)


def _whole_log(desk: Desk) -> MemberTables:
    """The whole log: rows of many members are looked for."""
    found = MemberTables()
    for path in desk.workspace.events:
        table, problems = read_table(path, desk.workspace.shown(path), EVENTS)
        found.problems += problems
        if table is None:
            errors = [problem for problem in problems if problem.severity is Severity.ERROR]
            raise FindingsError(errors)
        found.tables.append(table)
        if (place := table.index("id")) is not None:
            found.ids.update(row[place].strip() for row in table.rows)
    return found


def _sort(desk: Desk, draft: Draft, log: list[RawTable], ids: list[str]) -> tuple[list[str], list[int]]:
    """Ids that the log has with the same content, and rows that it lacks; FindingsError where contents differ."""
    there = join_inputs(desk.schemes, desk.roster, {EVENTS.name: log, REVIEWS.name: []}, [])
    wanted = {event_id for event_id in ids if event_id in there.events.ids}
    old, new = _contents(there, wanted), _contents(draft.inputs, wanted)
    problems, skipped, fresh = [], [], []
    for row, event_id in enumerate(ids):
        if event_id not in wanted:
            fresh.append(row)
        elif old.get(event_id) == new[event_id]:
            skipped.append(event_id)
        else:
            problems.append(_other_content(draft, row, event_id, there))
    if problems:
        raise FindingsError(problems)
    return skipped, fresh


def _contents(inputs: Inputs, wanted: set[str]) -> dict[str, set[object]]:
    """What events say, by id, whatever words they use for it."""
    events, levels = inputs.events, list(inputs.words.levels)
    entries = events.entries
    found: dict[str, set[object]] = {}
    for entry, number in enumerate(entries.record):
        record = events.records[number]
        event_id = record.cell("id").strip()
        if event_id in wanted:
            level, day = entries.level[entry], entries.place[entry] // DAY_PLACES
            said = (entries.member[entry], entries.node[entry], day, entries.quantity[entry], entries.points[entry])
            texts = tuple(record.cell(name).strip() for name in _TEXTS)
            found.setdefault(event_id, set()).add((said, None if level is None else levels[level], texts))
    return found


def _other_content(draft: Draft, row: int, event_id: str, there: Inputs) -> Problem:
    number = there.events.ids[event_id]
    first = there.events.records[number].where if number >= 0 else "-"
    return Problem(
        "duplicate-event-id",
        draft.table.place(row, "id"),
        "event id {value} is in the log already, with other content",
        "see {first}; give this event an id of its own",
        (("value", event_id), ("first", first)),
    )
