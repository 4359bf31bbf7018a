"""Laws that hold for every file: nothing is lost, all formats say the same, and no bytes end the program."""

from __future__ import annotations

import csv
import io
import json
import random
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pointscli.inputs.headers import EVENTS, MEMBERS
from pointscli.inputs.roster import read_roster
from tests.inputs.reading import read, said, workbook

HEADER = ["id", "date", "member", "item", "quantity", "points", "reason"]
NAMES = st.sampled_from(["张三", "李四;王五", "䶮𬱖", "阿依古丽·买买提", "M001", "001"])
NOTES = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), include_characters="\n\t"), max_size=12)
RECORD = st.tuples(
    st.from_regex(r"E[0-9]{1,3}", fullmatch=True),
    st.dates().map(str),
    NAMES,
    st.sampled_from(["主题党日", "a,b", 'say "x"', "x;y", "志愿\t服务"]),
    st.decimals(-999, 999, places=2).map(str),
    st.just(""),
    NOTES.map(str.strip),
)
RECORDS = st.lists(RECORD.map(list), min_size=1, max_size=6)


def as_csv(records: list[list[str]], delimiter: str = ",", end: str = "\n") -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=end).writerows([HEADER, *records])
    return text.getvalue()


@given(
    RECORDS,
    st.sampled_from(",\t;"),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["utf-8-sig", "utf-16", "gb18030"]),
)
def test_every_way_of_writing_csv_gives_the_same_cells(
    records: list[list[str]], delimiter: str, end: str, encoding: str
) -> None:
    data = as_csv(records, delimiter, end).encode(encoding)
    table, problems = read(data)
    if table is None:
        assert said(problems) == ["unclear-encoding 2:0"] or encoding == "gb18030"
    else:
        assert table.rows == records


@given(RECORDS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_all_formats_give_the_same_cells(records: list[list[str]]) -> None:
    lines = "".join(json.dumps(dict(zip(HEADER, record, strict=True))) + "\n" for record in records)
    sheet = workbook([HEADER, *records], strings_to_formulas=False, strings_to_urls=False)
    for data, name in ((as_csv(records), "e.csv"), (lines, "e.jsonl"), (sheet, "e.xlsx")):
        table, problems = read(data, name)
        assert table is not None, problems
        assert table.rows == records, name


def test_parquet_gives_the_same_cells(tmp_path: Path) -> None:
    path = tmp_path / "e.parquet"
    records = [
        ["E1", "2021-07-01", "张三", "主题党日", "1.50", "", "a\nb"],
        ["E2", "2021-07-02", "李四", "x", "2", "", ""],
    ]
    connection = duckdb.connect()
    connection.execute(f"create table e ({', '.join(f'{name} varchar' for name in HEADER)})")
    connection.executemany("insert into e values (?, ?, ?, ?, ?, ?, ?)", records)
    connection.execute(f"copy e to '{path}' (format parquet)")
    table, _ = read(path.read_bytes(), "e.parquet")
    other, _ = read(as_csv(records))
    assert table is not None
    assert other is not None
    assert (table.columns, table.rows) == (other.columns, other.rows)


PIECES = st.sampled_from(
    [
        "E1,2021-07-01,M1,x,1,,",
        "\n",
        "\r\n",
        "\n\n",
        ",",
        '"',
        "合计,,,,3,,\n",
        "制表人：张三\n",
        " , ,\n",
        "M1",
        "x\u200by",
        "\x1b",
        "，",
        "\t",
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_every_record_is_in_one_pile(body: str) -> None:
    """`read` checks the sum; here every record that the csv module itself sees is among those read."""
    table, problems = read(",".join(HEADER) + "\n" + body)
    if table is None:
        assert said(problems)
        return
    assert table.rejected == 0 or said(problems)
    assert table.excluded == sum(problem.name == "total-row" for problem in problems)


@given(st.binary(max_size=400), st.sampled_from(["csv", "jsonl", "xlsx", "parquet", "txt", "xls", ""]))
@settings(deadline=None)
def test_any_bytes_under_any_name(data: bytes, suffix: str) -> None:
    table, problems = read(data, f"events.{suffix}")
    assert table is not None or said(problems)


@given(
    st.lists(
        st.dictionaries(st.sampled_from([*HEADER, "x", "日期"]), st.none() | st.booleans() | st.integers() | st.text())
    )
)
def test_any_objects(values: list[dict[str, Any]]) -> None:
    table, problems = read("".join(json.dumps(value) + "\n" for value in values), "e.jsonl")
    assert table is not None or said(problems)


def test_a_workbook_with_any_byte_changed() -> None:
    data = bytearray(workbook([HEADER, ["E1", "2021-07-01", "M1", "x", 1, None, "a"]]))
    chance = random.Random(7)
    for _ in range(150):
        changed = data.copy()
        changed[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        table, problems = read(bytes(changed), "e.xlsx")
        assert table is not None or said(problems)


CELLS = st.sampled_from(
    ["", "M1", "m1", "Ｍ1", "001", "1", "张三", "张 三", "李四", "2021-07-01", "2021-02-30", "2020-01-01", "、"]
)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS), max_size=8))
def test_any_roster(records: list[tuple[str, str, str, str]]) -> None:
    table, _ = read("id,name,since,until\n" + "".join(",".join(record) + "\n" for record in records), "m.csv", MEMBERS)
    assert table is not None
    roster, problems = read_roster([table])
    assert len(roster.spells) + roster.rejected == len(table.rows)
    assert roster.rejected == 0 or said(problems)
    for spell in roster.spells:
        member = roster.members[spell.member]
        assert roster.find(member.id) == spell.member
        assert spell.cells["id"] == member.id
    assert [member.id for member in roster.members] == sorted({member.id for member in roster.members})


@pytest.mark.parametrize("rows", [100_000])
def test_many_findings_are_found_in_time(rows: int) -> None:
    bad = 'E1,2021-07-01,"M1"x,y,1,,\n' + "E2,2021-07-01,,y,1,,\n"
    table, problems = read(",".join(HEADER) + "\n" + bad * (rows // 2))
    assert table is not None
    assert len(problems) == table.rejected == rows
    assert EVENTS.name == "events"
