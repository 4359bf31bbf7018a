"""`points record`: one event from options; what is refused, and how; where it goes; what it does to the tally."""

from __future__ import annotations

import csv
import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.cli.rich import EVENTS, MEMBERS, write_rich
from tests.cli.running import Answer, Rows, good, run, run_process, write_csv

DAY = "2021-09-20"
TOMORROW = (date.today() + timedelta(days=1)).isoformat()  # noqa: DTZ011  (as the command sees it)
FULL = ("--member", "M009", "--item", "meeting", "--date", DAY)


@pytest.fixture
def rich(tmp_path: Path) -> Path:
    return write_rich(tmp_path / "w")


def rows(path: Path) -> Rows:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def event(*options: str) -> tuple[str, ...]:
    """Options of an event of which some are given otherwise."""
    given = dict(zip(options[::2], options[1::2], strict=True))
    whole = dict(zip(FULL[::2], FULL[1::2], strict=True)) | given
    return tuple(text for pair in whole.items() for text in pair)


REFUSED = {
    "an unknown member": (event("-m", "王五", "--member", "王五"), ["--member: error P", "[unknown-member] no member"]),
    "a namesake": (
        event("--member", "张伟"),
        [
            "[ambiguous-member] several members fit 张伟: M001 张伟 (二支部), M002 张伟 (三支部)",
            "the member's id",
        ],
    ),
    "initials of two": (event("--member", "zw"), ["several members fit zw: M001 张伟 (二支部), M002 张伟 (三支部)"]),
    "a member twice": ((*FULL, "--member", "刘洋"), ["--member: error", "[member-twice]", "M009;M009"]),
    "an unknown item": (
        event("--item", "扫地"),
        ["--item: error", "[unknown-item] no item has", "扫地"],
    ),
    "letters of several items": (
        event("--item", "o"),
        ["several items fit o: ", "hours 服务时长", "honour 荣誉", "write the id or the whole title"],
    ),
    "no level": (
        (*event("--item", "荣誉"), "--stage", "verified"),
        ["--level: error", "[level-missing] item 荣誉 needs a level", "write one of: 国家级, 省级, 市级"],
    ),
    "an unknown level": (
        (*event("--item", "荣誉"), "--level", "区级"),
        ["[level-unknown] item 荣誉 has no level 区级", "国家级, 省级, 市级"],
    ),
    "a level too much": ((*FULL, "--level", "市级"), ["--level: error", "[level-unused] item 组织生活 has no levels"]),
    "points out of range": (
        (*event("--item", "lecture"), "--points", "5.5"),
        ["--points: error", "[points-range] 5.5 points are outside what 讲授党课 allows", "from 0.5 to 5"],
    ),
    "points out of step": ((*event("--item", "lecture"), "--points", "0.7"), ["[points-step] 0.7 points"]),
    "no points": (
        (*event("--item", "lecture"), "--stage", "verified"),
        ["--points: error", "[points-missing] item 讲授党课 needs points"],
    ),
    "points too much": ((*FULL, "--points", "3"), ["[points-unused] item 组织生活 does not take points"]),
    "a quantity for a range": (
        (*event("--item", "lecture"), "--points", "1", "--quantity", "2"),
        ["--quantity: error", "[quantity-unused] item 讲授党课 takes no quantity: 2"],
    ),
    "a negative quantity": ((*FULL, "--quantity", "-1"), ["--quantity: error", "[negative-quantity] quantity -1"]),
    "a quantity that is no number": ((*FULL, "--quantity", "两次"), ["--quantity: error", "[bad-number] 两次"]),
    "a date that does not exist": (
        event("--date", "2021-02-30"),
        ["--date: error", "[bad-date] 2021-02-30"],
    ),
    "a date without a year": (event("--date", "9月20日"), ["[bad-date] 9月20日 has no year"]),
    "a day before the rules": (
        event("--date", "2020-12-31"),
        ["--item: error", "[not-in-force] no version of"],
    ),
    "no evidence": (event("--item", "rescue"), ["--evidence: error", "[no-evidence] an event of 抢险 needs evidence"]),
    "an unknown scheme": (
        (*FULL, "--scheme", "poor"),
        ["--scheme: error", "[unknown-scheme] no scheme"],
    ),
    "an unknown item on no day": (
        event("--item", "扫地", "--date", "2021-13-01"),
        ["--date: error", "[bad-date]", "--item: error", "[unknown-item] no item has the id, title or alias 扫地"],
    ),
    "an unknown scheme on no day": (
        (*event("--date", "2021-13-01"), "--scheme", "poor"),
        ["--date: error", "[bad-date]", "--scheme: error", "[unknown-scheme] no scheme has the id poor"],
    ),
    "an unknown stage": (
        (*FULL, "--stage", "done"),
        ["--stage: error", "[unknown-stage] scheme rich"],
    ),
    "an item that is only granted": (event("--item", "base"), ["[no-price] item 基础分 has no points of its own"]),
    "a control character": (event("--member", "M0\x0709"), ["--member: error", "[control-character]"]),
}


