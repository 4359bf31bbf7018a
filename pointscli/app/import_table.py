"""The events of an import as a table, and rows by their numbers as text."""

from __future__ import annotations

from collections.abc import Sequence

from pointscli.app.import_forms import Imported
from pointscli.inputs.headers import EVENTS
from pointscli.model.table import Column, Table

_COLUMNS = ("date", "member", "item", "quantity", "level", "points", "reason", "evidence", "id")
_TITLES = {False: ("已导入", "Imported"), True: ("拟导入（未写入）", "To import")}


def import_table(imported: Imported, *, planned: bool) -> Table:
    """A line for each event that was or would be added, without columns in which nothing stands."""
    english = imported.workspace.language == "en"
    known = {column.id: column.id if english else column.title for column in EVENTS.columns}
    rows = tuple(
        tuple(event.members if name == "member" else event.cells[name] for name in _COLUMNS)
        for event in imported.events
    )
    columns = tuple(Column(name, known[name]) for name in _COLUMNS)
    return Table(_TITLES[planned][english], columns, rows).without_empty()


def row_ranges(lines: Sequence[int]) -> str:
    """Rows as people write them: `1-3, 7`."""
    found: list[list[int]] = []
    for line in sorted(lines):
        if found and line == found[-1][1] + 1:
            found[-1][1] = line
        else:
            found.append([line, line])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in found)
