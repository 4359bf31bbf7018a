"""Writes records for a log so that they read back the same: in its own encoding, delimiter, line end and header."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pointscli.inputs.contents import SUFFIXES, read_bytes
from pointscli.inputs.csv_file import choose_delimiter
from pointscli.inputs.decode import decode
from pointscli.inputs.headers import TableSpec, find_header, header_key, known_names, match_header
from pointscli.inputs.table import read_table
from pointscli.model.problem import FindingsError, Place, Refused, Severity

Language = Literal["zh", "en"]
Row = Mapping[str, str]
_DELIMITERS = (",", "\t", ";")
_TEXT_FORMATS = ("csv", "jsonl")
_HEAD_ROWS = 10
_HEAD_CHARACTERS = 2_000_000
_START = 1_000_000
"""The header is among so many characters."""
_SAMPLE = 100_000
"""So many characters at either end of a JSONL file tell what it calls its columns."""
_PLAIN_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?", re.ASCII)
_BOMS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


@dataclass(frozen=True, slots=True)
class _Log:
    """An existing log: its text and how it is written."""

    path: Path
    shown: str
    data: bytes
    text: str
    encoding: str

    @property
    def codec(self) -> str:
        """Writes more of the text, without a byte order mark."""
        return _BOMS.get(self.data[:2], "utf-8") if self.encoding == "utf-16" else self.encoding.removesuffix("-sig")

    @property
    def line_end(self) -> str:
        """The line end that the first line has."""
        at = next((i for i, char in enumerate(self.text) if char in "\r\n"), -1)
        if at < 0:
            return "\n"
        return "\r\n" if self.text.startswith("\r\n", at) else self.text[at]


def render_rows(
    path: Path | None, spec: TableSpec, rows: Sequence[Row], language: Language, *, shown: str = ""
) -> tuple[bytes, bytes]:
    """Rows (cells by column id) as the beginning of a new file and the bytes to append.

    Raises:
        Refused: The file has no column for a cell, or is of a kind that nothing can be appended to.
        FindingsError: The file has no header that can be read.
    """
    kind = SUFFIXES.get(path.suffix.lower(), "csv") if path else "csv"
    shown = shown or (path.as_posix() if path else "")
    if kind not in _TEXT_FORMATS:
        hint = "name a CSV or JSONL file with --to; all files in events/ count together"
        raise Refused("{path}: records cannot be appended to a workbook or a Parquet file", hint, path=shown)
    for row in rows:
        _refuse_unwritable(row, spec)
    data = _read(path, shown) if path else b""
    log = _open(path, shown, data, spec) if path and data else None
    if log is None:
        head, text = _new_file(kind, path, spec, rows, language)
        # What is blank but not empty keeps its bytes: the header then is the first thing that is appended.
        return (b"", (head + text).encode()) if data else (head.encode(), text.encode())
    text = _json_lines(log, spec, rows, language) if kind == "jsonl" else _csv_lines(log, spec, rows)
    added = text.encode(log.codec)
    _refuse_unclear(log, added)
    return b"", added


def _read(path: Path, shown: str) -> bytes:
    # Path.exists() raises where a folder may not be looked into; here it is for the writer to say so.
    return read_bytes(path, shown) if os.path.exists(path) else b""  # noqa: PTH110


def _open(path: Path, shown: str, data: bytes, spec: TableSpec) -> _Log | None:
    """The log that is there; None if there is nothing in it."""
    decoded, problems = decode(data, shown)
    if decoded is not None:
        return _Log(path, shown, data, *decoded)
    if any(problem.name == "empty-file" for problem in problems):
        return None
    raise _unreadable(path, shown, spec)


def _unreadable(path: Path, shown: str, spec: TableSpec) -> FindingsError:
    """Why a table cannot be used, in the reader's words."""
    _, problems = read_table(path, shown, spec)
    return FindingsError([problem for problem in problems if problem.severity is Severity.ERROR])


def _refuse_unwritable(row: Row, spec: TableSpec) -> None:
    """Refuse what no reader would give back."""
    for column, cell in row.items():
        known = spec.column(column)
        if "\0" in cell or any("\ud800" <= char <= "\udfff" for char in cell):
            hint = "write it again without the character that cannot be seen"
            title = known.title if known else column
            raise Refused(
                "the cell for {title} ({column}) holds half a character or none", hint, title=title, column=column
            )
        if len(cell) > csv.field_size_limit():
            limit = csv.field_size_limit()
            raise Refused("a cell has more than {limit} characters", "shorten it", limit=limit)


def _new_file(
    kind: str, path: Path | None, spec: TableSpec, rows: Sequence[Row], language: Language
) -> tuple[str, str]:
    """Header line and lines of a new file: UTF-8, every column of the table and those that only the rows have."""
    names = {column.id: column.title if language == "zh" else column.id for column in spec.columns}
    names |= {key: key for row in rows for key in row if key not in names}
    if kind == "jsonl":
        return "", "".join(_json_line(row, spec, names) + "\n" for row in rows)
    delimiter = "\t" if path and path.suffix.lower() == ".tsv" else ","
    lines = _write([names.values(), *([row.get(key, "") for key in names] for row in rows)], delimiter, "\n")
    return lines[0], "".join(lines[1:])


