"""Charts of a notice: where every bar and label of them stands, in whole units of their drawing.

The template draws them; nothing here depends on fonts, and all numbers are integers and decimals.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from itertools import count

from pointscli.model.notice import Notice
from pointscli.model.table import Table
from pointscli.outputs.cells import number_text, visible
from pointscli.outputs.notice_words import NoticeWords

WIDTH = 360
"""Of a drawing: about a phone's, so that its letters are readable there."""
FEWEST, MOST_BINS = 3, 8
"""No distribution of fewer members; no more bins than their bounds have room for."""
_TOP, _BAR_HEIGHT, _FOOT = 22, 150, 24
_LINE, _LABEL, _THICK, _VALUE = 42, 14, 12, 52
_LONGEST = 26
"""Characters of a label that fit above its bar; the rest is in the bar's title."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with what stands beside it; `title` says all of it in words."""

    x: int
    y: int
    width: int
    height: int
    value: str
    value_x: int
    value_y: int
    label: str
    title: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A bound under the distribution."""

    x: int
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing: bars, bounds, and the line from which the bars start."""

    kind: str
    title: str
    note: str
    height: int
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    base: int

    @property
    def summary(self) -> str:
        """The whole chart in words."""
        return "; ".join(bar.title for bar in self.bars)


def charts_of(notice: Notice) -> tuple[Chart, ...]:
    """The charts that a notice has enough members and branches for."""
    words = NoticeWords(notice.language)
    scores = [row.score for section in notice.sections for row in section.rows if not row.exempt]
    found = [_distribution(scores, words)] if len(scores) >= FEWEST else []
    means = [chart for table in notice.summaries if (chart := _means(table, words, notice.decimals))]
    return (*found, *means[:1])


def bin_step(lowest: Decimal, highest: Decimal) -> Decimal:
    """The least of 1, 2, 5, 10 … with which so many bins reach from the lowest to the highest."""
    steps = (Decimal(digit).scaleb(power) for power in count(-4) for digit in (1, 2, 5))
    return next(step for step in steps if _index(highest, step) - _index(lowest, step) < MOST_BINS)


def _index(score: Decimal, step: Decimal) -> int:
    return int((score / step).to_integral_value(ROUND_FLOOR))


def _distribution(scores: Sequence[Decimal], words: NoticeWords) -> Chart:
    step = max(bin_step(min(scores), max(scores)), Decimal(1))
    counts = Counter(_index(score, step) for score in scores)
    first, last = min(counts), max(counts)
    most = max(counts.values())
    wide = (WIDTH - 40) // (last - first + 1)
    left = (WIDTH - wide * (last - first + 1)) // 2
    base = _TOP + _BAR_HEIGHT
    bars = []
    for place, index in enumerate(range(first, last + 1)):
        count = counts[index]
        height = _BAR_HEIGHT * count // most
        title = words.text("bounds", lower=_round(index * step), upper=_round((index + 1) * step), count=count)
        x, y = left + wide * place, base - height
        bars.append(Bar(x + 2, y, wide - 4, height, str(count) if count else "", x + wide // 2, y - 6, "", title))
    ticks = tuple(Tick(left + wide * n, _round((first + n) * step)) for n in range(last - first + 2))
    note = words.text("steps", step=_round(step))
    return Chart("columns", words.text("distribution"), note, base + _FOOT, tuple(bars), ticks, base)


def _means(table: Table, words: NoticeWords, decimals: int) -> Chart | None:
    """The last column of the summary by branch, so that picture and table agree."""
    if table.columns[0].id != "branch" or table.columns[-1].id != "mean":
        return None
    found = [(str(row[0]), row[-1]) for row in table.rows if isinstance(row[-1], Decimal)]
    if len(found) <= 1:
        return None
    values = [value for _, value in found]
    low, high = min(*values, Decimal(0)), max(*values, Decimal(0))
    span = (high - low) or Decimal(1)
    room = WIDTH - _VALUE
    zero = int(-low * room / span)
    bars = []
    for place, (branch, value) in enumerate(found):
        length = max(int(abs(value) * room / span), 1)
        x, y = zero if value >= 0 else zero - length, _LINE * place + _LABEL + 6
        name, text = visible(branch), number_text(value, decimals)
        label = name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"
        end = max(x + length, zero) + 6
        bars.append(Bar(x, y, length, _THICK, text, end, y + _THICK - 1, label, f"{name} {text}"))
    return Chart("rows", words.text("branches"), "", _LINE * len(found), tuple(bars), (), zero)


def _round(number: Decimal) -> str:
    text = f"{number:zf}"
    return text.rstrip("0").rstrip(".") if "." in text else text
