"""What is nobody's business stays in the files: in nothing published, in no log, in no report but of that cell."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.running import good, run, run_process, write_csv

RULES = """\
language: 1
scheme: small
title: 积分
effective: {from: 2021-01-01}
settle: quarter
review:
  stages: {declared: 申报, verified: 认定}
  counts_from: declared
score:
  items:
    work: {title: 工作, points: 1}
ranking: {within: branch, ties: competition}
redemption:
  from: [work]
  opens: quarter
  expires: year
  gifts: {soap: {title: 香皂, cost: 1}}
"""
PERIOD = ("--quarter", "2021Q3")
ROSTER = {
    "手机号": "13800138000",
    "身份证号": "110105199003071234",
    "备注": "私记甲",
    "post": "私记乙",
    "class": "私记丙",
    "住址": "私记丁",
    "exempt": "",
}
NOTES = {
    "reason": "私记事由",
    "evidence": "私记依据",
    "by": "私记记录人",
    "matter": "私记同事",
    "联系电话": "13900139000",
    "内部说明": "私记戊",
}
DECISION = {"by": "私记决定人", "reason": "私记理由", "附注": "私记己"}
GIFT = {"by": "私记经办人", "签收电话": "13700137000"}
TITLES = (*tuple(ROSTER)[:2], "联系电话", "内部说明", "附注", "签收电话", "住址")
"""Headings of private columns."""
PRIVATE = {text for row in (ROSTER, NOTES, DECISION, GIFT) for text in row.values() if text}


def write_private(folder: Path) -> Path:
    (folder / "rules").mkdir(parents=True)
    (folder / "rules" / "small.yaml").write_text(RULES, "utf-8")
    people = [{"id": f"M{n}", "name": name, "branch": "一支部"} for n, name in enumerate(("张三", "李四", "王小五"))]
    write_csv(folder / "members.csv", [{**one, **ROSTER} for one in people])
    events = [
        {"id": f"E{n}", "date": "2021-07-01", "member": f"M{n % 3}", "item": "work", "stage": "认定"} for n in range(6)
    ]
    write_csv(folder / "events.csv", [{**one, **NOTES} for one in events])
    write_csv(folder / "reviews.csv", [{"date": "2021-07-02", "event": "E1", "decision": "驳回", **DECISION}])
    write_csv(
        folder / "redemptions.csv",
        [{"id": "R1", "date": "2021-10-02", "member": "M0", "gift": "soap", "count": "1", **GIFT}],
    )
    return folder


SHOWN = {
    "wall": {"私记事由", "私记依据"},
    "web": set(),
    "internal": {"私记事由", "私记依据", "私记记录人", "私记理由", "私记决定人"},
}
"""What an audience sees unless points.yaml hides it: the reason and evidence of what counts; the office also who."""
HIDE = "publish: {audiences: {wall: {details: hide, evidence: hide}, web: {details: hide, evidence: hide}}}\n"


@pytest.mark.parametrize("hidden", [False, True], ids=["shown", "hidden"])
@pytest.mark.parametrize("audience", SHOWN)
def test_no_private_column_is_published(audience: str, hidden: bool, tmp_path: Path) -> None:  # noqa: FBT001
    folder = write_private(tmp_path / "w")
    if hidden:
        (folder / "points.yaml").write_text(HIDE, "utf-8")
    papers = "cards,talks,report,commendation" if audience == "internal" else "report"
    answer = good("-C", folder, "publish", *PERIOD, "--audience", audience, "--with", papers, "--by", "书记")
    found = markers(folder / "published")
    allowed = set() if hidden and audience != "internal" else SHOWN[audience]
    assert found <= allowed, found - allowed
    assert hidden or audience == "web" or "私记事由" in found  # the test would see one
    assert not any(text in answer.err + answer.text for text in PRIVATE)
    data = b"".join(path.read_bytes() for path in (folder / "published").rglob("*") if path.is_file())
    assert [title for title in TITLES if title.encode() in data] == []


def markers(folder: Path) -> set[str]:
    """The private texts in the files of a folder, workbooks unpacked."""
    found = set()
    for path in folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            if path.suffix == ".xlsx":
                from tests.security.reading import read  # noqa: PLC0415  (reads workbooks)

                data = read("xlsx", data).text.encode()
            found |= {text for text in PRIVATE if text.encode() in data}
    return found


def test_masked_names_are_nowhere(tmp_path: Path) -> None:
    """Not in the tables, not in the manifest, not in a title; ids only where the profile shows them."""
    folder = write_private(tmp_path / "w")
    good("-C", folder, "publish", *PERIOD, "--audience", "web", "--with", "report", "--by", "书记")
    for path in (folder / "published").rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            if path.suffix == ".xlsx":
                from tests.security.reading import read  # noqa: PLC0415  (reads workbooks)

                data = read("xlsx", data).text.encode()
            assert [name for name in ("张三", "李四", "王小五") if name.encode() in data] == [], path.name


ACTS = {
    "record": (
        "record",
        "-m",
        "M0",
        "-i",
        "work",
        "-d",
        "2021-07-03",
        "--reason",
        "私记事由",
        "--evidence",
        "私记依据",
        "--by",
        "记录员",
    ),
    "review": ("review", "E2", "--reject", "--reason", "私记理由", "--by", "书记", "--date", "2021-07-03"),
    "redeem": ("redeem", "M2", "soap", "--date", "2021-10-03", "--by", "会计"),
    "publish": ("publish", *PERIOD, "--audience", "wall", "--by", "书记"),
}


def test_the_audit_file_holds_no_notes(tmp_path: Path) -> None:
    """Who, when, which command, which files and digests; the office's names of clerks, never what was written."""
    folder = write_private(tmp_path / "w")
    for words in ACTS.values():
        good("-C", folder, *words)
    data = (folder / "points.audit.jsonl").read_text("utf-8")
    assert [text for text in PRIVATE if text in data] == []
    assert not (folder / "points.lock.holder").exists()


