"""Single stages: the tables that go in and the table that comes out.

Days are small ordinals, months small month numbers; a place is only an order here.
"""

from __future__ import annotations

import pytest

from tests.engine import cases_after_postings, cases_before_postings
from tests.engine.tables import Case, parse, run_stage

CASES = cases_before_postings.CASES | cases_after_postings.CASES


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in CASES.items()])
def test_stage(case: Case) -> None:
    columns, expected = parse(case.expected)
    found = run_stage(case.stage, case.into or case.stage, case.tables, columns)
    assert sorted(found, key=str) == sorted(expected, key=str)
