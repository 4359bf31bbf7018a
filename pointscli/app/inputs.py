"""Read a whole workspace: schemes, roster, event log, decisions, with every finding at once."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pointscli.app.membership import accepts
from pointscli.app.workspace import Workspace
from pointscli.inputs.events import EventReader, EventRows
from pointscli.inputs.files import repeated_files, unread_files
from pointscli.inputs.headers import EVENTS, MEMBERS, REVIEWS, TableSpec
from pointscli.inputs.reviews import ReviewReader, ReviewRows
from pointscli.inputs.roster import Roster, read_roster
from pointscli.inputs.table import RawTable, read_table
from pointscli.inputs.vocabulary import Vocabulary
from pointscli.model.items import ItemIndex
from pointscli.model.log import DAY_PLACES
from pointscli.model.plan import Filter
from pointscli.model.problem import FileError, FindingsError, Place, Problem, Severity
from pointscli.model.progress import working
from pointscli.scheme.items import index_items
from pointscli.scheme.load import load_schemes
from pointscli.scheme.types import Scheme


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything read. `problems` are all findings, errors of single rows among them."""

    schemes: tuple[Scheme, ...]
    roster: Roster
    index: ItemIndex
    words: Vocabulary
    events: EventRows
    reviews: ReviewRows
    problems: tuple[Problem, ...]
    whole: bool
    """Whether every file could be used: a missing one is not skipped as a row is."""

    @property
    def errors(self) -> list[Problem]:
        """Findings that stop a computation."""
        return [problem for problem in self.problems if problem.severity is Severity.ERROR]

    def last_day(self, scheme: str, until: int) -> int | None:
        """The last day with an event of a scheme, up to a day."""
        days = (
            place // DAY_PLACES
            for place, item in zip(self.events.entries.place, self.events.items, strict=True)
            if self.index.versions[item.version].scheme == scheme
        )
        return max((day for day in days if day <= until), default=None)


def read_inputs(workspace: Workspace) -> Inputs:
    """Read all files; FindingsError if the rules have errors: nothing can then be said of the logs."""
    with no_collection():
        return _read(workspace)


def read_basis(
    workspace: Workspace, of_events: Sequence[Problem]
) -> tuple[list[Scheme], Roster, list[RawTable], list[Problem]] | None:
    """Rules, roster and tables of decisions, with all warnings (`of_events`: those of the log); None with an error."""
    with no_collection():
        files = _Files(workspace, of_events=of_events)
    if any(problem.severity is Severity.ERROR for problem in files.problems):
        return None
    return list(files.schemes), files.roster, files.tables[REVIEWS.name], files.problems


