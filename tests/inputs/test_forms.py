"""Declaration forms and the office's own sheets: what is a record in them, what is not, and where everything stands."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from pointscli.inputs.form import COLUMNS, Filling, Form, item_words, read_form
from pointscli.inputs.form_captions import read_captions
from pointscli.inputs.form_rows import Pile
from pointscli.inputs.form_sheets import FormOptions
from pointscli.inputs.form_words import Headings, field_named
from pointscli.model.problem import Problem, Severity
from tests.inputs.reading import check_templates, said

HEAD: list[Any] = ["序号", "姓名", "日期", "项目", "级次", "分值", "事由"]
ROW: list[Any] = [1, "张三", "2021-07-01", "志愿活动", "县级", 2, "清扫"]
Change = Callable[[Any, Any], object]
Rows = Sequence[Sequence[Any]]


def book(rows: Rows, change: Change | None = None, sheet: str = "申报表") -> bytes:
    """A workbook with one sheet, and then a change to it."""
    buffer = BytesIO()
    made = xlsxwriter.Workbook(buffer)
    page = made.add_worksheet(sheet)
    for number, row in enumerate(rows):
        for field, cell in enumerate(row):
            if cell is not None:
                page.write(number, field, cell)
    if change:
        change(made, page)
    made.close()
    return buffer.getvalue()


def text(rows: Rows) -> str:
    return "".join(",".join("" if cell is None else str(cell) for cell in row) + "\n" for row in rows)


def read(
    folder: Path,
    data: bytes | str,
    *,
    columns: Mapping[str, str] | None = None,
    values: Mapping[str, str] | None = None,
    items: Mapping[str, str] | None = None,
    known: Collection[str] = (),
    **options: Any,
) -> tuple[Form | None, list[Problem]]:
    """Read a form; its piles add up to its rows."""
    path = folder / options.pop("name", "f.csv" if isinstance(data, str) else "f.xlsx")
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    filling = Filling(values or {}, item_words(items or {}), known)
    form, problems = read_form(path, path.name, FormOptions(Headings(columns or {}), **options), filling)
    check_templates(problems)
    if form is not None:
        lines = [line for pile in form.piles.values() for line in pile]
        assert sorted(lines) == list(range(1, form.read + 1))
    return form, problems


def good(folder: Path, data: bytes | str, **options: Any) -> Form:
    form, problems = read(folder, data, **options)
    assert form is not None, problems
    assert said(problems) == []
    return form


def records(form: Form, *names: str) -> list[tuple[str, ...]]:
    places = [COLUMNS.index(name) for name in names]
    return [tuple(row[place] for place in places) for row in form.table.rows]


def other_piles(form: Form) -> dict[str, tuple[int, ...]]:
    return {str(pile): lines for pile, lines in form.piles.items() if lines and pile is not Pile.RECORD}


ABOVE: dict[str, tuple[Rows, dict[str, tuple[int, ...]]]] = {
    "nothing": ([HEAD, ROW], {"heading": (1,)}),
    "titles above": ([["七月申报表"], ["支部：一支部"], HEAD, ROW], {"title": (1, 2), "heading": (3,)}),
    "blank lines": ([[None], HEAD, ROW, [None], ROW], {"blank": (1, 4), "heading": (2,)}),
    "numbered blank lines": ([HEAD, ROW, [2], [3]], {"heading": (1,), "blank": (3, 4)}),
    "a total": ([HEAD, ROW, ["合计", None, None, None, None, 2]], {"heading": (1,), "total": (3,)}),
    "a total with a colon": ([HEAD, ROW, ["总计：2分"]], {"heading": (1,), "total": (3,)}),
    "a member's subtotal": ([HEAD, ROW, [None, "张三", None, "小计", None, 2]], {"heading": (1,), "total": (3,)}),
    "a total of the month": ([HEAD, ROW, [None, "本月合计", None, None, None, 2]], {"heading": (1,), "total": (3,)}),
    "signatures": (
        [HEAD, ROW, ["申报人签字：", None, None, None, "审核人："], ["支部意见：同意"], [None, None, "2021年7月31日"]],
        {"heading": (1,), "signature": (3, 4, 5)},
    ),
    "remarks": ([HEAD, ROW, ["备注：一式两份"], ["注：分值由小组认定"]], {"heading": (1,), "signature": (3, 4)}),
    "an opinion below its heading": ([HEAD, ROW, ["考评小组意见："], ["同意"]], {"heading": (1,), "signature": (3, 4)}),
    "a repeated heading": ([HEAD, ROW, HEAD, ROW], {"heading": (1, 3)}),
    "a section's title": ([HEAD, ["一、奉献分"], ROW], {"heading": (1,), "title": (2,)}),
    "a page's title": ([HEAD, ROW, ["七月申报表（续）"], HEAD, ROW], {"heading": (1, 4), "title": (3,)}),
    "labels that look like a heading": (
        [["姓名", "张三", "时间", "2021年7月"], HEAD, ROW],
        {"title": (1,), "heading": (2,)},
    ),
}


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@pytest.mark.parametrize("name", ABOVE)
def test_piles(name: str, kind: str, tmp_path: Path) -> None:
    rows, piles = ABOVE[name]
    padded = [[*row, *[None] * (len(HEAD) - len(row))] for row in rows]
    form = good(tmp_path, book(padded) if kind == "xlsx" else text(padded))
    assert other_piles(form) == piles
    assert set(records(form, "member", "date", "item", "level", "points", "reason")) == {
        ("张三", "2021-07-01", "志愿活动", "县级", "2", "清扫")
    }


NOT_DROPPED: dict[str, tuple[list[Any], str]] = {
    "no item": ([1, "张三", "2021-07-01", None, None, 2, "清扫"], "missing-value 申报表!D2"),
    "no member": ([1, None, "2021-07-01", "志愿活动", None, 2, "清扫"], "missing-value 申报表!B2"),
    "no date": ([1, "张三", None, "志愿活动", None, 2, "清扫"], "missing-value 申报表!C2"),
    "only a reason": ([1, None, None, None, None, None, "清扫"], "missing-value 申报表!C2"),
    "a total as a reason": ([1, "张三", None, "志愿活动", None, 2, "合计三次"], "missing-value 申报表!C2"),
    "a signature wall": ([1, None, "2021-07-01", "志愿活动", None, 2, "签名墙"], "missing-value 申报表!B2"),
    "an amount beside a remark": ([None, None, None, "备注说明一", None, 2, None], "missing-value 申报表!C2"),
}


@pytest.mark.parametrize("name", NOT_DROPPED)
def test_half_a_record_is_an_error(name: str, tmp_path: Path) -> None:
    row, first = NOT_DROPPED[name]
    _form, problems = read(tmp_path, book([HEAD, row]))
    assert first in said(problems)


HEADINGS = {
    "ids": (["member", "date", "item", "reason"], ("张三", "2021-07-01", "x", "why")),
    "titles": (["党员", "日期", "事项", "事由"], ("张三", "2021-07-01", "x", "why")),
    "usual words": (["申报人", "活动时间", "加分事项", "活动内容"], ("张三", "2021-07-01", "x", "why")),
    "blanks and stars": (["姓 名*", "日 期", "积分 项目", "事 由"], ("张三", "2021-07-01", "x", "why")),
    "a weak word": (["姓名", "日期", "项目", "备注说明"], ("张三", "2021-07-01", "x", "why")),
}


@pytest.mark.parametrize("name", HEADINGS)
def test_headings(name: str, tmp_path: Path) -> None:
    head, row = HEADINGS[name]
    assert records(good(tmp_path, text([head, row])), "member", "date", "item", "reason") == [row]


ITEMS = ("学时累计", "签名活动", "反邪教签名", "意见征集", "审核", "说明会", "注册志愿者", "第三季度小计时赛")


@pytest.mark.parametrize("item", ITEMS)
def test_items_that_sound_like_totals_and_signatures(item: str, tmp_path: Path) -> None:
    by_member = text([["姓名", "日期", "项目"], ["张三", "2021-07-01", item]])
    assert records(good(tmp_path, by_member), "item") == [(item,)]
    by_item = text([["申报人：张三", "", ""], ["项目", "日期", "事由"], [item, "2021-07-01", "x"]])
    assert records(good(tmp_path, by_item, known={item}), "item") == [(item,)]


def test_a_unit_in_a_heading(tmp_path: Path) -> None:
    form = good(tmp_path, text([["姓名", "日期", "项目", "时长（小时）"], ["张三", "2021-07-01", "x", "3.5"]]))
    assert records(form, "quantity") == [("3.5",)]


def test_the_better_heading_wins(tmp_path: Path) -> None:
    head, row = ["姓名", "日期", "项目", "说明", "事由"], ["张三", "2021-07-01", "x", "weak", "strong"]
    form = good(tmp_path, text([head, row]))
    assert records(form, "reason") == [("strong",)]
    assert form.unused == ("说明",)


def test_two_equal_headings_are_an_error(tmp_path: Path) -> None:
    head, row = ["姓名", "日期", "项目", "申报分值", "认定分值"], ["张三", "2021-07-01", "x", 2, 1]
    assert said(read(tmp_path, text([head, row]))[1]) == ["duplicate-column 1:15"]
    for title, points in (("申报分值", "1"), ("认定分值", "2")):
        form = good(tmp_path, text([head, row]), columns={title: "none"})
        assert records(form, "points") == [(points,)]


def test_points_and_points_given_are_an_error(tmp_path: Path) -> None:
    head, row = ["姓名", "日期", "项目", "分值", "加分", "扣分"], ["张三", "2021-07-01", "x", 2, 1, ""]
    assert said(read(tmp_path, text([head, row]))[1]) == ["duplicate-column 1:10"]
    assert said(read(tmp_path, book([head, row]))[1]) == ["duplicate-column 申报表!D1"]
    assert records(good(tmp_path, text([head, row]), columns={"分值": "none"}), "points") == [("1",)]


@pytest.mark.parametrize(
    ("word", "field"), [("points", "points"), ("分值", "points"), ("减分", "minus"), ("不读", "none"), ("x", None)]
)
def test_fields_by_name(word: str, field: str | None) -> None:
    assert field_named(word) == field


PLUS_MINUS: dict[str, tuple[tuple[Any, Any], str]] = {
    "plus": ((2, None), "2"),
    "minus": ((None, 2), "-2"),
    "minus as a negative": ((None, -2), "-2"),
    "zero beside": ((0, 1.5), "-1.5"),
    "a dash beside": ((3, "-"), "3"),
    "neither": ((None, None), ""),
}


@pytest.mark.parametrize("name", PLUS_MINUS)
def test_points_given_and_taken(name: str, tmp_path: Path) -> None:
    cells, points = PLUS_MINUS[name]
    head: list[Any] = ["姓名", "日期", "项目", "加分", "扣分"]
    assert records(good(tmp_path, book([head, ["张三", "2021-07-01", "x", *cells]])), "points") == [(points,)]


def test_points_given_and_taken_at_once(tmp_path: Path) -> None:
    rows: Rows = [["姓名", "日期", "项目", "加分", "扣分"], ["张三", "2021-07-01", "x", 1, 2]]
    assert said(read(tmp_path, book(rows))[1]) == ["bad-number 申报表!E2"]


def test_a_heading_of_two_lines(tmp_path: Path) -> None:
    def merge(made: Any, page: Any) -> None:
        del made
        for field, title in enumerate(["序号", "姓名", "日期", "项目"]):
            page.merge_range(1, field, 2, field, title)
        page.merge_range(1, 4, 1, 5, "加减分")
        page.write_row(2, 4, ["加分", "扣分"])

    form = good(tmp_path, book([["申报表"], [], [], [1, "张三", "2021-07-01", "x", None, 3]], merge))
    assert records(form, "member", "points") == [("张三", "-3")]
    assert other_piles(form) == {"title": (1,), "heading": (2, 3)}


def test_a_heading_of_two_lines_that_are_not_merged(tmp_path: Path) -> None:
    rows: Rows = [["姓名", "日期", "项目", "加减分", None], [None, None, None, "加分", "扣分"]]
    form = good(tmp_path, text([*rows, ["张三", "2021-07-01", "x", None, 3]]))
    assert records(form, "member", "points") == [("张三", "-3")]
    assert other_piles(form) == {"heading": (1, 2)}


ABOVE_ALL: dict[str, tuple[Rows, tuple[str, str] | None]] = {
    "a name and a month": ([["申报人：张三    支部：一支部", None, "2021年7月"]], ("张三", "2021-07-31")),
    "a name in the next cell": ([["姓名", "张三", "日期", "2021/7/5"]], ("张三", "2021-07-05")),
    "a day in the month": (
        [["2021年7月申报表"], ["申报人：张三", None, "活动日期：2021年7月5日"]],
        ("张三", "2021-07-05"),
    ),
    "a day of filling in": ([["申报人：张三", "2021年7月", "填表日期：2021年8月2日"]], ("张三", "2021-07-31")),
    "days and years that are none": (
        [["申报人：张三", "2021年7月5日", "2021年2月30日", "2021年13月", "1021年7月"]],
        ("张三", "2021-07-05"),
    ),
    "the same twice": ([["张三申报表"], ["申报人：张三", "2021年7月"], ["姓名：张三"]], ("张三", "2021-07-31")),
    "two names": ([["申报人：张三", "2021年7月"], ["姓名：李四"]], None),
    "two months": ([["申报人：张三", "2021年7月"], ["2021年8月"]], None),
    "no name": ([["申报人：", "2021年7月"]], None),
    "a year": ([["申报人：张三", "2021年版"]], None),
}


@pytest.mark.parametrize("name", ABOVE_ALL)
def test_what_stands_above_holds_for_all_rows(name: str, tmp_path: Path) -> None:
    above, found = ABOVE_ALL[name]
    form, problems = read(tmp_path, book([*above, ["项目", "事由"], ["志愿活动", "清扫"]]))
    if found is None:
        assert {problem.name for problem in problems} == {"missing-column"}
        return
    assert form is not None
    assert records(form, "member", "date") == [found]
    assert {field for field, _, _ in form.taken} == {"member", "date"}
    assert form.table.place(0, "member").path.startswith("f.xlsx!申报表!")


def test_forms_of_several_people_on_one_sheet(tmp_path: Path) -> None:
    head = ["日期", "项目", "事由"]
    rows: list[list[Any]] = [
        *(["申报表"], ["申报人：张三"], head, ["2021-07-01", "x", "1"], ["合计"], ["申报人签字："], [None]),
        *(["申报表"], ["申报人：李四"], head, ["2021-07-02", "x", "2"]),
    ]
    form = good(tmp_path, book(rows))
    assert records(form, "member", "reason") == [("张三", "1"), ("李四", "2")]
    assert other_piles(form)["title"] == (1, 2, 8, 9)
    blank = [["申报人：" if cell == "申报人：李四" else cell for cell in row] for row in rows]
    assert said(read(tmp_path, book(blank))[1]) == ["missing-value 申报表!A11"]


def test_values_from_the_command_line(tmp_path: Path) -> None:
    values = {"member": "M1", "date": "2021-07-09", "item": "talk"}
    rows: Rows = [["姓名", "事由"], ["张三", "1"], [None, "2"]]
    form = good(tmp_path, text(rows), values=values)
    names = ("member", "date", "item", "reason")
    assert records(form, *names) == [("张三", "2021-07-09", "talk", "1"), ("M1", "2021-07-09", "talk", "2")]


def test_words_for_items(tmp_path: Path) -> None:
    rows = [["姓名", "日期", "项目"], ["张三", "2021-07-01", "义务 劳动"]]
    assert records(good(tmp_path, text(rows), items={"义务劳动": "volunteering"}), "item") == [("volunteering",)]


SERIALS = {"serial numbers": (["1", "2"], ["", ""]), "ids": (["A7", "A9"], ["A7", "A9"])}


@pytest.mark.parametrize("name", SERIALS)
def test_a_number_column_is_an_id_or_a_serial_number(name: str, tmp_path: Path) -> None:
    given, ids = SERIALS[name]
    rows = [["编号", "姓名", "日期", "项目"], *([one, "张三", "2021-07-01", "x"] for one in given)]
    assert [row[0] for row in records(good(tmp_path, text(rows)), "id")] == ids


FLAWS: dict[str, tuple[Change, list[str]]] = {
    "an error cell": (lambda _, page: page.write_formula("C3", "=1/0", None, "#DIV/0!"), ["error-cell 申报表!C3"]),
    "an error cell in a column that is not read": (
        lambda _, page: page.write_formula("H3", "=1/0", None, "#DIV/0!"),
        [],
    ),
    "a formula without a value": (
        lambda _, page: page.write_formula("F3", "=1+1", None, ""),
        ["uncalculated-formula 申报表!F3"],
    ),
    "a formula of the total": (lambda _, page: page.write_formula("F5", "=SUM(F3:F4)", None, ""), []),
    "a date among the points": (
        lambda made, page: page.write_datetime("F3", datetime(2021, 7, 1), made.add_format({"num_format": "m/d"})),  # noqa: DTZ001
        ["wrong-cell-type 申报表!F3"],
    ),
    "names merged": (
        lambda _, page: page.merge_range("B3:B4", "张三"),
        ["merged-cells 申报表!B3"],
    ),
    "serial numbers merged": (lambda _, page: page.merge_range("A3:A4", 1), []),
    "the total merged": (lambda _, page: page.merge_range("A5:E5", "合计"), []),
}


@pytest.mark.parametrize("name", FLAWS)
def test_what_workbooks_hide(name: str, tmp_path: Path) -> None:
    change, found = FLAWS[name]
    head = [*HEAD, "备注"]
    rows = [["申报表"], head, ROW, [2, *ROW[1:]], ["合计", None, None, None, None, 4]]
    assert said(read(tmp_path, book(rows, change))[1]) == found


def test_merged_cells_can_be_filled(tmp_path: Path) -> None:
    rows = [HEAD, ROW, [2, *ROW[1:]], [3, *ROW[1:]]]
    form = good(tmp_path, book(rows, lambda _, page: page.merge_range("B2:B4", "李四")), fill_merged=True)
    assert records(form, "member") == [("李四",)] * 3
    _form, problems = read(tmp_path, book(rows, lambda _, page: page.merge_range("F2:F4", 2)), fill_merged=True)
    assert said(problems) == ["merged-cells 申报表!F2"]


def test_dates_of_a_spreadsheet(tmp_path: Path) -> None:
    def change(made: Any, page: Any) -> None:
        page.write_datetime("C2", datetime(2021, 7, 2), made.add_format({"num_format": 'yyyy"年"m"月"d"日"'}))  # noqa: DTZ001
        page.write("C3", 44380)

    form = good(tmp_path, book([HEAD, ROW, ROW], change))
    assert records(form, "date") == [("2021-07-02",), ("2021-07-03",)]


def two_sheets(hidden: bool) -> Change:  # noqa: FBT001
    def change(made: Any, page: Any) -> None:
        del page
        other = made.add_worksheet("八月")
        for number, row in enumerate([HEAD, [1, "李四", *ROW[2:]]]):
            other.write_row(number, 0, row)
        if hidden:
            other.hide()

    return change


def test_sheets(tmp_path: Path) -> None:
    two, hidden = (book([HEAD, ROW], two_sheets(hidden)) for hidden in (False, True))
    assert [problem.name for problem in read(tmp_path, two)[1]] == ["several-sheets"]
    assert records(good(tmp_path, two, sheet="八月"), "member") == [("李四",)]
    form, problems = read(tmp_path, hidden)
    assert form is not None
    assert records(form, "member") == [("张三",)]
    assert [problem.name for problem in problems] == ["unread-sheet"]
    assert records(good(tmp_path, hidden, sheet="八月"), "member") == [("李四",)]
    assert [problem.name for problem in read(tmp_path, two, sheet="九月")[1]] == ["no-header"]


NO_FORM: dict[str, tuple[bytes | str, str]] = {
    "no heading": ("党员学习\n张三\n", "no-header"),
    "a workbook without a heading": (book([["党员学习"], ["张三"]]), "no-header"),
    "an empty file": ("", "empty-file"),
    "a far cell": (book([HEAD, ROW], lambda _, page: page.write(1_048_575, 16_383, "x")), "oversized-workbook"),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "wrong-file-kind"),
    "half a workbook": (book([HEAD, ROW])[:3000], "damaged-workbook"),
    "no date": ("姓名,项目\n张三,x\n", "missing-column"),
    "a comma too many": ("姓名,日期,项目,事由\n张三,2021-07-01,x,去,回\n", "too-many-fields"),
    "a cell too few": ("姓名,日期,项目,事由\n张三,2021-07-01,x\n", "too-few-fields"),
}


@pytest.mark.parametrize("name", NO_FORM)
def test_what_cannot_be_read(name: str, tmp_path: Path) -> None:
    data, found = NO_FORM[name]
    assert {problem.name for problem in read(tmp_path, data)[1] if problem.severity is Severity.ERROR} == {found}


@pytest.mark.parametrize(
    ("name", "data"), [("f.jsonl", '{"姓名": "张三"}\n'), ("f.parquet", b"PAR1" + bytes(100) + b"PAR1")]
)
def test_a_log_file_is_no_form(name: str, data: bytes | str, tmp_path: Path) -> None:
    (problem,) = read(tmp_path, data, name=name)[1]
    assert (problem.name, problem.place.path) == ("wrong-file-kind", name)
    assert "only workbooks (.xlsx) and text files (.csv)" in problem.message


def test_text_without_a_title_is_told(tmp_path: Path) -> None:
    form, problems = read(tmp_path, book([["姓名", "日期", "项目"], ["张三", "2021-07-01", "x", "悄悄话"]]))
    assert form is not None
    assert said(problems, None) == ["unnamed-column 申报表!D2"]


def test_no_record_is_lost(tmp_path: Path) -> None:
    """Any order of the parts of a form: every record is read, and every row is in one pile."""
    parts: list[Rows] = [[ROW], [[None] * 7], [["合计"]], [HEAD], [["一、奉献分"]], [["备注：无"]], [ROW, ROW]]
    for number, order in enumerate(itertools.permutations(parts, 4)):
        if number % 7 == 0:
            rows = [["申报表"], HEAD, *(row for part in order for row in part)]
            padded = [[*row, *[None] * (len(HEAD) - len(row))] for row in rows]
            form, problems = read(tmp_path, text(padded))
            assert form is not None
            assert said(problems) == []
            assert len(form.table.rows) == sum(row is ROW for row in rows)


def test_captions_are_not_guessed() -> None:
    found = read_captions([["党员积分", "第三季度", "2021"]], [0])
    assert (found.member, found.date) == (None, None)
