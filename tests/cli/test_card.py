"""Record cards: entries add up to the scores that `tally` prints, in every format and from any way to name a member."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from pointscli.app.card import card as card_for
from pointscli.app.card import card_of
from pointscli.app.derivation import derive
from pointscli.app.inputs import read_inputs
from pointscli.app.question import Asked
from pointscli.app.tally import tally_inputs
from pointscli.app.workspace import Sources, open_workspace
from pointscli.model.period import Kind, Period, parse_period
from pointscli.outputs.card import card_document
from pointscli.outputs.document import document_bytes
from pointscli.outputs.look import Look
from tests.cli.running import ROOT, good, run, write_csv

EXAMPLES = ROOT / "examples"
TODAY = date(2022, 6, 1)

SCHEME = """\
language: 1
scheme: small
title: 支部积分办法
version: 2021年版
effective: {from: 2021-01-01}
settle: %(settle)s
rollup: {%(rollup)s}
review: {stages: {a: 申报, b: 审核}, counts_from: b, objection: suspended}
score:
  items:
    base: {title: 基础分, grant: 10}
    duty:
      title: 履职分
      max: {quarter: 10}
      items:
        work: {title: 工作, points: 2}
        honour: {title: 荣誉, points: {levels: {省级: 6, 市级: 4}}, combine: {highest: year}}
    fault: {title: 扣分, points: -0.75, free: {month: 1}}
