"""A form as records of the event log: its columns under their ids, what holds for the whole form in every record.

Conservation: every row of the sheet is in exactly one pile, and every pile is told by its rows' numbers.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pointscli.inputs.form_captions import Caption, Captions
from pointscli.inputs.form_layout import Layout
from pointscli.inputs.form_rows import Pile, Sorted, sort_rows
from pointscli.inputs.form_sheets import FormOptions, FormSheet, open_form
from pointscli.inputs.form_words import MINUS, ORDINAL, PLUS
from pointscli.inputs.grammar import visible
from pointscli.inputs.grid import Flaw, Grid, Positions
from pointscli.inputs.headers import EVENTS
from pointscli.inputs.table import RawTable, shape
from pointscli.model.names import item_key
from pointscli.model.problem import Place, Problem, Severity

COLUMNS = tuple(column.id for column in EVENTS.columns)
_REQUIRED = EVENTS.required
_ZERO = re.compile(r"[+-]?0+(?:\.0+)?|[-—/]", re.ASCII)


@dataclass(frozen=True, slots=True)
class Filling:
    """What holds where a form says nothing: values from the command line, and what its words for items mean."""

    values: Mapping[str, str] = field(default_factory=dict)
    items: Mapping[str, str] = field(default_factory=dict)
    """Their word (by `item_key`) → the item."""
    known: Collection[str] = ()
    """All words for items that the rules know (by `item_key`)."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form's records as a table of the event log, and the lines of everything else in it."""

    table: RawTable
    read: int
    piles: Mapping[Pile, tuple[int, ...]]
    columns: tuple[tuple[str, str], ...]
    """(title, field) of the columns that are read."""
    unused: tuple[str, ...]
    """Titles of the columns that are not."""
    taken: tuple[tuple[str, str, str], ...] = ()
    """(field, value, place) of what was taken from above the table."""


def read_form(path: Path, shown: str, options: FormOptions, filling: Filling) -> tuple[Form | None, list[Problem]]:
    """Read a form; None, and why, if it cannot be used as a whole. FileError if it cannot be opened."""
    sheet, problems = open_form(path, shown, options)
    if sheet is None:
        return None, problems
    items = {*filling.known, *filling.items}
    found = sort_rows(sheet.grid.rows, sheet.layout, sheet.wide, set(sheet.grid.flaws), items)
    maker = _Maker(shown, sheet, found, filling)
    problems += maker.missing_columns()
    if any(problem.name == "missing-column" for problem in problems):
        return None, problems
    grid = maker.grid()
    problems += maker.problems
    table, said = shape(grid, shown, EVENTS)
    if table is None:
        raise AssertionError(f"{shown}: a form's own heading was refused")
    problems += said
    return _form(sheet, found, table, maker.taken), problems


def _form(sheet: FormSheet, found: Sorted, table: RawTable, taken: Mapping[tuple[str, str], str]) -> Form:
    grid, layout = sheet.grid, sheet.layout
    kept = set(table.lines)
    piles = {pile: [grid.lines[index] for index in indexes] for pile, indexes in found.piles.items()}
    if not table.rejected:  # what the table itself took for a line of the form, if anything
        piles[Pile.SIGNATURE] += [line for line in piles[Pile.RECORD] if line not in kept]
        piles[Pile.RECORD] = [line for line in piles[Pile.RECORD] if line in kept]
    read = len(grid.rows) + len(grid.rejected)
    if sum(map(len, piles.values())) != len(grid.rows):
        raise AssertionError(f"{read} rows were read, but the piles hold another number")
    return Form(
        table=table,
        read=read,
        piles={pile: tuple(lines) for pile, lines in piles.items()},
        columns=tuple(
            (layout.titles[place].replace("\n", ""), name)
            for name, place in sorted(layout.fields.items(), key=lambda pair: pair[1])
            if name != ORDINAL
        ),
        unused=tuple(layout.titles[place].replace("\n", "") for place in layout.unused),
        taken=tuple((*pair, place) for pair, place in taken.items()),
    )


