"""`record`: new events, validated as `check` would, then appended under the workspace's lock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pointscli.app.choices import Choices
from pointscli.app.data_activity import find_inactive
from pointscli.app.data_log import find_duplicates, find_future
from pointscli.app.inputs import Inputs, join_inputs
from pointscli.app.member_log import MemberTables, member_tables
from pointscli.app.record_prices import find_price_faults
from pointscli.app.record_rows import Cells, option_table, resolve, with_id
from pointscli.app.record_target import choose_target
from pointscli.app.workspace import Sources, Workspace, find_workspace
from pointscli.inputs.headers import EVENTS, MEMBERS, REVIEWS
from pointscli.inputs.roster import Roster, read_roster
from pointscli.inputs.rows_out import render_rows
from pointscli.inputs.table import RawTable, read_table
from pointscli.journal.append import seen
from pointscli.journal.atomic import reason_of
from pointscli.journal.audit import Act, Write, append_audited, next_number
from pointscli.journal.workspace_lock import locked
from pointscli.model.log import DAY_PLACES
from pointscli.model.problem import FileError, FindingsError, Problem, Severity, UsageError
from pointscli.scheme.load import load_schemes
from pointscli.scheme.types import Scheme


@dataclass(frozen=True, slots=True)
class Desk:
    """What an event is recorded against: the rules and the roster of a workspace, without its log."""

    workspace: Workspace
    sources: Sources
    schemes: tuple[Scheme, ...]
    roster: Roster
    choices: Choices
    today: date

    def look_again(self) -> Desk:
        """The same with the files of the log that are there now."""
        workspace, _ = find_workspace(self.workspace.root, self.sources)
        return replace(self, workspace=workspace)


@dataclass(frozen=True, slots=True)
class Draft:
    """Events that have no errors of their own, before the log is looked at."""

    table: RawTable
    inputs: Inputs
    warnings: tuple[Problem, ...]

    @property
    def members(self) -> frozenset[int]:
        """All members that they name."""
        return frozenset(self.inputs.events.entries.member)

    def days(self) -> list[date]:
        """The day of each row."""
        entries = self.inputs.events.entries
        return [date.fromordinal(entries.place[entry] // DAY_PLACES) for entry in self.inputs.events.first_entry]


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event that is in the log now."""

    id: str
    file: str
    day: date
    members: tuple[str, ...]
    item: str


def open_desk(root: Path, sources: Sources, today: date) -> Desk:
    """Read rules and roster; FindingsError if they have errors, UsageError if there are none."""
    workspace, problems = find_workspace(root, sources)
    if not workspace.rules and problems:
        raise FindingsError(problems)
    if not workspace.rules:
        hint = "put one into rules/, or name one with --rules"
        raise UsageError("no rule file was found in {folder}", hint, folder=root)
    if not workspace.members and problems:
        raise FindingsError(problems)
    if not workspace.members:
        hint = "write members.csv, or name a file with --members"
        raise UsageError("no roster was found in {folder}", hint, folder=root)
    schemes, found = load_schemes(workspace.rules, workspace.root)
    problems += found
    tables = []
    for path in workspace.members:
        table, found = read_table(path, workspace.shown(path), MEMBERS)
        problems += found
        tables += [table] if table else []
    roster, found = read_roster(tables)
    problems += found
    if errors := _errors(problems):
        raise FindingsError(errors)
    return Desk(workspace, sources, tuple(schemes), roster, Choices(schemes, roster), today)


def draft_event(desk: Desk, members: Sequence[str], cells: Cells) -> Draft:
    """An event from options; FindingsError with everything that is wrong with it."""
    row, problems = resolve(desk.choices, members, cells)
    table, found = option_table(row)
    try:
        return draft_rows(desk, table, problems + found)
    except FindingsError as error:
        rest = _price_faults_behind(desk, row, error.problems)
        raise FindingsError([*error.problems, *rest]) from None


def _price_faults_behind(desk: Desk, row: Cells, problems: Sequence[Problem]) -> list[Problem]:
    """What is wrong with an event's price besides errors in other cells, with something right in their place."""
    places = {problem.place for problem in problems}
    wrong = {place.path.removeprefix("--") for place in places}
    if not row.get("item") or wrong & {"item", "scheme"} or not wrong & set(row):
        return []
    items = desk.choices.items(row["item"], None, row.get("scheme", ""))
    if len(items) != 1:
        return []
    right = {
        "member": desk.roster.members[0].id if desk.roster.members else "",
        "date": date.fromordinal(desk.choices.index.versions[items[0].version].start).isoformat(),
    }
    table, _ = option_table({**row, **{column: right.get(column, "") for column in wrong}, "evidence": "-"})
    inputs = join_inputs(desk.schemes, desk.roster, {EVENTS.name: [table], REVIEWS.name: []}, [])
    return [problem for problem in find_price_faults(inputs) if problem.place not in places]


