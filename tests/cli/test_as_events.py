"""Awards of one scheme as events of another: article 3's way from the branch's list into the bureau's scheme."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from tests.cli.running import ROOT, Answer, good, run, write_csv

BRANCH = """\
language: 1
scheme: branch
title: 支部积分办法
version: 2021年版
effective: {from: 2021-01-01}
settle: month
rollup: {year: sum}
review: {stages: {a: 申报, b: 审核}, counts_from: b}
score: {items: {work: {title: 工作, points: {from: 0, to: 100}}}}
ranking: {ties: competition}
outcomes:
  excellent: {title: 优秀党员, period: year, top: 2}
  talk: {title: 帮扶谈话, period: year, bottom: 1, confirm: b}
"""
BUREAU = """\
language: 1
scheme: bureau
title: 局机关个人积分制办法
effective: {from: 2021-01-01}
members: {kind: [正式党员]}
settle: year
%(review)sscore:
  items:
    honour: {title: 获评优秀党员, points: %(price)s, evidence: required, aliases: [优秀党员加分]}
    duty: {title: 本职, points: {from: 0, to: 100}}
"""
REVIEW = "review: {stages: {d: 个人申报, p: 机关党委审核}, counts_from: p}\n"
COLUMNS = ("id", "date", "member", "item", "level", "points", "reason", "evidence", "by", "stage")
Row = dict[str, str]


def people(*ids: str, **changed: Row) -> list[Row]:
    names = {"F1": "周大江", "F2": "苏晚舟", "F3": "许千里"}
    return [
        {"id": one, "name": names[one], "branch": "一支部", "kind": "正式党员", **changed.get(one, {})} for one in ids
    ]


def event(number: int, member: str, points: str, stage: str = "b") -> Row:
    row = {"id": f"E{number}", "date": "2021-05-01", "member": member, "item": "工作", "points": points}
    return {**dict.fromkeys(COLUMNS, ""), **row, "stage": stage}


def write(folder: Path, events: list[Row] | None = None) -> Path:
    (folder / "rules").mkdir(parents=True)
    (folder / "rules" / "branch.yaml").write_text(BRANCH, "utf-8")
    write_csv(folder / "members.csv", people("F1", "F2", "F3"))
    rows = events or [event(1, "F1", "90"), event(2, "F2", "80"), event(3, "F3", "70")]
    write_csv(folder / "events.csv", rows, COLUMNS)
    return folder


def bureau(
    folder: Path, members: list[Row] | None = None, *, review: str = "", price: str = "5", rows: list[Row] | None = None
) -> Path:
    (folder / "rules").mkdir(parents=True)
    (folder / "rules" / "bureau.yaml").write_text(BUREAU % {"review": review, "price": price}, "utf-8")
    write_csv(folder / "members.csv", members or people("F1", "F2", "F3"))
    write_csv(folder / "events.csv", rows or [], COLUMNS)
    return folder


def award(folder: Path, into: Path, *options: str, outcome: str = "excellent", item: str = "获评优秀党员") -> Answer:
    period = () if "--month" in options else ("--year", "2021")
    more = ("--outcome", outcome) if outcome else ()
    command = ("outcomes", *period, "--as-events", item, *more, "--into", into, "--by", "组织委员")
    return run("-C", folder, *command, *options)


def logged(folder: Path) -> list[Row]:
    with (folder / "events.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["id"].startswith("award-")]


def test_awards_become_events_of_the_bureau(tmp_path: Path) -> None:
    source, into = write(tmp_path / "branch"), bureau(tmp_path / "bureau")
    before = sorted(path.name for path in source.iterdir())
    answer = award(source, into)
    assert (answer.code, answer.err) == (0, "2 events were written to events.csv, 0 were there already\n")
    assert logged(into)[0] == {
        "id": "award-branch-excellent-2021-F1",
        "date": "2021-12-31",
        "member": "F1",
        "item": "获评优秀党员",
        "level": "",
        "points": "",
        "reason": "评为优秀党员（2021年度）",
        "evidence": "支部积分办法（2021年版）2021年度评定结果",
        "by": "组织委员",
        "stage": "",
    }
    tally = good("-C", into, "tally", "--year", "2021", "--format", "json").json
    assert {one["member"]: one["score"] for one in tally["members"]} == {"F1": 5, "F2": 5, "F3": 0}
    assert (into / "points.audit.jsonl").is_file()
    assert sorted(path.name for path in source.iterdir()) == before
    again = award(source, into)
    assert (again.err, len(logged(into))) == ("nothing to write: 2 events are there already\n", 2)
    assert good("-C", into, "check").code == 0


def test_they_wait_for_the_review_of_the_scheme_that_takes_them(tmp_path: Path) -> None:
    into = bureau(tmp_path / "bureau", review=REVIEW)
    answer = award(write(tmp_path / "branch"), into)
    assert "they stand at the stage 个人申报 and count once they are approved: points review" in answer.err
    tally = good("-C", into, "tally", "--year", "2021", "--format", "json").json
    assert {one["score"] for one in tally["members"]} == {0}


def test_another_scheme_of_the_same_workspace(tmp_path: Path) -> None:
    folder = write(tmp_path / "w")
    (folder / "rules" / "bureau.yaml").write_text(BUREAU % {"review": "", "price": "5"}, "utf-8")
    options = ("--scheme", "branch", "--outcome", "excellent")
    answer = run("-C", folder, "outcomes", "--year", "2021", *options, "--as-events", "优秀党员加分", "--dry-run")
    assert answer.err == "nothing was written: 2 events would be, 0 are there already\n"
    assert logged(folder) == []
    good("-C", folder, "outcomes", "--year", "2021", *options, "--as-events", "honour", "--into", folder)
    assert [row["member"] for row in logged(folder)] == ["F1", "F2"]
    own = run("-C", folder, "outcomes", "--year", "2021", *options, "--as-events", "work")
    assert (own.code, "belongs to branch itself" in own.err) == (1, True)


def test_levels_points_date_and_evidence_are_those_given(tmp_path: Path) -> None:
    into = bureau(tmp_path / "bureau", price="{levels: {局级: 3, 市级: 8}}")
    wrong = award(write(tmp_path / "branch"), into)
    assert (wrong.code, "level-missing" in wrong.err, logged(into)) == (1, True, [])
    options = ("--level", "局级", "--date", "2022-01-10", "--evidence", "表彰决定")
    assert award(tmp_path / "branch", into, *options).code == 0
    assert {(row["level"], row["date"], row["evidence"]) for row in logged(into)} == {
        ("局级", "2022-01-10", "表彰决定")
    }


ROSTERS: dict[str, tuple[list[Row], str]] = {
    "not on that roster": (people("F1"), "F2 苏晚舟: 不在该方案的花名册上"),
    "of a kind that is not scored": (people("F1", "F2", F2={"kind": "预备党员"}), "F2 苏晚舟: 当日不在该方案计分范围"),
    "another member with the id": (people("F1", "F2", F2={"name": "别人"}), "F2 苏晚舟: 编号相同而姓名不同：别人"),
    "namesakes": (
        people("F1", "F2", "F3", F2={"id": "B2"}, F3={"name": "苏晚舟"}),
        "F2 苏晚舟: 花名册上有同名的：B2 苏晚舟、F3 苏晚舟",
    ),
}


@pytest.mark.parametrize(("members", "said"), ROSTERS.values(), ids=ROSTERS)
def test_a_member_whom_that_scheme_does_not_take(members: list[Row], said: str, tmp_path: Path) -> None:
    source, into = write(tmp_path / "branch"), bureau(tmp_path / "bureau", members)
    answer = award(source, into)
    assert (answer.code, logged(into)) == (1, [])
    assert f"1 members cannot be given 获评优秀党员: {said}" in answer.err


def test_anyway_leaves_them_out(tmp_path: Path) -> None:
    into = bureau(tmp_path / "bureau", people("F1"))
    assert award(write(tmp_path / "branch"), into, "--anyway").code == 0
    assert [row["member"] for row in logged(into)] == ["F1"]


def test_a_member_is_found_by_name_where_ids_differ(tmp_path: Path) -> None:
    into = bureau(tmp_path / "bureau", people("F1", "F2", F1={"id": "001"}, F2={"id": "002"}))
    assert award(write(tmp_path / "branch"), into).code == 0
    assert [(row["id"], row["member"]) for row in logged(into)] == [
        ("award-branch-excellent-2021-F1", "001"),
        ("award-branch-excellent-2021-F2", "002"),
    ]


REFUSED: dict[str, tuple[tuple[str, ...], str, str, int, str]] = {
    "several outcomes": ((), "", "honour", 2, "2021 has several outcomes: excellent, talk"),
    "an unknown outcome": ((), "best", "honour", 2, "2021 has no outcome best"),
    "an unknown item": ((), "excellent", "medal", 2, "no scheme has the item medal on 2021-12-31"),
    "an unknown scheme": (("--scheme-of-item", "x"), "excellent", "honour", 2, "there is no scheme x"),
    "a period without outcomes": (("--month", "2021-05"), "", "honour", 2, "2021-05 has no outcomes"),
    "not over": (("--as-of", "2021-06-30"), "excellent", "honour", 1, "2021 is not over on 2021-06-30"),
    "a preview": (("--stage", "a"), "excellent", "honour", 1, "a preview or a partial result is no award"),
}


@pytest.mark.parametrize(("options", "outcome", "item", "code", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused(
    options: tuple[str, ...], outcome: str, item: str, code: int, said: str, tmp_path: Path
) -> None:
    into = bureau(tmp_path / "bureau")
    answer = award(write(tmp_path / "branch"), into, *options, outcome=outcome, item=item)
    assert (answer.code, answer.out, logged(into)) == (code, b"", [])
    assert said in answer.err


def test_an_item_that_two_schemes_have(tmp_path: Path) -> None:
    source, into = write(tmp_path / "branch"), bureau(tmp_path / "bureau")
    text = (into / "rules" / "bureau.yaml").read_text("utf-8")
    (into / "rules" / "other.yaml").write_text(text.replace("scheme: bureau", "scheme: other"), "utf-8")
    answer = award(source, into)
    assert (answer.code, answer.out, logged(into)) == (2, b"", [])
    assert "several schemes have the item: bureau, other" in answer.err
    assert "--scheme-of-item" in answer.err


def test_a_log_with_errors_takes_no_awards(tmp_path: Path) -> None:
    into = bureau(tmp_path / "bureau", rows=[event(1, "F9", "")])
    answer = award(write(tmp_path / "branch"), into)
    assert (answer.code, answer.out, logged(into)) == (1, b"", [])
    assert "events.csv:2:15: error P520 [unknown-member]" in answer.err


def test_only_those_who_are_listed(tmp_path: Path) -> None:
    source, into = write(tmp_path / "branch"), bureau(tmp_path / "bureau")
    write_csv(source / "members.csv", people("F1", "F2", "F3", F2={"branch": "二支部"}))
    assert award(source, into, "--branch", "二支部").code == 0
    assert [row["member"] for row in logged(into)] == ["F2"]
    answer = award(source, into, "--branch", "一支部")
    assert [row["member"] for row in logged(into)] == ["F2", "F1"]
    assert "is not on the list any more" not in answer.err  # F2 is, though not shown


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    answer = award(write(tmp_path / "branch"), tmp_path / "nowhere")
    assert (answer.code, "there is no such folder" in answer.err) == (3, True)


def test_what_is_not_settled_gives_no_awards(tmp_path: Path) -> None:
    source = write(tmp_path / "branch", [event(1, "F1", "90"), event(2, "F2", "80", "a")])
    into = bureau(tmp_path / "bureau")
    answer = award(source, into)
    assert (answer.code, "1 events wait, 0 are under objection: E2" in answer.err) == (1, True)
    assert award(source, into, "--anyway").code == 0


def test_nominations_give_no_event(tmp_path: Path) -> None:
    into = bureau(tmp_path / "bureau")
    answer = award(write(tmp_path / "branch"), into, outcome="talk")
    assert (answer.code, logged(into)) == (0, [])
    assert "1 nominations are not confirmed yet and give no event" in answer.err


def test_an_event_of_a_member_who_is_off_the_list_is_named(tmp_path: Path) -> None:
    source, into = write(tmp_path / "branch"), bureau(tmp_path / "bureau")
    award(source, into)
    with (source / "events.csv").open("a", encoding="utf-8") as file:
        file.write("E9,2021-06-01,F3,工作,,50,,,,b\n")
    answer = award(source, into)
    assert (
        "event award-branch-excellent-2021-F2 is in the log, but its member is not on the list any more" in answer.err
    )
    assert [row["member"] for row in logged(into)] == ["F1", "F2", "F3"]


def test_an_award_counts_once_under_one_item(tmp_path: Path) -> None:
    source, into = write(tmp_path / "branch"), bureau(tmp_path / "bureau")
    award(source, into)
    answer = award(source, into, "--points", "5", item="duty")
    assert (answer.code, "is there already, as 获评优秀党员 of F1 周大江" in answer.err) == (1, True)


def test_the_finance_bureaus_excellent_members(tmp_path: Path) -> None:
    source = tmp_path / "finance"
    shutil.copytree(ROOT / "examples" / "finance-bureau", source)
    into = bureau(tmp_path / "bureau")
    shutil.copy(source / "members.csv", into / "members.csv")
    assert award(source, into, "--anyway").code == 0
    lists = good("-C", source, "outcomes", "--year", "2021", "--format", "json").json["rows"]
    excellent = [row["member"] for row in lists if row["outcome"] == "excellent"]
    assert len(excellent) == 7
    assert [row["member"] for row in logged(into)] == excellent
    tally = good("-C", into, "tally", "--year", "2021", "--format", "json").json
    assert {one["member"] for one in tally["members"] if one["score"] == 5} == set(excellent)
