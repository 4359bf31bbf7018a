"""What must hold between the tallies of two workspaces, whatever is in them.

POINTS_RELATION_CASES says how many random workspaces each relation gets, POINTS_RELATION_SEED where the seeds begin.
"""

from __future__ import annotations

import os
import random
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from tests.case_files import Record
from tests.cli.plain_scheme import BONUS, DEDUCTION, NODES, PERIODS, event, plain_case, with_bounds
from tests.cli.running import tally_case, write_case
from tests.cli.variants import (
    Watched,
    by_member,
    fresh,
    horizon_of,
    later_copies,
    people,
    plain_numbers,
    random_case,
    schemes_of,
    without_events,
)

FIRST = int(os.environ.get("POINTS_RELATION_SEED", "0"))
SEEDS = range(FIRST, FIRST + int(os.environ.get("POINTS_RELATION_CASES", "3")))
ELSEWHERE = {"other scheme", "later", "other year", "not active"}
"""Where an event goes that the asked period does not even look at."""


def answers(folder: Path, case: Record) -> list[Record | None]:
    """The tallies of all checks, without the date of the latest decision, which says what was looked at."""
    write_case(folder, case)
    found = [tally_case(folder, check) for check in case["checks"]]
    return [{**one, "decided": None} if one else None for one in found]


def rejection(row: Record) -> Record:
    return {"date": min(row["date"], date(2021, 1, 1)), "event": row["id"], "decision": "reject", "by": "书记"}


@pytest.mark.parametrize("seed", SEEDS)
def test_the_future_changes_nothing(seed: int, tmp_path: Path) -> None:
    """Causality: a period's tally as of its end stays what it is, whatever happens afterwards."""
    case, rng = random_case(seed), random.Random(seed)
    for number, check in enumerate(case["checks"]):
        horizon = horizon_of(check)
        past = without_events(case, lambda row, day=horizon: row["date"] > day)  # type: ignore[misc]
        future = past
        if len({scheme["scheme"] for scheme in schemes_of(case)}) == 1:
            future = {**past, "events": past["events"] + later_copies(case, horizon, rng)}
        now, full, later = (
            tally_case(write_case(fresh(tmp_path, 3 * number + nth), one), check)
            for nth, one in enumerate((past, case, future))
        )
        assert now is not None
        assert later == now, check
        assert full is not None
        assert {**full, "decided": None} == {**now, "decided": None}, check


