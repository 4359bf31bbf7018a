"""Parquet: one file, read whole, numbers as decimal text."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from pointscli.inputs.headers import EVENTS
from pointscli.inputs.parquet_file import double_text
from pointscli.inputs.table import read_table
from tests.inputs.reading import errors, read, said

NAME = "events.parquet"
GOOD = "date '2021-07-01' as date, 'M1' as member, 'x' as item"


def parquet(tmp_path: Path, columns: str, name: str = "written.parquet") -> bytes:
    path = tmp_path / name
    duckdb.connect().execute(f"copy (select {columns}) to '{path}' (format parquet)")
    return path.read_bytes()


VALUES = {
    "text": ("'1.50'", "1.50"),
    "decimal": ("1.50::decimal(9, 2)", "1.50"),
    "bigint": ("5::bigint", "5"),
    "double": ("0.1::double", "0.1"),
    "whole double": ("3::double", "3"),
    "noisy double": ("0.1::double + 0.2::double", "0.30000000000000004"),
    "huge double": ("1e20::double", "100000000000000000000"),
    "small double": ("1e-7::double", "0.0000001"),
    "float": ("1.1::float", "1.1"),
    "not a number": ("'nan'::double", "nan"),
    "null": ("null::double", ""),
    "truth": ("true", "true"),
}


@pytest.mark.parametrize("name", VALUES)
def test_values(tmp_path: Path, name: str) -> None:
    written, text = VALUES[name]
    table, problems = read(parquet(tmp_path, f"{GOOD}, {written} as quantity"), NAME)
    assert table is not None, problems
    assert table.rows == [["2021-07-01", "M1", "x", text]]
    assert (table.encoding, list(table.lines)) == ("parquet", [1])
    assert (table.record_place(0).line, table.place(0, "quantity").column) == (1, 4)


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("date '2021-07-01'", "2021-07-01"),
        ("timestamp '2021-07-01 08:30'", "2021-07-01 08:30:00"),
        ("'2021/7/1'", "2021/7/1"),
    ],
)
def test_dates(tmp_path: Path, column: str, text: str) -> None:
    table, _ = read(parquet(tmp_path, f"{column} as 日期, 'M1' as 党员, 'x' as 事项"), NAME)
    assert table is not None
    assert (table.columns, table.rows[0][0]) == (("date", "member", "item"), text)


def test_unknown_columns_may_have_any_type(tmp_path: Path) -> None:
    table, _ = read(parquet(tmp_path, f"{GOOD}, [1, 2] as extra, {{'a': 1}} as more"), NAME)
    assert table is not None
    assert table.rows[0][3:] == ["[1, 2]", "{'a': 1}"]


@pytest.mark.parametrize(
    ("columns", "findings"),
    [
        ("date '2021-07-01' as date, ['M1'] as member, 'x' as item", ["wrong-column-type 0:2"]),
        ("timestamptz '2021-07-01 08:00+08' as date, 'M1' as member, 'x' as item", ["wrong-column-type 0:1"]),
        (f"{GOOD}, 'a'::blob as quantity", ["wrong-column-type 0:4"]),
        ("date '2021-07-01' as date, 'x' as item", ["missing-column 0:0"]),
        (f"{GOOD}, 'y' as 事项", ["duplicate-column 0:0"]),
        (GOOD.replace("'M1'", "null"), ["missing-value 1:2"]),
    ],
)
def test_refused(tmp_path: Path, columns: str, findings: list[str]) -> None:
    assert errors(parquet(tmp_path, columns), NAME) == findings


@pytest.mark.parametrize("data", [b"PAR1", b"PAR1" + bytes(100) + b"PAR1"])
def test_damaged(data: bytes) -> None:
    assert errors(data, NAME) == ["damaged-parquet 0:0"]


def test_a_name_is_not_a_pattern(tmp_path: Path) -> None:
    """DuckDB reads `台账2.parquet` when asked for `台账[2021].parquet`."""
    for number, name in enumerate(("台账[2021].parquet", "台账2.parquet", "o'台*账?.parquet", "x=1.parquet")):
        (tmp_path / name).write_bytes(parquet(tmp_path, f"{GOOD}, {number} as quantity"))
    for number, name in enumerate(("台账[2021].parquet", "台账2.parquet", "o'台*账?.parquet", "x=1.parquet")):
        table, problems = read_table(tmp_path / name, name, EVENTS)
        assert table is not None, said(problems)
        assert table.columns == ("date", "member", "item", "quantity")
        assert [row[3] for row in table.rows] == [str(number)]


@pytest.mark.parametrize(
    ("written", "plain"),
    [("1e-05", "0.00001"), ("1.0", "1"), ("-0.0", "-0"), ("1e+16", "10000000000000000"), ("inf", "inf"), ("", "")],
)
def test_double_text(written: str, plain: str) -> None:
    assert double_text(written) == plain
