"""What every reader hands over: records of text with their lines, before anything is known about the columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from pointscli.model.problem import Place, Problem


class Positions(Protocol):
    """Finds the place of a cell; may be slow, for it is asked only where something is wrong."""

    def place(self, line: int, field: int) -> Place:
        """Where a cell stands, by the start line of its record and its field from 0."""

    def record(self, line: int) -> Place:
        """Where a whole record starts."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """A finding of the reader about the cells of some records; it counts only if the records are data."""

    problem: Problem
    fields: tuple[int, ...]
    """The fields (from 0) concerned; empty for the whole record. A flaw in fields without a header does not count."""
    fatal: bool = True
    """Whether the record is rejected."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The records of one file or sheet. `lines` are their start lines, `rows[header]` the header if known."""

    encoding: str
    rows: list[list[str]]
    lines: Sequence[int]
    positions: Positions
    sheet: str = ""
    header: int | None = None
    rejected: tuple[int, ...] = ()
    """Start lines of records that the reader itself could not take apart."""
    flaws: dict[int, list[Flaw]] = field(default_factory=dict)
    """Flaws by the index of the record."""
