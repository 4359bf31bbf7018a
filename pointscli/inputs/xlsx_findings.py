"""Findings about workbooks, sheets and their cells."""

from __future__ import annotations

from collections.abc import Sequence

from pointscli.inputs.headers import TableSpec
from pointscli.model.problem import Place, Problem, Severity


def several_sheets(shown: str, names: Sequence[str]) -> Problem:
    """More than one sheet has the table's header."""
    return Problem(
        "several-sheets",
        Place(shown),
        "several sheets hold a table: {sheets}",
        "keep one of them visible, or save each as a file of its own",
        (("sheets", ", ".join(names)),),
    )


def no_sheet(shown: str, spec: TableSpec) -> Problem:
    """No visible sheet has the table's header."""
    required = ", ".join(f"{column.id} ({column.title})" for column in spec.columns if column.required)
    return Problem(
        "no-header",
        Place(shown),
        "no visible sheet has the header line of the {table} table in its first ten rows",
        "the first line names the columns, at least: {columns}",
        (("table", spec.name), ("columns", required)),
    )


def unread_sheets(shown: str, name: str, others: Sequence[str]) -> Problem:
    """Other sheets with cells are there."""
    return Problem(
        "unread-sheet",
        Place(shown),
        "only the sheet {sheet} was read, not: {others}",
        "if they hold records too, save each as a file of its own",
        (("sheet", name), ("others", ", ".join(others))),
        Severity.WARNING,
    )


def error_cell(place: Place) -> Problem:
    """A cell that shows `#REF!` and the like."""
    return Problem(
        "error-cell",
        place,
        "the cell shows an error such as #REF! or #N/A",
        "repair the formula, or type the value",
    )


def uncached_formula(place: Place) -> Problem:
    """A formula whose value is not in the file."""
    return Problem(
        "uncalculated-formula",
        place,
        "the formula was never calculated, so its value is not known",
        "open the file in Excel or WPS and save it, or type the value",
    )


def formulas(place: Place, title: str) -> Problem:
    """Calculated cells in a column."""
    return Problem(
        "formula-cells",
        place,
        "the column {column} has formulas; their last saved values are used",
        "put plain values there, so that nothing changes by itself",
        (("column", title.strip()),),
        Severity.WARNING,
    )


def merged_cells(place: Place, top: int, bottom: int) -> Problem:
    """Merged cells among the records."""
    return Problem(
        "merged-cells",
        place,
        "merged cells in rows {first} to {last}: it is not known which record the value belongs to",
        "unmerge them and write the value into every row",
        (("first", str(top)), ("last", str(bottom))),
    )


def hidden_rows(place: Place, count: int) -> Problem:
    """Rows that are hidden or filtered out."""
    return Problem(
        "hidden-rows",
        place,
        "{count} rows are hidden or filtered out; they count all the same",
        "show them and look whether they belong there",
        (("count", str(count)),),
        Severity.WARNING,
    )


def day_numbers(place: Place, count: int, value: str, day: str) -> Problem:
    """Days that are stored as bare numbers."""
    return Problem(
        "day-number",
        place,
        "{count} dates are stored as numbers; {value} was read as {day}",
        "format the column as a date",
        (("count", str(count)), ("value", value), ("day", day)),
        Severity.WARNING,
    )
