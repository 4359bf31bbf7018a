"""Why a text is not a number or not a date, as exactly as can be told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from pointscli.model.problem import Place, Problem, Severity

MOST_SHOWN = 10
LONGEST = 60
"""Longer cells are no number and no date, and no pattern is tried on them."""

_CHINESE = {c: str(i) for i, c in enumerate("零一二三四五六七八九十")} | {"〇": "0", "两": "2"}


class CellError(ValueError):
    """A text that is not written as it must be; `at` makes it a finding when its place is known."""

    def __init__(self, name: str, message: str, hint: str, **values: object) -> None:
        """Keep the finding's name, its templates and what fills them."""
        super().__init__(message)
        self.name, self.message, self.hint = name, message, hint
        self.args_ = tuple((key, str(value)) for key, value in values.items())

    def at(self, place: Place, severity: Severity = Severity.ERROR) -> Problem:
        """The finding at a place."""
        return Problem(self.name, place, self.message, self.hint, self.args_, severity)


def refuse_number(text: str, plain: str) -> CellError:
    """Say why a text is not a number; `plain` is the same with ASCII digits and signs."""
    value = shorten(text)
    if case := _first_match(_NUMBERS, plain):
        found, message, hint = case
        return CellError("bad-number", message, hint, value=value, number=found.groupdict().get("number") or "")
    if len(plain) == 1 and plain in _CHINESE:
        return CellError(
            "bad-number", "{value} is written in words", "write {number}", value=value, number=_CHINESE[plain]
        )
    if plain and all(char in _CHINESE for char in plain):
        return CellError("bad-number", "{value} is written in words", "write it in digits", value=value)
    return CellError("bad-number", "{value} is not a number", "write digits, such as 3 or 2.5", value=value)


def refuse_date(text: str, plain: str, serial: date | None) -> CellError:
    """Say why a text is not a date; `serial` is the day if it is a spreadsheet's number of one."""
    value = shorten(text)
    if serial:
        return CellError(
            "bad-date",
            "{value} is a spreadsheet's number for a day",
            "if {day} is meant, write that",
            value=value,
            day=serial.isoformat(),
        )
    if case := _first_match(_DATES, plain):
        return CellError("bad-date", case[1], case[2], value=value)
    return CellError("bad-date", "{value} is not a date", _WRITE_DATE, value=value)


def shorten(text: str) -> str:
    """A cell's text as far as a message shows it."""
    return text.strip()[:40]


def some(texts: Sequence[str]) -> str:
    """The first of many texts as far as a message shows them, and how many there are."""
    shown = ", ".join(texts[:MOST_SHOWN])
    return shown if len(texts) <= MOST_SHOWN else f"{shown}, … ({len(texts)})"


_Case = tuple[str, str, str]


def _first_match(cases: Sequence[_Case], plain: str) -> tuple[re.Match[str], str, str] | None:
    for pattern, message, hint in cases if len(plain) <= LONGEST else ():
        if found := re.fullmatch(pattern, plain, re.IGNORECASE | re.DOTALL | re.ASCII):
            return found, message, hint
    return None


_SOME = r"[+-]?[0-9][0-9,]*(?:\.[0-9]+)?"
_WRITE_DIGITS = "write digits, such as 3 or 2.5"
_NO_COMMA = "write a point for decimals, and no comma"
_NUMBERS: tuple[_Case, ...] = (
    (r"", "the number is empty", _WRITE_DIGITS),
    (r"[+-]?(?:nan|inf|infinity)", "{value} is not a number", "write digits, or leave the cell empty"),
    (r"[+-]?[0-9.]+e[+-]?[0-9]+", "{value} is written with an exponent", "write all its digits"),
    (r"[+-]?0[xob][0-9a-f_]+", "{value} is a programmer's number", "write it in decimal digits"),
    (r"[+-]?[0-9][0-9_.]*_[0-9_.]*", "{value} holds an underscore", "write the digits without it"),
    (rf"{_SOME}\s*[%％]", "{value} is a percentage", "write a plain number"),
    (rf"[¥￥$]\s*(?P<number>{_SOME})", "{value} has a currency sign", "write only {number}"),
    (rf"(?P<number>{_SOME})\s*[一-鿿a-z]+", "{value} has a unit after the number", "write only {number}"),
    (r"[+-]?[0-9]+(?:，[0-9.]+)+", "{value} holds a full-width comma", _NO_COMMA),
    (r"[+-]?[0-9]*(?:,[0-9]*)+(?:\.[0-9]*)?", "{value} has a comma where no thousands end", _NO_COMMA),
    (
        r"[+-]?(?:\.[0-9]+|[0-9]+\.)",
        "{value} has no digit before or after the point",
        "write a digit on both sides, such as 0.5",
    ),
    (
        r".*[¼-¾⅐-⅞⁰-₉²³¹].*",
        "{value} holds a fraction or a raised digit",
        "write it in plain digits, such as 0.5",
    ),
)

_WRITE_DATE = "write it as 2021-07-01"
_IN_FULL = "write it in full, as 2021-07-01"
_DATES: tuple[_Case, ...] = (
    (r"", "the date is empty", _WRITE_DATE),
    (
        r"[0-9]{1,2}([-/.])[0-9]{1,2}\1[0-9]{4}|[0-9]{1,2}[-/ ][a-z]{3,9}[-/ ][0-9]{2,4}",
        "{value} does not begin with the year",
        "write year, month, day, as 2021-07-01",
    ),
    (
        r"[0-9]{2}([-/.])[0-9]{1,2}\1[0-9]{1,2}|[0-9]{2}年.*",
        "the year of {value} has only two digits",
        "write it with four digits, as 2021-07-01",
    ),
    (
        r"[0-9]{1,2}[-/.][0-9]{1,2}|[0-9]{1,2}月[0-9]{1,2}[日号]?|[0-9]{1,2}-[a-z]{3,9}|[a-z]{3,9}-[0-9]{1,2}",
        "{value} has no year",
        _IN_FULL,
    ),
    (r"[0-9]{4}[-/.][0-9]{1,2}|[0-9]{4}年[0-9]{1,2}月|[0-9]{6}", "{value} has no day", _IN_FULL),
    (r"[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}号?", "{value} is not a date", "write 2021年7月1日 or 2021-07-01"),
)
