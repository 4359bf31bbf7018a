"""Rows of the logs: cells by column, and findings that know their place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pointscli.inputs.table import RawTable
from pointscli.model.problem import Problem, Severity


@dataclass(frozen=True, slots=True)
class Bad:
    """Why a cell's text is refused: kept once a text, reported at every place where it stands."""

    name: str
    message: str
    hint: str = ""
    args: tuple[tuple[str, str], ...] = ()
    severity: Severity = Severity.ERROR

    def at(self, table: RawTable, row: int, column: str) -> Problem:
        """The finding at a cell."""
        return Problem(self.name, table.place(row, column), self.message, self.hint, self.args, self.severity)


@dataclass(frozen=True, slots=True)
class Record:
    """One row of one table, by its number."""

    table: RawTable
    row: int

    def cell(self, column: str) -> str:
        """Text of a cell, empty if the file has no such column."""
        place = self.table.index(column)
        return "" if place is None else self.table.rows[self.row][place]

    @property
    def where(self) -> str:
        """`FILE:LINE`, the id of an event without one."""
        return f"{self.table.path}:{self.table.lines[self.row]}"


class Cells:
    """Picks the cells of some columns from a table's rows; a missing column reads as empty text."""

    def __init__(self, table: RawTable, columns: Sequence[str]) -> None:
        """Find the columns."""
        self._places = [table.index(column) for column in columns]

    def of(self, row: Sequence[str]) -> list[str]:
        """The cells of a row in the order asked for, without blanks around them."""
        return ["" if place is None else row[place].strip() for place in self._places]