class FormPositions:
    """Cells of the records where they stand in the form; a value that stands above the table is found there."""

    def __init__(self, sheet: FormSheet, found: Sorted) -> None:
        """Know the form."""
        self._positions: Positions = sheet.grid.positions
        self._lines = sheet.grid.lines
        self._layout = sheet.layout
        self._captions = {sheet.grid.lines[index]: captions for index, captions in found.captions.items()}

    def place(self, line: int, field: int) -> Place:
        """The place of a column's cell in a record."""
        name = COLUMNS[field]
        caption = self.caption(line, name)
        if name not in self._layout.fields and caption is not None:
            return self._positions.place(self._lines[caption.index], caption.field)
        known = self._layout.fields
        place = next((known[one] for one in (name, *_STAND_IN.get(name, ())) if one in known), None)
        return self._positions.record(line) if place is None else self._positions.place(line, place)

    def record(self, line: int) -> Place:
        """Where a row starts."""
        return self._positions.record(line)

    def caption(self, line: int, name: str) -> Caption | None:
        """What stands above a record's table for a column."""
        captions = self._captions.get(line, Captions())
        return {"member": captions.member, "date": captions.date}.get(name)


_STAND_IN = {"points": (PLUS, MINUS, "item"), **dict.fromkeys(("level", "quantity", "evidence", "scheme"), ("item",))}
"""Where a finding about a cell is shown if the form has no column for it."""


