"""`points check --audit`: edits, deletions and a cut end are findings with their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from pointscli.app.audit_codes import CODES, LAST_CODE
from pointscli.journal.audit import checkpoint
from pointscli.journal.chain import CHAIN
from pointscli.model.code import Code
from tests.check.folders import check, found, write
from tests.cli.running import run, run_process
from tests.journal.acts import add

MARK = "«»"
ROW = b"E5,2021-07-05,M1,talk\n"
NEXT = b"E6,2021-07-06,M1,talk\n"


def lay(folder: Path, texts: dict[str, str]) -> Path:
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.replace(MARK, "").encode())
    return folder


def audited(folder: Path, code: Code) -> list[tuple[str, int, str]]:
    """Path, line and severity of the findings of a kind."""
    arguments = ["--against", LAST_CODE] if code.name == "not-as-printed" else ["--audit"]
    rows = [row for row in found(folder, *arguments) if row["name"] == code.name]
    assert all(row["code"] == code.code for row in rows)
    return [(row["path"], row["line"], row["severity"]) for row in rows]


def marked(code: Code) -> tuple[str, int]:
    for name, text in code.bad.items():
        if MARK in text:
            return name, text[: text.index(MARK)].count("\n") + 1
    return CHAIN, 0


@pytest.mark.parametrize("code", CODES.values(), ids=lambda code: code.name)
def test_every_example(code: Code, tmp_path: Path) -> None:
    bad = audited(lay(tmp_path / "bad", dict(code.bad)), code)
    assert bad[:1] == [(*marked(code), str(code.severity))]
    assert audited(lay(tmp_path / "good", dict(code.good)), code) == []


def test_a_recorded_workspace(tmp_path: Path) -> None:
    write(tmp_path)
    assert [row["name"] for row in found(tmp_path, "--audit")] == ["no-audit-file"]
    assert found(tmp_path) == []
    add(tmp_path, ("events.csv", ROW))
    answer = check(tmp_path, "--audit")
    assert (answer.code, answer.text) == (0, "nothing wrong in 4 files\n")
    assert answer.err == f"the code of the last entry of the audit file is {checkpoint(tmp_path)}\n"
    assert check(tmp_path, "--against", checkpoint(tmp_path)).code == 0
    assert check(tmp_path, "--against", "9-0000-0000-0000-0000").code == 1
    assert check(tmp_path, "--against", "x").code == 2


def test_an_edit_is_an_error_with_its_place(tmp_path: Path) -> None:
    write(tmp_path)
    add(tmp_path, ("events.csv", ROW))
    add(tmp_path, ("events.csv", NEXT))
    path = tmp_path / "events.csv"
    path.write_bytes(path.read_bytes().replace(b"E6,2021-07-06,M1", b"E6,2021-07-06,M2"))
    answer = check(tmp_path, "--audit", "-f", "concise")
    assert answer.code == 1
    assert answer.text.startswith("events.csv:5")
    assert "line 5 is not what 王芳 wrote, 2021-07-05T08:00:00Z (entry 2)" in answer.text
    assert check(tmp_path).code == 0


def test_a_change_by_hand_is_a_warning(tmp_path: Path) -> None:
    write(tmp_path)
    add(tmp_path, ("events.csv", ROW))
    with (tmp_path / "events.csv").open("ab") as file:
        file.write(b"E7,2021-07-07,M2,visit\n")
    assert [(row["path"], row["line"]) for row in found(tmp_path, "--audit")] == [("events.csv", 5)]
    add(tmp_path, ("events.csv", NEXT))
    assert [(row["path"], row["line"]) for row in found(tmp_path, "--audit")] == [(CHAIN, 2)]
    assert check(tmp_path, "--audit").code == 0
    assert check(tmp_path, "--audit", "--strict").code == 1
    assert check(tmp_path, "--audit", "--strict", "--ignore", "changed-outside").code == 0


def test_paths_can_be_opened_from_where_the_command_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add(write(tmp_path / "支部"), ("events.csv", ROW))
    (tmp_path / "支部" / "events.csv").write_bytes(b"id,date,member,item\n")
    monkeypatch.chdir(tmp_path)
    for arguments in ((), ("支部",)):
        folder = Path() if arguments else Path("支部")
        paths = {row["path"] for row in found(folder, "--audit", *arguments) if row["name"].startswith("recorded")}
        assert paths == {"支部/events.csv"}


COPIES = {
    "points.audit (1).jsonl": True,
    "points.audit（冲突 2021-07-05）.jsonl": True,
    "events (1).csv": True,
    "events(2).csv": True,
    "events - 副本.csv": True,
    "events - Copy (2).csv": True,
    "events-冲突-王芳.csv": True,
    "events (王芳的冲突副本).csv": True,
    "events/2021-07 (1).csv": True,
    "events/2021-07 (conflicted copy).csv": True,
    "events/2021-08.csv": False,
    "events2.csv": False,
    "events (1).txt": False,
}
LATER = "id,date,member,item\nE9,2021-07-09,M1,visit\n"


@pytest.mark.parametrize("name", COPIES)
def test_copies_of_a_shared_folder(tmp_path: Path, name: str) -> None:
    write(tmp_path, {"events/2021-07.csv": LATER, name: LATER.replace("9", "8")})
    add(tmp_path, ("events.csv", ROW))
    paths = [row["path"] for row in found(tmp_path, "--audit") if row["name"] == "conflict-copy"]
    assert paths == ([name] if COPIES[name] else [])


def test_a_code_belongs_to_one_workspace(tmp_path: Path) -> None:
    write(tmp_path / "a")
    write(tmp_path / "b")
    assert run("check", "--against", LAST_CODE, tmp_path).code == 2


def test_the_real_command(tmp_path: Path) -> None:
    add(write(tmp_path), ("events.csv", ROW))
    assert run_process("-C", tmp_path, "check", "--audit").code == 0
    (tmp_path / CHAIN).write_bytes(b"{}\n")
    assert run_process("-C", tmp_path, "check", "--audit", env={"POINTS_LANG": "zh"}).code == 1
