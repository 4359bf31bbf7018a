# ruff: noqa: S608 - the SQL is put together from our own words only
"""What an event says besides who and when, as one number: item, quantity, points, level, stage, how many are named.

A log of millions has some hundred different ones, its `variants`: what depends on nothing else is worked out once each.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import prod

from pointscli.engine.database import Database, Unreadable
from pointscli.model.dictionaries import Dictionaries
from pointscli.model.units import QUANTITY

_AXES = ("node", "quantity", "points", "level", "stage", "named")
_WIDTHS = (("integer", 31), ("bigint", 63))


@dataclass(frozen=True, slots=True)
class Codes:
    """How the numbers are made: how many values each part may have, the first part being the most significant."""

    sizes: tuple[int, ...]

    @property
    def type(self) -> str:
        """The smallest SQL type that holds them; Unreadable if none does."""
        for name, bits in _WIDTHS:
            if prod(self.sizes) < 1 << bits:
                return name
        raise Unreadable

    def expression(self, parts: Sequence[str]) -> str:
        """The number made of its parts (SQL); null if one of them is."""
        made = f"({parts[0]})::{self.type}"
        for size, part in zip(self.sizes[1:], parts[1:], strict=True):
            made = made if (size, part) == (1, "0") else f"({made} * {size} + {part})"
        return made

    def part(self, name: str) -> str:
        """A part of the number `code` (SQL)."""
        place = _AXES.index(name)
        return f"(code // {prod(self.sizes[place + 1 :])} % {self.sizes[place]})"


def load_codes(db: Database, known: Dictionaries) -> Codes:
    """Number the values of each part; the tables of texts then speak of the numbers."""
    quantities = sorted({QUANTITY, *(value for _, value in known.quantities)})
    points = _numbered(value for _, value in known.amounts)
    levels = _numbered(value for _, value in known.grades)
    stages = {text: number for number, text in enumerate(dict.fromkeys(text for text, *_ in known.phases), 1)}
    codes = Codes(
        (
            max((node for *_, node, _, _ in known.things), default=0) + 1,
            len(quantities),
            len(points),
            len(levels),
            len(stages) + 1,
            max((named for *_, named in known.people), default=0) + 1,
        )
    )
    number = {value: place for place, value in enumerate(quantities)}
    _load(db, "quantities", codes, [(text, number[value]) for text, value in known.quantities])
    _load(db, "amounts", codes, [(text, points[value]) for text, value in known.amounts])
    _load(db, "grades", codes, [(text, levels[value]) for text, value in known.grades])
    _load(db, "phases", codes, list(stages.items()))
    for name, values in (("quantity", quantities), ("points", points), ("level", levels)):
        db.load(f"{name}_values", {"nth": ("bigint", range(len(values))), "value": ("bigint", list(values))})
    found: list[tuple[int | None, ...]] = [(0, version, value) for version, value in known.firsts]
    found += [(stages[text], version, value) for text, version, value in known.phases]
    _load_columns(db, "stage_values", ("nth", "version", "value"), found)
    leaves = sorted({(node, version) for _, _, _, node, version, _ in known.things})
    _load_columns(db, "leaves", ("node", "version"), leaves)
    return codes


def load_variants(db: Database, codes: Codes) -> bool:
    """Make the table of the variants that `noted` has; whether each of them means something."""
    db.run(
        "create or replace table variants as select f.code, f.number, l.node, l.version, q.value as quantity,"
        " p.value as points, v.value as level, s.value as stage, s.nth is not null as staged,"
        f" {codes.part('named')}::bigint as named"
        " from (select code, count(*) as number from noted group by code) as f"
        f" join leaves as l on l.node = {codes.part('node')}"
        f" join quantity_values as q on q.nth = {codes.part('quantity')}"
        f" join points_values as p on p.nth = {codes.part('points')}"
        f" join level_values as v on v.nth = {codes.part('level')}"
        f" left join stage_values as s on s.nth = {codes.part('stage')} and s.version = l.version"
    )
    return db.rows("select count(*) from variants where not staged") == [(0,)]


def first_quantity(known: Dictionaries) -> int:
    """The number of the quantity that an empty cell stands for."""
    return sorted({QUANTITY, *(value for _, value in known.quantities)}).index(QUANTITY)


def _numbered(values: Iterable[int | None]) -> dict[int | None, int]:
    """Values and their numbers; 0 is that of no value."""
    found: dict[int | None, int] = {None: 0}
    for value in values:
        found.setdefault(value, len(found))
    return found


def _load_columns(db: Database, table: str, names: Sequence[str], rows: Sequence[tuple[int | None, ...]]) -> None:
    columns = zip(*rows, strict=True) if rows else ([] for _ in names)
    db.load(table, {name: ("bigint", column) for name, column in zip(names, columns, strict=True)})


def _load(db: Database, table: str, codes: Codes, rows: Sequence[tuple[str, int]]) -> None:
    texts, numbers = zip(*rows, strict=True) if rows else ((), ())
    db.load(table, {"c0": ("varchar", texts), "c1": (codes.type, numbers)})
