"""What is written into a log reads back the same, and what was in it stays."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pointscli.inputs.headers import EVENTS, REVIEWS
from pointscli.inputs.rows_out import render_rows
from pointscli.inputs.table import read_table
from pointscli.journal.append import append_bytes
from pointscli.model.problem import FindingsError, Problem, Refused, Severity

Row = dict[str, str]
TITLES = "编号,日期,党员,事项,数量,级别,分值,同一事项,事由,依据,记录人,阶段,方案"
IDS = "id,date,member,item,quantity,level,points,matter,reason,evidence,by,stage,scheme"
FIRST = "E0,2021-01-01,王五,党课学习,1,,,,参加支部学习活动,,,,"
ROW = {
    "date": "2021-07-01",
    "member": "张三；李四",
    "item": "走访",
    "quantity": "1.50",
    "reason": '="a,b"\n第二行 ｆｕｌｌ',
}


def csv_of(header: str, *rows: str, end: str = "\n", delimiter: str = ",") -> str:
    return "".join(line.replace(",", delimiter) + end for line in (header, *rows))


OLD: dict[str, bytes | None] = {
    "new.csv": None,
    "new.tsv": None,
    "new.jsonl": None,
    "empty.csv": b"",
    "blank.csv": b"\n\n",
    "bom only.csv": codecs.BOM_UTF8,
    "utf8.csv": csv_of(IDS, FIRST).encode(),
    "no line end.csv": csv_of(IDS, FIRST).rstrip("\n").encode(),
    "header only.csv": IDS.encode(),
    "bom.csv": codecs.BOM_UTF8 + csv_of(TITLES, FIRST, end="\r\n").encode(),
    "gb.csv": csv_of(TITLES, FIRST, end="\r\n").encode("gb18030"),
    "ascii.csv": csv_of(IDS, "E0,2021-01-01,M1,talk,1,,,,,,,,").encode(),
    "semicolon.csv": csv_of(TITLES, FIRST, delimiter=";").encode(),
    "titled.csv": ("2021年台账\n" + csv_of(TITLES, FIRST)).encode(),
    "other order.csv": csv_of("事由,党员,日期,备注二,事项,quantity,,编号", "x,王五,2021-01-01,y,党课,1,,E0").encode(),
    "utf16.csv": codecs.BOM_UTF16_LE + csv_of(TITLES, FIRST, end="\r\n", delimiter="\t").encode("utf-16-le"),
    "utf16be.csv": codecs.BOM_UTF16_BE + csv_of(TITLES, FIRST).rstrip("\n").encode("utf-16-be"),
    "mac.csv": csv_of(TITLES, FIRST, end="\r").encode(),
    "ids.jsonl": b'{"date": "2021-01-01", "member": "a", "item": "b"}\n',
    "titles.jsonl": '{"日期": "2021-01-01", "党员": "a", "事项": "b", "数量": 1}'.encode(),
    "upper.jsonl": b'{"Date": "2021-01-01", "MEMBER": "a", "item": "b"}\r\n',
    "mixed.jsonl": '{"date": "2021-01-01", "党员": "a", "item": "b"}\n'.encode(),
    "gb.jsonl": ('{"日期": "2021-01-01", "党员": "王五", "事项": "党课学习"}\n' * 3).encode("gb18030"),
    "late.jsonl": '{"日期": "2021-01-01", "党员": "a", "事项": "b"}\n'.encode() * 3000
    + '{"日期": "2021-01-01", "党员": "a", "事项": "b", "事由": "c"}\n'.encode()
    + '{"日期": "2021-01-01", "党员": "a", "事项": "b"}\n'.encode() * 3000,
}


def added(path: Path, rows: list[Row], language: Literal["zh", "en"] = "zh") -> tuple[list[Row], list[Problem]]:
    """Write rows as commands do; what is read then, empty cells left out."""
    head, data = render_rows(path, EVENTS, rows, language, shown=path.name)
    append_bytes(path, data, head=head)
    table, problems = read_table(path, path.name, EVENTS)
    assert table is not None, problems
    found = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    return [{key: cell for key, cell in row.items() if cell} for row in found], problems


@pytest.mark.parametrize("name", OLD)
def test_what_is_written_reads_back(tmp_path: Path, name: str) -> None:
    path, old = tmp_path / name, OLD[name]
    before: list[Row] = []
    if old is not None:
        path.write_bytes(old)
        table, _ = read_table(path, name, EVENTS)
        rows = table.rows if table else []
        before = [
            {key: cell for key, cell in zip(table.columns, row, strict=True) if cell}
            for row in rows
            if table is not None
        ]
    found, problems = added(path, [ROW, ROW | {"reason": "二"}])
    assert found == [*before, ROW, ROW | {"reason": "二"}]
    assert path.read_bytes().startswith(old or b"")
    assert [one for one in problems if one.severity is Severity.ERROR] == []
    assert "unfinished-line" not in [one.name for one in problems]
    found, _ = added(path, [ROW])
    assert found[-1] == ROW


NEW_FILES: dict[str, tuple[str, Literal["zh", "en"], bytes, bytes]] = {
    "titles": ("a.csv", "zh", (TITLES + "\n").encode(), b"E1,,,,2,,,,,,,,\n"),
    "ids": ("a.csv", "en", (IDS + "\n").encode(), b"E1,,,,2,,,,,,,,\n"),
    "jsonl titles": ("a.jsonl", "zh", b"", '{"编号": "E1", "数量": 2}\n'.encode()),
    "jsonl ids": ("a.jsonl", "en", b"", b'{"id": "E1", "quantity": 2}\n'),
}


@pytest.mark.parametrize("name", NEW_FILES)
def test_new_files(tmp_path: Path, name: str) -> None:
    file, language, head, data = NEW_FILES[name]
    assert render_rows(tmp_path / file, EVENTS, [{"id": "E1", "quantity": "2", "reason": ""}], language) == (head, data)


def test_no_path_is_a_new_csv() -> None:
    head, data = render_rows(None, REVIEWS, [{"date": "2021-07-01", "event": "E1"}], "en")
    assert (head, data) == (
        b"date,event,decision,stage,quantity,level,points,by,reason\n",
        b"2021-07-01,E1,,,,,,,\n",
    )


def test_numbers_of_jsonl_keep_their_digits(tmp_path: Path) -> None:
    row = {"date": "2021-07-01", "member": "M1", "item": "x", "quantity": "1.50", "points": "＋3", "level": "007"}
    found, _ = added(tmp_path / "a.jsonl", [row], "en")
    assert found == [row]
    assert b'"quantity": 1.50, "points": "' in (tmp_path / "a.jsonl").read_bytes()


REFUSED: dict[str, tuple[str, bytes, Row, str]] = {
    "a column is missing": ("a.csv", b"date,member,item\n", {"reason": "x"}, "has no column 事由 (reason)"),
    "an unknown column": ("a.csv", b"date,member,item\n", {"区": "x"}, "has no column 区"),
    "a workbook": ("a.xlsx", b"", {"reason": "x"}, "workbook"),
    "parquet": ("a.parquet", b"", {"reason": "x"}, "workbook"),
    "nul": ("a.csv", b"date,member,item\n", {"item": "a\0"}, "half a character"),
    "half a character": ("a.jsonl", b"", {"item": "a\ud800"}, "half a character"),
    "a long cell": ("a.csv", b"date,member,item\n", {"item": "x" * 200_000}, "more than 131072"),
    "rare characters": (
        "a.csv",
        csv_of(TITLES, FIRST).encode("gb18030"),
        {"reason": "éàêÜöäßñç" * 40},
        "nobody could tell",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused(tmp_path: Path, name: str) -> None:
    file, old, row, message = REFUSED[name]
    path = tmp_path / file
    path.write_bytes(old)
    with pytest.raises(Refused) as caught:
        render_rows(path, EVENTS, [ROW | row] if "column" not in name else [row], "zh", shown=file)
    assert message in str(caught.value)
    assert caught.value.hint
    assert path.read_bytes() == old


BROKEN = {
    "no header": b"x,y\n1,2\n",
    "full-width commas": "日期，党员，事项\n".encode(),
    "damaged": csv_of(TITLES, FIRST).encode()[:-20] + b"\xe5\n",
    "a column twice": b"date,date,member,item\n",
    "required columns missing": b"date,member\n",
    "a workbook": b"PK\x03\x04" + bytes(30),
    "text after a quotation mark": b'"date"x,member,item\n',
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_log_that_cannot_be_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(BROKEN[name])
    with pytest.raises(FindingsError) as caught:
        render_rows(path, EVENTS, [{"date": "2021-07-01"}], "zh")
    assert caught.value.problems


PIECES = st.sampled_from(
    [
        "张三",
        "、",
        ",",
        ";",
        "\t",
        '"',
        '""',
        "\n",
        "\r\n",
        "\r",
        " ",
        "　",
        "=1",
        "@",
        "'",
        "｜",
        "，",
        "ａ",
        "\\",
        "\\n",
        "é",
    ]
)
CELLS = st.lists(PIECES, max_size=6).map("".join)
ROWS = st.lists(
    st.fixed_dictionaries(
        {"date": st.just("2021-07-01"), "member": st.just("张三"), "item": st.just("党课")},
        optional={
            "id": CELLS.filter(str.strip),
            "reason": CELLS,
            "evidence": CELLS,
            "points": st.sampled_from(["1", "-0.5", "１"]),
        },
    ),
    min_size=1,
    max_size=4,
)


@pytest.mark.parametrize(
    "name",
    ["utf8.csv", "bom.csv", "semicolon.csv", "utf16.csv", "mac.csv", "gb.csv", "new.tsv", "ids.jsonl", "titles.jsonl"],
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
def test_any_cells(tmp_path: Path, name: str, rows: list[Row]) -> None:
    path = tmp_path / name
    path.unlink(missing_ok=True)
    if (old := OLD[name]) is not None:
        path.write_bytes(old)
    filled = [{key: cell for key, cell in row.items() if cell} for row in rows]
    found, _ = added(path, rows)
    assert found[-len(rows) :] == filled
