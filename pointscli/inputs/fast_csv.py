"""Which event files DuckDB may take apart: plain UTF-8 CSV without quotation marks, one record a line.

In such a file a line is a record and a separator is a separator, whoever reads it. What is not plain is read with care.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pointscli.inputs.contents import file_kind
from pointscli.inputs.csv_file import choose_delimiter
from pointscli.inputs.headers import EVENTS, find_header, match_header
from pointscli.inputs.positions import CsvPositions
from pointscli.model.problem import Place, Problem, Severity

LONGEST_CELL = csv.field_size_limit()
_BLOCK = 1 << 23
_SAMPLED = 1 << 14
"""Bytes at both ends of every block whose cells are looked at before the table is read."""
_HEAD_LINES = 40
_MARK = b"\xef\xbb\xbf"
_SUFFIXES = (".csv", ".tsv", ".txt")
_CARE = (b'"', b"\0", b"\xee")
"""A quotation mark, a NUL, and the first byte of private characters."""


@dataclass(frozen=True, slots=True)
class PlainFile:
    """A file that DuckDB may read: all that its reader need not guess."""

    path: Path
    shown: str
    columns: tuple[str, ...]
    delimiter: str
    records: int
    sample: dict[str, set[str]]
    """Some texts of each column."""
    problems: tuple[Problem, ...]
    packed: bool = False
    """Whether it is known already that no id is given twice."""


def open_plain(path: Path, shown: str, *, whole: bool = True) -> PlainFile | None:
    """What there is to know of a file (if not `whole`: of its header), or None if it needs the careful reader."""
    if path.suffix.lower() not in _SUFFIXES or file_kind(path, shown) != ("csv", []):
        return None
    head = _head(path)
    if not head or '"' in head[0] or not head[0].endswith("\n"):
        return None
    delimiter, line = choose_delimiter("".join(head), EVENTS)
    rows = [text.rstrip("\r\n").split(delimiter) for text in head]
    if len(delimiter.encode()) > 1 or line != 1 or find_header(rows, EVENTS) != 0:
        return None
    positions = CsvPositions(path, shown, delimiter)
    columns, problems = match_header(rows[0], EVENTS, lambda cell: positions.place(1, cell), Place(shown, 1))
    if not all(map(str.strip, rows[0])) or any(problem.severity is Severity.ERROR for problem in problems):
        return None
    newline = "\r\n" if head[0].endswith("\r\n") else "\n"
    found = _look_through(path, columns, delimiter, newline) if whole else (0, {})
    return found and PlainFile(path, shown, columns, delimiter, *found, tuple(problems))


def _head(path: Path) -> list[str]:
    """The first lines; none if they are not plain UTF-8, or there are not even two."""
    with path.open("rb") as file:
        lines = [file.readline(LONGEST_CELL) for _ in range(_HEAD_LINES)]
    try:
        head = [line.decode("utf-8") for line in lines if line]
    except UnicodeDecodeError:
        return []
    return [head[0].removeprefix("\ufeff"), *head[1:]] if len(head) > 1 else []


def _look_through(
    path: Path, columns: tuple[str, ...], delimiter: str, newline: str
) -> tuple[int, dict[str, set[str]]] | None:
    """The number of records and some of them; None if any byte needs care."""
    lines = 0
    sample: dict[str, set[str]] = {column: set() for column in columns}
    ending, skipped = newline.encode(), 1
    with path.open("rb") as file:
        for block in _blocks(file):
            breaks = block.count(b"\n")
            if not breaks and len(block) > _BLOCK:
                return None  # the beginning of a line that is longer than any reader takes
            if any(mark in block for mark in _CARE) or not _ends_alike(block, breaks, newline):
                return None
            lines += breaks + (not block.endswith(ending))
            # A block ends with a line, so a sample cut out of it loses at most the line where it was cut.
            last = block[-_SAMPLED:].decode("utf-8", "ignore").split(newline)[1:] if len(block) > _SAMPLED else []
            rows = block[:_SAMPLED].decode("utf-8", "ignore").split(newline)[skipped : -1 if breaks > 1 else None]
            for row in filter(None, (*rows, *last)):
                for column, text in zip(columns, row.split(delimiter), strict=False):
                    sample[column].add(text)
            skipped = 0
    return (lines - 1, sample) if lines > 1 else None


def _ends_alike(block: bytes, breaks: int, newline: str) -> bool:
    if newline == "\n":
        return b"\r" not in block
    return block.count(b"\r") == block.count(b"\r\n") == breaks


def _blocks(file: BinaryIO) -> Iterator[bytes]:
    """The file in pieces of whole lines (the first without its byte order mark), up to a line beyond all bounds."""
    rest, start = b"", _MARK
    while read := file.read(_BLOCK):
        block = (rest + read).removeprefix(start)
        end = block.rfind(b"\n") + 1
        rest, start = block[end:], b""
        if len(rest) > _BLOCK:
            break
        if end:
            yield block[:end]
    if rest:
        yield rest


KEY_WITHOUT_BLANKS = (
    r"[^\x00-\x20\x7f-\xa0\x{ad}\x{1680}\x{2000}-\x{200f}\x{2028}-\x{202f}\x{205f}-\x{2069}\x{3000}\x{feff}]+"
)
"""RE2: an id that needs no trimming and holds nothing that cannot be seen."""
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\xad\u200b-\u200f\u2060\ufeff]")


def is_seen(text: str) -> bool:
    """Whether a cell that names something holds only what can be seen."""
    return _UNSEEN.search(text) is None
