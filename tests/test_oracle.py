"""The product and an independent, naive oracle agree to the last digit on generated workspaces.

A case is one scheme, the roster and the log of one world, and one period. Hypothesis makes them, about a hundred in
each part, the same in each run, and shrinks one that fails to a file for tests/conformance. POINTS_ORACLE_CASES says
how many (default 3000), POINTS_ORACLE_SEED where the seeds begin: other seeds, other cases.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, seed, settings

from pointscli.scheme import read_nodes, read_outcomes, read_prices, read_ranks, read_review, read_scheme
from tests.case_files import Record, tally_arguments
from tests.cli.running import run
from tests.oracle.__main__ import answer
from tests.oracle.__main__ import differences as unlike_expected
from tests.oracle.drawn import cases
from tests.oracle.exact import HALVES
from tests.oracle.features import features
from tests.oracle.generate import seeded_case
from tests.oracle.generate_log import WORLDS
from tests.oracle.periods import KINDS
from tests.oracle.reached import REACHED
from tests.oracle.rewriting import numbered, one_world
from tests.oracle_runs import as_conformance, differences, engine_answer, oracle_answer, read_case, write_case

WORKSPACES = 8
"""Of one part. Hypothesis begins to vary one workspace instead of making new ones after the tenth."""
CASES_OF_A_PART = 100
PARTS = int(os.environ.get("POINTS_ORACLE_CASES", "3000")) // CASES_OF_A_PART
FIRST = int(os.environ.get("POINTS_ORACLE_SEED", "0"))


def on_generated(part: int, test: Callable[[Record], None], *phases: Phase) -> None:
    """Run a test on the cases of a part: they depend on its number alone."""
    chosen = settings(
        max_examples=WORKSPACES,
        database=None,
        deadline=None,
        phases=phases or (Phase.generate, Phase.shrink),
        # A whole workspace is larger than what Hypothesis expects of an example, and takes longer to make.
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
    )
    seed(part)(chosen(given(cases())(test)))()


def disagreement(workspace: Path, case: Record) -> list[str]:
    (check,) = case["checks"]
    return differences(engine_answer(read_case(workspace, case), check), oracle_answer(case, check))


def fewest_worlds(workspace: Path, case: Record, unlike: list[str]) -> Record:
    """One world alone if that fails too: what Hypothesis needs many steps for."""
    members = {row["id"]: row["grid"] for row in case["members"]}
    for letter in list(dict.fromkeys(members[text[:2]] for text in unlike if text[:2] in members))[:2]:
        small = one_world(numbered(case), letter)
        if disagreement(workspace, small):
            return small
    return case


@pytest.mark.parametrize("part", range(FIRST, FIRST + PARTS))
def test_product_and_oracle_agree(part: int, tmp_path: Path) -> None:
    workspace, saved = tmp_path / "workspace", tmp_path / f"found-by-oracle-{part}.yaml"
    workspace.mkdir()

    def agree(case: Record) -> None:
        unlike = disagreement(workspace, case)
        if unlike:
            small = fewest_worlds(workspace, case, unlike)
            (check,) = small["checks"]
            text = as_conformance(small, check, oracle_answer(small, check), f"tests/test_oracle.py, part {part}")
            saved.write_text(text, "utf-8")
            pytest.fail("\n".join([*unlike[:9], f"as a case for tests/conformance, in {saved}:", text]))

    on_generated(part, agree)


@pytest.mark.parametrize("number", range(FIRST, FIRST + 10))
def test_command_and_oracle_agree(number: int, tmp_path: Path) -> None:
    """The same of one world through the command line, four periods each."""
    case = seeded_case(number)
    write_case(tmp_path, case)
    for check in case["checks"]:
        found = run(*tally_arguments(tmp_path, check))
        assert found.code == 0, found.err
        assert differences(json.loads(found.out, parse_float=Decimal), oracle_answer(case, check)) == [], check


def test_a_failure_can_be_saved() -> None:
    """What is written down is a case that says what the oracle says."""
    case = seeded_case(FIRST)
    for check in case["checks"]:
        saved = yaml.safe_load(as_conformance(case, check, oracle_answer(case, check), "a test"))
        (one,) = saved["checks"]
        assert unlike_expected(answer(saved, one), one["expect"]) == []
        member = min(one["expect"]["members"], default=None)
        if member:
            one["expect"]["members"][member]["score"] += 1
            assert unlike_expected(answer(saved, one), one["expect"]) != []


# -- what the cases are made of

LEAF_ONLY = set(read_nodes.LEAF_ONLY_KEYS)
FORMS = ("number", "percent", *read_prices.FORMS)
MULTIPLIED = ("number", "percent", "levels")
HOWS, LENGTHS = ("highest", "lowest", "latest", "mean"), (None, *KINDS)
WANTED: dict[str, set[str]] = {
    "top": set(read_scheme.TOP_KEYS) - {"extends"},  # two files in one: tests/test_metamorphic.py, conformance/extends
    "effective": {f"effective.{key}" for key in read_scheme.EFFECTIVE_KEYS} | {"files 1", "files 2", "files 3"},
    "root": {f"root.{key}" for key in read_nodes.ROOT_KEYS},
    "section": {f"section.{key}" for key in read_nodes.SECTION_KEYS},
    "leaf": {f"leaf.{key}" for key in read_nodes.NODE_KEYS if key != "items"},
    "settle, active, rounding": {f"settle {kind}" for kind in KINDS}
    | {f"active {how}" for how in ("start", "end", "any", "whole")}
    | {f"rounding {how}" for how in ("half_up", "half_even", "down")}
    | {f"decimals {places}" for places in (0, 1, 2, 3, 4, 6)},
    "rollup": {f"rollup{of} {by}" for of in ("", " of by") for by in ("sum", "mean", "last")},
    "asked": {f"asked {kind} of {settle}" for kind in KINDS for settle in KINDS} | {"as of"},
    "price": {f"price {form}" for form in FORMS}
    | {f"points.{key}" for keys in read_prices.FORMS.values() for key in keys},
    "price with": {f"price {form} with {key}" for form in FORMS for key in ("combine", "max", "min", "weight")}
    | {f"price {form} with {key}" for form in FORMS if form != "total" for key in ("times", "free", "shared")}
    | {f"price {form} with {key}" for form in MULTIPLIED for key in ("each", "prorate", "max_quantity")}
    | {"price bands with max_quantity", "price total with max_quantity", "shared each", "shared split"},
    "price per": {f"{form} per {window}" for form in ("count", "total") for window in LENGTHS} - {"total per None"},
    "grant": {f"grant.{key}" for key in (*read_nodes.GRANT_KEYS, *read_nodes.RATED_GRANT_KEYS)}
    | {f"grant per {window}" for window in LENGTHS}
    | {"grant number", "grant mapping"},
    "combine": {f"combine {how}{window}" for how in HOWS for window in ("", *(f" {kind}" for kind in KINDS))}
    | {f"combine {how} matter" for how in HOWS if how != "mean"},
    "bounds": {f"{key} {form}" for key in ("max", "min", "times", "free") for form in ("number", "mapping")}
    | {f"{key} {window}" for key in ("max", "min") for window in KINDS}
    | {f"weight {form}" for form in ("number", "fraction", "percent")},
    "ceiling": {f"ceiling.{key}" for key in read_nodes.CEILING_KEYS}
    | {
        f"ceiling {form}"
        for form in ("of score", "of a node", "per none", "per text", "per list", "alone", "with points")
    },
    "ranking": {f"ranking.{key}" for key in read_ranks.RANKING_KEYS}
    | {f"ranking within {form}" for form in ("none", "text", "list")}
    | {"ties competition", "ties dense", "grade number", "grade strict", "grade none"},
    "derive": {f"derive.{key}" for key in read_ranks.DERIVE_KEYS},
    "outcome": {f"outcome.{key}" for key in read_outcomes.OUTCOME_KEYS}
    | {f"outcome {key} {form}" for key in ("top", "bottom") for form in ("number", "mapping")}
    | {f"outcome {form}" for form in ("share percent", "share fraction", "confirm text", "confirm mapping")}
    | {"outcome ties include", "outcome ties exclude"},
    "where": {f"where {measure}" for measure in ("score", "rank", "stars", "grade", "a node")}
    | {f"where sign {sign}" for sign in (">=", ">", "<=", "<", "=", "==", "!=", "none")},
    "review": {f"review.{key}" for key in read_review.REVIEW_KEYS}
    | {f"review objection {word}" for word in read_review.OBJECTION}
    | {
        f"{key} {stage}"
        for key in ("review counts_from", "counts_from")
        for stage in ("declared", "verified", "approved")
    },
    "without score": {f"redemption.{key}" for key in read_review.REDEMPTION_KEYS}
    | {f"carry.{key}" for key in read_review.CARRY_KEYS},
    "decision": {f"decision {word}" for word in ("approve", "reject", "amend", "object", "dismiss")}
    | {f"decision {word} of a nomination" for word in ("approve", "reject")}
    | {f"approve {stage}" for stage in (None, "declared", "verified", "approved", "self", "public")}
    | {f"amend {cell}" for cell in ("quantity", "level", "points")},
    "logs": {
        f"event {cell}" for cell in ("id", "quantity", "level", "points", "matter", "evidence", "scheme", "of several")
    }
    | {f"event stage {stage}" for stage in (None, "declared", "verified", "approved")}
    | {f"member {cell}" for cell in ("since", "until", "exempt")}
    | {f"kind {kind}" for kind in ("full", "probationary", "activist")}
    | {"schemes 1", "schemes 2"},
}
DONE = {
    *(f"bounds of a {window}" for window in KINDS),
    *(f"{how} {window}" for how in HOWS for window in ("window", "matter") if (how, window) != ("mean", "matter")),
    *(f"ceiling of a {what}" for what in ("score", "node", "rolled-up score")),
    *("weight", "free", "beyond times", "refused day"),
    *("tied rank", "tie broken", "tie taken in", "tie left out"),
    *(f"{how} {side} 0" for how in ("half_up", "half_even", "down") for side in ("above", "below")),
}
"""What a rule did that would not have been so without it; a number just between two that was rounded."""


def test_the_cases_reach_everything() -> None:
    """Every key, form, window and word of the language is in the first cases, and every rule changed something."""
    seen: Counter[str] = Counter()

    def look(case: Record) -> None:
        seen.update(features(case))
        if part < 12:
            oracle_answer(case, case["checks"][0])

    REACHED.clear()
    HALVES.clear()
    for part in range(20):
        on_generated(part, look, Phase.generate)
    assert {name: sorted(wanted - seen.keys()) for name, wanted in WANTED.items() if wanted - seen.keys()} == {}
    assert DONE - {name for name, times in (REACHED + HALVES).items() if times} == set()


def test_the_cases_are_many() -> None:
    """A part has about as many worlds as is said."""
    worlds: list[int] = []

    def count(case: Record) -> None:
        worlds.append(len({row["grid"] for row in case["members"]}))

    on_generated(FIRST, count, Phase.generate)
    assert len(worlds) == WORKSPACES
    assert max(worlds) == len(WORLDS)
    assert sum(worlds) >= CASES_OF_A_PART * 0.6
