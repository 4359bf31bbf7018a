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
from pointscli.inputs.positions import JsonPositions
from pointscli.model.problem import Place, Problem, Severity

_LONGEST_LINE = 1024 * 1024
_SURROGATE = re.compile("[\ud800-\udfff]")


class _LineError(ValueError):
    """Why a line is not a record."""

    def __init__(self, name: str, message: str, hint: str, column: int = 0, **values: str) -> None:
        super().__init__(message)
        self.name, self.message, self.hint, self.column = name, message, hint, column
        self.values = tuple(values.items())

    def at(self, shown: str, line: int) -> Problem:
        return Problem(self.name, Place(shown, line, self.column), self.message, self.hint, self.values)


def read_jsonl(path: Path, shown: str, data: bytes) -> tuple[Grid | None, list[Problem]]:
    """Take a JSONL file apart; its columns are all keys in the order of their first appearance."""
    decoded, problems = decode(data, shown)
    if decoded is None:
        return None, problems
    text, encoding = decoded
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    elif lines[-1].strip():
        problems.append(_no_line_end(shown, len(lines)))
    read_line = _line_reader()
    columns: dict[str, None] = {}
    rows: list[list[str]] = []
    numbers: list[int] = []
    rejected: list[int] = []
    for number, line in enumerate(lines, 1):
        try:
            values = read_line(line) if line and not line.isspace() else {}
        except _LineError as error:
            problems.append(error.at(shown, number))
            rejected.append(number)
            continue
        if values.keys() <= columns.keys():
            row = list(map(values.get, columns, [""] * len(columns)))
        else:
            columns |= dict.fromkeys(values)
            row = [values.get(key, "") for key in columns]
        rows.append(row)
        numbers.append(number)
    if not columns:
        return None, problems or [_no_keys(shown)]
    width = len(columns)
    for row in rows:
        if len(row) < width:
            row.extend([""] * (width - len(row)))
    positions = JsonPositions(path, shown, list(columns))
    grid = Grid(encoding, [list(columns), *rows], [0, *numbers], positions, header=0, rejected=tuple(rejected))
    return grid, problems


def _line_reader() -> Callable[[str], dict[str, str]]:
    """A function from a line to its cells by key."""
    decoder = JSONDecoder(
        parse_float=str, parse_int=str, parse_constant=_refuse_constant, object_pairs_hook=_object, strict=True
    )

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
            raise _nested("") from None
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
        keys = [key for key, _ in pairs]
        twice = next(key for number, key in enumerate(keys) if key in keys[:number])
        raise _LineError("duplicate-key", "the key {value} stands twice", "delete one of the two", value=twice)
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
                "the value of {value} holds half a character",
                "write the character itself instead of \\u…",
                value=_SURROGATE.sub("\ufffd", key),
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
        "the value of {value} is a list or an object",
        "write a text or a number; several members are separated by ;",
        value=key,
    )


def _no_keys(shown: str) -> Problem:
    return Problem("empty-file", Place(shown, 1), "the file has no records", "write at least one, or delete the file")


def _no_line_end(shown: str, line: int) -> Problem:
    return Problem(
        "unfinished-line",
        Place(shown, line),
        "the last line has no line end: the file may have been cut off",
        "look at the last record; if it is whole, add a line end",
        severity=Severity.WARNING,
    )