@contextmanager
def no_collection() -> Iterator[None]:
    """Tables hold no cycles: looking for some while millions of cells are read takes a third of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def collect_inputs(workspace: Workspace) -> Inputs:
    """Read all files as far as they can be read: nothing stops at the first broken one.

    What a missing rule file or roster row makes of the logs is not their fault, and not among the problems.
    """
    with no_collection():
        files = _Files(workspace, lenient=True)
        return files.read_logs(_consequences(workspace, files))


def _read(workspace: Workspace) -> Inputs:
    files = _Files(workspace)
    if _of_rules(workspace, files.problems):
        raise FindingsError(files.problems)
    return files.read_logs()


class _Files:
    """The rules, the roster, and the logs as tables; then the logs in the terms of the other two."""

    def __init__(
        self, workspace: Workspace, *, lenient: bool = False, of_events: Sequence[Problem] | None = None
    ) -> None:
        """Read all; `of_events` are the findings of an event log that is read elsewhere."""
        self.schemes, self.problems = load_schemes(workspace.rules, workspace.root)
        self.tables: dict[str, list[RawTable]] = {}
        for spec in (MEMBERS, EVENTS, REVIEWS):
            if spec is EVENTS and of_events is not None:
                self.problems += [*_odd_files(workspace), *of_events]
                continue
            self.tables[spec.name] = _tables(workspace, spec, self.problems, lenient=lenient)
        self.roster, found = read_roster(self.tables[MEMBERS.name])
        self.problems += found
        self.whole = of_events is not None or not _fatal(workspace, self.tables)

    def read_logs(self, untold: frozenset[str] = frozenset()) -> Inputs:
        """Read the logs; findings of the names in `untold` are left out."""
        found = join_inputs(self.schemes, self.roster, self.tables, self.problems, whole=self.whole)
        if not untold:
            return found
        return replace(found, problems=tuple(problem for problem in found.problems if problem.name not in untold))


def join_inputs(
    schemes: Sequence[Scheme],
    roster: Roster,
    tables: Mapping[str, list[RawTable]],
    problems: Sequence[Problem],
    *,
    whole: bool = True,
) -> Inputs:
    """Read the logs in the terms of the rules and the roster; `problems` are the findings so far."""
    index = index_items(schemes)
    words = Vocabulary(roster, index)
    events = EventReader(words, _Acceptance(schemes, roster))
    rows = 0
    for table in tables[EVENTS.name]:
        rows += len(table.rows)
        working("looking at the cells of {rows} rows", rows=f"{rows:,}")
        events.read(table)
    log = events.finish()
    _conserve(sum(len(table.rows) for table in tables[EVENTS.name]), len(log.records), log.refused)
    reviews = ReviewReader(words, log, complete=whole)
    for table in tables[REVIEWS.name]:
        reviews.read(table)
    return Inputs(
        schemes=tuple(schemes),
        roster=roster,
        index=index,
        words=words,
        events=log,
        reviews=reviews.found,
        problems=(*problems, *log.problems, *reviews.found.problems),
        whole=whole,
    )


def lacks_rules(workspace: Workspace, schemes: Sequence[Scheme]) -> bool:
    """Whether a rule file gave no scheme, or none was named."""
    given = {scheme.place.path for scheme in schemes}
    return not given or any(workspace.shown(path) not in given for path in workspace.rules)


def lacks_members(workspace: Workspace, problems: Sequence[Problem]) -> bool:
    """Whether a part of the roster could not be used, or there is none."""
    rosters = {workspace.shown(path) for path in workspace.members}
    return not rosters or any(problem.place.path in rosters for problem in _errors(problems))


def _consequences(workspace: Workspace, files: _Files) -> frozenset[str]:
    """Findings of the logs that only say that a rule file or a part of the roster or log is missing."""
    names: set[str] = set()
    if lacks_rules(workspace, files.schemes):
        names |= {"unknown-item", "unknown-scheme", "not-in-force", "unknown-stage", "scheme-required"}
    if lacks_members(workspace, files.problems):
        names.add("unknown-member")
    if not workspace.events or _fatal(workspace, files.tables):
        names.add("unknown-event")
    return frozenset(names)


class _Acceptance:
    """Whether a version's `members` accepts a member on a day."""

    def __init__(self, schemes: Sequence[Scheme], roster: Roster) -> None:
        self._rules: list[Filter] = [scheme.members for scheme in schemes]
        self._spells: dict[int, list[int]] = {}
        self._roster = roster
        for place, spell in enumerate(roster.spells):
            self._spells.setdefault(spell.member, []).append(place)

    def __call__(self, version: int, member: int, day: int) -> bool:
        spells = (self._roster.spells[place] for place in self._spells.get(member, ()))
        return any(spell.holds(date.fromordinal(day)) and accepts(self._rules[version], spell) for spell in spells)


def _tables(workspace: Workspace, spec: TableSpec, problems: list[Problem], *, lenient: bool) -> list[RawTable]:
    paths = {"members": workspace.members, "events": workspace.events, "reviews": workspace.reviews}[spec.name]
    problems += _odd_files(workspace) if spec is EVENTS else repeated_files(paths, workspace.shown)
    found: list[RawTable] = []
    for number, path in enumerate(paths, 1):
        facts = {"number": number, "count": len(paths), "rows": f"{sum(len(table.rows) for table in found):,}"}
        working("reading {path} (file {number} of {count}, {rows} rows so far)", path=workspace.shown(path), **facts)
        read = read_leniently if lenient else read_table
        table, findings = read(path, workspace.shown(path), spec)
        problems += findings
        if table is not None:
            _conserve(table.read, len(table.rows), table.blank, table.excluded, table.rejected)
            found.append(table)
    return found


def _odd_files(workspace: Workspace) -> list[Problem]:
    """Findings of the event log's files as files."""
    return [
        *repeated_files(workspace.events, workspace.shown),
        *unread_files(workspace.root, workspace.shown),
    ]


def _conserve(read: int, *piles: int) -> None:
    """Every record read is in exactly one pile, or the reader is wrong and says so."""
    if sum(piles) != read:
        raise AssertionError(f"{read} records were read, {piles} are accounted for")


def read_leniently(path: Path, shown: str, spec: TableSpec) -> tuple[RawTable | None, list[Problem]]:
    """Read a table; a file that cannot be opened is a finding."""
    try:
        return read_table(path, shown, spec)
    except FileError as error:
        reason = tuple(error.args_.items())
        return None, [Problem("unreadable-file", Place(shown), error.reason, error.hint, reason)]


def _errors(problems: Sequence[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.severity is Severity.ERROR]


def _fatal(workspace: Workspace, tables: dict[str, list[RawTable]]) -> bool:
    """Whether a whole file could not be used: without it no number is right."""
    paths = (workspace.members, workspace.events, workspace.reviews)
    return sum(map(len, paths)) != sum(map(len, tables.values()))


def _of_rules(workspace: Workspace, problems: list[Problem]) -> bool:
    """Whether a rule file has an error."""
    rules = {workspace.shown(path) for path in workspace.rules}
    errors = (problem for problem in problems if problem.severity is Severity.ERROR)
    return any(problem.place.path in rules or problem.place.path.endswith((".yaml", ".yml")) for problem in errors)
