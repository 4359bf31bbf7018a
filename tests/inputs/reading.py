"""Reads a table from bytes in a test, and says findings in short: `name line:column`."""

from __future__ import annotations

import atexit
import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from pointscli.inputs.headers import EVENTS, TableSpec
from pointscli.inputs.table import RawTable, read_table
from pointscli.model.problem import Problem, Severity

HEADER = "id,date,member,item,quantity,reason\n"
ROW = "E1,2021-07-01,M1,x,1,\n"
_FOLDER = tempfile.TemporaryDirectory()
atexit.register(_FOLDER.cleanup)  # positions are looked up in the file after it is read


def read(
    data: str | bytes, name: str = "events.csv", spec: TableSpec = EVENTS
) -> tuple[RawTable | None, list[Problem]]:
    """Write a file, read it as a table, and check the piles and every template on the way."""
    path = Path(tempfile.mkdtemp(dir=_FOLDER.name)) / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    table, problems = read_table(path, name, spec)
    if table is not None:
        assert table.read == len(table.rows) + table.blank + table.excluded + table.rejected
        assert len(table.lines) == len(table.rows)
        assert all(len(row) == len(table.columns) for row in table.rows)
    check_templates(problems)
    return table, problems


def check_templates(problems: list[Problem]) -> None:
    """Every message and hint can be filled, and says something."""
    for problem in problems:
        assert problem.text(problem.message)
        assert problem.text(problem.hint)


def rows(data: str | bytes, name: str = "events.csv", spec: TableSpec = EVENTS) -> list[list[str]]:
    """The rows of a table that must be readable."""
    table, problems = read(data, name, spec)
    assert table is not None, problems
    return table.rows


def said(problems: list[Problem], severity: Severity | None = Severity.ERROR) -> list[str]:
    """Findings in short, in order; `severity` None: all."""
    return [short(problem) for problem in problems if severity in (None, problem.severity)]


def short(problem: Problem) -> str:
    """`bad-date 3:4`, or `error-cell a.xlsx!Sheet1!E7` where the place is all in the path."""
    place = problem.place
    if "!" in place.path:
        return f"{problem.name} {place.path.split('!', 1)[1]}"
    return f"{problem.name} {place.line}:{place.column}"


def errors(data: str | bytes, name: str = "events.csv", spec: TableSpec = EVENTS) -> list[str]:
    """The errors of a file in short."""
    return said(read(data, name, spec)[1])


def warnings(data: str | bytes, name: str = "events.csv", spec: TableSpec = EVENTS) -> list[str]:
    """The warnings of a file in short."""
    return said(read(data, name, spec)[1], Severity.WARNING)


def workbook(records: list[list[Any]], *, title: str = "Sheet1", **options: Any) -> bytes:
    """A workbook with one sheet; a cell (value, number format) is formatted."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, options)
    sheet = book.add_worksheet(title)
    for row, record in enumerate(records):
        for column, cell in enumerate(record):
            if isinstance(cell, tuple):
                sheet.write(row, column, cell[0], book.add_format({"num_format": cell[1]}))
            elif cell is not None:
                sheet.write(row, column, cell)
    book.close()
    return buffer.getvalue()
