"""CSV: plain UTF-8 for programs on standard output; with BOM and CRLF in a file, so that Excel and WPS open it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from pointscli.model.table import Cell, Table
from pointscli.outputs.cells import cell_text, stripped
from pointscli.outputs.look import Look
from pointscli.outputs.tables import Result, table_of

_FORMULA = re.compile("[ \u3000\u00a0\u200b-\u200d\u2060\ufeff]*[=+\\-@\t\r\n＝＋－＠]")
"""What a spreadsheet may take for a formula, however it is padded."""
_PLAIN = re.compile(r"[0-9.]+\Z")
_QUOTED = re.compile(r'[",;\t\r\n]|^\s|\s$')


def render(result: Result, look: Look) -> str:
    """The table of a result, all columns."""
    table = table_of(result, look)
    newline, mark = ("\r\n", "\ufeff") if look.to_file else ("\n", "")
    return mark + "".join(line + newline for line in _lines(table, look))


def guarded(text: str) -> str:
    """A text cell that no spreadsheet takes for a formula: one that could be is led by an apostrophe."""
    return "'" + text if _FORMULA.match(text) else text


def _lines(table: Table, look: Look) -> Iterable[str]:
    yield ",".join(_field(column.id if look.ids else column.title) for column in table.columns)
    for row in table.rows:
        yield ",".join(_field(cell) for cell in row)


def _field(cell: Cell) -> str:
    if type(cell) is Decimal:
        text = str(cell)
        return text if _PLAIN.match(text) else cell_text(cell)
    if not isinstance(cell, str):
        return cell_text(cell)
    if cell.isalnum():
        return cell  # most cells: nothing to guard, nothing to quote
    text = guarded(stripped(cell))
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text
