"""Words that fit several members or items when `points record` asks: numbered, and asked again until one is meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from pointscli.cli.world import World
from tests.check.folders import EVENTS, RULES, write
from tests.cli.running import Answer, run

LOG = EVENTS.replace("item\n", "item,level\n").replace("talk\n", "talk,\n").replace("visit\n", "visit,\n")
"""A log without a column for quantities: who presses Enter needs none."""
NAMES = "一二三四五六七八九十甲乙丙"
MEMBERS = "id,name\n" + "".join(f"M{number:02},张{name}\n" for number, name in enumerate(NAMES, 1))
LESSON = "    lesson: {title: 听党课, points: {levels: {市级: 2}}}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path, {"rules/a.yaml": RULES + LESSON, "members.csv": MEMBERS, "events.csv": LOG})


def talk(folder: Path, answers: str, monkeypatch: pytest.MonkeyPatch, *options: str) -> Answer:
    """What is said while these answers are typed, a word each ("-": nothing)."""
    monkeypatch.setattr(World, "asks", property(lambda _world: True))
    typed = "".join(f"{'' if one == '-' else one}\n" for one in answers.split())
    return run("-C", folder, "record", "--date", "2021-07-05", *options, env={"POINTS_BY": "王芳"}, typed=typed)


def recorded(folder: Path) -> list[str]:
    return (folder / "events.csv").read_text("utf-8").removeprefix(LOG).splitlines()


def test_a_number_that_is_not_shown_asks_for_other_words(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = talk(folder, "张 13 张 2 M02 - 党 - 党 2 市级 - - - y", monkeypatch)
    said = answer.err
    assert answer.code == 0, said
    assert said.count("  12. M12 张乙\n  … 13 in all; more words tell them apart\n") == 2
    assert "13. M13" not in said
    assert said.count("  M02 张二\n") == 2, "a member is named twice"
    assert said.count("  1. 党课: 每次2分\n  2. 听党课: 按级别：市级2分\n") == 2
    assert [line.split(",")[1:] for line in recorded(folder)] == [["2021-07-05", "M02", "听党课", "市级"]]


def test_an_option_that_fits_several_items_is_asked_for(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = talk(folder, "M01 - - - 无", monkeypatch, "--item", "党")
    said = answer.err.partition("several items fit 党: talk 党课, lesson 听党课")[2]
    assert "Item (words of its title, or its id): no item fits" in said
    assert (answer.code, recorded(folder)) == (1, []), "the answers ended"
