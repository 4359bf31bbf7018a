"""Fits a table into a terminal: shrinks, then wraps, then leaves out columns; never cuts a name or a number."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pointscli.model.table import Column

GAPS = (2, 1)
"""Blanks between columns: the second if the first is too much."""
KEPT = frozenset({"rank", "member", "name", "score", "plus", "minus", "balance"})
"""Columns that are never left out; neither is a table's first."""
FIRST_OUT = ("outcome", "action", "kind", "group", "outcomes", "branch", "within", "evidence", "by", "section")
"""Columns left out first, in this order: the lists under the table, or its headings, say the same."""
LAST_OUT = ("stars", "grade", "reason", "stage")
"""Columns left out last, in this order; between the two come the others, from the right."""
WHOLE = frozenset({"member", "name"})
"""Text columns whose cells are never wrapped."""
TEXT_WIDTH, TITLE_WIDTH, PIECE_WIDTH = 10, 6, 24
"""How narrow a text column and a title may be wrapped; longer pieces than the last are broken if need be."""

_PIECE = re.compile(r"[（《“「\[(]*(?:[!-~]+|\S)[，。、；：？！）》”」]*\s*")
"""What stays in one line: a number or word, a Chinese character, with the punctuation around it."""

Measure = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class Fit:
    """The columns shown, their widths, the blanks between them, and the columns left out (indices)."""

    shown: tuple[int, ...]
    widths: tuple[int, ...]
    gap: int
    hidden: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Span:
    """How wide a column is at best, and at least."""

    natural: int
    tight: int


def fit(columns: Sequence[Column], titles: Sequence[str], rows: list[list[str]], width: int, measure: Measure) -> Fit:
    """Choose columns and widths. If the columns that are never left out need more than `width`, they get it."""
    spans = [
        _span(column, titles[i], [titles[i], *(row[i] for row in rows)], measure) for i, column in enumerate(columns)
    ]
    shown = list(range(len(columns)))
    gap = _gap(spans, width)
    for index in _droppable(columns):
        if _total([spans[i].tight for i in shown], gap) <= width:
            break
        shown.remove(index)
    hidden = tuple(i for i in range(len(columns)) if i not in shown)
    return Fit(tuple(shown), _spread([spans[i] for i in shown], gap, width), gap, hidden)


def flow(label: str, items: Sequence[str], separator: str, width: int, measure: Measure) -> list[str]:
    """Lines of items behind a label, broken only between items; further lines are indented under the label."""
    indent = label[: len(label) - len(label.lstrip())] + ("  " if label.strip() else "")
    lines, fresh = [label], not label.strip()
    for i, item in enumerate(items):
        piece = item if i == len(items) - 1 else item + separator
        if not fresh and measure(lines[-1] + piece.rstrip()) > width:
            lines.append(indent)
        lines[-1] += piece
        fresh = False
    return [line.rstrip() for line in lines]


def wrap(text: str, width: int, measure: Measure) -> list[str]:
    """Lines of a text: broken between words and Chinese characters, not before punctuation, not inside a number."""
    return [text] if measure(text) <= width else flow("", _PIECE.findall(text), "", width, measure)


def wrap_evenly(text: str, width: int, measure: Measure) -> list[str]:
    """As few lines as `wrap` needs, as even as they can be: for titles."""
    best = wrap(text, width, measure)
    for less in range(width - 1, 0, -1):
        lines = wrap(text, less, measure)
        if len(lines) > len(best) or max(map(measure, lines)) > less:
            break
        best = lines
    return best


def _span(column: Column, title: str, texts: list[str], measure: Measure) -> _Span:
    natural = max(measure(text) for text in texts)
    least = max((measure(piece.rstrip()) for piece in _PIECE.findall(title)), default=0)
    least = max(least, min(measure(title), TITLE_WIDTH))
    if column.kind == "text" and column.id not in WHOLE:
        pieces = {piece.rstrip() for text in texts for piece in _PIECE.findall(text)}
        longest = max((min(measure(piece), PIECE_WIDTH) for piece in pieces), default=0)
        return _Span(natural, min(natural, max(TEXT_WIDTH, least, longest)))
    return _Span(natural, max(least, *(measure(text) for text in texts[1:])) if texts[1:] else least)


def _gap(spans: list[_Span], width: int) -> int:
    """The blanks between columns: rather fewer of them than wrap a title or text."""
    for widths in ([span.natural for span in spans], [span.tight for span in spans]):
        for gap in GAPS:
            if _total(widths, gap) <= width:
                return gap
    return GAPS[-1]


def _droppable(columns: Sequence[Column]) -> list[int]:
    ids = [column.id for column in columns]
    first = [ids.index(each) for each in FIRST_OUT if each in ids]
    last = [ids.index(each) for each in LAST_OUT if each in ids]
    middle = [i for i in reversed(range(len(ids))) if i not in first + last and ids[i] not in KEPT]
    return [i for i in first + middle + last if i]


def _spread(spans: list[_Span], gap: int, width: int) -> tuple[int, ...]:
    """Least widths, and what is left over given back from the left, column by column."""
    spare = max(width - _total([span.tight for span in spans], gap), 0)
    widths = []
    for span in spans:
        more = min(span.natural - span.tight, spare)
        widths.append(span.tight + more)
        spare -= more
    return tuple(widths)


def _total(widths: list[int], gap: int) -> int:
    return sum(widths) + gap * max(len(widths) - 1, 0)
