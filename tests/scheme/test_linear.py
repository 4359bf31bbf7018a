"""Reading and judging a rule file takes time in proportion to its items: counted in calls, so that no clock decides."""

from __future__ import annotations

import sys
from types import FrameType

from pointscli.scheme.lints import lint
from pointscli.scheme.load import load_text

PRICES = (
    "points: 2, times: 3",
    "points: {levels: {省级: 8, 市级: 4}}, max: {year: 20}",
    "points: {from: 1, to: 5, step: 0.5}",
    "points: {count: [-1, -3], per: year}",
)
A_SECTION = 25


def rules(items: int) -> bytes:
    lines = ["language: 1", "scheme: big", "title: 大", "effective: {from: 2021-01-01}", "settle: quarter"]
    lines += ["rollup: {year: sum}", "derive: {x: {title: 指数, of: score, to: 5}}", "score:", "  items:"]
    for number in range(items):
        if number % A_SECTION == 0:
            lines += [f"    s{number}:", f"      title: 项目{number}", "      max: 400", "      items:"]
        keys = f"title: 事项{number}, dimension: 维度{number % 7}, {PRICES[number % len(PRICES)]}"
        lines.append(f"        i{number}: {{{keys}}}")
    return "\n".join(lines).encode()


def calls(items: int) -> int:
    count = 0

    def counting(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event == "call"

    data = rules(items)
    sys.setprofile(counting)
    try:
        scheme, problems = load_text(data, "rules/big.yaml")
        found = lint([scheme]) if scheme else []
    finally:
        sys.setprofile(None)
    assert (problems, found) == ([], [])
    return count


def test_calls_grow_with_the_items() -> None:
    calls(A_SECTION)  # what is done only once
    few, many = calls(4 * A_SECTION), calls(40 * A_SECTION)
    assert many < 11 * few
