"""Invented rosters: names that nobody bears on purpose, branches, and the few who move, join, leave or are exempt."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from examples._model import Person, Spell

SURNAMES = "赵钱孙李周吴郑冯陈卫蒋沈韩杨朱秦许何吕施张孔曹严金魏陶姜谢邹柏章云苏潘葛范彭鲁马方"
PAIRS = (
    "小满谷雨白露春分惊蛰清明立夏青禾望舒云帆星河远山听雨知秋向阳"
    "长风半夏初晴南星一苇晚舟木棉海棠明月新苗若水大江采薇千里双木"
)
GIVEN = (*(PAIRS[place : place + 2] for place in range(0, len(PAIRS), 2)), *"松柏溪岚舟麦石荷川竹")
COMPOUND = ("欧阳知秋", "司徒向阳", "上官远山", "诸葛小满")
WITH_DOT = ("阿依古丽·晨曦", "买买提·长河", "古丽娜尔·星光", "吐尔逊·远山")
RARE = "陈𬱖"
TWICE = "王禾"
RARE_SEAT, TWICE_SEATS, DOT_SEATS, COMPOUND_SEATS = 4, (7, 18), (2, 12, 21), (9, 16)


@dataclass(frozen=True, slots=True)
class Change:
    """What is special about one seat: from `day` on the row is another one, or it starts or ends."""

    joined: date | None = None
    left: date | None = None
    moved: date | None = None
    branch: str = ""
    group: str = ""
    kind: str = ""
    exempt: str = ""
    extra: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Seats:
    """How a roster is laid out: places (branch, group) dealt in turn, kinds in order of seat."""

    prefix: str
    places: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[str, int], ...]
    changes: dict[int, Change] = field(default_factory=dict)
    zeal: dict[int, float] = field(default_factory=dict)
    extra: dict[int, tuple[tuple[str, str], ...]] = field(default_factory=dict)


def names(rng: Random, count: int) -> list[str]:
    """Draw names without repeats, then seat the special ones; one name is borne by two people."""
    pool = [surname + given for surname in SURNAMES for given in GIVEN]
    drawn = rng.sample(pool, count)
    drawn[RARE_SEAT] = RARE
    for seat in TWICE_SEATS:
        drawn[seat] = TWICE
    for seat, name in zip(DOT_SEATS, rng.sample(WITH_DOT, len(DOT_SEATS)), strict=True):
        drawn[seat] = name
    for seat, name in zip(COMPOUND_SEATS, rng.sample(COMPOUND, len(COMPOUND_SEATS)), strict=True):
        drawn[seat] = name
    return drawn


def spells(first: Spell, change: Change) -> tuple[Spell, ...]:
    """Split one seat's row at its change."""
    first = replace(first, since=change.joined, until=change.left, exempt=change.exempt)
    if change.moved is None:
        return (first,)
    second = replace(
        first,
        since=change.moved,
        branch=change.branch or first.branch,
        group=change.group or first.group,
        kind=change.kind or first.kind,
        extra=change.extra or first.extra,
    )
    return replace(first, until=change.moved - timedelta(days=1)), second


def roster(rng: Random, seats: Seats) -> tuple[Person, ...]:
    """Seat invented people and give each an amount of zeal between 0.35 and 1.7."""
    kinds = [kind for kind, count in seats.kinds for _ in range(count)]
    people = []
    for seat, (name, kind) in enumerate(zip(names(rng, len(kinds)), kinds, strict=True)):
        branch, group = seats.places[seat % len(seats.places)]
        first = Spell(branch, group, kind, seats.extra.get(seat, ()))
        zeal = seats.zeal.get(seat, round(rng.uniform(0.35, 1.7), 2))
        changed = spells(first, seats.changes.get(seat, Change()))
        people.append(Person(f"{seats.prefix}{seat + 1:03d}", name, zeal, changed))
    return tuple(people)
