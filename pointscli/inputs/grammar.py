"""How numbers, dates and names are written: one grammar for every file format.

A refusal is a GrammarError that carries templates and becomes a Problem when its place is known.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

from pointscli.model.problem import Place, Problem, Severity

LARGEST = 10**9
FIRST_YEAR, LAST_YEAR = 2000, 2100

_MOST_DIGITS = len(str(LARGEST))
_LONGEST = 60  # longer cells are no number and no date, and no pattern is tried on them

_FULL_WIDTH = {0xFF10 + i: str(i) for i in range(10)} | {
    0xFF0B: "+", 0xFF0D: "-", 0x2212: "-", 0xFF0E: ".", 0xFF0F: "/",
}  # fmt: skip
_NUMBER = re.compile(r"([+-]?)([0-9]+)(?:\.([0-9]+))?", re.ASCII)
_GROUPED = re.compile(r"([+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?)", re.ASCII)
_CHINESE = {c: i for i, c in enumerate("零一二三四五六七八九十")} | {"〇": 0, "两": 2}

_DATE = re.compile(
    r"([0-9]{4})(?:([-/.])([0-9]{1,2})\2([0-9]{1,2})|年\s*([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*日|([0-9]{2})([0-9]{2}))",
    re.ASCII,
)
_TIME = re.compile(r"(?:\s+|T)([0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)", re.ASCII)
_MIDNIGHT = re.compile(r"0{1,2}:00(?::00(?:\.0+)?)?", re.ASCII)
_BASE_1900 = date(1899, 12, 30)

_INVISIBLE = re.compile("[\xad\u200b-\u200f\u2060\ufeff]+")
_BLANK_OR_INVISIBLE = re.compile("[\\s\xad\u200b-\u200f\u2060\ufeff]+")
_MIDDLE_DOTS = str.maketrans(dict.fromkeys("•・‧･∙⋅", "·"))
_SEPARATORS = re.compile("[;；、]")


class GrammarError(ValueError):
    """A text that is not written as it must be; `at` makes it a finding."""

    def __init__(self, name: str, message: str, hint: str, **values: object) -> None:
        """Keep the finding's name, its templates and what fills them."""
        super().__init__(message)
        self.name, self.message, self.hint = name, message, hint
        self.values = tuple((key, str(value)) for key, value in values.items())

    def at(self, place: Place, severity: Severity = Severity.ERROR) -> Problem:
        """The finding at a place."""
        return Problem(self.name, place, self.message, self.hint, self.values, severity)


def parse_number(text: str, places: int = 4) -> int:
    """The number in units of 10^-places, exact; GrammarError if it is not one."""
    plain = text
    if not (found := _NUMBER.fullmatch(plain)):
        plain = _plain(text)
        if _GROUPED.fullmatch(plain):
            plain = plain.replace(",", "")
        found = _NUMBER.fullmatch(plain)
        if not found:
            raise _refuse_number(text.strip(), plain)
    sign, whole, decimals = found.groups("")
    if len(decimals) > places:
        raise GrammarError(
            "bad-number",
            "{value} has more than {places} decimals",
            "round it yourself: nothing is rounded in silence",
            value=_short(text),
            places=places,
        )
    if len(whole) > _MOST_DIGITS and len(whole := whole.lstrip("0") or "0") > _MOST_DIGITS:
        raise _too_large(text)
    units = int(whole + decimals) * 10 ** (places - len(decimals))
    if units > LARGEST * 10**places:
        raise _too_large(text)
    return -units if sign == "-" else units


