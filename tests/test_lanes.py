"""The quick way through a large log and the careful one give the same answer, to the byte, or the quick one gives way.

POINTS_LANES_CASES says how many random workspaces (default 4), POINTS_LANES_SEED where their seeds begin;
POINTS_LANES=all runs the whole conformance suite both ways instead of every sixth of its files.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
import yaml

from pointscli.app import log_size, tally
from pointscli.inputs import fast_csv
from pointscli.inputs.fast_csv import open_plain
from tests.case_files import TABLES, Record, tally_arguments, write_rules, write_tables
from tests.cli.running import Answer, run
from tests.oracle.generate import seeded_case

ROOT = Path(__file__).parent
FIRST = int(os.environ.get("POINTS_LANES_SEED", "0"))
SEEDS = range(FIRST, FIRST + int(os.environ.get("POINTS_LANES_CASES", "4")))
EXAMPLES = sorted(path.parent.name for path in ROOT.parent.glob("examples/*/members.csv"))
NEVER = 1 << 60


@dataclass
class Lanes:
    """Runs a command by both ways."""

    patch: pytest.MonkeyPatch
    quick: int = 0
    """How often the quick way gave the answer."""

    def __post_init__(self) -> None:
        real = tally._tally_fast  # noqa: SLF001  (which way was taken cannot be seen from outside)

        def counted(*arguments: object) -> object:
            found = real(*arguments)  # type: ignore[arg-type]
            self.quick += found is not None
            return found

        self.patch.setattr(tally, "_tally_fast", counted)

    def same(self, *arguments: str) -> Answer:
        self.patch.setattr(log_size, "SMALLEST", NEVER)
        careful = run(*arguments)
        self.patch.setattr(log_size, "SMALLEST", 0)
        quick = run(*arguments)
        assert quick == careful
        return quick


@pytest.fixture
def lanes(monkeypatch: pytest.MonkeyPatch) -> Iterator[Lanes]:
    yield Lanes(monkeypatch)


def write_case(folder: Path, case: Record) -> None:
    schemes = case["schemes"] if "schemes" in case else [case["scheme"]]
    named = schemes if isinstance(schemes, dict) else {f"{n}.yaml": scheme for n, scheme in enumerate(schemes)}
    write_rules(folder, {"schemes": named})
    write_tables(folder, case)


def conformance_cases() -> list[Path]:
    step = 1 if os.environ.get("POINTS_LANES") == "all" else 6
    return sorted((ROOT / "conformance").glob("*.yaml"))[::step]


@pytest.mark.parametrize("path", conformance_cases(), ids=lambda path: path.stem)
def test_conformance(path: Path, tmp_path: Path, lanes: Lanes) -> None:
    case: Record = yaml.safe_load(path.read_text("utf-8"))
    for number, check in enumerate(case["checks"]):
        folder = tmp_path / str(number)
        write_case(folder, case | {key: check[key] for key in (*TABLES, "schemes") if key in check})
        lanes.same(*tally_arguments(folder, check))


@pytest.mark.parametrize("seed", SEEDS)
def test_random_workspaces(seed: int, tmp_path: Path, lanes: Lanes) -> None:
    case = seeded_case(seed)
    write_case(tmp_path, case)
    for check in case["checks"]:
        lanes.same(*tally_arguments(tmp_path, check))


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples(name: str, tmp_path: Path, lanes: Lanes) -> None:
    folder = tmp_path / "w"
    shutil.copytree(ROOT.parent / "examples" / name, folder)
    for period in (("--quarter", "2021Q1"), ("--year", "2021"), ()):
        lanes.same("-C", str(folder), "tally", *period, "--format", "json")
    lanes.same("-C", str(folder), "tally", "--format", "csv")


MEMBERS = "id,name,branch\nB1,甲,一支部\nB2,乙,一支部\nB3,丙,二支部\nB4,丙,二支部\n"
RULES = """\
language: 1
scheme: small
title: 小
effective: {from: 2021-01-01}
settle: month
rollup: {quarter: sum}
score:
  max: 50
  items:
    base: {title: 基础, grant: 10}
    work:
      title: 工作
      max: {month: 12, quarter: 20}
      items:
        help: {title: 志愿服务, points: 2, aliases: [帮扶], max: {month: 8}}
        talk: {title: 讲课, points: {levels: {组织: 3, 参加: 1}}}
        gift: {title: 捐助, points: {from: 0, to: 9, step: 0.5}, evidence: required}
    bad: {title: 扣分, points: -1.5, min: {month: -4}}
