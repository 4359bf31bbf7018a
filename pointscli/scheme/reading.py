"""What all readers of a rule file share: they collect problems and references, and know their keys."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import islice

from pointscli.model.period import Kind
from pointscli.model.problem import Edit, Place, Problem, Severity
from pointscli.scheme.chinese_keys import meant_key
from pointscli.scheme.tree import SHOWN_LENGTH, Entry, Listing, Mapping, Scalar, Tree, show

KNOWN_SHOWN = 8
SHORTEST_SLIP = 4
"""A wrong key shorter than this may be meant for anything."""
SUGGESTIONS = 200
"""So many unknown words of a file get a suggestion: finding the nearest takes time."""
_KEYS = "write keys with values, such as {known}"


class Role(StrEnum):
    """What a name in a rule file must be the name of."""

    NODE = "node"
    NODE_OR_SCORE = "node or score"
    LEAF = "leaf"
    SCORED = "scored"
    """A node, score or earned."""
    MEASURE = "measure"
    """The same, or a derived column."""
    CONDITION = "condition"
    """The same, or stars, rank, grade."""
    STAGE = "stage"
    GRADE = "grade"


@dataclass(frozen=True, slots=True)
class Reference:
    """A name that must exist somewhere else in the file."""

    role: Role
    name: str
    place: Place


@dataclass(slots=True)
class Reading:
    """One file being read: the problems and references so far, and the settlement period that windows default to."""

    problems: list[Problem] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    settle: Kind | None = None
    unread: set[str] = field(default_factory=set)
    """Ids of what could not be read: references to them are not wrong."""

    def error(self, name: str, place: Place, message: str, hint: str = "", /, **args: object) -> None:
        """Note an error."""
        self.problems.append(problem(name, place, message, hint, **args))

    def refer(self, role: Role, tree: Tree | None) -> str | None:
        """Read a name that must exist elsewhere."""
        scalar = self.scalar(tree, "write an id that this scheme has")
        if scalar is None:
            return None
        self.references.append(Reference(role, scalar.text, scalar.place))
        return scalar.text

    def scalar(self, tree: Tree | None, hint: str, /, **args: object) -> Scalar | None:
        """A text that says something; anything else is an error, with a hint that says what is needed."""
        if tree is None or is_broken(tree):
            return None
        if not isinstance(tree, Scalar):
            self.wrong_type(tree, hint, **args)
            return None
        if tree.is_null or not tree.text.strip():
            self.empty(tree, hint, **args)
            return None
        return tree

    def mapping(self, tree: Tree | None, hint: str, /, **args: object) -> Mapping | None:
        """Keys with values, at least one."""
        if tree is None or is_broken(tree):
            return None
        if isinstance(tree, Mapping):
            if not tree.entries:
                self.empty(tree, hint, **args)
            return tree
        if isinstance(tree, Scalar) and tree.is_null:
            self.empty(tree, hint, **args)
        else:
            self.wrong_type(tree, hint, **args)
        return None

    def each(self, tree: Tree | None, hint: str) -> Iterator[Tree]:
        """The values of a list, or the one value written without a list."""
        if tree is None or is_broken(tree):
            return
        if isinstance(tree, Listing):
            if not tree.items:
                self.empty(tree, hint)
            yield from tree.items
        else:
            yield tree

    def empty(self, tree: Tree, hint: str, /, **args: object) -> None:
        """Note a key without a value."""
        self.error("empty-value", tree.place, "nothing stands here", hint, **args)

    def wrong_type(self, tree: Tree, hint: str, /, **args: object) -> None:
        """Note a text where a mapping is needed, and the like."""
        message = "keys and values cannot stand here"
        if isinstance(tree, Listing):
            message = "a list cannot stand here"
        if isinstance(tree, Scalar):
            message = "{value} cannot stand here"
            args["value"] = show(tree.text)
            if "：" in tree.text:
                hint = "write a half-width colon and a space instead of the full-width colon"
        self.error("wrong-type", tree.place, message, hint, **args)

    def unknown(self, name: str, place: Place, message: str, given: str, known: Collection[str]) -> None:
        """Note a word that is not among the known ones, with the nearest and the list of them."""
        suggest = len(self.problems) < SUGGESTIONS
        self.problems.append(unknown_word(name, place, message, given, known, suggest=suggest))


@dataclass(frozen=True, slots=True)
class Fields:
    """An opened mapping; `place` is where the thing that it describes is named."""

    reading: Reading
    tree: Mapping
    place: Place
    misspelt: frozenset[str] = frozenset()
    """Keys that are there under a wrong name, which has been noted."""

    def get(self, key: str) -> Tree | None:
        """The value of a key, None if it is missing."""
        entry = self.tree.entry(key)
        return entry.value if entry else None

    def require(self, key: str) -> Tree | None:
        """The value of a key that may not be missing."""
        if self.tree.entry(key) is None and key not in self.misspelt:
            self.reading.error("missing-key", self.place, "the key {key} is missing here", "add {key}", key=key)
        return self.get(key)

    def entry(self, key: str) -> Entry | None:
        """A key with its value."""
        return self.tree.entry(key)

    def place_of(self, key: str) -> Place:
        """Where a key stands, else where the mapping is named."""
        entry = self.tree.entry(key)
        return entry.place if entry else self.place


def open_fields(
    reading: Reading, tree: Tree | None, known: Sequence[str], place: Place, elsewhere: Sequence[str] = ()
) -> Fields | None:
    """Open what must be a mapping."""
    if isinstance(tree, Mapping):
        return open_mapping(reading, tree, known, place, elsewhere)
    reading.mapping(tree, _KEYS, known=listed(known))
    return None


def open_mapping(
    reading: Reading, mapping: Mapping, known: Sequence[str], place: Place, elsewhere: Sequence[str] = ()
) -> Fields:
    """Open a mapping and report keys that it cannot have; those of `elsewhere` are reported by a check of their own."""
    reading.mapping(mapping, _KEYS, known=listed(known))
    misspelt = set()
    for entry in mapping:
        if entry.name not in known and entry.name not in elsewhere and not entry.key.broken:
            reading.unknown("unknown-key", entry.place, "unknown key {value}", entry.name, known)
            meant = _clearly_meant(entry.name, [key for key in known if mapping.entry(key) is None])
            start = (entry.place.line, entry.place.column)
            misspelt |= {meant, meant_key(entry.name, known)}
            fix = (Edit(start, entry.key.end, meant),) if meant else ()
            reading.problems[-1] = replace(reading.problems[-1], end=entry.key.end, fix=fix)
    return Fields(reading, mapping, place, frozenset(misspelt))


def problem(name: str, place: Place, message: str, hint: str = "", /, **args: object) -> Problem:
    """An error with the values that fill its templates."""
    return Problem(name, place, message, hint, tuple((key, str(value)) for key, value in args.items()), Severity.ERROR)


def unknown_word(  # noqa: PLR0913  (the parts of a message)
    name: str,
    place: Place,
    message: str,
    given: str,
    known: Collection[str],
    *,
    suggest: bool = True,
    titles: dict[str, str] | None = None,
) -> Problem:
    """An error about a word that is not among the known ones, with the nearest and the list of them.

    `titles`: printed names of the known ones, which people write instead.
    """
    near = nearest(given, known) if suggest else ""
    if suggest and not near and titles and (title := nearest(given, titles)):
        near = titles[title]
    hint = "did you mean {near}? known: {known}" if near else "known: {known}"
    if "：" in given:
        hint = "write a half-width colon and a space instead of the full-width colon; known: {known}"
    elif given.partition(":")[0].strip() in known:
        hint = "write a space after the colon; known: {known}"
    return problem(name, place, message, hint, value=show(given), near=near, known=listed(known))


def is_broken(tree: Tree) -> bool:
    """Whether it was refused as YAML already."""
    return isinstance(tree, Scalar) and tree.broken


def nearest(given: str, known: Collection[str]) -> str:
    """The known word that was probably meant, empty if none is near."""
    if not given.isascii() and (key := meant_key(given, known)):
        return key
    words = {word.lower(): word for word in known}
    found = difflib.get_close_matches(given.strip().lower().replace("-", "_"), words, n=1, cutoff=0.6)
    return words[found[0]] if found else ""


def _clearly_meant(given: str, free: Collection[str]) -> str:
    """The one word that a key is a slip of the pen for, empty if there is any doubt."""
    if len(given) > SHOWN_LENGTH:
        return ""
    low = given.strip().lower().replace("-", "_")
    near = [key for key in free if _is_slip(low, key)] if len(low) >= SHORTEST_SLIP else []
    return near[0] if len(near) == 1 else ""


def _is_slip(given: str, key: str) -> bool:
    """Whether one letter is wrong, missing or too much, or two neighbours have changed places."""
    start = next((i for i, (a, b) in enumerate(zip(given, key, strict=False)) if a != b), min(len(given), len(key)))
    one, other = given[start:], key[start:]
    turned = one[:2] == other[:2][::-1] and one[2:] == other[2:]
    return one[1:] == other[1:] or one[1:] == other or one == other[1:] or turned


def listed(known: Collection[str]) -> str:
    """Known words in a line, the first of them if they are many."""
    shown = ", ".join(show(word) for word in islice(known, KNOWN_SHOWN))
    return shown + (", …" if len(known) > KNOWN_SHOWN else "")
