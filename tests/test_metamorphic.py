"""Relations between two tallies of generated workspaces: the same facts otherwise written, and a part of the facts.

The workspaces are those of tests/oracle: POINTS_RELATION_PARTS says how many times eight of them (default 2),
POINTS_RELATION_SEED where the seeds begin. More relations, each through the command line, are in
tests/cli/test_relations.py and tests/cli/test_same_bytes.py.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.case_files import Plain, Record
from tests.oracle.drawn import rewritten, world_of_many
from tests.oracle.rewriting import one_world
from tests.oracle_runs import engine_answer, read_case, read_folder, write_case

FIRST = int(os.environ.get("POINTS_RELATION_SEED", "0"))
PARTS = range(FIRST, FIRST + int(os.environ.get("POINTS_RELATION_PARTS", "2")))


def on_drawn(part: int, strategy: st.SearchStrategy[Any], test: Callable[[Any], None]) -> None:
    """Run a test on eight values of a strategy; they depend on the part's number alone."""
    chosen = settings(
        max_examples=8,
        database=None,
        deadline=None,
        phases=(Phase.generate, Phase.shrink),
        # A whole workspace is larger than what Hypothesis expects of an example, and takes longer to make.
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
    )
    seed(part)(chosen(given(strategy)(test)))()


def said(answer: Record) -> Record:
    """A tally but for the date of the latest decision, which says what was looked at."""
    return answer | {"decided": None}


def write_in_two(folder: Path, case: Record, rules: tuple[Record, Record] | None) -> None:
    """The case with half of its log in a file of another format, and perhaps its scheme in two files."""
    middle = len(case["events"]) // 2
    write_case(folder, case | {"events": case["events"][:middle]})
    (folder / "events").mkdir(exist_ok=True)
    lines = (json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in case["events"][middle:])
    if case["events"]:
        (folder / "events" / "more.jsonl").write_text("".join(lines), "utf-8")
    if rules:
        (folder / "rules" / "parts").mkdir(exist_ok=True)
        for name, scheme in zip(("parts/base.yaml", "0.yaml"), rules, strict=True):
            text = yaml.dump(scheme, Dumper=Plain, allow_unicode=True, sort_keys=False, default_flow_style=True)
            (folder / "rules" / name).write_text(text, "utf-8")


@pytest.mark.parametrize("part", PARTS)
def test_what_is_written_otherwise_is_the_same(part: int, tmp_path: Path) -> None:
    """Order, files, formats, `extends`, rejected and later events, gifts and notes: any of them changes nothing."""

    def compare(drawn: tuple[Record, Record, tuple[Record, Record] | None, list[str]]) -> None:
        case, other, rules, done = drawn
        (check,) = case["checks"]
        want = said(engine_answer(read_case(tmp_path, case), check))
        write_in_two(tmp_path, other, rules)
        assert said(engine_answer(read_folder(tmp_path), check)) == want, (done, rules)

    on_drawn(part, rewritten(), compare)


def numbers(answer: Record) -> dict[str, list[object]]:
    """What each member has from their own events alone."""
    keys = ("score", "columns", "earned", "grade", "stars")
    return {row["member"]: [row[key] for key in keys] for row in answer["members"]}


@pytest.mark.parametrize("part", PARTS[: (len(PARTS) + 1) // 2])
def test_one_world_alone_is_as_among_the_others(part: int, tmp_path: Path) -> None:
    """Events of some never move what others have; where a world is a group, not even a rank or a list."""

    def compare(drawn: tuple[Record, str]) -> None:
        case, letter = drawn
        (check,) = case["checks"]
        whole = engine_answer(read_case(tmp_path, case), check)
        alone = engine_answer(read_case(tmp_path, one_world(case, letter)), check)
        mine = {row["member"] for row in alone["members"]}
        have = numbers(whole)
        assert numbers(alone) == {member: have[member] for member in mine}
        assert mine == {member for member in have if member[0] == letter}
        schemes = case["schemes"] if "schemes" in case else [case["scheme"]]
        if all("grid" in scheme["ranking"].get("within", "") for scheme in schemes):
            ranks = {row["member"]: row["rank"] for row in whole["members"]}
            assert {row["member"]: row["rank"] for row in alone["members"]} == {one: ranks[one] for one in mine}

    on_drawn(part, world_of_many(), compare)
