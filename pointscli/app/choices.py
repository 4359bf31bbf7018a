"""Members and items by what a clerk types: an id, a name, pinyin initials; an id, a title, some words of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from pointscli.inputs.roster import Ambiguous, Roster, Spell
from pointscli.model.items import Item
from pointscli.model.names import item_key
from pointscli.model.problem import Place, Problem
from pointscli.scheme.items import index_items
from pointscli.scheme.types import Node, Scheme, walk

_LONG_INITIALS = ("zh", "ch", "sh")
_MOST = 12


class Choices:
    """What a word may mean in a workspace."""

    def __init__(self, schemes: Sequence[Scheme], roster: Roster) -> None:
        """Know all items and members."""
        self.schemes, self.roster = tuple(schemes), roster
        self.index = index_items(schemes)
        self._nodes = {
            (version, node.id): node
            for version, scheme in enumerate(self.schemes)
            for node in walk(scheme.score)
            if node.is_leaf
        }

    def members(self, text: str, *, partly: bool = False) -> tuple[int, ...]:
        """Members that a text names: exactly, else by pinyin or a part of the name; `partly`: also by a beginning."""
        found = self.roster.find(text)
        if isinstance(found, int):
            return (found,)
        if isinstance(found, Ambiguous):
            return tuple(n for n in range(len(self.roster.members)) if self.roster.title(n) in found.candidates)
        names = [(number, member.name) for number, member in enumerate(self.roster.members)]
        if _is_latin(text):
            letters = _letters(text)
            whole = tuple(number for number, name in names if is_pinyin(name, letters))
            if whole or not partly:
                return whole
            return tuple(number for number, name in names if is_pinyin(name, letters, beginning=True))
        return tuple(number for number, name in names if text.strip() and text.strip() in name)

    def items(self, text: str, day: date | None, scheme: str = "") -> tuple[Item, ...]:
        """Items that a text names on a day: by id, title or alias, else by words in them; one of each id and scheme."""
        exact = self._in_force(self.index.names.get(item_key(text), ()), day, scheme)
        if exact:
            return exact
        parts = [item_key(part).casefold() for part in text.split()]
        named = [
            item
            for key, items in self.index.names.items()
            for item in items
            if parts and all(part in key.casefold() for part in parts) and self._is_recorded(item)
        ]
        return self._in_force(named, day, scheme)

    def node(self, item: Item) -> Node:
        """The leaf of an item."""
        return self._nodes[item.version, item.id]

    def _is_recorded(self, item: Item) -> bool:
        """Whether an event of the item does anything: one that is only granted has no events."""
        node = self.node(item)
        return node.points is not None or node.ceiling is not None

    def member_title(self, number: int, day: date | None = None) -> str:
        """`M001 张三 (一支部)`."""
        spells = [spell for spell in self.roster.spells if spell.member == number]
        held: Spell = next((spell for spell in spells if day and spell.holds(day)), spells[-1])
        branch = held.cells.get("branch", "")
        return self.roster.title(number) + (f" ({branch})" if branch else "")

    def _in_force(self, items: Iterable[Item], day: date | None, scheme: str) -> tuple[Item, ...]:
        versions = self.index.versions
        found: dict[tuple[str, str], Item] = {}
        for item in sorted(items, key=lambda one: -versions[one.version].start):
            version = versions[item.version]
            if (not scheme or version.scheme == scheme) and (day is None or version.in_force(day.toordinal())):
                found.setdefault((version.scheme, item.id), item)
        return tuple(sorted(found.values()))


def several_members(choices: Choices, text: str, found: Sequence[int]) -> Problem:
    """The finding for a word that fits several members."""
    return Problem(
        "ambiguous-member",
        Place("--member"),
        "several members fit {value}: {candidates}",
        "write the member's id",
        (("value", text), ("candidates", _listed([choices.member_title(number) for number in found]))),
    )


def several_items(text: str, found: Sequence[Item]) -> Problem:
    """The finding for words that fit several items."""
    return Problem(
        "unknown-item",
        Place("--item"),
        "several items fit {value}: {candidates}",
        "write the id or the whole title",
        (("value", text), ("candidates", _listed([f"{item.id} {item.title}" for item in found]))),
    )


def is_pinyin(name: str, letters: str, *, beginning: bool = False) -> bool:
    """Whether letters are a name's pinyin: of every character its initial or the whole syllable, in any reading."""
    places = {0}
    for char in name:
        ways = _readings(char)
        if not ways:
            continue
        places = {place + len(way) for place in places for way in ways if letters.startswith(way, place)}
        if beginning and len(letters) in places:
            return True
    return len(letters) in places


@cache
def _readings(char: str) -> frozenset[str]:
    """How a character may be typed; nothing for a dot or a blank."""
    from pypinyin import Style, pinyin  # noqa: PLC0415  (only where somebody types pinyin)

    if char.isascii() or not char.isalpha():
        return frozenset(_letters(char))
    syllables = {one for one in pinyin(char, style=Style.NORMAL, heteronym=True)[0] if one != char}
    ways = syllables | {one[0] for one in syllables} | {one[:2] for one in syllables if one[:2] in _LONG_INITIALS}
    return frozenset(map(_letters, ways))


def _letters(text: str) -> str:
    """Latin letters and digits as they are compared: small, ü as v, nothing between syllables."""
    small = text.casefold().replace("ü", "v").replace("u:", "v")
    return "".join(char for char in small if char.isascii() and char.isalnum())


def _is_latin(text: str) -> bool:
    return bool(_letters(text)) and all(char.isascii() or char in "üÜ" for char in text)


def _listed(words: Sequence[str]) -> str:
    return ", ".join(words[:_MOST]) + (", …" if len(words) > _MOST else "")
