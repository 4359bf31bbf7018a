"""What the checks of data share: where an event stands, what it is called, and a limit to findings of one kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from pointscli.app.inputs import Inputs
from pointscli.inputs.log_rows import Record
from pointscli.inputs.roster import Spell
from pointscli.model.problem import Place, Problem, Severity

MOST = 500
"""Findings of one kind that are told one by one; the rest is one finding with its number."""
OPEN = "…"
"""A spell's side without a date."""


def record_of(inputs: Inputs, entry: int) -> Record:
    """The row of an entry."""
    return inputs.events.records[inputs.events.entries.record[entry]]


def event_title(record: Record) -> str:
    """An event's id, or the place of its row."""
    return record.cell("id").strip() or record.where


def event_place(record: Record, column: str) -> Place:
    """The cell of an event that a finding is about; its first cell if the table has no such column."""
    return record.table.place(record.row, column)


def spell_place(spell: Spell) -> Place:
    """The line of a roster row."""
    return Place(spell.path, spell.line)


def spell_title(spell: Spell) -> str:
    """`members.csv:3 (2021-01-01 – …)`, for messages."""
    since, until = (day.isoformat() if day else OPEN for day in (spell.since, spell.until))
    return f"{spell.path}:{spell.line} ({since} – {until})"


def listed(words: Sequence[str], most: int = 10) -> str:
    """Words for a message, the rest as dots."""
    return ", ".join(words[:most]) + (f", {OPEN}" if len(words) > most else "")


def warn_each(entries: Sequence[int], warn: Callable[[int], Problem]) -> list[Problem]:
    """A warning for each entry up to `MOST`, then one that counts the rest."""
    problems = [warn(entry) for entry in entries[:MOST]]
    if len(entries) > MOST:
        problems.append(_rest(warn(entries[MOST]), len(entries) - MOST))
    return problems


def capped(problems: Iterable[Problem]) -> list[Problem]:
    """Of every kind of warning the first `MOST`, then one that counts the rest."""
    kept: list[Problem] = []
    rest: dict[str, list[Problem]] = {}
    counts: Counter[str] = Counter()
    for problem in problems:
        counts[problem.name] += 1
        if problem.severity is Severity.ERROR or counts[problem.name] <= MOST:
            kept.append(problem)
        else:
            rest.setdefault(problem.name, []).append(problem)
    return kept + [found[0] if len(found) == 1 else _rest(found[0], len(found)) for found in rest.values()]


def _rest(problem: Problem, count: int) -> Problem:
    """What stands for a finding and all after it."""
    message, hint = "from here on there are {count} more findings of this kind", "mend the first ones, check again"
    args = (("count", str(count)),)
    return Problem(problem.name, problem.place, message, hint, args, Severity.WARNING)


def first_of_records(inputs: Inputs, entries: Sequence[int]) -> list[int]:
    """One entry of each record, where a row names several members."""
    of = inputs.events.entries.record
    return list({of[entry]: entry for entry in reversed(entries)}.values())[::-1]