@pytest.mark.parametrize("seed", SEEDS)
def test_a_rejected_event_changes_only_its_pile(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case, rng = random_case(seed), random.Random(seed)
    copied = [
        row | {"id": f"{rng.choice('AFZ')}-new{n}"}
        for n, row in enumerate(rng.sample(case["events"], min(2, len(case["events"]))))
    ]
    more = {
        **case,
        "events": copied + case["events"],
        "reviews": case["reviews"] + [rejection(row) for row in copied],
    }
    monkeypatch.setattr("pointscli.app.tally.Computation", Watched)
    folders = [write_case(fresh(tmp_path, number), one) for number, one in enumerate((case, more))]
    for check in case["checks"]:
        found, piles = [], []
        for folder in folders:
            found.append(tally_case(folder, check))
            piles.append(Watched.last.piles)
        assert found[0] is not None
        assert found[1] == found[0] | {"decided": found[1] and found[1]["decided"]}, check
        grown = {pile: piles[1][pile] - piles[0].get(pile, 0) for pile in piles[1]}
        assert sum(grown.values()) == sum(len(people(row)) for row in copied)
        assert {pile for pile, number in grown.items() if number} <= {"rejected", *ELSEWHERE}


@pytest.mark.parametrize("seed", SEEDS)
def test_an_event_and_its_later_rejection_are_nothing(seed: int, tmp_path: Path) -> None:
    case, rng = random_case(seed), random.Random(seed)
    gone = [row["id"] for row in rng.sample(case["events"], -(-len(case["events"]) // 4))]
    without = without_events(case, lambda row: row["id"] in gone)
    rejected = [rejection(row) for row in case["events"] if row["id"] in gone]
    undone = {**case, "reviews": case["reviews"] + rejected}
    assert answers(fresh(tmp_path, 1), undone) == answers(fresh(tmp_path, 2), without)


@pytest.mark.parametrize("seed", SEEDS)
def test_events_of_one_never_move_another(seed: int, tmp_path: Path) -> None:
    case = random_case(seed)
    first = str(min(row["id"] for row in case["members"]))
    without = without_events(case, lambda row: people(row) == {first})
    pairs = zip(answers(fresh(tmp_path, 1), case), answers(fresh(tmp_path, 2), without), strict=True)
    for have, want in pairs:
        assert have is not None
        assert want is not None
        others = plain_numbers(have).keys() - {first}
        assert {one: plain_numbers(have)[one] for one in others} == {one: plain_numbers(want)[one] for one in others}


@pytest.mark.parametrize("seed", SEEDS)
def test_renumbering_members_permutes(seed: int, tmp_path: Path) -> None:
    case = random_case(seed)
    ids = list(dict.fromkeys(row["id"] for row in case["members"]))
    new: dict[str, str] = dict(zip(ids, [*ids[1:], "A0"], strict=True))

    def named(text: str) -> str:
        for mark in ";；、":
            text = text.replace(mark, ";")
        return ";".join(new.get(part, part) for part in text.split(";"))

    def nominee(text: str) -> str:
        head, slash, member = text.rpartition("/")
        return head + slash + new.get(member, member)

    other = {
        **case,
        "members": [row | {"id": new[row["id"]]} for row in case["members"]],
        "events": [row | {"member": named(row["member"])} for row in case["events"]],
        "reviews": [row | {"event": nominee(row["event"])} for row in case["reviews"]],
    }
    for have, want in zip(answers(fresh(tmp_path, 1), case), answers(fresh(tmp_path, 2), other), strict=True):
        assert have is not None
        assert want is not None
        assert {new[one]: row | {"member": new[one]} for one, row in by_member(have).items()} == by_member(want)
        mapped = {name: sorted(new[one] for one in members) for name, members in have["outcomes"].items()}
        assert mapped == {name: sorted(members) for name, members in want["outcomes"].items()}
        waiting = have.get("nominated", {})
        assert {name: {new[one]: stage for one, stage in row.items()} for name, row in waiting.items()} == want.get(
            "nominated", {}
        )


def scores(folder: Path, case: Record) -> dict[tuple[str, str], Fraction]:
    write_case(folder, case)
    found: dict[tuple[str, str], Fraction] = {}
    for period in PERIODS:
        answer = tally_case(folder, {"period": period})
        assert answer is not None
        found |= {(period, row["member"]): Fraction(row["score"]) for row in answer["members"]}
    return found


@pytest.mark.parametrize(
    ("leaf", "sign"), [*((leaf, 1) for leaf in BONUS), *((leaf, -1) for leaf in DEDUCTION)], ids=str
)
def test_a_bonus_never_lowers_and_a_deduction_never_raises(leaf: str, sign: int, tmp_path: Path) -> None:
    rng = random.Random(leaf)
    case, row = plain_case(rng), event(rng, leaf) | {"id": rng.choice(["A", "E0021", "Z"])}
    before = scores(fresh(tmp_path, 1), case)
    after = scores(fresh(tmp_path, 2), {**case, "events": [*case["events"], row]})
    assert all(sign * (after[key] - before[key]) >= 0 for key in before)
    assert all(after[key] == before[key] for key in before if key[1] != row["member"])
    assert sign * (after["2021", row["member"]] - before["2021", row["member"]]) > 0


@pytest.mark.parametrize("seed", range(3))
def test_raising_a_cap_never_lowers(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    case = plain_case(rng)
    low = {node: {"max": rng.choice([0, 0.5, 1, 2, 3])} for node in rng.sample(["score", *NODES], 4)}
    low["work"] = {"max": 0.5}
    high = {node: {"max": bound["max"] + rng.choice([0, 0.5, 4])} for node, bound in low.items()}
    before = scores(fresh(tmp_path, 1), with_bounds(case, low))
    after = scores(fresh(tmp_path, 2), with_bounds(case, high))
    assert all(after[key] >= before[key] for key in before)
    assert before != scores(fresh(tmp_path, 3), case), "no cap was reached"


@pytest.mark.parametrize("scale", [Fraction(10), Fraction(1, 2), Fraction(3)], ids=str)
def test_scaling_all_prices_scales_uncapped_totals(scale: Fraction, tmp_path: Path) -> None:
    case = plain_case(random.Random(9), weights=False)
    case["scheme"]["rollup"] = dict.fromkeys(("quarter", "half", "year"), "sum")
    scaled = plain_case(random.Random(9), scale, weights=False)
    for row, other in zip(case["events"], scaled["events"], strict=True):
        other["points"] = row.get("points", "") and float(Fraction(row["points"]) * scale)
    scaled["scheme"]["rollup"] = case["scheme"]["rollup"]
    have, want = scores(fresh(tmp_path, 1), scaled), scores(fresh(tmp_path, 2), case)
    assert have == {key: scale * score for key, score in want.items()}
    assert sum(map(abs, want.values())) > 0


def test_the_parts_of_a_year_add_up(tmp_path: Path) -> None:
    case = plain_case(random.Random(4), weights=False)
    case["scheme"]["rollup"] = dict.fromkeys(("quarter", "half", "year"), "sum")
    write_case(tmp_path, case)
    kinds = {
        "month": [f"2021-{month:02d}" for month in range(1, 13)],
        "quarter": [f"2021Q{n}" for n in range(1, 5)],
        "half": ["2021H1", "2021H2"],
        "year": ["2021"],
    }
    sums = {}
    for kind, periods in kinds.items():
        found = [tally_case(tmp_path, {"period": period}) for period in periods]
        sums[kind] = {
            member: sum(Fraction(by_member(one or {"members": []})[member]["score"]) for one in found)
            for member in ("M1", "M2", "M3")
        }
    assert sums["month"] == sums["quarter"] == sums["half"] == sums["year"]
    assert all(sums["year"].values())
