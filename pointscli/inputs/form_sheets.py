"""Opens a form: a text file or a workbook behind its scan, and finds the sheet and the table in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pointscli.inputs import xlsx_findings as findings
from pointscli.inputs.contents import file_kind, read_bytes
from pointscli.inputs.csv_file import read_csv
from pointscli.inputs.form_layout import FEWEST, Layout, Range, find_layout
from pointscli.inputs.form_words import KINDS, ORDINAL, Headings
from pointscli.inputs.grid import Grid
from pointscli.inputs.headers import Column, TableSpec
from pointscli.inputs.positions import SheetPositions
from pointscli.inputs.xlsx_cells import Cell, cell_text, text_rows
from pointscli.inputs.xlsx_file import MOST_CELLS, Sheet, SheetReader, read_cells
from pointscli.inputs.xlsx_parts import Parts, WorkbookError, oversized
from pointscli.inputs.xlsx_scan import SheetFacts, SheetName, scan_sheet, scan_workbook
from pointscli.model.problem import Place, Problem

_MOST_FILLED = 100_000


@dataclass(frozen=True, slots=True)
class FormSheet:
    """A form's rows with the layout of its table; `wide` rows have cells merged over several columns."""

    grid: Grid
    layout: Layout
    wide: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class FormOptions:
    """How a form is to be read."""

    headings: Headings
    sheet: str | None = None
    fill_merged: bool = False
    fewest: int = FEWEST
    """A row that names so many fields may be the heading."""


@dataclass(slots=True)
class _Candidate:
    """A sheet with a table, before its cells are looked at."""

    name: SheetName
    facts: SheetFacts
    rows: list[list[Cell]]
    layout: Layout | None
    problems: list[Problem]


def open_form(path: Path, shown: str, options: FormOptions) -> tuple[FormSheet | None, list[Problem]]:
    """Read a form as rows of text; FileError if it cannot be opened."""
    kind, problems = file_kind(path, shown)
    if kind == "csv":
        return _open_text(path, shown, options)
    if kind == "xlsx":
        try:
            return _open_workbook(shown, read_bytes(path, shown), options)
        except WorkbookError as error:
            return None, [error.at(Place(shown))]
    if kind:
        message = "only workbooks (.xlsx) and text files (.csv) can be imported"
        problems = [
            Problem("wrong-file-kind", Place(shown), message, "put a log file into the folder events/ as it is")
        ]
    return None, problems


def _open_text(path: Path, shown: str, options: FormOptions) -> tuple[FormSheet | None, list[Problem]]:
    grid, problems = read_csv(path, shown, read_bytes(path, shown), options.headings.spec())
    if grid is None:
        return None, problems
    layout, found = find_layout(
        grid.rows,
        (),
        options.headings,
        lambda index, field: grid.positions.place(grid.lines[index], field),
        options.fewest,
    )
    problems += found
    if layout is None:
        return None, [*problems, _no_heading(Place(shown, 1))]
    return (None if found else FormSheet(replace(grid, header=layout.last), layout)), problems


def _open_workbook(shown: str, data: bytes, options: FormOptions) -> tuple[FormSheet | None, list[Problem]]:
    parts = Parts(data)
    workbook = scan_workbook(parts)
    scanned = [(name, scan_sheet(parts, name.part, workbook.percent_styles)) for name in workbook.sheets]
    wanted = [
        (name, facts)
        for name, facts in scanned
        if facts.cells and (name.visible if options.sheet is None else name.name.strip() == options.sheet.strip())
    ]
    if not wanted and options.sheet is not None:
        return None, [_no_such_sheet(shown, options.sheet, [name.name for name, facts in scanned if facts.cells])]
    if any(facts.extent > MOST_CELLS for _, facts in wanted):
        raise oversized()
    cells = read_cells(data, [name.name for name, _ in wanted])
    candidates = [_candidate(shown, *pair, rows, options) for pair, rows in zip(wanted, cells, strict=True)]
    with_table = [one for one in candidates if one.layout]
    if len(with_table) > 1:
        return None, [_several(shown, [one.name.name for one in with_table])]
    if not with_table:
        return None, [_no_heading(Place(shown))]
    chosen = with_table[0]
    others = [name.name for name, facts in scanned if facts.cells and name.name != chosen.name.name]
    problems = [_unread(shown, chosen.name.name, others)] if others and options.sheet is None else []
    if chosen.problems:
        return None, problems + chosen.problems
    form, found = _read_sheet(shown, chosen, options, base_1904=workbook.base_1904)
    return form, problems + found


