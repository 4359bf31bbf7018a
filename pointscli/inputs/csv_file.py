"""Reads CSV: the delimiter from the header line, the records with the standard library's strict reader.

A record is named by the line on which it starts, also where a quoted cell holds line breaks.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from pointscli.inputs.decode import decode
from pointscli.inputs.grid import Grid
from pointscli.inputs.headers import TableSpec, header_key, known_names
from pointscli.inputs.positions import CsvPositions, stray_start
from pointscli.model.problem import Place, Problem

_DELIMITERS = (",", "\t", ";")
_FULL_WIDTH_COMMA = "，"
_SEARCHED_LINES = 30
_SEARCHED_CHARACTERS = 2_000_000
_END = "unexpected end of data"
_TOO_LONG = "field larger than field limit"


@dataclass(slots=True)
class Records:
    """The records of a text, their start lines, and what could not be taken apart."""

    rows: list[list[str]] = field(default_factory=list)
    lines: Sequence[int] = ()
    rejected: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    lost: bool = False
    """Whether a quote left open may have swallowed records: nothing after it can be trusted."""


def read_csv(path: Path, shown: str, data: bytes, spec: TableSpec) -> tuple[Grid | None, list[Problem]]:
    """Take a CSV file apart."""
    decoded, problems = decode(data, shown)
    if decoded is None:
        return None, problems
    text, encoding = decoded
    delimiter, line = choose_delimiter(text, spec)
    if delimiter == _FULL_WIDTH_COMMA:
        return None, [*problems, _full_width_comma(shown, line)]
    records = read_records(text, delimiter, shown)
    problems += records.problems
    if records.lost:
        return None, problems
    positions = CsvPositions(path, shown, delimiter)
    return Grid(encoding, records.rows, records.lines, positions, rejected=tuple(records.rejected)), problems


def choose_delimiter(text: str, spec: TableSpec) -> tuple[str, int]:
    """The delimiter under which one of the first lines names most known columns, and that line.

    A full-width comma is the answer only if nothing else makes sense of the header.
    """
    known = known_names(spec)
    head = list(islice(io.StringIO(text[:_SEARCHED_CHARACTERS], newline=""), _SEARCHED_LINES))

    def score(delimiter: str) -> tuple[int, int]:
        counts = [
            len({known.get(header_key(part.strip().strip('"'))) for part in set(line.split(delimiter))} - {None})
            for line in head
        ]
        return max(counts), -counts.index(max(counts))

    best = max(_DELIMITERS, key=lambda delimiter: score(delimiter)[0])
    if score(best)[0] <= 1 < score(_FULL_WIDTH_COMMA)[0]:
        best = _FULL_WIDTH_COMMA
    return best, 1 - score(best)[1]


def read_records(text: str, delimiter: str, shown: str) -> Records:
    """Split a text into records; a record that cannot be read is named, and the next line goes on."""
    if '"' not in text:
        try:
            rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
        except csv.Error:
            pass  # an over-long cell: once more, with care
        else:
            return Records(rows, range(1, len(rows) + 1))
    return _read_carefully(text, delimiter, shown)


def _read_carefully(text: str, delimiter: str, shown: str) -> Records:
    physical = io.StringIO(text, newline="").readlines()
    reader = csv.reader(physical, delimiter=delimiter, strict=True)
    records = Records()
    rows, lines = records.rows, []
    start = 1
    while not records.lost:
        try:
            for row in reader:
                rows.append(row)
                lines.append(start)
                start = reader.line_num + 1
        except csv.Error as error:
            if str(error).startswith((_END, _TOO_LONG)):
                problem = _unfinished(str(error), shown, start, reader.line_num)
            else:
                problem = _text_after_quote(shown, physical, *stray_start(physical, start - 1, delimiter))
            records.problems.append(problem)
            records.rejected.append(start)
            records.lost = str(error).startswith(_END) or reader.line_num > start
            start = reader.line_num + 1
        else:
            break
    records.lines = lines
    return records


def _unfinished(error: str, shown: str, start: int, end: int) -> Problem:
    if error.startswith(_END) or end > start:
        return Problem(
            "unclosed-quote",
            Place(shown, start),
            "a quotation mark opens in this record and is not closed before line {end}",
            'close it, or write " inside a cell as ""',
            (("end", str(end)),),
        )
    return Problem(
        "long-cell",
        Place(shown, start),
        "a cell has more than {limit} characters",
        "shorten it, or look for a missing line break",
        (("limit", str(csv.field_size_limit())),),
    )


def _text_after_quote(shown: str, lines: Sequence[str], line: int, at: int) -> Problem:
    return Problem(
        "text-after-quote",
        Place(shown, line + 1, at + 1),
        "text follows a closing quotation mark: {value}",
        'write " inside a quoted cell as "", and nothing after the closing mark',
        (("value", lines[line][at:].rstrip()[:20]),),
    )


def _full_width_comma(shown: str, line: int) -> Problem:
    return Problem(
        "full-width-comma",
        Place(shown, line),
        "the header line is separated by full-width commas",
        "replace ， by , in the whole file",
    )
