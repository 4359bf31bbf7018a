"""A scheme as the table that is printed for members: what every writer of it is given."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SheetSection:
    """A section above leaf items; `notes` are its own grant, bounds and the like, in words."""

    id: str
    title: str
    notes: tuple[str, ...]
    basis: str
    only_leaves: bool
    """Whether no section stands below it."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A leaf item: 内容, 计分标准, 上限, 依据, and the sections above it, the outermost first."""

    sections: tuple[SheetSection, ...]
    item: str
    content: str
    scoring: str
    limit: str
    basis: str


@dataclass(frozen=True, slots=True)
class SheetNotes:
    """What stands below the table, under a heading."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole: title, facts about the version, the titles of the five columns, rows, notes."""

    title: str
    facts: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    notes: tuple[SheetNotes, ...]
