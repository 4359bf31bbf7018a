"""The product and an independent, naive oracle agree to the last digit on generated workspaces.

A case is one scheme, the roster and log of one world, and one period. Hypothesis makes them (the same ones in each run)
and shrinks what fails to a file for tests/conformance. POINTS_ORACLE_CASES says how many thousands (default 4),
POINTS_ORACLE_SEED where the seeds begin: other seeds, other cases.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.case_files import Record
from tests.oracle.drawn import cases
from tests.oracle_runs import as_conformance, differences, engine_answer, oracle_answer, read_case

PARTS = 4
EXAMPLES = 24
"""Of one part, for a thousand cases in all of them."""
THOUSANDS = int(os.environ.get("POINTS_ORACLE_CASES", "4"))
FIRST = int(os.environ.get("POINTS_ORACLE_SEED", "0"))


def generated(number: int, examples: int, *phases: Phase) -> Callable[[Callable[[Record], None]], Callable[[], None]]:
    """Run a test on cases that depend on the number alone."""
    chosen = settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=phases or (Phase.generate, Phase.shrink),
        # A case is a whole workspace: to make one takes longer than Hypothesis expects of an example.
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
        print_blob=False,
    )
    return lambda test: seed(number)(chosen(given(cases())(test)))


@pytest.mark.parametrize("part", range(FIRST, FIRST + PARTS))
def test_product_and_oracle_agree(part: int, tmp_path: Path) -> None:
    workspace, failed = tmp_path / "workspace", tmp_path / f"found-by-oracle-{part}.yaml"

    @generated(part, EXAMPLES * THOUSANDS)
    def agree(case: Record) -> None:
        (check,) = case["checks"]
        want = oracle_answer(case, check)
        source = f"the product and the oracle disagree: tests/test_oracle.py, part {part}"
        failed.write_text(as_conformance(case, check, want, source), "utf-8")
        have = engine_answer(read_case(workspace, case), check)
        unlike = differences(have, want)
        assert unlike == [], f"{unlike}\nput {failed} into tests/conformance:\n{failed.read_text('utf-8')}"

    agree()
