"""`points explain`: what a member is told, checked against numbers worked out by hand."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.case_files import Record
from tests.cli.running import ROOT, good, run, write_case

EXAMPLES = ROOT / "examples"
CASE: Record = {
    "scheme": {
        "scheme": "s",
        "title": "测试办法",
        "effective": {"from": "2021-01-01"},
        "settle": "month",
        "rollup": {"quarter": "mean"},
        "language": 1,
        "score": {
            "items": {
                "base": {"title": "基础分", "grant": 10},
                "duty": {
                    "title": "履职",
                    "max": {"month": 5},
                    "items": {
                        "study": {"title": "学习", "points": 2, "max": {"quarter": 3}},
                        "serve": {"title": "服务", "points": 4, "free": {"month": 1}, "clause": "第三条"},
                    },
                },
                "fault": {"title": "处分", "points": -1},
            }
        },
        "ranking": {"ties": "competition"},
        "grades": {"good": 12, "pass": 5, "fail": None},
        "outcomes": {
            "first": {"title": "第一名", "top": 1, "period": "quarter", "action": "通报表扬"},
            "clean": {"title": "无处分", "where": {"score": ">= 11"}, "except": ["fault"], "period": "quarter"},
        },
        "review": {"stages": {"new": "申报", "done": "审核"}, "counts_from": "done"},
    },
    "members": [{"id": "M1", "name": "张三"}, {"id": "M2", "name": "李四"}, {"id": "M3", "name": "张三"}],
    "events": [
        {"date": "2021-07-01", "member": "M1", "item": "study", "reason": "党课", "stage": "done"},
        {"date": "2021-07-02", "member": "M1", "item": "study", "reason": "读书", "stage": "done"},
        {"date": "2021-07-03", "member": "M1", "item": "serve", "reason": "巡逻", "stage": "done"},
        {"date": "2021-07-04", "member": "M1", "item": "serve", "reason": "大扫除", "stage": "done"},
        {"date": "2021-08-05", "member": "M1", "item": "study", "reason": "讨论", "stage": "new"},
        {"date": "2021-08-06", "member": "M2", "item": "fault", "reason": "迟到", "stage": "done"},
        {"date": "2021-08-06", "member": "M2", "item": "serve", "reason": "值班", "quantity": "2", "stage": "done"},
        {"date": "2021-08-07", "member": "M2", "item": "serve", "reason": "值班", "quantity": "2", "stage": "done"},
        {"date": "2021-09-01", "member": "M3", "item": "serve", "reason": "参观", "stage": "done"},
        {"date": "2021-09-02", "member": "M3", "item": "serve", "reason": "搬运", "quantity": "2", "stage": "done"},
    ],
    "reviews": [
        {"date": "2021-09-03", "event": "E0009", "decision": "驳回", "by": "支委会", "reason": "不属服务"},
        {"date": "2021-09-04", "event": "E0010", "decision": "object", "by": "群众", "reason": "只有一次"},
        {"date": "2021-09-05", "event": "E0010", "decision": "amend", "quantity": "1", "by": "支部", "reason": "属实"},
    ],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_case(tmp_path, CASE)


def test_json_is_the_contract(folder: Path) -> None:
    found = json.loads(good("-C", folder, "explain", "M1", "--quarter", "2021Q3", "--format", "json").out)
    assert {key: found[key] for key in ("format", "member", "period", "score", "rollup", "rank", "grade")} == {
        "format": 1,
        "member": "M1",
        "period": "2021Q3",
        "score": 11.67,
        "rollup": "mean",
        "rank": 1,
        "grade": "pass",
    }
    assert found["periods"] == [
        {"period": "2021-07", "score": 15},
        {"period": "2021-08", "score": 10},
        {"period": "2021-09", "score": 10},
    ]
    second = found["postings"][2]
    assert second == {
        "date": "2021-07-02",
        "kind": "event",
        "event": "E0002",
        "item": "study",
        "path": ["duty", "study"],
        "priced": 2,
        "credited": 1,
        "steps": [
            {
                "node": "study",
                "did": "max",
                "window": "quarter",
                "period": "2021Q3",
                "bound": 3,
                "from": 2,
                "to": 1,
                "rule": "rules/scheme.yaml:19",
            }
        ],
        "reason": "读书",
        "evidence": "",
        "decisions": [],
        "source": "events.csv:3",
        "rule": "rules/scheme.yaml:19",
    }
    assert [(one["date"], one["credited"]) for one in found["postings"]] == [
        ("2021-07-01", 10),
        ("2021-07-01", 2),
        ("2021-07-02", 1),
        ("2021-07-04", 2),
        ("2021-08-01", 10),
        ("2021-09-01", 10),
    ]
    assert [(one["event"], one["why"]) for one in found["not_counted"]] == [("E0003", "free"), ("E0005", "waiting")]


def test_decisions_are_told(folder: Path) -> None:
    text = good("-C", folder, "explain", "M3", "--quarter", "2021Q3").text
    for sentence in (
        "2021-09-03 支委会驳回（不属服务）",
        "2021-09-04 群众提出异议（只有一次）",
        "2021-09-05 支部更正数量2→1（属实）",
        "reviews.csv:4",
    ):
        assert sentence in text
    found = json.loads(good("-C", folder, "explain", "M3", "--quarter", "2021Q3", "--format", "json").out)
    rulings = {one["event"]: one["decisions"] for one in (*found["postings"], *found["not_counted"])}
    assert rulings["E0010"][1] == {
        "date": "2021-09-05",
        "decision": "amend",
        "stage": None,
        "amended": [{"column": "quantity", "from": "2", "to": "1"}],
        "by": "支部",
        "reason": "属实",
        "source": "reviews.csv:4",
    }
    assert [one["decision"] for one in rulings["E0009"]] == ["reject"]


def test_text_tells_everything(folder: Path) -> None:
    text = good("-C", folder, "explain", "M1", "--quarter", "2021Q3").text
    for sentence in (
        "得分 11.67  第1名（共3人）",
        "等次 pass（总分≥5）  再得0.33分为good",
        "学习2021年第三季度累计4，超过上限3：2 → 1",
        "履职2021年7月累计7，超过上限5：4 → 2",
        "events.csv:3",
        "第三条，每次4分",
        "2021年7月、2021年8月、2021年9月的平均：(15 + 10 + 10) ÷ 3",
        "第一名：列入（总分 11.67）",
        "在允许的次数之内，不计分",
        "还在“申报”阶段，未到计分阶段",
    ):
        assert sentence in text


@pytest.mark.parametrize(
    ("options", "sentences"),
    [
        pytest.param(
            ("--why-not", "clean"), ("无处分：未列入", "不符合：有处分", "符合：总分 11.33 ≥ 11"), id="except"
        ),
        pytest.param(("--why-not", "第一名"), ("总分未进入名额内（名额1，取到11.67）",), id="places"),
        pytest.param(("--why-not", "study"), ("本期没有涉及该党员的学习记录",), id="no-event"),
        pytest.param(("--why-not", "serve"), ("履职2021年8月累计8，超过上限5：8 → 5", "已计5，上限5"), id="cap"),
        pytest.param(("--item", "fault"), ("2021-08-06 迟到",), id="item"),
    ],
)
def test_parts(folder: Path, options: tuple[str, ...], sentences: tuple[str, ...]) -> None:
    text = good("-C", folder, "explain", "李四", "--quarter", "2021Q3", *options).text
    assert [sentence for sentence in sentences if sentence not in text] == []


def done(day: int, member: str, item: str, quantity: str = "1") -> Record:
    return {"date": f"2021-07-0{day}", "member": member, "item": item, "quantity": quantity, "stage": "done"}


LEVEL = [done(1, "M1", "study"), done(1, "M1", "serve"), done(2, "M1", "study"), done(1, "M2", "serve")]
LEVEL += [done(2, "M2", "serve", "0.75")]
FULL = [{"id": "M1", "name": "张三", "kind": "full"}, {"id": "M2", "name": "李四", "kind": "applicant"}]
NOTED: dict[str, tuple[Record, Record, tuple[str, ...], str]] = {
    "no ranking, the highest grade, and the last month": (
        {"ranking": None, "outcomes": None, "grades": {"good": ">9", "pass": 5}, "rollup": {"quarter": "last"}},
        {"events": LEVEL, "reviews": []},
        ("得分 10.00  等次 good（总分>9）\n", "取最后一个：10"),
        "名",
    ),
    "not listed": (
        {"members": {"kind": ["full"]}},
        {"members": FULL, "events": LEVEL, "reviews": []},
        ("本期未列入（不在册或不计分）", "当时不在计分范围内"),
        "得分 ",
    ),
    "level, after by some items, and at a bound to get above": (
        {
            "ranking": {"ties": "competition", "tie_break": ["study", "index"]},
            "derive": {"index": {"title": "指数", "of": "study", "to": 100}},
            "stars": {"2": 15, "1": 10},
            "grades": {"best": 15, "good": ">11", "pass": 11, "fail": None},
        },
        {"events": LEVEL, "reviews": []},
        ("第2名（共3人）  与第1名同分，按学习、指数排在其后", "等次 pass（总分≥11）  再得超过0分为good  1星"),
        "并列",
    ),
}


@pytest.mark.parametrize(("scheme", "tables", "said", "unsaid"), NOTED.values(), ids=NOTED)
def test_what_followed_from_the_score(
    scheme: Record, tables: Record, said: tuple[str, ...], unsaid: str, tmp_path: Path
) -> None:
    changed = {key: value for key, value in {**CASE["scheme"], **scheme}.items() if value is not None}
    folder = write_case(tmp_path, {**CASE, **tables, "scheme": changed})
    lines = good("-C", folder, "explain", "M2", "--quarter", "2021Q3").text
    assert [sentence for sentence in said if sentence not in lines] == []
    assert unsaid not in lines.partition("各项得分")[0].partition("\n")[2]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        pytest.param(("explain", "张三", "--quarter", "2021Q3"), 1, "M1 张三, M3 张三", id="ambiguous"),
        pytest.param(("explain", "M9", "--quarter", "2021Q3"), 1, "no member has the id or name M9", id="unknown"),
        pytest.param(("explain", "M1", "--year", "2021"), 2, "cannot make a year", id="no-rollup"),
        pytest.param(
            ("explain", "M1", "--quarter", "2021Q3", "--item", "stduy"), 2, "did you mean study, duty?", id="item"
        ),
        pytest.param(("explain", "M1", "--quarter", "2021Q3", "-o", "x.doc"), 2, ".html", id="suffix"),
    ],
)
def test_refusals(folder: Path, arguments: tuple[str, ...], code: int, words: str) -> None:
    answer = run("-C", folder, *arguments)
    assert (answer.code, answer.out) == (code, b"")
    assert words in answer.err


@pytest.mark.parametrize("suffix", ["html", "md", "txt", "json"])
def test_files(folder: Path, suffix: str) -> None:
    target = folder / f"out.{suffix}"
    good("-C", folder, "explain", "M1", "--quarter", "2021Q3", "-o", target)
    text = target.read_text("utf-8")
    assert "11.67" in text
    assert "events.csv:3" in text
    assert "\x1b" not in text


def test_hostile_text_is_only_text(folder: Path) -> None:
    events = folder / "events.csv"
    nasty = "<script>alert(1)</script>\u202e`x` [a](b)"
    events.write_text(events.read_text("utf-8").replace("读书", nasty), "utf-8")
    html = good("-C", folder, "explain", "M1", "--quarter", "2021Q3", "--format", "html").text
    assert "<script>" not in html
    assert "\u202e" not in html
    markdown = good("-C", folder, "explain", "M1", "--quarter", "2021Q3", "--format", "markdown").text
    assert "\\<script\\>" in markdown


@pytest.mark.parametrize("name", ["community", "finance-bureau", "poverty-relief", "state-enterprise"])
def test_examples_agree_with_tally(name: str) -> None:
    tally = good("-C", EXAMPLES / name, "tally", "--quarter", "2021Q3", "--format", "json").json
    row = tally["members"][-1]
    arguments = ("-C", EXAMPLES / name, "explain", row["member"], "--quarter", "2021Q3", "--format", "json")
    found = json.loads(good(*arguments).out, parse_float=Decimal)
    assert (found["score"], found["rank"], found["grade"]) == (row["score"], row["rank"], row["grade"])
    credited = sum((Decimal(one["credited"]) for one in found["postings"]), Decimal(0))
    assert credited == sum((Decimal(one["score"]) for one in found["periods"]), Decimal(0))


def test_what_a_bound_below_swallows(tmp_path: Path) -> None:
    """Points that only make good what a lower bound had forgiven change nothing, and it is said why."""
    scheme = {key: CASE["scheme"][key] for key in ("scheme", "title", "effective", "settle", "language")}
    items = {"late": {"title": "迟到", "points": -3}, "good": {"title": "表扬", "points": 2}}
    scheme["score"] = {"items": {"faults": {"title": "纪律", "min": 0, "items": items}}}
    events = [{"date": f"2021-07-0{day}", "member": "M1", "item": item} for day, item in ((1, "late"), (2, "good"))]
    folder = write_case(tmp_path, {**CASE, "scheme": scheme, "events": events, "reviews": []})
    text = good("-C", folder, "explain", "M1", "--month", "2021-07").text
    assert "纪律2021年7月累计-3，低于下限0：-3 → 0" in text
    assert "纪律2021年7月先补足低于下限0的部分：2 → 0" in text


def cell_of(folder: Path, source: str) -> str:
    """The text of the row (or cell's row) that a source names, found in the file by another way than ours."""
    path, _, place = source.partition("!") if "!" in source else source.rpartition(":")
    if "!" in source:
        sheet, _, cell = place.partition("!")
        book = CalamineWorkbook.from_path(str(folder / path))
        rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        return " ".join(map(str, rows[int("".join(filter(str.isdigit, cell))) - 1]))
    data = (folder / path).read_bytes()
    for encoding in ("utf-8-sig", "utf-16", "gb18030"):
        try:
            return data.decode(encoding).splitlines()[int(place) - 1]
        except UnicodeError:
            continue
    raise AssertionError(source)


@pytest.mark.parametrize(
    ("name", "member", "suffixes"),
    [
        pytest.param("state-enterprise", "E021", {"xlsx"}, id="workbook"),
        pytest.param("poverty-relief", "P012", {"jsonl", "csv"}, id="jsonl-and-utf-16"),
        pytest.param("finance-bureau", "F002", {"csv"}, id="gb18030"),
    ],
)
def test_every_source_is_where_it_says(name: str, member: str, suffixes: set[str]) -> None:
    folder = EXAMPLES / name
    found = json.loads(good("-C", folder, "explain", member, "--year", "2021", "--format", "json").out)
    sources = [one for one in (*found["postings"], *found["not_counted"]) if one.get("source")]
    files = {one["source"].partition("!")[0] for one in sources}
    assert suffixes <= {re.sub(r":\d+$", "", file).rpartition(".")[2] for file in files}
    for one in sources:
        assert one["event"] in cell_of(folder, one["source"])
        rule, line = one["rule"].rsplit(":", 1)
        assert one["item"] in (folder / rule).read_text("utf-8").splitlines()[int(line) - 1]
