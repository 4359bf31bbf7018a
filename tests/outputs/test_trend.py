"""Pictures of trends: nothing is drawn where there is no score and no rank."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from pointscli.model.period import Kind, Period
from pointscli.model.trend import Line, Point, Trend
from pointscli.outputs.look import Look
from pointscli.outputs.trend_chart import render_chart
from pointscli.outputs.trend_image import render_image
from pointscli.outputs.trend_words import TrendWords

QUARTERS = tuple(Period(Kind.QUARTER, 2021 * 4 + number) for number in range(4))
ZERO = Decimal("0.00")


def trend(*points: tuple[str | None, int | None]) -> Trend:
    """A member's scores and ranks of four quarters."""
    known = tuple(Point(None if score is None else Decimal(score), rank) for score, rank in points)
    line = Line("M1", "张三", "一支部", known, (ZERO, ZERO, Decimal("1.50"), ZERO))
    return Trend("办法", "张三 M1", QUARTERS, 2, (line,), (), ())


CAME_LATER = trend((None, None), (None, None), ("2.00", 1), ("0.00", 2))
NEVER_RANKED = trend(*[("1.00", None)] * 4)
NOT_LISTED = trend(*[(None, None)] * 4)


@pytest.mark.parametrize(
    ("given", "below"),
    [(CAME_LATER, ["Q1", "Q2", "Q3", "Q4", "名次", "1", "2"]), (NEVER_RANKED, [])],
    ids=["came-later", "never-ranked"],
)
def test_ranks_are_drawn_where_there_are_any(given: Trend, below: list[str]) -> None:
    texts = re.findall(r">([^<>]+)</text>", render_image(given, Look(), "svg").decode())
    assert texts[texts.index("张三") + 1 : -2] == below


def test_no_line_of_who_is_not_listed() -> None:
    legend, chart = render_chart(NOT_LISTED, Look()).split("  o 张三\n")
    assert legend.endswith("  . 同组平均\n")
    assert "." in chart
    assert "o" not in chart
    assert "o" in render_chart(CAME_LATER, Look()).split("  o 张三\n")[1]


TICKS = {
    Period(Kind.YEAR, 2021): ("2021", "2021"),
    Period(Kind.HALF, 2021 * 2 + 1): ("H2", "H2"),
    QUARTERS[2]: ("Q3", "Q3"),
    Period(Kind.MONTH, 2021 * 12 + 6): ("7月", "7"),
}


@pytest.mark.parametrize(("period", "said"), TICKS.items(), ids=lambda one: str(getattr(one, "label", "")))
def test_ticks(period: Period, said: tuple[str, str]) -> None:
    assert (TrendWords("zh").tick(period), TrendWords("en").tick(period)) == said
