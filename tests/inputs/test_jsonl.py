"""JSONL (reliability 3.5)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pointscli.inputs.headers import EVENTS
from pointscli.inputs.table import read_table
from tests.inputs.reading import errors, read, rows, said, warnings

GOOD = '{"date": "2021-07-01", "member": "M1", "item": "x"}\n'


def line(**values: object) -> str:
    return json.dumps({"date": "2021-07-01", "member": "M1", "item": "x", **values}, ensure_ascii=False) + "\n"


@pytest.mark.parametrize(
    ("written", "cell"),
    [
        ("1.005", "1.005"),
        ("0.285", "0.285"),
        ("1.10", "1.10"),
        ("1e3", "1e3"),
        ("-0", "-0"),
        ("9" * 5000, "9" * 5000),
        ("true", "true"),
        ("false", "false"),
        ("null", ""),
        ('"５"', "５"),
        ('"a\\u2028b"', "a\u2028b"),
        ('"\\ud83d\\ude00"', "😀"),
    ],
)
def test_values_are_the_text_of_the_file(written: str, cell: str) -> None:
    assert rows(GOOD[:-2] + f', "quantity": {written}}}\n', "e.jsonl")[0][3] == cell


def test_keys_may_come_in_any_order_and_be_missing() -> None:
    table, problems = read(GOOD + '{"item":"y","extra":"z","member":"M2","date":"2021-07-02"}\n\n' + GOOD, "e.jsonl")
    assert table is not None
    assert table.columns == ("date", "member", "item", "extra")
    assert table.rows[1] == ["2021-07-02", "M2", "y", "z"]
    assert (list(table.lines), table.read, table.blank) == ([1, 2, 4], 4, 1)
    assert not problems


def test_keys_that_come_later_are_empty_before() -> None:
    table, _ = read(GOOD + line(reason="a") + line(evidence="b") + line(reason="c"), "e.jsonl")
    assert table is not None
    assert [row[3:] for row in table.rows] == [["", ""], ["a", ""], ["", "b"], ["c", ""]]
    assert {len(row) for row in table.rows} == {5}


def test_a_repeated_key_is_named() -> None:
    _, problems = read(GOOD + '{"date": 1, "item": 2, "date": 3}\n', "e.jsonl")
    assert [dict(one.args)["key"] for one in problems] == ["date"]
    _, problems = read(GOOD + '{"date": 1, "item": 2, "item": 3}\n', "e.jsonl")
    assert [dict(one.args)["key"] for one in problems] == ["item"]


def test_half_a_character_is_shown_as_unknown() -> None:
    _, problems = read(GOOD + line(reason="x").replace("reason", "re\\ud800on"), "e.jsonl")
    assert [dict(one.args)["key"] for one in problems] == ["re\ufffdon"]


def test_a_thousand_keys_are_the_most() -> None:
    keys = "".join(line(**{f"k{number}": "1"}) for number in range(997))
    table, problems = read(keys, "e.jsonl")
    assert table is not None
    assert len(table.columns) == 1000
    assert "too-many-columns" not in [one.name for one in problems]
    table, problems = read(keys + line(k998="1"), "e.jsonl")
    assert table is None
    assert [(one.name, dict(one.args)) for one in problems] == [("too-many-columns", {"count": "1001"})]
    assert [(one.message, one.hint) for one in problems] == [
        ("the file has {count} different keys or more", "use the same keys in every line")
    ]
    _, problems = read("{}\n", "e.jsonl")
    assert [(one.message, one.hint) for one in problems] == [
        ("the file has no records", "write at least one, or delete the file")
    ]


def test_the_encoding_is_told() -> None:
    table, _ = read(GOOD.encode(), "e.jsonl")
    assert table is not None
    assert table.encoding == "utf-8"


def test_a_line_separator_inside_a_text_splits_nothing() -> None:
    table, _ = read(line(reason="a\u2028b\u0085c") + GOOD, "e.jsonl")
    assert table is not None
    assert list(table.lines) == [1, 2]


def test_byte_order_mark_and_crlf() -> None:
    assert rows(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode() * 2, "e.jsonl") == rows(GOOD * 2, "e.jsonl")


BROKEN = {
    "no JSON": ("{date: 1}\n", ["bad-json 2:2"]),
    "cut": (GOOD[:20] + "\n", ["bad-json 2:10"]),
    "text after the object": (GOOD[:-1] + " x\n", ["bad-json 2:53"]),
    "repeated key": ('{"date": 1, "item": 2, "date": 3}\n', ["duplicate-key 2:10"]),
    "list as value": ('{"date": "2021-07-01", "member": ["M1"]}\n', ["nested-value 2:34"]),
    "object as value": ('{"member": {"a": 1}}\n', ["nested-value 2:12"]),
    "no object": ('"x"\n5\nnull\n', ["not-an-object 2:0", "not-an-object 3:0", "not-an-object 4:0"]),
    "NaN": (GOOD[:-2] + ', "quantity": NaN}\n', ["bad-json 2:0"]),
    "Infinity": (GOOD[:-2] + ', "quantity": -Infinity}\n', ["bad-json 2:0"]),
    "half a character": (line(reason="x").replace("x", "\\ud800"), ["half-character 2:48"]),
    "a raw control character": (line(reason="x").replace('"x"}', '"\x01"}'), ["bad-json 2:64"]),
    "an escaped control character in a name": (line(member="M\x00"), ["control-character 2:34"]),
    "deep": ("[" * 100_000 + "\n", ["nested-value 2:0"]),
    "long": (line(reason="x" * (1024 * 1024)), ["long-line 2:0"]),
    "required key missing": ('{"date": "2021-07-01", "item": "x"}\n', ["missing-value 2:1"]),
    "required value empty": ('{"date": "2021-07-01", "member": " ", "item": "x"}\n', ["missing-value 2:34"]),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_lines_are_named_and_the_rest_is_read(name: str) -> None:
    data, findings = BROKEN[name]
    table, problems = read(GOOD + data + GOOD, "e.jsonl")
    assert sorted(said(problems)) == findings
    assert table is not None
    assert len(table.rows) == 2
    assert table.rejected == len(findings)


def test_a_cut_off_end_is_warned_of() -> None:
    assert warnings(GOOD + GOOD[:-1], "e.jsonl") == ["unfinished-line 2:0"]


def test_blanks_at_the_end_are_a_blank_line() -> None:
    table, problems = read(GOOD + " \t", "e.jsonl")
    assert table is not None
    assert (len(table.rows), table.blank, problems) == (1, 1, [])


@pytest.mark.parametrize(
    ("data", "findings"),
    [
        ("[" + GOOD.strip() + "]\n", ["not-an-object 1:0"]),
        ("\n [" + GOOD.strip() + "]\n", ["not-an-object 1:0"]),
        ("{}\n{}\n", ["empty-file 1:0"]),
        ("", ["empty-file 0:0"]),
        ('{"date": "2021-07-01", "dat": 1, "item": "x"}\n', ["missing-column 0:0"]),
        ("".join(f'{{"k{i}": 1}}\n' for i in range(1100)), ["too-many-columns 0:0"]),
    ],
)
def test_whole_files(data: str, findings: list[str]) -> None:
    assert errors(data, "e.jsonl") == findings


def test_places_of_values(tmp_path: Path) -> None:
    path = tmp_path / "e.jsonl"
    path.write_text(GOOD + '{"党员": "a: \\"item\\"", "quantity" :  7, "日期": "2021-07-01", "事项": "x"}\n', "utf-8")
    path.write_text(path.read_text("utf-8").split("\n", 1)[1], "utf-8")
    table, _ = read_table(path, "e.jsonl", EVENTS)
    assert table is not None
    assert [table.place(0, name).column for name in ("member", "quantity", "date")] == [8, 37, 46]
    assert table.record_place(0).line == 1
