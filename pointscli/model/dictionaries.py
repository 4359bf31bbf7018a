"""What the texts of an event log mean, as rows to join the log with."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Dictionaries:
    """What texts mean, column by column: rows of the tables that the log is joined with."""

    days: list[tuple[str, int, int, int]] = field(default_factory=list)
    """Text, day, month, era."""
    people: list[tuple[str, int, int, int]] = field(default_factory=list)
    """Text, member, place in the cell, how many the cell names."""
    things: list[tuple[str, str, int, int, int, bool]] = field(default_factory=list)
    """Item text, scheme text, era, node, version, whether evidence is needed."""
    quantities: list[tuple[str, int]] = field(default_factory=list)
    amounts: list[tuple[str, int | None]] = field(default_factory=list)
    grades: list[tuple[str, int | None]] = field(default_factory=list)
    phases: list[tuple[str, int, int | None]] = field(default_factory=list)
    """Stage text, version, stage."""
    firsts: list[tuple[int, int | None]] = field(default_factory=list)
    """Version, the stage of an event that names none."""
