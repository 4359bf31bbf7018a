"""How a year of events comes about: habits of single members, meetings of whole branches."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from random import Random

import yaml

from examples._model import MEMBERS, MONTHS, YEAR, Event, Person, month_end, quarter_end

LAST_PLANNED_DAY = 28
HABITS_FILE = Path(__file__).with_name("_habits.yaml")


@dataclass(frozen=True, slots=True)
class Habit:
    """Something that members do `rate` times a month; of each tuple one value is drawn."""

    item: str
    rate: float
    reasons: tuple[str, ...]
    evidence: tuple[str, ...] = ("",)
    quantity: tuple[str, ...] = ("",)
    level: tuple[str, ...] = ("",)
    points: tuple[str, ...] = ("",)
    matter: str = ""  # prefix of the matter that the event carries
    echo: float = 0.0  # chance that the same matter is entered again, at another level
    shared: float = 0.0  # chance that a second member took part
    lazy: bool = False  # the less zeal the more of it
    even: bool = False  # zeal does not matter
    months: tuple[int, ...] = tuple(MONTHS)


@dataclass(frozen=True, slots=True)
class Meeting:
    """Something that a whole branch does on one day of each month; one row names everybody who came."""

    item: str
    day: int
    reasons: tuple[str, ...]
    attendance: float = 0.9
    quantity: str = ""
    evidence: str = "签到表"
    months: tuple[int, ...] = tuple(MONTHS)


@dataclass(frozen=True, slots=True)
class Town:
    """Who is there, who writes, which places reasons may name, and what a settlement period ends on."""

    people: tuple[Person, ...]
    recorders: tuple[str, ...]
    places: tuple[str, ...] = ("",)
    kinds: tuple[str, ...] = MEMBERS
    quarterly: bool = False
    idle: frozenset[str] = frozenset()  # they have no habits

    def counts(self, person: Person, day: date) -> bool:
        """Tell whether an event of that day counts: on the roster then and at the settlement period's end."""
        end = quarter_end(day) if self.quarterly else month_end(day.year, day.month)
        now, then = person.on(day), person.on(end)
        return person.id not in self.idle and bool(now and then and now.kind in self.kinds and then.kind in self.kinds)


def habits(name: str) -> list[Habit]:
    """Read one list of _habits.yaml."""
    rows: list[dict[str, object]] = yaml.safe_load(HABITS_FILE.read_text(encoding="utf-8"))[name]
    return [Habit(**{key: tuple(v) if isinstance(v, list) else v for key, v in row.items()}) for row in rows]  # type: ignore[arg-type]


def chance(rng: Random, share: float) -> bool:
    """Toss a coin that falls right in that share of cases."""
    return rng.random() < share


def live(rng: Random, town: Town, habits: Sequence[Habit]) -> list[Event]:
    """Let everybody follow the habits for a year."""
    events: list[Event] = []
    for habit in habits:
        for month in habit.months:
            for person in town.people:
                events += month_of(rng, town, habit, person, month)
    return events


def month_of(rng: Random, town: Town, habit: Habit, person: Person, month: int) -> list[Event]:
    """One member's events of one habit in one month."""
    zeal = 1.0 if habit.even else max(0.1, 2 - person.zeal) if habit.lazy else person.zeal
    made: list[Event] = []
    for _ in range(int(habit.rate * zeal + rng.random())):
        day = date(YEAR, month, rng.randint(1, LAST_PLANNED_DAY))
        if not town.counts(person, day):
            continue
        event = deed(rng, town, habit, person, day)
        made.append(event)
        if chance(rng, habit.echo):
            made.append(replace(event, day=month_end(YEAR, month), level=rng.choice(habit.level)))
    return made


def deed(rng: Random, town: Town, habit: Habit, person: Person, day: date) -> Event:
    """One event; now and then a second member shares in it."""
    members = [person.id]
    if chance(rng, habit.shared):
        other = rng.choice(town.people)
        if other.id != person.id and town.counts(other, day):
            members.append(other.id)
    return Event(
        day=day,
        members=tuple(members),
        item=habit.item,
        quantity=rng.choice(habit.quantity),
        level=rng.choice(habit.level),
        points=rng.choice(habit.points),
        matter=f"{habit.matter}{day:%m%d}-{person.id}" if habit.matter else "",
        reason=rng.choice(habit.reasons).format(place=rng.choice(town.places), month=day.month),
        evidence=rng.choice(habit.evidence),
        by=rng.choice(town.recorders),
    )


def meet(rng: Random, town: Town, meetings: Sequence[Meeting]) -> list[Event]:
    """Let each branch hold its meetings; who missed one is simply not named."""
    branches = list(dict.fromkeys(spell.branch for person in town.people for spell in person.spells))
    events = []
    for meeting in meetings:
        for month in meeting.months:
            for shift, branch in enumerate(branches):
                day = date(YEAR, month, meeting.day + shift)
                came = attendants(rng, town, branch, day, meeting)
                if came:
                    reason = rng.choice(meeting.reasons).format(place=rng.choice(town.places), month=month)
                    evidence = f"{branch}{month}月{meeting.evidence}"
                    by = town.recorders[shift % len(town.recorders)]
                    events.append(
                        Event(day, came, meeting.item, meeting.quantity, reason=reason, evidence=evidence, by=by)
                    )
    return events


def attendants(rng: Random, town: Town, branch: str, day: date, meeting: Meeting) -> tuple[str, ...]:
    """Who of the branch came: the zealous nearly always."""
    there = [p for p in town.people if town.counts(p, day) and belongs(p, branch, day)]
    return tuple(p.id for p in there if chance(rng, meeting.attendance * (0.8 + p.zeal / 5)))


def belongs(person: Person, branch: str, day: date) -> bool:
    """Tell whether the member is in the branch on the day."""
    spell = person.on(day)
    return spell is not None and spell.branch == branch


def marks(
    rng: Random, town: Town, item: str, days: Sequence[date], make: Callable[[Random, Person], Event]
) -> list[Event]:
    """Give everybody a mark on each of the days; `make` fills in what the mark is."""
    return [
        replace(make(rng, person), day=day, members=(person.id,), item=item)
        for day in days
        for person in town.people
        if town.counts(person, day)
    ]


def mark(rng: Random, person: Person, low: int, high: int) -> str:
    """A mark between the bounds that leans to the member's zeal, in steps of a half."""
    lean = min(1.0, max(0.0, person.zeal / 2 + rng.uniform(-0.25, 0.25)))
    return f"{round((low + (high - low) * lean) * 2) / 2:g}"