ranking: {within: branch, ties: competition}
"""
HEADER = "id,date,member,item,quantity,level,points,evidence,reason"
ROWS = (
    "E1,2021-07-01,B1,help,2,,,,雨天",
    "E2,2021/7/2,甲,志愿服务,1.5,,,,",
    "E3,2021年7月3日,B2,讲课,,组织,,,",
    "E4,2021-08-31,B3,gift,,,2.5,收据,x",
    "E5,2021-09-01,B1;B2、B3,帮扶,,,,,",
    "E6,2021-09-30,B2,bad,3,,,,",
)


def log(*rows: str, header: str = HEADER, end: str = "\n") -> bytes:
    return end.join((header, *rows, "")).encode()


def both(text: bytes) -> dict[str, bytes]:
    return {"log.csv": text}


GOOD: dict[str, dict[str, bytes]] = {
    "plain": both(log(*ROWS)),
    "with a byte order mark": both(b"\xef\xbb\xbf" + log(*ROWS)),
    "CRLF": both(log(*ROWS, end="\r\n")),
    "no line end at the end": both(log(*ROWS)[:-1]),
    "semicolons": both(log(*(row.replace(";", "、") for row in ROWS)).replace(b",", b";")),
    "tabs": both(log(*ROWS).replace(b",", b"\t")),
    "Chinese titles": both(log(*ROWS, header="编号,日期,党员,事项,数量,级别,分值,依据,事由")),
    "ids not in order": both(log(*ROWS[::-1])),
    "no ids": both(log(*(row[3:] for row in ROWS), header=HEADER[3:])),
    "empty ids": both(log(*(row[2:] for row in ROWS))),
    "blanks around cells": both(log("E1, 2021-07-01 , B1 , help , 2 , , , ,", "E2,2021-07-01,\u3000B2,\tbad,,,,,")),
    "empty cells at the end of a line": both(log(*(row + ",," for row in ROWS))),
    "several files": {"a.csv": log(*ROWS[3:]), "b.csv": log(*ROWS[:3], end="\r\n")},
    "files with other columns": {
        "a.csv": log("E9,B1,2021-07-09,help", header="id,member,date,item"),
        "b.csv": log(*ROWS),
    },
    "a column of its own": both(log(*(row + ",天气" for row in ROWS), header=HEADER + ",备考")),
    "a name for a pattern": {"台账[2021]*.csv": log(*ROWS)},
    "texts behind the sample, and an id of another length": both(
        log(*(f"F{n:05d},2021-07-01,B1,help,1,,,,{'长' * 20}" for n in range(2000)), "F2,2021.9.9,乙,讲课,7,参加,,,")
    ),
}
CAREFUL: dict[str, dict[str, bytes]] = {
    "quoted cells": both(log(*ROWS[:-1], 'E6,2021-09-30,B2,bad,3,,,,"a, b"')),
    "a quotation mark": both(log(*ROWS, 'E7,2021-09-30,B2,bad,3,,,,12"')),
    "GB18030": both(log(*ROWS).decode().encode("gb18030")),
    "UTF-16": both(log(*ROWS).decode().encode("utf-16")),
    "damaged UTF-8 in a column nobody uses": both(log(*ROWS).replace("雨".encode(), b"\xe9\x9b")),
    "a NUL": both(log(*ROWS).replace(b"x", b"\0")),
    "a private character": both(log(*ROWS).replace(b"x", "\ue123".encode())),
    "blank lines": both(log(*ROWS[:3], "", *ROWS[3:])),
    "a blank line at the end": both(log(*ROWS, "")),
    "empty records": both(log(*ROWS[:3], ",,,,,,,,", *ROWS[3:])),
    "a total line": both(log(*ROWS, "合计,,,,10,,,,")),
    "a title above": both("积分台账,,,,,,,,\n".encode() + log(*ROWS)),
    "mixed line ends": both(log(*ROWS) + log(*ROWS, end="\r\n")[len(HEADER) + 2 :].replace(b"E", b"F")),
    "only carriage returns": both(log(*ROWS, end="\r")),
    "a short record": both(log(*ROWS, "E7,2021-09-30,B2,bad")),
    "a long record": both(log(*ROWS, "E7,2021-09-30,B2,bad,,,,,,more")),
    "a short record at the end of the file": both(log(*ROWS, "E7,2021-09-30,B2,bad")[:-1]),
    "a long cell": both(log(*ROWS, f"E7,2021-09-30,B2,bad,,,,,{'x' * 140_000}")),
    "a long title": both(log(*ROWS, header=HEADER + "x" * 140_000)),
    "a repeated id": both(log(*ROWS, ROWS[0])),
    "a repeated id in another file": {"a.csv": log(*ROWS), "b.csv": log("E1,2021-07-09,B1,help,2,,,,")},
    "the same file twice": {"a.csv": log(*ROWS), "b.csv": log(*ROWS)},
    "some ids": both(log(*ROWS, ",2021-07-05,B1,help,,,,,")),
    "blanks in an id": both(log(*ROWS, " E7,2021-07-05,B1,help,,,,,")),
    "a control character in an id": both(log(*ROWS, "E\x07,2021-07-05,B1,help,,,,,")),
    "an invisible character in an id": both(log(*ROWS, "E\u200b7,2021-07-05,B1,help,,,,,")),
    "an invisible character in a member": both(log(*ROWS, "E7,2021-07-05,B\u200b1,help,,,,,")),
    "an unknown member": both(log(*ROWS, "E7,2021-07-05,B9,help,,,,,")),
    "an ambiguous member": both(log(*ROWS, "E7,2021-07-05,丙,help,,,,,")),
    "a member twice": both(log(*ROWS, "E7,2021-07-05,B1;甲,help,,,,,")),
    "no member": both(log(*ROWS, "E7,2021-07-05, ,help,,,,,")),
    "an unknown item": both(log(*ROWS, "E7,2021-07-05,B1,hepl,,,,,")),
    "a date that is none": both(log(*ROWS, "E7,2021-02-30,B1,help,,,,,")),
    "a date before the rules": both(log(*ROWS, "E7,2020-02-03,B1,help,,,,,")),
    "a time of day": both(log(*ROWS, "E7,2021-07-05 08:30,B1,help,,,,,")),
    "an exponent": both(log(*ROWS, "E7,2021-07-05,B1,help,1e3,,,,")),
    "a number with an underscore": both(log(*ROWS, "E7,2021-07-05,B1,help,1_000,,,,")),
    "too many decimals": both(log(*ROWS, "E7,2021-07-05,B1,help,1.00005,,,,")),
    "a negative quantity": both(log(*ROWS, "E7,2021-07-05,B1,help,-1,,,,")),
    "an unknown level": both(log(*ROWS, "E7,2021-07-05,B1,talk,,旁听,,,")),
    "no level": both(log(*ROWS, "E7,2021-07-05,B1,talk,,,,,")),
    "too many points together": both(log(*ROWS, *(f"E{n},2021-07-05,B1,help,499999999,,,," for n in range(10, 30)))),
    "points out of range": both(log(*ROWS, "E7,2021-07-05,B1,gift,,,99,收据,")),
    "points that are none where nobody has any": both(log(*ROWS[:3], "E7,2021-07-05,B1,help,,,两分,,")),
    "no evidence": both(log(*ROWS, "E7,2021-07-05,B1,gift,,,2,\u3000,")),
    "a column without a title": both(log(*(row + ",天气" for row in ROWS), header=HEADER + ", ")),
    "a column twice": both(log(*(row + ",天气" for row in ROWS), header=HEADER + ",日期")),
    "only a header": both(log()),
    "nothing": both(b""),
}


def write_files(folder: Path, files: dict[str, bytes]) -> None:
    (folder / "rules").mkdir(parents=True)
    (folder / "rules" / "small.yaml").write_text(RULES, "utf-8")
    (folder / "members.csv").write_text(MEMBERS, "utf-8")
    (folder / "events").mkdir()
    for name, data in files.items():
        (folder / "events" / name).write_bytes(data)


@pytest.mark.parametrize("name", GOOD)
def test_the_quick_way_reads(name: str, tmp_path: Path, lanes: Lanes) -> None:
    write_files(tmp_path, GOOD[name])
    answer = lanes.same("-C", str(tmp_path), "tally", "--quarter", "2021Q3", "--format", "json")
    assert answer.code == 0
    assert lanes.quick == 1
    lanes.same("-C", str(tmp_path), "tally")


@pytest.mark.parametrize("name", CAREFUL)
def test_the_quick_way_gives_way(name: str, tmp_path: Path, lanes: Lanes) -> None:
    write_files(tmp_path, CAREFUL[name])
    lanes.same("-C", str(tmp_path), "tally", "--quarter", "2021Q3", "--format", "json")
    lanes.same("-C", str(tmp_path), "tally", "--quarter", "2021Q3", "--format", "json", "--skip-invalid")
    assert lanes.quick == 0


def test_an_id_with_a_character_that_cannot_be_seen(tmp_path: Path, lanes: Lanes) -> None:
    write_files(tmp_path, both(log(*ROWS)))
    (tmp_path / "members.csv").write_text(MEMBERS.replace("B4", "B\u200b4"), "utf-8")
    lanes.same("-C", str(tmp_path), "tally", "--quarter", "2021Q3", "--format", "json")
    assert lanes.quick == 1


@pytest.mark.parametrize(("stage", "quick"), [("审核", 1), ("核审", 0)], ids=["known", "unknown"])
def test_stages(stage: str, quick: int, tmp_path: Path, lanes: Lanes) -> None:
    write_files(tmp_path, both(log(*(row + f",{stage}" for row in ROWS), header=HEADER + ",stage")))
    review = "review: {stages: {declared: 申报, approved: 审核}, counts_from: approved}\n"
    (tmp_path / "rules" / "small.yaml").write_text(RULES + review, "utf-8")
    lanes.same("-C", str(tmp_path), "tally", "--quarter", "2021Q3", "--format", "json")
    assert lanes.quick == quick


PARQUET = {
    "plain": (lambda data: data, 1),
    "a column twice": (lambda data: data.replace(b"notice", b"reason"), 0),
    "without its end": (lambda data: data[:-30] + b"PAR1", 0),
}


@pytest.mark.parametrize(("change", "quick"), PARQUET.values(), ids=PARQUET.keys())
def test_parquet(change: Callable[[bytes], bytes], quick: int, tmp_path: Path, lanes: Lanes) -> None:
    write_files(tmp_path, {})
    path = tmp_path / "events" / "log.parquet"
    columns = "'E1' as id, date '2021-07-01' as date, 'B1' as member, 'help' as item, '' as reason, '' as notice"
    duckdb.connect().execute(f"copy (select {columns}) to '{path}' (format parquet)")
    path.write_bytes(change(path.read_bytes()))
    lanes.same("-C", str(tmp_path), "tally", "--quarter", "2021Q3", "--format", "json")
    assert lanes.quick == quick


def test_lines_longer_than_what_is_read_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line may go over two pieces of a file; in three it is too long for any reader."""
    path = tmp_path / "log.csv"
    path.write_bytes(log(*ROWS))
    whole = open_plain(path, path.name)
    assert whole is not None
    assert whole.records == len(ROWS)
    longest = max(map(len, path.read_bytes().splitlines(keepends=True)))
    for size in range(longest // 4, longest + 1):
        monkeypatch.setattr(fast_csv, "_BLOCK", size)
        found = open_plain(path, path.name)
        assert found is None or found.records == len(ROWS)
        assert found is None or size * 2 >= longest
        assert found is not None or size < longest


def review(*rows: str) -> Callable[[Path], object]:
    text = "\n".join(("date,event,decision,quantity,by", *rows, ""))
    return lambda folder: (folder / "reviews.csv").write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("decisions", "events", "quick"),
    [
        (
            review("2021-07-09,E1,reject,,W", "2021-07-10,E5,amend,2,W", "2021-07-11,E6,object,,W"),
            "ids not in order",
            1,
        ),
        (review("2021-07-09,E99,reject,,W"), "ids not in order", 0),
        (review("2021-07-09,E1,amend,-3,W"), "ids not in order", 0),
        (review("2021-07-09,E1,reject,,W"), "no ids", 0),
    ],
    ids=["decisions", "about an unknown event", "that make an event wrong", "without ids to name"],
)
def test_decisions(decisions: Callable[[Path], object], events: str, quick: int, tmp_path: Path, lanes: Lanes) -> None:
    write_files(tmp_path, GOOD[events])
    decisions(tmp_path)
    lanes.same("-C", str(tmp_path), "tally", "--quarter", "2021Q3", "--format", "json")
    assert lanes.quick == quick
