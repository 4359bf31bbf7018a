"""What a workbook's XML says and the reader of cells does not: sheets, error cells, formulas, formats, extent.

The reader of cells gives an empty text for `#REF!` and for a formula without a value, and stops the whole program
when a sheet claims a cell at its far corner. So every sheet is looked through before it is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from pointscli.inputs.xlsx_parts import Parts, WorkbookError, damaged

_PERCENT_FORMATS = frozenset({9, 10})
_QUOTED = re.compile(r'"[^"]*"|\\.')
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})", re.ASCII)
_MOST_FIELDS = 20_000  # more than a sheet has columns
_LETTERS = re.compile(r"[A-Z]{1,3}", re.ASCII)
_Cell = tuple[int, int]
"""Row from 1 and field from 0."""


@dataclass(frozen=True, slots=True)
class SheetName:
    """A sheet of the workbook and the part it is in."""

    name: str
    part: str
    visible: bool


@dataclass(slots=True)
class SheetFacts:
    """What was found in a sheet's XML; cells are in the order of the file."""

    cells: int = 0
    errors: list[_Cell] = field(default_factory=list)
    uncached: list[_Cell] = field(default_factory=list)
    formulas: list[_Cell] = field(default_factory=list)
    percents: set[_Cell] = field(default_factory=set)
    hidden_rows: list[int] = field(default_factory=list)
    merged: list[tuple[_Cell, _Cell]] = field(default_factory=list)
    last_row: int = 0
    last_field: int = -1

    @property
    def extent(self) -> int:
        """Cells of the rectangle that the reader of cells will fill."""
        return self.last_row * (self.last_field + 1)


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets of a workbook, its base of dates and the cell styles that show percent."""

    sheets: tuple[SheetName, ...]
    base_1904: bool
    percent_styles: frozenset[str]


def scan_workbook(parts: Parts) -> Workbook:
    """Read the list of sheets and the styles, and inflate every other part once, for its size and its DOCTYPE."""
    sheets: list[dict[str, str]] = []
    targets: dict[str, str] = {}
    base: list[str] = []

    def workbook(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            sheets.append(attributes)
        elif name == "workbookPr":
            base.append(attributes.get("date1904", "0"))

    def relation(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            targets[attributes.get("Id", "")] = _part_name(attributes.get("Target", ""))

    _parse(parts.chunks("xl/workbook.xml"), workbook)
    _parse(parts.chunks("xl/_rels/workbook.xml.rels"), relation)
    percents = _percent_styles(parts)
    for name in parts.names():
        if name.endswith((".xml", ".rels")) and not name.startswith(
            ("xl/worksheets/sheet", "xl/styles", "xl/workbook")
        ):
            _parse(parts.chunks(name), None)
        elif not name.endswith((".xml", ".rels")):
            for _ in parts.chunks(name):
                pass
    named = [
        SheetName(sheet.get("name", ""), targets[sheet_id], sheet.get("state", "visible") == "visible")
        for sheet in sheets
        if (sheet_id := _relation_id(sheet)) in targets
    ]
    return Workbook(tuple(named), bool(base) and base[0] in ("1", "true"), percents)


def scan_sheet(parts: Parts, part: str, percent_styles: frozenset[str]) -> SheetFacts:
    """Look through one sheet."""
    scan = _SheetScan(percent_styles)
    scan.run(parts.chunks(part))
    return scan.facts


class _SheetScan:
    """Handlers of one pass over a sheet."""

    def __init__(self, percent_styles: frozenset[str]) -> None:
        self.facts = SheetFacts()
        self.percent_styles = percent_styles
        self.row, self.field, self.last = 0, -1, -1
        self.kind: str | None = None
        self.style: str | None = None
        self.has_formula = self.has_value = self.has_text = False
        self.fields: dict[str, int] = {}
        self.parser: Any = None

    def run(self, chunks: Iterable[bytes]) -> None:
        """Parse the sheet."""
        _parse(chunks, self.start, self.take_parser)
        self.end_formula()

    def take_parser(self, parser: Any) -> None:
        self.parser = parser

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if name == "c":
            if self.has_formula:
                self.end_formula()
            reference = attributes.get("r")
            if reference:
                letters = reference.rstrip("0123456789")
                self.row = int(reference[len(letters) :])
                self.field = self.fields[letters] if letters in self.fields else self.learn(letters)
            else:
                self.field += 1
            at = self.row * _MOST_FIELDS + self.field
            if at <= self.last:  # a second cell at the same place would silently replace the first
                raise damaged()
            self.last = at
            self.kind, self.style = attributes.get("t"), attributes.get("s")
        elif name == "v":
            self.value()
        else:
            self.rarer(name, attributes)

    def rarer(self, name: str, attributes: dict[str, str]) -> None:
        """An element that is not in every cell begins."""
        if name == "f":
            self.has_formula, self.has_value, self.has_text = True, False, False
            self.parser.CharacterDataHandler = self.text
            self.extend()
        elif name == "is":
            self.value()
        elif name == "row":
            self.end_formula()
            self.row, self.field = int(attributes.get("r", self.row + 1)), -1
            if attributes.get("hidden") in {"1", "true"}:
                self.facts.hidden_rows.append(self.row)
        elif name == "mergeCell":
            self.merge(attributes.get("ref", ""))

    def value(self) -> None:
        """The cell has a value."""
        facts = self.facts
        facts.cells += 1
        self.extend()
        self.has_value, self.has_text = True, False
        if self.kind == "e":
            facts.errors.append((self.row, self.field))
        if self.style in self.percent_styles:
            facts.percents.add((self.row, self.field))

    def extend(self) -> None:
        """The sheet reaches at least to this cell."""
        facts = self.facts
        facts.last_row = max(facts.last_row, self.row)
        facts.last_field = max(facts.last_field, self.field)

    def text(self, text: str) -> None:
        """Text inside a formula cell, of the formula or of its value."""
        self.has_text = self.has_text or not text.isspace()

    def end_formula(self) -> None:
        """Judge the formula of the cell that just ended: without a value it was never calculated."""
        if not self.has_formula:
            return
        self.has_formula = False
        self.parser.CharacterDataHandler = None
        if self.kind != "e":
            cached = self.has_value and (self.has_text or self.kind == "str")
            (self.facts.formulas if cached else self.facts.uncached).append((self.row, self.field))

    def learn(self, letters: str) -> int:
        """The number of a column seen for the first time."""
        if not _LETTERS.fullmatch(letters):
            raise damaged()
        number = self.fields[letters] = field_number(letters)
        return number

    def merge(self, reference: str) -> None:
        """A range of merged cells."""
        corners = [_corner(text) for text in reference.split(":")]
        self.facts.merged.append((corners[0], corners[-1]))


def _corner(text: str) -> _Cell:
    found = _REFERENCE.fullmatch(text)
    if found is None:
        raise damaged()
    return int(found[2]), field_number(found[1])


def field_number(letters: str) -> int:
    """0 for A, 26 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _percent_styles(parts: Parts) -> frozenset[str]:
    """The numbers of the cell styles whose number format shows percent."""
    formats = set(_PERCENT_FORMATS)
    styles: list[int] = []
    inside = [False]

    def style(name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt" and "%" in _QUOTED.sub("", attributes.get("formatCode", "")):
            formats.add(int(attributes.get("numFmtId", "-1")))
        elif name in ("cellXfs", "cellStyleXfs", "cellStyles"):
            inside[0] = name == "cellXfs"
        elif name == "xf" and inside[0]:
            styles.append(int(attributes.get("numFmtId", "0")))

    _parse(parts.chunks("xl/styles.xml"), style)
    return frozenset(str(number) for number, form in enumerate(styles) if form in formats)


def _part_name(target: str) -> str:
    return target[1:] if target.startswith("/") else "xl/" + target.removeprefix("./")


def _relation_id(sheet: dict[str, str]) -> str:
    return next((value for name, value in sheet.items() if name.rpartition(":")[2] == "id"), "")


def _parse(
    chunks: Iterable[bytes],
    start: Callable[[str, dict[str, str]], None] | None,
    take_parser: Callable[[Any], None] | None = None,
) -> None:
    """Run a handler over the elements of a part, by their names without prefix; no document type is allowed."""
    from xml.parsers import expat  # noqa: PLC0415 - only where there is a workbook

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    if take_parser:
        take_parser(parser)
    if start:

        def start_local(name: str, attributes: dict[str, str]) -> None:
            start(name.rpartition(":")[2] if ":" in name else name, attributes)

        parser.StartElementHandler = start_local
    any_content = False
    try:
        for chunk in chunks:
            any_content = any_content or bool(chunk)
            parser.Parse(chunk, False)  # noqa: FBT003 - the parser's own signature
        if any_content:
            parser.Parse(b"", True)  # noqa: FBT003 - the same
    except (expat.ExpatError, ValueError, LookupError) as error:  # an encoding that does not exist is a LookupError
        if isinstance(error, WorkbookError):
            raise
        raise damaged() from None


def _refuse_doctype(*_: object) -> None:
    raise WorkbookError(
        "suspicious-workbook",
        "the workbook holds a document type, which no office program writes",
        "do not use it; ask where it comes from",
    )
