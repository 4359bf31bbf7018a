"""`points repair`: records that were cut short are taken out, copied first, and nothing is deleted."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pointscli.journal.chain import CHAIN
from tests.check.folders import EVENTS, GOOD, check, write
from tests.cli.running import Answer, run, run_process
from tests.journal.acts import add, errors, files

TORN = "E3,2021-07-03,M"
REVIEWS = "date,event,decision,by\n2021-07-09,E1,reject,王芳\n"


def repair(folder: Path, *arguments: str) -> Answer:
    return run("-C", folder, "repair", "--by", "李明", *arguments)


def torn_space(folder: Path) -> Path:
    """Three files that are torn, one of them in a folder, and one that is whole."""
    changed = {"events/2021-07.csv": EVENTS.replace("E", "F") + TORN, "reviews.csv": REVIEWS + '2021-07-10,E2,"'}
    return write(folder, {**changed, "redemptions.jsonl": '{"date": "2021-07-01", "member": "M1", "gi'})


def test_nothing_torn(tmp_path: Path) -> None:
    write(tmp_path)
    answer = repair(tmp_path)
    assert (answer.code, answer.err) == (0, "")
    assert answer.text == "nothing to repair: every record in 1 logs and in the audit file is whole\n"
    assert set(files(tmp_path)) == set(GOOD)


def test_what_is_torn_is_moved_and_nothing_is_lost(tmp_path: Path) -> None:
    before = files(torn_space(tmp_path))
    dry = repair(tmp_path, "--dry-run")
    assert dry.code == 1
    assert files(tmp_path) == before
    answer = repair(tmp_path)
    assert answer.code == 0
    after = files(tmp_path)
    for name, keep in {
        "events/2021-07.csv": EVENTS.replace("E", "F"),
        "reviews.csv": REVIEWS,
        "redemptions.jsonl": "",
    }.items():
        assert after[f"{name}.before-repair-1"] == before[name]
        assert after[name] + after[f"{name}.torn-1"] == before[name]
        assert after[name].decode() == keep
        assert f"{name}.torn-1" in answer.text
        assert name in dry.text
    assert f"events/2021-07.csv:4: the last record was cut short after {len(TORN)} bytes: {TORN}" in answer.text
    assert after["events.csv"] == before["events.csv"]
    assert repair(tmp_path).text.startswith("nothing to repair")
    assert errors(tmp_path) == []
    assert "unread-file" not in check(tmp_path).text


def test_names_that_are_taken(tmp_path: Path) -> None:
    torn_space(tmp_path)
    repair(tmp_path)
    with (tmp_path / "reviews.csv").open("a", encoding="utf-8") as file:
        file.write("2021")
    repair(tmp_path)
    found = files(tmp_path)
    assert (found["reviews.csv.torn-1"], found["reviews.csv.torn-2"]) == (b'2021-07-10,E2,"', b"2021")
    assert found["reviews.csv.before-repair-2"] == REVIEWS.encode() + b"2021"


def test_a_torn_audit_file(tmp_path: Path) -> None:
    write(tmp_path)
    for number in range(3):
        add(tmp_path, ("events.csv", f"E{number + 5},2021-07-0{number + 5},M1,talk\n".encode()))
    whole = (tmp_path / CHAIN).read_bytes()
    (tmp_path / CHAIN).write_bytes(whole[:-20])
    assert "chain-unreadable" in check(tmp_path, "--audit").text
    answer = repair(tmp_path)
    assert (answer.code, answer.text.startswith(f"{CHAIN}:3: ")) == (0, True)
    assert (tmp_path / f"{CHAIN}.before-repair-1").read_bytes() == whole[:-20]
    assert "1 warning" in check(tmp_path, "--audit").text.splitlines()[-1]
    assert '"torn":true' in (tmp_path / CHAIN).read_text("utf-8")


def test_a_quote_far_above_is_left_alone(tmp_path: Path) -> None:
    changed = EVENTS + 'E3,2021-07-03,M1,"talk\nE4,2021-07-04,M1,visit\n'
    before = files(write(tmp_path, {"events.csv": changed}))
    answer = repair(tmp_path)
    assert (answer.code, "never closed" in answer.text) == (1, True)
    assert answer.text.startswith("events.csv:4: ")
    assert files(tmp_path) == before


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
def test_other_encodings(tmp_path: Path, encoding: str) -> None:
    folder = write(tmp_path)
    text = "日期,党员,事项,事由\n2021-07-01,张三,党课,参加支部学习活动\n2021-07-02,李四,走"
    (folder / "events.csv").write_bytes(text.encode(encoding))
    answer = repair(folder)
    assert answer.code == 0
    assert (folder / "events.csv").read_bytes().decode(encoding) == text[: text.rindex("\n") + 1]
    assert "2021-07-02" in answer.text


def test_the_real_command(tmp_path: Path) -> None:
    torn_space(tmp_path)
    assert run_process("-C", tmp_path, "repair", "--dry-run").code == 1
    assert run_process("-C", tmp_path, "repair", env={"POINTS_LANG": "zh"}).code == 0
    assert run_process("-C", tmp_path / "none", "repair").code == 3


@pytest.mark.skipif(sys.platform == "win32", reason="a limit of file sizes")
def test_what_cannot_be_noted_is_put_back(tmp_path: Path) -> None:
    """The audit file is larger than files may become, the torn log is not."""
    import resource  # noqa: PLC0415  (not on Windows)

    write(tmp_path, {"reviews.csv": REVIEWS + '2021-07-10,E2,"'})
    for number in range(8):
        add(tmp_path, ("events.csv", f"E{number + 5},2021-07-0{number + 1},M1,talk\n".encode()))
    before = files(tmp_path)
    smallest = len(before[CHAIN]) - 1
    assert len(before["reviews.csv"]) < smallest
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (smallest, limits[1]))
    try:
        answer = repair(tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert (answer.code, answer.out) == (3, b"")
    assert CHAIN in answer.err
    copies = {"reviews.csv.before-repair-1": before["reviews.csv"], "reviews.csv.torn-1": b'2021-07-10,E2,"'}
    assert files(tmp_path) == before | copies
