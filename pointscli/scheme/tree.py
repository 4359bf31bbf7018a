"""A rule file as frozen values that know where they stand: nothing is interpreted, every scalar keeps its text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pointscli.model.problem import Place

Mark = tuple[int, int]
"""A line and a column, both from 1."""

NULLS = ("", "~", "null", "Null", "NULL")
SHOWN_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Scalar:
    """One text. `broken`: it was refused while reading, and readers pass over it in silence."""

    text: str
    quoted: bool
    place: Place
    end: Mark
    broken: bool = False

    @property
    def is_null(self) -> bool:
        """Whether it says nothing: empty, `~` or `null`, without quotes."""
        return not self.quoted and self.text in NULLS


@dataclass(frozen=True, slots=True)
class Listing:
    """A list."""

    items: tuple[Tree, ...]
    place: Place
    end: Mark


@dataclass(frozen=True, slots=True)
class Entry:
    """A key with its value."""

    key: Scalar
    value: Tree

    @property
    def name(self) -> str:
        """The key's text."""
        return self.key.text

    @property
    def place(self) -> Place:
        """Where the key stands."""
        return self.key.place

    @property
    def rows(self) -> tuple[Entry, ...]:
        """The keys of its value; none where that is no mapping."""
        return self.value.entries if isinstance(self.value, Mapping) else ()


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with values, in the order of the file; no key twice."""

    entries: tuple[Entry, ...]
    place: Place
    end: Mark

    def __iter__(self) -> Iterator[Entry]:
        """The entries in order."""
        return iter(self.entries)

    def entry(self, key: str) -> Entry | None:
        """The entry of a key."""
        return next((entry for entry in self.entries if entry.name == key), None)

    def last(self, *keys: str) -> Entry | None:
        """The last entry that exists along a path of keys."""
        found: Entry | None = None
        inside: Tree = self
        for key in keys:
            entry = inside.entry(key) if isinstance(inside, Mapping) else None
            if entry is None:
                break
            found, inside = entry, entry.value
        return found


Tree = Scalar | Listing | Mapping


def show(text: str) -> str:
    """A value as a message shows it: on one line, not too long, no control characters."""
    plain = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text[: SHOWN_LENGTH + 1])
    return plain if len(text) <= SHOWN_LENGTH else plain[:SHOWN_LENGTH] + "…"
