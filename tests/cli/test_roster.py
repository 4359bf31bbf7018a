"""The listing of who is scored: it agrees with the tallies, needs no sound log, and names whom no scheme scores."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from io import StringIO
from pathlib import Path

import pytest

from pointscli.app.inputs import read_inputs
from pointscli.app.question import Asked
from pointscli.app.roster_listing import list_roster
from pointscli.app.tally import tally_inputs
from pointscli.app.workspace import Sources, open_workspace
from pointscli.model.period import parse_period
from tests.cli.running import ROOT, good, run, write_csv

EXAMPLES = ROOT / "examples"
TODAY = date(2022, 6, 1)
Row = dict[str, str]

SCHEME = """\
language: 1
scheme: %(id)s
title: 积分办法
effective: {from: 2021-01-01, to: %(to)s}
members: {kind: [%(kind)s]}
active: %(active)s
settle: month
rollup: {quarter: sum, year: sum}
score: {items: {base_%(id)s: {title: 基础%(id)s, grant: 1}}}
ranking: {ties: dense, only: {post: [委员, 书记]}}
"""
MEMBERS: list[Row] = [
    {"id": "M1", "name": "甲", "branch": "一支部", "kind": "正式党员", "post": "书记"},
    {"id": "M2", "name": "乙", "branch": "一支部", "kind": "正式党员", "post": "委员", "exempt": "长期病休"},
    {"id": "M3", "name": "丙", "branch": "一支部", "kind": "正式党员", "post": ""},
    {"id": "M4", "name": "丁", "branch": "一支部", "kind": "正式党员", "post": "委员", "until": "2021-02-10"},
    {"id": "M4", "name": "丁", "branch": "二支部", "kind": "正式党员", "post": "委员", "since": "2021-02-11"},
    {"id": "M5", "name": "戊", "branch": "二支部", "kind": "群众", "post": ""},
    {"id": "M6", "name": "己", "branch": "二支部", "kind": "正式党员", "post": "委员", "until": "2021-03-15"},
    {"id": "M7", "name": "庚", "branch": "二支部", "kind": "积极分子甲", "post": "", "until": "2021-02-28"},
    {"id": "M7", "name": "庚", "branch": "二支部", "kind": "正式党员", "post": "委员", "since": "2021-03-01"},
    {"id": "M8", "name": "辛", "branch": "二支部", "kind": "正式党员", "post": "委员", "since": "2021-04-01"},
]
COLUMNS = ("id", "name", "branch", "kind", "post", "since", "until", "exempt")


def write(folder: Path, *, active: str = "end", log: str = "") -> Path:
    (folder / "rules").mkdir(parents=True)
    for name, kind, to in (("full", "正式党员", "2021-12-31"), ("cadets", "积极分子甲", "2021-12-31")):
        text = SCHEME % {"id": name, "kind": kind, "active": active, "to": to}
        (folder / "rules" / f"{name}.yaml").write_text(text, "utf-8")
    write_csv(folder / "members.csv", MEMBERS, COLUMNS)
    (folder / "events.csv").write_text("id,date,member,item\n" + log, "utf-8")
    return folder


def listing(folder: Path, *options: str) -> list[Row]:
    text = good("-C", folder, "roster", *options, "--format", "csv", "--headers", "ids").text
    return list(csv.DictReader(StringIO(text)))


def cells(rows: Sequence[Row], *columns: str) -> list[tuple[str, ...]]:
    return [tuple(row[column] for column in columns) for row in rows]


def test_who_is_scored_ranked_exempt_and_nobodys(tmp_path: Path) -> None:
    rows = listing(write(tmp_path / "w"), "--quarter", "2021Q1")
    assert cells(rows, "member", "scheme", "scored", "listed", "ranked", "exempt", "remark") == [
        ("M1", "full", "2021-01至2021-03", "是", "是", "", ""),
        ("M2", "full", "2021-01至2021-03", "是", "否", "长期病休", ""),
        ("M3", "full", "2021-01至2021-03", "是", "否", "", "不在排名范围"),
        ("M4", "full", "2021-01至2021-03", "是", "是", "", "此前在一支部"),
        ("M5", "", "", "", "", "", "没有方案对此类人员计分"),
        ("M6", "full", "2021-01至2021-02", "否", "否", "", "期末不在册，不列入本期"),
        ("M7", "cadets", "2021-01至2021-02", "否", "否", "", "期末不在册，不列入本期"),
        ("M7", "full", "2021-03", "是", "是", "", "此前为积极分子甲"),
    ]
    assert [row["branch"] for row in rows if row["member"] == "M4"] == ["二支部"]


@pytest.mark.parametrize("active", ["start", "end", "any", "whole"])
def test_it_lists_whom_the_tally_lists(active: str, tmp_path: Path) -> None:
    workspace = open_workspace(write(tmp_path / "w", active=active), Sources())
    inputs = read_inputs(workspace)
    for label in ("2021-02", "2021Q1"):
        asked = Asked(TODAY, parse_period(label), "full")
        rows = list_roster(workspace, asked, {}, []).table.rows
        tally = tally_inputs(inputs, asked, "zh").tally
        mine = [(row[0], row[2], row[9] == "是") for row in rows if row[8] == "是"]
        theirs = [(one.member, one.row["branch"], one.rank is not None) for one in tally.standings]
        assert sorted(mine, key=str) == sorted(theirs, key=str), label


@pytest.mark.parametrize("name", ["social-insurance"])
def test_it_agrees_with_the_examples(name: str) -> None:
    workspace = open_workspace(EXAMPLES / name, Sources())
    inputs = read_inputs(workspace)
    rows = list_roster(workspace, Asked(TODAY, parse_period("2021")), {}, []).table.rows
    for scheme in {one.id for one in inputs.schemes}:
        tally = tally_inputs(inputs, Asked(TODAY, parse_period("2021"), scheme), "zh").tally
        mine = {(row[0], row[9] == "是", row[10]) for row in rows if row[5] == scheme and row[8] == "是"}
        theirs = {(one.member, one.rank is not None, one.row.get("exempt") or None) for one in tally.standings}
        assert {(member, ranked, why or None) for member, ranked, why in mine} == theirs


FILTERS = {
    "a branch": (("--branch", "一支部"), ["M1", "M2", "M3"]),
    "a kind": (("--kind", "群众"), ["M5"]),
    "a column": (("--where", "post=书记"), ["M1"]),
    "a scheme": (("--scheme", "cadets"), ["M7"]),
    "two branches and a kind": (("--branch", "一支部", "--branch", "二支部", "--kind", "群众"), ["M5"]),
}


@pytest.mark.parametrize(("options", "members"), FILTERS.values(), ids=FILTERS)
def test_filters(options: tuple[str, ...], members: list[str], tmp_path: Path) -> None:
    rows = listing(write(tmp_path / "w"), "--quarter", "2021Q1", *options)
    assert [row["member"] for row in rows] == members


def test_errors_in_the_log_do_not_matter(tmp_path: Path) -> None:
    folder = write(tmp_path / "w", log="E1,2021-02-30,nobody,nothing\n")
    assert len(listing(folder, "--quarter", "2021Q1")) == 8


def test_as_of_a_day(tmp_path: Path) -> None:
    rows = listing(write(tmp_path / "w"), "--year", "2021", "--as-of", "2021-02-01")
    assert cells(rows, "member", "scored", "count")[3] == ("M4", "2021-01至2021-02", "2")
    assert [row["branch"] for row in rows if row["member"] == "M4"] == ["一支部"]


def test_the_last_period_of_one_scheme_where_another_has_ended(tmp_path: Path) -> None:
    folder = write(tmp_path / "w", log="E1,2021-02-10,M1,act\n")
    ended = SCHEME % {"id": "cadets", "kind": "积极分子甲", "active": "end", "to": "2020-12-31"}
    (folder / "rules" / "cadets.yaml").write_text(ended.replace("2021-01-01", "2020-01-01"), "utf-8")
    path = folder / "rules" / "full.yaml"
    unranked = path.read_text("utf-8").replace("ranking: {ties: dense, only: {post: [委员, 书记]}}\n", "")
    path.write_text(unranked.replace("}}}", "}, act: {title: 活动, points: 1}}}"), "utf-8")
    answer = good("-C", folder, "roster", "--month", "2021-02", "--format", "json")
    rows = {row["member"]: row for row in answer.json["rows"]}
    assert {row["scheme"] for row in rows.values()} == {"full", None}
    assert [rows[member]["ranked"] for member in ("M1", "M2")] == ["否", "否"]
    assert [rows[member]["remark"] for member in ("M1", "M7")] == ["方案不排名", "没有方案对此类人员计分"]
    told = good("-C", folder, "roster", "--scheme", "full").err
    assert told == "no period given: 2021, the last one with events\n"


REFUSED = {
    "an unknown column": (("--where", "hair=grey"), 2, "the roster has no column hair"),
    "an unknown scheme": (("--scheme", "x"), 2, "there is no scheme x"),
    "not begun": (("--year", "2021", "--as-of", "2020-12-31"), 2, "has not begun"),
}


@pytest.mark.parametrize(("options", "code", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused(options: tuple[str, ...], code: int, said: str, tmp_path: Path) -> None:
    answer = run("-C", write(tmp_path / "w"), "roster", *options)
    assert (answer.code, said in answer.err) == (code, True)


def test_a_wrong_roster_stops_it(tmp_path: Path) -> None:
    folder = write(tmp_path / "w")
    with (folder / "members.csv").open("a", encoding="utf-8") as file:
        file.write("M1,另一人,一支部,正式党员,,2021-02-30,,\n")
    assert run("-C", folder, "roster", "--year", "2021").code == 1