class _Maker:
    """Turns the records of a form into records of the log."""

    def __init__(self, shown: str, sheet: FormSheet, found: Sorted, filling: Filling) -> None:
        self.shown, self.sheet, self.found, self.filling = shown, sheet, found, filling
        self.layout: Layout = sheet.layout
        self.positions = FormPositions(sheet, found)
        self.problems: list[Problem] = []
        self.taken: dict[tuple[str, str], str] = {}

    def missing_columns(self) -> list[Problem]:
        """Required columns that neither the form nor the command line has, and that nothing above the table fills."""
        missing = []
        for name in _REQUIRED:
            above = any(self._caption(index, name) for index in self.found.captions)
            if name not in self.layout.fields and name not in self.filling.values and not above:
                missing.append(self._missing(name))
        return missing

    def grid(self) -> Grid:
        """The records under the ids of the log's columns."""
        grid, last = self.sheet.grid, self.layout.last
        records = self.found.piles[Pile.RECORD]
        rows = [list(COLUMNS), *(self._record(index) for index in records)]
        flaws = {nth: self._flaws(grid.flaws[index]) for nth, index in enumerate(records, 1) if index in grid.flaws}
        for nth, index in enumerate(records, 1):
            if found := self._shape(index):
                flaws.setdefault(nth, []).append(found)
        self._unnamed(records)
        lines = [grid.lines[last], *(grid.lines[index] for index in records)]
        return Grid(grid.encoding, rows, lines, self.positions, grid.sheet, 0, grid.rejected, flaws)

    def _record(self, index: int) -> list[str]:
        cells = {name: self._cell(index, name) for name in COLUMNS}
        if PLUS in self.layout.fields or MINUS in self.layout.fields:
            cells["points"] = self._points(index)
        cells["item"] = self.filling.items.get(item_key(cells["item"]), cells["item"])
        return [cells[name] for name in COLUMNS]

    def _cell(self, index: int, name: str) -> str:
        """The form's own cell, else what the command line says, else what stands above the table."""
        text = self._own(index, name)
        if text or name in self.filling.values:
            return text or self.filling.values[name]
        caption = None if name in self.layout.fields else self._caption(index, name)
        if caption is None:
            return ""
        place = self.sheet.grid.positions.place(self.sheet.grid.lines[caption.index], caption.field)
        self.taken.setdefault((name, caption.text), place.path if "!" in place.path else f"{place.path}:{place.line}")
        return caption.text

    def _own(self, index: int, name: str) -> str:
        row, place = self.sheet.grid.rows[index], self.layout.fields.get(name, -1)
        return row[place].strip() if 0 <= place < len(row) else ""

    def _caption(self, index: int, name: str) -> Caption | None:
        captions = self.found.captions[index]
        return captions.member if name == "member" else captions.date if name == "date" else None

    def _points(self, index: int) -> str:
        """One of the two columns: given, or taken as a negative number."""
        plus, minus = (self._own(index, name) for name in (PLUS, MINUS))
        plus, minus = ("" if _ZERO.fullmatch(visible(text)) else text for text in (plus, minus))
        if plus and minus:
            self.problems.append(self._both(index, plus, minus))
        return plus or (f"-{visible(minus).lstrip('-－−')}" if minus else "")

    def _shape(self, index: int) -> Flaw | None:
        """A row that is longer or shorter than the heading in a text file: its cells may stand in the wrong columns."""
        row, width = self.sheet.grid.rows[index], len(self.layout.titles)
        extra = next((i for i in range(width, len(row)) if row[i].strip()), None)
        line = self.sheet.grid.lines[index]
        count = (("count", str(len(row))), ("width", str(width)))
        if extra is not None:
            place = self.sheet.grid.positions.place(line, extra)
            message = "the record has {count} fields, the header only {width}: {value} has no column"
            hint = "put a cell that holds a separator into quotation marks, or delete what is too much"
            return Flaw(Problem("too-many-fields", place, message, hint, (*count, ("value", row[extra][:40]))), ())
        if len(row) < width:
            message = "the record has {count} fields, the header has {width}"
            hint = "add the separators of the empty cells, or look for a line break inside a cell"
            return Flaw(Problem("too-few-fields", self.positions.record(line), message, hint, count), ())
        return None

    def _unnamed(self, records: Sequence[int]) -> None:
        """Warn of texts in the records that stand in a column without a title."""
        grid, titles = self.sheet.grid, self.layout.titles
        for place in (i for i, title in enumerate(titles) if not title):
            first = next(
                (index for index in records if place < len(grid.rows[index]) and grid.rows[index][place].strip()), None
            )
            if first is not None:
                self.problems.append(
                    Problem(
                        "unnamed-column",
                        grid.positions.place(grid.lines[first], place),
                        "{value} stands in a column without a title and is not read",
                        "give the column a title, or clear it",
                        (("value", grid.rows[first][place].strip()[:40]),),
                        Severity.WARNING,
                    )
                )

    def _flaws(self, flaws: Sequence[Flaw]) -> list[Flaw]:
        """Findings of the reader, with the log's columns instead of the form's."""
        names = {place: name for name, place in self.layout.fields.items()}
        columns = {PLUS: "points", MINUS: "points"}
        found = []
        for flaw in flaws:
            fields = {columns.get(names[place], names[place]) for place in flaw.fields}
            kept = tuple(COLUMNS.index(name) for name in sorted(fields))
            found.append(replace(flaw, problem=_may_fill(flaw.problem), fields=kept))
        return found

    def _both(self, index: int, plus: str, minus: str) -> Problem:
        return Problem(
            "bad-number",
            self.sheet.grid.positions.place(self.sheet.grid.lines[index], self.layout.fields[MINUS]),
            "points are given ({plus}) and taken ({minus}) in one row",
            "write two rows, one for each",
            (("plus", plus), ("minus", minus)),
        )

    def _missing(self, name: str) -> Problem:
        column = EVENTS.column(name)
        line = self.sheet.grid.lines[self.layout.last]
        return Problem(
            "missing-column",
            self.sheet.grid.positions.record(line),
            "the column {column} ({title}) is missing",
            "name it with --map TITLE={column}, or give one value for all rows with --{column}",
            (("column", name), ("title", column.title if column else name)),
            Severity.ERROR,
        )


def _may_fill(problem: Problem) -> Problem:
    """Merged cells may be meant for each of their rows: only the office knows."""
    if problem.name != "merged-cells":
        return problem
    return replace(problem, hint="write the value into every row; or --fill-merged, if it holds for each (not amounts)")


def item_words(items: Mapping[str, str]) -> dict[str, str]:
    """Words for items by the key that they are compared by."""
    return {item_key(word): item for word, item in items.items()}
