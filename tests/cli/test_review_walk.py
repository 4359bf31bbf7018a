"""At a terminal `points review` asks about everything that waits, one after the other."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pointscli.cli.main import app
from pointscli.cli.world import World
from tests.cli.review_space import write_space
from tests.cli.running import ENGLISH, run

ANSWERS = {
    "each kind": (
        ("支部", "y", "n", "没有底稿", "e", "level=市级", "核实", "", "q"),
        [("E1", "同意", ""), ("E2", "驳回", "没有底稿"), ("E3", "更正", "核实")],
    ),
    "in Chinese": (("支部", "跳过", "同意", "结束"), [("E2", "同意", "")]),
    "asked again": (("支部", "什么", "e", "score=3", "n", "", "y", "q"), [("E1", "同意", "")]),
    "refused, then skipped": (("支部", "e", "points=9", "核实", "s", "q"), []),
    "the answers end": (("支部", "y"), [("E1", "同意", "")]),
    "nobody says who": (("",), []),
}


@pytest.mark.parametrize(("answers", "expected"), ANSWERS.values(), ids=ANSWERS)
def test_what_is_answered_is_written(
    answers: tuple[str, ...],
    expected: list[tuple[str, str, str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    space = write_space(tmp_path / "w")
    monkeypatch.setattr(World, "asks", property(lambda _world: True))
    words = ["-C", str(space), "review", "--scheme", "w", "--date", "2021-09-01"]
    result = CliRunner().invoke(
        app, words, input="".join(f"{one}\n" for one in answers), env={**ENGLISH, "POINTS_BY": ""}
    )
    assert result.exit_code == (2 if answers == ("",) else 0), result.output
    assert written(space) == expected
    told = f"decided: {len(expected)} of 4" if answers[0] else "it is not said who decides"
    assert told in result.stderr
    assert "left out, without an id of their own (1): events.csv:7" in result.stderr


def written(space: Path) -> list[tuple[str, str, str]]:
    path = space / "reviews.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [(row["事项编号"], row["决定"], row["理由"]) for row in csv.DictReader(file)]


def test_without_a_terminal_nothing_is_asked(tmp_path: Path) -> None:
    answer = run("-C", write_space(tmp_path / "w"), "review")
    assert (answer.code, answer.err.splitlines()[0]) == (2, "no decision is given")
