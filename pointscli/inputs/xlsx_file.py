"""Reads XLSX: looks the workbook through, picks the sheet that has the table, and reads its cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pointscli.inputs import xlsx_findings as findings
from pointscli.inputs.grid import Flaw, Grid
from pointscli.inputs.headers import CellKind, TableSpec, find_header, header_key, known_names
from pointscli.inputs.positions import SheetPositions
from pointscli.inputs.xlsx_cells import Cell, cell_text, day_text, misplaced, text_rows
from pointscli.inputs.xlsx_parts import Parts, WorkbookError, damaged, oversized
from pointscli.inputs.xlsx_scan import SheetFacts, SheetName, Workbook, scan_sheet, scan_workbook
from pointscli.model.problem import Place, Problem

MOST_CELLS = 5_000_000
_MOST_MERGED = 1_000_000
_SEARCHED_ROWS = 40


@dataclass(slots=True)
class Sheet:
    """A sheet that may hold the table."""

    name: SheetName
    facts: SheetFacts
    rows: list[list[Cell]]
    header: int | None
    complete: bool
    """Whether the header has every required column."""


def read_xlsx(shown: str, data: bytes, spec: TableSpec) -> tuple[Grid | None, list[Problem]]:
    """Take a workbook apart; its table must be on one visible sheet."""
    try:
        parts = Parts(data)
        workbook = scan_workbook(parts)
        facts = [scan_sheet(parts, sheet.part, workbook.percent_styles) for sheet in workbook.sheets]
        sheets = _load(data, workbook, facts, spec)
    except WorkbookError as error:
        return None, [error.at(Place(shown))]
    chosen = _choose(sheets)
    if len(chosen) > 1:
        return None, [findings.several_sheets(shown, [sheet.name.name for sheet in chosen])]
    if not chosen:
        return None, [findings.no_sheet(shown, spec)]
    sheet = chosen[0]
    others = [
        name.name
        for name, fact in zip(workbook.sheets, facts, strict=True)
        if fact.cells and name.name != sheet.name.name
    ]
    problems = [findings.unread_sheets(shown, sheet.name.name, others)] if others else []
    try:
        grid, found = SheetReader(shown, sheet, spec, base_1904=workbook.base_1904).read()
    except WorkbookError as error:
        return None, [*problems, error.at(Place(shown))]
    return grid, problems + found


def _load(data: bytes, workbook: Workbook, facts: list[SheetFacts], spec: TableSpec) -> list[Sheet]:
    """Read the visible sheets that have cells."""
    wanted = [(name, fact) for name, fact in zip(workbook.sheets, facts, strict=True) if name.visible and fact.cells]
    if any(fact.extent > MOST_CELLS for _, fact in wanted):
        raise oversized()
    required = set(spec.required)
    known = known_names(spec)
    sheets = []
    for (name, fact), rows in zip(wanted, read_cells(data, [name.name for name, _ in wanted]), strict=True):
        header = find_header(text_rows(rows[:_SEARCHED_ROWS]), spec)
        titles = {known.get(header_key(cell_text(cell))) for cell in rows[header]} if header is not None else set()
        sheets.append(Sheet(name, fact, rows, header, required <= titles))
    return sheets


def read_cells(data: bytes, names: list[str]) -> list[list[list[Cell]]]:
    """The cells of some sheets, from their first row and column on."""
    import python_calamine  # noqa: PLC0415 - only where there is a workbook

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(data))
        return [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in names]
    except (python_calamine.CalamineError, python_calamine.WorksheetNotFound, OverflowError):
        raise damaged() from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # the reader's own bug, not an Exception of Python
            raise
        raise damaged() from None


def _choose(sheets: list[Sheet]) -> list[Sheet]:
    """The sheets with a whole header; else those with part of one, so that what is missing can be said."""
    return [sheet for sheet in sheets if sheet.complete] or [sheet for sheet in sheets if sheet.header is not None][:1]


class SheetReader:
    """Turns one sheet into records and flaws."""

    def __init__(self, shown: str, sheet: Sheet, spec: TableSpec, *, base_1904: bool) -> None:
        self.shown, self.sheet, self.spec, self.base_1904 = shown, sheet, spec, base_1904
        self.header = sheet.header or 0
        self.positions = SheetPositions(shown, sheet.name.name)
        self.rows = text_rows(sheet.rows)
        self.titles = self.rows[self.header]
        known = known_names(spec)
        self.kinds: list[CellKind] = [self._kind(known.get(header_key(title))) for title in self.titles]
        self.flaws: defaultdict[int, list[Flaw]] = defaultdict(list)
        self.problems: list[Problem] = []

    def read(self) -> tuple[Grid, list[Problem]]:
        """The records, with every finding about cells below the header."""
        facts = self.sheet.facts
        self._typed_columns()
        for cells, finding in ((facts.errors, findings.error_cell), (facts.uncached, findings.uncached_formula)):
            for row, field in cells:
                if self._counts(row, field):
                    self._add(row - 1, (field,), finding(self.positions.place(row, field)))
        self._merged(facts.merged)
        self._formulas(facts.formulas)
        hidden = [row for row in facts.hidden_rows if row - 1 > self.header and self._filled(row - 1)]
        if hidden:
            self.problems.append(findings.hidden_rows(self.positions.record(hidden[0]), len(hidden)))
        grid = Grid(
            "xlsx",
            self.rows,
            range(1, len(self.rows) + 1),
            self.positions,
            sheet=self.sheet.name.name,
            header=self.header,
            flaws=dict(self.flaws),
        )
        return grid, self.problems

    def _kind(self, column_id: str | None) -> CellKind:
        column = self.spec.column(column_id) if column_id else None
        return column.kind if column else "text"

    def _counts(self, row: int, field: int) -> bool:
        return self.header < row - 1 < len(self.rows) and field < len(self.titles) and bool(self.titles[field].strip())

    def _filled(self, index: int) -> bool:
        return index < len(self.rows) and any(map(str.strip, self.rows[index]))

    def _add(self, index: int, fields: Sequence[int], problem: Problem) -> None:
        self.flaws[index].append(Flaw(problem, tuple(fields)))

    def _typed_columns(self) -> None:
        percents = self.sheet.facts.percents
        for field, kind in enumerate(self.kinds):
            if kind == "text":
                continue
            if kind == "date":
                self._dates(field)
                continue
            for index in range(self.header + 1, len(self.rows)):
                value = self.sheet.rows[index][field]
                if type(value) is str:
                    continue
                percent = (index + 1, field) in percents
                if wrong := misplaced(value, kind, percent=percent):
                    self._add(index, (field,), wrong.at(self.positions.place(index + 1, field)))

    def _dates(self, field: int) -> None:
        """Convert bare day numbers; say so once a column."""
        converted = []
        for index in range(self.header + 1, len(self.rows)):
            value: Any = self.sheet.rows[index][field]
            if type(value) is float and (day := day_text(value, base_1904=self.base_1904)):
                self.rows[index][field] = day
                converted.append(index)
        if converted:
            first = converted[0]
            place = self.positions.place(first + 1, field)
            self.problems.append(
                findings.day_numbers(
                    place, len(converted), cell_text(self.sheet.rows[first][field]), self.rows[first][field]
                )
            )

    def _merged(self, ranges: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
        """A merged range hides cells: every record that it touches is wrong, and told once."""
        touched = 0
        for (top, left), (bottom, right) in ranges:
            fields = [field for field in range(left, min(right + 1, len(self.titles))) if self.titles[field].strip()]
            rows = range(max(top - 1, self.header + 1), min(bottom, len(self.rows)))
            touched += len(rows)
            if touched > _MOST_MERGED:
                raise oversized()
            place = self.positions.place(top, left)
            problem = findings.merged_cells(place, top, bottom) if fields and rows else None
            for index in rows:
                if problem and self._filled(index):
                    self._add(index, fields, problem)

    def _formulas(self, cells: list[tuple[int, int]]) -> None:
        """Calculated cells are taken as they were when the workbook was saved: said once a column."""
        told: dict[int, Problem] = {}
        for row, field in cells:
            if self._counts(row, field):
                if field not in told:
                    told[field] = findings.formulas(self.positions.place(row, field), self.titles[field])
                self.flaws[row - 1].append(Flaw(told[field], (field,), fatal=False))
