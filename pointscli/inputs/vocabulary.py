"""Cells of the logs by their meaning, each text worked out once: days, numbers, members, items, levels, stages."""

from __future__ import annotations

from collections.abc import Callable

from pointscli.inputs.grammar import dropped_time, parse_date, parse_number, split_members
from pointscli.inputs.log_rows import Bad
from pointscli.inputs.refusals import CellError
from pointscli.inputs.roster import Ambiguous, Roster, Unknown
from pointscli.model.items import Item, ItemIndex
from pointscli.model.names import item_key
from pointscli.model.problem import Severity

Accepts = Callable[[int, int, int], bool]
"""Whether a version's `members` accepts a member on a day."""
_NEAREST = 3


class Vocabulary:
    """What the cells of both logs may say; every method answers from memory for a text seen before."""

    def __init__(self, roster: Roster, items: ItemIndex) -> None:
        """Start with nothing read."""
        self.roster, self.items = roster, items
        self.levels: dict[str, int] = {}
        self.matters: dict[str, int] = {}
        self.timed: dict[str, Bad] = {}
        """Dates written with a time of day, which is not used."""
        self._days: dict[str, int | Bad] = {}
        self._numbers: dict[str, int | Bad] = {}
        self._members: dict[str, tuple[int, ...] | Bad] = {}
        self._eras: dict[int, tuple[int, ...]] = {}
        self._found: dict[tuple[str, str, tuple[int, ...]], tuple[Item, ...] | Bad] = {}
        self._level_texts: dict[str, int] = {}

    def day(self, text: str) -> int | Bad:
        """Ordinal of a date."""
        found = self._days.get(text)
        if found is None:
            found = self._days[text] = self._read_day(text)
        return found

    def number(self, text: str) -> int | Bad:
        """A number in 10⁻⁴."""
        found = self._numbers.get(text)
        if found is None:
            found = self._numbers[text] = _number(text)
        return found

    def members(self, text: str) -> tuple[int, ...] | Bad:
        """Members named in a cell, by number."""
        found = self._members.get(text)
        if found is None:
            found = self._members[text] = self._find_members(text)
        return found

    def level(self, text: str) -> int:
        """Number of a level word."""
        found = self._level_texts.get(text)
        if found is None:
            found = self._level_texts[text] = self.levels.setdefault(item_key(text), len(self.levels))
        return found

    def matter(self, text: str) -> int:
        """Number of a matter."""
        return self.matters.setdefault(text.strip(), len(self.matters))

    def era(self, day: int) -> tuple[int, ...]:
        """Versions in force on a day."""
        found = self._eras.get(day)
        if found is None:
            found = self._eras[day] = self.items.in_force(day)
        return found

    def item(self, text: str, scheme: str, era: tuple[int, ...]) -> tuple[Item, ...] | Bad:
        """Items in force that a word names; several only if several schemes have it."""
        key = (text, scheme, era)
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = self._find_item(text, scheme.strip(), era)
        return found

    def _read_day(self, text: str) -> int | Bad:
        if dropped := dropped_time(text):
            self.timed[text] = _bad(dropped, Severity.WARNING)
        try:
            return parse_date(text).toordinal()
        except CellError as error:
            return _bad(error)

    def _find_members(self, text: str) -> tuple[int, ...] | Bad:
        numbers = []
        for word in split_members(text):
            match self.roster.find(word):
                case int(number):
                    numbers.append(number)
                case Ambiguous(candidates):
                    return Bad(
                        "ambiguous-member",
                        "several members bear the name {value}: {candidates}",
                        "write the member's id",
                        (("value", word), ("candidates", ", ".join(candidates))),
                    )
                case Unknown(near):
                    return _unknown("unknown-member", "no member has the id or name {value}", word, list(near))
        if not numbers:
            return Bad("empty-cell", "no member is named", "write a member's id")
        if len(set(numbers)) < len(numbers):
            return Bad(
                "member-twice", "a member is named twice in {value}", "name each member once", (("value", text),)
            )
        return tuple(numbers)

    def _find_item(self, text: str, scheme: str, era: tuple[int, ...]) -> tuple[Item, ...] | Bad:
        versions = self.items.versions
        if scheme and scheme not in {version.scheme for version in versions}:
            known = sorted({version.scheme for version in versions})
            return _unknown("unknown-scheme", "no scheme has the id {value}", scheme, known)
        named = [
            item
            for item in self.items.names.get(item_key(text), ())
            if not scheme or versions[item.version].scheme == scheme
        ]
        if not named:
            return _unknown("unknown-item", "no item has the id, title or alias {value}", text, self._near(text))
        found = tuple(item for item in named if item.version in era)
        if not found:
            return Bad(
                "not-in-force",
                "no version of scheme {scheme} with item {value} is in force on this date",
                "check the date, or effective: in the rule file",
                (("scheme", versions[named[0].version].scheme), ("value", text)),
            )
        return found

    def _near(self, text: str) -> list[str]:
        from difflib import get_close_matches  # noqa: PLC0415  (only when something is wrong)

        return get_close_matches(item_key(text), self.items.names, _NEAREST, 0.5)


def _unknown(name: str, message: str, value: str, near: list[str]) -> Bad:
    hint = "did you mean {near}?" if near else "see the ids, titles and names in the files"
    return Bad(name, message, hint, (("value", value), ("near", ", ".join(near))))


def _number(text: str) -> int | Bad:
    try:
        return parse_number(text)
    except CellError as error:
        return _bad(error)


def _bad(error: CellError, severity: Severity = Severity.ERROR) -> Bad:
    return Bad(error.name, error.message, error.hint, error.args_, severity)
