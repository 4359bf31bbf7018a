"""Dates as rule files write them: 2021-07-01, 2021/7/1, 2021.7.1, 2021年7月1日."""

from __future__ import annotations

import re
from datetime import date

from pointscli.scheme.number_grammar import Refusal, to_half_width

FIRST_YEAR, LAST_YEAR = 1900, 2999
_FORMS = (
    re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})"),
    re.compile(r"([0-9]{4})(年)([0-9]{1,2})月([0-9]{1,2})日"),
)
_NEARLY = re.compile(r"([0-9]{4})[^0-9]*([0-9]{2})[^0-9]*([0-9]{2})[^0-9]*")


def parse_date(text: str) -> date | Refusal:
    """A day that exists, in one of the four forms."""
    for form in _FORMS:
        if found := form.fullmatch(text):
            return _existing(int(found[1]), int(found[3]), int(found[4]))
    nearly = _NEARLY.fullmatch(to_half_width(text[:30]))
    near = "-".join(nearly.groups()) if nearly else "2021-07-01"
    return Refusal("bad-date", "{value} is not a date", "write it like {near}", (("near", near),))


def _existing(year: int, month: int, day: int) -> date | Refusal:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return Refusal(
            "bad-date", "the year of {value} cannot be meant", "write the year with four digits, such as 2021"
        )
    try:
        return date(year, month, day)
    except ValueError:
        return Refusal("bad-date", "{value} does not exist", "look at a calendar: the month or the day is wrong")
