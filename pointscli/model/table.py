"""A table of printed values: what every writer can write, whatever it shows."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Cell = str | int | Decimal | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: id, printed title, and what its cells are (`number` is a Decimal, rounded as published)."""

    id: str
    title: str
    kind: Literal["text", "number", "integer"] = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows; every row has one cell a column, None where there is no value."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    marks: tuple[str, ...] = ()
    """Why it must not be published as it is, in the language of its titles."""

    def without_empty(self) -> Table:
        """The same without the columns in which nobody has anything (a table without rows keeps them all)."""
        kept = [i for i in range(len(self.columns)) if any(row[i] not in (None, "") for row in self.rows)]
        return self.select(kept) if self.rows else self

    def select(self, indices: list[int]) -> Table:
        """The same with these columns only."""
        rows = tuple(tuple(row[i] for i in indices) for row in self.rows)
        return Table(self.title, tuple(self.columns[i] for i in indices), rows, self.marks)