def parse_date(text: str) -> date:
    """The day; a time of day after it is dropped (see `dropped_time`); GrammarError if it is not a day."""
    try:
        if len(text) == 10 and text[4] == "-" == text[7]:  # noqa: PLR2004 - YYYY-MM-DD
            return _in_range(date.fromisoformat(text), text)
    except GrammarError:
        raise
    except ValueError:
        pass
    plain = _plain(text)
    day_text = _without_time(plain)
    found = _DATE.fullmatch(day_text)
    if not found:
        raise _refuse_date(text.strip(), day_text)
    year, month, day = (int(part) for part in found.groups() if part and part not in "-/.")
    try:
        return _in_range(date(year, month, day), text)
    except GrammarError:
        raise
    except ValueError:
        raise GrammarError(
            "bad-date",
            "{value} does not exist in the calendar",
            "look it up and write the right day",
            value=_short(text),
        ) from None


def dropped_time(text: str) -> GrammarError | None:
    """What to say (as a warning) of a date that was written with a time of day other than midnight."""
    if ":" not in text or len(text) > _LONGEST:
        return None
    found = _TIME.search(_plain(text))
    if not found or _MIDNIGHT.fullmatch(found[1]):
        return None
    return GrammarError(
        "dropped-time",
        "the time {time} of {value} is not used, only the day",
        "write only the day",
        time=found[1],
        value=_short(text),
    )


def serial_date(number: float, *, base_1904: bool = False) -> date | None:
    """The day of a spreadsheet's day number; None outside the years that dates may have."""
    if not 0 <= number < 100_000:  # noqa: PLR2004 - far beyond the year 2100
        return None
    day = _BASE_1900 + timedelta(days=int(number) + (1462 if base_1904 else 0))
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def name_key(text: str) -> str:
    """What ids and names are compared by: NFC, no blanks or invisible characters, one kind of middle dot."""
    if text.isascii():
        return "".join(text.split())
    return _BLANK_OR_INVISIBLE.sub("", unicodedata.normalize("NFC", text)).translate(_MIDDLE_DOTS)


def visible(text: str) -> str:
    """A text without the characters that cannot be seen, trimmed."""
    text = text.strip()
    return text if text.isascii() else _INVISIBLE.sub("", text).strip()


def split_members(cell: str) -> list[str]:
    """The members a cell names: separated by ; ； or 、."""
    return [part for part in map(str.strip, _SEPARATORS.split(cell)) if part]


# --- refusals ---------------------------------------------------------------------------------


def _plain(text: str) -> str:
    return text.strip(" \t\r\n\xa0\u3000\ufeff\u200b").translate(_FULL_WIDTH)


def _short(text: str) -> str:
    return text.strip()[:40]


def _too_large(text: str) -> GrammarError:
    return GrammarError(
        "bad-number", "{value} is larger than {largest}", "check the digits", value=_short(text), largest=f"{LARGEST:,}"
    )


def _refuse_number(value: str, plain: str) -> GrammarError:
    """Say why a text is not a number, as exactly as can be told."""
    for matches, message, hint in _NUMBER_REFUSALS if len(plain) <= _LONGEST else ():
        if found := re.fullmatch(matches, plain, re.IGNORECASE | re.DOTALL):
            number = found.groupdict().get("number", "")
            return GrammarError("bad-number", message, hint, value=_short(value), number=number)
    if 0 < len(plain) and all(char in _CHINESE for char in plain):
        hint = "write it in digits: {number}" if len(plain) == 1 else "write it in digits"
        return GrammarError(
            "bad-number", "{value} is written in words", hint, value=_short(value), number=_CHINESE[plain[0]]
        )
    return GrammarError("bad-number", "{value} is not a number", "write digits, such as 3 or 2.5", value=_short(value))


