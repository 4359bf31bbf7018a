"""Numbers and dates of rule files: what is read, what is refused, and which spelling is offered instead."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from pointscli.scheme.date_grammar import parse_date
from pointscli.scheme.number_grammar import Refusal, parse_fraction, parse_number, parse_percent

NUMBERS = {
    "2": "2",
    "-0.5": "-0.5",
    "+3": "3",
    "1.10": "1.10",
    "0.0001": "0.0001",
    "-0": "0",
    "1000000000": "1000000000",
}
NOT_NUMBERS = {
    "３": "3",
    "１２．５": "12.5",
    "−5": "-5",
    "－5": "-5",
    "–5": "-5",
    "1,000": "1000",
    "1_000": "1000",
    "1，000.5": "1000.5",
    ".5": "0.5",
    "5.": "5",
    "5分": "5",
    "1e3": "1000",
    "1E-2": "0.01",
    "1 000": "1000",
    "1，5": "",
    "三": "",
    "²": "",
    "½": "",
    "٣": "",
    "nan": "",
    "inf": "",
    "-.inf": "",
    "0x10": "",
    "1/3": "",
    "10%": "",
    "--1": "",
    "1.2.3": "",
    "约5": "",
}


@pytest.mark.parametrize(("text", "value"), NUMBERS.items())
def test_numbers(text: str, value: str) -> None:
    assert str(parse_number(text)) == value


@pytest.mark.parametrize(("text", "near"), NOT_NUMBERS.items())
def test_not_numbers(text: str, near: str) -> None:
    refusal = parse_number(text)
    assert isinstance(refusal, Refusal)
    assert (refusal.name, dict(refusal.args).get("near", "")) == ("bad-number", near)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("1.00000", "too-many-decimals"),
        ("0.12345", "too-many-decimals"),
        ("1000000000.1", "number-too-large"),
        ("-1000000001", "number-too-large"),
        ("9" * 900_000, "number-too-large"),
    ],
)
def test_numbers_out_of_range(text: str, name: str) -> None:
    refusal = parse_number(text)
    assert isinstance(refusal, Refusal)
    assert refusal.name == name


def test_fractions() -> None:
    assert [parse_fraction(text) for text in ("1/3", "-1 / 4", "10%", "0.5", "60 %", "12.5%")] == [
        Fraction(1, 3),
        Fraction(-1, 4),
        Fraction(1, 10),
        Fraction(1, 2),
        Fraction(3, 5),
        Fraction(1, 8),
    ]


@pytest.mark.parametrize(
    ("text", "near"), [("1/0", ""), ("1／3", "1/3"), ("１０％", "10%"), ("a/b", ""), ("1/2/3", ""), ("1.5/2", "")]
)
def test_not_fractions(text: str, near: str) -> None:
    refusal = parse_fraction(text)
    assert isinstance(refusal, Refusal)
    assert dict(refusal.args).get("near", "") == near


def test_percents() -> None:
    assert parse_percent("-5%") == Decimal(-5)
    assert parse_percent("0.5 %") == Decimal("0.5")
    refusal = parse_percent("－５％")
    assert isinstance(refusal, Refusal)
    assert dict(refusal.args)["near"] == "-5%"


@pytest.mark.parametrize("text", ["2021-07-01", "2021-7-1", "2021/7/1", "2021.7.1", "2021年7月1日", "2021年07月01日"])
def test_dates(text: str) -> None:
    assert parse_date(text) == date(2021, 7, 1)


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("20210701", "2021-07-01"),
        ("２０２１－０７－０１", "2021-07-01"),
        ("2021-07/01", "2021-07-01"),
        ("2021-07-01 08:30", "2021-07-01"),
        ("21/7/1", "2021-07-01"),
        ("7月1日", "2021-07-01"),
        ("2021-02-30", None),
        ("2021-13-01", None),
        ("2021年0月1日", None),
        ("0021-07-01", None),
        ("9999-12-31", None),
    ],
)
def test_not_dates(text: str, near: str | None) -> None:
    refusal = parse_date(text)
    assert isinstance(refusal, Refusal)
    assert dict(refusal.args).get("near") == near
