"""Filters change who is listed and nothing else; ranks, grades and stars agree with the published numbers."""

from __future__ import annotations

import operator
import os
import random
from collections import Counter
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.case_files import Record
from tests.cli.rich import PERIOD, write_rich
from tests.cli.running import good, run, tally_case, write_case
from tests.cli.variants import by_member, fresh, random_case, schemes_of, version_on
from tests.oracle.periods import parse_period

FIRST = int(os.environ.get("POINTS_RELATION_SEED", "0"))
SEEDS = range(FIRST, FIRST + int(os.environ.get("POINTS_RELATION_CASES", "6")))
Keep = Callable[[Record], bool]


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_rich(tmp_path_factory.mktemp("rich") / "w")


def in_group(text: str) -> Keep:
    return lambda row: row["group"] == text


FILTERS: dict[str, tuple[tuple[str, ...], Keep]] = {
    "a branch": (("--branch", "一支部"), lambda row: row["branch"] == "一支部"),
    "two branches": (("--branch", "一支部", "--branch", "三支部"), lambda row: row["branch"] != "二支部"),
    "a Party group": (("--group", "第1党小组"), in_group("第1党小组")),
    "a kind in English": (("--kind", "probationary"), lambda row: row["kind"] == "probationary"),
    "a kind in Chinese": (("--kind", "预备党员"), lambda row: row["kind"] == "probationary"),
    "both": (
        ("--branch", "一支部", "--group", "第1党小组"),
        lambda row: row["branch"] == "一支部" and row["group"] == "第1党小组",
    ),
    "a column": (("--where", "group=第2党小组"), in_group("第2党小组")),
    "one of several values": (("--where", "class=乙类"), lambda row: int(row["member"][1:]) % 4 in (1, 2)),
    "an empty cell": (("--where", "class="), lambda row: int(row["member"][1:]) % 4 == 3),
    "nobody": (("--branch", "四支部"), lambda _: False),
}


@pytest.mark.parametrize(("options", "keep"), [pytest.param(*case, id=name) for name, case in FILTERS.items()])
def test_a_filter_only_lists_less(options: tuple[str, ...], keep: Keep, rich: Path) -> None:
    whole = good("-C", rich, "tally", *PERIOD, "--format", "json").json
    part = good("-C", rich, "tally", *PERIOD, *options, "--format", "json").json
    assert part["members"] == [row for row in whole["members"] if keep(row)]
    assert {**part, "members": []} == {**whole, "members": []}
    assert any(row["outcomes"] for row in whole["members"])


@pytest.mark.parametrize("name", ["csv", "jsonl", "plain", "markdown"])
def test_a_filter_in_every_format(name: str, rich: Path) -> None:
    whole = good("-C", rich, "tally", *PERIOD, "--format", name).text
    part = good("-C", rich, "tally", *PERIOD, "--branch", "二支部", "--format", name).text
    rows = [line for line in part.splitlines() if "M0" in line and "异议" not in line and "（M0" not in line]
    assert [line for line in rows if "M010" in line or "M013" in line or "M001" in line or "M004" in line] == rows
    assert len(rows) == 4
    assert len(part) < len(whole)
    if name in ("csv", "jsonl"):
        assert set(rows) <= set(whole.splitlines())


def test_a_column_that_nobody_has(rich: Path) -> None:
    answer = run("-C", rich, "tally", *PERIOD, "--where", "weather=晴")
    assert (answer.code, answer.out) == (2, b"")
    assert "weather" in answer.err
    assert "branch" in answer.err


def scheme_at_end(case: Record, check: Record, answer: Record) -> Record:
    place = version_on(case, answer["scheme"], parse_period(check["period"]).end)
    assert place is not None
    return schemes_of(case)[place]


