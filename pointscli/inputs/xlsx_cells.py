"""Cells of a sheet as text: numbers as decimal text, dates as ISO text, and what a column does not take."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Literal

from pointscli.inputs.grammar import serial_date
from pointscli.inputs.identity import cut_id
from pointscli.inputs.refusals import CellError

Cell = str | float | int | bool | date | datetime | time | timedelta
"""What the reader of workbooks gives for a cell."""

_EXACT = 10**15  # a spreadsheet keeps 15 digits
_ISO_DAYS = (2000_01_01, 2100_12_31)


def cell_text(value: Cell) -> str:
    """A cell as text."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float | int):
        return number_text(value)
    if isinstance(value, datetime):
        return value.isoformat(" ") if value.time() != time.min else value.date().isoformat()
    return str(value)


def number_text(value: float) -> str:
    """The shortest decimal text with the 15 digits that a spreadsheet keeps: 16.67, not 16.670000000000002."""
    if isinstance(value, int) or (value.is_integer() and abs(value) < _EXACT):
        return str(int(value))
    text = format(value, ".15g")
    return format(Decimal(text), "f") if "e" in text else text


def day_text(value: float, *, base_1904: bool) -> str | None:
    """ISO text of a day that is stored as a bare number; None if the number is no day, or a day such as 20210701."""
    if _ISO_DAYS[0] <= value <= _ISO_DAYS[1]:
        return None
    day = serial_date(value, base_1904=base_1904)
    if day is None:
        return None
    seconds = round((value - int(value)) * 86400)
    return (datetime.combine(day, time.min) + timedelta(seconds=seconds)).isoformat(" ") if seconds else day.isoformat()


def misplaced(value: Cell, kind: Literal["number", "key"], *, percent: bool) -> CellError | None:
    """Why a cell's own type does not fit its column."""
    if kind == "number":
        if message := _not_a_number(value, percent=percent):
            return CellError(
                "wrong-cell-type", message, "format the cell as a number and type it again", value=cell_text(value)
            )
        return None
    if isinstance(value, date | time | timedelta):
        return CellError(
            "wrong-cell-type",
            "the cell was turned into the date or time {value}",
            "format the column as text and type what it was before",
            value=cell_text(value),
        )
    return cut_id(cell_text(value)) if isinstance(value, float) and abs(value) >= _EXACT else None


def _not_a_number(value: Cell, *, percent: bool) -> str:
    if isinstance(value, bool):
        return "the cell holds {value}, not a number"
    if isinstance(value, date):
        return "the cell is formatted as the date {value}, not as a number"
    if isinstance(value, time | timedelta):
        return "the cell is formatted as the time {value}, not as a number"
    if percent and not isinstance(value, str):
        return "the cell is formatted as a percentage; {value} is its value"
    return ""


def text_rows(rows: Sequence[Sequence[Cell]]) -> list[list[str]]:
    """Rows as text."""
    text: Callable[[Cell], str] = cell_text
    return [[cell if type(cell) is str else text(cell) for cell in row] for row in rows]
