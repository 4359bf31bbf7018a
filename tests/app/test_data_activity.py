"""Events that count for nothing are those that the engine leaves out as not active: random rosters, all rules."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import pytest

from pointscli.app.data_activity import find_inactive
from pointscli.app.inputs import Inputs, read_inputs
from pointscli.app.membership import join_roster
from pointscli.app.question import Asked, pose
from pointscli.app.tally import event_log
from pointscli.app.workspace import Sources, open_workspace
from pointscli.engine.run import Computation
from pointscli.model.period import parse_period
from pointscli.scheme.plan import compile_plan

FIRST = date(2021, 1, 1)
SCHEME = "language: 1\nscheme: party\ntitle: T\neffective: {{from: 2021-01-01}}\nrollup: {{year: sum}}\n{}"
SCORE = "score: {items: {t: {title: T, points: 1}}}\n"


def write(folder: Path, active: str, dice: random.Random) -> None:
    settle = dice.choice(["month", "quarter", "half"])
    members = dice.choice(["", "members: {kind: [full]}\n"])
    (folder / "rules").mkdir()
    text = SCHEME.format(f"settle: {settle}\nactive: {active}\n{members}") + SCORE
    (folder / "rules" / "a.yaml").write_text(text, "utf-8")
    rows = ["M0,N0,full,,", *(row for member in range(1, 6) for row in spells(member, dice))]
    ids = sorted({row.split(",")[0] for row in rows})
    events = [f"E{n},{FIRST + timedelta(dice.randrange(365))},{dice.choice(ids)},t" for n in range(40)]
    (folder / "members.csv").write_text("\n".join(["id,name,kind,since,until", *rows, ""]), "utf-8")
    (folder / "events.csv").write_text("\n".join(["id,date,member,item", *events, ""]), "utf-8")


def spells(member: int, dice: random.Random) -> list[str]:
    cuts = [FIRST + timedelta(day) for day in sorted(dice.sample(range(1, 364), dice.randrange(4)))]
    sides = zip(["", *map(str, cuts)], [*(str(day - timedelta(1)) for day in cuts), ""], strict=True)
    found = [f"M{member},N{member},{dice.choice(['full', 'x'])},{since},{until}" for since, until in sides]
    return [row for row in found if dice.random() > 0.3]


def left_out(inputs: Inputs, today: date) -> int:
    question, _ = pose(Asked(today, period=parse_period("2021"), as_of=today), inputs)
    plan = compile_plan(inputs.schemes, question)
    computation = Computation(plan, join_roster(inputs.roster, plan), event_log(inputs, today))
    computation.faults()
    found = computation.db.rows("select count(*) from decided where state = 'not active'")
    computation.db.close()
    return int(found[0][0])


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("active", ["start", "end", "any", "whole"])
def test_the_engine_agrees(active: str, seed: int, tmp_path: Path) -> None:
    dice = random.Random(f"{active} {seed}")
    write(tmp_path, active, dice)
    inputs = read_inputs(open_workspace(tmp_path, Sources()))
    for today in (date(2021, 12, 31), FIRST + timedelta(dice.randrange(365))):
        told = sum(int(dict(problem.args)["count"]) for problem in find_inactive(inputs, today))
        assert told == left_out(inputs, today)
