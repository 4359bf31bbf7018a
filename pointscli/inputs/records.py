"""Puts every record of a table into its pile: a row, blank, a total line, or rejected with a finding."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from pointscli.inputs.grid import Flaw, Grid
from pointscli.inputs.headers import TableSpec
from pointscli.model.problem import Place, Problem, Severity

_TOTALS = frozenset({"合计", "小计", "总计", "共计", "累计", "本页小计", "本页合计", "total", "subtotal", "sum"})
_SIGNATURES = frozenset(
    {"制表", "制表人", "制表日期", "填表", "填表人", "填报人", "填表日期", "审核", "审核人", "复核人", "负责人"}
    | {"备注", "说明", "注"}
)
_BLANKS = re.compile(r"\s+")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile("[\xad\u200b-\u200f\u2060\ufeff]")


@dataclass(slots=True)
class Sorting:
    """The piles of one table while they are being filled."""

    columns: tuple[str, ...]
    rows: list[list[str]]
    lines: Sequence[int]
    read: int
    blank: int = 0
    excluded: int = 0
    rejected: int = 0
    problems: list[Problem] = field(default_factory=list)

    def drop(self, indexes: set[int]) -> None:
        """Take records out of the rows."""
        if indexes:
            self.rows = [row for index, row in enumerate(self.rows) if index not in indexes]
            self.lines = [line for index, line in enumerate(self.lines) if index not in indexes]


def sort_records(grid: Grid, header: int, columns: tuple[str, ...], spec: TableSpec) -> Sorting:
    """Sort the records below the header; `read == len(rows) + blank + excluded + rejected` holds at the end."""
    broken = sum(line > grid.lines[header] for line in grid.rejected)
    rows = grid.rows[header + 1 :]
    sorting = Sorting(columns, rows, grid.lines[header + 1 :], len(rows) + broken, rejected=broken)
    _Sorter(grid, spec, sorting, header).sort()
    _check_keys(grid, spec, sorting)
    _check_unnamed(grid, grid.rows[header], sorting)
    if sorting.read != len(sorting.rows) + sorting.blank + sorting.excluded + sorting.rejected:
        raise AssertionError(f"{sorting.read} records read, but the piles hold another number")
    return sorting


class _Sorter:
    """Looks at the records that are not plainly full rows."""

    def __init__(self, grid: Grid, spec: TableSpec, sorting: Sorting, header: int) -> None:
        self.grid, self.spec, self.sorting = grid, spec, sorting
        self.titles, self.first = grid.rows[header], header + 1
        self.width = len(sorting.columns)
        self.required = [sorting.columns.index(name) for name in spec.required]
        self.gone: set[int] = set()
        self.told: set[Problem] = set()

    def sort(self) -> None:
        """Classify what looks unusual; a plain row is touched only here."""
        needed, width, strip = itemgetter(self.required[0], *self.required), self.width, str.strip
        unusual = {
            index
            for index, row in enumerate(self.sorting.rows)
            if len(row) != width or not all(map(strip, needed(row)))
        }
        flawed = {index - self.first for index in self.grid.flaws if index >= self.first}
        for index in sorted(unusual | flawed):
            self._classify(index, self.sorting.rows[index])
        self.sorting.drop(self.gone)

    def _classify(self, index: int, row: list[str]) -> None:
        flaws = [flaw for flaw in self.grid.flaws.get(index + self.first, []) if self._counts(flaw)]
        if word := self._total_word(row):
            first = next(i for i, cell in enumerate(row) if cell.strip())
            self.sorting.problems.append(_total_row(self._place(index, first), word))
            self.sorting.excluded += 1
        elif not any(flaw.fatal for flaw in flaws) and not any(map(str.strip, row)):
            self.sorting.blank += 1
        elif self._find(index, row, flaws):
            self.sorting.rejected += 1
        else:
            return
        self.gone.add(index)

    def _counts(self, flaw: Flaw) -> bool:
        return not flaw.fields or any(i < self.width and self.titles[i].strip() for i in flaw.fields)

    def _total_word(self, row: list[str]) -> str:
        """The word that makes a row a total or signature line: its first cell, where required cells are empty."""
        if all(i < len(row) and row[i].strip() for i in self.required):
            return ""
        first = next((cell for cell in row if cell.strip()), "").strip()
        word, _, rest = _BLANKS.sub("", first).casefold().replace("：", ":").partition(":")
        return first if word in _SIGNATURES or (word in _TOTALS and not rest) else ""

    def _find(self, index: int, row: list[str], flaws: list[Flaw]) -> bool:
        """Report all that is wrong with a record; whether it must go."""
        fresh = [flaw.problem for flaw in flaws if flaw.problem not in self.told]
        self.told.update(fresh)
        self.sorting.problems += fresh
        extra = next((i for i in range(self.width, len(row)) if row[i].strip()), None)
        if extra is not None:
            self.sorting.problems.append(_too_many(self._place(index, extra), len(row), self.width, row[extra]))
            return True
        if len(row) < self.width:
            self.sorting.problems.append(_too_few(self._place(index, max(len(row) - 1, 0)), len(row), self.width))
            return True
        del row[self.width :]
        named = {i for flaw in flaws if flaw.fatal for i in flaw.fields}
        missing = [i for i in self.required if i not in named and not row[i].strip()]
        for i in missing:
            self.sorting.problems.append(_missing(self._place(index, i), self.spec, self.sorting.columns[i]))
        return bool(missing) or any(flaw.fatal for flaw in flaws)

    def _place(self, index: int, number: int) -> Place:
        return self.grid.positions.place(self.sorting.lines[index], number)


def _check_keys(grid: Grid, spec: TableSpec, sorting: Sorting) -> None:
    """Reject ids and names with control characters; warn once a column of invisible ones, which matching ignores."""
    gone: set[int] = set()
    for number, name in enumerate(sorting.columns):
        column = spec.column(name)
        if column is None or column.kind != "key":
            continue
        joined = "\n".join([row[number] for row in sorting.rows])
        if joined.isascii() and joined.replace("\n", "").isprintable():
            continue
        if _CONTROL.search(joined):
            bad = [i for i, row in enumerate(sorting.rows) if _CONTROL.search(row[number])]
            gone.update(bad)
            sorting.problems += [
                _control(grid.positions.place(sorting.lines[i], number), name, sorting.rows[i][number]) for i in bad
            ]
        if _INVISIBLE.search(joined):
            odd = [i for i, row in enumerate(sorting.rows) if i not in gone and _INVISIBLE.search(row[number])]
            if odd:
                place = grid.positions.place(sorting.lines[odd[0]], number)
                sorting.problems.append(_invisible(place, name, len(odd)))
    sorting.rejected += len(gone)
    sorting.drop(gone)


def _check_unnamed(grid: Grid, titles: Sequence[str], sorting: Sorting) -> None:
    """Warn of data under a blank title; drop blank columns at the right edge."""
    width = len(titles)
    for number in range(len(titles) - 1, -1, -1):
        if titles[number].strip():
            continue
        filled = next((i for i, row in enumerate(sorting.rows) if row[number].strip()), None)
        if filled is not None:
            name = sorting.columns[number]
            place = grid.positions.place(sorting.lines[filled], number)
            sorting.problems.append(_unnamed(place, name, sorting.rows[filled][number]))
        elif number == width - 1:
            width = number
    if width < len(titles):
        sorting.columns = sorting.columns[:width]
        for row in sorting.rows:
            del row[width:]


def _total_row(place: Place, word: str) -> Problem:
    return Problem(
        "total-row",
        place,
        "the line {value} is taken for a total or a signature and not counted",
        "keep totals and signatures out of the table",
        (("value", word[:40]),),
        Severity.WARNING,
    )


def _too_many(place: Place, count: int, width: int, value: str) -> Problem:
    return Problem(
        "too-many-fields",
        place,
        "the record has {count} fields, the header only {width}: {value} has no column",
        "put a cell that holds a separator into quotation marks, or delete what is too much",
        (("count", str(count)), ("width", str(width)), ("value", value[:40])),
    )


def _too_few(place: Place, count: int, width: int) -> Problem:
    return Problem(
        "too-few-fields",
        place,
        "the record has {count} fields, the header has {width}",
        "add the separators of the empty cells, or look for a line break inside a cell",
        (("count", str(count)), ("width", str(width))),
    )


def _missing(place: Place, spec: TableSpec, name: str) -> Problem:
    column = spec.column(name)
    return Problem(
        "missing-value",
        place,
        "the cell {column} ({title}) is empty",
        "fill it in, or delete the record",
        (("column", name), ("title", column.title if column else name)),
    )


def _control(place: Place, name: str, value: str) -> Problem:
    found = _CONTROL.search(value)
    return Problem(
        "control-character",
        place,
        "the cell {column} holds the invisible control character U+{code}: {value}",
        "type the cell again",
        (
            ("column", name),
            ("code", f"{ord(found[0]) if found else 0:04X}"),
            ("value", _CONTROL.sub("\ufffd", value)[:40]),
        ),
    )


def _invisible(place: Place, name: str, count: int) -> Problem:
    return Problem(
        "invisible-character",
        place,
        "{count} cells of the column {column} hold characters that cannot be seen; they are ignored",
        "type these cells again",
        (("count", str(count)), ("column", name)),
        Severity.WARNING,
    )


def _unnamed(place: Place, name: str, value: str) -> Problem:
    return Problem(
        "unnamed-column",
        place,
        "{value} stands in a column without a title; the column is called {column}",
        "give the column a title, or clear it",
        (("value", value[:40]), ("column", name)),
        Severity.WARNING,
    )
