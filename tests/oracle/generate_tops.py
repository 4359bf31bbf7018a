"""Random ranking, grades, stars, derived columns and outcomes."""

from typing import Any

from .choices import Choices

GRADES: list[dict[str, Any]] = [
    {"优秀": 5, "合格": ">1", "不合格": None},
    {"合格": 0, "优秀": ">2.5", "良好": 2.5},
    {"优秀": 2, "合格": -1},
]


def add_ranking(rng: Choices, scheme: dict[str, Any], nodes: list[str]) -> None:
    """Ranking, grades, stars, derive."""
    ranking: dict[str, Any] = {"ties": rng.choice(["competition", "dense"])}
    within = rng.choice([None, "branch", "grid", "all", ["branch", "class"], "grid", ["grid", "branch"]])
    if within:
        ranking["within"] = within
    if rng.chance(0.5):
        ranking["tie_break"] = rng.sample(nodes, min(len(nodes), rng.choice([1, 2])))
    if rng.chance(0.3):
        ranking["only"] = {"kind": ["full"]}
    scheme["ranking"] = ranking
    if rng.chance(0.6):
        scheme["grades"] = rng.choice(GRADES)
    if rng.chance(0.5):
        scheme["stars"] = rng.choice([{5: 4, 4: 2.5, 3: 1, 2: 0}, {1: 0.5, 2: 1}])
    if rng.chance(0.4):
        rule: dict[str, Any] = {"title": "归一化", "of": rng.choice([*nodes, "score"]), "to": rng.choice([5, 1, 100])}
        if rng.chance(0.6):
            rule["within"] = rng.choice(["branch", "grid", "all", "class"])
        scheme["derive"] = {"index": rule}
        if "tie_break" in ranking and rng.chance(0.3):
            ranking["tie_break"].append("index")


def add_outcomes(rng: Choices, scheme: dict[str, Any], nodes: list[str], leaves: list[str], prefix: str) -> None:
    """Up to three outcomes."""
    outcomes: dict[str, Any] = {}
    values = [*nodes, "score", "score", *scheme.get("derive", {})]
    for number in range(rng.choice([0, 1, 2, 3])):
        outcome: dict[str, Any] = {"title": f"结果{prefix}{number}"}
        outcome["period"] = rng.choice(["year", scheme["settle"], [scheme["settle"], "year"]])
        if outcome["period"] == ["year", "year"]:
            outcome["period"] = "year"
        if rng.chance(0.6):
            outcome["where"] = where(rng, scheme, values)
        if rng.chance(0.4):
            outcome["except"] = rng.sample(leaves, 1)
        if rng.chance(0.2):
            outcome["only"] = {"kind": ["正式党员"]}
        places(rng, outcome, values)
        if rng.chance(0.2):
            outcome["action"] = "谈话"
        if scheme.get("review") and rng.chance(0.4):
            outcome["confirm"] = rng.choice(["verified", "approved"])
            if rng.chance(0.3):
                outcome["confirm"] = {"at": "public", "stages": {"self": "自评", "public": "公示"}}
        outcomes[f"out_{prefix}{number}"] = outcome
    scheme["outcomes"] = outcomes


def where(rng: Choices, scheme: dict[str, Any], values: list[str]) -> Any:
    """Conditions: a mapping, or a list of them."""

    def one() -> dict[str, Any]:
        sign = rng.choice([">=", ">", "<=", "<", "=", "!=", "=="])
        if rng.chance(0.2):
            return {"rank": f"<= {rng.choice([1, 2])}"}
        if scheme.get("grades") and rng.chance(0.2):
            return {"grade": rng.choice(["", "!= ", "= "]) + rng.choice(list(scheme["grades"]))}
        if scheme.get("stars") and rng.chance(0.2):
            return {"stars": f">= {rng.choice([2, 3])}"}
        condition = f"{sign} {rng.choice([0, 0.5, 1, 2, -1])}"
        return {rng.choice(values): [condition, "< 4"] if rng.chance(0.2) else condition}

    return [one(), one()] if rng.chance(0.3) else one()


def places(rng: Choices, outcome: dict[str, Any], values: list[str]) -> None:
    """`top`, `bottom`, `share`, with `by`, `within`, `ties`."""
    form = rng.choice(["none", "top", "top", "bottom", "share", "both", "named"])
    if form in ("top", "both"):
        outcome["top"] = rng.choice([1, 1, 2, 3])
    if form == "bottom":
        outcome["bottom"] = rng.choice([1, 2])
    if form in ("share", "both"):
        outcome["share"] = rng.choice(["1/3", "50%", "1/2", "20%"])
    if form == "named":
        groups = rng.choice([{"一支部": 1}, {"一支部": 2, "二支部": 1}, {"M": 1, "B": 2, "D": 3}])
        outcome |= {rng.choice(["top", "bottom"]): groups, "within": "grid" if "M" in groups else "branch"}
    elif rng.chance(0.5):
        outcome["within"] = rng.choice(["branch", "all", "grid"])
    if form != "none" and rng.chance(0.4):
        outcome["by"] = rng.choice(values)
    if form != "none" and rng.chance(0.4):
        outcome["ties"] = rng.choice(["include", "exclude"])


def add_what_moves_no_score(rng: Choices, scheme: dict[str, Any], nodes: list[str], leaves: list[str]) -> None:
    """Gifts for points, and what is carried into the next year: neither is seen in a tally."""
    scheme["redemption"] = {
        "from": rng.sample(nodes, 1),
        "opens": rng.choice(["month", "quarter"]),
        "expires": rng.choice(["year", "never"]),
        "gifts": {"tissue": {"title": "抽纸", "cost": 1, "stock": 2}},
    }
    scheme["carry"] = {"into": rng.choice(leaves), "share": "20%", "max": 20}
