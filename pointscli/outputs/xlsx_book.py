"""Sheets → a workbook: titles repeated on every page, panes frozen, columns as wide as their texts, bars beside."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

from pointscli.model.problem import UsageError
from pointscli.model.table import Cell, Column, Table
from pointscli.outputs.cells import cell_text, stripped, visible
from pointscli.outputs.csv_format import guarded
from pointscli.outputs.look import Look

if TYPE_CHECKING:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
FONTS = {"zh": "SimSun", "en": "Calibri"}
RED = "#B71C1C"
A4 = 9
NO_DATE = date(1980, 1, 1)
WIDEST, NARROWEST = 36, 5
"""Widths of columns, in characters; longer texts are wrapped."""
UPRIGHT = 96
"""A table that is wider prints across the page."""
EXACT_DIGITS = 15
"""Spreadsheets compute with binary numbers that keep this many digits; longer ones are written as text."""
NAME_LENGTH = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_TITLES = frozenset({"rank", "member", "name"})
"""Columns that stay in sight at the left."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, the lines above the table, the table, the lines below it, and a chart of it."""

    name: str
    heading: str
    facts: tuple[str, ...]
    marks: tuple[str, ...]
    table: Table
    notes: tuple[str, ...] = ()
    bars: tuple[int, int] | None = None
    """Columns of the labels and of the numbers that a bar chart under the table shows."""


def workbook(sheets: Sequence[Sheet], look: Look, made: date) -> bytes:
    """The file; a sheet's name that is taken or that Excel does not allow is changed."""
    import xlsxwriter  # noqa: PLC0415 - takes 40 ms, and the other formats do without

    out = BytesIO()
    fonts = {"default_format_properties": {"font_name": FONTS[look.language], "font_size": 11}}
    book = xlsxwriter.Workbook(out, {**OPTIONS, **fonts})
    title = visible(sheets[0].heading)[:255] if sheets else ""
    book.set_properties({"title": title, "created": datetime.combine(made, time(), UTC).replace(tzinfo=None)})
    taken: set[str] = set()
    for sheet in sheets:
        name = _free_name(sheet.name, look, taken)
        taken.add(name.casefold())
        _Writer(book, book.add_worksheet(name), look).write(sheet)
    book.close()
    return out.getvalue()


def _free_name(wanted: str, look: Look, taken: set[str]) -> str:
    """A name that Excel lets a sheet have, and that no sheet before has."""
    name = _NOT_IN_NAMES.sub(" ", visible(wanted)).strip("' ")[:NAME_LENGTH].strip("' ")
    name = name if name and name.casefold() != "history" else look.words.text("scores")
    number, free = 1, name
    while free.casefold() in taken:
        number += 1
        free = f"{name[: NAME_LENGTH - len(str(number)) - 1]}-{number}"
    return free


