from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest

from pointscli.outputs.csv_format import render
from pointscli.outputs.formats import file_bytes
from pointscli.outputs.look import Look
from tests.outputs.sample import MEMBERS, table, tally


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def test_round_trip() -> None:
    rows = read(render(tally(derived=True), Look()))
    titles = "名次 编号 姓名 支部 党小组 类别 基础分 履职分 贡献加分 纪律扣分 归一化 总分 等次 星级 结果"
    assert " ".join(rows[0]) == titles
    assert [row[1] for row in rows[1:]] == [member[1] for member in MEMBERS]
    assert " ".join(rows[1][5:]) == "正式党员 60.00 25.00 12.50 0.00 5.00 97.50 优秀 5 five_star;commended"
    assert rows[10][0] == ""


def test_ids() -> None:
    head, first, *_ = read(render(tally(), Look(ids=True)))
    assert head == [
        *("rank", "member", "name", "branch", "group", "kind", "base", "duty", "contribution", "discipline"),
        *("score", "grade", "stars", "outcomes"),
    ]
    assert first[5] == "full"


def test_a_file_has_bom_and_crlf() -> None:
    data = file_bytes("csv", tally(), Look())
    assert data.startswith(b"\xef\xbb\xbf\xe5")
    assert data.count(b"\r\n") == data.count(b"\n") == len(MEMBERS) + 1
    assert "\ufeff" not in render(tally(), Look())


INJECTIONS = {
    "=1+1": "'=1+1",
    "+86 10": "'+86 10",
    "-1": "'-1",
    "@SUM(A1)": "'@SUM(A1)",
    "  =1": "'  =1",
    "\u3000=1": "'\u3000=1",
    "\u200b=1": "'\u200b=1",
    "\t=1": "'\t=1",
    "\r=1": "'\r=1",
    "\n=1": "'\n=1",
    "\x1b=1": "'=1",
    "\u202e=1": "'=1",
    "＝1": "'＝1",
    "－1": "'－1",
    "＠a": "'＠a",
    "a=1": "a=1",
    "张三": "张三",
    "'=1": "'=1",
    'a"b,c;d\ne\rf': 'a"b,c;d\ne\rf',
    " 空 格 ": " 空 格 ",
    "nul\0\x7f\x85\u202e\ud800": "nul",
    "": "",
}


@pytest.mark.parametrize(("given", "expected"), INJECTIONS.items())
@pytest.mark.parametrize("to_file", [False, True])
def test_injection(given: str, expected: str, *, to_file: bool) -> None:
    text = render(table((given, Decimal("-5.50"), -3)), Look(to_file=to_file)).removeprefix("\ufeff")
    assert read(text)[1] == [expected, "-5.50", "-3"]
    assert text.rstrip().endswith(",-5.50,-3")
