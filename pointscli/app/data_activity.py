"""Events that count for nothing: their member is not active in the settlement period, or not scored that day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pointscli.app.data_findings import event_place, record_of, spell_title
from pointscli.app.inputs import Inputs
from pointscli.app.membership import accepts
from pointscli.inputs.roster import Spell
from pointscli.inputs.roster_cells import column_id
from pointscli.model.log import DAY_PLACES
from pointscli.model.period import Period
from pointscli.model.problem import Problem, Severity
from pointscli.scheme.types import Active, Scheme

_MESSAGES = {
    Active.START: "events of {member} count for nothing ({count}): not on the roster at the start of {period}",
    Active.END: "events of {member} count for nothing ({count}): not on the roster at the end of {period}",
    Active.ANY: "events of {member} count for nothing ({count}): not on the roster on any day of {period}",
    Active.WHOLE: "events of {member} count for nothing ({count}): not on the roster on every day of {period}",
}
Group = tuple[int, int, int, bool]
"""Version, member, settlement period, whether a roster row in force was refused."""


def find_inactive(inputs: Inputs, today: date) -> list[Problem]:
    """One finding for a member and settlement period (and reason), at the first such event in the files."""
    judge = _Judge(inputs, today)
    entries = inputs.events.entries
    sizes = [scheme.settle.size for scheme in inputs.schemes]
    groups: dict[Group, list[int]] = {}
    last = (today.toordinal() + 1) * DAY_PLACES
    active: dict[tuple[int, int, int], bool] = {}
    rows = zip(entries.member, inputs.events.items, entries.month, entries.place, strict=True)
    for entry, (member, item, month, place) in enumerate(rows):
        version = item.version
        key = (version, member, month // sizes[version])
        belongs = active.get(key)
        if belongs is None:
            belongs = active[key] = judge.is_active(*key)
        refused = judge.is_refused(version, member, place // DAY_PLACES) if member in judge.refusable else False
        if (refused or not belongs) and place < last:
            groups.setdefault((*key, refused), []).append(entry)
    return [judge.tell(group, found) for group, found in groups.items()]


@dataclass(frozen=True, slots=True)
class _Row:
    """A roster row under one version."""

    spell: Spell
    since: int
    until: int
    accepted: bool


class _Judge:
    """Who belongs to which period: the same as the engine's stage `active`."""

    def __init__(self, inputs: Inputs, today: date) -> None:
        self.inputs, self.today = inputs, today.toordinal()
        self._rows: dict[tuple[int, int], list[_Row]] = {}
        for version, scheme in enumerate(inputs.schemes):
            for spell in inputs.roster.spells:
                row = _Row(
                    spell,
                    (spell.since or date.min).toordinal(),
                    (spell.until or date.max).toordinal(),
                    accepts(scheme.members, spell),
                )
                self._rows.setdefault((version, spell.member), []).append(row)
        self.refusable = {member for (_, member), rows in self._rows.items() if not all(row.accepted for row in rows)}

    def is_active(self, version: int, member: int, number: int) -> bool:
        """Whether a member is active in a settlement period that has begun."""
        scheme = self.inputs.schemes[version]
        period = Period(scheme.settle, number)
        start, stop = period.start.toordinal(), min(period.end.toordinal(), self.today)
        rows = [
            row
            for row in self._rows.get((version, member), ())
            if row.accepted and row.since <= stop and row.until >= start
        ]
        match scheme.active:
            case Active.START:
                return any(row.since <= start for row in rows)
            case Active.END:
                return any(row.until >= stop for row in rows)
            case Active.WHOLE:
                days = sum(min(row.until, stop) - max(row.since, start) + 1 for row in rows)
                return days == stop - start + 1
            case _:
                return bool(rows)

    def is_refused(self, version: int, member: int, day: int) -> bool:
        """Whether a roster row is in force that day that the version's `members` does not accept."""
        return any(not row.accepted and row.since <= day <= row.until for row in self._rows[version, member])

    def tell(self, group: Group, entries: list[int]) -> Problem:
        """The finding for the events of a group."""
        version, member, number, refused = group
        scheme, roster = self.inputs.schemes[version], self.inputs.roster
        record = record_of(self.inputs, entries[0])
        day = self.inputs.events.entries.place[entries[0]] // DAY_PLACES
        spells = [row.spell for row in self._rows[version, member]]
        if refused:
            spells = [
                row.spell for row in self._rows[version, member] if not row.accepted and row.since <= day <= row.until
            ]
        args = (
            ("count", str(len(entries))),
            ("member", roster.title(member)),
            ("period", Period(scheme.settle, number).label),
            ("scheme", scheme.id),
            ("rows", ", ".join(spell_title(spell) for spell in spells)),
            ("cells", _refused_cells(scheme, spells[0])),
        )
        place = event_place(record, "member" if refused else "date")
        if refused:
            return Problem(
                "refused-member",
                place,
                "events of {member} in {period} count for nothing ({count}): scheme {scheme} does not score {cells}",
                "check the roster row {rows}, or members: in the rule file",
                args,
                Severity.WARNING,
            )
        hint = "check the dates of the events and of the roster rows: {rows}"
        return Problem("inactive-member", place, _MESSAGES[scheme.active], hint, args, Severity.WARNING)


def _refused_cells(scheme: Scheme, spell: Spell) -> str:
    """The cells of a roster row that `members` does not accept."""
    return ", ".join(
        f"{column}: {spell.cells.get(column_id(column), '') or '-'}"
        for column, values in scheme.members
        if not accepts(((column, values),), spell)
    )
