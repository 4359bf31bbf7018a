"""Runs the cases of tests/conformance through the command line, each check in a workspace of its own.

A case file has `source`, `scheme` (one rule file) or `schemes` (file name below rules/: mapping, or text written as it
stands), `members`, `events` (`repeat: N` writes N rows), `reviews`, `redemptions`, and `checks`. A check has `name`,
`period`, `as_of`, `scheme` (the id for --scheme), `args` (further options of tally), may replace any of the tables or
`schemes`, and has `expect`: `members` (a number is the score, null is "not listed"), `outcomes`, `nominated`,
`columns_listed`, `head` (keys of the answer itself), or `error` (the exit code) with `says` (texts in stderr).
"""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from pointscli.cli.main import app

Record = dict[str, Any]

CASES = Path(__file__).parent / "conformance"
TABLES = {
    "members": ["id", "name"],
    "events": ["id", "date", "member", "item"],
    "reviews": ["date", "event", "decision", "by"],
    "redemptions": ["date", "member", "gift"],
}
REQUIRED_TABLES = ("members", "events")


class _PlainDumper(yaml.SafeDumper):
    """Writes a value again wherever it is used: no anchors, no aliases."""

    def ignore_aliases(self, data: object) -> bool:
        """Nothing becomes an alias."""
        del data
        return True


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


def _dump(content: Record) -> str:
    text: str = yaml.dump(content, Dumper=_PlainDumper, allow_unicode=True, sort_keys=False)
    return text


def _write_rules(folder: Path, case: Record) -> None:
    schemes: Record = case["schemes"] if "schemes" in case else {"scheme.yaml": case["scheme"]}
    for name, content in schemes.items():
        path = folder / "rules" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = content if isinstance(content, str) else _dump(content)
        path.write_text(text, "utf-8")


def _event_rows(rows: list[Record]) -> list[Record]:
    repeated = [{k: v for k, v in row.items() if k != "repeat"} for row in rows for _ in range(row.get("repeat", 1))]
    return [{"id": f"E{number:04d}", **row} for number, row in enumerate(repeated, 1)]


def _write_tables(folder: Path, case: Record) -> None:
    for table, required in TABLES.items():
        rows: list[Record] = case.get(table) or []
        if not rows and table not in REQUIRED_TABLES:
            continue
        if table == "events":
            rows = _event_rows(rows)
        columns = list(dict.fromkeys([*required, *(key for row in rows for key in row)]))
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


def _period_option(period: str) -> str:
    for mark, kind in (("Q", "quarter"), ("季", "quarter"), ("H", "half"), ("-", "month")):
        if mark in period:
            return f"--{kind}"
    return "--year"


def _arguments(folder: Path, check: Record) -> list[str]:
    arguments = ["-C", str(folder), "tally"]
    if "period" in check:
        period = str(check["period"])
        arguments += [_period_option(period), period]
    arguments += ["--format", "json"]
    if "as_of" in check:
        arguments += ["--as-of", str(check["as_of"])]
    if "scheme" in check:
        arguments += ["--scheme", check["scheme"]]
    return arguments + [str(argument) for argument in check.get("args", [])]


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
    _write_rules(folder, case)
    _write_tables(folder, case)
    expect: Record = check.check["expect"]

    result = CliRunner().invoke(app, _arguments(folder, check.check), env={"NO_COLOR": "1"})

    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    assert result.exit_code == expect.get("error", 0), result.stderr
    if "error" in expect:
        assert [text for text in expect.get("says", []) if text not in result.stderr] == [], result.stderr
    else:
        assert _differences(json.loads(result.stdout, parse_float=Decimal), expect) == []
