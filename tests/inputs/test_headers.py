"""Names of columns: what is forgiven, what is an error, what is only said."""

from __future__ import annotations

import pytest

from pointscli.inputs.headers import EVENTS, MEMBERS, REDEMPTIONS, REVIEWS, SPECS, TableSpec
from tests.inputs.reading import read, said

TABLES = {
    "members": "id 编号 name 姓名 branch 支部 group 党小组 kind 类别 class 分类 post 职务 grid 网格 "
    "since 起始日期 until 截止日期 exempt 免考原因",
    "events": "id 编号 date 日期 member 党员 item 事项 quantity 数量 level 级别 points 分值 matter 同一事项 "
    "reason 事由 evidence 依据 by 记录人 stage 阶段 scheme 方案",
    "reviews": "date 日期 event 事项编号 decision 决定 stage 阶段 quantity 数量 level 级别 points 分值 "
    "by 决定人 reason 理由",
    "redemptions": "id 编号 date 日期 member 党员 gift 礼品 count 数量 by 经办人",
}
REQUIRED = {
    "members": "id name",
    "events": "date member item",
    "reviews": "date event decision by",
    "redemptions": "date member gift",
}


@pytest.mark.parametrize("name", TABLES)
def test_columns_of_the_documentation(name: str) -> None:
    spec = SPECS[name]
    words = TABLES[name].split()
    assert [(column.id, column.title) for column in spec.columns] == list(zip(words[::2], words[1::2], strict=True))
    assert list(spec.required) == REQUIRED[name].split()


@pytest.mark.parametrize("spec", [MEMBERS, EVENTS, REVIEWS, REDEMPTIONS], ids=lambda spec: spec.name)
def test_titles_and_ids_name_the_same_columns(spec: TableSpec) -> None:
    for names in ([column.id for column in spec.columns], [column.title for column in spec.columns]):
        table, problems = read(",".join(names) + "\n" + ",".join(["2021"] * len(names)), "t.csv", spec)
        assert table is not None, problems
        assert table.columns == tuple(column.id for column in spec.columns)


@pytest.mark.parametrize(
    "header",
    [
        "DATE,Member,iTEM",
        " date , member\u3000,item ",
        "ｄａｔｅ,ｍｅｍｂｅｒ,ｉｔｅｍ",
        "日期,党员,Item",
        "date,member,\ufeffitem",
    ],
)
def test_forgiven(header: str) -> None:
    table, problems = read(f"{header}\n2021-07-01,M1,x\n")
    assert table is not None
    assert table.columns == ("date", "member", "item")
    assert not problems


WRONG = {
    "same title twice": ("date,member,item,item", ["duplicate-column 1:18"]),
    "id and title": ("date,member,item,事项", ["duplicate-column 1:18"]),
    "cases": ("date,member,item,id,ID,Id ", ["duplicate-column 1:21", "duplicate-column 1:24"]),
    "unknown title twice": ("date,member,item,备注,备注", ["duplicate-column 1:21"]),
    "missing": ("date,member,备注", ["missing-column 1:0"]),
    "two missing": ("date,备注,x", ["missing-column 1:0", "missing-column 1:0"]),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong(name: str) -> None:
    header, findings = WRONG[name]
    table, problems = read(header + "\n" + "1," * header.count(",") + "1\n")
    assert table is None
    assert said(problems) == findings


@pytest.mark.parametrize(
    ("title", "guess"), [("党员姓名", "党员姓名"), ("membr", "membr"), ("党员*", "党员*"), ("备注", None)]
)
def test_a_missing_column_may_be_there_by_another_name(title: str, guess: str | None) -> None:
    _, problems = read(f"date,{title},item\n2021-07-01,M1,x\n")
    assert said(problems, None) == ["missing-column 1:0"]
    assert dict(problems[0].args).get("guess") == guess


@pytest.mark.parametrize(
    ("title", "warned"),
    [
        ("quantiy", ["unknown-column 1:18"]),
        ("分数", ["unknown-column 1:18"]),
        ("数量 *", ["unknown-column 1:18"]),
        ("community", []),
        ("备注", []),
        ("序号", []),
    ],
)
def test_only_a_likely_slip_is_warned_of(title: str, warned: list[str]) -> None:
    table, problems = read(f"date,member,item,{title}\n2021-07-01,M1,x,1\n")
    assert table is not None
    assert table.columns[-1] == title
    assert said(problems, None) == warned


def test_each_file_has_its_own_order() -> None:
    first, _ = read("date,member,item\n2021-07-01,M1,x\n")
    second, _ = read("item,date,member\nx,2021-07-01,M1\n")
    assert first is not None
    assert second is not None
    assert [first.rows[0][first.columns.index(name)] for name in second.columns] == second.rows[0]


@pytest.mark.parametrize(
    ("above", "warned"),
    [("登记表\n", []), ("单位：一支部,填表日期：7月\n", []), ("2021-07-01,M1,x\n", ["record-above-header 1:0"])],
)
def test_what_stands_above_the_header(above: str, warned: list[str]) -> None:
    table, problems = read(above + "date,member,item\n2021-07-01,M1,x\n")
    assert table is not None
    assert (table.header_line, table.read) == (2, 1)
    assert said(problems, None) == warned


def test_data_without_a_title_is_warned_of() -> None:
    table, problems = read("date,member,item,,\n2021-07-01,M1,x,,7\n")
    assert table is not None
    assert table.columns == ("date", "member", "item", "column-4", "column-5")
    assert said(problems, None) == ["unnamed-column 2:18"]


def test_empty_columns_without_a_title_are_dropped() -> None:
    table, problems = read("date,,member,item,,\n2021-07-01,,M1,x,,\n")
    assert table is not None
    assert table.columns == ("date", "column-2", "member", "item")
    assert not problems
