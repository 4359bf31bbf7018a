"""The roster: spells, names, and who is active in a period."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from .model import Version, accepts, canonical, text_of
from .periods import Period, parse_day


@dataclass(frozen=True)
class Spell:
    """One roster row."""

    member: str
    since: date
    until: date
    cells: dict[str, str]

    def covers(self, day: date) -> bool:
        """Whether the row is in force on the day."""
        return self.since <= day <= self.until


class Roster:
    """All rows, by member."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        """Read the rows, keeping what is wrong in `errors`."""
        self.errors: list[str] = []
        self.spells: dict[str, list[Spell]] = {}
        for row in rows:
            cells = {column: text_of(value) for column, value in row.items()}
            since = parse_day(row["since"]) if cells.get("since") else date.min
            until = parse_day(row["until"]) if cells.get("until") else date.max
            cells["kind"] = canonical("kind", cells.get("kind", ""))
            spell = Spell(cells["id"], since, until, cells)
            if any(since <= other.until and other.since <= until for other in self.spells.get(spell.member, [])):
                self.errors.append(f"{spell.member}: spells overlap")
            self.spells.setdefault(spell.member, []).append(spell)
        for spells in self.spells.values():
            spells.sort(key=lambda spell: spell.since)

    def find(self, text: str) -> list[str]:
        """The ids that a member cell's word may mean: an id, or a name."""
        if text in self.spells:
            return [text]
        return sorted({key for key, rows in self.spells.items() if any(row.cells.get("name") == text for row in rows)})

    def accepted_on(self, member: str, version: Version, day: date) -> bool:
        """Whether `members` accepts a row in force on the day."""
        return any(spell.covers(day) for spell in self.accepted(member, version))

    def refused_on(self, member: str, version: Version, day: date) -> bool:
        """Whether a row is in force on the day that `members` does not accept."""
        return any(spell.covers(day) and not accepts(version.members, spell.cells) for spell in self.spells[member])

    def accepted(self, member: str, version: Version) -> list[Spell]:
        """The rows of a member that `members` accepts."""
        return [spell for spell in self.spells[member] if accepts(version.members, spell.cells)]

    def row(self, member: str, version: Version, period: Period, horizon: date) -> Spell | None:
        """The row that makes the member active in the period, or None."""
        if period.start > horizon:
            return None
        end = min(period.end, horizon)
        rows = [spell for spell in self.accepted(member, version) if spell.since <= end and spell.until >= period.start]
        if version.active == "start":
            rows = [spell for spell in rows if spell.covers(period.start)]
        elif version.active == "end":
            rows = [spell for spell in rows if spell.covers(end)]
        elif version.active == "whole" and not every_day(rows, period.start, end):
            rows = []
        return rows[-1] if rows else None


def every_day(rows: list[Spell], start: date, end: date) -> bool:
    """Whether the rows cover every day from start to end."""
    days = (start + timedelta(days=n) for n in range((end - start).days + 1))
    return all(any(row.covers(day) for row in rows) for day in days)
