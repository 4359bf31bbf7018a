"""An explanation or a card made of a member's own rows is the one made of the whole log, to the byte.

POINTS_MEMBER_CASES says how many random workspaces (default 4), POINTS_MEMBER_SEED where their seeds begin.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pointscli.app import log_size, one_member
from pointscli.app.card import card
from pointscli.app.explain import explain
from pointscli.app.inputs import read_inputs
from pointscli.app.question import Asked
from pointscli.app.workspace import Sources, Workspace, open_workspace
from pointscli.model.period import parse_period
from pointscli.model.problem import PointsError
from pointscli.outputs.explain_formats import explain_text
from pointscli.outputs.explain_json import render_json
from pointscli.outputs.look import Look
from tests.oracle.generate import seeded_case
from tests.test_lanes import EXAMPLES, HEADER, NEVER, ROOT, ROWS, log, write_case, write_files

TODAY = date(2021, 12, 31)
FIRST = int(os.environ.get("POINTS_MEMBER_SEED", "0"))
SEEDS = range(FIRST, FIRST + int(os.environ.get("POINTS_MEMBER_CASES", "4")))
LOOK = Look(language="zh", ids=False, width=100)


@dataclass
class Ways:
    """Tells of a member both ways."""

    patch: pytest.MonkeyPatch
    quick: int = 0
    """How often the member's own rows were enough."""

    def __post_init__(self) -> None:
        real = one_member._derive_quickly  # noqa: SLF001  (which way was taken cannot be seen from outside)

        def counted(*arguments: Any) -> object:
            found = real(*arguments)
            self.quick += found is not None
            return found

        self.patch.setattr(one_member, "_derive_quickly", counted)

    def same(self, tell: Callable[[], object]) -> None:
        self.patch.setattr(log_size, "SMALLEST", NEVER)
        careful = answer(tell)
        self.patch.setattr(log_size, "SMALLEST", 0)
        assert answer(tell) == careful


@pytest.fixture
def ways(monkeypatch: pytest.MonkeyPatch) -> Ways:
    return Ways(monkeypatch)


def answer(tell: Callable[[], object]) -> object:
    """What is told, or why nothing is."""
    try:
        return tell()
    except PointsError as error:
        return repr(error), str(error), vars(error)


def explained(workspace: Workspace, asked: Asked, member: str) -> tuple[object, ...]:
    """Text and JSON, the whole tally, warnings and notes."""
    found = explain(workspace, asked, member)
    tally = found.report.tally
    standing = next((one for one in tally.standings if one.member == member), None)
    text = explain_text("text", found.explanation, LOOK, to_file=True)
    return text, render_json(found.derivation, standing, found.rollup), found.report, found.derivation


def opened(folder: Path) -> Workspace:
    return open_workspace(folder, Sources())


def members_of(folder: Path) -> list[str]:
    return [member.id for member in read_inputs(opened(folder)).roster.members]


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples(name: str, tmp_path: Path, ways: Ways) -> None:
    folder = tmp_path / "w"
    shutil.copytree(ROOT.parent / "examples" / name, folder)
    workspace, member = opened(folder), members_of(folder)[1]
    ways.same(lambda: explained(workspace, Asked(TODAY, parse_period("2021Q3")), member))


@pytest.mark.parametrize("seed", SEEDS)
def test_random_workspaces(seed: int, tmp_path: Path, ways: Ways) -> None:
    rng = random.Random(seed)
    case = seeded_case(seed)
    write_case(tmp_path, case)
    workspace, members = opened(tmp_path), members_of(tmp_path)
    check = rng.choice(case["checks"])
    asked = Asked(TODAY, parse_period(str(check["period"])), check.get("scheme"), check.get("as_of"))
    member = rng.choice(members)
    ways.same(lambda: explained(workspace, asked, member))


LOGS = {
    "plain": (log(*ROWS), True),
    "several names in a row": (log("S1,2021-07-01,丙 B1;甲,help,1,,,,", header=HEADER), False),
    "nothing of the member": (log("S1,2021-07-01,B2,help,1,,,,"), True),
    "an unknown item": (log(*ROWS, "E7,2021-07-05,B1,帮扶困难,1,,,,"), False),
    "another member's row is wrong": (log(*ROWS, "E7,2021-07-05,B4,help,much,,,,"), False),
    "quotation marks": (log(*ROWS, 'E7,2021-07-05,B1,help,1,,,,"a"'), False),
}


@pytest.mark.parametrize(("text", "quick"), LOGS.values(), ids=LOGS.keys())
def test_when_own_rows_are_enough(text: bytes, quick: bool, tmp_path: Path, ways: Ways) -> None:  # noqa: FBT001
    write_files(tmp_path / "w", {"log.csv": text})
    ways.same(lambda: explained(opened(tmp_path / "w"), Asked(TODAY, parse_period("2021Q3")), "B1"))
    assert ways.quick == quick


@pytest.mark.parametrize(("name", "quick"), [("甲", 2), ("B9", 0), ("丙", 0)], ids=["one", "nobody", "several"])
def test_a_name(name: str, quick: int, tmp_path: Path, ways: Ways) -> None:
    write_files(tmp_path / "w", {"log.csv": log(*ROWS)})
    ways.same(lambda: explained(opened(tmp_path / "w"), Asked(TODAY), name))
    ways.same(lambda: card(opened(tmp_path / "w"), name, Asked(TODAY, parse_period("2021Q3"))))
    assert ways.quick == quick


def test_rows_that_do_not_make_the_score_are_not_believed(tmp_path: Path, ways: Ways) -> None:
    """Should a member's credits ever depend on another row, the whole log is read."""
    write_files(tmp_path / "w", {"log.csv": log(*ROWS)})
    real = one_member._numbers  # noqa: SLF001  (no scheme is known in which they differ)
    told: list[object] = []

    def different(*arguments: Any) -> list[object]:
        told.append(arguments)
        return [*real(*arguments), len(told)]

    ways.patch.setattr(one_member, "_numbers", different)
    ways.same(lambda: explained(opened(tmp_path / "w"), Asked(TODAY, parse_period("2021Q3")), "B1"))
    assert told
    assert ways.quick == 0
