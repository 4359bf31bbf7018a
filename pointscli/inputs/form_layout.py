"""Where the table of a form is: its heading below title rows, and the field of each of its columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pointscli.inputs.form_words import MINUS, NONE, ORDINAL, PLUS, Headings, field_title
from pointscli.model.problem import Place, Problem

Range = tuple[tuple[int, int], tuple[int, int]]
"""Merged cells: (row from 1, field from 0) of the first and of the last."""
_SEARCHED_ROWS = 20
FEWEST = 2
"""A row that names so many fields may be the heading."""
Find = Callable[[int, int], Place]
"""The place of a cell by the index of its row and its field."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The heading's rows and what stands below each of its cells."""

    first: int
    last: int
    """Indexes of the first and the last row of the heading."""
    titles: tuple[str, ...]
    fields: dict[str, int]
    """Field → its column."""
    unused: tuple[int, ...]
    """Columns with a title that are not read."""

    @property
    def ordinal(self) -> int:
        """The column of line numbers, -1 without one."""
        return self.fields.get(ORDINAL, -1)


def find_layout(
    rows: Sequence[Sequence[str]], merged: Sequence[Range], headings: Headings, place: Find, fewest: int = FEWEST
) -> tuple[Layout | None, list[Problem]]:
    """The layout of a sheet; None if no row names so many fields."""
    best = _find_heading(rows, headings, fewest)
    if best is None:
        return None, []
    first, last = _heading_rows(best, merged)
    while last + 1 < len(rows) and _goes_on(rows[last + 1], rows[best], headings):
        last += 1
    titles = tuple(_title(rows, first, last, field, headings) for field in range(len(rows[best])))
    fields, problems = _fields(titles, headings, lambda field: place(last, field))
    if "id" in fields and ORDINAL not in fields and _is_serial(rows[last + 1 :], fields["id"]):
        fields[ORDINAL] = fields.pop("id")
    used = set(fields.values())
    unused = tuple(i for i, title in enumerate(titles) if title and i not in used)
    return Layout(first, last, titles, fields, unused), problems


def _find_heading(rows: Sequence[Sequence[str]], headings: Headings, fewest: int) -> int | None:
    """The row that names most fields; of several the one with the fewest other texts."""
    best, best_score, seen = None, (fewest - 1, 0), 0
    for index, row in enumerate(rows):
        filled = sum(bool(cell.strip()) for cell in row)
        seen += bool(filled)
        if seen > _SEARCHED_ROWS:
            break
        named = headings.named(row)
        if named >= fewest and (named, named - filled) > best_score:
            best, best_score = index, (named, named - filled)
    return best


def _heading_rows(index: int, merged: Sequence[Range]) -> tuple[int, int]:
    """A heading of two lines has cells that are merged from one line into the next."""
    first = last = index
    for (top, _), (bottom, _) in merged:
        if top <= index + 1 <= bottom:
            first, last = min(first, top - 1), max(last, bottom - 1)
    return first, last


def _goes_on(row: Sequence[str], heading: Sequence[str], headings: Headings) -> bool:
    """Whether a row is a second line of the heading: it has headings only, and not those of the line above."""
    filled = [(i, cell) for i, cell in enumerate(row) if cell.strip()]
    return bool(filled) and all(headings.find(cell) and cell != heading[i] for i, cell in filled if i < len(heading))


def _title(rows: Sequence[Sequence[str]], first: int, last: int, field: int, headings: Headings) -> str:
    """A column's title: of the lines of the heading the lowest that is known, else the lowest that says something."""
    texts = [rows[index][field].strip() for index in range(last, first - 1, -1) if field < len(rows[index])]
    said = [text for text in texts if text]
    return next((text for text in said if headings.find(text)), said[0] if said else "")


def _fields(
    titles: Sequence[str], headings: Headings, place: Callable[[int], Place]
) -> tuple[dict[str, int], list[Problem]]:
    """The surest column of each field; two that are equally sure are an error."""
    ranked: dict[str, list[tuple[int, int]]] = {}
    for number, title in enumerate(titles):
        meaning = headings.find(title)
        if meaning and meaning.field != NONE:
            ranked.setdefault(meaning.field, []).append((meaning.rank, number))
    fields, problems = {}, []
    for field, found in ranked.items():
        found.sort()
        fields[field] = found[0][1]
        if len(found) > 1 and found[1][0] == found[0][0] and field != ORDINAL:
            problems.append(_twice(place(found[1][1]), titles[found[0][1]], titles[found[1][1]], field))
    amounts = [field for field in (PLUS, MINUS) if field in fields]
    if amounts and "points" in fields:
        one, other = fields[amounts[0]], fields["points"]
        problems.append(_twice(place(other), titles[one], titles[other], "points"))
    return fields, problems


def _is_serial(rows: Sequence[Sequence[str]], field: int) -> bool:
    """Whether a column only counts the lines from 1 on."""
    cells = [row[field].strip() for row in rows if field < len(row)]
    numbers = [cell for cell in cells if cell.isascii() and cell.isdigit()]
    return bool(numbers) and all(int(number) == nth for nth, number in enumerate(numbers, 1))


def _twice(place: Place, first: str, value: str, field: str) -> Problem:
    return Problem(
        "duplicate-column",
        place,
        "the columns {first} and {value} may both be meant as {field} ({title})",
        "say which one is not to be read: --map {value}=none",
        (("first", first), ("value", value), ("field", field), ("title", field_title(field, chinese=True))),
    )
