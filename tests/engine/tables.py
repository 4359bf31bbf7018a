"""Small tables as text, loaded into the engine's database and read back from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from textwrap import dedent

from pointscli.engine.database import Database

Cell = int | str | bool | None
Table = list[tuple[Cell, ...]]


@dataclass(frozen=True)
class Case:
    """A stage over tables, and the rows expected (a table's first line names the columns compared)."""

    stage: str
    tables: dict[str, str]
    expected: str
    into: str = ""


def parse(text: str) -> tuple[list[str], Table]:
    """Titles and rows of a table written with blanks between its cells; `-` is null, `''` an empty text."""
    lines = [line.split() for line in dedent(text).strip().split("\n")]
    return lines[0], [tuple(map(_cell, line)) for line in lines[1:]]


def load(db: Database, tables: Mapping[str, str]) -> None:
    """Load tables by name; a column's type is that of its cells (nulls only: a number)."""
    for name, text in tables.items():
        titles, rows = parse(text)
        columns = {title: [row[place] for row in rows] for place, title in enumerate(titles)}
        db.load(name, {title: (_kind(cells), cells) for title, cells in columns.items()})


def run_stage(stage: str, into: str, tables: Mapping[str, str], columns: list[str]) -> Table:
    """The rows of a table after one stage, in order of all columns."""
    db = Database()
    load(db, tables)
    db.stage(stage, into=into)
    rows: Table = [tuple(row) for row in db.rows(f"select {', '.join(columns)} from {into} order by all")]  # noqa: S608
    db.close()
    return rows


def _cell(text: str) -> Cell:
    if text in ("true", "false"):
        return text == "true"
    if text == "-":
        return None
    if text.lstrip("-").replace("_", "").isdigit():
        return int(text)
    return "" if text == "''" else text


def _kind(cells: list[Cell]) -> str:
    filled = [cell for cell in cells if cell is not None]
    if any(isinstance(cell, bool) for cell in filled):
        return "boolean"
    return "varchar" if any(isinstance(cell, str) for cell in filled) else "bigint"
