"""Events that a command works out itself: the usual readers take them before they are written, and every id once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pointscli.app.inputs import Inputs, join_inputs
from pointscli.app.membership import accepts
from pointscli.app.record import make_folder
from pointscli.app.record_prices import find_price_faults
from pointscli.app.record_target import choose_target
from pointscli.app.workspace import Workspace
from pointscli.inputs.grid import Grid
from pointscli.inputs.headers import EVENTS, REVIEWS
from pointscli.inputs.rows_out import render_rows
from pointscli.inputs.table import shape
from pointscli.journal.append import Seen, seen
from pointscli.journal.audit import Act, Write, append_audited
from pointscli.model.items import Item
from pointscli.model.names import item_key
from pointscli.model.problem import FindingsError, Place, Problem, Severity
from pointscli.scheme.types import FixedPrice, Node, RangePrice, walk

COLUMNS = tuple(column.id for column in EVENTS.columns)
Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Book:
    """A workspace as it was read, and what its files looked like then."""

    workspace: Workspace
    inputs: Inputs
    before: tuple[Seen, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """An event of the log by its id: what it says now."""

    member: int
    item: Item
    written: Cells
    """Its cells as written."""
    amended: Cells
    """Cells that a decision has put in place of the written ones."""
    rejected: bool
    where: str


def look(workspace: Workspace) -> tuple[Seen, ...]:
    """What the files look like that an event is worked out from; taken before they are read."""
    files = (*workspace.events, *workspace.members, *workspace.reviews, *workspace.rules)
    return tuple(seen(path) for path in files)


class _Places:
    """Findings in an event that no file has yet name it by its id."""

    def __init__(self, ids: Sequence[str]) -> None:
        self._ids = ids

    def place(self, line: int, field: int) -> Place:  # noqa: ARG002  (the form of all positions)
        return self.record(line)

    def record(self, line: int) -> Place:
        return Place(self._ids[line - 2] if line > 1 else EVENTS.name)


def check_new(inputs: Inputs, events: Sequence[Cells]) -> None:
    """FindingsError with everything that `check` would find wrong with new events."""
    if not events:
        return
    ids = [event["id"] for event in events]
    rows = [list(COLUMNS), *([event.get(column, "") for column in COLUMNS] for event in events)]
    table, problems = shape(Grid("utf-8", rows, range(1, len(rows) + 1), _Places(ids), header=0), EVENTS.name, EVENTS)
    if table is None:
        raise AssertionError("the header of our own table is not understood")
    draft = join_inputs(inputs.schemes, inputs.roster, {EVENTS.name: [table], REVIEWS.name: []}, problems)
    found: list[Problem] = [*draft.problems, *find_price_faults(draft)]
    errors = [problem for problem in found if problem.severity is Severity.ERROR]
    if errors:
        raise FindingsError(errors)


def write_new(book: Book, act: Act, events: Sequence[Cells], target: Path) -> None:
    """Append events to a file of the log, all or none; the lock is held."""
    workspace = book.workspace
    head, data = render_rows(target, EVENTS, events, workspace.language, shown=workspace.shown(target))
    make_folder(target)
    append_audited(workspace.root, act, [Write(target, head, data)], book.before)


def target_file(workspace: Workspace, day: date, named: Path | None) -> Path:
    """The file of the log for a day's events."""
    return choose_target(workspace, day, named)


class Standings:
    """Finds events of the log by their ids; decisions are replayed once."""

    def __init__(self, inputs: Inputs) -> None:
        """Note the events that are rejected now."""
        self.inputs = inputs
        self._rejected: dict[int, bool] = {}
        decisions = inputs.reviews.decisions
        for entry, decision in zip(decisions.entry, decisions.decision, strict=True):
            if decision in ("reject", "approve"):
                self._rejected[entry] = decision == "reject"

    def find(self, event_id: str) -> Standing | None:
        """The event with an id, if the log has it."""
        inputs = self.inputs
        number = inputs.events.ids.get(event_id, -1)
        if number < 0:
            return None
        entry, record = inputs.events.first_entry[number], inputs.events.records[number]
        changes = inputs.reviews.amended
        columns = [name for name in ("quantity", "level", "points") if (number, name) in changes]
        return Standing(
            member=inputs.events.entries.member[entry],
            item=inputs.events.items[entry],
            written={name: record.cell(name).strip() for name in COLUMNS},
            amended={name: changes[number, name][1] for name in columns},
            rejected=self._rejected.get(entry, False),
            where=record.where,
        )


def items_on(inputs: Inputs, name: str, scheme: str | None, day: date) -> list[Item]:
    """Items that a word names in versions in force on a day, of one scheme or of all."""
    versions = inputs.index.versions
    return [
        item
        for item in inputs.index.names.get(item_key(name), ())
        if scheme in (None, versions[item.version].scheme) and versions[item.version].in_force(day.toordinal())
    ]


def item_cells(inputs: Inputs, item: Item, day: date) -> dict[str, str]:
    """How an event names an item: its title, and the scheme where the title alone could be another's."""
    versions = inputs.index.versions
    schemes = {versions[one.version].scheme for one in items_on(inputs, item.title, None, day)}
    scheme = versions[item.version].scheme
    return {"item": item.title, **({"scheme": scheme} if schemes != {scheme} else {})}


def node_of(inputs: Inputs, item: Item) -> Node:
    """The node of an item."""
    return next(node for node in walk(inputs.schemes[item.version].score) if node.id == item.id)


def amount_column(node: Node) -> str | None:
    """The cell that says how many points an event of a node is worth; None: the node has its own price."""
    match node.points:
        case RangePrice():
            return "points"
        case FixedPrice(points) if points == 1 and node.each is None and node.max_quantity is None:
            return "quantity"
        case _:
            return None


def accepted_on(inputs: Inputs, version: int, member: int, day: date) -> bool:
    """Whether a version scores a member on a day."""
    rule = inputs.schemes[version].members
    spells = (spell for spell in inputs.roster.spells if spell.member == member)
    return any(spell.holds(day) and accepts(rule, spell) for spell in spells)