def wrong_ranks(answer: Record, ranking: Record) -> list[str]:
    """Members whose rank is not what the published numbers say."""
    within = ranking.get("within", "all")
    shown = {column["id"] for column in answer["columns"]}
    keys_shown = set(ranking.get("tie_break", ())) <= shown
    ranked = [row for row in answer["members"] if row["rank"] is not None]
    wrong = []
    for row in ranked:
        group = [other for other in ranked if within == "all" or other["branch"] == row["branch"]]
        key = _key(row, ranking)
        if keys_shown:
            better = [_key(other, ranking) for other in group if _key(other, ranking) > key]
            good_rank = row["rank"] == 1 + len(set(better) if ranking["ties"] == "dense" else better)
        else:
            good_rank = all(
                (other["score"] > row["score"]) <= (other["rank"] < row["rank"])
                and (other["rank"] == row["rank"]) <= (other["score"] == row["score"])
                for other in group
            )
        if not good_rank:
            wrong.append(row["member"])
    return wrong


def _key(row: Record, ranking: Record) -> tuple[Any, ...]:
    return (row["score"], *(row["columns"].get(node) for node in ranking.get("tie_break", ())))


def reached(score: Decimal, steps: Mapping[Any, Any]) -> Any:
    """The highest step whose bound a score reaches, naively."""
    best, found = None, None
    for name, bound in steps.items():
        text = "-999999" if bound is None else str(bound)
        strict, number = text.startswith(">"), Decimal(text.removeprefix(">"))
        if (operator.gt if strict else operator.ge)(score, number) and (best is None or (number, strict) > best):
            best, found = (number, strict), name
    return found


def wrong_steps(answer: Record, scheme: Record) -> list[str]:
    """Members whose grade or stars are not what their score earns, and those who have them without a rank."""
    wrong = []
    for row in answer["members"]:
        earned: tuple[Any, ...] = (None, None, [])
        if row["rank"] is not None:
            steps = (reached(row["score"], scheme.get(name, {})) for name in ("grades", "stars"))
            earned = (*steps, row["outcomes"])
        if (row["grade"], row["stars"], row["outcomes"]) != earned:
            wrong.append(row["member"])
    return wrong


def check_lists(answer: Record, scheme: Record) -> None:
    """An outcome names whoever bears it, once, and only members with a rank; a bottom list is long enough."""
    rows = by_member(answer)
    assert len(rows) == len(answer["members"])
    pairs = Counter((name, member) for name, members in answer["outcomes"].items() for member in members)
    assert pairs == Counter((name, member) for member, row in rows.items() for name in row["outcomes"])
    ranked = [member for member, row in rows.items() if row["rank"] is not None]
    assert all(member in ranked for _, member in pairs)
    for name, outcome in scheme.get("outcomes", {}).items():
        if name in answer["outcomes"] and outcome.keys() <= {"title", "period", "bottom"}:
            assert len(answer["outcomes"][name]) >= min(outcome["bottom"], len(ranked))


@pytest.mark.parametrize("seed", SEEDS)
def test_ranks_grades_stars_and_lists_agree_with_the_scores(seed: int, tmp_path: Path) -> None:
    case = random_case(seed)
    write_case(tmp_path, case)
    for check in case["checks"]:
        answer = tally_case(tmp_path, check)
        assert answer is not None, check
        scheme = scheme_at_end(case, check, answer)
        if scheme["ranking"].get("within", "all") in ("all", "branch"):
            assert wrong_ranks(answer, scheme["ranking"]) == []
        assert wrong_steps(answer, scheme) == []
        check_lists(answer, scheme)


@pytest.mark.parametrize("seed", range(3))
def test_without_its_first_the_others_move_up(seed: int, tmp_path: Path) -> None:
    """Exempting the member of rank 1 moves everyone else of the group up by one, and nobody elsewhere."""
    first = write_rich(fresh(tmp_path, 1) / "w")
    before = by_member(good("-C", first, "tally", *PERIOD, "--format", "json").json)
    leader = random.Random(seed).choice([one for one, row in before.items() if row["rank"] == 1])
    text = (first / "members.csv").read_text("utf-8").splitlines()
    lines = [line + "长期患病" if line.startswith(leader + ",") else line for line in text]
    (first / "members.csv").write_text("\n".join(lines) + "\n", "utf-8")
    after = by_member(good("-C", first, "tally", *PERIOD, "--format", "json").json)
    assert after[leader]["rank"] is None
    for member, row in before.items():
        assert after[member]["score"] == row["score"]
        if row["rank"] is not None and member != leader:
            moved = row["branch"] == before[leader]["branch"]
            assert after[member]["rank"] == row["rank"] - moved
