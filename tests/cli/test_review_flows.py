"""The review systems of the shipped examples, run as a clerk would run them, and seen in the tally afterwards."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from tests.case_files import Record
from tests.cli.running import ROOT, good, run

ODD = ("backward-stage", "approval-after-rejection", "second-objection", "needless-dismissal")


def copied(name: str, folder: Path) -> Path:
    return Path(shutil.copytree(ROOT / "examples" / name, folder / name))


def score(space: Path, member: str, *asked: str) -> Decimal:
    found: Record = good("-C", space, "tally", *asked, "--format", "json").json
    return next(Decimal(row["score"]) for row in found["members"] if row["member"] == member)


def decide(space: Path, *words: str) -> list[str]:
    """A decision that must be accepted; what it said."""
    return [line.strip() for line in good("-C", space, "review", *words).text.splitlines()]


def odd(space: Path) -> list[str]:
    """What `check` says about the review log, and every error."""
    found: list[Record] = run("-C", space, "check", "--format", "json").json  # type: ignore[assignment]
    return [one["message"] for one in found if one["severity"] == "error" or one["name"] in ODD]


def test_an_objection_is_heard(tmp_path: Path) -> None:
    """poverty-relief: while the branch meeting has not decided, the event does not count."""
    space, month = copied("poverty-relief", tmp_path), ("--month", "2021-12")
    whole = score(space, "P011", *month)
    assert "objections are open (2): FP-0789, FP-0795" in good("-C", space, "tally", *month).err
    decide(space, "FP-0795", "--dismiss", "--by", "支部会议", "--date", "2022-01-05", "--reason", "级别属实")
    dismissed = score(space, "P011", *month)
    assert dismissed > whole
    tally = good("-C", space, "tally", *month)
    assert "objections are open (1): FP-0789;" in tally.err
    assert "未定稿：有 1 条异议待处理" in tally.text
    again = ("FP-0795", "--object", "--by", "群众", "--date", "2022-01-06", "--reason", "再核")
    assert decide(space, *again)[1] == "does not count while the objection is open"
    assert score(space, "P011", *month) == whole
    assert run("-C", space, "review", *again).code == 1
    rejected = ("FP-0795", "--reject", "--by", "党员大会", "--date", "2022-01-20", "--reason", "非本人稿件")
    assert decide(space, *rejected)[1] == "does not count"
    assert score(space, "P011", *month) == whole
    assert "FP-0795" not in good("-C", space, "tally", *month).err
    assert not odd(space)


def test_the_group_verifies_a_month_of_declarations(tmp_path: Path) -> None:
    """finance-bureau: from declared to verified in one go, the quarter announced afterwards."""
    space = copied("finance-bureau", tmp_path)
    waiting = listed(space, "--stage", "个人申报", "--month", "2021-02")
    told = decide(
        space, "--all-at", "个人申报", "--month", "2021-02", "--approve", "--by", "考评小组", "--date", "2021-12-31"
    )
    assert len([line for line in told if line.endswith("个人申报 → 考评小组认定")]) == len(waiting) > 10
    assert not listed(space, "--stage", "个人申报", "--month", "2021-02")
    last = (space / "reviews.csv").read_text("utf-8-sig").splitlines()[-1]
    assert last.split(",")[2:4] == ["同意", "考评小组认定"]
    assert not odd(space)


def test_a_rejected_event_is_restored_by_the_assembly(tmp_path: Path) -> None:
    """state-enterprise: five stages; it counts from the committee on, unless rejected."""
    space, month = copied("state-enterprise", tmp_path), ("--month", "2021-12")
    before = score(space, "E029", *month)
    told = decide(space, "GQ1995", "--reject", "--by", "支委会", "--date", "2022-01-04", "--reason", "重复登记")
    assert told == ["GQ1995 严半夏 2021-12-31 新闻宣传: 支委会初评 → rejected", "does not count"]
    assert score(space, "E029", *month) < before
    by = ("--by", "党员大会", "--date", "2022-01-05")
    restored = decide(space, "GQ1995", "--approve", "党员大会评定", "--restore", *by)
    assert restored == ["GQ1995 严半夏 2021-12-31 新闻宣传: restored, 党员大会评定", "counts"]
    assert score(space, "E029", *month) == before
    assert decide(space, "GQ1995", "--approve", *by)[0].endswith("党员大会评定 → 公示")
    assert odd(space) == ["GQ1995 is approved after it was rejected; the approval restores it"]


def test_five_stars_are_confirmed_stage_by_stage(tmp_path: Path) -> None:
    """social-insurance: 小组初评 → 支部审核 → 总支审议 → 公示, each by its own body; skipped stages are refused."""
    space = copied("social-insurance", tmp_path)
    name = "five_star/2021/S025"
    early = run("-C", space, "review", name, "--approve", "公示", "--by", "党总支", "--date", "2022-02-01")
    assert (early.code, early.err.splitlines()[0]) == (
        1,
        f"{name} stands at 党员自评: an approval to 公示 would skip 小组初评、支部审核、总支审议",
    )
    chain = ("小组初评", "支部审核", "总支审议", "公示")
    before = "党员自评"
    for day, (by, stage) in enumerate(zip(("党小组", "支部委员会", "党总支", "党总支"), chain, strict=True), 1):
        told = decide(space, name, "--approve", stage, "--by", by, "--date", f"2022-02-0{day}")
        assert told[0] == f"{name} 葛千里 2021 五星党员: {before} → {stage}"
        assert told[1] == ("confirmed: it stands on the list" if stage == "公示" else "confirmed from 公示 on: not yet")
        before = stage
    found = good("-C", space, "tally", "--scheme", "social-insurance", "--year", "2021", "--format", "json").json
    assert "S025" in found["outcomes"]["five_star"]
    assert "S025" not in found["nominated"]["five_star"]
    assert not odd(space)


def test_what_waits_is_listed_with_nominations(tmp_path: Path) -> None:
    space = copied("social-insurance", tmp_path)
    rows = listed(space, "--scheme", "social-insurance")
    nominations = {row["event"]: row["stage"] for row in rows if row["event"].startswith("five_star/")}
    assert nominations == {
        "five_star/2021/S008": "支部审核",
        "five_star/2021/S009": "小组初评",
        "five_star/2021/S022": "总支审议",
        "five_star/2021/S025": "党员自评",
    }
    assert {row["since"] for row in rows if row["event"] == "five_star/2021/S022"} == {"2022-01-18"}
    assert [row["event"] for row in listed(space, "--stage", "小组初评")] == ["five_star/2021/S009"]
    assert {row["branch"] for row in listed(space, "--branch", "第一党支部")} == {"第一党支部"}


def listed(space: Path, *words: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = good("-C", space, "review", "--list", *words, "--format", "json").json["rows"]
    return found


@pytest.mark.parametrize("suffix", ["csv", "json", "xlsx"])
def test_a_list_in_a_file_does_not_know_what_day_it_is(suffix: str, tmp_path: Path) -> None:
    space = ROOT / "examples/poverty-relief"
    good("-C", space, "review", "--list", "--objections", "-o", tmp_path / f"a.{suffix}")
    found = (tmp_path / f"a.{suffix}").read_bytes()
    assert found
    assert "已等天数".encode() not in found
    if suffix != "xlsx":
        assert all(word.encode() in found for word in ("FP-0789", "请核对级别", "党员群众", "2021-12-31"))
