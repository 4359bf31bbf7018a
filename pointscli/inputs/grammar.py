"""How numbers, dates and names are written: one grammar for every file format.

A refusal is a CellError, which carries templates and becomes a Problem when its place is known.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from pointscli.inputs.refusals import LONGEST, CellError, refuse_date, refuse_number, shorten
from pointscli.model.normal import normal

__all__ = [
    "CellError",
    "dropped_time",
    "name_key",
    "parse_date",
    "parse_number",
    "serial_date",
    "split_members",
    "visible",
]

LARGEST = 10**9
FIRST_YEAR, LAST_YEAR = 2000, 2100

_MOST_DIGITS = len(str(LARGEST))
_TO_ASCII = str.maketrans("０１２３４５６７８９＋－−．／：", "0123456789+--./:")  # noqa: RUF001, RUF100
_NUMBER = re.compile(r"([+-]?)([0-9]+)(?:\.([0-9]+))?", re.ASCII)
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?", re.ASCII)

_DATE = re.compile(
    r"([0-9]{4})"
    r"(?:([-/.])([0-9]{1,2})\2([0-9]{1,2})|\s*年\s*([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*日|([0-9]{2})([0-9]{2}))",
    re.ASCII,
)
_TIME = re.compile(r"(?:\s+|T)([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]+)?)?", re.ASCII)
_SERIAL = re.compile(r"([0-9]{5})(?:\.[0-9]+)?", re.ASCII)
_BASE_1900 = date(1899, 12, 30)
_DAYS_TO_1904 = 1462

_INVISIBLE = re.compile("[\xad\u200b-\u200f\u2060\ufeff]+")
_BLANK_OR_INVISIBLE = re.compile("[\\s\xad\u200b-\u200f\u2060\ufeff]+")
_MIDDLE_DOTS = str.maketrans(dict.fromkeys("•・‧･∙⋅", "·"))
_SEPARATORS = re.compile("[;；、]")


def parse_number(text: str, places: int = 4) -> int:
    """The number in units of 10^-places, exact; CellError if it is not one."""
    found = _NUMBER.fullmatch(text)
    if not found:
        plain = _plain(text)
        found = _NUMBER.fullmatch(plain.replace(",", "") if _GROUPED.fullmatch(plain) else plain)
        if not found:
            raise refuse_number(text, plain)
    sign, whole, decimals = found.groups("")
    if len(decimals) > places:
        raise CellError(
            "bad-number",
            "{value} has more than {places} decimals",
            "round it yourself: nothing is rounded in silence",
            value=shorten(text),
            places=places,
        )
    if len(whole) > _MOST_DIGITS:
        whole = whole.lstrip("0") or "0"
    units: int = int(whole[:20] + decimals) * 10 ** (places - len(decimals))
    if units > LARGEST * 10**places:
        raise CellError(
            "bad-number", "{value} is larger than {largest}", "check the digits", value=shorten(text), largest=LARGEST
        )
    return -units if sign == "-" else units


def parse_date(text: str) -> date:
    """The day; a time of day after it is not looked at (see `dropped_time`). CellError if it is not a day."""
    if len(text) == 10 and text[4] == "-" == text[7]:  # noqa: PLR2004 - the plain form
        try:
            return _in_range(date.fromisoformat(text), text)
        except ValueError as error:
            if isinstance(error, CellError):
                raise
    plain = _plain(text)
    found = _DATE.fullmatch(_without_time(plain))
    if not found:
        raise refuse_date(text, plain, _as_serial(plain))
    year, month, day = (int(part) for part in found.groups("") if part.isdigit())
    try:
        return _in_range(date(year, month, day), text)
    except ValueError as error:
        if isinstance(error, CellError):
            raise
        raise CellError(
            "bad-date",
            "{value} does not exist in the calendar",
            "look it up and write the right day",
            value=shorten(text),
        ) from None


def dropped_time(text: str) -> CellError | None:
    """What to say (as a warning) of a date that was written with a time of day other than midnight."""
    found = _TIME.search(_plain(text)) if len(text) <= LONGEST else None
    if not found or not any(int(part) for part in found.groups("0")):
        return None
    return CellError(
        "dropped-time",
        "the time of day in {value} is not used, only the day",
        "write only the day",
        value=shorten(text),
    )


def serial_date(number: float, *, base_1904: bool = False) -> date | None:
    """The day of a spreadsheet's number for a day; None outside the years that dates may have."""
    if not 0 <= number < 100_000:  # noqa: PLR2004 - far beyond the year 2100
        return None
    day = _BASE_1900 + timedelta(days=int(number) + (_DAYS_TO_1904 if base_1904 else 0))
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def name_key(text: str) -> str:
    """What ids and names are compared by: NFC, no blanks or invisible characters, one kind of middle dot."""
    if text.isascii():
        return "".join(text.split())
    if text.isalnum():
        return normal("NFC", text)  # most names: no blank, nothing invisible, no dot
    return normal("NFC", _BLANK_OR_INVISIBLE.sub("", text)).translate(_MIDDLE_DOTS)


def visible(text: str) -> str:
    """A text without the characters that cannot be seen, trimmed."""
    text = text.strip()
    return text if text.isascii() or text.isalnum() else _INVISIBLE.sub("", text).strip()


def split_members(cell: str) -> list[str]:
    """The members a cell names: separated by ; ； or 、."""
    return [part for part in map(str.strip, _SEPARATORS.split(cell)) if part]


def _plain(text: str) -> str:
    return visible(text).translate(_TO_ASCII)


def _in_range(day: date, text: str) -> date:
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        return day
    raise CellError(
        "bad-date",
        "the year of {value} is not between {first} and {last}",
        "check the year",
        value=shorten(text),
        first=FIRST_YEAR,
        last=LAST_YEAR,
    )


def _without_time(plain: str) -> str:
    found = _TIME.search(plain) if len(plain) <= LONGEST else None
    if not found or found.end() != len(plain):
        return plain
    hour, minute, second = map(int, found.groups("0"))
    return plain[: found.start()] if hour < 24 and minute < 60 and second < 60 else plain  # noqa: PLR2004 - a clock


def _as_serial(plain: str) -> date | None:
    found = _SERIAL.fullmatch(plain)
    return serial_date(int(found[1])) if found else None
