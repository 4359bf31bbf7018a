"""Random workspaces of a scheme that only sums: every amount is scaled by a factor, caps are set by the test."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction

from tests.case_files import Record

MEMBERS = ("M1", "M2", "M3")
BONUS, DEDUCTION = ("flat", "levels", "range", "bands", "count", "each"), ("minus",)
LEAVES = (*BONUS, *DEDUCTION)
NODES = ("work", "extra", *LEAVES)
WEIGHTS = ("1/3", 0.5, "15%", 1)
PERIODS = ("2021-03", "2021Q1", "2021")


def plain_case(rng: random.Random, scale: Fraction = Fraction(1), *, weights: bool = True) -> Record:
    """Members, a log, and a scheme without any bound; the same chances give the same case at every scale."""

    def amount(quarters: int) -> float | int:
        exact = Fraction(quarters, 4) * scale
        return exact.numerator if exact.denominator == 1 else float(exact)

    prices: dict[str, Record] = {
        "flat": {"points": amount(rng.randint(1, 6))},
        "levels": {"points": {"levels": {"甲": amount(rng.randint(1, 8)), "乙": amount(2)}}},
        "range": {"points": {"from": 0, "to": amount(20)}},
        "bands": {"points": {"bands": {0: 0, 1: amount(rng.randint(1, 3)), 4: amount(5)}}},
        "count": {"points": {"count": [amount(1), amount(3), amount(8)], "per": rng.choice(["month", "quarter"])}},
        "each": {"points": amount(rng.randint(1, 4)), "each": 3, "prorate": False},
        "minus": {"points": amount(-rng.randint(1, 6))},
    }
    titled = {name: {"title": f"事项{number}", **node} for number, (name, node) in enumerate(prices.items())}
    sections: dict[str, Record] = {
        "work": {"title": "工作", "items": {name: titled[name] for name in LEAVES[:4]}},
        "extra": {"title": "其他", "items": {name: titled[name] for name in LEAVES[4:]}, "grant": amount(4)},
    }
    if weights:
        sections["extra"]["weight"] = rng.choice(WEIGHTS)
    how = rng.choice(["sum", "mean"])
    return {
        "scheme": {
            "language": 1,
            "scheme": "plain",
            "title": "相加",
            "effective": {"from": date(2021, 1, 1)},
            "settle": "month",
            "rollup": {"quarter": how, "half": how, "year": {"of": "quarter", "by": how}},
            "decimals": 4,
            "score": {"items": sections},
            "ranking": {"ties": "competition"},
        },
        "members": [{"id": member, "name": name} for member, name in zip(MEMBERS, "甲乙丙", strict=True)],
        "events": [event(rng, rng.choice(LEAVES), scale) | {"id": f"E{n:03d}"} for n in range(rng.choice([10, 25]))],
        "reviews": [],
    }


def event(rng: random.Random, leaf: str, scale: Fraction = Fraction(1)) -> Record:
    """An event of a leaf that is worth something."""
    row: Record = {"date": date(2021, 1, 1) + timedelta(days=rng.choice([0, 30, 31, 60, 70, 89, 90, 170, 364]))}
    row |= {"member": rng.choice(MEMBERS), "item": leaf}
    if leaf == "levels":
        row["level"] = rng.choice(["甲", "乙"])
    elif leaf == "range":
        row["points"] = float(Fraction(rng.randint(1, 20), 4) * scale)
    elif leaf in ("bands", "each"):
        row["quantity"] = rng.choice([3, 4, 7.5])
    elif leaf in ("flat", "minus"):
        row["quantity"] = rng.choice([1, 2, 0.5])
    return row


def with_bounds(case: Record, bounds: Mapping[str, Record]) -> Record:
    """The case with more keys at some of its nodes (`score` is the root)."""
    scheme: Record = case["scheme"]
    items = {
        section: {
            **node,
            **bounds.get(section, {}),
            "items": {name: {**leaf, **bounds.get(name, {})} for name, leaf in node["items"].items()},
        }
        for section, node in scheme["score"]["items"].items()
    }
    return {**case, "scheme": {**scheme, "score": {**bounds.get("score", {}), "items": items}}}
