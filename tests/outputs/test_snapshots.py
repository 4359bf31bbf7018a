"""Whole screens as files in snapshots/. POINTS_UPDATE_SNAPSHOTS=1 writes them anew and removes those not used."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pointscli.outputs.formats import FORMATS
from pointscli.outputs.look import Look
from pointscli.outputs.outcomes import Outcomes
from pointscli.outputs.tables import Result
from tests.outputs.sample import A, table, tally

FOLDER = Path(__file__).parent / "snapshots"
UPDATE = os.environ.get("POINTS_UPDATE_SNAPSHOTS") == "1"

BRANCH_A = frozenset({"M001", "M002", "M003", "M004"})
MARKED = replace(tally(derived=True, preview="个人自评", partial=True), as_of=date(2021, 8, 31), decided=None)
FILTERED = replace(tally(), listed=BRANCH_A)
NOBODY = replace(tally(), listed=frozenset())
ONE_LIST = replace(
    tally(),
    standings=tuple(replace(one, group="", rank=i + 1) for i, one in enumerate(tally().standings)),
)
UNRANKED = replace(
    tally(),
    ranked=False,
    outcomes=(),
    standings=tuple(
        replace(one, group="", rank=None, grade=None, stars=None, outcomes=(), objections=0)
        for one in tally().standings[:2]
    ),
)

DIMENSIONS = table(("政治思想", Decimal("-12.50"), 3), ("组织纪律", None, 10))

CASES: dict[str, tuple[str, Result, Look]] = {
    "ranking-80.txt": ("table", tally(), Look()),
    "ranking-120.txt": ("table", tally(), Look(width=120)),
    "ranking-50.txt": ("table", tally(), Look(width=50)),
    "ranking-colour.txt": ("table", tally(), Look(colour=True)),
    "ranking-cp936.txt": ("table", tally(), Look(wide_ambiguous=True)),
    "ranking-en.txt": ("table", MARKED, Look(language="en", width=100)),
    "ranking-marked.txt": ("table", MARKED, Look(width=120)),
    "ranking-one-branch.txt": ("table", FILTERED, Look()),
    "ranking-nobody.txt": ("table", NOBODY, Look()),
    "ranking-among-all.txt": ("table", ONE_LIST, Look(width=100)),
    "ranking-unranked.txt": ("table", UNRANKED, Look()),
    "outcomes-80.txt": ("table", Outcomes(tally()), Look()),
    "outcomes-one-branch.txt": ("table", Outcomes(FILTERED), Look(width=120)),
    "ranking-plain.txt": ("plain", tally(), Look()),
    "outcomes-plain.txt": ("plain", Outcomes(tally()), Look()),
    "ranking.md": ("markdown", MARKED, Look()),
    "outcomes.md": ("markdown", Outcomes(tally()), Look(language="en")),
    "ranking.csv": ("csv", tally(derived=True), Look()),
    "ranking-ids.csv": ("csv", tally(), Look(ids=True)),
    "outcomes.csv": ("csv", Outcomes(tally()), Look()),
    "ranking.json": ("json", MARKED, Look()),
    "outcomes.json": ("json", Outcomes(tally()), Look()),
    "ranking.jsonl": ("jsonl", tally(), Look()),
    "dimensions.txt": ("table", DIMENSIONS, Look()),
    "dimensions.json": ("json", DIMENSIONS, Look()),
    "dimensions.md": ("markdown", DIMENSIONS, Look()),
}


@pytest.mark.parametrize("name", CASES)
def test_screen(name: str) -> None:
    form, result, look = CASES[name]
    text = FORMATS[form](result, look)
    path = FOLDER / name
    if UPDATE:
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_text(encoding="utf-8")


def test_every_snapshot_is_used() -> None:
    unused = {path.name for path in FOLDER.iterdir()} - set(CASES)
    if UPDATE:
        for name in unused:
            (FOLDER / name).unlink()
        unused = set()
    assert not unused


def test_a_screen_is_the_same_on_every_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = FORMATS["table"](tally(), Look(colour=True))
    for key, value in {"COLUMNS": "20", "NO_COLOR": "1", "TERM": "dumb", "FORCE_COLOR": "1", "LANG": "C"}.items():
        monkeypatch.setenv(key, value)
    assert FORMATS["table"](tally(), Look(colour=True)) == expected
    assert A in expected
