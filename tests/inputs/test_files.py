"""Which files are tables, and files given twice (reliability 3.1, 3.2)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pointscli.inputs.files import repeated_files, table_files, unread_files
from pointscli.inputs.headers import EVENTS, MEMBERS, REDEMPTIONS, REVIEWS
from pointscli.inputs.table import read_table
from pointscli.model.problem import FileError, Problem, Severity
from tests.cli.running import run

NOBODY = 65534


def fill(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"id\n{name}\n", "utf-8")


def said(problems: list[Problem]) -> list[str]:
    return [f"{problem.name} {problem.place.path}" for problem in problems]


def test_tables_of_a_workspace(tmp_path: Path) -> None:
    shown = [
        "events.csv", "events.xlsx", "events/2021-07.csv", "events/2021-08.XLSX", "events/a.jsonl", "events/b.parquet",
    ]  # fmt: skip
    fill(tmp_path, *shown, "members.csv", "reviews.jsonl", "redemptions.xlsx", "members.csv.bak", "eventsold.csv")
    fill(tmp_path, "events/notes.txt", "events/old.xls", "events/2020/a.csv")
    fill(
        tmp_path,
        "events/~$2021.xlsx",
        "events/.~lock.a.csv#",
        "events/.points-x.tmp",
        "events/tmp_a.csv",
        "events/.a.csv",
    )
    assert [path.relative_to(tmp_path).as_posix() for path in table_files(tmp_path, EVENTS)] == shown
    assert table_files(tmp_path, MEMBERS) == [tmp_path / "members.csv"]
    assert table_files(tmp_path, REVIEWS) == [tmp_path / "reviews.jsonl"]
    assert table_files(tmp_path, REDEMPTIONS) == [tmp_path / "redemptions.xlsx"]
    unread = unread_files(tmp_path, lambda path: path.relative_to(tmp_path).as_posix())
    assert said(unread) == [f"unread-file events/{name}" for name in ("2020", "notes.txt", "old.xls")]
    assert {problem.severity for problem in unread} == {Severity.WARNING}


def test_an_empty_workspace_has_no_tables(tmp_path: Path) -> None:
    assert table_files(tmp_path, EVENTS) == []
    assert table_files(tmp_path / "none", EVENTS) == []


def test_the_same_file_twice(tmp_path: Path) -> None:
    fill(tmp_path, "a.csv", "b.csv")
    (tmp_path / "copy.csv").write_bytes((tmp_path / "a.csv").read_bytes())
    os.link(tmp_path / "b.csv", tmp_path / "link.csv")
    paths = [tmp_path / name for name in ("a.csv", "b.csv", "a.csv", "copy.csv", "link.csv")]
    assert said(repeated_files(paths, lambda path: path.name)) == [
        "same-file-twice a.csv",
        "same-file-twice link.csv",
        "same-file-twice copy.csv",
    ]


def test_two_empty_logs_are_not_the_same_file(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text("id,date\n", "utf-8")
    assert repeated_files([tmp_path / "a.csv", tmp_path / "b.csv"], str) == []


@pytest.mark.parametrize(
    "name", ["台账(冲突副本).csv", "台账 (张三的冲突副本 2021-07-01).csv", "a (conflicted copy).csv"]
)
def test_conflict_copies(tmp_path: Path, name: str) -> None:
    fill(tmp_path, name)
    assert said(repeated_files([tmp_path / name], lambda path: path.name)) == [f"conflict-copy {name}"]


def test_an_event_about_a_conflict_is_no_copy(tmp_path: Path) -> None:
    fill(tmp_path, "调解冲突.csv")
    assert repeated_files([tmp_path / "调解冲突.csv"], str) == []


UNREADABLE = {
    "none.csv": "there is no such file",
    "": "it is a folder or a device, not a file",
    "pipe.csv": "it is a folder or a device, not a file",
    "memory.csv": "it cannot be read ({error})",
    "closed.csv": "it may not be read",
}


@pytest.mark.parametrize("name", UNREADABLE, ids=lambda name: name or "folder")
def test_what_cannot_be_opened(name: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "memory.csv").symlink_to("/proc/self/mem")
    (tmp_path / "closed.csv").touch(0)
    with pytest.raises(FileError) as caught, without_privileges(name == "closed.csv"):
        read_table(tmp_path / name, "shown", EVENTS)
    assert (caught.value.path, caught.value.reason) == ("shown", UNREADABLE[name])
    assert caught.value.hint


@contextmanager
def without_privileges(wanted: bool) -> Iterator[None]:  # noqa: FBT001
    """As somebody who has no more rights than a file gives."""
    user = os.geteuid()
    os.seteuid(NOBODY if wanted and not user else user)
    try:
        yield
    finally:
        os.seteuid(user)


def test_a_file_that_cannot_be_read_is_no_copy(tmp_path: Path) -> None:
    """Reading it says why."""
    (tmp_path / "empty.csv").touch()
    (tmp_path / "memory.csv").symlink_to("/proc/self/mem")
    assert repeated_files([tmp_path / "empty.csv", tmp_path / "memory.csv"], str) == []


def test_a_folder_that_cannot_be_listed(tmp_path: Path) -> None:
    """Its files are not taken for files that are not there."""
    (tmp_path / "events").symlink_to("events")
    for words in (("tally", "--year", "2021"), ("check",)):
        answer = run("-C", tmp_path, *words)
        assert answer.code == 3
        assert "/events: the folder cannot be listed (Too many levels of symbolic links)" in answer.err
