"""The order in which groups are printed: 一支部 二支部 三支部 第十支部, 2 before 10."""

from __future__ import annotations

import re

from pointscli.model.normal import normal

_NUMBER = re.compile(r"([0-9]+|[零〇一二两三四五六七八九十百]+)")
_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_UNITS = {"十": 10, "百": 100}

SortKey = tuple[tuple[tuple[int, int, str], ...], str]


def printed_order(text: str) -> SortKey:
    """A sort key that reads numbers in digits or Chinese numerals as numbers; the text itself breaks ties."""
    parts = _NUMBER.split(normal("NFKC", text))
    return tuple((0, _number(part), "") if i % 2 else (1, 0, part) for i, part in enumerate(parts) if part), text


def _number(text: str) -> int:
    if text.isdigit() and text.isascii():
        return int(text)
    total = digit = 0
    for character in text:
        if unit := _UNITS.get(character):
            total += (digit or 1) * unit
            digit = 0
        else:
            digit = digit * 10 + _DIGITS[character]
    return total + digit
