"""Numbers as rule files write them: exact decimals, fractions and percents, in half-width characters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

MAX_PLACES = 4
MAX_LENGTH = 60
LIMIT = Decimal(10) ** 9
_DECIMAL = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_FRACTION = re.compile(r"([+-]?[0-9]{1,10})\s*/\s*([0-9]{1,10})")
_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(?:[,_][0-9]{3})+(?:\.[0-9]+)?")
_EXPONENT = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?[eE][+-]?[0-9]{1,2}")
_HALF_WIDTH = {0xFF10 + i: str(i) for i in range(10)} | {
    ord(wide): plain
    for wide, plain in {
        "．": ".",
        "，": ",",
        "＋": "+",
        "－": "-",
        "−": "-",
        "–": "-",
        "—": "-",
        "％": "%",
        "／": "/",
    }.items()
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a text is not the number or date that is needed, as parts of a Problem."""

    name: str
    message: str
    hint: str
    args: tuple[tuple[str, str], ...] = ()


def parse_number(text: str) -> Decimal | Refusal:
    """A number of at most 4 decimals, between −10⁹ and 10⁹."""
    if not _DECIMAL.fullmatch(text):
        return _not_a_number(text)
    value = Decimal(text[:MAX_LENGTH])
    if len(text) > MAX_LENGTH or value > LIMIT or value < -LIMIT:
        return Refusal("number-too-large", "{value} is too large", "numbers go up to {limit}", (("limit", str(LIMIT)),))
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -MAX_PLACES:
        hint = "write at most {places} decimals; where a weight or share is meant, a fraction such as 1/3 is exact"
        return Refusal("too-many-decimals", "{value} has too many decimals", hint, (("places", str(MAX_PLACES)),))
    return value or Decimal(0)


def parse_fraction(text: str) -> Fraction | Refusal:
    """A number, a fraction (`1/3`) or a percentage (`10%`), exact."""
    if found := _FRACTION.fullmatch(text):
        if int(found[2]) == 0:
            return Refusal("bad-number", "{value} divides by zero", "write a fraction such as 1/3")
        return Fraction(int(found[1]), int(found[2]))
    if text.endswith("%"):
        percent = parse_percent(text)
        return percent if isinstance(percent, Refusal) else Fraction(percent) / 100
    value = parse_number(text)
    if isinstance(value, Refusal):
        if value.name == "bad-number" and not value.args and (near := _plain(text)):
            return _with_near(near)
        return value
    return Fraction(value)


def parse_percent(text: str) -> Decimal | Refusal:
    """The number before the percent sign."""
    value = parse_number(text.removesuffix("%").rstrip())
    if isinstance(value, Refusal) and value.name == "bad-number":
        near = _plain(text)
        return _with_near(near) if near else Refusal("bad-number", "{value} is not a percentage", "write it like -5%")
    return value


def to_half_width(text: str) -> str:
    """Full-width digits, signs and marks of numbers as half-width ones."""
    return text.translate(_HALF_WIDTH)


def _not_a_number(text: str) -> Refusal:
    near = _plain(text)
    if near and near.endswith("%"):
        near = ""
    return (
        _with_near(near) if near else Refusal("bad-number", "{value} is not a number", "write digits, such as 2 or 0.5")
    )


def _with_near(near: str) -> Refusal:
    hint = "write {near} (half-width digits, no separators, no unit)"
    return Refusal("bad-number", "{value} is not written as a number", hint, (("near", near),))


def _plain(text: str) -> str:
    """How the number was probably meant, empty if nobody can tell."""
    half = to_half_width(text.strip()[:40]).replace(" ", "")
    percent = half.endswith("%")
    plain = half.removesuffix("%").removesuffix("分")
    if _THOUSANDS.fullmatch(plain):
        plain = plain.replace(",", "").replace("_", "")
    if re.fullmatch(r"[+-]?\.[0-9]+", plain):
        plain = plain.replace(".", "0.", 1)
    if re.fullmatch(r"[+-]?[0-9]+\.", plain):
        plain = plain.removesuffix(".")
    if _EXPONENT.fullmatch(plain):
        plain = f"{Decimal(plain):f}"
    near = plain + ("%" if percent else "")
    known = _DECIMAL.fullmatch(plain) or _FRACTION.fullmatch(plain)
    return near if known and near != text else ""
