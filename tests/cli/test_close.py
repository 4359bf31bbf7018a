"""Closing a year: what is carried, written once, and refused with the figures where something stands against it."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from pointscli.app.close import carried_points
from tests.cli.running import Answer, good, run, write_csv

SCHEME = """\
language: 1
scheme: saving
title: 积分储蓄办法
effective: {from: 2020-01-01%(until)s}
settle: quarter
rollup: {year: sum}
carry: {into: opening, share: %(share)s%(max)s}
score:
  items:
    opening: {title: 上年结转, points: %(price)s%(opening)s}
    work: {title: 工作, points: {from: -50, to: 200}}
%(review)s"""
PLAIN = {"until": "", "share": "20%", "max": ", max: 20", "price": "{from: 0, to: 30}", "opening": "", "review": ""}
REVIEW = "review: {stages: {a: 申报, b: 审核, c: 公示}, counts_from: b}\n"
MEMBERS = [
    {"id": "C1", "name": "甲", "until": ""},
    {"id": "C2", "name": "乙", "until": ""},
    {"id": "C3", "name": "丙", "until": ""},
    {"id": "C4", "name": "丁", "until": ""},
    {"id": "C5", "name": "戊", "until": "2021-12-31"},
]
COLUMNS = ("id", "date", "member", "item", "quantity", "points", "reason", "evidence", "by", "stage")
POINTS = {"C1": "70", "C2": "180", "C3": "33.3333", "C4": "-20", "C5": "40"}
Row = dict[str, str]


def event(number: int, member: str, points: str, **more: str) -> Row:
    row = {"id": f"E{number}", "date": "2021-05-01", "member": member, "item": "工作", "points": points}
    return {**dict.fromkeys(COLUMNS, ""), **row, **more}


def write(
    folder: Path,
    *,
    events: list[Row] | None = None,
    reviews: list[Row] | None = None,
    columns: tuple[str, ...] = COLUMNS,
    **shape: str,
) -> Path:
    (folder / "rules").mkdir(parents=True)
    (folder / "rules" / "saving.yaml").write_text(SCHEME % {**PLAIN, **shape}, "utf-8")
    write_csv(folder / "members.csv", MEMBERS)
    stage = {"stage": "b"} if shape.get("review") else {}
    rows = events or [event(n, member, points, **stage) for n, (member, points) in enumerate(POINTS.items(), 1)]
    write_csv(folder / "events.csv", [{key: row[key] for key in columns} for row in rows], columns)
    if reviews:
        write_csv(folder / "reviews.csv", reviews)
    return folder


def close(folder: Path, *options: str) -> Answer:
    return run("-C", folder, "close", "--year", "2021", "--by", "书记", *options)


def logged(folder: Path, name: str = "events.csv") -> list[Row]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["id"].startswith("carry-")]


def amounts(folder: Path) -> dict[str, str]:
    return {row["member"]: row["points"] for row in logged(folder)}


def test_the_opening_events_of_the_next_year(tmp_path: Path) -> None:
    folder = write(tmp_path / "w")
    answer = close(folder)
    assert (answer.code, answer.err) == (0, "3 events were written to events.csv, 0 were there already\n")
    assert logged(folder)[0] == {
        "id": "carry-2021-saving-C1",
        "date": "2022-01-01",
        "member": "C1",
        "item": "上年结转",
        "quantity": "",
        "points": "14",
        "reason": "上年积分结转：2021年度70.00分×20%，最高20分",
        "evidence": "",
        "by": "书记",
        "stage": "",
    }
    assert amounts(folder) == {"C1": "14", "C2": "20", "C3": "6.666"}
    shown = [line.split()[-1] for line in answer.text.splitlines()[4:]]
    assert shown == ["已写入", "已写入", "已写入", "没有可结转的积分", "下一年不计分，不结转"]
    tally = good("-C", folder, "tally", "--year", "2022", "--format", "json").json
    assert {one["member"]: one["columns"]["opening"] for one in tally["members"]} == {
        "C1": Decimal("14.00"),
        "C2": Decimal("20.00"),
        "C3": Decimal("6.67"),
        "C4": Decimal("0.00"),
    }
    assert good("-C", folder, "check").code == 0
    (entry,) = (folder / "points.audit.jsonl").read_text("utf-8").splitlines()
    assert (json.loads(entry)["by"], json.loads(entry)["command"]) == ("书记", "close")


def test_a_second_run_writes_nothing(tmp_path: Path) -> None:
    folder = write(tmp_path / "w")
    close(folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    again = close(folder)
    assert (again.code, again.err) == (0, "nothing to write: 3 events are there already\n")
    assert again.text.count("已有，不重复写入") == 3
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    folder = write(tmp_path / "w")
    before = sorted(path.name for path in folder.iterdir())
    answer = close(folder, "--dry-run")
    assert answer.err == "nothing was written: 3 events would be, 0 are there already\n"
    assert (answer.text.count("拟写入"), amounts(folder)) == (3, {})
    assert sorted(path.name for path in folder.iterdir()) == before


def test_a_member_who_comes_late_is_added(tmp_path: Path) -> None:
    folder = write(tmp_path / "w")
    close(folder)
    with (folder / "events.csv").open("a", encoding="utf-8") as file:
        file.write("E9,2021-06-01,C4,工作,,70,,,,\n")
    answer = close(folder)
    assert answer.err == "1 events were written to events.csv, 3 were there already\n"
    assert amounts(folder)["C4"] == "10"


CHANGED = "opening events of 1 members say other points than the scores of 2021 make now: C1 甲: 14 → 16"


def test_a_score_that_changed_since_is_refused_until_it_is_amended(tmp_path: Path) -> None:
    folder = write(tmp_path / "w")
    close(folder)
    with (folder / "events.csv").open("a", encoding="utf-8") as file:
        file.write("E9,2021-06-01,C1,工作,,10,,,,\n")
    before = (folder / "events.csv").read_bytes()
    answer = close(folder)
    assert (answer.code, answer.out) == (1, b"")
    assert CHANGED in answer.err
    assert "points review carry-2021-saving-C1 --amend points=16" in answer.err
    assert (folder / "events.csv").read_bytes() == before
    decision = {
        "date": "2022-01-05",
        "event": "carry-2021-saving-C1",
        "decision": "amend",
        "points": "16",
        "by": "书记",
    }
    write_csv(folder / "reviews.csv", [decision])
    assert close(folder).code == 0


def test_a_rejected_opening_event_stays_rejected(tmp_path: Path) -> None:
    folder = write(tmp_path / "w")
    close(folder)
    write_csv(
        folder / "reviews.csv",
        [{"date": "2022-01-05", "event": "carry-2021-saving-C1", "decision": "reject", "by": "书记", "reason": "有误"}],
    )
    assert close(folder).err == "nothing to write: 3 events are there already\n"


BY_HAND = {
    "the same amount": ("14", 0, ""),
    "another amount": ("12", 1, "C1 甲: 12 → 14"),
}


@pytest.mark.parametrize(("points", "code", "said"), BY_HAND.values(), ids=BY_HAND)
def test_an_opening_event_written_by_hand_is_not_doubled(points: str, code: int, said: str, tmp_path: Path) -> None:
    rows = [event(n, member, score) for n, (member, score) in enumerate(POINTS.items(), 1)]
    rows.append(event(9, "C1", points, date="2022-01-01", item="上年结转"))
    folder = write(tmp_path / "w", events=rows)
    answer = close(folder)
    assert (answer.code, said in answer.err) == (code, True)
    assert "C1" not in amounts(folder)


SHARES: dict[str, tuple[str, str, str | None, str]] = {
    "a share": ("70", "20%", None, "14"),
    "at most": ("180.5", "20%", "20", "20"),
    "a third, rounded up": ("100.01", "1/3", None, "33.3367"),
    "a tie goes up": ("0.01", "0.5%", None, "0.0001"),
    "below a tie": ("0.01", "0.4%", None, "0"),
    "nothing below zero": ("-20", "20%", "20", "0"),
    "all": ("33.33", "100%", None, "33.33"),
}


@pytest.mark.parametrize(("score", "share", "most", "points"), SHARES.values(), ids=SHARES)
def test_carried_points_are_exact(score: str, share: str, most: str | None, points: str) -> None:
    part = Fraction(share.rstrip("%")) / 100 if share.endswith("%") else Fraction(share)
    found = carried_points(Decimal(score), part, Decimal(most) if most else None)
    assert str(found) == points


SHAPES: dict[str, tuple[Mapping[str, str], dict[str, str]]] = {
    "the stage that counts": ({"review": REVIEW}, {"points": "14", "stage": "审核"}),
    "evidence where it is needed": (
        {"opening": ", evidence: required"},
        {"evidence": "积分储蓄办法 2021年度总分70.00"},
    ),
    "one point a piece": ({"price": "1"}, {"quantity": "14", "points": ""}),
    "no maximum": ({"max": "", "share": "1/4"}, {"points": "17.5", "reason": "上年积分结转：2021年度70.00分×25%"}),
}


@pytest.mark.parametrize(("shape", "cells"), SHAPES.values(), ids=SHAPES)
def test_the_event_is_what_the_item_takes(shape: Mapping[str, str], cells: dict[str, str], tmp_path: Path) -> None:
    rows = [event(1, "C1", "70", **({"stage": "b"} if "review" in shape else {}))]
    folder = write(tmp_path / "w", events=rows, **shape)  # type: ignore[arg-type]
    assert close(folder).code == 0
    (row,) = logged(folder)
    assert {key: row[key] for key in cells} == cells


def test_a_new_file_of_its_month(tmp_path: Path) -> None:
    folder = write(tmp_path / "w")
    (folder / "events").mkdir()
    (folder / "events.csv").rename(folder / "events" / "2021.csv")
    answer = close(folder)
    assert "3 events were written to events/2022-01.csv" in answer.err
    head = (folder / "events" / "2022-01.csv").read_text("utf-8").splitlines()[0]
    assert head.startswith("编号,日期,党员,事项")


WAITING = [event(1, "C1", "70", stage="b"), event(2, "C2", "9", stage="a")]
OBJECTED = [{"date": "2021-06-01", "event": "E1", "decision": "object", "by": "群众", "reason": "不实"}]
REJECTED = [{"date": "2021-06-01", "event": "E2", "decision": "reject", "by": "书记", "reason": "不实"}]
UNSETTLED: dict[str, tuple[list[Row], list[Row], str]] = {
    "an event waits": (WAITING, [], "1 events wait, 0 are under objection: E2"),
    "an objection is open": (WAITING, OBJECTED, "1 events wait, 1 are under objection: E1, E2"),
}


@pytest.mark.parametrize(("events", "reviews", "said"), UNSETTLED.values(), ids=UNSETTLED)
def test_what_is_not_settled_stops_it(events: list[Row], reviews: list[Row], said: str, tmp_path: Path) -> None:
    folder = write(tmp_path / "w", events=events, reviews=reviews, review=REVIEW)
    answer = close(folder)
    assert (answer.code, said in answer.err, amounts(folder)) == (1, True, {})
    assert close(folder, "--anyway").code == 0
    assert amounts(folder) == {"C1": "14"}


def test_a_rejected_event_does_not_wait(tmp_path: Path) -> None:
    assert close(write(tmp_path / "w", events=WAITING, reviews=REJECTED, review=REVIEW)).code == 0


NO_STAGE = tuple(column for column in COLUMNS if column != "by")
REFUSED: dict[str, tuple[Mapping[str, object], tuple[str, ...], int, str]] = {
    "an unknown scheme": ({}, ("--scheme", "x"), 2, "there is no scheme x"),
    "a rule file that ends": ({"until": ", to: 2021-12-31"}, (), 1, "no version of saving in force on 2022-01-01"),
    "an item with its own price": ({"price": "5"}, (), 1, "cannot say how many points are carried"),
    "more than the item takes": ({"price": "{from: 0, to: 10}"}, (), 1, "carry-2021-saving-C1"),
    "a file without the column": ({"columns": NO_STAGE}, (), 1, "events.csv has no column 记录人 (by)"),
    "a file that is not read": ({}, ("--to", "other.csv"), 1, "would not be read as part of the event log"),
    "an event that is wrong": ({"events": [event(1, "C1", "999")]}, (), 1, "points-range"),
}


@pytest.mark.parametrize(("shape", "options", "code", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused(
    shape: Mapping[str, object], options: tuple[str, ...], code: int, said: str, tmp_path: Path
) -> None:
    folder = write(tmp_path / "w", **shape)  # type: ignore[arg-type]
    before = (folder / "events.csv").read_bytes()
    answer = close(folder, *options)
    assert (answer.code, answer.out) == (code, b"")
    assert said in answer.err
    assert (folder / "events.csv").read_bytes() == before


def test_a_year_that_is_not_over(tmp_path: Path) -> None:
    answer = run("-C", write(tmp_path / "w"), "close", "--year", "2999")
    assert (answer.code, "2999 is not over on" in answer.err) == (1, True)


def test_a_scheme_that_carries_nothing(tmp_path: Path) -> None:
    folder = write(tmp_path / "w")
    path = folder / "rules" / "saving.yaml"
    text = "\n".join(line for line in path.read_text("utf-8").splitlines() if not line.startswith("carry"))
    old = path.read_text("utf-8").replace("scheme: saving", "scheme: old")
    old = old.replace("from: 2020-01-01", "from: 2015-01-01, to: 2015-12-31")
    (folder / "rules" / "old.yaml").write_text(old, "utf-8")  # it carried points while it was in force
    path.write_text(text + "\n", "utf-8")
    answer = close(folder)
    assert (answer.code, "no scheme carries points from 2021 into the next year" in answer.err) == (1, True)
