"""What libraries do to other people's files, and why our readers do it themselves (reliability 1).

A failure here is good news: a guard may have become needless. Look at it before taking it away.
"""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb
import pytest
import python_calamine

from tests.inputs.reading import workbook
from tests.inputs.test_xlsx import FAR, SHEET, rebuilt


def test_duckdb_takes_a_name_for_a_pattern(tmp_path: Path) -> None:
    (tmp_path / "台账[2021].csv").write_text("a\n1\n", "utf-8")
    (tmp_path / "台账2.csv").write_text("a\n2\n", "utf-8")
    found = duckdb.connect().execute("select a from read_csv(?)", [str(tmp_path / "台账[2021].csv")]).fetchall()
    assert found == [(2,)]


def test_duckdb_gives_columns_by_place_not_by_name(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("分数,扣分\n3,4\n", "utf-8")
    query = "select 扣分, 分数 from read_csv(?, header = true, columns = {'扣分': 'INT', '分数': 'INT'})"
    assert duckdb.connect().execute(query, [str(path)]).fetchall() == [(3, 4)]


def test_duckdb_reads_json_decimals_through_double(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"n": 1.005}\n', "utf-8")
    query = "select n::varchar from read_json(?, columns = {'n': 'DECIMAL(18, 2)'})"
    # 2.0.0 went through DOUBLE; 2.0.1 does not. Our own reader takes JSON numbers as they are written all the same.
    expected = "1.00" if duckdb.__version__ == "2.0.0" else "1.01"
    assert duckdb.connect().execute(query, [str(path)]).fetchall() == [(expected,)]


FILES: dict[str, bytes] = {
    "ragged.csv": b"id,d,n,note\n1,2,3,x\n1\n1,2\n",
    "quoted.csv": b'id,n,t\nA,1,"x\ny"\nB,bad,z\n',
    "gb.csv": "id,name\nM1,张三\n".encode("gb18030"),
    "rare.csv": b"\xff\xfe" + "a,b\n1,𬱖\n".encode("utf-16-le"),
    "big.csv": b"\xfe\xff" + "a,b\n1,张\n".encode("utf-16-be"),
    "nul.csv": b"a,b\n1,x\0y\n",
    "empty.csv": b"",
    "nothing.csv": b'a,b\n1,""\n2,\n',
    "day.csv": b"d\n01/02/21\n",
    "broken.jsonl": b'{"n":1,"x":2}\n{"n":\n{"n":3}\n',
}
QUOTED = (
    "read_csv('quoted.csv', columns = {'id': 'VARCHAR', 'n': 'INT', 't': 'VARCHAR'}, header = true, delim = ',', "
    "quote = '\"', store_rejects = true)"
)
READS: dict[str, tuple[str, object]] = {
    "S3 a ragged file is one column": ("select column_name from (describe from 'ragged.csv')", [("id,d,n,note",)]),
    "S4 the line of a rejected row is the number of its record": (
        f"select sum(n) from {QUOTED}; select line from reject_errors",  # noqa: S608  (our own text)
        [(3,)],
    ),
    "S5 what is not asked for is not rejected": (
        f"select count(*) from {QUOTED}; select line from reject_errors",  # noqa: S608  (the same)
        [],
    ),
    "S6 GB18030 without errors is no rows": ("from read_csv('gb.csv', ignore_errors = true)", []),
    "S6 GB18030 as another encoding": ("from read_csv('gb.csv', encoding = 'latin-1')", [("M1", "ÕÅÈý")]),
    "S6 GB18030 by its name": ("from read_csv('gb.csv', encoding = 'gb18030')", None),
    "S7 big-endian UTF-16 is no rows": ("from read_csv('big.csv', encoding = 'utf-16')", []),
    "S9 a broken line is an empty row": (
        "from read_json('broken.jsonl', columns = {'n': 'VARCHAR'}, ignore_errors = true, format = 'nd')",
        [("1",), (None,), ("3",)],
    ),
    "S15 a number of days and months is guessed": ("from 'day.csv'", [(date(2001, 2, 21),)]),
    "NUL in a cell": ("from read_csv('nul.csv', header = true)", [(1, "x\0y")]),
    "an empty file has a column": ("select column_name from (describe from 'empty.csv')", [("column0",)]),
    "empty quotes are nothing": ("from 'nothing.csv'", [(1, None), (2, None)]),
}


@pytest.mark.parametrize("name", READS)
def test_duckdb_reads_files_in_its_own_way(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for file, data in FILES.items():
        (tmp_path / file).write_bytes(data)
    monkeypatch.chdir(tmp_path)
    statement, expected = READS[name]
    with duckdb.connect() as connection:
        if expected is None:
            with pytest.raises(duckdb.Error):
                connection.execute(statement)
        else:
            assert connection.execute(statement.replace("'nd'", "'newline_delimited'")).fetchall() == expected


def test_duckdb_reads_rare_characters_of_utf16_since_2_0_1(tmp_path: Path) -> None:
    (tmp_path / "rare.csv").write_bytes(FILES["rare.csv"])
    query = f"from read_csv('{tmp_path / 'rare.csv'}', encoding = 'utf-16')"
    if duckdb.__version__ == "2.0.0":
        with pytest.raises(duckdb.Error):
            duckdb.connect().execute(query)
    else:
        assert duckdb.connect().execute(query).fetchall() == [(1, "𬱖")]


EXPRESSIONS: dict[str, str] = {
    # S13: what is not exact
    "typeof(avg(1.00::decimal(18, 2)))": "DOUBLE",
    "typeof(1.00::decimal(18, 2) / 2)": "DOUBLE",
    "typeof(1.00::decimal(18, 2) + 1::double)": "DOUBLE",
    "typeof(sum(1.00::decimal(18, 2)))": "DECIMAL(38,2)",
    "typeof(sum(1::bigint))": "HUGEINT",
    "7.0 // 2": "3.5",
    "-7 // 2": "-3",
    "1 / 0": "inf",
    "cast(2.5 as int)": "3",
    "cast(2.5::double as int)": "2",
    "'1.23456'::decimal": "1.235",
    # S15: what is read in silence
    "'1.005'::bigint": "1",
    "'7_000'::bigint": "7000",
    "'0x10'::bigint": "16",
    "'1e400'::double": "inf",
    "'infinity'::date": "infinity",
    "'21-7-1'::date": "0021-07-01",
    "'2021/7/1 8:30'::date": "2021-07-01",
}


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_duckdb_computes_in_its_own_way(expression: str) -> None:
    found = duckdb.connect().execute(f"select ({expression})::varchar").fetchall()
    assert found == [(EXPRESSIONS[expression],)]


def test_duckdb_rounds_a_mean_of_decimals_by_its_double() -> None:
    query = "select round(avg(x), 2)::varchar from (values (1.00::decimal(18, 2)), (1.01)) t(x)"
    assert duckdb.connect().execute(query).fetchall() == [("1.0",)]  # by hand: 1.005, so 1.01


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes and links")
def test_duckdb_writes_over_modes_and_links(tmp_path: Path) -> None:
    private, target, link = tmp_path / "private.csv", tmp_path / "target.csv", tmp_path / "link.csv"
    private.write_text("x", "utf-8")
    private.chmod(0o600)
    target.write_text("x", "utf-8")
    link.symlink_to(target)
    for path in (private, link):
        duckdb.connect().execute(f"copy (select 1) to '{path}'")
    assert private.stat().st_mode & 0o777 != 0o600
    assert (link.is_symlink(), target.read_text("utf-8")) == (False, "x")


def test_duckdb_takes_variables_for_tables() -> None:
    pandas = pytest.importorskip("pandas")
    members = pandas.DataFrame({"a": [1]})
    assert duckdb.connect().execute("from members").fetchall() == [(1,)]
    with pytest.raises(duckdb.Error):
        duckdb.connect(config={"python_enable_replacements": "false"}).execute("from members")
    assert len(members) == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [("<v>0</v>", ""), ('<c r="A1"><f>1/0</f><v>0</v>', '<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v>')],
)
def test_calamine_gives_nothing_for_an_error_and_for_an_unknown_value(old: str, new: str) -> None:
    data = rebuilt(workbook([["=1/0", "x"]]), SHEET, old, new)
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert book.get_sheet_by_index(0).to_python(skip_empty_area=False) == [["", "x"]]


FAR_CELL = """
import io, resource, sys, python_calamine
resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read())).get_sheet_by_index(0)
"""


@pytest.mark.skipif(os.name == "nt", reason="the limit that keeps the machine alive is of POSIX")
def test_calamine_ends_the_program_over_a_far_cell() -> None:
    data = rebuilt(workbook([["x"]]), SHEET, "</sheetData>", FAR)
    done = subprocess.run([sys.executable, "-c", FAR_CELL], input=data, capture_output=True, check=False, timeout=60)
    assert done.returncode < 0


def test_gb18030_still_has_the_private_characters() -> None:
    assert b"\xfe\x59".decode("gb18030") == "\ue81e"


def test_the_second_encoding_takes_a_cut_file() -> None:
    assert "姓名,张三丰".encode()[:-1].decode("gb18030")


def test_csv_swallows_the_rest_unless_it_is_strict() -> None:
    assert len(list(csv.reader(io.StringIO('a,"b\nc,d\n')))) == 1


def test_json_takes_repeated_keys_and_half_characters() -> None:
    assert json.loads('{"a": 1, "a": "\\ud800"}') == {"a": "\ud800"}


def test_splitlines_splits_too_much() -> None:
    assert len("a\u2028b\x85c".splitlines()) == 3
