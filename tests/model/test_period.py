"""Periods in the words of a clerk: months, quarters and halves by numerals, and what is none of them."""

from __future__ import annotations

import pytest

from pointscli.model.period import Kind, parse_period

MONTHS = dict(zip("一 二 三 四 五 六 七 八 九 十 十一 十二".split(), range(1, 13), strict=True))  # noqa: SIM905


@pytest.mark.parametrize("numeral", MONTHS)
def test_months_by_numerals(numeral: str) -> None:
    for text in (f"2021年{numeral}月", f"2021年{numeral}月份", f"2021年{MONTHS[numeral]}月"):
        found = parse_period(text)
        assert found is not None
        assert found.label == f"2021-{MONTHS[numeral]:02d}"


@pytest.mark.parametrize("text", ["2021年第四季度", "2021年四季度", "2021年4季", "2021-q4", "２０２１年４季度"])
def test_quarters(text: str) -> None:
    assert str(parse_period(text, Kind.QUARTER)) == str(parse_period("2021Q4"))


NONE = (
    "十三月",
    "十十月",
    "一一月",
    "一十月",
    "二十月",
    "零月",
    "上月",
    "0月",
    "13月",
    "月",
    "第五季度",
    "第十季度",
    "中半年",
)


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_period(text: str) -> None:
    assert parse_period(f"2021年{text}") is None
