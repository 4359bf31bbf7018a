"""Where decisions are written: which file, in whose words; and which of many are chosen."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.review_space import row, write_space
from tests.cli.running import good, run, write_csv

BY = ("--by", "支委会", "--date", "2021-09-01")
WHY = (*BY, "--reason", "核实")
OPEN = row("2021-08-02", "E3", "object", reason="级别不符")


def test_a_new_log_speaks_the_language_of_the_workspace(tmp_path: Path) -> None:
    chinese, english = write_space(tmp_path / "zh"), write_space(tmp_path / "en")
    (english / "points.yaml").write_text("language: en\n", "utf-8")
    for space in (chinese, english):
        good("-C", space, "review", "E1", "--approve", *BY)
    assert (chinese / "reviews.csv").read_text("utf-8").splitlines()[1].startswith("2021-09-01,E1,同意,小组认定,")
    assert (english / "reviews.csv").read_text("utf-8").splitlines()[1].startswith("2021-09-01,E1,approve,verified,")


def test_a_log_keeps_its_own_words_and_encoding(tmp_path: Path) -> None:
    space = write_space(tmp_path / "w")
    old = "日期,事项编号,决定,决定人,理由\r\n2021-08-01,E3,异议,李四,级别不符\r\n".encode("gb18030")
    (space / "reviews.csv").write_bytes(old)
    good("-C", space, "review", "E1", "--approve", *BY)
    good("-C", space, "review", "E3", "--dismiss", *BY, "--reason", "属实，照旧")
    added = "2021-09-01,E1,同意,支委会,\r\n2021-09-01,E3,维持,支委会,属实，照旧\r\n".encode("gb18030")
    assert (space / "reviews.csv").read_bytes() == old + added


def test_a_log_without_a_column_for_the_stage_takes_only_the_next_one(tmp_path: Path) -> None:
    space = write_space(tmp_path / "w")
    (space / "reviews.csv").write_text("date,event,decision,by\n2021-08-01,E1,approve,x\n", "utf-8")
    refused = run("-C", space, "review", "E1", "--approve", "公示", "--skip-stages", *BY)
    assert refused.code == 1
    assert refused.err.startswith("reviews.csv has no column 阶段 (stage)")


TARGETS = {
    "another name": ("other.csv", "other.csv would not be read as the last file of the review log"),
    "a workbook": ("reviews.xlsx", "reviews.xlsx: rows cannot be added to a file of this format"),
    "a file that is read first": ("reviews.csv", "reviews.csv is read before reviews.jsonl"),
}


@pytest.mark.parametrize(("name", "sentence"), TARGETS.values(), ids=TARGETS)
def test_where_decisions_cannot_go(name: str, sentence: str, tmp_path: Path) -> None:
    space = write_space(tmp_path / "w", (OPEN,))
    (space / "reviews.jsonl").write_text(
        '{"date": "2021-08-03", "event": "E3", "decision": "dismiss", "by": "x"}\n', "utf-8"
    )
    answer = run("-C", space, "review", "E1", "--approve", *BY, "--to", name)
    assert (answer.code, answer.err.splitlines()[0]) == (1, sentence)


def test_decisions_go_to_the_file_that_is_read_last(tmp_path: Path) -> None:
    space = write_space(tmp_path / "w", (OPEN,))
    good("-C", space, "review", "E1", "--approve", *BY, "--to", "reviews.jsonl")
    good("-C", space, "review", "E1", "--approve", *BY)
    assert len((space / "reviews.jsonl").read_text("utf-8").splitlines()) == 2
    assert len((space / "reviews.csv").read_text("utf-8").splitlines()) == 2


def test_all_that_wait_but_not_what_is_objected_to(tmp_path: Path) -> None:
    space = write_space(tmp_path / "w", (OPEN,))
    answer = good("-C", space, "review", "--all-at", "个人申报", "--approve", "--by", "小组", "--date", "2021-08-03")
    assert [line.split()[0] for line in answer.text.splitlines() if "→" in line] == ["E1", "E2", "E4"]
    assert "left out, under an open objection (1): E3" in answer.err
    assert "left out, dated after the decision (1): events.csv:7" in answer.err
    again = good("-C", space, "review", "--all-at", "个人申报", "--approve", *BY)
    assert again.text == ""
    assert "left out, without an id of their own (1): events.csv:7" in again.err
    assert "nothing waits there: nothing to decide" in again.err
    dismissed = good("-C", space, "review", "--all-at", "个人申报", "--dismiss", *BY, "--reason", "属实")
    assert [line.split()[0] for line in dismissed.text.splitlines() if "dismissed" in line] == ["E3"]


def test_nominations_that_share_the_chain_are_named_one_by_one(tmp_path: Path) -> None:
    approved = (row("2021-08-01", "E1", "approve", "approved"), row("2021-08-01", "E4", "reject", reason="x"))
    space = write_space(tmp_path / "w", approved)
    answer = good("-C", space, "review", "--all-at", "declared", "--approve", "--by", "小组", "--date", "2022-02-01")
    assert "left out, nominations are named one by one here (1): star/2021/M1" in answer.err
    assert [line.split()[0] for line in answer.text.splitlines() if "→" in line] == ["E2", "E3"]


def test_nothing_waits(tmp_path: Path) -> None:
    space = write_space(tmp_path / "w")
    write_csv(space / "events.csv", [{"date": "2021-07-05", "member": "M1", "item": "健步", "id": "E5"}])
    for words, sentence in (((), "nothing waits for review\n"), (("--objections",), "no objection is open\n")):
        answer = good("-C", space, "review", "--list", *words)
        assert (answer.out, answer.err) == (b"", sentence)
    assert good("-C", space, "review", "--list", "--format", "json").json["rows"] == []


def test_a_list_says_since_when(tmp_path: Path) -> None:
    decided = row("2021-08-01", "E1", "approve", "verified")
    space = write_space(tmp_path / "w", (decided, OPEN, row("2021-08-09", "E2", "amend", points="4")))
    rows = good("-C", space, "review", "--list", "--scheme", "w", "--format", "json", "--year", "2021").json["rows"]
    found = [(one["event"], one["stage"], one["since"], one["counts"], one["points"]) for one in rows]
    assert found == [
        ("E3", "个人申报", "2021-08-02", "否", None),
        ("E4", "个人申报", "2021-08-02", "是", None),
        ("events.csv:7", "个人申报", "2021-08-04", "否", None),
        ("E2", "个人申报", "2021-08-09", "否", 4),
        ("E1", "小组认定", "2021-08-01", "否", None),
    ]


def test_the_review_log_must_be_right_before_it_grows(tmp_path: Path) -> None:
    space = write_space(tmp_path / "w", (row("2021-08-01", "E9", "approve"),))
    answer = run("-C", space, "review", "E1", "--approve", *BY)
    assert answer.code == 1
    assert "no event has the id E9" in answer.err
    assert not (space / "points.audit.jsonl").exists()


WRONG_USE = {
    "no decision": (("E1",), "no decision is given"),
    "two decisions": (("E1", "--approve", "--reject", *WHY), "one decision at a time: --approve --reject"),
    "nobody decides": (("E1", "--approve"), "it is not said who decides"),
    "no reason": (("E1", "--reject", *BY), "--reject needs a reason"),
    "about nothing": (("--approve", *BY), "it is not clear what to decide on"),
    "about two things": (("E1", "--all-at", "declared", "--approve", *BY), "it is not clear what to decide on"),
    "a filter beside an event": (("E1", "--branch", "一支部", "--approve", *BY), "events are named, so nothing is to"),
    "no stage": (("E1", "--approve", "终审", *BY), "there is no stage 终审"),
    "no stage to choose": (("--all-at", "终审", "--approve", *BY), "there is no stage 终审"),
    "no branch": (("--list", "--branch", "九支部"), "nobody is in the branch 九支部"),
    "no amendment": (("E1", "--amend", "score=3", *WHY), "score=3 is not an amendment"),
    "a list with a decision": (("--list", "--reject"), "--list only shows what waits"),
    "a flag of another decision": (
        ("E1", "--reject", "--restore", *WHY),
        "--skip-stages and --restore go with --approve",
    ),
}


@pytest.mark.parametrize(("words", "sentence"), WRONG_USE.values(), ids=WRONG_USE)
def test_wrong_use(words: tuple[str, ...], sentence: str, tmp_path: Path) -> None:
    answer = run("-C", write_space(tmp_path / "w"), "review", *words, env={"POINTS_BY": ""})
    assert answer.code == 2
    assert answer.err.startswith(sentence)