def draft_rows(desk: Desk, table: RawTable, problems: Sequence[Problem]) -> Draft:
    """Rows of a table as new events; FindingsError with everything that is wrong with them."""
    inputs = join_inputs(desk.schemes, desk.roster, {EVENTS.name: [table], REVIEWS.name: []}, [])
    told = {problem.place for problem in problems}
    found = [*problems, *(problem for problem in inputs.problems if problem.place not in told)]
    found += find_price_faults(inputs)
    found += find_inactive(inputs, max([desk.today, *_days(inputs)]))
    found += find_future(inputs, desk.today)
    if _errors(found):
        raise FindingsError(list(dict.fromkeys(found)))
    return Draft(table, inputs, tuple(found))


def read_log(desk: Desk, draft: Draft) -> MemberTables:
    """The part of the log that the new events can be compared with."""
    return member_tables(desk.workspace, desk.roster, draft.members)


def write_event(desk: Desk, draft: Draft, act: Act, to: Path | None, *, again: bool, default_by: str) -> Recorded:
    """Append one event, under the lock; FindingsError if the log seems to have it already."""
    root = desk.workspace.root
    with locked(root, act):
        current = desk.look_again()
        workspace = current.workspace
        (day,) = draft.days()
        target = choose_target(workspace, day, to)
        before = seen(target)
        log = read_log(current, draft)
        event_id = make_ids([day], next_number(root), log)[0]
        table = with_id(draft.table, [event_id])
        if not again and (found := find_again(current, table, log.tables)):
            raise FindingsError(found)
        row = _cells(table, 0) | _default_by(workspace, target, log.tables, default_by, table)
        head, data = render_rows(target, EVENTS, [row], workspace.language, shown=workspace.shown(target))
        make_folder(target)
        append_audited(root, act, [Write(target, head, data)], [before])
    return describe(desk, draft, 0, event_id, workspace.shown(target))


def make_ids(days: Sequence[date], number: int, log: MemberTables) -> list[str]:
    """Ids that the log does not have: the day, the number of the audit file's next entry, and which one of several."""
    while True:
        ends = [f"-{place}" for place in range(1, len(days) + 1)] if len(days) > 1 else [""]
        ids = [f"R{day:%Y%m%d}-{number:04d}{end}" for day, end in zip(days, ends, strict=True)]
        if not any(map(log.holds, ids)):
            return ids
        number += 1


def find_again(desk: Desk, table: RawTable, log: Iterable[RawTable]) -> list[Problem]:
    """New events that look like one of the log, or like each other."""
    inputs = join_inputs(desk.schemes, desk.roster, {EVENTS.name: [*log, table], REVIEWS.name: []}, [])
    mine = {table.place(row, "item") for row in range(len(table.rows))}
    message = "this looks like {first} ({where}) again: {item} of {member}, same date and amount"
    hint = "if both happened, give each its own reason, or record it with --again"
    return [
        replace(problem, severity=Severity.ERROR, message=message, hint=hint)
        for problem in find_duplicates(inputs, table)
        if problem.place in mine
    ]


def describe(desk: Desk, draft: Draft, row: int, event_id: str, file: str) -> Recorded:
    """What was recorded, for a sentence."""
    events = draft.inputs.events
    entries = [entry for entry, record in enumerate(events.entries.record) if record == row]
    return Recorded(
        id=event_id,
        file=file,
        day=draft.days()[row],
        members=tuple(desk.roster.title(events.entries.member[entry]) for entry in entries),
        item=events.items[entries[0]].title,
    )


def make_folder(target: Path) -> None:
    """The folder of a new file; FileError if it cannot be made."""
    try:
        target.parent.mkdir(exist_ok=True)
    except OSError as error:
        reason, hint, args = reason_of(error)
        raise FileError(target.parent.as_posix(), reason, hint, **args) from error


def _cells(table: RawTable, row: int) -> dict[str, str]:
    return {column: cell for column, cell in zip(table.columns, table.rows[row], strict=True) if cell.strip()}


def _default_by(
    workspace: Workspace, target: Path, log: Iterable[RawTable], name: str, table: RawTable
) -> dict[str, str]:
    """Who records it, unless that is said already or the file has no column for it."""
    columns = next((one.columns for one in log if one.path == workspace.shown(target)), ("by",))
    place = table.index("by")
    given = place is not None and table.rows[0][place].strip()
    return {"by": name} if name and not given and "by" in columns else {}


def _days(inputs: Inputs) -> list[date]:
    return [date.fromordinal(place // DAY_PLACES) for place in inputs.events.entries.place]


def _errors(problems: Iterable[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.severity is Severity.ERROR]
