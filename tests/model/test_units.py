"""Numbers of files as whole units, and back without a trace of binary fractions."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pointscli.model.units import exact, point_units, published, quantity_units


@pytest.mark.parametrize(
    ("text", "points", "quantity"),
    [
        ("0", 0, 0),
        ("1", 1_000_000_000, 10_000),
        ("-0.0001", -100_000, -1),
        ("0.2999", 299_900_000, 2_999),
        ("1000000000", 10**18, 10**13),
    ],
)
def test_numbers_of_files(text: str, points: int, quantity: int) -> None:
    assert point_units(Decimal(text)) == points
    assert quantity_units(Decimal(text)) == quantity


@pytest.mark.parametrize(
    ("units", "text"),
    [
        (0, "0"),
        (1, "0.000000001"),
        (-1, "-0.000000001"),
        (500_000_000, "0.5"),
        (1_000_000_000, "1"),
        (-2_050_000_000, "-2.05"),
        (100_000_000_000, "100"),
        (100_000_000_010, "100.00000001"),
        (10**18 + 1, "1000000000.000000001"),
    ],
)
def test_amounts_in_full(units: int, text: str) -> None:
    assert f"{exact(units):f}" == text


@pytest.mark.parametrize(
    ("units", "decimals", "text"),
    [(2_500_000_000, 2, "2.50"), (-2_500_000_000, 1, "-2.5"), (3_000_000_000, 0, "3"), (0, 6, "0.000000")],
)
def test_printed_numbers_have_all_their_places(units: int, decimals: int, text: str) -> None:
    assert f"{published(units, decimals):f}" == text