def _candidate(
    shown: str, name: SheetName, facts: SheetFacts, rows: list[list[Cell]], options: FormOptions
) -> _Candidate:
    positions = SheetPositions(shown, name.name)
    layout, problems = find_layout(
        text_rows(rows),
        facts.merged,
        options.headings,
        lambda index, field: positions.place(index + 1, field),
        options.fewest,
    )
    return _Candidate(name, facts, rows, layout, problems)


def _read_sheet(
    shown: str, chosen: _Candidate, options: FormOptions, *, base_1904: bool
) -> tuple[FormSheet, list[Problem]]:
    """Read the cells under the heading by what their columns hold; columns that are not read have no findings."""
    layout, facts, rows = chosen.layout, chosen.facts, chosen.rows
    assert layout is not None  # noqa: S101 - chosen for it
    heading = rows[layout.last]
    used = {place: field for field, place in layout.fields.items() if field != ORDINAL}
    titles = [layout.titles[place] if place in used else "" for place in range(len(heading))]
    spec = TableSpec(
        "form", tuple(Column(field, titles[place], KINDS.get(field, "text")) for place, field in used.items())
    )
    if options.fill_merged:
        facts = replace(facts, merged=_fill(rows, facts.merged, layout, used))
    readable: list[list[Cell]] = list(rows)
    readable[layout.last] = list(titles)
    sheet = Sheet(chosen.name, facts, readable, layout.last, complete=True)
    grid, problems = SheetReader(shown, sheet, spec, base_1904=base_1904).read()
    grid.rows[layout.last] = [cell_text(cell) for cell in heading]
    wide = frozenset(top - 1 for (top, left), (_, right) in chosen.facts.merged if right > left)
    return FormSheet(grid, layout, wide), problems


def _fill(rows: list[list[Cell]], merged: Sequence[Range], layout: Layout, used: dict[int, str]) -> list[Range]:
    """Write the value of merged cells into every row; what is left are ranges that may not be repeated: amounts."""
    left_over = []
    for (top, left), (bottom, right) in merged:
        inside = [field for place, field in used.items() if left <= place <= right]
        below = top - 1 > layout.last and bottom <= len(rows) and bottom - top < _MOST_FILLED
        if not inside or not below or any(KINDS[field] == "number" for field in inside):
            left_over.append(((top, left), (bottom, right)))
            continue
        for index in range(top, bottom):
            rows[index][left] = rows[top - 1][left]
    return left_over


def _unread(shown: str, name: str, others: Sequence[str]) -> Problem:
    hint = "if they hold records too, import each with --sheet"
    return replace(findings.unread_sheets(shown, name, others), hint=hint)


def _several(shown: str, names: Sequence[str]) -> Problem:
    return Problem(
        "several-sheets",
        Place(shown),
        "several sheets hold a table: {sheets}",
        "say which one is meant: --sheet {first}",
        (("sheets", ", ".join(names)), ("first", names[0])),
    )


def _no_such_sheet(shown: str, name: str, names: Sequence[str]) -> Problem:
    return Problem(
        "no-header",
        Place(shown),
        "there is no sheet {sheet} with cells",
        "the sheets are: {sheets}",
        (("sheet", name), ("sheets", ", ".join(names))),
    )


def _no_heading(place: Place) -> Problem:
    return Problem(
        "no-header",
        place,
        "no row names at least two of: date, member, item, quantity, level, points, reason",
        "say what the columns mean: --map TITLE=item",
    )
