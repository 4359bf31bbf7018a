"""What libraries do to other people's files, and why our readers do it themselves (reliability 1).

A failure here is good news: a guard may have become needless. Look at it before taking it away.
"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import duckdb
import pytest
import python_calamine

from tests.inputs.reading import workbook
from tests.inputs.test_xlsx import SHEET, rebuilt


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


@pytest.mark.parametrize(
    ("old", "new"),
    [("<v>0</v>", ""), ('<c r="A1"><f>1/0</f><v>0</v>', '<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v>')],
)
def test_calamine_gives_nothing_for_an_error_and_for_an_unknown_value(old: str, new: str) -> None:
    data = rebuilt(workbook([["=1/0", "x"]]), SHEET, old, new)
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert book.get_sheet_by_index(0).to_python(skip_empty_area=False) == [["", "x"]]


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
