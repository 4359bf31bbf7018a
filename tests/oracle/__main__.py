"""Run conformance cases against the oracle: python -m tests.oracle FILE…."""

import pathlib
import sys
from datetime import date
from decimal import Decimal
from typing import Any

import yaml

from .refused import Refused
from .tally import tally

Number = (int, float, Decimal)


def answer(case: dict[str, Any], check: dict[str, Any]) -> dict[str, Any]:
    """The tally, or an error as the command would give one."""
    whole: dict[str, Any] = dict(case)
    whole.update({key: check[key] for key in ("schemes", "members", "events", "reviews") if key in check})
    if isinstance(whole.get("schemes"), dict):
        texts = whole["schemes"].values()
        whole["schemes"] = [yaml.safe_load(text) if isinstance(text, str) else text for text in texts]
    try:
        return tally(whole, check["period"], check.get("as_of"), today=date.max, scheme=check.get("scheme"))
    except Refused as refused:
        return {"error": 1, "stderr": str(refused)}


def same(have: Any, want: Any) -> bool:
    """Equal, numbers within 1e-9."""
    if isinstance(have, Number) and isinstance(want, Number):
        return abs(float(have) - float(want)) < 1e-9
    return bool(have == want)


def member_differences(member: str, row: dict[str, Any], want: Any) -> list[str]:
    """What differs in one member's row."""
    bad = []
    for key, value in (want if isinstance(want, dict) else {"score": want}).items():
        have = row.get(key)
        nested = key in ("columns", "derived") and isinstance(value, dict)
        pairs = [(f"{key}.{c}", (have or {}).get(c), v) for c, v in value.items()] if nested else [(key, have, value)]
        bad += [f"{member}.{what}: {h!r}, expected {x!r}" for what, h, x in pairs if not same(h, x)]
    return bad


def differences(got: dict[str, Any], expect: dict[str, Any]) -> list[str]:
    """What differs from what a check expects."""
    if "error" in expect:
        return [] if "error" in got else ["wanted an error"]
    if "error" in got:
        return [f"failed: {got}"]
    rows = {member["member"]: member for member in got["members"]}
    bad = []
    for member, want in (expect.get("members") or {}).items():
        if (want is None) != (member not in rows):
            bad.append(f"{member}: {'listed' if want is None else 'missing'}")
        elif want is not None:
            bad += member_differences(member, rows[member], want)
    for outcome, ids in (expect.get("outcomes") or {}).items():
        if sorted(got["outcomes"].get(outcome, [])) != sorted(ids):
            bad.append(f"{outcome}: {got['outcomes'].get(outcome)}, expected {ids}")
    for outcome, stages in (expect.get("nominated") or {}).items():
        if got.get("nominated", {}).get(outcome, {}) != stages:
            bad.append(f"nominated {outcome}: {got.get('nominated')}, expected {stages}")
    return bad


def main(names: list[str]) -> int:
    """Run all the files; 1 if a check does not hold."""
    good = total = 0
    for name in names:
        case = yaml.safe_load(pathlib.Path(name).read_text("utf-8"))
        for number, check in enumerate(case["checks"], 1):
            if "period" not in check or check.get("args"):
                continue
            bad = differences(answer(case, check), check["expect"])
            total, good = total + 1, good + (not bad)
            if bad:
                print(f"{pathlib.Path(name).name} #{number} {check.get('name', '')}: " + "; ".join(bad))
    print(f"{good} of {total} checks hold")
    return int(good != total)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
