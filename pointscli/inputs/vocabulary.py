"""Cells of the logs by their meaning, each text worked out once: days, numbers, members, items, levels, stages."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from pointscli.inputs.grammar import dropped_time, parse_date, parse_number, split_members
from pointscli.inputs.log_rows import Bad
from pointscli.inputs.refusals import CellError, some
from pointscli.inputs.roster import Ambiguous, Roster, Unknown
from pointscli.model.items import Item, ItemIndex
from pointscli.model.names import item_key
from pointscli.model.problem import Severity

Accepts = Callable[[int, int, int], bool]
"""Whether a version's `members` accepts a member on a day."""
_NEAREST = 3
_LONGEST = 80
"""Of a cell in a message."""
K = TypeVar("K")
V = TypeVar("V")


class Memo(dict[K, V]):
    """What a text says, worked out when it is first asked for."""

    def __init__(self, read: Callable[[K], V]) -> None:
        """Start empty; `read` works out a key."""
        super().__init__()
        self._read = read

    def __missing__(self, key: K) -> V:
        """Work out a key and keep it."""
        value = self[key] = self._read(key)
        return value


class Vocabulary:
    """What the cells of both logs may say, by text."""

    def __init__(self, roster: Roster, index: ItemIndex) -> None:
        """Start with nothing read."""
        self.roster, self.index = roster, index
        self.levels: dict[str, int] = {}
        """Numbers of level words, by `names.item_key`."""
        self.timed: dict[str, Bad] = {}
        """Dates written with a time of day, which is not used."""
        self.day: Memo[str, int | Bad] = Memo(self._read_day)
        """Ordinal of a date."""
        self.number: Memo[str, int | Bad] = Memo(_number)
        """A number in 10⁻⁴."""
        self.members: Memo[str, tuple[int, ...] | Bad] = Memo(self._find_members)
        """Members named in a cell, by number."""
        self.level: Memo[str, int | None] = Memo(self._level)
        """Number of a level word; an empty cell has none."""
        self.matter: Memo[str, int | None] = Memo(lambda text: len(self.matter) if text else None)
        """Number of a matter; an empty cell has none."""
        self.era: Memo[int | Bad, tuple[int, ...]] = Memo(lambda day: index.in_force(day) if type(day) is int else ())
        """Versions in force on a day."""
        self.item: Memo[tuple[str, str, tuple[int, ...]], tuple[Item, ...] | Bad] = Memo(self._find_item)
        """Items that a word names: (word, scheme or nothing, versions in force); several if several schemes have it."""

    def _level(self, text: str) -> int | None:
        return self.levels.setdefault(item_key(text), len(self.levels)) if text else None

    def _read_day(self, text: str) -> int | Bad:
        try:
            day = parse_date(text).toordinal()
        except CellError as error:
            return _bad(error)
        if dropped := dropped_time(text):
            self.timed[text] = _bad(dropped, Severity.WARNING)
        return day

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
                        (("value", word), ("candidates", some(candidates))),
                    )
                case Unknown(near):
                    return _unknown("unknown-member", "no member has the id or name {value}", word, list(near))
        if not numbers:
            return Bad("empty-cell", "no member is named", "write a member's id")
        if len(set(numbers)) < len(numbers):
            return Bad(
                "member-twice",
                "a member is named twice in {value}",
                "name each member once",
                (("value", _cut(text)),),
            )
        return tuple(numbers)

    def _find_item(self, key: tuple[str, str, tuple[int, ...]]) -> tuple[Item, ...] | Bad:
        text, scheme, era = key
        versions = self.index.versions
        if scheme and scheme not in {version.scheme for version in versions}:
            known = sorted({version.scheme for version in versions})
            return _unknown("unknown-scheme", "no scheme has the id {value}", scheme, known)
        named = [
            item
            for item in self.index.names.get(item_key(text), ())
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

        return get_close_matches(item_key(text), self.index.names, _NEAREST, 0.5)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def _unknown(name: str, message: str, value: str, near: list[str]) -> Bad:
    hint = "did you mean {near}?" if near else "see the ids, titles and names in the files"
    return Bad(name, message, hint, (("value", _cut(value)), ("near", ", ".join(near))))


def _number(text: str) -> int | Bad:
    try:
        return parse_number(text)
    except CellError as error:
        return _bad(error)


def _bad(error: CellError, severity: Severity = Severity.ERROR) -> Bad:
    return Bad(error.name, error.message, error.hint, error.args_, severity)