@pytest.mark.parametrize(("options", "says"), [pytest.param(*case, id=name) for name, case in REFUSED.items()])
def test_refused(options: tuple[str, ...], says: list[str], rich: Path) -> None:
    before = (rich / "events.csv").read_bytes()
    answer = run("-C", rich, "record", *options)
    assert (answer.code, answer.out) == (1, b""), answer.err
    assert [text for text in says if text not in answer.err] == [], answer.err
    assert (rich / "events.csv").read_bytes() == before
    assert not (rich / "points.audit.jsonl").exists()


def test_everything_wrong_at_once(rich: Path) -> None:
    options = ("-m", "张伟", "-m", "王五", "-i", "lecture", "-d", "2021-13-01", "--points", "9", "--quantity", "x")
    answer = run("-C", rich, "record", *options)
    assert answer.code == 1
    names = re.findall(r"^--(\w+): error \w+ \[([a-z-]+)\]", answer.err, re.MULTILINE)
    assert names == [
        ("date", "bad-date"),
        ("member", "ambiguous-member"),
        ("points", "points-range"),
        ("quantity", "bad-number"),
    ]


WRONG_USE = {
    "no member": (("--item", "meeting"), "--member and --item"),
    "no item": (("--member", "M009"), "--member and --item"),
    "nothing": ((), "--member and --item"),
    "a file and an event": ((*FULL, "--from", "more.csv"), "--date, --item, --member"),
    "an unknown option": ((*FULL, "--colour", "red"), "--colour"),
}


@pytest.mark.parametrize(("options", "says"), [pytest.param(*case, id=name) for name, case in WRONG_USE.items()])
def test_wrong_use(options: tuple[str, ...], says: str, rich: Path) -> None:
    answer = run("-C", rich, "record", *options)
    assert (answer.code, answer.out) == (2, b"")
    assert says in answer.err


def score(folder: Path, member: str) -> object:
    found = good("-C", folder, "tally", "--month", "2021-09", "--format", "json").json["members"]
    return next(one["score"] for one in found if one["member"] == member)


def test_an_event_is_recorded(rich: Path) -> None:
    before, checked = score(rich, "M009"), good("-C", rich, "check").text
    options = (*event("--item", "rescue"), "--evidence", "照片", "--stage", "审核", "--by", "王干事")
    answer = good("-C", rich, "record", *options)
    assert answer.text == "recorded R20210920-0001: 2021-09-20 抢险, M009 刘洋 → events.csv\n"
    assert answer.err == ""
    expected = {"id": "R20210920-0001", "date": DAY, "member": "M009", "item": "抢险"}
    expected |= {"evidence": "照片", "stage": "审核", "by": "王干事"}
    assert {key: cell for key, cell in rows(rich / "events.csv")[-1].items() if cell} == expected
    assert float(str(score(rich, "M009"))) > float(str(before))
    assert good("-C", rich, "check").text == checked
    entry = json.loads((rich / "points.audit.jsonl").read_text("utf-8").splitlines()[-1])
    assert (entry["seq"], entry["by"], entry["command"]) == (1, "王干事", "record")


def test_several_members_are_one_event(rich: Path) -> None:
    answer = good("-C", rich, "record", "-m", "王芳", "-m", "oyn", "-i", "组织", "-d", "2021年9月20日")
    assert "M007 王芳, M006 欧阳娜" in answer.text
    last = rows(rich / "events.csv")[-1]
    assert (last["member"], last["item"], last["date"]) == ("M007;M006", "组织生活", DAY)


def test_the_same_again_after_another_reason(rich: Path) -> None:
    for reason in ("上午", "下午"):
        good("-C", rich, "record", *FULL, "--reason", reason)
    answer = run("-C", rich, "record", *FULL, "--reason", "下午")
    assert answer.code == 1
    assert "R20210920-0002" in answer.err


def test_the_same_again(rich: Path) -> None:
    good("-C", rich, "record", *FULL)
    before = (rich / "events.csv").read_bytes()
    answer = run("-C", rich, "record", *FULL)
    assert answer.code == 1
    says = f"this looks like R20210920-0001 (events.csv:{len(EVENTS) + 2}) again: 组织生活 of M009 刘洋"
    assert [text for text in ("--item: error", says, "--again") if text not in answer.err] == [], answer.err
    assert (rich / "events.csv").read_bytes() == before
    reason = ("--reason", "第二次")
    assert run("-C", rich, "record", *FULL, *reason).code == 1  # the first one may be the same
    good("-C", rich, "record", *FULL, *reason, "--again")
    good("-C", rich, "record", *event("--date", "2021-09-21"), "--reason", "第一次")
    good("-C", rich, "record", *event("--date", "2021-09-21"), *reason)
    assert "R20210920-0005" in good("-C", rich, "record", *FULL, *reason, "--again").text


