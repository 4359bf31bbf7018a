"""Every decision from every state: written if it may follow, else refused with its sentence; `check` never warns."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.cli.review_space import row, write_space
from tests.cli.running import Answer, good, run

BY = ("--by", "支委会", "--date", "2021-09-01")
WHY = (*BY, "--reason", "核实")
ODD = ("backward-stage", "approval-after-rejection", "second-objection", "needless-dismissal")
STATES = {
    "declared": (),
    "verified": (row("2021-08-01", "E1", "approve", "verified"),),
    "last": (
        row("2021-08-01", "E1", "approve", "verified"),
        row("2021-08-02", "E1", "approve", "approved"),
        row("2021-08-03", "E1", "approve", "public"),
    ),
    "rejected": (
        row("2021-08-01", "E1", "approve", "verified"),
        row("2021-08-02", "E1", "reject", reason="没有签到"),
    ),
    "objected": (
        row("2021-08-01", "E1", "approve", "verified"),
        row("2021-08-02", "E1", "object", reason="人数不符"),
    ),
}
ACTIONS = {
    "approve": ("--approve", *BY),
    "approve verified": ("--approve", "小组认定", *BY),
    "approve approved": ("--approve", "approved", *BY),
    "skip": ("--approve", "公示", "--skip-stages", *BY),
    "restore": ("--approve", "--restore", *BY),
    "reject": ("--reject", *WHY),
    "object": ("--object", *WHY),
    "dismiss": ("--dismiss", *WHY),
}
TITLE = "E1 张三 2021-07-05 志愿服务"
REJECTED = "E1 is rejected already, by 组长: 没有签到"
NO_OBJECTION = "no objection to E1 is open"
NOT_REJECTED = "E1 was not rejected, so there is nothing to restore"
LAST = "E1 is at the last stage already: 公示"
NOT_YET, COUNTS, NOT = "counts from 支部审核 on: not yet", "counts", "does not count"
OPEN = "an objection is still open, since 2021-08-02, by 组长: 人数不符"
TO_VERIFIED, TO_APPROVED = f"{TITLE}: 个人申报 → 小组认定", f"{TITLE}: 小组认定 → 支部审核"
SKIP = "E1 stands at 个人申报: an approval to 支部审核 would skip 小组认定"
OBJECT, DISMISS = f"{TITLE}: an objection is open", f"{TITLE}: the objection is dismissed, it stands as it was"
ACCEPTED = {
    ("declared", "approve"): (TO_VERIFIED, NOT_YET),
    ("declared", "approve verified"): (TO_VERIFIED, NOT_YET),
    ("declared", "skip"): (f"{TITLE}: 个人申报 → 公示", COUNTS),
    ("declared", "reject"): (f"{TITLE}: 个人申报 → rejected", NOT),
    ("declared", "object"): (OBJECT, NOT_YET),
    ("verified", "approve"): (TO_APPROVED, COUNTS),
    ("verified", "approve approved"): (TO_APPROVED, COUNTS),
    ("verified", "skip"): (f"{TITLE}: 小组认定 → 公示", COUNTS),
    ("verified", "reject"): (f"{TITLE}: 小组认定 → rejected", NOT),
    ("verified", "object"): (OBJECT, NOT_YET),
    ("last", "reject"): (f"{TITLE}: 公示 → rejected", NOT),
    ("last", "object"): (OBJECT, COUNTS),
    ("rejected", "restore"): (f"{TITLE}: restored, 支部审核", COUNTS),
    ("objected", "approve"): (TO_APPROVED, COUNTS, OPEN),
    ("objected", "approve approved"): (TO_APPROVED, COUNTS, OPEN),
    ("objected", "skip"): (f"{TITLE}: 小组认定 → 公示", COUNTS, OPEN),
    ("objected", "reject"): (f"{TITLE}: 小组认定 → rejected", NOT),
    ("objected", "dismiss"): (DISMISS, NOT_YET),
}
REFUSED = {
    ("declared", "approve approved"): SKIP,
    ("declared", "restore"): NOT_REJECTED,
    ("declared", "dismiss"): NO_OBJECTION,
    ("verified", "approve verified"): "E1 is at the stage 小组认定 already",
    ("verified", "restore"): NOT_REJECTED,
    ("verified", "dismiss"): NO_OBJECTION,
    ("last", "approve"): LAST,
    ("last", "approve verified"): "E1 has reached 公示, and 小组认定 lies before that",
    ("last", "approve approved"): "E1 has reached 公示, and 支部审核 lies before that",
    ("last", "skip"): LAST,
    ("last", "restore"): NOT_REJECTED,
    ("last", "dismiss"): NO_OBJECTION,
    **{("rejected", action): REJECTED for action in ACTIONS if action not in ("restore", "dismiss")},
    ("rejected", "dismiss"): NO_OBJECTION,
    ("objected", "approve verified"): "E1 is at the stage 小组认定 already",
    ("objected", "restore"): NOT_REJECTED,
    ("objected", "object"): "an objection to E1 is open already, since 2021-08-02, by 组长: 人数不符",
}
STAGE = {"declared": "个人申报", "last": "公示", "rejected": "小组认定 (rejected)"}


def test_the_tables_are_whole() -> None:
    assert not ACCEPTED.keys() & REFUSED.keys()
    assert ACCEPTED.keys() | REFUSED.keys() == {(state, action) for state in STATES for action in ACTIONS}


@pytest.mark.parametrize(("state", "action"), ACCEPTED, ids=lambda word: word.replace(" ", "-"))
def test_may_follow(state: str, action: str, tmp_path: Path) -> None:
    space = write_space(tmp_path / "w", STATES[state])
    answer = good("-C", space, "review", "E1", *ACTIONS[action])
    assert [line.strip() for line in answer.text.splitlines()] == list(ACCEPTED[state, action])
    assert len(written(space)) == len(STATES[state]) + 1
    assert warnings(space) == (["approval-after-rejection"] if action == "restore" else [])


@pytest.mark.parametrize(("state", "action"), REFUSED, ids=lambda word: word.replace(" ", "-"))
def test_must_not_follow(state: str, action: str, tmp_path: Path) -> None:
    space = write_space(tmp_path / "w", STATES[state])
    before = contents(space)
    answer = run("-C", space, "review", "E1", *ACTIONS[action])
    lines = [line.strip() for line in answer.err.splitlines()]
    assert (answer.code, answer.out, lines[0], lines[-1]) == (
        1,
        b"",
        REFUSED[state, action],
        "refused: 1 of 1; nothing was written",
    )
    assert lines[1] == f"present stage: {STAGE.get(state, '小组认定')}"
    assert contents(space) == before


AMENDMENTS = {
    "points": ("E2", ("--amend", "points=4"), ("points - → 4",)),
    "in Chinese": ("E2", ("--amend", "分值=4.5"), ("points - → 4.5",)),
    "a level": ("E3", ("--amend", "level=市级"), ("level 县级 → 市级",)),
    "several": ("E1", ("--amend", "quantity=2"), ("quantity - → 2",)),
    "a second word": ("E1", ("quantity=2", "--amend", "数量=3"), ("quantity - → 2",)),
}


@pytest.mark.parametrize(("event", "words", "told"), AMENDMENTS.values(), ids=AMENDMENTS)
def test_amendments(event: str, words: tuple[str, ...], told: tuple[str, ...], tmp_path: Path) -> None:
    space = write_space(tmp_path / "w")
    answer = good("-C", space, "review", event, *words, *WHY)
    assert tuple(line.strip() for line in answer.text.splitlines()[1:2]) == told
    assert not warnings(space)


REFUSED_AMENDMENTS = {
    "outside the range": ("E2", "points=9", "E2: 9 points are outside what 投稿 allows"),
    "a value that the item does not use": (
        "E1",
        "points=3",
        "E1: item 志愿服务 does not take points from the event: 3",
    ),
    "a level that is none": ("E3", "level=省级", "E3: item 获奖 has no level 省级"),
    "no number": ("E2", "points=三", "三 is written in words"),
    "too exact": ("E2", "points=1.23456", "1.23456 has more than 4 decimals"),
    "negative": ("E1", "quantity=-1", "E1: quantity -1 is negative"),
}


@pytest.mark.parametrize(("event", "word", "sentence"), REFUSED_AMENDMENTS.values(), ids=REFUSED_AMENDMENTS)
def test_an_amendment_is_priced_before_it_is_written(event: str, word: str, sentence: str, tmp_path: Path) -> None:
    space = write_space(tmp_path / "w")
    answer = run("-C", space, "review", event, "--amend", word, *WHY)
    assert (answer.code, answer.err.splitlines()[0]) == (1, sentence)
    assert not (space / "reviews.csv").exists()


def test_an_approval_that_would_leave_an_event_without_a_price_is_refused(tmp_path: Path) -> None:
    space = write_space(tmp_path / "w")
    assert good("-C", space, "review", "E2", "--approve", *BY).code == 0
    answer = run("-C", space, "review", "E2", "--approve", *BY)
    assert (answer.code, answer.err.splitlines()[0]) == (1, "E2: item 投稿 needs points")
    assert good("-C", space, "review", "E2", "--amend", "points=3", *WHY).code == 0
    assert good("-C", space, "review", "E2", "--approve", *BY).code == 0
    assert not warnings(space)


SUBJECTS = {
    "unknown": ("E9", "no event has the id E9"),
    "without an id": ("events.csv:7", "event events.csv:7 has no id of its own"),
    "without a review": ("E5", "E5 needs no approval: scheme free has no review"),
    "a nomination that is none": (
        "star/2021/M2",
        "star/2021/M2: M2 李四 does not meet 星级党员 in 2021, so there is no nomination",
    ),
    "an outcome that is none": ("stars/2021/M1", "stars/2021/M1: stars is not an outcome that needs confirming"),
    "a member that is none": ("star/2021/M7", "star/2021/M7: no member has the id or name M7"),
    "no period": ("star/soon/M1", "star/soon/M1: soon is not a period"),
    "too many parts": ("star/2021/M1/x", "star/2021/M1/x: no event has the id star/2021/M1/x"),
    "a period to come": ("star/2099/M1", "star/2099/M1: the period 2099 lasts until 2099-12-31"),
}


@pytest.mark.parametrize(("name", "sentence"), SUBJECTS.values(), ids=SUBJECTS)
def test_what_cannot_be_approved(name: str, sentence: str, tmp_path: Path) -> None:
    answer = run("-C", write_space(tmp_path / "w"), "review", name, "--approve", *BY)
    assert (answer.code, answer.err.splitlines()[0]) == (1, sentence)


DATES = {
    "before the event": ("E1", "2021-07-04", "E1 is dated 2021-07-05, the decision 2021-07-04"),
    "before the last decision": (
        "E1",
        "2021-07-31",
        "the last decision about E1 is dated 2021-08-01, this one 2021-07-31",
    ),
    "in the future": ("E1", "2100-01-01", "the decision is dated 2100-01-01, after today"),
    "before the period is over": (
        "star/2021/M1",
        "2021-12-30",
        "star/2021/M1: its period ends on 2021-12-31, the decision is dated 2021-12-30",
    ),
}


@pytest.mark.parametrize(("name", "day", "sentence"), DATES.values(), ids=DATES)
def test_a_decision_has_its_day(name: str, day: str, sentence: str, tmp_path: Path) -> None:
    reviews = (row("2021-08-01", "E1", "approve", "approved"),)
    answer = run(
        "-C", write_space(tmp_path / "w", reviews), "review", name, "--reject", *WHY[:2], "--date", day, *WHY[4:]
    )
    assert answer.code == 1
    assert answer.err.startswith(sentence)


def test_all_or_none_and_every_reason_at_once(tmp_path: Path) -> None:
    space = write_space(tmp_path / "w", STATES["rejected"])
    before = contents(space)
    answer = run("-C", space, "review", "E3", "E1", "E9", "E2", "E5", "--approve", "小组认定", *BY)
    told = [line for line in answer.err.splitlines() if not line.startswith(" ")]
    assert told == [
        "no event has the id E9",
        REJECTED,
        "E5 needs no approval: scheme free has no review",
        "refused: 3 of 5; nothing was written",
    ]
    assert (answer.code, contents(space)) == (1, before)
    assert good("-C", space, "review", "E3", "E2", "E3", "--approve", "小组认定", *BY).code == 0
    assert [one["event"] for one in written(space)[2:]] == ["E3", "E2"]


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    space = write_space(tmp_path / "w")
    before = contents(space)
    answer = good("-C", space, "review", "E1", "--approve", "--dry-run", *BY)
    assert answer.text.startswith(TO_VERIFIED)
    assert "nothing was written; to reviews.csv would be added (1):" in answer.err
    assert "    2021-09-01, E1, approve, verified, 支委会" in answer.err
    assert contents(space) == before


def test_a_nomination_goes_through_its_chain(tmp_path: Path) -> None:
    space = write_space(tmp_path / "w", (row("2021-08-01", "E1", "approve", "approved"),))
    late = ("--by", "支部", "--date", "2022-01-05")
    skipped = run("-C", space, "review", "star/2021/张三", "--approve", "支部审核", *late)
    assert skipped.err.startswith("star/2021/M1 stands at 个人申报: an approval to 支部审核 would skip 小组认定")
    told = [good("-C", space, "review", "star/2021/M1", "--approve", *late).text.splitlines() for _ in range(2)]
    title = "star/2021/M1 张三 2021 星级党员"
    assert told == [
        [f"{title}: 个人申报 → 小组认定", "    confirmed from 支部审核 on: not yet"],
        [f"{title}: 小组认定 → 支部审核", "    confirmed: it stands on the list"],
    ]
    assert good("-C", space, "tally", "--year", "2021", "--scheme", "w", "--format", "json").json["outcomes"] == {
        "star": ["M1"]
    }
    amended = run("-C", space, "review", "star/2021/M1", "--amend", "points=3", *late, "--reason", "x")
    assert amended.err.startswith("star/2021/M1 is a nomination: it has no quantity, level or points")
    assert not warnings(space)


def written(space: Path) -> list[dict[str, str]]:
    with (space / "reviews.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def warnings(space: Path) -> list[str]:
    """Decisions that `check` finds odd, and everything that it finds wrong."""
    answer: Answer = run("-C", space, "check", "--format", "json")
    found: list[dict[str, str]] = answer.json  # type: ignore[assignment]
    return [one.get("name", one["code"]) for one in found if one["severity"] == "error" or one.get("name") in ODD]


def contents(space: Path) -> dict[str, bytes]:
    locks = ("points.lock", "points.lock.holder")
    return {path.name: path.read_bytes() for path in space.iterdir() if path.is_file() and path.name not in locks}
