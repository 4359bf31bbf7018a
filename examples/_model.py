"""What an example workspace is made of: people with their spells, events, decisions, redemptions."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date

YEAR = 2021
MONTHS = range(1, 13)
QUARTER_MONTHS = 3
MEMBERS = ("正式党员", "预备党员")


@dataclass(frozen=True, slots=True)
class Spell:
    """One row of the roster: where somebody belongs from `since` to `until`."""

    branch: str
    group: str
    kind: str
    extra: tuple[tuple[str, str], ...] = ()
    since: date | None = None
    until: date | None = None
    exempt: str = ""

    def covers(self, day: date) -> bool:
        """Tell whether the row is in force on the day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a name, an amount of zeal (1 is average) and one or more spells."""

    id: str
    name: str
    zeal: float
    spells: tuple[Spell, ...]

    def on(self, day: date) -> Spell | None:
        """Give the row in force on the day."""
        return next((spell for spell in self.spells if spell.covers(day)), None)


@dataclass(frozen=True, slots=True)
class Event:
    """One row of the log; `members` are ids, numbers are text as a clerk writes them."""

    day: date
    members: tuple[str, ...]
    item: str
    quantity: str = ""
    level: str = ""
    points: str = ""
    matter: str = ""
    reason: str = ""
    evidence: str = ""
    by: str = ""
    stage: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """One row of the review log."""

    day: date
    event: str
    decision: str
    stage: str = ""
    quantity: str = ""
    level: str = ""
    points: str = ""
    by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Redemption:
    """One row of the redemption log."""

    id: str
    day: date
    member: str
    gift: str
    count: str
    by: str


@dataclass(frozen=True, slots=True)
class Workspace:
    """Everything that a folder under examples/ holds."""

    name: str
    title: str
    rules: tuple[str, ...]
    people: tuple[Person, ...]
    events: tuple[Event, ...]
    decisions: tuple[Decision, ...] = ()
    redemptions: tuple[Redemption, ...] = ()
    columns: tuple[str, ...] = ("branch", "group", "kind", "since", "until", "exempt")


def month_end(year: int, month: int) -> date:
    """Give the last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def quarter_of(day: date) -> int:
    """Give 1 … 4."""
    return (day.month - 1) // QUARTER_MONTHS + 1


def quarter_end(day: date) -> date:
    """Give the last day of the quarter of the day."""
    return month_end(day.year, quarter_of(day) * QUARTER_MONTHS)


def numbered(events: list[Event], prefix: str) -> tuple[Event, ...]:
    """Sort by date and give running ids."""
    ordered = sorted(events, key=lambda event: (event.day, event.item, event.members, event.reason))
    return tuple(replace(event, id=f"{prefix}{number:04d}") for number, event in enumerate(ordered, 1))
