"""The line that a finding speaks of, with carets under it that stand right under Chinese text too."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import accumulate

from pointscli.outputs.cells import visible
from pointscli.outputs.findings.finding import Spot

WIDTH = 110
"""Columns of a line that are shown; of a longer one, the part around the finding."""
_NEAR = 1000
"""Characters before and after the finding that are looked at: a line may be a million long."""


def excerpt(spot: Spot, lines: Sequence[str], mark: str = "^") -> list[str]:
    """The line and the carets below it, without margin; empty if the line is not known."""
    if not 1 <= spot.line <= len(lines):
        return []
    line = lines[spot.line - 1]
    if not spot.column:
        return [_clip(line, 0, 0)[0].rstrip()]
    start = min(spot.column - 1, len(line))
    shown, before, marked = _clip(line, start, min(_end(spot, start, len(line)), start + WIDTH))
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


def _clip(line: str, start: int, end: int) -> tuple[str, int, int]:
    """The shown part of a line, the columns before the marked part, and the columns of the marked part."""
    skipped, stop = max(start - _NEAR, 0), end + _NEAR
    cells = [_cell(char) for char in line[skipped:stop]]
    start, end = start - skipped, end - skipped
    widths = [0, *accumulate(map(display_width, cells))]
    first, last = 0, len(cells)
    while last > end and widths[last] - widths[first] > WIDTH and start < WIDTH // 2:
        last = max(end, last - 8)
    while first < start and widths[min(last, end)] - widths[first] > WIDTH // 2:
        first += 1
    while last > end and widths[last] - widths[first] > WIDTH:
        last = max(end, last - 8)
    left, right = "…" if first + skipped else "", "…" if last + skipped < len(line) else ""
    shown = left + "".join(cells[first:last]) + right
    return shown, len(left) + widths[start] - widths[first], widths[end] - widths[start]


def _cell(char: str) -> str:
    """A character as it is shown; a blank keeps its place."""
    if char in "\t\u00a0":
        return " "
    return char if char.isspace() else visible(char)


def _width(char: str) -> int:
    if unicodedata.combining(char) or char in "\u200b\u200c\u200d\u2060\ufe0f\ufeff":
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