def test_one_of_several_has_it_already(rich: Path) -> None:
    good("-C", rich, "record", *FULL)
    answer = run("-C", rich, "record", *event("--member", "M007"), "--member", "M009")
    assert (answer.code, "of M009 刘洋" in answer.err) == (1, True)


WARNED = {
    "a future day": (event("--date", TOMORROW), "[future-event]"),
    "a member who has left": (event("--member", "M014"), "[inactive-member] events of M014 吴五 count for nothing (1)"),
    "a member not scored": (event("--member", "M015"), "[refused-member]"),
}


@pytest.mark.parametrize(("options", "says"), [pytest.param(*case, id=name) for name, case in WARNED.items()])
def test_what_check_warns_of(options: tuple[str, ...], says: str, rich: Path) -> None:
    old = {**MEMBERS[0], "id": "M014", "name": "吴五", "until": "2021-08-31"}
    write_csv(rich / "members.csv", [*MEMBERS, old, {**old, "id": "M015", "name": "郑六", "until": "", "kind": "群众"}])
    answer = good("-C", rich, "record", *options)
    assert (answer.text.startswith("recorded "), ": warning P" in answer.err, says in answer.err) == (True,) * 3
    assert "0 errors, 1 warning" in answer.err


def test_today_without_a_date(rich: Path) -> None:
    good("-C", rich, "record", "-m", "M009", "-i", "meeting")
    assert rows(rich / "events.csv")[-1]["date"] == date.today().isoformat()  # noqa: DTZ011  (the same)


def test_a_dry_run(rich: Path) -> None:
    before = (rich / "events.csv").read_bytes()
    answer = good("-C", rich, "record", *event("--item", "hours"), "--quantity", "9", "--stage", "审核", "--dry-run")
    first, second, *left = answer.text.splitlines()
    assert first.startswith("2021-09-20 服务时长: 每")
    was, becomes = map(float, re.findall(r"[0-9.]+", second.split("score of 2021-09: ")[1]))
    assert second.startswith("M009 刘洋 (一支部): ")
    assert becomes > was == float(str(score(rich, "M009")))
    assert left == [] or all(" left of " in line for line in left)
    assert (rich / "events.csv").read_bytes() == before
    good("-C", rich, "record", *event("--item", "hours"), "--quantity", "9", "--stage", "审核")
    assert float(str(score(rich, "M009"))) == becomes


def test_a_dry_run_says_why_nothing_counts(rich: Path) -> None:
    answer = good("-C", rich, "record", *FULL, "--dry-run")
    assert "no points now, it waits for the review; score of 2021-09: " in answer.text


def test_a_dry_run_over_a_log_with_errors(rich: Path) -> None:
    write_csv(rich / "events.csv", [*EVENTS, {**EVENTS[0], "id": "X", "member": "M009", "item": "没有"}])
    answer = good("-C", rich, "record", *FULL, "--dry-run")
    assert "no scores: errors in the log (1), see points check" in answer.text
    assert good("-C", rich, "record", *FULL).code == 0


def test_a_column_that_the_file_lacks(rich: Path) -> None:
    kept = ("id", "date", "member", "item", "quantity", "level", "points", "evidence", "stage")
    write_csv(rich / "events.csv", [{key: row[key] for key in kept} for row in EVENTS])
    answer = run("-C", rich, "record", *FULL, "--reason", "开会")
    assert (answer.code, "events.csv has no column 事由 (reason)" in answer.err) == (1, True), answer.err
    good("-C", rich, "record", *FULL)
    assert rows(rich / "events.csv")[-1]["member"] == "M009"


def test_rules_with_errors(rich: Path) -> None:
    (rich / "rules" / "rich.yaml").write_text("language: 1\n", "utf-8")
    answer = run("-C", rich, "record", *FULL)
    assert (answer.code, "rules/rich.yaml" in answer.err) == (1, True)


@pytest.mark.parametrize("name", ["members.csv", "rules/rich.yaml"])
def test_no_roster_or_rules(name: str, rich: Path) -> None:
    (rich / name).unlink()
    assert run("-C", rich, "record", *FULL).code == 2


def test_a_torn_log(rich: Path) -> None:
    path = rich / "events.csv"
    path.write_bytes(path.read_bytes() + b"X1,2021-09-20,M0")
    before = path.read_bytes()
    answer = run("-C", rich, "record", *FULL)
    assert (answer.code, "points repair" in answer.err) == (3, True), answer.err
    assert path.read_bytes() == before


def test_the_real_entry_point(rich: Path) -> None:
    def once() -> Answer:
        return run_process("-C", rich, "record", *FULL, env={"POINTS_BY": "李干事"})

    first, second = once(), once()
    assert (first.code, first.text) == (0, "recorded R20210920-0001: 2021-09-20 组织生活, M009 刘洋 → events.csv\n")
    assert rows(rich / "events.csv")[-1]["by"] == "李干事"
    assert (second.code, second.out) == (1, b"")
