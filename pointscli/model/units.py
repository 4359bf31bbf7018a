"""Points as integers: the engine counts in 10⁻⁹ point, files in at most 4 decimals."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

POINT = 10**9
"""One point in the engine's unit."""
QUANTITY = 10**4
"""One piece, hour or time in the unit of quantities."""
POINT_PER_FILE_UNIT = POINT // QUANTITY
"""The engine's unit in the 10⁻⁴ of the files' number grammar."""


def point_units(value: Decimal) -> int:
    """A number of a rule file, in the engine's unit (exact: files have at most 4 decimals)."""
    return int(value * POINT)


def quantity_units(value: Decimal) -> int:
    """A quantity of a rule file, in 10⁻⁴."""
    return int(value * QUANTITY)


@lru_cache(maxsize=1 << 16)
def published(units: int, decimals: int) -> Decimal:
    """A published number (already rounded to `decimals`) with exactly that many places."""
    return Decimal(units // 10 ** (9 - decimals)).scaleb(-decimals)


def exact(units: int) -> Decimal:
    """An amount in the engine's unit as points, without trailing zeros (`2`, `0.5`, `100`)."""
    whole, rest = divmod(abs(units), POINT)
    text = f"{whole}.{rest:09d}".rstrip("0")
    return Decimal(f"-{text}" if units < 0 else text)
