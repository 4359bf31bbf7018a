"""Whatever is wrong in the files: every finding with its place, its value and what to do, and nothing on stdout."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.check import folders
from tests.cli.broken import (
    BINARY,
    EVENT_ROWS,
    EVENTS,
    FILES,
    MEMBERS,
    REVIEW_ROWS,
    REVIEWS,
    ROSTER_ROWS,
    RULES,
    Finding,
    write,
)
from tests.cli.running import good, run, run_process

SAID = re.compile(
    r"^(?P<path>[^:\s]+?)(?::(?P<line>\d+))?(?::(?P<column>\d+))?: error P\d{3} \[(?P<name>[a-z0-9-]+)\] (?P<text>.+)$"
)
HINT = re.compile(r"^ +(= hint: |= 提示：)\S.*$")
BESIDE = re.compile(r"^ += more: |^ *\d* +\||^[^:\s]+(:\d+)*: warning |^\d+ errors?, \d+ warnings?$|^\d+ can be mended")
Expected = dict[Finding, str]


def said(stderr: str) -> dict[Finding, str]:
    """Errors by place and name with their whole text; every one of them must have a hint."""
    found: dict[Finding, str] = {}
    place: Finding | None = None
    for line in stderr.splitlines():
        if match := SAID.fullmatch(line):
            assert place is None, f"no hint: {found[place]}"
            place = Finding(match["path"], int(match["line"] or 0), int(match["column"] or 0), match["name"])
            assert "{" not in line.replace('"{', ""), line
            found[place] = line
        elif HINT.match(line):
            if place is not None:
                found[place] += line
            place = None
        else:
            assert BESIDE.match(line), line
    return found


def check(folder: Path, expected: Expected) -> None:
    """The tally stops with exactly these errors."""
    answer = run("-C", folder, "tally", "--quarter", "2021Q3")
    assert "Traceback" not in answer.err
    assert (answer.code, answer.out) == (1, b""), answer.err
    found = said(answer.err)
    assert sorted(found) == sorted(expected), answer.err
    silent = [(place, value) for place, value in expected.items() if value not in found[place]]
    assert silent == [], answer.err
    noun = "error" if len(expected) == 1 else "errors"
    assert answer.err.splitlines()[-1].startswith(f"{len(expected)} {noun}, ")


def test_the_good_workspace_is_good(tmp_path: Path) -> None:
    write(tmp_path, {})
    answer = good("-C", tmp_path, "tally", "--quarter", "2021Q3", "--format", "json")
    assert {row["member"]: row["score"] for row in answer.json["members"]} == {"M1": 0, "M2": 0, "M3": 2, "M4": 2}
    assert answer.err == ""


ROWS = {
    **{name: {"events.csv": f"{EVENTS}{row}\n"} for name, row in EVENT_ROWS.items()},
    **{name: {"reviews.csv": f"{REVIEWS}{row}\n"} for name, row in REVIEW_ROWS.items()},
    **{name: {"members.csv": f"{MEMBERS}{row}\n"} for name, row in ROSTER_ROWS.items()},
    **{name: {path: text} for name, (path, text) in FILES.items()},
    "decision to a stage where there is none": {
        "rules/work.yaml": re.sub("(?m)^(review|outcomes): .*\n", "", RULES),
        "reviews.csv": f"{REVIEWS}2021-07-02,E1,approve,«unknown-stage»approved,书记\n",
    },
}


@pytest.mark.parametrize("files", [pytest.param(files, id=name) for name, files in ROWS.items()])
def test_one_thing_wrong(files: dict[str, str], tmp_path: Path) -> None:
    expected = write(tmp_path, files)
    assert expected
    check(tmp_path, expected)


@pytest.mark.parametrize(
    ("path", "content", "finding"), [pytest.param(*case, id=name) for name, case in BINARY.items()]
)
def test_a_file_that_cannot_be_used(path: str, content: bytes, finding: Finding, tmp_path: Path) -> None:
    write(tmp_path, {path: content})
    check(tmp_path, {finding: ""})


def logs_broken() -> dict[str, str]:
    return {
        "events.csv": EVENTS + "\n".join(EVENT_ROWS.values()) + "\n",
        "reviews.csv": REVIEWS + "\n".join(REVIEW_ROWS.values()) + "\n",
    }


def test_all_rows_of_the_logs_at_once(tmp_path: Path) -> None:
    expected = write(tmp_path, logs_broken())
    assert len(expected) == len(EVENT_ROWS) + len(REVIEW_ROWS) + 1
    check(tmp_path, expected)


def test_everything_at_once(tmp_path: Path) -> None:
    """No finding hides another one, in whatever file it is; a decision may be about an event of an unreadable file."""
    files: dict[str, str | bytes] = {
        **logs_broken(),
        "members.csv": MEMBERS + "\n".join(ROSTER_ROWS.values()) + "\n",
        **{path: text for path, text in FILES.values() if not path.startswith("rules/")},
        **{path: content for path, content, _ in BINARY.values()},
    }
    expected = write(tmp_path, files) | {finding: "" for _, _, finding in BINARY.values()}
    check(tmp_path, {place: value for place, value in expected.items() if place.name != "unknown-event"})


def test_everything_and_the_rules(tmp_path: Path) -> None:
    """Without rules nothing can be said about items, but all that is wrong in the rules and in whole files is."""
    files: dict[str, str | bytes] = dict(FILES.values())
    expected = write(tmp_path, files | {path: content for path, content, _ in BINARY.values()})
    check(tmp_path, expected | {finding: "" for _, _, finding in BINARY.values()})


def test_findings_are_said_in_order_and_the_same_in_every_process(tmp_path: Path) -> None:
    expected = write(tmp_path, logs_broken())
    texts = set()
    for seed in ("1", "2"):
        answer = run_process("-C", tmp_path, "tally", "--year", "2021", env={"PYTHONHASHSEED": seed, "LANG": "C"})
        assert (answer.code, answer.out) == (1, b"")
        texts.add(answer.err)
    assert len(texts) == 1
    found = list(said(texts.pop()))
    assert found == sorted(found)
    assert found == sorted(expected)


def test_findings_in_chinese(tmp_path: Path) -> None:
    expected = write(tmp_path, logs_broken())
    answer = run("--lang", "zh", "-C", tmp_path, "tally", "--quarter", "2021Q3")
    lines = [line for line in answer.err.splitlines() if re.search(r" P\d{3} \[[a-z0-9-]+\] ", line)]
    assert len(lines) == len(expected)
    spoken = [line for line in answer.err.splitlines() if not re.match(r"^ *\d* +\|", line)]
    assert [line for line in spoken if not re.search("[一-鿿]", line)] == []


def test_skipping_leaves_only_the_good_rows(tmp_path: Path) -> None:
    expected = write(tmp_path, logs_broken())
    answer = good("-C", tmp_path, "tally", "--quarter", "2021Q3", "--skip-invalid", "--format", "json")
    assert {row["member"]: row["score"] for row in answer.json["members"]} == {"M1": 0, "M2": 0, "M3": 2, "M4": 2}
    assert answer.json["partial"] is True
    rows = {(one.path, one.line) for one in expected}
    assert f"{len(rows)} rows with errors" in answer.err


WHOLE_FILES = [
    pytest.param(path, content, id=name)
    for name, (path, content, finding) in BINARY.items()
    if finding.name != "uncalculated-formula"  # one cell is wrong, not the file
]


@pytest.mark.parametrize("row", [pytest.param(row, id=name) for name, row in ROSTER_ROWS.items()])
def test_skipping_wrong_rows_of_the_roster(row: str, tmp_path: Path) -> None:
    write(tmp_path, {"members.csv": f"{MEMBERS}{row}\n"})
    answer = good("-C", tmp_path, "tally", "--quarter", "2021Q3", "--skip-invalid", "--format", "json")
    assert answer.json["partial"] is True
    assert {"M1", "M2", "M3", "M4"} <= {member["member"] for member in answer.json["members"]}
    assert "1 rows with errors" in answer.err


@pytest.mark.parametrize(("path", "content"), WHOLE_FILES)
def test_a_whole_file_is_never_skipped(path: str, content: bytes, tmp_path: Path) -> None:
    write(tmp_path, {path: content})
    answer = run("-C", tmp_path, "tally", "--quarter", "2021Q3", "--skip-invalid")
    assert (answer.code, answer.out) == (1, b"")


@pytest.mark.parametrize("format_name", ["csv", "json", "plain"])
def test_no_file_is_written(format_name: str, tmp_path: Path) -> None:
    write(tmp_path, {"events.csv": f"{EVENTS}{EVENT_ROWS['unknown item']}\n"})
    answer = run("-C", tmp_path, "tally", "--year", "2021", "--format", format_name, "-o", tmp_path / "out")
    assert answer.code == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("more", [(), ("--scheme", "other")], ids=["no-period", "no-such-scheme"])
def test_errors_of_the_files_come_before_a_question_without_an_answer(more: tuple[str, ...], tmp_path: Path) -> None:
    small = folders.write(tmp_path, {"events.csv": "id,date,member,item\nE1,2021-02-30,M1,talk\n"})
    answer = run("-C", small, "tally", *more)
    assert (answer.code, answer.out) == (1, b"")
    assert answer.err.startswith("events.csv:2:4: error P465 [bad-date] 2021-02-30")
