"""A further paper of a publication (通报, 谈话通知, 表彰名单, 登记表): leaves of parts, as its audience sees them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from pointscli.model.notice import Names, Signature
from pointscli.model.table import Table


@dataclass(frozen=True, slots=True)
class Fields:
    """Labels with their values, in a ruled box."""

    kind: ClassVar[str] = "fields"
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table under its title; `notes` stand with it. `sums`: a row whose first cell is empty is a sum."""

    kind: ClassVar[str] = "grid"
    table: Table
    notes: tuple[str, ...] = ()
    sums: bool = False
    running: str = ""
    """Printed above the titles on every page that the table goes on."""


@dataclass(frozen=True, slots=True)
class Prose:
    """Lines of text under a heading (none: the running text of a letter)."""

    kind: ClassVar[str] = "prose"
    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NameLists:
    """Names under a heading, list by list."""

    kind: ClassVar[str] = "names"
    heading: str
    facts: tuple[str, ...]
    lists: tuple[Names, ...]


@dataclass(frozen=True, slots=True)
class Room:
    """Room to write in by hand, so many lines of it."""

    kind: ClassVar[str] = "room"
    heading: str
    lines: int


Part = Fields | Grid | Prose | NameLists | Room


@dataclass(frozen=True, slots=True)
class Leaf:
    """What begins on a page of its own and is signed by itself; an empty value in `sign` leaves room to write."""

    heading: str
    facts: tuple[str, ...]
    parts: tuple[Part, ...]
    sign: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole document."""

    language: Literal["zh", "en"]
    heading: str
    title: str
    """Of the scheme."""
    marks: tuple[str, ...]
    draft: bool
    signature: Signature
    code: str
    checkpoint: str
    leaves: tuple[Leaf, ...]
    landscape: bool = False
    dense: bool = False
    """Set small, so that a leaf takes few pages."""
