"""Reads JSONL: one object a line, numbers kept as the text that stands in the file.

Lines end at a line feed and nowhere else: U+2028 inside a text does not split a record.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from json import JSONDecodeError, JSONDecoder
from pathlib import Path
from typing import Any

from pointscli.inputs.decode import decode
from pointscli.inputs.grid import Grid
from pointscli.inputs.headers import MOST_COLUMNS
from pointscli.inputs.positions import JsonPositions, value_start
from pointscli.model.problem import Place, Problem, Severity

_TEXT_ONLY = {str}
_LONGEST_LINE = 1024 * 1024
_ONE_LEVEL = "write texts and numbers only; several members are separated by ;"
_SURROGATE = re.compile("[\ud800-\udfff]")


class _LineError(ValueError):
    """Why a line is not a record."""

    def __init__(self, name: str, message: str, hint: str, column: int = 0, **values: str) -> None:
        super().__init__(message)
        self.name, self.message, self.hint, self.column = name, message, hint, column
        self.values = tuple(values.items())

    def at(self, shown: str, number: int, line: str) -> Problem:
        key = dict(self.values).get("key")
        column = self.column if key is None else value_start(line, key) + 1
        return Problem(self.name, Place(shown, number, column), self.message, self.hint, self.values)


def read_jsonl(path: Path, shown: str, data: bytes) -> tuple[Grid | None, list[Problem]]:
    """Take a JSONL file apart; its columns are all keys in the order of their first appearance."""
    decoded, problems = decode(data, shown)
    if decoded is None:
        return None, problems
    text, encoding = decoded
    if text.lstrip().startswith("["):
        return None, [*problems, _one_list(shown)]
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    elif lines[-1].strip():
        problems.append(_no_line_end(shown, len(lines)))
    records = _Records(shown)
    records.read(lines)
    problems += records.problems
    columns = records.columns
    if not columns or len(columns) > MOST_COLUMNS:
        return None, [*problems, _too_many_keys(shown, len(columns))] if columns else problems or [_no_keys(shown)]
    positions = JsonPositions(path, shown, list(columns))
    rows, numbers = [list(columns), *records.rows], [0, *records.numbers]
    return Grid(encoding, rows, numbers, positions, header=0, rejected=tuple(records.rejected)), problems


class _Records:
    """The records of a file, each as wide as there are keys in the whole file."""

    def __init__(self, shown: str) -> None:
        self.shown = shown
        self.columns: dict[str, None] = {}
        self.rows: list[list[str]] = []
        self.numbers: list[int] = []
        self.rejected: list[int] = []
        self.problems: list[Problem] = []

    def read(self, lines: list[str]) -> None:
        """Read line by line; what is no record is named and left out."""
        columns, read_line = self.columns, _line_reader()
        for number, line in enumerate(lines, 1):
            try:
                values = read_line(line) if line and not line.isspace() else {}
            except _LineError as error:
                self.problems.append(error.at(self.shown, number, line))
                self.rejected.append(number)
                continue
            if values.keys() <= columns.keys():
                row = list(map(values.get, columns, [""] * len(columns)))
            else:
                columns |= dict.fromkeys(values)
                row = [values.get(key, "") for key in columns]
            self.rows.append(row)
            self.numbers.append(number)
            if len(columns) > MOST_COLUMNS:
                return
        for row in self.rows:
            if len(row) < len(columns):
                row.extend([""] * (len(columns) - len(row)))


def _line_reader() -> Callable[[str], dict[str, str]]:
    """A function from a line to its cells by key."""
    decoder = JSONDecoder(parse_float=str, parse_int=str, parse_constant=_refuse_constant, object_pairs_hook=_object)

    def read(line: str) -> dict[str, str]:
        if len(line) > _LONGEST_LINE:
            raise _LineError(
                "long-line",
                "the line has more than {limit} characters",
                "look for a missing line break",
                limit=str(_LONGEST_LINE),
            )
        try:
            found = decoder.decode(line)
        except JSONDecodeError as error:
            raise _bad_json(error.colno) from None
        except RecursionError:
            raise _LineError("nested-value", "the line is nested too deep", _ONE_LEVEL) from None
        if type(found) is not _Object:
            raise _LineError("not-an-object", "the line is not an object", "write one object in braces a line")
        if "\\u" in line:
            _check_surrogates(found)
        return found

    return read


class _Object(dict[str, str]):
    """The cells of one line; its type tells an object from a text."""


def _object(pairs: list[tuple[str, Any]]) -> _Object:
    """Cells as text; a key may stand once, and a value has no inside."""
    found = _Object(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise _LineError("duplicate-key", "the key {key} appears twice", "delete one of the two", key=twice)
    if {*map(type, found.values())} != _TEXT_ONLY:
        for key, value in pairs:
            if type(value) is not str:
                found[key] = _cell(key, value)
    return found


def _cell(key: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    raise _nested(key)


def _refuse_constant(text: str) -> str:
    raise _LineError("bad-json", "{value} is not a number", "write digits, or leave the key out", value=text)


def _check_surrogates(found: dict[str, str]) -> None:
    for key, value in found.items():
        if _SURROGATE.search(key) or _SURROGATE.search(value):
            raise _LineError(
                "half-character",
                "the value of {key} holds half a character",
                "write the character itself instead of \\u…",
                key=_SURROGATE.sub("\ufffd", key),
            )


def _bad_json(column: int) -> _LineError:
    return _LineError(
        "bad-json",
        "the line is not JSON from here on",
        "look for a missing quotation mark, comma or brace",
        column=column,
    )


def _nested(key: str) -> _LineError:
    return _LineError(
        "nested-value",
        "the value of {key} is a list or an object",
        _ONE_LEVEL,
        key=key,
    )


def _one_list(shown: str) -> Problem:
    return Problem(
        "not-an-object",
        Place(shown, 1),
        "the file is one JSON list",
        "write one object in braces a line, without brackets around them",
    )


def _too_many_keys(shown: str, count: int) -> Problem:
    return Problem(
        "too-many-columns",
        Place(shown),
        "the file has {count} different keys or more",
        "use the same keys in every line",
        (("count", str(count)),),
    )


def _no_keys(shown: str) -> Problem:
    return Problem("empty-file", Place(shown, 1), "the file has no records", "write at least one, or delete the file")


def _no_line_end(shown: str, line: int) -> Problem:
    return Problem(
        "unfinished-line",
        Place(shown, line),
        "the last line has no line end: the file may have been cut off",
        "check the last record; if it is whole, add a line end",
        severity=Severity.WARNING,
    )
