"""A trend as a table: for terminals without a chart, for CSV and JSON."""

from __future__ import annotations

from decimal import Decimal

from pointscli.model.table import Cell, Column, Table
from pointscli.model.trend import Line, Trend
from pointscli.outputs.titles import Words
from pointscli.outputs.trend_words import TrendWords

FIGURES = ("least", "lower", "median", "upper", "greatest", "mean")


def trend_table(trend: Trend, words: TrendWords) -> Table:
    """A member: one row a period. A branch or everybody: one row a member, then see `spread_table`."""
    if not trend.spreads:
        return _member(trend, trend.lines[0], words)
    fixed = Words(words.language)
    periods = trend.periods
    columns = (
        Column("member", fixed.title("member")),
        Column("name", fixed.title("name")),
        *(Column(one.label, words.tick(one), "number") for one in periods),
        Column("rank", words.text("rank"), "integer"),
        Column("change", words.text("change")),
    )
    rows = [
        _row(line, words) for line in sorted(trend.lines, key=lambda one: (one.group, one.points[-1].rank or 10**9))
    ]
    return Table(heading(trend, words), columns, tuple(rows))


def spread_table(trend: Trend, words: TrendWords) -> Table:
    """One row a period: how many, least, quartiles, greatest, mean."""
    rows: list[tuple[Cell, ...]] = []
    for period, spread in zip(trend.periods, trend.spreads, strict=True):
        figures: list[Decimal | None] = [getattr(spread, name) if spread else None for name in FIGURES]
        rows.append((words.period(period), spread.count if spread else 0, *figures))
    columns = (
        Column("period", words.text("period")),
        Column("count", words.text("count"), "integer"),
        *(Column(name, words.text(name), "number") for name in FIGURES),
    )
    return Table(heading(trend, words), columns, tuple(rows))


def heading(trend: Trend, words: TrendWords) -> str:
    """`张三 M001积分走势`."""
    return words.text("heading", subject=trend.subject or words.text("everybody"))


def _member(trend: Trend, line: Line, words: TrendWords) -> Table:
    rows: list[tuple[Cell, ...]] = []
    before: int | None = None
    for period, point, mean in zip(trend.periods, line.points, line.means, strict=True):
        rows.append((words.period(period), point.score, mean, point.rank, _change(before, point.rank, words)))
        before = point.rank
    columns = (
        Column("period", words.text("period")),
        Column("score", words.text("score"), "number"),
        Column("mean", words.text("group_mean"), "number"),
        Column("rank", words.text("rank"), "integer"),
        Column("change", words.text("change")),
    )
    return Table(heading(trend, words), columns, tuple(rows))


def _row(line: Line, words: TrendWords) -> tuple[Cell, ...]:
    last, before = line.points[-1], line.points[-2] if len(line.points) > 1 else None
    change = _change(before.rank if before else None, last.rank, words)
    return (line.member, line.name, *(point.score for point in line.points), last.rank, change)


def _change(before: int | None, now: int | None, words: TrendWords) -> str:
    if before is None or now is None:
        return ""
    if before == now:
        return words.text("same")
    return words.text("up" if now < before else "down", n=abs(before - now))
