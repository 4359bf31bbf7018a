"""Whether a new event can be priced: the same answer as the engine gives for a whole log."""

from __future__ import annotations

import random
from datetime import date

import pytest

from pointscli.app.check_prices import find_faults
from pointscli.app.inputs import Inputs, join_inputs
from pointscli.app.record import Desk, open_desk
from pointscli.app.record_prices import find_price_faults
from pointscli.app.record_rows import option_table
from pointscli.app.workspace import Sources
from pointscli.inputs.headers import EVENTS, REVIEWS
from tests.cli.rich import TITLES, write_rich

QUANTITIES = ("", "", "1", "2", "0", "-1", "0.5", "99", "8.5", "1000000000")
LEVELS = ("", "", "", "国家级", "省 级", "区级")
POINTS = ("", "", "", "0.5", "5", "5.0001", "2.25", "0", "-1")
STAGES = ("", "declared", "verified", "approved")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = write_rich(tmp_path_factory.mktemp("rich") / "w")
    path = folder / "rules" / "rich.yaml"
    more = "    open: {title: 评议, points: {from: 1, to: 5}}\n    sweep: {title: 大额, points: 10000, each: 0.5}\n"
    path.write_text(path.read_text("utf-8").replace("    duty:\n", f"{more}    duty:\n"), "utf-8")
    return open_desk(folder, Sources(), date(2021, 12, 31))


def event(desk: Desk, dice: random.Random) -> Inputs:
    cells = {
        "date": "2021-07-05",
        "member": "M003",
        "item": dice.choice([*TITLES, "open", "sweep"]),
        "quantity": dice.choice(QUANTITIES),
        "level": dice.choice(LEVELS),
        "points": dice.choice(POINTS),
        "evidence": "照片",
        "stage": dice.choice(STAGES),
    }
    table, _ = option_table(cells)
    return join_inputs(desk.schemes, desk.roster, {EVENTS.name: [table], REVIEWS.name: []}, [])


@pytest.mark.parametrize("seed", range(60))
def test_the_engine_agrees(seed: int, desk: Desk) -> None:
    inputs = event(desk, random.Random(seed))
    assert find_price_faults(inputs) == find_faults(inputs)


def test_an_event_that_is_refused_anyway(desk: Desk) -> None:
    table, _ = option_table({"date": "2021-07-05", "member": "nobody", "item": "meeting"})
    inputs = join_inputs(desk.schemes, desk.roster, {EVENTS.name: [table], REVIEWS.name: []}, [])
    assert find_price_faults(inputs) == []


PLAIN = ({"item": "meeting"}, {"item": "荣誉", "level": "省级", "quantity": "2"}, {"item": "open", "points": "5"})


def test_most_events_need_no_engine(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("pointscli.engine.database.Database")
    for cells in PLAIN:
        table, _ = option_table({"date": "2021-07-05", "member": "M003", **cells})
        inputs = join_inputs(desk.schemes, desk.roster, {EVENTS.name: [table], REVIEWS.name: []}, [])
        assert find_price_faults(inputs) == []
