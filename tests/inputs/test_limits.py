"""Limits of size, depth and time: each input is far beyond what a branch has, and is answered at once.

Every case says what is found, and runs within seconds of computing time: what takes minutes is a failure too. The table
of limits is in docs/files.md.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.cli.running import run
from tests.inputs.catalogue.cases import HEADER, MEMBERS, PLAIN, RULES

SECONDS = 6 * float(os.environ.get("POINTS_SLOWER", "1"))
"""Of computing time; the slowest case takes less than a third of it."""
FILES = {"rules/party.yaml": RULES, "members.csv": MEMBERS, "events.csv": HEADER + PLAIN}
CHECK = ("check", "--format", "concise", "--max-findings", "3", "--ignore", "unused-items,no-price")
MARKS = "a" + "\u0300\u0327" * 60_000
"""Putting combining marks in their order takes time with the square of their number."""
Files = Mapping[str, str | None]


def event(**cells: str) -> dict[str, str]:
    whole = {"id": "E1", "date": "2021-07-01", "member": "M1", "item": "talk", "quantity": "1", "reason": ""} | cells
    return {"events.csv": HEADER + ",".join(whole.values()) + "\n"}


def rules(old: str, new: str) -> dict[str, str]:
    assert old in RULES
    return {"rules/party.yaml": RULES.replace(old, new, 1)}


def extended(count: int) -> dict[str, str | None]:
    files: dict[str, str | None] = {"rules/party.yaml": None}
    for number in range(count):
        more = f"extends: r{number + 1}.yaml\n" if number < count - 1 else ""
        files[f"rules/r{number}.yaml"] = RULES.replace("scheme: party", f"scheme: p{number}") + more
    return files


def wide(count: int) -> dict[str, str | None]:
    head = ",".join(["id", "name", *(f"c{number}" for number in range(count - 2))])
    return {"members.csv": f"{head}\nM1,张三" + "," * (count - 2) + "\n"}


DAYS = [date(2001, 1, 1) + timedelta(days=number) for number in range(30_000)]
SPELLS = "id,name,since,until\n" + "".join(f"M1,张三,{day},{day}\n" for day in DAYS)
OBJECT = {"date": "2021-07-01", "member": "M1", "item": "talk"}
CASES: dict[str, tuple[Files, str]] = {
    "columns, the most": (wide(1000), ""),
    "columns, one more": (wide(1001), "members.csv:1: error P456 [too-many-columns]"),
    "columns, a hundred thousand": (wide(100_000), "members.csv:1: error P456 [too-many-columns]"),
    "columns without a title": ({"members.csv": "id,name" + "," * 16_382 + "\nM1,张三" + "," * 16_382 + "\n"}, ""),
    "a line of separators above the header": ({"events.csv": "," * 2_000_000 + "\n" + HEADER + PLAIN}, ""),
    "keys": (
        {"events.csv": None, "e.jsonl": "", "events.jsonl": json.dumps({f"k{n}": 1 for n in range(1001)}) + "\n"},
        "events.jsonl: error P456 [too-many-columns]",
    ),
    "cell": (event(reason="x" * 131_073), "events.csv:2: error P438 [long-cell]"),
    "members in a cell": (event(member="M1;" * 40_000), "P522 [member-twice] a member is named twice in M1;M1;"),
    "line of JSONL": (
        {"events.csv": None, "events.jsonl": json.dumps(OBJECT | {"reason": "x" * 1024 * 1024}) + "\n"},
        "events.jsonl:1: error P455 [long-line]",
    ),
    "depth of JSONL": (
        {"events.csv": None, "events.jsonl": '{"a": ' * 100_000 + "\n"},
        "events.jsonl:1: error P453 [nested-value]",
    ),
    "digits of JSONL": (
        {"events.csv": None, "events.jsonl": json.dumps(OBJECT)[:-1] + ', "quantity": ' + "9" * 100_000 + "}\n"},
        "P464 [bad-number]",
    ),
    "digits": (event(quantity="9" * 100_000), "P464 [bad-number]"),
    "number": (event(quantity="1000000001"), "P464 [bad-number] 1000000001 is larger than 1000000000"),
    "points of an event": (event(quantity="1000000000"), "P551 [too-large]"),
    "marks in a member": (event(member=MARKS), "P520 [unknown-member]"),
    "marks in an item": (event(item=MARKS), "P523 [unknown-item]"),
    "marks in a header": ({"events.csv": f"{HEADER[:-1]},{MARKS}\n{PLAIN[:-1]},\n"}, ""),
    "marks in a roster": ({"members.csv": f"id,name,kind\nM1,{MARKS},{MARKS}\n"}, ""),
    "marks in a title": (rules("党课", MARKS), ""),
    "namesakes": (
        {
            "members.csv": "id,name\n" + "".join(f"M{n},张三\n" for n in range(10_000)),
            "events.csv": HEADER + PLAIN.replace("M1", "张三"),
        },
        "M1004 张三, M1005 张三, … (10000)",
    ),
    "spells of one member": ({"members.csv": SPELLS}, ""),
    "spells of one member that overlap": (
        {"members.csv": SPELLS + "M1,张三,,\n" * 10_000},
        "P507 [overlapping-spells]",
    ),
    "findings": (
        {"events.csv": HEADER + "".join(f"E{n},2021-02-30,M1,talk,1,\n" for n in range(20_000))},
        "events.csv:4:4: error P465",
    ),
    "findings with quotation marks": (
        {"events.csv": HEADER + "".join(f'E{n},"a"b,"c\n' for n in range(20_000))},
        "events.csv:4:7: error P437",
    ),
    "decisions about one event": (
        {"reviews.csv": "date,event,decision,by\n" + "2021-07-05,E1,object,书记\n" * 10_000},
        "reviews.csv:3:15: warning P612",
    ),
    "rule file": (rules("title: 党课", "title: " + "x" * 1_000_000), "P102 [file-too-large]"),
    "values of a rule file": ({"rules/party.yaml": RULES + "source: [" + "1," * 100_001 + "]\n"}, "P120"),
    "depth of a rule file": ({"rules/party.yaml": RULES + "source: " + "[" * 300_000}, "P119 [too-deep]"),
    "digits of a rule file": (rules("points: 2", "points: " + "9" * 100_000), "P208 [number-too-large]"),
    "dates of a rule file": (rules("2021-01-01", "9999-01-01"), "P213 [bad-date]"),
    "comments of a rule file": (
        {"rules/party.yaml": RULES + '# points: ignore[a, b] reason="x\n' * 25_000},
        "P702 [ignore-without-reason]",
    ),
    "files that extend each other": (extended(21), "bad-extends] more than 20 files start from one another"),
    "files that extend each other, the most": (extended(20), "P525 [scheme-required]"),
    "levels of an item": (
        rules("points: 2,", "points: {levels: {" + ", ".join(f"l{n}: {n % 90}" for n in range(30_000)) + "}},"),
        "P548 [level-missing]",
    ),
    "settings": ({"points.yaml": "title: " + "x" * 1_000_000}, "points.yaml: error P102 [file-too-large]"),
    "depth of the settings": ({"points.yaml": "title: " + "[" * 100_000}, "points.yaml:1:1007: error P119 [too-deep]"),
}
"""Files that differ from the plain workspace, and part of what is said; nothing: there is no error."""


def write(folder: Path, files: Files) -> None:
    for name, text in {**FILES, **files}.items():
        if text is not None:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8", newline="")


@pytest.mark.parametrize("name", CASES)
def test_limit(name: str, tmp_path: Path) -> None:
    files, says = CASES[name]
    write(tmp_path, files)
    start = time.process_time()
    done = run("-C", tmp_path, *CHECK)
    assert time.process_time() - start < SECONDS
    assert says in done.text
    assert done.code == int("error" in says or "error" in done.text)
    assert len(done.out) < 20_000


DEEP, DIGITS, BEYOND = "[" * 100_000, '{"seq": ' + "9" * 5000 + "}", '{"seq": 1e999, "sizes": {}, "files": []}'
JSON = [DEEP, DIGITS, BEYOND]


@pytest.mark.parametrize("text", JSON, ids=["deep", "digits", "beyond a number"])
def test_files_of_our_own(text: str, tmp_path: Path) -> None:
    write(tmp_path, {"points.audit.jsonl": text + "\n", "published/2021Q3/party/manifest.json": text, "b.json": text})
    for command in (("check", "--audit"), ("verify",), ("check", "--baseline", str(tmp_path / "b.json"))):
        done = run("-C", tmp_path, *command)
        assert done.code in (1, 3), command
        assert done.text or done.err


@pytest.mark.parametrize(
    "period", ["9999", "3000", "9999Q4", "2999-13", "2021年十三月", "2021年十十月", "9" * 5000, "0000"]
)
def test_periods(period: str, tmp_path: Path) -> None:
    write(tmp_path, {})
    for option in ("--year", "--quarter", "--month"):
        assert run("-C", tmp_path, "tally", option, period).code == 2