"""
MONTHLY = {"settle": "month", "rollup": "quarter: mean, year: {of: quarter, by: mean}"}
SUMMED = {"settle": "month", "rollup": "quarter: sum, year: sum"}
QUARTERLY = {"settle": "quarter", "rollup": "year: sum"}
MEMBERS = [
    {"id": "M1", "name": "张三", "branch": "一支部", "kind": "正式党员", "until": ""},
    {"id": "M2", "name": "李四", "branch": "一支部", "kind": "正式党员", "until": ""},
    {"id": "M3", "name": "李四", "branch": "二支部", "kind": "正式党员", "until": "2021-01-20"},
]
COLUMNS = ("id", "date", "member", "item", "quantity", "level", "reason", "evidence", "by", "stage")
EVENTS = [
    ("E1", "2021-01-05", "M1", "work", "4", "", "值班", "签到表", "记分员", "b"),
    ("E2", "2021-01-20", "M1", "honour", "", "市级", "", "证书", "记分员", "b"),
    ("E3", "2021-02-01", "M1", "fault", "", "", "迟到", "", "记分员", "b"),
    ("E4", "2021-02-02", "M1", "fault", "", "", "早退", "", "记分员", "b"),
    ("E5", "2021-02-03", "M1", "work", "", "", "未审核", "", "记分员", "a"),
    ("E6", "2021-03-03", "M1", "work", "", "", "重复登记", "", "记分员", "b"),
    ("E7", "2021-03-04", "M1", "work", "", "", "有异议", "", "记分员", "b"),
    ("E8", "2021-04-01", "M1", "honour", "", "省级", "", "证书", "记分员", "b"),
]
REVIEWS = [
    {"date": "2021-03-05", "event": "E6", "decision": "驳回", "by": "书记", "reason": "重复"},
    {"date": "2021-03-06", "event": "E7", "decision": "异议", "by": "群众", "reason": "不实"},
]


def small(folder: Path, shape: dict[str, str] = MONTHLY) -> Path:
    (folder / "rules").mkdir(parents=True)
    (folder / "rules" / "small.yaml").write_text(SCHEME % shape, "utf-8")
    write_csv(folder / "members.csv", MEMBERS)
    write_csv(folder / "events.csv", [dict(zip(COLUMNS, row, strict=True)) for row in EVENTS])
    write_csv(folder / "reviews.csv", REVIEWS)
    return folder


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text)))


def number(text: str) -> Decimal:
    return Decimal(text or "0")


def test_entries_add_up_to_the_scores_of_every_period() -> None:
    inputs = read_inputs(open_workspace(EXAMPLES / "state-enterprise", Sources()))
    derived = derive(inputs, Asked(TODAY, parse_period("2021")), "zh")
    cards = [card_of(inputs, derived, number) for number in range(len(inputs.roster.members))]
    periods = {one.period for card in cards for one in card.periods}
    checked = 0
    for period in sorted(periods)[::6]:
        scores = {one.member: one.score for one in tally_inputs(inputs, Asked(TODAY, period), "zh").tally.standings}
        for card in cards:
            for one in (one for one in card.periods if one.period == period and card.member in scores):
                assert one.plus - one.minus == sum((e.posting.credited for e in one.entries), Decimal(0))
                assert (one.plus - one.minus).quantize(Decimal("0.01")) == scores[card.member]
                checked += 1
    assert checked > len(cards)
    for card in cards:
        assert not card.running


def test_the_balance_starts_anew_where_the_year_is_a_mean(tmp_path: Path) -> None:
    answer = good("-C", small(tmp_path / "w"), "card", "M1", "--quarter", "2021Q1", "--format", "csv")
    rows = rows_of(answer.text)
    assert [(row["行"], row["记录编号"], row["加分"], row["减分"], row["累计"]) for row in rows] == [
        ("grant", "", "10", "", "10"),
        ("event", "E1", "8", "", "18"),
        ("event", "E2", "2", "", "20"),
        ("period", "", "20", "0", "20"),
        ("grant", "", "10", "", "10"),
        ("event", "E4", "", "0.75", "9.25"),
        ("period", "", "10", "0.75", "9.25"),
        ("grant", "", "10", "", "10"),
        ("period", "", "10", "0", "10"),
        ("score", "", "", "", "13.08"),
        ("uncounted", "E3", "", "", ""),
        ("uncounted", "E5", "", "", ""),
        ("uncounted", "E6", "", "", ""),
        ("uncounted", "E7", "", "", ""),
    ]
    remarks = {row["记录编号"] or row["行"]: row["备注"] for row in rows}
    assert remarks["E1"] == ""
    assert remarks["E2"] == "计4分，履职分2021年第一季度上限10，实得2分"
    assert remarks["score"] == "月平均：20、9.25、10"
    assert remarks["E3"] == "在允许次数之内，不计分"
    assert remarks["E5"] == "还在“申报”阶段，尚未计分"
    assert remarks["E6"] == "已驳回"
    assert remarks["E7"] == "有异议，暂不计分"
    assert {row["姓名"] for row in rows} == {"张三"}
    assert (rows[2]["项目"], rows[2]["事项"], rows[2]["依据"]) == ("荣誉（市级）", "履职分", "证书")
    assert rows[1]["项目"] == "工作（数量4）"


@pytest.mark.parametrize("shape", [SUMMED, QUARTERLY], ids=["months", "quarters"])
def test_the_balance_runs_through_where_the_year_is_a_sum(shape: dict[str, str], tmp_path: Path) -> None:
    folder = small(tmp_path / "w", shape)
    rows = rows_of(good("-C", folder, "card", "张三", "--year", "2021", "--format", "csv").text)
    balance = Decimal(0)
    for row in rows:
        if row["行"] in ("grant", "event"):
            balance += number(row["加分"]) - number(row["减分"])
            assert number(row["累计"]) == balance
    (score,) = [row for row in rows if row["行"] == "score"]
    assert number(score["累计"]) == balance == number(score["加分"]) - number(score["减分"])
    tally = good("-C", folder, "tally", "--year", "2021", "--format", "json").json
    assert [one["score"] for one in tally["members"] if one["member"] == "M1"] == [balance]


def test_json_says_the_same(tmp_path: Path) -> None:
    folder = small(tmp_path / "w")
    found = good("-C", folder, "card", "M1", "--year", "2021", "--format", "json").json
    assert (found["format"], found["member"], found["scheme"], found["period"]) == (1, "M1", "small", "2021")
    by_period: dict[str, Decimal] = {}
    for entry in found["entries"]:
        by_period[entry["period"]] = by_period.get(entry["period"], Decimal(0)) + entry["credited"]
    assert by_period == {one["period"]: one["score"] for one in found["periods"]}
    assert [(one["event"], one["why"]) for one in found["uncounted"]] == [
        ("E3", "free"),
        ("E5", "waiting"),
        ("E6", "rejected"),
        ("E7", "under objection"),
    ]
    honour = next(one for one in found["entries"] if one["event"] == "E8")
    assert (honour["priced"], honour["credited"], honour["source"]) == (6, 2, "events.csv:9")


def test_every_format_has_the_entries_and_what_did_not_count(tmp_path: Path) -> None:
    workspace = open_workspace(small(tmp_path / "w"), Sources())
    (found,) = card_for(workspace, "M1", Asked(TODAY, parse_period("2021Q1"))).cards
    document = card_document(found, "zh")
    for suffix in ("md", "txt", "html", "csv", "jsonl", "json"):
        text = document_bytes(Path(f"card.{suffix}"), None, document, Look()).decode("utf-8-sig")
        assert all(word in text for word in ("值班", "签到表", "13.08", "张三")), suffix
        assert ("rejected" if suffix == "json" else "已驳回") in text, suffix
    book_bytes = document_bytes(Path("card.xlsx"), None, document, Look())
    book = CalamineWorkbook.from_filelike(BytesIO(book_bytes))
    cells = [cell for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row]
    assert book.sheet_names == ["党员积分登记表", "未计分事项"]
    assert {13.08, "2021年1月小计", "已驳回"} <= set(cells)
    path = tmp_path / "card.xlsx"
    good("-C", workspace.root, "card", "M1", "--quarter", "2021Q1", "-o", path)
    assert (
        path.read_bytes()
        == book_bytes
        == good("-C", workspace.root, "card", "M1", "--quarter", "2021Q1", "--format", "xlsx").out
    )
    shown = document_bytes(Path("card.txt"), None, document, Look()).decode()
    assert shown.startswith("党员积分登记表  2021年第一季度\n姓名：张三（M1）  支部：一支部  类别：正式党员")


def test_the_language_is_that_of_the_workspace(tmp_path: Path) -> None:
    folder = small(tmp_path / "w")
    (folder / "points.yaml").write_text("language: en\n", "utf-8")
    text = good("-C", folder, "card", "M1", "--quarter", "2021Q1").text
    assert text.startswith("Record card  2021 Q1\nMember: 张三 (M1)")
    assert "at most 10 for 履职分 in 2021 Q1" in text


REFUSED = {
    "nobody": (("card", "王五"), 1, "no member has the id or name 王五"),
    "a slip": (("card", "M9"), 1, "did you mean"),
    "namesakes": (("card", "李四"), 1, "several members bear the name 李四: M2 李四, M3 李四"),
    "no scheme then": (("card", "M3", "--year", "2022"), 1, "no scheme scores M3 李四 then"),
    "an unknown scheme": (("card", "M1", "--scheme", "x"), 2, "there is no scheme x"),
    "an unknown scheme for all": (("card", "--all", "--scheme", "x", "-o", "cards"), 2, "there is no scheme x"),
    "no such period": (("card", "M1", "--half", "2021H1"), 2, "half"),
    "an unknown format": (("card", "M1", "-o", "x.pdf"), 2, "the format of x.pdf is not known"),
}


@pytest.mark.parametrize(("arguments", "code", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused(arguments: tuple[str, ...], code: int, said: str, tmp_path: Path) -> None:
    answer = run("-C", small(tmp_path / "w"), *arguments)
    assert (answer.code, answer.out) == (code, b"")
    assert said in answer.err


def test_without_a_period_the_year_of_the_last_event(tmp_path: Path) -> None:
    answer = good("-C", small(tmp_path / "w"), "card", "M1", "--format", "json")
    assert answer.json["period"] == "2021"
    assert "no period given: 2021, the last one with events" in answer.err


def test_a_member_who_is_not_listed_has_a_card_all_the_same(tmp_path: Path) -> None:
    answer = good("-C", small(tmp_path / "w"), "card", "M3", "--month", "2021-01", "--format", "json")
    assert (answer.json["score"], answer.json["entries"], answer.json["branch"]) == (None, [], "二支部")


def test_the_scheme_is_the_one_that_scores_the_member() -> None:
    folder = EXAMPLES / "social-insurance"
    activist = good("-C", folder, "card", "S031", "--year", "2021", "--format", "json")
    assert activist.json["scheme"] == "social-insurance-activists"
    both = run("-C", folder, "card", "S038", "--year", "2021")
    assert (both.code, "--scheme" in both.err) == (2, True)


def test_errors_in_the_log_stop_it_and_may_be_skipped(tmp_path: Path) -> None:
    folder = small(tmp_path / "w")
    with (folder / "events.csv").open("a", encoding="utf-8") as file:
        file.write("E9,2021-01-05,M1,nothing,,,,,,b\n")
    for options in (("M1", "--month", "2021-01"), ("M1", "--scheme", "x"), ("--all", "--scheme", "x", "-o", "cards")):
        answer = run("-C", folder, "card", *options)
        assert (answer.code, "[unknown-item]" in answer.err) == (1, True)
    text = good("-C", folder, "card", "M1", "--month", "2021-01", "--skip-invalid").text
    assert "未定稿：有错误的记录已跳过" in text


def test_as_of_a_day(tmp_path: Path) -> None:
    folder = small(tmp_path / "w")
    found = good("-C", folder, "card", "M1", "--month", "2021-01", "--as-of", "2021-01-10", "--format", "json").json
    assert [one["event"] for one in found["entries"]] == [None, "E1"]
    assert Period.containing(Kind.MONTH, date(2021, 1, 10)).label == found["period"]


def test_a_card_for_everybody(tmp_path: Path) -> None:
    folder, cards = small(tmp_path / "w"), tmp_path / "cards"
    answer = good("-C", folder, "card", "--all", "--quarter", "2021Q1", "-o", cards, "--format", "csv")
    assert answer.err.endswith(f"2 cards were written to {cards}\n")
    assert sorted(path.name for path in cards.iterdir()) == ["M1-张三.csv", "M2-李四.csv"]
    alone = tmp_path / "alone.csv"
    good("-C", folder, "card", "M1", "--quarter", "2021Q1", "-o", alone)
    assert (cards / "M1-张三.csv").read_bytes() == alone.read_bytes()
    good("-C", folder, "card", "--all", "--branch", "二支部", "--quarter", "2021Q1", "-o", tmp_path / "none")
    assert not (tmp_path / "none").exists()


MISUSED = {
    "nobody named": (),
    "all and one": ("M1", "--all", "-o", "cards"),
    "all without a folder": ("--all",),
    "a filter for one": ("M1", "--branch", "一支部"),
}


@pytest.mark.parametrize("options", MISUSED.values(), ids=MISUSED)
def test_one_member_or_all(options: tuple[str, ...], tmp_path: Path) -> None:
    assert run("-C", tmp_path, "card", *options).code == 2


def test_a_period_without_entries_still_counts_for_the_mean(tmp_path: Path) -> None:
    folder = small(tmp_path / "w")
    path = folder / "rules" / "small.yaml"
    path.write_text(path.read_text("utf-8").replace("    base: {title: 基础分, grant: 10}\n", ""), "utf-8")
    found = good("-C", folder, "card", "M1", "--quarter", "2021Q1", "--format", "json").json
    assert [(one["period"], one["score"]) for one in found["periods"]] == [
        ("2021-01", 10),
        ("2021-02", Decimal("-0.75")),
        ("2021-03", 0),
    ]
    assert found["score"] == Decimal("3.08")
    nobody = good("-C", folder, "card", "M2", "--quarter", "2021Q1").text
    assert "月平均：0、0、0" in nobody
