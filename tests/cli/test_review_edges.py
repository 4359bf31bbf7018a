"""`points review` where files have errors, where schemes share an outcome or an event, and where nothing waits."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from pointscli.app.inputs import read_inputs
from pointscli.app.review import Docket
from pointscli.app.review_list import Showing, waiting_table
from pointscli.app.review_select import Filters, select
from pointscli.app.workspace import Sources, open_workspace
from pointscli.cli.world import World
from tests.cli.review_space import EVENTS, SCHEME, Rows, row, write_space
from tests.cli.running import Answer, good, run, write_csv

BY = ("--by", "支委会", "--date", "2021-09-01")
WHY = (*BY, "--reason", "核实")
OTHER = """
language: 1
scheme: v
title: 另一小组
effective: {from: 2021-01-01}
settle: month
rollup: {year: sum}
members: {branch: [二支部]}
score: {items: {article: {title: 投稿, points: 3}, duty: {title: 值班, points: 1}}}
review: {stages: {filed: 提交, done: 办结}, counts_from: done}
ranking: {ties: competition}
outcomes: {star: {title: 星级, period: year, where: {score: ">= 2"}, confirm: {at: done}}}
"""
BAD = {"id": "E7", "date": "2021-02-30", "member": "M1", "item": "志愿服务"}


def two_schemes(folder: Path) -> Path:
    """Two schemes with the outcome `star`; an event of E2's item goes to one or the other by the member's branch."""
    space = write_space(folder / "w")
    first = SCHEME.replace("settle: month", "settle: month\nmembers: {branch: [一支部]}").replace(
        "{from: 1, to: 5}", "3"
    )
    (space / "rules/w.yaml").write_text(first, "utf-8")
    (space / "rules/v.yaml").write_text(OTHER, "utf-8")
    (space / "rules/free.yaml").unlink()
    write_csv(space / "events.csv", EVENTS[:2])
    return space


def with_an_error(folder: Path, reviews: Rows = ()) -> Path:
    space = write_space(folder / "w", reviews)
    write_csv(space / "events.csv", [*EVENTS, BAD])
    return space


def walked(space: Path, monkeypatch: pytest.MonkeyPatch, *options: str, answers: str = "") -> Answer:
    """What is said to somebody at a terminal."""
    monkeypatch.setattr(World, "asks", property(lambda _world: True))
    return run("-C", space, "review", "--date", "2021-09-01", *options, env={"POINTS_BY": ""}, typed=answers)


def test_an_outcome_of_two_schemes(tmp_path: Path) -> None:
    space = two_schemes(tmp_path)
    (space / "rules/v.yaml").write_text(
        OTHER.replace("{from: 2021-01-01}", "{from: 2021-01-01, to: 2021-12-31}"), "utf-8"
    )
    (space / "rules/v2.yaml").write_text(OTHER.replace("{from: 2021-01-01}", "{from: 2022-01-01}"), "utf-8")
    answer = run("-C", space, "review", "star/2021/M1", "--approve", *BY)
    assert answer.code == 1
    assert answer.err.startswith(
        "star/2021/M1: several schemes have the outcome star\n"
        "    write SCHEME:OUTCOME/PERIOD/MEMBER; the schemes are: v, w\n"
    )


def test_an_event_of_two_schemes_goes_on_in_each(tmp_path: Path) -> None:
    space = two_schemes(tmp_path)
    told = good("-C", space, "review", "E2", "--approve", *BY).text.splitlines()
    assert [line.rpartition(": ")[2] for line in told if "→" in line] == ["个人申报 → 小组认定", "提交 → 办结"]
    with (space / "reviews.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [(one["事项编号"], one["决定"], one.get("阶段", "")) for one in csv.DictReader(file)] == [
            ("E2", "同意", "")
        ]


def test_a_nomination_has_no_such_stage(tmp_path: Path) -> None:
    space = write_space(tmp_path / "w", [row("2022-01-05", "star/2021/M1", "approve", "none")])
    answer = run("-C", space, "tally", "--year", "2021", "--scheme", "w")
    assert answer.code == 1
    assert "reviews.csv:2:" in answer.err
    assert "the nomination has no stage none" in answer.err


REFUSED = {
    "an outcome of another time": (
        ("star/2019/M1", "--approve", *BY),
        "star/2019/M1: no version of the scheme has this outcome in 2019\n    check the period\n",
    ),
    "a row with an error": (
        ("E7", "--approve", *BY),
        "the row of event E7 has an error and is not read\n    points check says what it is; mend it first\n",
    ),
    "a scheme that is none": (("--list", "--scheme", "x"), "there is no scheme x\n    the schemes are: free, w\n"),
    "a member that is none": (("--list", "--member", "王五"), "no member has the id or name 王五\n"),
    "a stage where there are none": (
        ("E5", "E1", "--approve", "verified", "--restore", *BY),
        "E5 has no stage verified to go through\n",
    ),
}


@pytest.mark.parametrize(("arguments", "words"), REFUSED.values(), ids=REFUSED)
def test_refusals(arguments: tuple[str, ...], words: str, tmp_path: Path) -> None:
    space = with_an_error(tmp_path, [row("2021-08-09", event, "reject", reason="没有去") for event in ("E1", "E5")])
    answer = run("-C", space, "review", *arguments)
    assert (answer.code, answer.out) == (2 if "--scheme" in arguments else 1, b"")
    assert answer.err.startswith(words)


def test_a_rejected_event_without_stages_is_restored(tmp_path: Path) -> None:
    space = write_space(tmp_path / "w", [row("2021-08-09", "E5", "reject", reason="没有去")])
    assert good("-C", space, "review", "E5", "--approve", "--restore", *BY).text.startswith(
        "E5 张三 2021-08-03 健步: restored\n"
    )


def test_files_with_errors_leave_nominations_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    space = with_an_error(tmp_path)
    left_out = "nominations are left out, for the files have errors: see points check"
    assert (
        "nominations are not listed, for the files have errors: see points check"
        in good("-C", space, "review", "--list").err
    )
    assert left_out in good("-C", space, "review", "--all-at", "declared", "--approve", "--dry-run", *BY).err
    assert left_out in walked(space, monkeypatch, answers="支部\nq\n").err


def test_nothing_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = walked(write_space(tmp_path / "w"), monkeypatch, "--scheme", "free")
    assert (answer.code, answer.out) == (0, b"")
    assert answer.err.endswith("nothing waits for review\n")


def test_a_year_before_the_rules(tmp_path: Path) -> None:
    answer = good("-C", write_space(tmp_path / "w"), "review", "--list", "--year", "2019")
    assert (answer.text, answer.err) == ("", "nothing waits for review\n")


def test_an_open_objection_is_said_to_who_decides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    space = write_space(tmp_path / "w", [row("2021-08-02", "E1", "object", reason="人数不符")])
    answer = walked(space, monkeypatch, answers="支部\ns\ns\ns\nq\n")
    assert "    stage: 个人申报, next: 小组认定\n    an objection is open\n" in answer.err


def test_who_objected_in_the_second_file(tmp_path: Path) -> None:
    space = write_space(tmp_path / "w", [row("2021-08-01", "E1", "approve", "verified")])
    (space / "reviews.jsonl").write_text(
        '{"date": "2021-08-02", "event": "E1", "decision": "object", "by": "群众", "reason": "人数不符"}\n', "utf-8"
    )
    (found,) = good("-C", space, "review", "--objections", "--format", "json").json["rows"]
    assert (found["event"], found["objector"], found["objection"]) == ("E1", "群众", "人数不符")


def test_the_list_at_a_terminal(tmp_path: Path) -> None:
    """How long each waits; a quantity as it was written."""
    space = write_space(tmp_path / "w")
    write_csv(space / "events.csv", [{**EVENTS[0], "quantity": "1,000"}, {**EVENTS[2], "quantity": ""}])
    workspace, today = open_workspace(space, Sources()), date(2021, 7, 9)
    docket = Docket(read_inputs(workspace), workspace, today, ())
    table = waiting_table(docket, select(docket, Filters()).subjects, Showing("zh", today, is_short=True))
    names = [column.id for column in table.columns]
    rows = [dict(zip(names, cells, strict=True)) for cells in table.rows]
    assert [(one["event"], one["quantity"], one["days"]) for one in rows] == [("E1", "1,000", 4), ("E3", None, 2)]
