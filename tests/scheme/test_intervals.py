"""Reachability: random logs run through the oracle never score outside the interval, and plain schemes are exact."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
import yaml

from pointscli.model.period import Kind, parse_period
from pointscli.scheme.load import load_text
from pointscli.scheme.reach import Reaches, reach_scheme
from tests.case_files import Record
from tests.oracle import Refused, tally
from tests.oracle.generate import seeded_case
from tests.scheme.snippets import good

SLACK = Decimal("0.01")
"""Published numbers are rounded, quotients kept to nine places."""


class _Plain(yaml.SafeDumper):
    def ignore_aliases(self, data: object) -> bool:
        del data
        return True


def reaches_of(content: Record, *, ordinary: bool = False) -> Reaches:
    text: str = yaml.dump(content, Dumper=_Plain, allow_unicode=True, sort_keys=False)
    scheme, problems = load_text(text.encode(), "case.yaml")
    assert scheme is not None, problems
    return reach_scheme(scheme, ordinary=ordinary)


def outside(reaches: Reaches, answer: Record, kind: Kind) -> list[Any]:
    wrong = []
    slack = max(SLACK, Decimal(10) ** -reaches.scheme.decimals)
    for row in answer["members"]:
        for node, value in {"score": row["score"], **row["columns"]}.items():
            interval = reaches.value(node, kind)
            if interval is None or value is None:
                continue
            if not interval.low - slack <= Decimal(str(value)) <= interval.high + slack:
                wrong.append((row["member"], node, value, interval))
    return wrong


@pytest.mark.parametrize("seed", range(60))
def test_no_score_lies_outside(seed: int) -> None:
    case = seeded_case(seed)
    if "scheme" not in case:
        return
    reaches = reaches_of(case["scheme"])
    labels = [check["period"] for check in case["checks"]] + ["2021", "2021Q2", "2021-03"]
    for label in labels:
        period = parse_period(label)
        assert period is not None
        try:
            answer = tally(case, label, "2021-12-31" if label == "2021" else None)
        except Refused:
            continue
        assert outside(reaches, answer, period.kind) == []


EXACT: list[tuple[str, str, Kind, str, str]] = [
    ("{title: 甲, points: 2, times: 3}", "x", Kind.QUARTER, "0", "6"),
    ("{title: 甲, points: 2, times: {month: 1}}", "x", Kind.YEAR, "0", "24"),
    ("{title: 甲, points: 2, unit: 次, times: 3}", "x", Kind.QUARTER, "0", "Infinity"),
    ("{title: 甲, points: 2, unit: 次, times: 1, max_quantity: 3}", "x", Kind.QUARTER, "0", "6"),
    ("{title: 甲, points: 2, each: 100, max_quantity: 350, times: 1}", "x", Kind.QUARTER, "0", "6"),
    ("{title: 甲, points: 2, max: {month: 4, year: 12}}", "x", Kind.YEAR, "0", "12"),
    ("{title: 甲, points: 2, max: {month: 4, year: 12}}", "x", Kind.QUARTER, "0", "12"),
    ("{title: 甲, points: {levels: {甲: 3, 乙: 1}}, combine: {highest: year}}", "x", Kind.YEAR, "0", "3"),
    ("{title: 甲, points: {levels: {甲: 3, 乙: 1}}, combine: {highest: matter}}", "x", Kind.YEAR, "0", "Infinity"),
    ("{title: 甲, points: {from: 0, to: 100}, combine: mean, weight: 0.05}", "x", Kind.QUARTER, "0", "5"),
    ("{title: 甲, points: {count: [-1, -3]}}", "x", Kind.YEAR, "-12", "0"),
    ("{title: 甲, points: {count: [-1, -3], per: year}}", "x", Kind.YEAR, "-3", "0"),
    ("{title: 甲, points: {total: {0: -1, 8: 2}}}", "x", Kind.YEAR, "-4", "8"),
    ("{title: 甲, points: -1, grant: 8, min: 0}", "x", Kind.QUARTER, "0", "8"),
    ("{title: 甲, points: -5%, grant: 80, times: 2}", "x", Kind.QUARTER, "72", "80"),
    ("{title: 甲, grant: {by: 单位, values: {甲: 3, 乙: 5}, default: 1}}", "x", Kind.QUARTER, "1", "5"),
    ("{title: 甲, weight: 1/2, items: {y: {title: 乙, points: 3, times: 2}}}", "x", Kind.QUARTER, "0", "3"),
    ("{title: 甲, points: 1, times: 5, ceiling: {of: x, at: -2}}", "x", Kind.QUARTER, "-2", "5"),
    ("{title: 甲, grant: 10, ceiling: {of: score, at: 6, per: year}}", "score", Kind.YEAR, "0", "40"),
]


@pytest.mark.parametrize(("node", "measure", "kind", "low", "high"), EXACT)
def test_exact(node: str, measure: str, kind: Kind, low: str, high: str) -> None:
    scheme = good(f"rollup: {{half: sum, year: sum}}\nscore: {{items: {{x: {node}}}}}")
    interval = reach_scheme(scheme, ordinary=True).value(measure, kind)
    assert interval is not None
    assert (interval.low, interval.high) == (Decimal(low), Decimal(high))


def test_means_stay_as_they_are() -> None:
    scheme = good("rollup: {year: mean}\nscore: {items: {x: {title: 甲, grant: 10, points: 1, max: 12}}}")
    reaches = reach_scheme(scheme)
    settled = reaches.value("x", Kind.QUARTER)
    assert reaches.value("score", Kind.QUARTER) == reaches.value("score", Kind.YEAR) == settled
    assert reaches.value("score", Kind.HALF) is None
    assert reaches.periods() == [Kind.QUARTER, Kind.YEAR]
