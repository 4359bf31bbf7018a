"""Which files are tables, and files given twice (reliability 3.1, 3.2)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pointscli.inputs.files import repeated_files, table_files, unread_files
from pointscli.inputs.headers import EVENTS, MEMBERS, REDEMPTIONS, REVIEWS
from pointscli.inputs.table import read_table
from pointscli.model.problem import FileError, Problem, Severity


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


def test_what_cannot_be_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    for name in ("none.csv", "", "pipe.csv"):
        with pytest.raises(FileError) as caught:
            read_table(tmp_path / name, "shown", EVENTS)
        assert caught.value.path == "shown"