BROKEN = {
    "date": ("events.csv", "2021-07-01", "2021-02-30"),
    "member": ("events.csv", ",M1,", ",M9,"),
    "item": ("events.csv", ",work,", ",walk,"),
    "decision": ("reviews.csv", "驳回", "驳斥"),
    "gift": ("redemptions.csv", "soap", "soup"),
    "rules": ("rules/small.yaml", "points: 1", "points: l"),
    "roster": ("members.csv", "M1,李四", "M0,李四"),
    "encoding": ("members.csv", "李四", "李\0四"),
}


FORMS = ("concise", "github", "json", "gitlab", "sarif", "junit", "jsonl")


@pytest.mark.parametrize(("case", "form"), list(zip(BROKEN, (*FORMS, "github"), strict=True)))
def test_reports_for_others_quote_no_neighbours(case: str, form: str, tmp_path: Path) -> None:
    """A report that leaves the computer holds the faulty cell; only the text for the clerk shows its line."""
    folder = broken(case, tmp_path)
    answer = run("-C", folder, "check", "-f", form)
    assert answer.code == 1
    assert [text for text in PRIVATE if text in answer.text + answer.err] == []


@pytest.mark.parametrize("case", ["date", "decision", "rules", "encoding"])
def test_a_failing_command_writes_nothing_down(case: str, tmp_path: Path) -> None:
    folder = broken(case, tmp_path)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    for words in (("tally", *PERIOD), ACTS["publish"], ACTS["record"], ACTS["redeem"]):
        run("-C", folder, *words)
    after = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and "points.lock" not in path.name}
    known = {path for path in after if path.name == "points.audit.jsonl"}
    written = {path for path in after if path not in known and after[path] != before.get(path)}
    assert {path.name for path in written} <= {"events.csv", "redemptions.csv"}  # of commands that need not read all
    assert not any(text.encode() in after[path] for path in known for text in PRIVATE)


def broken(case: str, tmp_path: Path) -> Path:
    folder = write_private(tmp_path / "w")
    name, old, new = BROKEN[case]
    path = folder / name
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    return folder


ODD = {
    "closed": {"PYTHONIOENCODING": "ascii"},
    "language": {"LANG": "C", "LC_ALL": "C", "POINTS_LANG": "../../etc/passwd\x1b[31m"},
    "by": {"POINTS_BY": "\x1b]0;x\x07=cmd"},
    "columns": {"COLUMNS": "999999999", "LINES": "-1"},
}


@pytest.mark.parametrize("case", ODD)
def test_the_environment_decides_nothing(case: str, tmp_path: Path) -> None:
    folder = write_private(tmp_path / "w")
    plain = good("-C", folder, "tally", *PERIOD, "-f", "csv")
    given = {key: value for key, value in ODD[case].items() if os.name != "nt" or key != "TMPDIR"}
    answer = run_process("-C", folder, "tally", *PERIOD, "-f", "csv", env=given)
    assert (answer.code, answer.out) == (0, plain.out)
    assert "\x1b" not in answer.err
