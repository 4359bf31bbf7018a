"""`points record --from FILE`: all events of a file or none; what the log has already is left out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from tests.cli.rich import EVENTS, write_rich
from tests.cli.running import Answer, Rows, good, run, write_csv

NEW: Rows = [
    {"date": "2021/9/20", "member": "刘洋", "item": "组织生活", "reason": "支部大会"},
    {"date": "2021-09-21", "member": "M007;M006", "item": "honour", "level": "省级", "reason": "表彰", "id": "H1"},
    {"date": "2021-10-08", "member": "M009", "item": "lecture", "points": "2.5", "reason": "党课"},
]
COLUMNS = ("id", "date", "member", "item", "level", "points", "reason")


@pytest.fixture
def rich(tmp_path: Path) -> Path:
    folder = write_rich(tmp_path / "w", events=False)
    write_csv(folder / "events" / "2021-09.csv", EVENTS)
    write_csv(folder / "events" / "2021-08.csv", [{**EVENTS[0], "id": "OLD"}])
    return folder


def write_lines(path: Path, rows: Rows) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")


def write_book(path: Path, rows: Rows) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([dict(zip(COLUMNS, COLUMNS, strict=True)), *rows]):
            sheet.write_row(number, 0, [row.get(name, "") for name in COLUMNS])


WRITERS: dict[str, Callable[[Path, Rows], None]] = {
    "more.csv": lambda path, rows: write_csv(path, rows, COLUMNS),
    "more.jsonl": write_lines,
    "more.xlsx": write_book,
}


def record(folder: Path, rows: Rows, *options: str, name: str = "more.csv") -> Answer:
    WRITERS[name](folder.parent / name, rows)
    return run("-C", folder, "record", "--from", folder.parent / name, *options)


def log(folder: Path) -> dict[str, list[str]]:
    paths = sorted((folder / "events").iterdir())
    return {path.name: path.read_text("utf-8-sig").splitlines() for path in paths}


@pytest.mark.parametrize("name", WRITERS)
def test_all_of_them(name: str, rich: Path) -> None:
    before = log(rich)
    answer = record(rich, NEW, name=name)
    assert (answer.code, answer.err) == (0, ""), answer.err
    assert answer.text.splitlines() == [
        "recorded R20210920-0001-1: 2021-09-20 组织生活, M009 刘洋 → events/2021-09.csv",
        "recorded H1: 2021-09-21 荣誉, M007 王芳, M006 欧阳娜 → events/2021-09.csv",
        "recorded R20211008-0001-3: 2021-10-08 讲授党课, M009 刘洋 → events/2021-10.csv",
    ]
    after = log(rich)
    assert after["2021-08.csv"] == before["2021-08.csv"]
    assert after["2021-09.csv"][: len(before["2021-09.csv"])] == before["2021-09.csv"]
    added = after["2021-09.csv"][len(before["2021-09.csv"]) :]
    assert [line.split(",")[0] for line in added] == ["R20210920-0001-1", "H1"]
    assert len(after["2021-10.csv"]) == 2
    chain = (rich / "points.audit.jsonl").read_text("utf-8").splitlines()
    assert len(chain) == 1
    assert good("-C", rich, "check", "--audit", "--format", "concise").code == 0


def test_a_second_time(rich: Path) -> None:
    with_ids = [{**row, "id": f"N{number}"} for number, row in enumerate(NEW)]
    record(rich, with_ids[:2])
    before = log(rich)
    other_words = {**with_ids[0], "date": "2021-09-20", "member": "M009", "item": "三会一课"}
    answer = record(rich, [other_words, with_ids[1]])
    assert (answer.code, answer.out, answer.err) == (0, b"", "already in the log and left out: 2\n")
    assert log(rich) == before
    answer = record(rich, with_ids)
    assert answer.text == "recorded N2: 2021-10-08 讲授党课, M009 刘洋 → events/2021-10.csv\n"
    assert "left out: 2" in answer.err


BAD: dict[str, tuple[Rows, list[str]]] = {
    "one wrong row": (
        [*NEW, {"date": "2021-09-22", "member": "王五", "item": "组织生活"}],
        ["more.csv:5:", "[unknown-member]", "王五"],
    ),
    "all that is wrong": (
        [{**NEW[0], "date": "2021-02-30"}, {**NEW[2], "points": "9"}, {**NEW[1], "member": "张伟", "item": "扫地"}],
        ["more.csv:2:", "[bad-date]", "more.csv:3:", "[points-range]", "more.csv:4:", "[ambiguous-member]", "扫地"],
    ),
    "an id of another event": (
        [NEW[0], {**NEW[1], "id": "OLD"}],
        ["more.csv:3:", "[duplicate-event-id] event id OLD is in the log already, with other content"],
    ),
    "an id twice": (
        [NEW[1], {**NEW[2], "id": "H1"}],
        ["more.csv:3:", "[duplicate-event-id] event id H1"],
    ),
    "an event twice": ([NEW[0], NEW[0]], ["more.csv:3:", "[suspected-duplicate]", "more.csv:2"]),
    "a cell too much": ([{**NEW[0], "level": "省级"}], ["more.csv:2:", "[level-unused]"]),
    "a broken cell beside a wrong price": (
        [{"date": "", "member": "M009", "item": "组织生活"}, {**NEW[0], "level": "省级"}],
        ["more.csv:2:", "[missing-value]", "more.csv:3:", "[level-unused]"],
    ),
}


@pytest.mark.parametrize(("rows", "says"), [pytest.param(*case, id=name) for name, case in BAD.items()])
def test_none_of_them(rows: Rows, says: list[str], rich: Path) -> None:
    before = log(rich)
    answer = record(rich, rows)
    assert (answer.code, answer.out) == (1, b""), answer.err
    assert [text for text in says if text not in answer.err] == [], answer.err
    assert log(rich) == before
    assert not (rich / "points.audit.jsonl").exists()


def test_the_log_has_one_without_an_id(rich: Path) -> None:
    good("-C", rich, "record", "-m", "M009", "-i", "meeting", "-d", "2021-09-20", "--reason", "支部大会")
    answer = record(rich, NEW)
    assert (answer.code, "this looks like R20210920-0001" in answer.err) == (1, True), answer.err
    assert record(rich, NEW, "--again").code == 0


def test_a_log_without_ids(rich: Path) -> None:
    write_csv(rich / "events" / "2021-10.csv", [{key: EVENTS[0][key] for key in ("date", "member", "item")}])
    assert (
        record(rich, NEW[:1]).text == "recorded R20210920-0001: 2021-09-20 组织生活, M009 刘洋 → events/2021-09.csv\n"
    )


def test_a_log_that_cannot_be_read(rich: Path) -> None:
    (rich / "events" / "2021-08.csv").write_text("甲,乙\n1,2\n", "utf-8")
    before = log(rich)
    answer = record(rich, NEW)
    assert (answer.code, answer.out) == (1, b"")
    assert "events/2021-08.csv:1:" in answer.err
    assert log(rich) == before


def test_a_dry_run(rich: Path) -> None:
    before = log(rich)
    answer = record(rich, NEW, "--dry-run")
    assert (answer.code, answer.err) == (0, "nothing was written; events to record: 3\n")
    assert log(rich) == before


def test_one_file_for_all(rich: Path) -> None:
    answer = record(rich, NEW, "--to", "events/2021-08.csv")
    assert answer.text.count("events/2021-08.csv") == 3
    assert len(log(rich)) == 2


@pytest.mark.parametrize(("name", "code"), [("none.csv", 3), ("empty.csv", 1)])
def test_no_such_file(name: str, code: int, rich: Path) -> None:
    (rich.parent / "empty.csv").write_bytes(b"")
    assert run("-C", rich, "record", "--from", rich.parent / name).code == code
