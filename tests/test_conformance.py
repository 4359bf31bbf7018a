"""Runs the cases of tests/conformance through the command line, each check in a workspace of its own.

A case file has `source`, `scheme` (one rule file) or `schemes` (file name below rules/: mapping, or text written as it
stands), `members`, `events` (`repeat: N` writes N rows), `reviews`, `redemptions`, and `checks`. A check has `name`,
`period`, `as_of`, `scheme` (the id for --scheme), `args` (further options of tally), may replace any of the tables or
`schemes`, and has `expect`: `members` (a number is the score, null is "not listed"), `outcomes`, `nominated`,
`columns_listed`, `head` (keys of the answer itself), or `error` (the exit code) with `says` (texts in stderr).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from pointscli.cli.main import app
from tests.case_files import TABLES, Record, tally_arguments, write_rules, write_tables

CASES = Path(__file__).parent / "conformance"


@dataclass(frozen=True)
class Check:
    """One check and the case that it belongs to."""

    label: str
    case: Record
    check: Record


def _checks() -> list[Check]:
    found = []
    for path in sorted(CASES.glob("*.yaml")):
        case: Record = yaml.safe_load(path.read_text("utf-8"))
        for number, check in enumerate(case["checks"], 1):
            label = f"{path.stem}#{number} {check.get('name', check.get('period', ''))}"
            found.append(Check(label, case, check))
    return found


def _same(have: object, want: object) -> bool:
    if isinstance(have, Decimal) and have.is_zero() and have.is_signed():
        return False
    if isinstance(want, int | float) and not isinstance(want, bool):
        return isinstance(have, int | Decimal) and not isinstance(have, bool) and Decimal(str(want)) == have
    if isinstance(want, list):
        return isinstance(have, list) and sorted(have) == sorted(want)
    return have == want


def _unlike(where: str, have: object, want: object) -> list[str]:
    return [] if _same(have, want) else [f"{where}: {have!r}, expected {want!r}"]


def _unlike_member(member: str, row: Record, want: object) -> list[str]:
    wanted: Record = want if isinstance(want, dict) else {"score": want}
    found = []
    for key, value in wanted.items():
        if isinstance(value, dict):
            inner: Record = row.get(key) or {}
            for name, number in value.items():
                found += _unlike(f"{member}.{key}.{name}", inner.get(name, "missing"), number)
        else:
            found += _unlike(f"{member}.{key}", row.get(key, "missing"), value)
    return found


def _unlike_members(answer: Record, expected: Record) -> list[str]:
    rows: dict[str, Record] = {row["member"]: row for row in answer["members"]}
    found = []
    for member, want in expected.items():
        if want is None or member not in rows:
            found += _unlike(f"{member} is listed", member in rows, want is not None)
        else:
            found += _unlike_member(member, rows[member], want)
    return found


def _differences(answer: Record, expect: Record) -> list[str]:
    found = _unlike_members(answer, expect.get("members", {}))
    for outcome, members in expect.get("outcomes", {}).items():
        found += _unlike(f"outcome {outcome}", answer.get("outcomes", {}).get(outcome, []), members)
    for outcome, stages in expect.get("nominated", {}).items():
        found += _unlike(f"nominated {outcome}", answer.get("nominated", {}).get(outcome, {}), stages)
    if "columns_listed" in expect:
        listed = [column["id"] for column in answer["columns"]]
        if listed != expect["columns_listed"]:
            found.append(f"columns: {listed}, expected {expect['columns_listed']}")
    for key, value in expect.get("head", {}).items():
        found += _unlike(key, answer.get(key, "missing"), value)
    return found


@pytest.mark.parametrize("check", [pytest.param(check, id=check.label) for check in _checks()])
def test_conformance(check: Check, tmp_path: Path) -> None:
    folder = tmp_path / "workspace"
    case = check.case | {key: check.check[key] for key in (*TABLES, "schemes") if key in check.check}
    write_rules(folder, case)
    write_tables(folder, case)
    expect: Record = check.check["expect"]

    result = CliRunner().invoke(app, tally_arguments(folder, check.check), env={"NO_COLOR": "1"})

    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    assert result.exit_code == expect.get("error", 0), result.stderr
    if "error" in expect:
        assert [text for text in expect.get("says", []) if text not in result.stderr] == [], result.stderr
    else:
        assert _differences(json.loads(result.stdout, parse_float=Decimal), expect) == []
