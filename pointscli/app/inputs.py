"""Read a whole workspace: schemes, roster, event log, decisions, with every finding at once."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

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
from pointscli.model.plan import Filter
from pointscli.model.problem import FindingsError, Problem, Severity
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


def read_inputs(workspace: Workspace) -> Inputs:
    """Read all files; FindingsError if the rules have errors: nothing can then be said of the logs."""
    with _no_collection():
        return _read(workspace)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Tables hold no cycles: looking for some while millions of cells are read takes a third of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _read(workspace: Workspace) -> Inputs:
    schemes, problems = load_schemes(workspace.rules, workspace.root)
    tables = {spec.name: _tables(workspace, spec, problems) for spec in (MEMBERS, EVENTS, REVIEWS)}
    roster, found = read_roster(tables[MEMBERS.name])
    problems += found
    if _of_rules(workspace, problems):
        raise FindingsError(problems)
    index = index_items(schemes)
    words = Vocabulary(roster, index)
    events = EventReader(words, _Acceptance(schemes, roster))
    for table in tables[EVENTS.name]:
        events.read(table)
    log = events.finish()
    _conserve(sum(len(table.rows) for table in tables[EVENTS.name]), len(log.records), log.refused)
    reviews = ReviewReader(words, log, complete=len(tables[EVENTS.name]) == len(workspace.events))
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
        whole=not _fatal(workspace, tables),
    )


class _Acceptance:
    """Whether a version's `members` accepts a member on a day."""

    def __init__(self, schemes: list[Scheme], roster: Roster) -> None:
        self._rules: list[Filter] = [scheme.members for scheme in schemes]
        self._spells: dict[int, list[int]] = {}
        self._roster = roster
        for place, spell in enumerate(roster.spells):
            self._spells.setdefault(spell.member, []).append(place)

    def __call__(self, version: int, member: int, day: int) -> bool:
        spells = (self._roster.spells[place] for place in self._spells.get(member, ()))
        return any(spell.holds(date.fromordinal(day)) and accepts(self._rules[version], spell) for spell in spells)


def _tables(workspace: Workspace, spec: TableSpec, problems: list[Problem]) -> list[RawTable]:
    paths = {"members": workspace.members, "events": workspace.events, "reviews": workspace.reviews}[spec.name]
    problems += repeated_files(paths, workspace.shown)
    if spec is EVENTS:
        problems += unread_files(workspace.root, workspace.shown)
    found = []
    for path in paths:
        table, findings = read_table(path, workspace.shown(path), spec)
        problems += findings
        if table is not None:
            _conserve(table.read, len(table.rows), table.blank, table.excluded, table.rejected)
            found.append(table)
    return found


def _conserve(read: int, *piles: int) -> None:
    """Every record read is in exactly one pile, or the reader is wrong and says so."""
    if sum(piles) != read:
        raise AssertionError(f"{read} records were read, {piles} are accounted for")


def _fatal(workspace: Workspace, tables: dict[str, list[RawTable]]) -> bool:
    """Whether a whole file could not be used: without it no number is right."""
    paths = (workspace.members, workspace.events, workspace.reviews)
    return sum(map(len, paths)) != sum(map(len, tables.values()))


def _of_rules(workspace: Workspace, problems: list[Problem]) -> bool:
    """Whether a rule file has an error."""
    rules = {workspace.shown(path) for path in workspace.rules}
    errors = (problem for problem in problems if problem.severity is Severity.ERROR)
    return any(problem.place.path in rules or problem.place.path.endswith((".yaml", ".yml")) for problem in errors)
