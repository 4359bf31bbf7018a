"""The tables of a rule test as the readers of files take them; places point into the test file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pointscli.inputs.csv_file import choose_delimiter, read_records
from pointscli.inputs.grid import Grid
from pointscli.inputs.headers import EVENTS, MEMBERS, TableSpec, header_key, known_names
from pointscli.inputs.table import RawTable, shape
from pointscli.model.problem import Place, Problem
from pointscli.scheme.reading import Reading, unknown_word
from pointscli.scheme.tree import Entry, Listing, Mapping, Scalar, Tree
from pointscli.scheme.values import read_integer

REPEAT = "repeat"
MOST_REPEATS = 1000
Row = dict[str, str]


@dataclass(slots=True)
class _Places:
    """Where the cells of the rows that begin in a line stand; several rows of one line are not told apart."""

    path: str
    columns: tuple[str, ...] = ()
    cells: dict[int, dict[str, Place]] = field(default_factory=dict)

    def place(self, line: int, number: int) -> Place:
        """The cell's own place, else its row's line."""
        name = self.columns[number] if number < len(self.columns) else ""
        return self.cells.get(line, {}).get(name, Place(self.path, line))

    def record(self, line: int) -> Place:
        """The row's line."""
        return Place(self.path, line)


def case_table(tree: Tree | None, spec: TableSpec, path: str, line: int) -> tuple[RawTable | None, list[Problem]]:
    """Rows written as keys and values, or as CSV text, as a table; `line` is the test's, for what is missing."""
    if isinstance(tree, Scalar) and not tree.is_null:
        grid, problems = _from_text(tree, spec, path)
    else:
        grid, problems = _from_rows(tree, spec, path, line)
    table, found = shape(grid, path, spec)
    return table, problems + [one for one in found if one.name != "no-records"]


def _from_rows(tree: Tree | None, spec: TableSpec, path: str, line: int) -> tuple[Grid, list[Problem]]:
    reading = Reading()
    found: list[tuple[int, Row]] = []
    places = _Places(path)
    for one in reading.each(tree, "write rows: each begins with a dash") if isinstance(tree, Listing) else ():
        mapping = reading.mapping(one, "write a row of columns with their values")
        if mapping:
            row, repeats = _row(reading, mapping, spec, places)
            found += [(mapping.place.line, {**row, **dated}) for dated in _dates(mapping, spec) for _ in range(repeats)]
    if isinstance(tree, Mapping):
        reading.wrong_type(tree, "write rows: each begins with a dash")
    columns = tuple(dict.fromkeys([*spec.required, *(name for _, row in found for name in row)]))
    places.columns = columns
    cells = [[row.get(name, "") for name in columns] for _, row in found]
    grid = Grid("utf-8", [list(columns), *cells], [line, *(at for at, _ in found)], places, header=0)
    return grid, reading.problems


def _row(reading: Reading, mapping: Mapping, spec: TableSpec, places: _Places) -> tuple[Row, int]:
    """A row's cells by column id, and how often it is repeated."""
    known, row, repeats = known_names(spec), Row(), 1
    own = places.cells.setdefault(mapping.place.line, {})
    for entry in mapping:
        name = known.get(header_key(entry.name), entry.name)
        if name == REPEAT and spec is EVENTS:
            repeats = read_integer(reading, entry.value, most=MOST_REPEATS) or 1
        elif name == entry.name and spec.column(name) is None and spec is not MEMBERS:
            words = [column.id for column in spec.columns]
            reading.problems.append(unknown_word("unknown-key", entry.place, "unknown key {value}", entry.name, words))
        else:
            row[name] = _cell(reading, entry, name, spec)
            own[name] = entry.value.place
    if spec is MEMBERS:
        row.setdefault("name", row.get("id", ""))
        row.setdefault("id", row["name"])
    return row, repeats


def _cell(reading: Reading, entry: Entry, name: str, spec: TableSpec) -> str:
    """The text of a cell; several members may stand in a list, and several dates, which make an event each."""
    if isinstance(entry.value, Scalar):
        return "" if entry.value.is_null else entry.value.text
    if not isinstance(entry.value, Listing) or name not in ("member", "date") or spec is not EVENTS:
        reading.wrong_type(entry.value, "write one value")
        return ""
    texts = [one.text for one in entry.value.items if isinstance(one, Scalar)]
    return ";".join(texts) if name == "member" else texts[0] if texts else ""


def _dates(mapping: Mapping, spec: TableSpec) -> Iterator[Row]:
    """What each of the dates of an event changes in its row."""
    known = known_names(spec)
    found = next((one.value for one in mapping if known.get(header_key(one.name)) == "date"), None)
    if spec is EVENTS and isinstance(found, Listing):
        yield from ({"date": one.text} for one in found.items if isinstance(one, Scalar))
    else:
        yield {}


def _from_text(scalar: Scalar, spec: TableSpec, path: str) -> tuple[Grid, list[Problem]]:
    """CSV text; below `|` it begins in the line after."""
    delimiter, _ = choose_delimiter(scalar.text, spec)
    records = read_records(scalar.text, delimiter, path)
    first = scalar.place.line if scalar.end[0] > scalar.place.line else scalar.place.line - 1
    rows, lines = records.rows or [list(spec.required)], [first + at for at in records.lines] or [first]
    if spec is EVENTS and REPEAT in rows[0]:
        rows, lines = _repeated(rows, lines, rows[0].index(REPEAT))
    columns = tuple(known_names(spec).get(header_key(cell), cell) for cell in rows[0])
    rejected = tuple(first + at for at in records.rejected)
    problems = [_moved(one, first) for one in records.problems]
    return Grid("utf-8", rows, lines, _Places(path, columns), header=0, rejected=rejected), problems


def _repeated(rows: list[list[str]], lines: list[int], at: int) -> tuple[list[list[str]], list[int]]:
    """The rows without the column `repeat`, as often as it says."""
    found = [
        (row[:at] + row[at + 1 :], line)
        for number, (row, line) in enumerate(zip(rows, lines, strict=True))
        for _ in range(_times(row[at]) if number and at < len(row) else 1)
    ]
    return [row for row, _ in found], [line for _, line in found]


def _times(text: str) -> int:
    return min(int(text), MOST_REPEATS) if text.strip().isdecimal() else 1


def _moved(problem: Problem, first: int) -> Problem:
    """A finding in CSV text as one in the test file, with the line that its message names, if it names one."""
    place = problem.place
    args = tuple((name, str(int(value) + first) if name == "end" else value) for name, value in problem.args)
    return Problem(problem.name, Place(place.path, place.line + first, 0), problem.message, problem.hint, args)
