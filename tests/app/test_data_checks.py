"""What only shows when roster, logs and rules are looked at together: tiny workspaces and what is said of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest

from pointscli.app.data_checks import check_data
from pointscli.app.data_findings import MOST
from pointscli.app.inputs import read_inputs
from pointscli.app.workspace import Sources, open_workspace
from pointscli.model.problem import Problem, Severity

TODAY = date(2021, 8, 15)
RULES = """\
language: 1
scheme: party
title: 党员积分
effective: {from: 2021-01-01}
settle: quarter
score:
  items:
    talk: {title: 党课, points: 2}
    help: {title: 帮扶, points: {from: 0, to: 1000}}
    honor: {title: 荣誉, points: {levels: {国家级: 10, 省级: 8}}}
"""
REVIEW = "review: {stages: {declared: 申报, verified: 认定, approved: 审核}, counts_from: verified}\n"
EVENTS = "id,date,member,item,points,level,reason,stage"


def check(folder: Path, today: date = TODAY, **tables: str) -> list[Problem]:
    """Write a workspace (`rules` adds keys to the rule file) and check its data."""
    (folder / "rules").mkdir(exist_ok=True)
    (folder / "rules" / "a.yaml").write_text(RULES + tables.pop("rules", ""), "utf-8")
    tables = {"members": "id,name\nM1,张三\nM2,李四", "events": EVENTS, **tables}
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(dedent(text).strip() + "\n", "utf-8")
    workspace = open_workspace(folder, Sources())
    inputs = read_inputs(workspace)
    assert inputs.errors == []
    problems = check_data(inputs, today, workspace)
    assert all(problem.text(problem.message) and problem.text(problem.hint) for problem in problems)
    return problems


def short(problems: list[Problem], *without: str) -> list[str]:
    """`name file line:column`."""
    return [
        f"{one.name} {one.place.path} {one.place.line}:{one.place.column}"
        for one in problems
        if one.name not in without
    ]


def test_a_clean_workspace_is_clean(tmp_path: Path) -> None:
    events = f"""{EVENTS}
        E1,2021-07-01,M1,talk,,,,
        E2,2021-07-02,M2,help,3,,,
        E3,2021-07-02,M2,honor,,国家级,,
        E4,2021-07-03,M2,honor,,省级,,"""
    assert short(check(tmp_path, events=events.replace(" " * 8, ""))) == []


SPELLS = "id,name,kind,since,until\n"
ACTIVITY = {
    "left before the end of the period": (
        "",
        "M1,张三,full,,2021-07-31",
        "2021-07-01",
        ["inactive-member events.csv 2:4"],
    ),
    "in force today, though not at the end of the period": (
        "",
        "M1,张三,full,,2021-08-20",
        "2021-07-01",
        [],
    ),
    "joined after the event, but in the period": ("", "M1,张三,full,2021-08-01,", "2021-07-01", []),
    "active at the start": (
        "active: start\n",
        "M1,张三,full,2021-07-02,",
        "2021-07-05",
        ["inactive-member events.csv 2:4"],
    ),
    "active on any day": ("active: any\n", "M1,张三,full,,2021-07-01", "2021-08-05", []),
    "active on the whole": (
        "active: whole\n",
        "M1,张三,full,2021-07-02,",
        "2021-07-05",
        ["inactive-member events.csv 2:4"],
    ),
    "whole, in two spells": (
        "active: whole\n",
        "M1,张三,full,,2021-07-10\nM1,张三,full,2021-07-11,",
        "2021-07-05",
        [],
    ),
    "not accepted then": (
        "members: {kind: [full]}\n",
        "M1,张三,probationary,,2021-07-10\nM1,张三,正式党员,2021-07-11,",
        "2021-07-05",
        ["refused-member events.csv 2:15"],
    ),
    "accepted on the day, but not at the end": (
        "members: {kind: [full]}\n",
        "M1,张三,full,,2021-07-10\nM1,张三,retired,2021-07-11,",
        "2021-07-05",
        ["inactive-member events.csv 2:4"],
    ),
}


@pytest.mark.parametrize(("rules", "rows", "day", "expected"), ACTIVITY.values(), ids=list(ACTIVITY))
def test_events_outside_activity(rules: str, rows: str, day: str, expected: list[str], tmp_path: Path) -> None:
    problems = check(tmp_path, rules=rules, members=SPELLS + rows, events=f"{EVENTS}\nE1,{day},M1,talk,,,,")
    assert short(problems, "unused-items", "unscored-rows") == expected


def test_events_of_one_member_and_period_are_one_finding(tmp_path: Path) -> None:
    rows = "\n".join(f"E{n},2021-0{n}-01,M1,talk,,,," for n in (4, 5, 6, 7))
    members = SPELLS + "M1,张三,full,,2021-05-31"
    problems = check(tmp_path, members=members, events=f"{EVENTS}\n{rows}")
    found = [one for one in problems if one.name == "inactive-member"]
    assert short(found) == ["inactive-member events.csv 2:4", "inactive-member events.csv 5:4"]
    assert (
        found[0].text(found[0].message).startswith("events of M1 张三 count for nothing (3): not on the roster at the")
    )
    assert "members.csv:2 (… – 2021-05-31)" in found[0].text(found[0].hint)


def test_roster(tmp_path: Path) -> None:
    members = "id,name,kind\nM1,张三,full\nM2,张 三,applicant\nM3,李四,applicant\nM4,王五,积极分子"
    problems = check(tmp_path, members=members, rules="members: {kind: [full, 预备党员]}\n")
    assert short(problems) == [
        "namesakes members.csv 3:0",
        "unscored-rows members.csv 3:0",
        "unscored-rows members.csv 5:0",
    ]
    assert dict(problems[1].args) == {"count": "2", "cells": "kind: applicant"}


def test_future_events(tmp_path: Path) -> None:
    events = f"{EVENTS}\nE1,2021-08-15,M1,talk,,,,\nE2,2021-08-16,M1;M2,talk,,,,"
    assert short(check(tmp_path, events=events), "unused-items") == ["future-event events.csv 3:4"]


def test_many_findings_of_one_kind_end_in_a_number(tmp_path: Path) -> None:
    rows = "\n".join(f"E{n},2031-08-16,M1,talk,,,{n}," for n in range(MOST + 20))
    found = [one for one in check(tmp_path, events=f"{EVENTS}\n{rows}") if one.name == "future-event"]
    assert len(found) == MOST + 1
    assert dict(found[-1].args) == {"count": "20"}


def test_many_decisions_too(tmp_path: Path) -> None:
    rows = ["2021-07-02,E1,dismiss,,书记"] * (MOST + 20)
    reviews = "\n".join(("date,event,decision,stage,by", *rows))
    problems = check(tmp_path, rules=REVIEW, events=f"{EVENTS}\nE1,2021-07-01,M1,talk,,,,", reviews=reviews)
    found = [one for one in problems if one.name == "needless-dismissal"]
    assert len(found) == MOST + 1
    assert dict(found[-1].args) == {"count": "20"}
    assert found[-1].place.line == MOST + 2


DUPLICATES = {
    "the same": ("E1,2021-07-01,M1,talk,,,,", "E2,2021-07-01,张三,党课,,,,", True),
    "without ids": (",2021-07-01,M1,talk,,,,", ",2021-07-01,M1,talk,,,,", True),
    "one reason": ("E1,2021-07-01,M1,talk,,,上午,", "E2,2021-07-01,M1,talk,,,,", True),
    "two reasons": ("E1,2021-07-01,M1,talk,,,上午,", "E2,2021-07-01,M1,talk,,,下午,", False),
    "another day": ("E1,2021-07-01,M1,talk,,,,", "E2,2021-07-02,M1,talk,,,,", False),
    "another member": ("E1,2021-07-01,M1,talk,,,,", "E2,2021-07-01,M2,talk,,,,", False),
    "one of several members": ("E1,2021-07-01,M1;M2,talk,,,,", "E2,2021-07-01,M2,talk,,,,", True),
    "other points": ("E1,2021-07-01,M1,help,1,,,", "E2,2021-07-01,M1,help,2,,,", False),
    "another level": ("E1,2021-07-01,M1,honor,,省级,,", "E2,2021-07-01,M1,honor,,国家级,,", False),
}


@pytest.mark.parametrize(("one", "other", "fires"), DUPLICATES.values(), ids=list(DUPLICATES))
def test_suspected_duplicates(one: str, other: str, fires: bool, tmp_path: Path) -> None:  # noqa: FBT001
    problems = check(tmp_path, events=f"{EVENTS}\n{one}\n{other}")
    found = [problem for problem in problems if problem.name == "suspected-duplicate"]
    assert [problem.place.line for problem in found] == ([3] if fires else [])
    assert [related.place.line for problem in found for related in problem.related] == ([2] if fires else [])


def test_unused_items_and_levels(tmp_path: Path) -> None:
    problems = check(tmp_path, events=f"{EVENTS}\nE1,2021-07-01,M1,honor,,省级,,")
    assert short(problems) == ["unused-items rules/a.yaml 8:5", "unused-levels rules/a.yaml 10:5"]
    assert dict(problems[0].args)["items"] == "talk 党课, help 帮扶"
    assert dict(problems[1].args)["levels"] == "荣誉 国家级"


def test_an_item_that_only_grants_needs_no_events(tmp_path: Path) -> None:
    rules = "    base: {title: 基础分, grant: 10}\n    veto: {title: 一票否决, ceiling: {of: score, at: 0}}\n"
    problems = check(tmp_path, rules=rules, events=f"{EVENTS}\nE1,2021-07-01,M1;M2,talk,,,,")
    assert dict(problems[0].args)["items"] == "help 帮扶, honor 荣誉, veto 一票否决"


def test_an_amended_level_is_used(tmp_path: Path) -> None:
    reviews = "date,event,decision,level,by\n2021-07-02,E1,amend,国家级,书记"
    problems = check(tmp_path, events=f"{EVENTS}\nE1,2021-07-01,M1,honor,,省级,,", reviews=reviews)
    assert short(problems, "unused-items") == []


def test_an_empty_log_uses_nothing_and_that_is_said_elsewhere(tmp_path: Path) -> None:
    assert short(check(tmp_path)) == []


JUMPS = {
    "too few before": (["3"] * 7 + ["100"], []),
    "far above": (["3"] * 8 + ["9.5"], [10]),
    "three times is not more": (["3"] * 8 + ["9"], []),
    "in the order of dates, and the jump is history then": (["3"] * 8 + ["10", "10"], [10]),
    "nothing but zero before": (["0"] * 8 + ["5"], []),
}


@pytest.mark.parametrize(("values", "lines"), JUMPS.values(), ids=list(JUMPS))
def test_jumps(values: list[str], lines: list[int], tmp_path: Path) -> None:
    rows = [f"E{n:02},2021-07-{n:02},M1,help,{value},,," for n, value in enumerate(values, 1)]
    problems = check(tmp_path, events="\n".join((EVENTS, *rows)))
    assert [one.place.line for one in problems if one.name == "points-jump"] == lines


def test_a_jump_against_the_own_history(tmp_path: Path) -> None:
    rows = ["A,2021-07-01,M2,help,50,,,"] + [f"E{n:02},2021-07-{n:02},M1,help,3,,," for n in range(2, 10)]
    rows += ["Z,2021-07-20,M1,help,12,,,"]
    found = [one for one in check(tmp_path, events="\n".join((EVENTS, *rows))) if one.name == "points-jump"]
    assert short(found) == ["points-jump events.csv 11:22"]
    assert (
        found[0].text(found[0].message) == "12 points for 帮扶: none of the 8 earlier ones of M1 张三 has more than 3"
    )


DECISIONS = {
    "forward": (["approve,verified", "approve,approved"], []),
    "back": (["approve,approved", "approve,verified"], ["backward-stage reviews.csv 3:23"]),
    "back from its own stage": (["approve,declared"], []),
    "steps past the end": (["approve,", "approve,", "approve,", "approve,approved"], []),
    "restored": (["reject,", "approve,verified"], ["approval-after-rejection reviews.csv 3:15"]),
    "rejected twice": (["reject,", "reject,"], []),
    "two objections": (["object,", "object,"], ["second-objection reviews.csv 3:15"]),
    "closed by an amendment": (["object,", "amend,", "object,"], []),
    "nothing to dismiss": (["object,", "dismiss,", "dismiss,"], ["needless-dismissal reviews.csv 4:15"]),
    "closed by a rejection": (["object,", "reject,", "dismiss,"], ["needless-dismissal reviews.csv 4:15"]),
}


@pytest.mark.parametrize(("decisions", "expected"), DECISIONS.values(), ids=list(DECISIONS))
def test_decisions_going_backwards(decisions: list[str], expected: list[str], tmp_path: Path) -> None:
    rows = [f"2021-07-02,E1,{decision},书记" for decision in decisions]
    problems = check(
        tmp_path,
        rules=REVIEW,
        events=f"{EVENTS}\nE1,2021-07-01,M1;M2,talk,,,,",
        reviews="\n".join(("date,event,decision,stage,by", *rows)),
    )
    assert short(problems, "unused-items") == expected


def test_amounts_beside_decisions_that_do_not_use_them(tmp_path: Path) -> None:
    rows = (
        "E1,approve,,,",
        "E1,approve,,,2",
        "E1,approve,3,,",
        "E1,驳回,,甲,",
        "E1,object,,,1",
        "E1,amend,4,,",
    )
    reviews = "\n".join(("date,event,decision,quantity,level,points,by", *(f"2021-07-02,{row},书记" for row in rows)))
    problems = check(tmp_path, rules=REVIEW, events=f"{EVENTS}\nE1,2021-07-01,M1,help,2,,,", reviews=reviews)
    found = [one for one in problems if one.name == "unused-decision-cell"]
    assert short(found) == [f"unused-decision-cell reviews.csv {at}" for at in ("4:23", "5:19", "6:24")]
    assert found[0].text(found[0].message) == "approve does not use the quantity 3: it changes nothing"


def test_nominations_going_backwards(tmp_path: Path) -> None:
    outcomes = "outcomes: {star: {title: 之星, period: year, where: {score: '>= 1'}, confirm: approved}}\n"
    decisions = ("approve,审核", "approve,认定", "reject,", "approve,", "dismiss,")
    rows = [f"2021-07-02,star/2021/M1,{decision},书记" for decision in decisions]
    reviews = "\n".join(("date,event,decision,stage,by", *rows))
    problems = check(tmp_path, rules=REVIEW + outcomes + "rollup: {year: mean}\n", reviews=reviews)
    assert short(problems) == [
        "backward-stage reviews.csv 3:33",
        "approval-after-rejection reviews.csv 5:25",
        "needless-dismissal reviews.csv 6:25",
    ]


CONFIRMED = (
    REVIEW
    + """rollup: {half: sum, year: sum}
