"""Small workspaces for the tests of `points check`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.cli.running import Answer, run

RULES = """\
language: 1
scheme: party
title: 党员积分
effective: {from: 2021-01-01}
settle: quarter
score:
  items:
    talk: {title: 党课, points: 2}
    visit: {title: 走访, points: 1}
"""
MEMBERS = "id,name\nM1,张三\nM2,李四\n"
EVENTS = "id,date,member,item\nE1,2021-07-01,M1,talk\nE2,2021-07-02,M2,visit\n"
GOOD = {"rules/a.yaml": RULES, "members.csv": MEMBERS, "events.csv": EVENTS}


def write(folder: Path, changed: Mapping[str, str] | None = None) -> Path:
    """Write the good workspace with some files changed."""
    for name, text in {**GOOD, **(changed or {})}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return folder


def check(folder: Path, *arguments: str | Path) -> Answer:
    """Run `points check` in a folder."""
    return run("-C", folder, "check", *arguments)


def found(folder: Path, *arguments: str | Path) -> list[dict[str, Any]]:
    """The findings as JSON."""
    rows: list[dict[str, Any]] = json.loads(check(folder, "--format", "json", *arguments).text)
    return rows


def marks(rows: list[dict[str, Any]]) -> list[tuple[str, int, int, str]]:
    """Path, line, column and name of each."""
    return [(row["path"], row["line"], row["column"], row["name"]) for row in rows]