class _Writer:
    """Fills one sheet."""

    def __init__(self, book: Workbook, sheet: Worksheet, look: Look) -> None:
        self._book, self._sheet, self._look = book, sheet, look
        self._formats: dict[tuple[tuple[str, object], ...], Format] = {}
        self._row = 0

    def write(self, sheet: Sheet) -> None:
        """The lines above, the table, and how it is printed."""
        self._line(sheet.heading, bold=True, font_size=15)
        for mark in sheet.marks:
            self._line(mark, bold=True, font_color=RED)
        self._line("  ".join(sheet.facts), font_color="#555555")
        self._table(sheet.table)
        self._row += max(len(sheet.table.rows), 1) + 2
        for note in sheet.notes:
            self._line(note)
        if sheet.bars and sheet.table.rows:
            self._chart(sheet, *sheet.bars, top=self._row - len(sheet.notes) - len(sheet.table.rows) - 2)

    def _chart(self, sheet: Sheet, labels: int, numbers: int, *, top: int) -> None:
        """A bar a row, in the order of the table."""
        last = top + len(sheet.table.rows)
        chart = self._book.add_chart({"type": "bar"})
        name = self._sheet.get_name()
        chart.add_series(
            {
                "name": visible(sheet.table.columns[numbers].title),
                "categories": [name, top + 1, labels, last, labels],
                "values": [name, top + 1, numbers, last, numbers],
                "fill": {"color": RED},
                "gap": 60,
                "data_labels": {"value": True},
            }
        )
        chart.set_legend({"none": True})
        chart.set_title({"name": visible(sheet.table.columns[numbers].title), "name_font": {"size": 12}})
        chart.set_y_axis({"reverse": True})
        chart.set_size({"width": 560, "height": 90 + 26 * len(sheet.table.rows)})
        self._sheet.insert_chart(self._row + 1, 0, chart)

    def _line(self, text: str, **style: object) -> None:
        if text:
            self._text(self._row, 0, visible(text), self._style(**style))
            self._row += 1

    def _table(self, table: Table) -> None:
        sheet, top = self._sheet, self._row
        titles = [visible(column.id if self._look.ids else column.title) for column in table.columns]
        head = self._style(bold=True, border=1, align="center", valign="vcenter", text_wrap=True, bg_color="#FAF3EE")
        for i, title in enumerate(titles):
            self._text(top, i, title, head)
        for number, row in enumerate(table.rows, top + 1):
            for i, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
                self._cell(number, i, cell, column)
        if not table.rows:
            self._text(top + 1, 0, self._look.words.text("no_rows"), self._style())
        widths = [_width([title, *(cell_text(row[i]) for row in table.rows)]) for i, title in enumerate(titles)]
        for i, width in enumerate(widths):
            sheet.set_column(i, i, width)
        self._print(top, len(table.rows), sum(widths), table.columns)

    def _print(self, top: int, rows: int, width: int, columns: Sequence[Column]) -> None:
        """Titles on every page and always in sight, as wide as the paper, page numbers below."""
        sheet = self._sheet
        kept = 0
        while kept < len(columns) and columns[kept].id in _TITLES | {"within"}:
            kept += 1
        sheet.freeze_panes(top + 1, kept)
        sheet.repeat_rows(top)
        if rows:
            sheet.autofilter(top, 0, top + rows, len(columns) - 1)
        sheet.set_paper(A4)
        if width > UPRIGHT:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.center_horizontally()
        sheet.set_footer("&C&P / &N")

    def _cell(self, row: int, column: int, cell: Cell, of: Column) -> None:
        if cell is None:
            self._check(self._sheet.write_blank(row, column, None, self._style(border=1)))
        elif isinstance(cell, str):
            text = stripped(cell)
            side = "left" if of.kind == "text" else "right"
            told = guarded(text) != text  # stays text when somebody edits the cell
            style = self._style(border=1, valign="vcenter", align=side, text_wrap=True, quote_prefix=told)
            self._text(row, column, text, style)
        elif len(Decimal(cell).as_tuple().digits) > EXACT_DIGITS:
            self._text(row, column, cell_text(cell), self._style(border=1, valign="vcenter", align="right"))
        else:
            style = self._style(border=1, valign="vcenter", num_format=_number_format(cell))
            self._check(self._sheet.write_number(row, column, float(cell or 0), style))

    def _text(self, row: int, column: int, text: str, style: Format) -> None:
        # A text of this form is taken for XML that is ready.
        plain = " " + text if text.startswith("<r>") and text.endswith("</r>") else text
        self._check(self._sheet.write_string(row, column, plain, style))

    def _check(self, code: int) -> None:
        if code:
            raise UsageError(
                "the result is larger than a workbook can hold", "Write it as .csv, or list fewer members."
            )

    def _style(self, **style: object) -> Format:
        key = tuple(sorted(style.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(style)
        return self._formats[key]


def _number_format(number: int | Decimal) -> str:
    """The format that shows as many decimal places as the number has."""
    exponent = Decimal(number).as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return "0." + "0" * places if places else "0"


def _width(texts: Sequence[str]) -> int:
    """The width that a column needs, Chinese characters counting twice, with room for the filter's button."""
    title, *cells = texts
    longest = max((_cells(line) for text in cells for line in text.split("\n")), default=0)
    return max(NARROWEST, min(WIDEST, max(_cells(title) + 2, longest) + 2))


def _cells(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)
