"""Puts the oracle's cases to the product in this process, and writes down one that fails as a conformance case."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from pointscli.app.inputs import Inputs, read_inputs
from pointscli.app.question import Asked
from pointscli.app.tally import tally_inputs
from pointscli.app.workspace import Sources, open_workspace
from pointscli.model.period import parse_period
from pointscli.outputs.json_format import render
from pointscli.outputs.look import Look
from tests.case_files import Plain, Record, write_rules, write_tables
from tests.oracle import tally

LATE = date(9999, 12, 31)
"""A day on which every period is over."""
HEAD = ("scheme", "version", "title", "period", "as_of", "settle", "columns", "nominated")


def write_case(folder: Path, case: Record) -> Path:
    """Write a case as a workspace, over the one that was there."""
    for path in folder.rglob("*.*"):
        path.unlink()
    schemes: list[Record] = case["schemes"] if "schemes" in case else [case["scheme"]]
    write_rules(folder, {"schemes": {f"{number}.yaml": scheme for number, scheme in enumerate(schemes)}})
    write_tables(folder, case)
    return folder


def read_case(folder: Path, case: Record) -> Inputs:
    """The case's files, written and read."""
    return read_folder(write_case(folder, case))


def read_folder(folder: Path) -> Inputs:
    """The files of a workspace."""
    return read_inputs(open_workspace(folder, Sources()))


def engine_answer(inputs: Inputs, check: Record) -> Record:
    """What `tally --format json` prints."""
    asked = Asked(LATE, parse_period(str(check["period"])), check.get("scheme"), check.get("as_of"))
    text = render(tally_inputs(inputs, asked, "zh").tally, Look("zh"))
    answer: Record = json.loads(text, parse_float=Decimal)
    return answer


def oracle_answer(case: Record, check: Record) -> Record:
    """The same by the oracle."""
    return tally(case, check["period"], check.get("as_of"), today=LATE, scheme=check.get("scheme"))


def differences(have: Record, want: Record) -> list[str]:
    """What the product says otherwise than the oracle: everything but the order of an outcome's list."""
    found = [f"{key}: {have.get(key)} / {want.get(key)}" for key in HEAD if have.get(key) != want.get(key)]
    for outcome, members in want["outcomes"].items():
        if sorted(have["outcomes"].get(outcome, [])) != sorted(members):
            found.append(f"outcome {outcome}: {have['outcomes'].get(outcome)} / {members}")
    rows = {row["member"]: row for row in want["members"]}
    if [row["member"] for row in have["members"]] != list(rows):
        found.append(f"members: {[row['member'] for row in have['members']]} / {list(rows)}")
    for row in have["members"]:
        other = rows.get(row["member"], {})
        unlike = (key for key in row if written(row[key]) != written(other.get(key)))
        found += [f"{row['member']}.{key}: {row[key]} / {other.get(key)}" for key in unlike]
    return found


def written(value: Any) -> Any:
    """A value with its numbers as printed: 1.5 and 1.50 are not the same."""
    if isinstance(value, dict):
        return {key: written(one) for key, one in value.items()}
    return str(value) if isinstance(value, Decimal | int) else value


def as_conformance(case: Record, check: Record, want: Record | None, source: str) -> str:
    """The case as a file of tests/conformance that expects what the oracle says; None: a refusal."""
    schemes: list[Record] = case["schemes"] if "schemes" in case else [case["scheme"]]
    rules = {"scheme": schemes[0]}
    if len(schemes) > 1:
        rules = {"schemes": {f"{number}.yaml": scheme for number, scheme in enumerate(schemes)}}
    expect: Record = {"error": 1}
    if want is not None:
        keys = ("rank", "score", "columns", "earned", "grade", "stars", "derived")
        rows = [(row["member"], {key: numbers(row[key]) for key in keys if key in row}) for row in want["members"]]
        expect = {"members": dict(rows), "outcomes": want["outcomes"], "nominated": want.get("nominated", {})}
    whole = {"source": source, **rules, **{key: case[key] for key in ("members", "events", "reviews") if case[key]}}
    found: str = yaml.dump(
        {**whole, "checks": [{**check, "expect": expect}]}, Dumper=Plain, allow_unicode=True, sort_keys=False, width=120
    )
    return found


def numbers(value: Any) -> Any:
    """Decimals as YAML has them."""
    if isinstance(value, dict):
        return {key: numbers(one) for key, one in value.items()}
    return value if not isinstance(value, Decimal) else int(value) if value == int(value) else float(value)
