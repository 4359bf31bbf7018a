"""Where a cell stands in its file: slow and exact, because it is asked only for what is wrong.

The text is not kept while a table is in memory; it is read again when the first position is asked for.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from json.decoder import JSONDecoder, scanstring  # type: ignore[attr-defined]
from pathlib import Path

from pointscli.inputs.decode import decode
from pointscli.model.problem import Place


class CsvPositions:
    """Cells of a CSV file: the physical line of the cell and its first character."""

    def __init__(self, path: Path, shown: str, delimiter: str) -> None:
        """Remember the file; nothing is read yet."""
        self._path, self._shown, self._delimiter = path, shown, delimiter
        self._lines: list[str] | None = None

    def place(self, line: int, field: int) -> Place:
        """The place of a field (from 0) of the record that starts at a line."""
        if self._lines is None:
            self._lines = _read_lines(self._path, self._shown)
        for number, (at, start) in enumerate(field_starts(self._lines, line - 1, self._delimiter)):
            if number == field:
                return Place(self._shown, at + 1, start + 1)
        return Place(self._shown, line, field + 1)

    def record(self, line: int) -> Place:
        """The line."""
        return Place(self._shown, line)


class JsonPositions:
    """Values of a JSONL file: the first character of the value, or of the line where the key is missing."""

    def __init__(self, path: Path, shown: str, keys: Sequence[str]) -> None:
        """Remember the file and its keys by field; nothing is read yet."""
        self._path, self._shown, self._keys = path, shown, keys
        self._lines: list[str] | None = None

    def place(self, line: int, field: int) -> Place:
        """The place of a key's value in a line."""
        if self._lines is None:
            self._lines = _read_lines(self._path, self._shown, "\n")
        text = self._lines[line - 1] if line <= len(self._lines) else ""
        return Place(self._shown, line, value_start(text, self._keys[field]) + 1)

    def record(self, line: int) -> Place:
        """The line."""
        return Place(self._shown, line)


class SheetPositions:
    """Cells of a sheet, as people name them: `file!sheet!E7`."""

    def __init__(self, shown: str, sheet: str) -> None:
        """Remember the names."""
        self._prefix = f"{shown}!{sheet}!"

    def place(self, line: int, field: int) -> Place:
        """The cell's own name; it says line and column, so these stay 0."""
        return Place(f"{self._prefix}{cell_name(line, field)}")

    def record(self, line: int) -> Place:
        """The first cell of the row."""
        return self.place(line, 0)


class RecordPositions:
    """Values of a file without lines: the number of the record and of the column."""

    def __init__(self, shown: str) -> None:
        """Remember the name."""
        self._shown = shown

    def place(self, line: int, field: int) -> Place:
        """Record and column number."""
        return Place(self._shown, line, field + 1)

    def record(self, line: int) -> Place:
        """The line."""
        return Place(self._shown, line)


def cell_name(row: int, field: int) -> str:
    """`E7` for row 7 and field 4."""
    letters, rest = "", field + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row}"


def field_starts(lines: Sequence[str], at: int, delimiter: str) -> Iterator[tuple[int, int]]:
    """Line and character (from 0) of every field of the record that starts at a line (from 0)."""
    start = 0
    while at < len(lines):
        yield at, start
        if lines[at].startswith('"', start):
            at, start = _after_quote(lines, at, start)
        found = lines[at].find(delimiter, start) if at < len(lines) else -1
        if found < 0:
            return
        start = found + 1


def stray_start(lines: Sequence[str], at: int, delimiter: str) -> tuple[int, int]:
    """Line and character (from 0) of the first text that follows a closing quote."""
    for line, start in field_starts(lines, at, delimiter):
        if lines[line].startswith('"', start):
            end_line, end = _after_quote(lines, line, start)
            if lines[end_line][end : end + 1] not in ("", delimiter, "\r", "\n"):
                return end_line, end
    raise AssertionError(f"line {at + 1}: no text follows a quotation mark")


def value_start(text: str, key: str) -> int:
    """The character (from 0) at which a key's value starts in a JSON object; 0 if it is not there."""
    decoder = JSONDecoder()
    at = text.find("{") + 1
    try:
        while True:
            at = text.index('"', at)
            name, at = scanstring(text, at + 1, False)  # noqa: FBT003 - the standard library's own signature
            at = text.index(":", at) + 1
            at += len(text[at:]) - len(text[at:].lstrip(" \t"))
            if name == key:
                return at
            _, at = decoder.raw_decode(text, at)
    except (ValueError, RecursionError):
        return 0


def _after_quote(lines: Sequence[str], at: int, start: int) -> tuple[int, int]:
    """Line and character after the quoted cell that opens at a place."""
    start += 1
    while at < len(lines):
        end = lines[at].find('"', start)
        if end < 0:
            at, start = at + 1, 0
        elif lines[at].startswith('"', end + 1):
            start = end + 2
        else:
            return at, end + 1
    return at, 0


def _read_lines(path: Path, shown: str, newline: str = "") -> list[str]:
    """The physical lines of a file; none if it cannot be read any more."""
    try:
        decoded, _ = decode(path.read_bytes(), shown)
    except OSError:
        return []
    return io.StringIO(decoded[0], newline=newline).readlines() if decoded else []
