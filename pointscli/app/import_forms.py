"""Declaration forms and the office's own sheets into the event log: read, judged as the log is, and told row by row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pointscli.app.check_prices import find_faults
from pointscli.app.data_checks import check_data
from pointscli.app.import_keys import Ids, Read, content_key, file_number, read_records
from pointscli.app.import_prices import settle_declared
from pointscli.app.import_settings import ImportSettings, read_import_settings
from pointscli.app.inputs import Inputs, join_inputs, read_inputs
from pointscli.app.workspace import Sources, Workspace, find_workspace
from pointscli.inputs.events import REFUSED
from pointscli.inputs.form import Filling, Form, item_words, read_form
from pointscli.inputs.form_layout import FEWEST
from pointscli.inputs.form_rows import Pile
from pointscli.inputs.form_sheets import FormOptions
from pointscli.inputs.form_words import Headings
from pointscli.inputs.headers import EVENTS, MEMBERS, REVIEWS
from pointscli.inputs.log_rows import Bad
from pointscli.inputs.table import RawTable
from pointscli.model.log import DAY_PLACES
from pointscli.model.names import item_key
from pointscli.model.problem import FindingsError, Problem, Refused, Related, Severity, UsageError
from pointscli.model.units import QUANTITY

THERE = "there"
"""The pile of rows that the log has already."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be imported, and how."""

    files: tuple[Path, ...]
    today: date
    by: str = ""
    sheet: str | None = None
    mapping: ImportSettings = field(default_factory=ImportSettings)
    values: Mapping[str, str] = field(default_factory=dict)
    """Column of the log → what holds where a form says nothing."""
    fill_merged: bool = False


@dataclass(frozen=True, slots=True)
class NewEvent:
    """A row to be added: its cells as the log gets them."""

    day: date
    members: str
    """The members with their names, for people."""
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a file's rows: lines by pile; the piles add up to the rows read."""

    shown: str
    form: Form
    piles: Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Imported:
    """What would be added, and what is to be said beside it."""

    workspace: Workspace
    events: tuple[NewEvent, ...]
    told: tuple[Told, ...]
    warnings: tuple[Problem, ...]


def plan_import(root: Path, sources: Sources, asked: Asked) -> Imported:
    """Read forms and find what the log does not have yet.

    Raises:
        FindingsError: Something is wrong in a form, or in the files that it is judged by; all findings at once.
    """
    workspace, problems = find_workspace(root, sources)
    if problems:
        raise FindingsError(problems)
    _require(workspace, asked.files)
    log = read_inputs(workspace)
    if not log.whole:
        raise FindingsError(log.errors)
    mapping = read_import_settings(root).with_more(asked.mapping)
    forms, problems = _read_forms(asked, mapping, root, log)
    found, problems = _judge(forms, log, problems, asked.today)
    added = _Added(log, found, asked.by)
    for form in forms:
        added.take(form)
    problems += added.problems
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise FindingsError(problems)
    return Imported(workspace, tuple(added.events), tuple(added.told), tuple(problems))


def _require(workspace: Workspace, files: Sequence[Path]) -> None:
    if not workspace.rules:
        message, hint = "no rule file was found in {folder}", "put one into rules/, or name one with --rules"
        raise UsageError(message, hint, folder=workspace.root)
    if not workspace.members:
        message, hint = "no roster was found in {folder}", "write members.csv, or name a file with --members"
        raise UsageError(message, hint, folder=workspace.root)
    for path in files:
        if path.exists() and any(path.samefile(one) for one in workspace.events if one.exists()):
            message, hint = (
                "{path} is a file of the event log itself",
                "move a form out of events/ before it is imported",
            )
            raise Refused(message, hint, path=path.as_posix())


def _read_forms(asked: Asked, mapping: ImportSettings, root: Path, log: Inputs) -> tuple[list[Form], list[Problem]]:
    fewest = 1 if asked.values else FEWEST  # a list of those present names nothing but its members
    options = FormOptions(Headings(mapping.columns), asked.sheet, asked.fill_merged, fewest)
    filling = Filling(asked.values, item_words(mapping.items), log.index.names.keys())
    forms, problems = [], []
    for path in dict.fromkeys(asked.files):
        form, found = read_form(path, _shown(path, root), options, filling)
        problems += found
        if form is not None:
            forms.append(form)
    return forms, problems


def _shown(path: Path, root: Path) -> str:
    """A form as the user named it; in full if the workspace has another file of that name."""
    other = root / path
    is_other = not path.is_absolute() and other.exists() and not (path.exists() and path.samefile(other))
    return (path.absolute() if is_other else path).as_posix()


def _judge(
    forms: Sequence[Form], log: Inputs, problems: Sequence[Problem], today: date
) -> tuple[Inputs, list[Problem]]:
    """The forms' rows as the log's rows are judged: every cell, then prices, then what only looks odd."""
    tables = [form.table for form in forms]
    first = _join(tables, log)
    found = list(problems)
    found += settle_declared(first, {form.table.path: _points_title(form) for form in forms})
    inputs = _join(tables, log)
    found += inputs.problems
    if len(inputs.events.entries):
        found += find_faults(inputs)
        own = tuple(form.table.path for form in forms)
        prefixes = tuple(f"{path}!" for path in own)
        found += [
            one for one in check_data(inputs, today) if one.place.path in own or one.place.path.startswith(prefixes)
        ]
    return inputs, list(dict.fromkeys(found))


