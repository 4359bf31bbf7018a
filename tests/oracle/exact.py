"""Exact numbers: reading them, rounding quotients, publishing."""

import math
import re
import unicodedata
from collections import Counter
from decimal import Decimal
from fractions import Fraction

HALVES: Counter[str] = Counter()
"""How often a published number lay just between two, so that the way of rounding told."""
DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")


def exact(value: object) -> Fraction:
    """The exact number behind a YAML scalar or a cell: 2, 0.5, '1/3', '10%'."""
    if isinstance(value, bool) or value is None:
        raise ValueError(f"not a number: {value!r}")
    if isinstance(value, int):
        return Fraction(value)
    if isinstance(value, float):
        return Fraction(Decimal(repr(value)))
    text = unicodedata.normalize("NFKC", str(value)).strip()
    if text.endswith("%"):
        return exact(text[:-1]) / 100
    if "/" in text:
        above, below = text.split("/", 1)
        return exact(above) / exact(below)
    if not DECIMAL.fullmatch(text):
        raise ValueError(f"not a number: {value!r}")
    return Fraction(Decimal(text))


def cell_number(value: object) -> Fraction:
    """A number in a file: decimal text with at most 4 places."""
    number = exact(value)
    text = str(value)
    if "%" in text or "/" in text or (number * 10000).denominator != 1:
        raise ValueError(f"not a decimal of at most 4 places: {value!r}")
    return number


def half_up(value: Fraction, places: int) -> Fraction:
    """Round to places, ties away from zero."""
    scale = 10**places
    size = math.floor(abs(value) * scale + Fraction(1, 2))
    return Fraction(size if value >= 0 else -size, scale)


def quotient(value: Fraction) -> Fraction:
    """What is kept of a quotient: 9 places."""
    return half_up(value, 9)


def publish(value: Fraction, decimals: int, rounding: str) -> Decimal:
    """The published number: to 6 places half up, then to the scheme's decimals."""
    scaled = half_up(value, 6) * 10**decimals
    if scaled.denominator == 2:
        HALVES[f"{rounding} {'below' if value < 0 else 'above'} 0"] += 1
    if rounding == "half_up":
        whole = int(half_up(scaled, 0))
    elif rounding == "half_even":
        whole = round(scaled)
    else:
        whole = math.trunc(scaled)
    return Decimal(whole).scaleb(-decimals)
