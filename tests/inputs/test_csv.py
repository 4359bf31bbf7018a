"""CSV: delimiters, quotation marks, line ends, fields (reliability 3.2)."""

from __future__ import annotations

from pathlib import Path

import pytest

from pointscli.inputs.csv_file import read_records
from pointscli.inputs.headers import EVENTS
from pointscli.inputs.table import column_of, read_table
from tests.inputs.reading import HEADER, ROW, errors, read, rows, said, warnings

PLAIN = [["E1", "2021-07-01", "M1", "x", "1", "a"], ["E2", "2021-07-02", "M2", "y", "2", "b"]]
LINES = [HEADER.strip().split(","), *PLAIN]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=repr)
@pytest.mark.parametrize("delimiter", [",", "\t", ";"], ids=repr)
def test_delimiters_and_line_ends(delimiter: str, end: str) -> None:
    assert rows(end.join(delimiter.join(line) for line in LINES) + end) == PLAIN


ACCEPTED = {
    "mixed line ends": ("id,date,member,item\rE1,2021-07-01,M1,x\r\nE2,2021-07-02,M2,y\n", [2, 3]),
    "no line end at the end": ("id,date,member,item\nE1,2021-07-01,M1,x", [2]),
    "quoted line break": ('id,date,member,item,reason\nE1,2021-07-01,M1,x,"a\nb"\nE2,2021-07-02,M2,y,\n', [2, 4]),
    "quoted header": ('"id","date","member","item"\nE1,2021-07-01,M1,x\n', [2]),
    "a quote inside a plain cell is text": ('id,date,member,item\nE1,2021-07-01,M1,x"y"z\n', [2]),
    "blank lines": ("id,date,member,item\n\nE1,2021-07-01,M1,x\n , , ,\n\nE2,2021-07-02,M2,y\n", [3, 6]),
    "title above the header": ("三季度登记表,,,\n\n日期,党员,事项\n2021-07-01,张三,x\n", [4]),
    "columns in another order": ("item,member,date\nx,M1,2021-07-01\n", [2]),
    "a semicolon in a comma file": ("date,member,item\n2021-07-01,M1;M2,x\n", [2]),
    "line separator U+2028 does not split": ("date,member,item\n2021-07-01,M1,x\u2028y\n", [2]),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_accepted(name: str) -> None:
    data, lines = ACCEPTED[name]
    table, problems = read(data)
    assert table is not None
    assert not said(problems)
    assert list(table.lines) == lines


REFUSED = {
    "unclosed quote": (HEADER + ROW + 'E2,2021-07-02,"M2,y,1,\nE3,2021-07-03,M3,z,1,\n', ["unclosed-quote 3:0"]),
    "unclosed quote before a long rest": (HEADER + 'E2,2021-07-02,"M2,y,1,\n' + ROW * 9000, ["unclosed-quote 2:0"]),
    "text after a quote": (HEADER + 'E1,2021-07-01,"M1"x,x,1,\n' + ROW, ["text-after-quote 2:19"]),
    "text after a later quote": (HEADER + '"E""1",2021-07-01,"M1"x,x,1,\n' + ROW, ["text-after-quote 2:23"]),
    "two broken records": (HEADER + 'E1,"a"b\nE2,"a"b\n' + ROW, ["text-after-quote 2:7", "text-after-quote 3:7"]),
    "a quote that swallows lines": (HEADER + 'E1,2021-07-01,"M1,x\nE2,2021-07-02,"M2,y\n', ["text-after-quote 3:16"]),
    "too few fields": (HEADER + "E1,2021-07-01,M1,x\n" + ROW, ["too-few-fields 2:18"]),
    "too many fields": (HEADER + "E1,2021-07-01,M1,x,1,a,b\n" + ROW, ["too-many-fields 2:24"]),
    "over-long cell": (HEADER + f"E1,2021-07-01,M1,x,1,{'a' * 131073}\n" + ROW, ["long-cell 2:0"]),
    "empty required cells": (HEADER + "E1,,M1, ,1,\n", ["missing-value 2:4", "missing-value 2:8"]),
    "empty cell after a quoted line break": (
        'reason,date,member,item\n"a\nb",,M1,x\n',
        ["missing-value 3:4"],
    ),
    "full-width commas": ("编号，日期，党员，事项\nE1，2021-07-01，张三，x\n", ["full-width-comma 1:0"]),
    "no header": ("E1,2021-07-01,M1,x\n", ["no-header 1:0"]),
    "header below the tenth line": ("标题\n" * 10 + HEADER + ROW, ["no-header 1:0"]),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    data, findings = REFUSED[name]
    assert errors(data) == findings


@pytest.mark.parametrize("name", ["text after a quote", "too few fields", "too many fields", "over-long cell"])
def test_a_bad_record_does_not_hide_the_next(name: str) -> None:
    table, _ = read(REFUSED[name][0])
    assert table is not None
    assert (table.read, table.rejected, len(table.rows)) == (2, 1, 1)


def test_trailing_empty_fields_are_cut() -> None:
    assert rows("date,member,item\n2021-07-01,M1,x,,\n") == [["2021-07-01", "M1", "x"]]


def test_empty_quotes_are_empty_and_null_is_text() -> None:
    assert rows('date,member,item,reason\n2021-07-01,M1,"x",""\n2021-07-01,M1,x,NULL\n') == [
        ["2021-07-01", "M1", "x", ""],
        ["2021-07-01", "M1", "x", "NULL"],
    ]


TOTALS = {
    "合计": "合计,,,,3,\n",
    "小计 in the middle": "小计,,,,3,\n" + ROW,
    "short total": "合计,3\n",
    "blanks inside": "合 计：,,,,3,\n",
    "signature": "制表人：张三,,,,,\n",
    "after an empty cell": ",,,合计,3,\n",
}


@pytest.mark.parametrize("name", TOTALS)
def test_total_lines_are_excluded_and_said(name: str) -> None:
    table, problems = read(HEADER + ROW + TOTALS[name])
    assert table is not None
    assert table.excluded == 1
    assert said(problems, None) == ["total-row 3:4" if name == "after an empty cell" else "total-row 3:1"]


@pytest.mark.parametrize("row", ["总分以外,,,,3,\n", "合计3人,,,,,\n"])
def test_what_is_not_on_the_list_is_rejected(row: str) -> None:
    table, _ = read(HEADER + ROW + row)
    assert table is not None
    assert (table.excluded, table.rejected) == (0, 1)


def test_a_full_row_is_never_a_total() -> None:
    assert len(rows(HEADER + "合计,2021-07-01,M1,x,1,\n")) == 1


CONTROL = {
    "escape": ("M\x1b1", ["control-character 2:15"], []),
    "bidi": ("M\u202e1", ["control-character 2:15"], []),
    "c1": ("M\x9b1", ["control-character 2:15"], []),
    "zero width": ("M\u200b1", [], ["invisible-character 2:15"]),
    "byte order mark inside": ("M\ufeff1", [], ["invisible-character 2:15"]),
    "both kinds in a cell": ("M\x1b\u200b1", ["control-character 2:15"], []),
}


@pytest.mark.parametrize("name", CONTROL)
def test_characters_that_cannot_be_seen(name: str) -> None:
    member, wrong, warned = CONTROL[name]
    data = HEADER + f"E1,2021-07-01,{member},x,1,\n"
    assert errors(data) == wrong
    assert [w for w in warnings(data) if w != "no-records 1:0"] == warned


def test_notes_may_hold_anything() -> None:
    assert rows(HEADER + "E1,2021-07-01,M1,x,1,a\x1bb\u202ec\n")[0][-1] == "a\x1bb\u202ec"


PLACES = {"id": (2, 1), "date": (2, 4), "member": (2, 15), "item": (3, 5), "quantity": (3, 12), "reason": (3, 14)}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("column", PLACES)
def test_places_of_cells(tmp_path: Path, column: str, encoding: str) -> None:
    path = tmp_path / "places.csv"
    path.write_bytes((HEADER + 'E1,2021-07-01,"张三\r\n李四",主题""党日,1,\n').encode(encoding))
    table, _ = read_table(path, "places.csv", EVENTS)
    assert table is not None
    place = table.place(0, column)
    assert (place.line, place.column) == PLACES[column]
    assert column_of(table, 0, column) == place.column
    assert table.record_place(0).line == 2


def test_a_file_that_is_gone_still_has_field_numbers(tmp_path: Path) -> None:
    path = tmp_path / "gone.csv"
    path.write_text(HEADER + ROW, "utf-8")
    table, _ = read_table(path, "gone.csv", EVENTS)
    path.unlink()
    assert table is not None
    assert (table.place(0, "item").line, table.place(0, "item").column) == (2, 4)


def test_a_file_that_was_changed_still_has_field_numbers(tmp_path: Path) -> None:
    """It is written while its cells are looked for: a quotation mark is open."""
    path = tmp_path / "changed.csv"
    path.write_text(HEADER + ROW, "utf-8")
    table, _ = read_table(path, "changed.csv", EVENTS)
    path.write_text(HEADER + 'E1,"2021', "utf-8")
    assert table is not None
    assert [(table.place(0, name).line, table.place(0, name).column) for name in ("date", "item")] == [(2, 4), (2, 4)]


CAREFUL: dict[str, tuple[str, str, list[list[str]], list[str], bool]] = {
    "another delimiter": ('a;b\n"x;y";z\n', ";", [["a", "b"], ["x;y", "z"]], [], False),
    "a line break of Windows in a cell": ('a,b\n"x\r\ny",z\n', ",", [["a", "b"], ["x\r\ny", "z"]], [], False),
    "line breaks of old": ('a,b\r"x",z\r', ",", [["a", "b"], ["x", "z"]], [], False),
    "open in the last line": ('a,b\nx,y\n"z', ",", [["a", "b"], ["x", "y"]], ["unclosed-quote"], True),
    "open to the end": ('a,b\n"x,y\nz,w\n', ",", [["a", "b"]], ["unclosed-quote"], True),
    "a text after a quote": ('a,b\n"x"y,z\nu,v\n', ",", [["a", "b"], ["u", "v"]], ["text-after-quote"], False),
    "a text after a quote of two lines": ('a,b\n"x\nx"y,z\nu,v\n', ",", [["a", "b"]], ["text-after-quote"], True),
}


@pytest.mark.parametrize("name", CAREFUL)
def test_records_with_quotes(name: str) -> None:
    text, delimiter, expected, problems, lost = CAREFUL[name]
    found = read_records(text, delimiter, "e.csv")
    assert (found.rows, [one.name for one in found.problems], found.lost) == (expected, problems, lost)


def test_a_text_after_a_quote_is_shown_by_its_beginning() -> None:
    (problem,) = read_records(f'a,b\n"x"{"y" * 30},z\n', ",", "e.csv").problems
    assert dict(problem.args) == {"value": "y" * 20}
