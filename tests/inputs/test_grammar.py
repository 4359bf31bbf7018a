"""One grammar of numbers and dates (reliability 3.3) and of names (3.6)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pointscli.inputs.grammar import (
    CellError,
    dropped_time,
    name_key,
    parse_date,
    parse_number,
    serial_date,
    split_members,
    visible,
)
from pointscli.model.problem import Place
from tests.inputs.reading import check_templates

NUMBERS = {
    "5": 50000, "-5": -50000, "+5": 50000, "1.005": 10050, "1.0050": 10050, "0.0001": 1, "-0": 0, "007": 70000,
    "１２．５": 125000, "－5": -50000, "−5": -50000, "＋5": 50000, " 7 ": 70000, "\u30007\xa0": 70000, "\u200b7": 70000,
    "1,234.5": 12345000, "1,234,567": 12345670000, "-1,000": -10000000, "１,234": 12340000,
    "1000000000": 10**13, "-1000000000": -(10**13), "0" * 5000 + "5": 50000,
}  # fmt: skip


@pytest.mark.parametrize("text", NUMBERS, ids=lambda text: text[:12])
def test_numbers(text: str) -> None:
    assert parse_number(text) == NUMBERS[text]


REFUSED_NUMBERS = {
    "": "empty", "  ": "empty", "1，5": "full-width comma", "5分": "write only 5", "2.5 小时": "write only 2.5",
    "¥5": "write only 5", "￥5": "write only 5", "三": "write 3", "十二": "in words", "½": "fraction", "1½": "fraction",
    "²": "raised", "5²": "raised", "1e3": "exponent", "1E+17": "exponent", "1.5e-3": "exponent", "1e400": "exponent",
    "1_000": "underscore", "0x10": "programmer", "NaN": "leave the cell empty", "inf": "leave", "-Infinity": "leave",
    "1.00055": "more than 4", "0.30000000000000004": "more than 4", "1,5": "comma", "12,34": "comma", "1,2345": "comma",
    ",5": "comma", "5,": "comma", ".5": "digit on both sides", "5.": "digit on both sides", "50%": "percentage",
    "５％": "percentage", "٣": "not a number", "--5": "not a number", "+-5": "not a number", "- 5": "not a number",
    "(5)": "not a number", "5 5": "not a number", "3/4": "not a number", "一百": "not a number", "x": "not a number",
    "1000000000.0001": "larger", "1000000001": "larger", "9" * 5000: "larger", "1" + "_" * 9000: "not a number",
    "1" + " " * 9000 + "x": "not a number",
}  # fmt: skip


@pytest.mark.parametrize("text", REFUSED_NUMBERS, ids=lambda text: text[:12] or "empty")
def test_refused_numbers(text: str) -> None:
    problem = refusal(parse_number, text)
    assert problem[0] == "bad-number"
    assert REFUSED_NUMBERS[text] in problem[1]


DAY = date(2021, 7, 1)
DATES = [
    "2021-07-01", "2021-7-1", "2021/7/1", "2021.7.1", "2021/07/01", "2021年7月1日", "2021年07月01日", "20210701",
    "２０２１－０７－０１", "２０２１／７／１", "2021 年 7 月 1 日",
    " 2021-07-01\u3000", "2021-07-01 00:00", "2021-07-01 00:00:00",
    "2021-07-01T00:00:00", "2021/7/1 0:00", "2021/7/1 8:30", "2021-07-01 08:30:15",
]  # fmt: skip


@pytest.mark.parametrize("text", DATES)
def test_dates(text: str) -> None:
    assert parse_date(text) == DAY


REFUSED_DATES = {
    "": "empty", "2021-02-30": "does not exist", "2021-13-01": "does not exist", "20210230": "does not exist",
    "2021年2月30日": "does not exist", "2021-00-01": "does not exist", "21/7/1": "two digits",
    "21年7月1日": "two digits",
    "7/1/2021": "begin with the year", "1-7-2021": "begin with the year", "5-Sep-2021": "begin with the year",
    "9月5日": "no year", "5-Sep": "no year", "Sep-21": "no year", "3/4": "no year", "2021-07": "no day",
    "202107": "no day", "2021年7月": "no day", "44378": "2021-07-01", "44378.5": "2021-07-01", "2021-7/1": "not a date",
    "2021-W01-1": "not a date", "2021年7月1号": "2021年7月1日",
    "1999-12-31": "2000 and 2100", "2101-01-01": "2000 and 2100",
    "0021-07-01": "2000 and 2100", "99999-01-01": "not a date", "infinity": "not a date", "昨天": "not a date",
    "2021-07-01 25:00": "not a date", "2021-07-01 8:30 张三": "not a date", "2021-07-01T08:00:00Z": "not a date",
    "0": "not a date", "60": "not a date", "2021-07-01" + " " * 9000 + "x": "not a date",
}  # fmt: skip


@pytest.mark.parametrize("text", REFUSED_DATES, ids=lambda text: text[:12] or "empty")
def test_refused_dates(text: str) -> None:
    problem = refusal(parse_date, text)
    assert problem[0] == "bad-date"
    assert REFUSED_DATES[text] in problem[1]


def refusal(parse: object, text: str) -> tuple[str, str]:
    assert callable(parse)
    with pytest.raises(CellError) as caught:
        parse(text)
    problem = caught.value.at(Place("f", 1, 1))
    check_templates([problem])
    return problem.name, problem.text(problem.message) + " / " + problem.text(problem.hint)


@pytest.mark.parametrize("text", ["2021-07-01 08:30", "2021/7/1 8:30", "2021-07-01T00:00:01", "2021年7月1日 23:59:59"])
def test_a_time_of_day_is_said(text: str) -> None:
    dropped = dropped_time(text)
    assert dropped is not None
    assert dropped.name == "dropped-time"


@pytest.mark.parametrize("text", ["2021-07-01", "2021-07-01 00:00", "2021-07-01T00:00:00", "2021-07-01 0:00"])
def test_midnight_is_not_said(text: str) -> None:
    assert dropped_time(text) is None


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4, allow_nan=False))
def test_every_number_is_read_exactly(number: Decimal) -> None:
    assert parse_number(format(number, "f")) == int(number * 10_000)
    assert parse_number(format(number, ",f")) == int(number * 10_000)


@given(st.integers(-(10**8), 10**8), st.integers(0, 4))
def test_places(units: int, places: int) -> None:
    assert parse_number(format(Decimal(units).scaleb(-places), "f"), places) == units


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_every_date_is_read(day: date) -> None:
    for form in (
        "{0:%Y-%m-%d}",
        "{0.year}-{0.month}-{0.day}",
        "{0.year}/{0.month}/{0.day}",
        "{0.year}年{0.month}月{0.day}日",
    ):
        assert parse_date(form.format(day)) == day
    assert parse_date(f"{day:%Y%m%d}") == day


@given(st.text())
def test_any_text(text: str) -> None:
    for parse in (parse_number, parse_date):
        try:
            parse(text)
        except CellError as error:
            check_templates([error.at(Place("f"))])


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_day_numbers(day: date) -> None:
    number = (day - date(1899, 12, 30)).days
    assert serial_date(number) == day
    assert serial_date(number - 1462, base_1904=True) == day
    assert serial_date(number + 0.75) == day


@pytest.mark.parametrize("number", [-1, 0, 59, 60, 36525, 73416, 10**9])
def test_no_day_numbers(number: int) -> None:
    assert serial_date(number) is None


SAME_NAMES = [
    ("张 三", "张三"),
    ("张\u3000三", "张三"),
    ("张\xa0三", "张三"),
    ("\u200b张三\ufeff", "张三"),
    ("张\n三", "张三"),
    *((f"阿依古丽{dot}买买提", "阿依古丽·买买提") for dot in "•・‧･∙⋅"),
    ("e\u0301", "é"),
    (" M 01 ", "M01"),
]


@pytest.mark.parametrize(("one", "other"), SAME_NAMES)
def test_same_names(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(("one", "other"), [("吕", "呂"), ("户", "戶"), ("长", "⻓"), ("Ａ", "A"), ("m1", "M1")])
def test_never_equated(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@given(st.text())
def test_keys_are_stable(text: str) -> None:
    assert name_key(name_key(text)) == name_key(text)
    assert visible(visible(text)) == visible(text)


def test_members_of_a_cell() -> None:
    assert split_members("M1; 张三；李四、王五;") == ["M1", "张三", "李四", "王五"]
    assert split_members(" ;") == []
    assert split_members("欧阳·明") == ["欧阳·明"]


def test_a_day_is_a_day() -> None:
    assert parse_date("2020-02-29") + timedelta(days=1) == date(2020, 3, 1)
