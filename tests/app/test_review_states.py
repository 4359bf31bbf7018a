"""Where the review command sees an event is where the engine counts it from, whatever was decided about it."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest

from pointscli.app.inputs import Inputs, read_inputs
from pointscli.app.membership import join_roster
from pointscli.app.review_events import EventSubjects
from pointscli.app.review_subjects import Subject
from pointscli.app.tally import event_log
from pointscli.app.workspace import Sources, open_workspace
from pointscli.engine.run import Computation
from pointscli.model.period import parse_period
from pointscli.scheme.plan import Question, compile_plan
from tests.cli.review_space import COLUMNS, SCHEME, row, write_space
from tests.cli.running import Rows, write_csv

STAGES = ("declared", "verified", "approved", "public")
COUNT = 300


def random_rows(rng: random.Random) -> tuple[Rows, Rows]:
    """Events that begin at any stage, and decisions about them in any order, sense or none."""
    events, reviews = [], []
    for number in range(COUNT):
        name = f"E{number:03d}"
        item, stage = rng.choice(["help", "lesson"]), rng.choice(["", *STAGES])
        events.append({"id": name, "date": "2021-07-05", "member": "M1", "item": item, "stage": stage})
        for _ in range(rng.randint(0, 5)):
            decision = rng.choice(["approve", "approve", "reject", "amend", "object", "dismiss"])
            stage = rng.choice(["", *STAGES]) if decision == "approve" else ""
            reviews.append(row(f"2021-08-{rng.randint(1, 28):02d}", name, decision, stage))
    return events, reviews


@pytest.mark.parametrize("objection", ["counts", "suspended"])
@pytest.mark.parametrize("seed", range(2))
def test_the_engine_agrees(objection: str, seed: int, tmp_path: Path) -> None:
    space = write_space(tmp_path / "w")
    events, reviews = random_rows(random.Random(seed))
    write_csv(space / "events.csv", events)
    write_csv(space / "reviews.csv", reviews, COLUMNS)
    rules = SCHEME.replace("counts_from: approved\n", f"counts_from: approved\n  objection: {objection}\n")
    (space / "rules/w.yaml").write_text(rules, "utf-8")
    inputs = read_inputs(open_workspace(space, Sources()))
    assert not inputs.errors
    expected = engine_states(inputs)
    found = {subject.entry: subject for subject in subjects(EventSubjects(inputs))}
    assert len(found) == COUNT
    for entry, (state, objected) in expected.items():
        subject = found[entry]
        assert (subject.counts, subject.state.objected is not None) == (state == "counts", objected), subject
        assert (subject.state.rejected is not None) == (state == "rejected")
    assert len({state for state, _ in expected.values()}) == (4 if objection == "suspended" else 3)


def subjects(events: EventSubjects) -> list[Subject]:
    found = [events.find(f"E{number:03d}") for number in range(COUNT)]
    return [subject for one in found if isinstance(one, list) for subject in one]


def engine_states(inputs: Inputs) -> dict[int, tuple[str, bool]]:
    period = parse_period("2021-07")
    assert period is not None
    plan = compile_plan(inputs.schemes, Question("w", period, date(2021, 7, 31)))
    computation = Computation(plan, join_roster(inputs.roster, plan), event_log(inputs, None))
    computation.faults()
    rows = computation.db.rows("select entry, state, objected from decided")
    return {int(entry): (str(state), bool(objected)) for entry, state, objected in rows}
