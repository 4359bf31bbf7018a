"""Reasons why a fault may live are about faults that are put in: a stage that changes takes its reasons along."""

from __future__ import annotations

import pytest
import yaml

from pointscli.engine import database
from tests.mutation.__main__ import MACROS, STAGES
from tests.mutation.changes import mutants
from tests.mutation.reasons import SURVIVORS, line_of

LISTED = [
    (one["stage"], one["line"]) for one in yaml.safe_load(SURVIVORS.read_text("utf-8")) if "/" not in one["stage"]
]


@pytest.mark.parametrize("stage", sorted({stage for stage, _ in LISTED}))
def test_each_listed_fault_can_be_made(stage: str) -> None:
    macros = "\n".join(database._MACROS)  # noqa: SLF001  (what the faults are put into)
    text = macros if stage == MACROS else (STAGES / f"{stage}.sql").read_text("utf-8")
    made = {line_of(one) for one in mutants(stage, text)}
    assert [line for name, line in LISTED if name == stage and line not in made] == []
