"""The line that a finding speaks of, with carets under it that stand right under Chinese text too."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from pointscli.outputs.cells import visible
from pointscli.outputs.findings.finding import Spot

WIDTH = 110
"""Columns of a line that are shown; of a longer one, the part around the finding."""


def excerpt(spot: Spot, lines: Sequence[str], mark: str = "^") -> list[str]:
    """The line and the carets below it, without margin; empty if the line is not known."""
    if not 1 <= spot.line <= len(lines):
        return []
    cells = [_cell(char) for char in lines[spot.line - 1]]
    if not spot.column:
        return [_clip(cells, 0, len(cells))[0].rstrip()]
    start = min(spot.column - 1, len(cells))
    shown, before, marked = _clip(cells, start, _end(spot, start, len(cells)))
    return [shown.rstrip(), " " * before + mark * max(marked, 1)]


def display_width(text: str) -> int:
    """Columns that a text takes on a terminal."""
    return sum(map(_width, text))


def _end(spot: Spot, start: int, length: int) -> int:
    """Index after the last marked character: on this line only."""
    line, column = spot.end
    if line > spot.line:
        return length
    return min(max(column - 1, start + 1), length) if line == spot.line else min(start + 1, length)


def _clip(cells: Sequence[str], start: int, end: int) -> tuple[str, int, int]:
    """The shown part of a line, the columns before the marked part, and the columns of the marked part."""
    first, last = 0, len(cells)
    while last > end and _total(cells[first:last]) > WIDTH and start < WIDTH // 2:
        last = max(end, last - 8)
    while first < start and _total(cells[first : min(last, end)]) > WIDTH // 2:
        first += 1
    while last > end and _total(cells[first:last]) > WIDTH:
        last = max(end, last - 8)
    left, right = "…" if first else "", "…" if last < len(cells) else ""
    shown = left + "".join(cells[first:last]) + right
    return shown, len(left) + _total(cells[first:start]), _total(cells[start:end])


def _total(cells: Sequence[str]) -> int:
    return sum(map(display_width, cells))


def _cell(char: str) -> str:
    """A character as it is shown; a blank keeps its place."""
    if char in "\t\u00a0":
        return " "
    return char if char.isspace() else visible(char)


def _width(char: str) -> int:
    if unicodedata.combining(char) or char in "\u200b\u200c\u200d\u2060\ufe0f\ufeff":
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
