"""Excel workbooks: every table a sheet that prints on A4, numbers as numbers, texts never as formulas.

The same result gives the same bytes: the workbook says that it was made at the end of the period.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

from pointscli.model.problem import UsageError
from pointscli.model.table import Cell, Column, Table
from pointscli.model.tally import Tally
from pointscli.outputs.cells import cell_text, stripped, visible
from pointscli.outputs.csv_format import guarded
from pointscli.outputs.look import Look
from pointscli.outputs.outcomes import Outcomes
from pointscli.outputs.page import Page, page_of
from pointscli.outputs.ranking import ranking_table
from pointscli.outputs.tables import Result, table_of

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
class _Sheet:
    """A sheet: its name, the lines above the table, the table, the lines below it."""

    name: str
    heading: str
    facts: tuple[str, ...]
    marks: tuple[str, ...]
    table: Table
    notes: tuple[str, ...] = ()


def render(result: Result, look: Look) -> bytes:
    """The workbook of a result: a tally's ranking and outcome lists, or the one table."""
    page = page_of(result, look)
    match result:
        case Tally():
            first = _sheet(look.words.text("scores"), page, _listing(result, look))
            sheets = [replace(first, notes=_notes(page, look))]
            if result.outcomes:
                sheets.append(_outcomes(result, look))
            return _workbook(sheets, look, result.period.end)
        case Outcomes():
            return _workbook([_outcomes(result.tally, look)], look, result.tally.period.end)
        case Table():
            return _workbook([_sheet(result.title, page, result.without_empty())], look, NO_DATE)


def render_page(page: Page, look: Look, made: date = NO_DATE) -> bytes:
    """Every block of a page as a sheet of its own."""
    heading = page.heading[0] if page.heading else ""
    sheets = [_sheet(block.heading or heading, page, block.table, block.heading, *block.facts) for block in page.blocks]
    return _workbook(sheets, look, made)


def _sheet(name: str, page: Page, table: Table, *more: str) -> _Sheet:
    heading = "  ".join(filter(None, (*page.heading, *more)))
    return _Sheet(name, heading, page.facts, page.marks, table)


def _listing(tally: Tally, look: Look) -> Table:
    """The ranking as one list, with the column in which members are ranked if it is not the branch."""
    table = ranking_table(tally, look.words, ids=look.ids)
    titles = {} if look.ids else {outcome.id: outcome.title for outcome in tally.outcomes}
    join = ";".join if look.ids else look.words.join
    rows = []
    for standing, row in zip(tally.listing, table.rows, strict=True):
        within = "" if standing.group == standing.row.get("branch") else standing.group
        rows.append((row[0], within, *row[1:-1], join([titles.get(one, one) for one in standing.outcomes])))
    first, *others = table.columns
    columns = (first, Column("within", look.words.title("within")), *others)
    return replace(table, columns=columns, rows=tuple(rows)).without_empty()


def _notes(page: Page, look: Look) -> tuple[str, ...]:
    """Who is exempt, and about whom objections are open; the outcomes have a sheet of their own."""
    words = look.words
    remarks = [one for one in page.lists if one.heading in (words.text("exempt"), words.text("objections"))]
    names = [words.join([item for part in one.lists for item in part.items]) for one in remarks]
    return tuple(words.text("in_group", group=one.heading, text=text) for one, text in zip(remarks, names, strict=True))


def _outcomes(tally: Tally, look: Look) -> _Sheet:
    page = page_of(Outcomes(tally), look)
    table = table_of(Outcomes(tally), look)
    if tally.listed is not None:
        table = replace(table, rows=tuple(row for row in table.rows if row[3] in tally.listed))
    table = table.without_empty()
    if not look.ids:
        table = table.select([i for i, column in enumerate(table.columns) if column.id != "outcome"])
    return _sheet(look.words.text("outcome_lists"), page, table)


def _workbook(sheets: Sequence[_Sheet], look: Look, made: date) -> bytes:
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

    def write(self, sheet: _Sheet) -> None:
        """The lines above, the table, and how it is printed."""
        self._line(sheet.heading, bold=True, font_size=15)
        for mark in sheet.marks:
            self._line(mark, bold=True, font_color=RED)
        self._line("  ".join(sheet.facts), font_color="#555555")
        self._table(sheet.table)
        self._row += max(len(sheet.table.rows), 1) + 2
        for note in sheet.notes:
            self._line(note)

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
