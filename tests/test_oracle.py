"""The engine and an independent, naive oracle agree to the last digit on random workspaces.

POINTS_ORACLE_CASES says how many (default 60), POINTS_ORACLE_SEED where the seeds begin.
"""

from __future__ import annotations

import json
import os
import random
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pointscli.cli.main import app
from tests.case_files import Record, tally_arguments, write_rules, write_tables
from tests.oracle import Refused, tally
from tests.oracle.generate import seeded_case

FIRST = int(os.environ.get("POINTS_ORACLE_SEED", "0"))
SEEDS = range(FIRST, FIRST + int(os.environ.get("POINTS_ORACLE_CASES", "60")))
HEAD = ("scheme", "period", "as_of", "columns", "nominated")


def engine_answer(folder: Path, check: Record) -> Record | str:
    result = CliRunner().invoke(app, tally_arguments(folder, check), env={"NO_COLOR": "1"})
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    if result.exit_code:
        return f"exit {result.exit_code}: {result.stderr}"
    answer: Record = json.loads(result.stdout, parse_float=Decimal)
    return answer


def oracle_answer(case: Record, check: Record) -> Record | str:
    try:
        return tally(case, check["period"], check.get("as_of"), scheme=check.get("scheme"))
    except Refused as refused:
        return f"refused: {refused}"


def differences(have: Record, want: Record) -> list[str]:
    found = [f"{key}: {have.get(key)} / {want.get(key)}" for key in HEAD if have.get(key) != want.get(key)]
    for outcome, members in want["outcomes"].items():
        if sorted(have["outcomes"].get(outcome, [])) != sorted(members):
            found.append(f"outcome {outcome}: {have['outcomes'].get(outcome)} / {members}")
    rows = {row["member"]: row for row in want["members"]}
    if [row["member"] for row in have["members"]] != list(rows):
        found.append(f"members: {[row['member'] for row in have['members']]} / {list(rows)}")
    for row in have["members"]:
        other = rows.get(row["member"], {})
        found += [f"{row['member']}.{key}: {row[key]} / {other.get(key)}" for key in row if row[key] != other.get(key)]
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_engine_and_oracle_agree(seed: int, tmp_path: Path) -> None:
    case = seeded_case(seed)
    schemes = case.get("schemes") or [case["scheme"]]
    write_rules(tmp_path, {"schemes": {f"{number}.yaml": scheme for number, scheme in enumerate(schemes)}})
    write_tables(tmp_path, case)
    for check in case["checks"]:
        have, want = engine_answer(tmp_path, check), oracle_answer(case, check)
        if isinstance(have, str) or isinstance(want, str):
            assert isinstance(have, str) == isinstance(want, str), f"{check}: {have} / {want}"
        else:
            assert differences(have, want) == [], check