def _write(rows: Iterable[Iterable[str]], delimiter: str, line_end: str) -> list[str]:
    """Records as CSV, each with its line end."""
    found = []
    for row in rows:
        line = io.StringIO(newline="")
        # Cells that hold a character of the line end are quoted: either of the two, whatever the file's is.
        csv.writer(line, delimiter=delimiter, lineterminator="\r\n").writerow(row)
        found.append(line.getvalue().removesuffix("\r\n") + line_end)
    return found


def _csv_lines(log: _Log, spec: TableSpec, rows: Sequence[Row]) -> str:
    start = log.text[:_START]
    delimiter, _ = choose_delimiter(start, spec)
    if delimiter not in _DELIMITERS:
        raise _unreadable(log.path, log.shown, spec)
    head = list(_first_rows(start, delimiter))
    header = find_header(head, spec)
    if header is None:
        raise _unreadable(log.path, log.shown, spec)
    columns, problems = match_header(head[header], spec, lambda _: Place(log.shown), Place(log.shown))
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise _unreadable(log.path, log.shown, spec)
    for row in rows:
        for column, cell in row.items():
            if cell and column not in columns:
                raise _no_column(log.shown, spec, column)
    return "".join(_write(([row.get(name, "") for name in columns] for row in rows), delimiter, log.line_end))


def _first_rows(text: str, delimiter: str) -> Iterator[list[str]]:
    """The records among which the header is."""
    seen = 0
    try:
        for row in csv.reader(io.StringIO(text[:_HEAD_CHARACTERS], newline=""), delimiter=delimiter, strict=True):
            yield row
            seen += any(cell.strip() for cell in row)
            if seen >= _HEAD_ROWS:
                return
    except csv.Error:
        return


def _no_column(shown: str, spec: TableSpec, column: str) -> Refused:
    known = spec.column(column)
    title = known.title if known else column
    hint = "add the column {title} ({column}) to it in Excel or WPS, or name another file with --to"
    return Refused("{path} has no column {title} ({column})", hint, path=shown, title=title, column=column)


def _json_lines(log: _Log, spec: TableSpec, rows: Sequence[Row], language: Language) -> str:
    needed = dict.fromkeys(key for row in rows for key, cell in row.items() if cell)
    names = _json_names(log.text, spec, needed, language)
    ending = "\r\n" if log.line_end == "\r\n" else "\n"
    return "".join(_json_line(row, spec, names) + ending for row in rows)


def _json_names(text: str, spec: TableSpec, needed: Iterable[str], language: Language) -> dict[str, str]:
    """What a file calls the columns; a column that it does not have yet is called as the others are."""
    known, names = known_names(spec), dict[str, str]()
    lines = (text[:_SAMPLE] + "\n" + text[-_SAMPLE:]).split("\n")
    for line in lines:
        for key in _keys(line):
            names.setdefault(known.get(header_key(key)) or key, key)
    titled = sum(column.title == names.get(column.id) for column in spec.columns)
    use_titles = titled > 0 if names else language == "zh"
    for key in needed:
        column = spec.column(key)
        if key in names or column is None:
            names.setdefault(key, key)
            continue
        both = (column.title, column.id) if use_titles else (column.id, column.title)
        names[key] = next((name for name in both if f'"{name}"' in text), both[0])
    return names


def _keys(line: str) -> Iterable[str]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return ()
    return found if isinstance(found, dict) else ()


def _json_line(row: Row, spec: TableSpec, names: Mapping[str, str]) -> str:
    """One object; numbers as numbers, digit for digit, and nothing for an empty cell."""
    pairs = []
    for key, cell in row.items():
        column = spec.column(key)
        is_number = column is not None and column.kind == "number" and _PLAIN_NUMBER.fullmatch(cell)
        if cell:
            pairs.append(f"{_text(names.get(key, key))}: {cell if is_number else _text(cell)}")
    return "{" + ", ".join(pairs) + "}"


def _text(cell: str) -> str:
    return json.dumps(cell, ensure_ascii=False)


def _refuse_unclear(log: _Log, added: bytes) -> None:
    """Refuse characters that would make a GB18030 file unreadable: nobody could tell its encoding any more."""
    if log.encoding != "gb18030" or added.isascii():
        return
    ending = b"" if log.data.endswith((b"\n", b"\r")) else b"\n"
    decoded, _ = decode(log.data + ending + added, log.shown)
    if decoded is None or decoded[1] != log.encoding:
        hint = "in Excel or WPS save the file as CSV UTF-8 first"
        raise Refused("{path} is GB18030, and with these characters nobody could tell any more", hint, path=log.shown)
