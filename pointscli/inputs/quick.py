"""Takes from a large CSV file only the rows that may name some members: found in the bytes, then read as always.

That works for plain UTF-8 without quotation marks, where a line is a record. Any other file is for the usual reader.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

from pointscli.inputs.csv_file import choose_delimiter
from pointscli.inputs.grammar import name_key, split_members
from pointscli.inputs.grid import Grid
from pointscli.inputs.headers import TableSpec, find_header
from pointscli.inputs.positions import CsvPositions
from pointscli.inputs.table import RawTable, shape
from pointscli.inputs.vocabulary import Memo
from pointscli.model.normal import LONGEST
from pointscli.model.problem import Problem

_HEAD_LINES = 60
_HEAD_BYTES = 1_000_000
_MARK = b"\xef\xbb\xbf"
_IGNORED = (
    rb"(?:[\t\x0b\x0c\x1c-\x20]|\xc2[\x85\xa0\xad]|\xe1\x9a\x80|\xe2\x80[\x80-\x8f\xa8\xa9\xaf]"
    rb"|\xe2\x81[\x9f\xa0]|\xe3\x80\x80|\xef\xbb\xbf)*"
)
"""What `name_key` takes out of a cell, as UTF-8."""
_DOTS = "·•・‧･∙⋅"
_TWICE = ((0x374, 0x388), (0x1FEF, 0x1FF0), (0x2126, 0x232B), (0xF900, 0xFB00), (0x2F800, 0x2FA20))
"""Where the characters stand that have a second code point."""
_HEADER_ROWS = 10


class Naming:
    """Which cells name one of some members: by an id or a name, however it is spaced."""

    def __init__(self, words: Iterable[str]) -> None:
        """Know the ids and names."""
        self.keys = frozenset(map(name_key, words))
        self._named: Memo[str, bool] = Memo(
            lambda cell: any(name_key(part) in self.keys for part in split_members(cell))
        )

    @property
    def patterns(self) -> list[re.Pattern[bytes]] | None:
        """For each word what finds it in UTF-8; None: a word can be written in too many ways."""
        if not all(map(_is_simple, self.keys)):
            return None
        return [re.compile(_IGNORED.join(map(_spellings, key))) for key in sorted(self.keys)]

    def rows(self, table: RawTable, column: str) -> RawTable:
        """The table with the rows that name one of them, as if the others were not there."""
        place = table.index(column)
        if place is None:
            raise AssertionError(f"a table without {column}, which it requires")
        kept = [number for number, row in enumerate(table.rows) if self._named[row[place]]]
        return restricted(table, kept)


def restricted(table: RawTable, kept: list[int]) -> RawTable:
    """A table with some of its rows; what it says of records counts only these."""
    rows = [table.rows[number] for number in kept]
    lines = [table.lines[number] for number in kept]
    return replace(table, rows=rows, lines=lines, read=len(rows), blank=0, excluded=0, rejected=0)


def read_quickly(
    path: Path, shown: str, data: bytes, spec: TableSpec, naming: Naming
) -> tuple[RawTable | None, list[Problem]] | None:
    """The rows of a CSV file that may name the members; None if the file must be read as a whole."""
    patterns = naming.patterns
    if patterns is None or not _is_plain(data):
        return None
    head = csv_head(data)
    if not head:
        return None  # an empty file is for the usual reader to name
    delimiter, _ = choose_delimiter("".join(head), spec)
    try:
        rows = [next(csv.reader([line], delimiter=delimiter, strict=True), []) for line in head]
        header = find_header(rows, spec)
        if header is None or sum(any(map(str.strip, row)) for row in rows) < min(_HEADER_ROWS, data.count(b"\n")):
            return None
        found = [(number, line) for number, line in _lines(data, patterns) if number > header + 1]
        kept = list(csv.reader((line for _, line in found), delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    grid = Grid(
        encoding="utf-8",
        rows=rows[: header + 1] + kept,
        lines=[*range(1, header + 2), *(number for number, _ in found)],
        positions=CsvPositions(path, shown, delimiter),
        header=header,
    )
    return shape(grid, shown, spec)


def csv_head(data: bytes) -> list[str]:
    """The first lines of a plain file: enough to find delimiter and header as the usual reader does."""
    file = io.BytesIO(data.removeprefix(_MARK) if len(data) < _HEAD_BYTES else data[:_HEAD_BYTES].removeprefix(_MARK))
    return [line.decode("utf-8", "replace") for line in (file.readline() for _ in range(_HEAD_LINES)) if line]


def _is_plain(data: bytes) -> bool:
    """Whether every line is a record, and is UTF-8."""
    if b'"' in data or b"\0" in data or (b"\r" in data and data.count(b"\r") != data.count(b"\r\n")):
        return False
    return _is_utf8(data) and not data[:_HEAD_BYTES].lstrip().startswith((b"{", b"["))


def _is_utf8(data: bytes) -> bool:
    """Whether all of it is UTF-8; piece by piece, for a text of the whole would only cost memory."""
    if data.isascii():
        return True
    decoder, view = codecs.getincrementaldecoder("utf-8")(), memoryview(data)
    try:
        for start in range(0, len(data), _HEAD_BYTES):
            decoder.decode(view[start : start + _HEAD_BYTES])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _lines(data: bytes, patterns: list[re.Pattern[bytes]]) -> list[tuple[int, str]]:
    """Number and text of every line in which a pattern is found, in order."""
    starts = sorted({data.rfind(b"\n", 0, found.start()) + 1 for one in patterns for found in one.finditer(data)})
    lines, number, before = [], 1, 0
    for start in starts:
        number += data.count(b"\n", before, start)
        before = start
        end = data.find(b"\n", start) + 1 or len(data)
        lines.append((number, data[start:end].decode("utf-8")))
    return lines


def _is_simple(key: str) -> bool:
    """Whether a key can only be written with its own characters, or with their doubles."""
    return (
        0 < len(key) <= LONGEST
        and unicodedata.normalize("NFD", key) == key
        and not any(map(unicodedata.combining, key))
    )


def _spellings(char: str) -> bytes:
    """A character as UTF-8, in every way that `name_key` takes for the same."""
    ways = {char, *_doubles().get(char, ())} | set(_DOTS if char == "·" else "")
    return b"(?:" + b"|".join(re.escape(way.encode()) for way in sorted(ways)) + b")"


@cache
def _doubles() -> dict[str, list[str]]:
    """Characters that have a second code point which normal form C replaces."""
    found: dict[str, list[str]] = {}
    for char in (chr(code) for first, end in _TWICE for code in range(first, end)):
        normal = unicodedata.normalize("NFC", char)
        if normal != char and len(normal) == 1:
            found.setdefault(normal, []).append(char)
    return found
