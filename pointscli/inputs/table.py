"""A table as the rest of the program sees it: text cells under known column ids, every record accounted for.

Conservation: every record after the header is in exactly one pile, `read == len(rows) + blank + excluded + rejected`.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pointscli.inputs.contents import open_grid
from pointscli.inputs.grid import Grid, Positions
from pointscli.inputs.headers import TableSpec, find_header, match_header, no_header
from pointscli.inputs.records import Sorting, sort_records
from pointscli.model.problem import Place, Problem, Severity

_FULL = 3


@dataclass(frozen=True, slots=True)
class RawTable:
    """One file's table. Cells are text as it was written, not trimmed; `''` where there is nothing.

    XLSX numbers are their decimal text and XLSX dates ISO text; JSON numbers are the text of the file.
    """

    path: str
    """The file as it is shown to people."""
    sheet: str
    encoding: str
    columns: tuple[str, ...]
    """Column ids; an unknown column has its own header text."""
    rows: list[list[str]] = field(repr=False)
    lines: Sequence[int] = field(repr=False)
    """The start line (sheet row, record number) of each row."""
    header_line: int
    read: int
    blank: int
    excluded: int
    """Total and signature lines below the data."""
    rejected: int
    positions: Positions = field(repr=False, compare=False)

    def index(self, column: str) -> int | None:
        """The index of a column in every row, or None."""
        return self.columns.index(column) if column in self.columns else None

    def place(self, row: int, column: str) -> Place:
        """Line and column of a cell, found again in the file: only for what is wrong."""
        number = self.columns.index(column) if column in self.columns else 0
        return self.positions.place(self.lines[row], number)

    def record_place(self, row: int) -> Place:
        """Where a whole record starts."""
        return self.positions.record(self.lines[row])


def read_table(path: Path, shown: str, spec: TableSpec) -> tuple[RawTable | None, list[Problem]]:
    """Read a table of any format. None: the file as a whole cannot be used; a bad record is a finding, not a row.

    Raises FileError if the file cannot be opened.
    """
    with _collector_paused():
        grid, problems = open_grid(path, shown, spec)
        if grid is None:
            return None, problems
        table, found = shape(grid, shown, spec)
    return table, problems + found


@contextmanager
def _collector_paused() -> Iterator[None]:
    """A million rows are a million lists and no cycle: looking for cycles again and again costs 40 % of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def column_of(table: RawTable, row: int, column: str) -> int:
    """The character column of a cell in its line (the field's number where a file has no lines; 0 for a sheet)."""
    return table.place(row, column).column


def shape(grid: Grid, shown: str, spec: TableSpec) -> tuple[RawTable | None, list[Problem]]:
    """Find and name the columns, and put every record into its pile."""
    header = find_header(grid.rows, spec) if grid.header is None else grid.header
    if header is None:
        return None, [no_header(spec, Place(shown, grid.lines[0] if grid.lines else 1))]
    line = grid.lines[header]
    cells = grid.rows[header]

    def place(index: int) -> Place:
        return grid.positions.place(line, index) if line else Place(shown)

    columns, problems = match_header(cells, spec, place, grid.positions.record(line) if line else Place(shown))
    if any(problem.severity is Severity.ERROR for problem in problems):
        return None, problems
    problems += _records_above(grid, header, len(columns))
    sorting = sort_records(grid, header, columns, spec)
    problems += sorting.problems
    if not sorting.read:
        problems.append(_no_records(spec, Place(shown, line)))
    return _build(grid, shown, line, sorting), problems


def _build(grid: Grid, shown: str, line: int, sorting: Sorting) -> RawTable:
    return RawTable(
        path=shown,
        sheet=grid.sheet,
        encoding=grid.encoding,
        columns=sorting.columns,
        rows=sorting.rows,
        lines=sorting.lines,
        header_line=line,
        read=sorting.read,
        blank=sorting.blank,
        excluded=sorting.excluded,
        rejected=sorting.rejected,
        positions=grid.positions,
    )


def _records_above(grid: Grid, header: int, width: int) -> list[Problem]:
    """A line above the header that is as full as a record: a title would have a cell or two."""
    for index in range(header):
        if sum(1 for cell in grid.rows[index] if cell.strip()) >= max(_FULL, width // 2):
            return [
                Problem(
                    "record-above-header",
                    grid.positions.record(grid.lines[index]),
                    "this line stands above the header (line {line}) and is not read",
                    "if it is a record, move it below the header",
                    (("line", str(grid.lines[header])),),
                    Severity.WARNING,
                )
            ]
    return []


def _no_records(spec: TableSpec, place: Place) -> Problem:
    return Problem(
        "no-records",
        place,
        "the {table} table has a header line but no records",
        "fill it in, or leave it so if there is nothing to record yet",
        (("table", spec.name),),
        Severity.WARNING,
    )
