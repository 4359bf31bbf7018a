"""A trend drawn on a terminal, by a plotting library that draws with characters."""

from __future__ import annotations

import re
from decimal import ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING, Any

from pointscli.model.trend import Trend
from pointscli.outputs.cells import visible
from pointscli.outputs.look import Look
from pointscli.outputs.trend_tables import heading
from pointscli.outputs.trend_words import TrendWords

if TYPE_CHECKING:
    from types import ModuleType

HEIGHT = 16
LEAST, MOST = 40, 120
BINS = 8
_FRAME = str.maketrans("─│┌┐└┘├┤┬┴┼", "-|+++++++++")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def render_chart(trend: Trend, look: Look) -> str:
    """The chart: a member beside the group's mean, or a branch's least, median and greatest and a histogram."""
    words = TrendWords(look.language)
    width = min(max(look.width - 2, LEAST), MOST)
    lines = [visible(heading(trend, words)), visible(trend.title), ""]
    series = _series(trend, words)
    lines += [f"  {marker} {visible(label)}" for label, marker, _ in series]
    lines.append(_lines(trend, series, width, words))
    if trend.scores:
        lines += ["", words.text("distribution", period=words.period(trend.periods[-1]))]
        lines.append(_histogram(trend.scores, trend.decimals, width))
    text = "\n".join(lines)
    text = text if look.colour else _COLOUR.sub("", text)
    text = text.translate(_FRAME) if look.wide_ambiguous else text
    return "\n".join(line.rstrip() for line in text.split("\n")).rstrip("\n") + "\n"


Series = tuple[str, str, list[Decimal | None]]


def _series(trend: Trend, words: TrendWords) -> list[Series]:
    """Label, marker and values of what is drawn; the last is drawn over the others."""
    if not trend.spreads:
        line = trend.lines[0]
        return [
            (words.text("group_mean"), ".", list(line.means)),
            (line.name, "o", [point.score for point in line.points]),
        ]
    found = (("least", "-"), ("median", "o"), ("greatest", "+"))
    return [
        (words.text(name), marker, [getattr(one, name) if one else None for one in trend.spreads])
        for name, marker in found
    ]


def _plot(width: int, height: int) -> ModuleType:
    import plotext  # type: ignore[import-untyped]  # noqa: PLC0415 - only for charts

    plotext.clear_figure()
    plotext.theme("clear")
    plotext.plotsize(width, height)
    module: Any = plotext
    return module  # type: ignore[no-any-return]


def _lines(trend: Trend, series: list[Series], width: int, words: TrendWords) -> str:
    plot = _plot(width, HEIGHT)
    for _, marker, values in series:
        known = [(place, value) for place, value in enumerate(values, 1) if value is not None]
        if known:
            # Positions on a screen of characters: nothing is computed from these floats.
            plot.plot([place for place, _ in known], [float(value) for _, value in known], marker=marker)
    # The library counts characters, not cells: ticks are digits only.
    ticks = [words.tick(period).rstrip("月") for period in trend.periods]
    plot.xticks(list(range(1, len(ticks) + 1)), ticks)
    text: str = plot.build()
    return text.rstrip("\n")


def histogram(scores: tuple[Decimal, ...], most: int = BINS) -> list[tuple[str, int]]:
    """Ranges of equal round width with how many scores lie in each; the last range holds its upper end."""
    low, high = min(scores), max(scores)
    if low == high:
        return [(str(low), len(scores))]
    step = _round_step((high - low) / most)
    first = (low / step).to_integral_value(ROUND_FLOOR) * step
    edges = [first]
    while edges[-1] <= high:
        edges.append(edges[-1] + step)
    counts = [0] * (len(edges) - 1)
    for score in scores:
        counts[min(int((score - first) / step), len(counts) - 1)] += 1
    return [(f"{_plain(edge)}~{_plain(edge + step)}", count) for edge, count in zip(edges, counts, strict=False)]


def _histogram(scores: tuple[Decimal, ...], decimals: int, width: int) -> str:
    """Bars of characters with the number of members behind each."""
    del decimals
    bins = histogram(scores)
    most = max(count for _, count in bins)
    label = max(len(text) for text, _ in bins)
    room = max(width - label - 8, 10)
    bars = (f"  {text:>{label}} {'#' * -(-count * room // most) if count else ''} {count}" for text, count in bins)
    return "\n".join(bars)


def _round_step(exact: Decimal) -> Decimal:
    """The next of 1, 2, 5 × a power of ten."""
    power = Decimal(1).scaleb(exact.adjusted())
    return next(power * digit for digit in (1, 2, 5, 10) if power * digit >= exact)


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