_SOME = r"[+-]?[0-9][0-9,]*(?:\.[0-9]+)?"
_NUMBER_REFUSALS = (
    ("", "the number is empty", "write digits, such as 3 or 2.5"),
    (r"[+-]?(?:nan|inf|infinity)", "{value} is not a number", "write digits, or leave the cell empty"),
    (r"[+-]?[0-9.]+e[+-]?[0-9]+", "{value} is written with an exponent", "write all its digits"),
    (r"[+-]?0[xob][0-9a-f_]+", "{value} is a programmer's number", "write it in decimal digits"),
    (r"[+-]?[0-9][0-9_.]*_[0-9_.]*", "{value} holds an underscore", "write the digits without it"),
    (rf"(?P<number>{_SOME})\s*%|(?:{_SOME})\s*％", "{value} is a percentage", "write a plain number"),
    (rf"[¥￥$]\s*(?P<number>{_SOME})", "{value} has a currency sign", "write only {number}"),
    (rf"(?P<number>{_SOME})\s*[一-鿿a-z]+", "{value} has a unit after the number", "write only {number}"),
    (r"[+-]?[0-9]+(?:，[0-9.]+)+", "{value} holds a full-width comma", "write a point for decimals, and no comma"),
    (r"[+-]?[0-9]*(?:,[0-9]*)+(?:\.[0-9]*)?", "{value} has a comma where no thousands end", "write a point for decimals, and no comma"),
    (r"[+-]?(?:\.[0-9]+|[0-9]+\.)", "{value} has no digit before or after the point", "write a digit on both sides, such as 0.5"),
    (r".*[¼-¾⅐-⅞⁰-₉²³¹].*", "{value} holds a fraction or a raised digit", "write it in plain digits, such as 0.5"),
)  # fmt: skip


def _in_range(day: date, text: str) -> date:
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        return day
    raise GrammarError(
        "bad-date",
        "the year of {value} is not between {first} and {last}",
        "check the year",
        value=_short(text),
        first=FIRST_YEAR,
        last=LAST_YEAR,
    )


def _without_time(plain: str) -> str:
    found = _TIME.search(plain) if len(plain) <= _LONGEST else None
    if found and found.end() == len(plain) and _real_time(found[1]):
        return plain[: found.start()]
    return plain


def _real_time(text: str) -> bool:
    hour, minute, *second = text.split(":")
    return int(hour) < 24 and int(minute) < 60 and all(float(part) < 60 for part in second)  # noqa: PLR2004 - a clock


def _refuse_date(value: str, plain: str) -> GrammarError:
    """Say why a text is not a date, as exactly as can be told."""
    serial = re.fullmatch(r"([0-9]{5})(?:\.[0-9]+)?", plain, re.ASCII)
    if serial and (day := serial_date(int(serial[1]))):
        return GrammarError(
            "bad-date",
            "{value} is a spreadsheet's number of a day",
            "if {day} is meant, write that",
            value=_short(value),
            day=day.isoformat(),
        )
    for matches, message, hint in _DATE_REFUSALS if len(plain) <= _LONGEST else ():
        if re.fullmatch(matches, plain, re.IGNORECASE | re.DOTALL | re.ASCII):
            return GrammarError("bad-date", message, hint, value=_short(value))
    return GrammarError("bad-date", "{value} is not a date", "write it as 2021-07-01", value=_short(value))


_DATE_REFUSALS = (
    ("", "the date is empty", "write it as 2021-07-01"),
    (r"[0-9]{1,2}([-/.])[0-9]{1,2}\1[0-9]{4}|[0-9]{1,2}[-/][a-z]{3,9}[-/][0-9]{2,4}", "{value} does not begin with the year", "write year, month, day, as 2021-07-01"),
    (r"[0-9]{2}([-/.])[0-9]{1,2}\1[0-9]{1,2}|[0-9]{2}年.*", "the year of {value} has only two digits", "write it with four digits, as 2021-07-01"),
    (r"[0-9]{1,2}([-/.])[0-9]{1,2}|[0-9]{1,2}月[0-9]{1,2}[日号]?|[0-9]{1,2}-[a-z]{3,9}|[a-z]{3,9}-[0-9]{1,2}", "{value} has no year", "write it in full, as 2021-07-01"),
    (r"[0-9]{4}([-/.])[0-9]{1,2}|[0-9]{4}年[0-9]{1,2}月|[0-9]{6}", "{value} has no day", "write it in full, as 2021-07-01"),
    (r"[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}号?", "{value} is not written as a date is", "write 2021年7月1日 or 2021-07-01"),
)  # fmt: skip
