"""The part of the event log that may be about some members: exact, and quick on a log of a million events."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from pointscli.app.inputs import Inputs, join_inputs
from pointscli.app.workspace import Workspace
from pointscli.inputs.contents import SUFFIXES
from pointscli.inputs.headers import EVENTS, REVIEWS
from pointscli.inputs.quick import Naming, read_quickly
from pointscli.inputs.roster import Roster
from pointscli.inputs.table import RawTable, read_table
from pointscli.model.problem import FileError, Problem
from pointscli.scheme.types import Scheme

_WIDE = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


@dataclass(slots=True)
class MemberTables:
    """The rows of the event log that name some members, with their line numbers."""

    tables: list[RawTable] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    """What is wrong with the files, as far as they were looked at."""
    whole: bool = True
    """Whether every file could be used."""
    texts: list[bytes] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    """Ids of files that are not text."""

    def holds(self, event_id: str) -> bool:
        """Whether an id of ASCII characters may be in use anywhere in the log."""
        return event_id in self.ids or any(_encoded(event_id, text) in text for text in self.texts)


def member_tables(workspace: Workspace, roster: Roster, members: Collection[int]) -> MemberTables:
    """Read the event log as far as it names the members (their numbers in the roster); FileError as for the whole."""
    naming = Naming(_words(roster, members))
    found = MemberTables()
    for path in workspace.events:
        table, problems = _read(path, workspace.shown(path), naming, found)
        found.problems += problems
        found.whole &= table is not None
        if table is not None:
            found.tables.append(table)
    return found


def member_inputs(
    workspace: Workspace, schemes: tuple[Scheme, ...], roster: Roster, log: MemberTables, *more: RawTable
) -> Inputs:
    """Everything that a computation about these members needs; `more` are rows that are not in the log yet."""
    tables = {EVENTS.name: [*log.tables, *more], REVIEWS.name: list[RawTable]()}
    problems = list(log.problems)
    for path in workspace.reviews:
        table, wrong = read_table(path, workspace.shown(path), REVIEWS)
        problems += wrong
        if table is not None:
            tables[REVIEWS.name].append(table)
    # Decisions about events of other members are no mistake: the log is not read as a whole.
    return join_inputs(schemes, roster, tables, problems, whole=False)


def _encoded(event_id: str, text: bytes) -> bytes:
    """An id as a file has it: all encodings but UTF-16 keep ASCII as it is."""
    return event_id.encode(_WIDE.get(text[:2], "ascii"))


def _words(roster: Roster, members: Collection[int]) -> set[str]:
    """Everything by which a cell may name the members: their ids, and their names in every spell."""
    ids = {roster.members[member].id for member in members}
    names = {spell.cells.get("name", "") for spell in roster.spells if spell.member in members}
    return {word for word in ids | names if word}


def _read(path: Path, shown: str, naming: Naming, found: MemberTables) -> tuple[RawTable | None, list[Problem]]:
    if SUFFIXES.get(path.suffix.lower()) == "csv":
        data = _bytes(path, shown)
        found.texts.append(data)
        if quick := read_quickly(path, shown, data, EVENTS, naming):
            table, problems = quick
            return table and naming.rows(table, "member"), problems
    table, problems = read_table(path, shown, EVENTS)
    if table is None:
        return None, problems
    if (place := table.index("id")) is not None:
        found.ids.update(row[place].strip() for row in table.rows)
    return naming.rows(table, "member"), problems


def _bytes(path: Path, shown: str) -> bytes:
    try:
        return path.read_bytes() if path.is_file() else b""
    except OSError as error:
        raise FileError(shown, "it cannot be read ({error})", "try a copy", error=error.strerror or error) from None
