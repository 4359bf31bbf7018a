"""However the same facts are written down and wherever they are computed: the same bytes."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import pytest

from pointscli.engine.run import Computation
from tests.cli.log_forms import FORMS
from tests.cli.rich import EVENTS, MEMBERS, PERIOD, REVIEWS, TITLES, Row, write_rich
from tests.cli.running import Answer, good, run_process, write_csv

FORMATS = ("json", "csv", "plain")
MANY = 400
"""Copies of the log that make it larger than what DuckDB leaves to one thread."""
Bytes = dict[str, bytes]


def tallies(folder: Path) -> Bytes:
    return {name: good("-C", folder, "tally", *PERIOD, "--format", name).out for name in FORMATS}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Bytes:
    found = tallies(write_rich(tmp_path_factory.mktemp("base") / "w"))
    assert all(len(text) > 500 for text in found.values())
    assert all(name.encode() in text for name in ("䶮波", "𬱖三", "先锋模范") for text in (found["plain"],))
    return found


@pytest.mark.parametrize("write", [pytest.param(write, id=name) for name, write in FORMS.items()])
def test_the_form_of_the_log(write: Callable[[Path], None], base: Bytes, tmp_path: Path) -> None:
    folder = write_rich(tmp_path / "w", events=False)
    write(folder)
    assert tallies(folder) == base


@pytest.mark.parametrize("item", TITLES)
def test_every_item_moves_the_tally(item: str, base: Bytes, tmp_path: Path) -> None:
    """What the other tests compare does depend on the log: not even one item is missing from it."""
    folder = write_rich(tmp_path / "w", events=False)
    kept = [row for row in EVENTS if row["item"] != item]
    ids = {row["id"] for row in kept}
    write_csv(folder / "events.csv", kept)
    write_csv(folder / "reviews.csv", [row for row in REVIEWS if row["event"] in ids or "/" in row["event"]])
    assert good("-C", folder, "tally", *PERIOD, "--format", "json").out != base["json"]


ROSTERS: dict[str, list[Row]] = {
    "reversed": MEMBERS[::-1],
    "shuffled": random.Random(5).sample(MEMBERS, len(MEMBERS)),
    "columns reordered": [dict(reversed(row.items())) for row in MEMBERS],
    "kinds in English": [
        row | {"kind": {"正式党员": "full", "预备党员": "Probationary"}[row["kind"]]} for row in MEMBERS
    ],
}


@pytest.mark.parametrize("rows", [pytest.param(rows, id=name) for name, rows in ROSTERS.items()])
def test_the_form_of_the_roster(rows: list[Row], base: Bytes, tmp_path: Path) -> None:
    folder = write_rich(tmp_path / "w")
    write_csv(folder / "members.csv", rows)
    found = tallies(folder)
    assert found["json"] == base["json"]
    assert found == base


def test_files_named_on_the_command_line(base: Bytes, tmp_path: Path) -> None:
    folder = write_rich(tmp_path / "w", events=False)
    paths = [tmp_path / name for name in ("b.csv", "a.txt")]
    for number, path in enumerate(paths):
        write_csv(path, EVENTS[number::2])
    named = [word for path in paths for word in ("--events", str(path))]
    answer = good("-C", folder, *named, "tally", *PERIOD, "--format", "json")
    assert answer.out == base["json"]


ENVIRONMENTS: dict[str, Mapping[str, str]] = {
    "hash seed 1": {"PYTHONHASHSEED": "1"},
    "hash seed 2": {"PYTHONHASHSEED": "2"},
    "C locale": {"LANG": "C", "LC_ALL": "C"},
    "German locale": {"LANG": "de_DE.UTF-8", "LC_ALL": "de_DE.UTF-8", "POINTS_LANG": ""},
    "Chinese messages": {"POINTS_LANG": "zh"},
    "east of Greenwich": {"TZ": "Pacific/Kiritimati"},
    "west of Greenwich": {"TZ": "Etc/GMT+12"},
    "narrow terminal": {"COLUMNS": "20", "LINES": "5", "TERM": "dumb"},
    "colour asked for": {"FORCE_COLOR": "1", "CLICOLOR_FORCE": "1", "TERM": "xterm-256color"},
    "a console of code page 936": {"PYTHONIOENCODING": "gbk"},
}


@pytest.mark.parametrize("env", [pytest.param(env, id=name) for name, env in ENVIRONMENTS.items()])
def test_the_process(env: Mapping[str, str], base: Bytes, tmp_path: Path) -> None:
    folder = write_rich(tmp_path / "w")

    def in_process(name: str) -> Answer:
        return run_process("-C", folder, "tally", *PERIOD, "--format", name, env=env)

    answers = {name: in_process(name) for name in FORMATS}
    assert [answer.err for answer in answers.values() if answer.code] == []
    assert {name: answer.out for name, answer in answers.items()} == base


@pytest.mark.parametrize("suffix", ["json", "csv", "md", "txt", "jsonl"])
def test_files_are_the_same_everywhere(suffix: str, tmp_path: Path) -> None:
    folder = write_rich(tmp_path / "w")
    for number, env in enumerate(({"LANG": "C", "TZ": "Etc/GMT+12"}, {"POINTS_LANG": "zh", "PYTHONHASHSEED": "3"})):
        path = tmp_path / f"{number}.{suffix}"
        answer = run_process("-C", folder, "tally", *PERIOD, "-o", path, env=env)
        assert (answer.code, answer.out) == (0, b"")
    assert (tmp_path / f"0.{suffix}").read_bytes() == (tmp_path / f"1.{suffix}").read_bytes()


def test_threads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A log large enough that every thread of the engine has work to do."""
    folder = write_rich(tmp_path / "w", events=False)
    text = "".join(
        ",".join([f"{row['id']}-{copy}", *(row[name] for name in list(row)[1:])]) + "\n"
        for row in EVENTS
        for copy in range(MANY)
    )
    (folder / "events.csv").write_text(",".join(EVENTS[0]) + "\n" + text, "utf-8")
    (folder / "reviews.csv").unlink()
    found = []
    for threads in (1, 2, 8):
        monkeypatch.setattr("pointscli.app.tally.Computation", partial(Computation, threads=threads))
        found.append(good("-C", folder, "tally", *PERIOD, "--format", "json").out)
    assert found[0] == found[1] == found[2]
    assert b'"earned": 0.00' not in found[0]


def test_threads_reach_the_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, seen = write_rich(tmp_path / "w"), []

    class Watched(Computation):
        def faults(self) -> list[object]:  # type: ignore[override]
            seen.append(self.db.rows("select current_setting('threads')")[0][0])
            return [*super().faults()]

    monkeypatch.setattr("pointscli.app.tally.Computation", partial(Watched, threads=3))
    good("-C", folder, "tally", *PERIOD)
    assert seen == [3]