def _join(tables: Sequence[RawTable], log: Inputs) -> Inputs:
    return join_inputs(log.schemes, log.roster, {MEMBERS.name: [], EVENTS.name: list(tables), REVIEWS.name: []}, ())


def _points_title(form: Form) -> str:
    return next((title for title, name in form.columns if name in ("points", "plus", "minus")), "points")


class _Added:
    """Goes through the rows of the forms in order: added, or there already."""

    def __init__(self, log: Inputs, found: Inputs, by: str) -> None:
        self.log, self.found, self.by = log, found, by
        self.events: list[NewEvent] = []
        self.told: list[Told] = []
        self.problems: list[Problem] = []
        self._taken: set[str] = set()
        self._alike = _alike(log, found)
        self._by_table: dict[int, list[Read]] = {}
        for read in read_records(found, range(len(found.events.records))):
            self._by_table.setdefault(id(read.record.table), []).append(read)

    def take(self, form: Form) -> None:
        """Sort a form's records."""
        ids, there, new = Ids(), [], []
        for read in self._by_table.get(id(form.table), ()):
            line = form.table.lines[read.record.row]
            key = content_key(self.found, read)
            given = read.record.cell("id").strip()
            event_id = given or ids.give(key)
            known = self.log.events.ids.get(event_id)
            if event_id in self._taken or (known is not None and not given):
                there.append(line)
            elif known is not None:
                self._compare(read, key, known, there, line)
            else:
                new.append(line)
                self._add(read, event_id)
        piles = {str(pile): lines for pile, lines in form.piles.items() if pile is not Pile.RECORD}
        piles = {str(Pile.RECORD): tuple(new), THERE: tuple(there), **piles}
        self.told.append(Told(form.table.path, form, piles))

    def _compare(self, read: Read, key: str, known: int, there: list[int], line: int) -> None:
        """A row whose own id is in the log: there already if it says the same, an error if not."""
        if known != REFUSED:
            other = next(read_records(self.log, [known]))
            if content_key(self.log, other) == key:
                there.append(line)
                return
        first = "-" if known == REFUSED else self.log.events.records[known].where
        why = Bad(
            "duplicate-event-id",
            "event id {value} is in the log already, with other content",
            "see {first}; give this event an id of its own",
            (("value", read.record.cell("id").strip()), ("first", first)),
        )
        self.problems.append(why.at(read.record.table, read.record.row, "id"))

    def _add(self, read: Read, event_id: str) -> None:
        self._taken.add(event_id)
        self._warn(read, event_id)
        record, roster = read.record, self.found.roster
        cells = {
            "id": event_id,
            "date": read.day.isoformat(),
            "member": ";".join(roster.members[member].id for member in read.members),
            "item": self._item(read),
            "quantity": "" if read.quantity == QUANTITY else file_number(read.quantity),
            "level": read.level,
            "points": "" if read.points is None else file_number(read.points),
            **{name: record.cell(name).strip() for name in ("matter", "reason", "evidence")},
            "by": record.cell("by").strip() or self.by,
            **{name: record.cell(name).strip() for name in ("stage", "scheme")},
        }
        self.events.append(NewEvent(read.day, "; ".join(roster.title(member) for member in read.members), cells))

    def _item(self, read: Read) -> str:
        """The item's title, if it means exactly what the form's own word means."""
        names, word = self.found.index.names, read.record.cell("item").strip()
        return read.title if names.get(item_key(read.title)) == names.get(item_key(word)) else word

    def _warn(self, read: Read, event_id: str) -> None:
        """Say that the log has an event of the member on that day with that item and amount."""
        for member in read.members:
            number = self._alike.get((member, read.node, read.day.toordinal(), read.quantity))
            if number is not None:
                self.problems.append(self._suspected(read, event_id, member, number))
                return

    def _suspected(self, read: Read, event_id: str, member: int, number: int) -> Problem:
        other = self.log.events.records[number]
        args = (
            ("event", event_id),
            ("first", other.cell("id").strip() or other.where),
            ("where", other.where),
            ("member", self.found.roster.title(member)),
            ("item", read.title),
        )
        return Problem(
            "suspected-duplicate",
            read.record.table.place(read.record.row, "item"),
            "event {event} looks like {first} ({where}) again: {item} of {member}, same date and amount",
            "if it is the same, delete the row from the log again; if both happened, all is well",
            args,
            Severity.WARNING,
            related=(Related(other.table.place(other.row, "item"), "the first one"),),
        )


def _alike(log: Inputs, found: Inputs) -> dict[tuple[int, int, int, int], int]:
    """The log's records by member, item, day and quantity, as far as the forms have the same."""
    wanted = set(_keys(found))
    entries = log.events.entries
    return {key: entries.record[entry] for entry, key in enumerate(_keys(log)) if key in wanted}


def _keys(inputs: Inputs) -> Iterable[tuple[int, int, int, int]]:
    entries = inputs.events.entries
    days = (place // DAY_PLACES for place in entries.place)
    return zip(entries.member, entries.node, days, entries.quantity, strict=True)