outcomes:
  star: {title: 之星, period: [quarter, half], where: {score: ">= 1"}, confirm: approved}
  first: {title: 第一, period: [quarter, half], top: 1, confirm: approved}
"""
)
NOMINATIONS = {
    "the member meets it": (["star/2021H1/M1,approve"], []),
    "by name": (["star/2021上半年/张三,approve", "star/2021H1/张三,reject"], []),
    "another member": (["star/2021H1/M2,approve"], ["not-nominated reviews.csv 4:12"]),
    "once for each": (["star/2021H1/M2,approve", "star/2021H1/李四,reject"], ["not-nominated reviews.csv 4:12"]),
    "another outcome": (["first/2021H1/M2,reject"], ["not-nominated reviews.csv 4:12"]),
    "another period": (["star/2021Q1/M1,approve"], ["not-nominated reviews.csv 4:12"]),
    "the period is not over": (["star/2021H2/M2,approve"], []),
    "a period that is never made": (["star/2020/M1,approve"], ["not-nominated reviews.csv 4:12"]),
    "another scheme": (["other:star/2021H1/M2,approve"], []),
}


@pytest.mark.parametrize(("decisions", "expected"), NOMINATIONS.values(), ids=list(NOMINATIONS))
def test_nominations(decisions: list[str], expected: list[str], tmp_path: Path) -> None:
    rows = ["2021-06-02,E1,approve,approved,书记", "2021-06-03,E2,approve,verified,书记"]
    rows += [f"2021-07-05,{decision},approved,书记" for decision in decisions]
    reviews = "\n".join(("date,event,decision,stage,by", *rows))
    events = f"{EVENTS}\nE1,2021-06-01,M1,talk,,,,\nE2,2021-02-01,M2,help,0,,,"
    problems = check(tmp_path, rules=CONFIRMED, events=events, reviews=reviews)
    assert short(problems, "unused-items") == expected


def test_nominations_are_not_judged_by_a_log_with_errors(tmp_path: Path) -> None:
    reviews = "date,event,decision,stage,by\n2021-07-05,star/2021H1/M2,approve,approved,书记"
    assert "not-nominated reviews.csv 2:12" in short(check(tmp_path, rules=CONFIRMED, reviews=reviews))
    for row in ("E1,2021-06-01,M9,talk,,,,", "E1,2021-06-01,M2,talk,3,,,"):
        (tmp_path / "events.csv").write_text(f"{EVENTS}\n{row}\n", "utf-8")
        inputs = read_inputs(open_workspace(tmp_path, Sources()))
        assert not [one for one in check_data(inputs, TODAY) if one.name == "not-nominated"]


REDEMPTION = "redemption: {opens: quarter, expires: never, gifts: {tissue: {title: 抽纸, cost: 1, stock: 3}}}\n"
REDEMPTIONS = {
    "fine": (["2021-07-01,M1,tissue,2", "2021-07-01,李四,抽纸,"], []),
    "nobody": (["2021-07-01,M9,tissue,1"], ["unknown-member redemptions.csv 2:12"]),
    "two": (["2021-07-01,M1;M2,tissue,1"], ["several-redeemers redemptions.csv 2:12"]),
    "no gift": (["2021-07-01,M1,kettle,1"], ["unknown-gift redemptions.csv 2:15"]),
    "half a gift": (["2021-07-01,M1,tissue,0.5"], ["bad-count redemptions.csv 2:22"]),
    "given back": (["2021-07-01,M1,tissue,-1"], ["bad-count redemptions.csv 2:22"]),
    "no number": (["2021-07-01,M1,tissue,一"], ["bad-number redemptions.csv 2:22"]),
    "no day": (["2021-07-32,M1,tissue,1"], ["bad-date redemptions.csv 2:1"]),
    "tomorrow": (["2021-08-16,M1,tissue,1"], ["future-redemption redemptions.csv 2:1"]),
    "over stock": (["2021-07-01,M1,tissue,2", "2021-07-02,M1,tissue,2"], ["over-stock redemptions.csv 3:15"]),
}


@pytest.mark.parametrize(("rows", "expected"), REDEMPTIONS.values(), ids=list(REDEMPTIONS))
def test_redemptions(rows: list[str], expected: list[str], tmp_path: Path) -> None:
    earned = f"{EVENTS}\nE1,2021-06-01,M1;M2,help,10,,,"
    redeemed = "\n".join(("date,member,gift,count", *rows))
    problems = check(tmp_path, rules=REDEMPTION, events=earned, redemptions=redeemed)
    problems = [one for one in problems if one.name != "unused-items"]
    assert short(problems) == expected
    soft = {"over-stock", "future-redemption"}
    assert all((one.severity is Severity.WARNING) == (one.name in soft) for one in problems)


@pytest.mark.parametrize(("points", "expected"), [("", ["over-balance redemptions.csv 2:15"]), ("3", [])])
def test_balances_are_not_judged_by_events_without_a_price(points: str, expected: list[str], tmp_path: Path) -> None:
    events = f"{EVENTS}\nE1,2021-06-01,M1,talk,{points},,,"
    redeemed = "date,member,gift,count\n2021-07-01,M1,tissue,3"
    problems = check(tmp_path, rules=REDEMPTION, events=events, redemptions=redeemed)
    assert short(problems, "unused-items") == expected


def test_redemption_tables_are_read_with_their_findings(tmp_path: Path) -> None:
    problems = check(tmp_path, rules=REDEMPTION, redemptions="date,member,gift\n2021-07-01,M1")
    assert short(problems) == ["too-few-fields redemptions.csv 2:12"]


def test_without_a_workspace_decisions_stand_at_the_event(tmp_path: Path) -> None:
    rows = "date,event,decision,stage,by\n2021-07-02,E1,dismiss,,书记"
    check(tmp_path, rules=REVIEW, events=f"{EVENTS}\nE1,2021-07-01,M1,talk,,,,", reviews=rows)
    inputs = read_inputs(open_workspace(tmp_path, Sources()))
    assert short(check_data(inputs, TODAY), "unused-items") == ["needless-dismissal events.csv 2:1"]
