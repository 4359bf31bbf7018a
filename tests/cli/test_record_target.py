"""Which file of the event log takes an event that `points record` writes."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.check.folders import RULES, write
from tests.cli.rich import EVENTS, write_rich
from tests.cli.running import good, run, write_csv

FULL = ("--member", "M009", "--item", "meeting", "--date", "2021-09-20")


@pytest.fixture
def rich(tmp_path: Path) -> Path:
    return write_rich(tmp_path / "w")


TARGETS: dict[str, tuple[list[str], tuple[str, ...], str]] = {
    "no log yet": ([], (), "events/2021-09.csv"),
    "one file": (["events.csv"], (), "events.csv"),
    "one file in the folder": (["events/log.csv"], (), "events/log.csv"),
    "the month's file": (["events/2021-08.csv", "events/2021-09.csv"], (), "events/2021-09.csv"),
    "the month's file in other words": (["events/2021年9月.csv", "events/2021-08.csv"], (), "events/2021年9月.csv"),
    "the quarter's file": (["events/2021Q2.csv", "events/2021年第3季度.csv"], (), "events/2021年第3季度.csv"),
    "a new month": (["events/2021-08.csv"], (), "events/2021-09.csv"),
    "beside a folder": (["events.csv", "events/2021-08.csv"], (), "events/2021-09.csv"),
    "the file named": (["events/2021-09.csv", "events/extra.csv"], ("--to", "events/extra.csv"), "events/extra.csv"),
    "a new file named": (["events/2021-09.csv"], ("--to", "events/new.csv"), "events/new.csv"),
}


@pytest.mark.parametrize(
    ("files", "options", "target"), [pytest.param(*case, id=name) for name, case in TARGETS.items()]
)
def test_the_file_it_goes_to(files: list[str], options: tuple[str, ...], target: str, tmp_path: Path) -> None:
    folder = write_rich(tmp_path / "w", events=False)
    (folder / "reviews.csv").unlink()
    for number, name in enumerate(files):
        write_csv(folder / name, [{**EVENTS[0], "id": f"E{number}"}])
    answer = good("-C", folder, "record", *FULL, *options)
    assert answer.text.endswith(f" → {target}\n")
    last = (folder / target).read_text("utf-8").splitlines()[-1]
    assert last.startswith("R20210920-0001,2021-09-20,M009,组织生活,")
    assert len(list(folder.glob("events*/*.csv")) + list(folder.glob("events.csv"))) == len({*files, target})
    assert good("-C", folder, "check", "--format", "concise").code == 0


def test_a_file_that_would_not_be_read(rich: Path) -> None:
    answer = run("-C", rich, "record", *FULL, "--to", "more/events.csv")
    assert (answer.code, "more/events.csv would not be read as part of the event log" in answer.err) == (1, True)


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo], ids=["folder", "pipe"])
def test_what_is_no_file(make: Callable[[Path], object], rich: Path) -> None:
    (rich / "events").mkdir()
    make(rich / "events" / "a.csv")
    answer = run("-C", rich, "record", *FULL, "--to", "events/a.csv")
    assert (answer.code, answer.out) == (3, b"")
    assert answer.err == "events/a.csv: it is a folder or a device, not a file\n    name a file\n"


def test_a_file_of_settings(tmp_path: Path) -> None:
    folder = write_rich(tmp_path / "w")
    (folder / "events.csv").rename(folder / "log.csv")
    (folder / "points.yaml").write_text("events: log.csv\n", "utf-8")
    assert good("-C", folder, "record", *FULL).text.endswith(" → log.csv\n")
    refused = run("-C", folder, "record", *FULL, "--to", "events/2021-09.csv")
    assert refused.code == 1


SETTINGS: dict[str, tuple[list[str], str]] = {
    "the only file, whatever its name": (["2021-08.csv"], ""),
    "files of other months": (["2021-08.csv", "2021-07.csv"], "say which one with --to: 2021-08.csv, 2021-07.csv"),
    "files of no month": (["log.csv", "more.csv"], "say which one with --to: log.csv, more.csv"),
}


@pytest.mark.parametrize(("files", "refused"), SETTINGS.values(), ids=SETTINGS)
def test_files_of_settings(files: list[str], refused: str, tmp_path: Path) -> None:
    folder = write_rich(tmp_path / "w", events=False)
    (folder / "reviews.csv").unlink()
    for number, name in enumerate(files):
        write_csv(folder / name, [{**EVENTS[0], "id": f"E{number}"}])
    (folder / "points.yaml").write_text(f"events: [{', '.join(files)}]\n", "utf-8")
    answer = run("-C", folder, "record", *FULL)
    assert (answer.code, answer.text.endswith(f" → {files[0]}\n")) == ((1, False) if refused else (0, True))
    assert answer.err == (f"no file of the event log is for 2021-09-20\n    {refused}\n" if refused else "")


def test_a_scheme_that_need_not_be_said(rich: Path) -> None:
    good("-C", rich, "record", *FULL, "--scheme", "rich", "--by", "王芳")
    last = (rich / "events.csv").read_text("utf-8").splitlines()[-1]
    assert last == "R20210920-0001,2021-09-20,M009,组织生活,,,,,,,王芳,"


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    folder = write_rich(tmp_path / "w", events=False)
    (folder / "reviews.csv").unlink()
    (folder / "events").symlink_to("nowhere")
    answer = run("-C", folder, "record", *FULL)
    assert (answer.code, answer.out) == (3, b"")
    assert "events: it cannot be" in answer.err


def test_a_price_that_depends_on_the_scheme_is_not_guessed(tmp_path: Path) -> None:
    """Which of two schemes is meant depends on the member, so beside a wrong one nothing is said of the level."""
    folder = write(tmp_path, {"rules/b.yaml": RULES.replace("scheme: party", "scheme: other")})
    options = ("--member", "M9", "--item", "talk", "--date", "2021-07-01", "--level", "市级")
    answer = run("-C", folder, "record", *options)
    assert (answer.code, answer.out) == (1, b"")
    assert answer.err.splitlines()[-1] == "1 error, 0 warnings"
    answer = run("-C", folder, "record", *options, "--scheme", "other")
    assert answer.err.splitlines()[-1] == "2 errors, 0 warnings"
