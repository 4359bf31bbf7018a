"""Workbooks: what a spreadsheet reads back, and that texts stay texts."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from python_calamine import CalamineWorkbook

from pointscli.model.problem import UsageError
from pointscli.model.table import Cell, Column, Table
from pointscli.outputs.formats import file_bytes
from pointscli.outputs.look import Look
from pointscli.outputs.outcomes import Outcomes
from pointscli.outputs.page import Block, Page
from pointscli.outputs.tables import Result
from pointscli.outputs.xlsx_format import render, render_page
from tests.outputs.sample import MEMBERS, table, tally

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheets(data: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    return {name: [list(row) for row in book.get_sheet_by_name(name).to_python()] for name in book.sheet_names}


def parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def xml(data: bytes, part: str) -> ET.Element:
    return ET.fromstring(parts(data)[f"xl/{part}.xml"])  # noqa: S314  (we wrote it)


def rows(result: Result, look: Look | None = None) -> list[list[object]]:
    return next(iter(sheets(render(result, look or Look())).values()))


def test_a_tally_has_scores_and_outcomes() -> None:
    found = sheets(file_bytes("xlsx", tally(derived=True), Look()))
    assert list(found) == ["积分", "评定结果"]
    title, mark, facts, head, *body = found["积分"]
    assert title[0] == "国有企业党员积分管理办法  2021年第三季度"
    assert str(mark[0]).startswith("未定稿")
    assert str(facts[0]).startswith("方案 state-enterprise  版本 2021")
    assert " ".join(map(str, head)) == (
        "名次 编号 姓名 支部 党小组 类别 基础分 履职分 贡献加分 纪律扣分 归一化 总分 等次 星级 结果"
    )
    assert [row[1] for row in body[:10]] == [member[1] for member in MEMBERS]
    assert [row[0] for row in body[10:]] == [
        "",
        "免考：ئايگۈل（长期病假）",
        "异议待处理：欧阳娜娜（1 条）、古丽·阿卜杜热合曼（2 条）",
    ]
    assert body[0][6:] == [60.0, 25.0, 12.5, 0.0, 5.0, 97.5, "优秀", 5.0, "五星党员、表彰"]
    assert found["评定结果"][3][:4] == ["结果", "评比范围", "编号", "姓名"]
    assert len(found["评定结果"]) == 4 + 3 + 2 + 2 + 3


def test_only_the_outcomes_and_ids() -> None:
    assert list(sheets(render(Outcomes(tally()), Look()))) == ["评定结果"]
    assert list(sheets(render(replace(tally(), outcomes=()), Look(language="en")))) == ["Scores"]
    head = rows(tally(), Look(ids=True))[3]
    assert head[:3] + head[-1:] == ["rank", "member", "name", "outcomes"]
    assert rows(Outcomes(tally()), Look(ids=True))[3][0] == "outcome"


def test_a_filtered_listing_has_only_its_members() -> None:
    some = replace(tally(), listed=frozenset({"M001", "M009"}))
    found = sheets(render(some, Look()))
    assert [row[1] for row in found["积分"][4:6]] == ["M001", "M009"]
    assert {row[2] for row in found["评定结果"][4:]} == {"M001", "M009"}


def test_where_members_are_ranked_is_said_if_it_is_no_branch() -> None:
    standings = tuple(replace(one, group="在职") for one in tally().standings)
    assert rows(replace(tally(), standings=standings))[3][:3] == ["名次", "评比范围", "编号"]


NUMBERS: dict[str, tuple[Cell, str, str]] = {
    "two places": (Decimal("97.50"), "97.5", "0.00"),
    "one place": (Decimal("-105.5"), "-105.5", "0.0"),
    "no place": (Decimal(100), "100", "0"),
    "as it is, not as binary": (Decimal("0.30"), "0.3", "0.00"),
    "fifteen digits": (Decimal("9999999999999.99"), "9999999999999.99", "0.00"),
    "minus nothing": (Decimal("-0.00"), "0", "0.00"),
}


@pytest.mark.parametrize(("cell", "written", "form"), NUMBERS.values(), ids=NUMBERS)
def test_a_number_is_a_number(cell: Cell, written: str, form: str) -> None:
    data = render(table(("a", cell, 1)), Look())
    sheet, styles = xml(data, "worksheets/sheet1"), xml(data, "styles")
    cells = {one.get("r"): one for one in sheet.iter(f"{MAIN}c")}
    assert cells["B3"].get("t") is None
    assert cells["B3"].findtext(f"{MAIN}v") == written
    style = styles.findall(f"{MAIN}cellXfs/{MAIN}xf")[int(cells["B3"].get("s", "0"))].get("numFmtId", "")
    named = {one.get("numFmtId"): one.get("formatCode") for one in styles.iter(f"{MAIN}numFmt")}
    assert {"1": "0", "2": "0.00", **named}[style] == form


def test_a_number_too_long_for_a_spreadsheet_stays_exact() -> None:
    assert rows(table(("a", Decimal("12345678901234567.89"), 1)))[2][1] == "12345678901234567.89"


TEXTS = {
    "=1+1": "=1+1",
    "+86": "+86",
    "@SUM(A1)": "@SUM(A1)",
    "{=1+1}": "{=1+1}",
    "http://example.org": "http://example.org",
    "mailto:a@b": "mailto:a@b",
    "0012": "0012",
    "<script>": "<script>",
    "<r><t>x</t></r>": " <r><t>x</t></r>",
    "_x0041_": "_x0041_",
    "a\x00\x1b\u202e\ud800b": "ab",
    "行一\n行二": "行一\n行二",
    "&P": "&P",
}


@pytest.mark.parametrize(("given", "read"), TEXTS.items())
def test_a_text_is_a_text(given: str, read: str) -> None:
    data = render(replace(table((given, None, 1)), title=given, marks=(given,)), Look())
    found = parts(data)
    assert next(iter(sheets(data).values()))[-1][0] == read
    sheet = found["xl/worksheets/sheet1.xml"]
    assert not re.search(r"<f>|<f |hyperlink", sheet)
    assert "&amp;P / &amp;N" in sheet
    last = re.findall(r'<c r="A4"[^>]*>', sheet)
    assert last == [re.search(r'<c r="A4" s="\d+" t="s">', sheet)[0]]  # type: ignore[index]


def test_what_looks_like_a_formula_stays_text_when_edited() -> None:
    assert 'quotePrefix="1"' in parts(render(table(("=1+1", None, 1)), Look()))["xl/styles.xml"]
    assert "quotePrefix" not in parts(render(table(("张三", None, 1)), Look()))["xl/styles.xml"]


def test_it_prints_on_a4_with_titles_on_every_page() -> None:
    found = parts(render(tally(), Look()))
    sheet = found["xl/worksheets/sheet1.xml"]
    assert 'paperSize="9"' in sheet
    assert 'fitToHeight="0"' in sheet
    assert 'orientation="landscape"' in sheet
    assert '<pane xSplit="3" ySplit="4" topLeftCell="D5"' in sheet
    assert "'积分'!$4:$4" in found["xl/workbook.xml"].replace("积分!$4", "'积分'!$4")
    assert "landscape" not in parts(render(table(("a", None, 1)), Look()))["xl/worksheets/sheet1.xml"]


def test_chinese_is_twice_as_wide() -> None:
    data = render(table(("政治思想和组织纪律", None, 1), ("abcdefghi", None, 1)), Look())
    widths = [round(float(one.get("width", "0"))) for one in xml(data, "worksheets/sheet1").iter(f"{MAIN}col")]
    assert widths[0] == 21


def test_the_same_result_gives_the_same_bytes() -> None:
    assert render(tally(), Look()) == render(tally(), Look())
    assert "2021-09-30T00:00:00Z" in parts(render(tally(), Look()))["docProps/core.xml"]
    assert "1980-01-01T00:00:00Z" in parts(render(table(("a", None, 1)), Look()))["docProps/core.xml"]


NAMES = {
    "a/b\\c:d*e?f[g]": "a b c d e f g",
    "'quoted'": "quoted",
    "History": "积分",
    "": "积分",
    "x\u202e": "x<U+202E>",
    "长" * 40: "长" * 31,
}


@pytest.mark.parametrize(("title", "name"), NAMES.items())
def test_names_of_sheets(title: str, name: str) -> None:
    assert list(sheets(render(replace(table(("a", None, 1)), title=title), Look()))) == [name]


def test_several_tables_are_several_sheets() -> None:
    gifts = Table("", (Column("gift", "礼品"),), (("毛巾",),))
    blocks = (
        Block("张伟", ("余 3",), gifts),
        Block("张伟", (), gifts),
        Block("古丽", (), Table("", gifts.columns, ())),
    )
    found = sheets(render_page(Page(("积分登记表",), (), ("未定稿",), blocks), Look(), date(2021, 9, 30)))
    assert list(found) == ["张伟", "张伟-2", "古丽"]
    assert [row[0] for row in found["张伟"]] == ["积分登记表  张伟  余 3", "未定稿", "礼品", "毛巾"]
    assert [row[0] for row in found["古丽"]][-1] == "没有可列出的内容"


def test_what_a_workbook_cannot_hold_is_said() -> None:
    with pytest.raises(UsageError, match="larger than a workbook can hold"):
        render(table(("长" * 40_000, None, 1)), Look())
