"""Random valid cases, narrow on purpose: few members, few dates, small values, many collisions."""

import copy
from datetime import date, timedelta
from typing import Any

from .choices import Choices, Seeded
from .generate_log import WORLDS, Log
from .generate_scheme import Builder, all_nodes
from .periods import KINDS, Period, period_of
from .scheme import longer

YEAR = 2021
BOUNDARIES = [date(2021, month, 1) for month in (1, 2, 3, 4, 7, 10)] + [date(2022, 1, 1)]
STEPS = (0, -1, -1, 0, 1, 14, 30)


def seeded_case(seed: int) -> dict[str, Any]:
    """The case of a seed, of one world, with four checks."""
    return make_case(Seeded(seed), worlds=1, checks=4)


def make_case(rng: Choices, worlds: int = len(WORLDS), checks: int = 1) -> dict[str, Any]:
    """A valid case in the conformance format; `checks` holds the periods to tally.

    A world is a few members with a log of their own: one scheme is tried on many, because each is a case of its own
    and the scheme is what takes the time. The column `grid` bears the world's letter.
    """
    schemes = make_versions(rng, Builder(rng, "a").scheme())
    if rng.chance(0.1):
        schemes += second_scheme(rng, schemes[0])
        if "members" in schemes[-1] and "activist" in schemes[-1]["members"]["kind"]:
            for scheme in schemes[:-1]:
                scheme["members"] = {"kind": ["full"]}
    asked = make_checks(rng, schemes, checks)
    log = Log(rng, schemes, make_days(rng, schemes), asked)
    for letter in WORLDS[:1] + [WORLDS[1 + number] for number in rng.several(worlds - 1, 0.985)]:
        log.add_world(letter)
    case: dict[str, Any] = {"schemes": schemes} if len(schemes) > 1 else {"scheme": schemes[0]}
    return case | {"members": log.members, "events": log.events, "reviews": log.reviews, "checks": asked}


def make_versions(rng: Choices, scheme: dict[str, Any]) -> list[dict[str, Any]]:
    """One version, or two by `effective`, sometimes with a gap between them."""
    boundaries = [day for day in BOUNDARIES if period_of(day, scheme["settle"]).start == day]
    if not rng.chance(0.4) or len(boundaries) < 2:
        start = rng.choice(boundaries[:3]) if rng.chance(0.25) and boundaries[0].month == 1 else boundaries[0]
        scheme["effective"] = {"from": start}
        return [scheme]
    turn = rng.choice(boundaries[1:])
    until = turn - timedelta(days=1)
    if rng.chance(0.2):
        gap = period_of(until, scheme["settle"]).start
        until = gap - timedelta(days=1) if gap > boundaries[0] else until
    drop_cut_totals(scheme)
    later = copy.deepcopy(scheme)
    scheme["effective"] = {"from": boundaries[0], "to": until}
    later["effective"] = {"from": turn}
    change(rng, later)
    return [scheme, later]


def drop_cut_totals(scheme: dict[str, Any]) -> None:
    """No posted totals in windows that a change of version could cut."""
    for node in all_nodes(scheme["score"]).values():
        points = node.get("points")
        if isinstance(points, dict) and "total" in points and longer(points["per"], scheme["settle"]):
            points["per"] = scheme["settle"]


def change(rng: Choices, scheme: dict[str, Any]) -> None:
    """What a new version changes: numbers, bounds, the rollup, one more leaf."""
    for node in all_nodes(scheme["score"]).values():
        if isinstance(node.get("points"), int | float) and rng.chance(0.5):
            node["points"] = rng.choice([0.5, 1, 2, -1])
        if isinstance(node.get("max"), int | float) and rng.chance(0.5):
            node["max"] = rng.choice([1, 2.5, 4])
    if rng.chance(0.5):
        scheme["score"]["items"]["later"] = {"title": "新增项", "points": rng.choice([0.5, 1, -1])}
        if scheme.get("ranking") and rng.chance(0.5):
            scheme["ranking"]["tie_break"] = ["later"]
    if rng.chance(0.3):
        scheme["decimals"] = rng.choice([0, 1, 2, 3])
    scheme["version"] = "2"


def second_scheme(rng: Choices, first: dict[str, Any]) -> list[dict[str, Any]]:
    """Another scheme for the same roster, with a leaf that bears a title of the first one's."""
    other = Builder(rng, "b").scheme()
    other["effective"] = {"from": date(YEAR, 1, 1)}
    leaves = [node for node in all_nodes(other["score"]).values() if "items" not in node]
    theirs = [node for node in all_nodes(first["score"]).values() if "items" not in node]
    mine, alike = rng.choice(leaves), rng.choice(theirs)
    mine["aliases"] = [alike["title"]]
    if plain_flat(mine) and plain_flat(alike) and ("review" in first) == ("review" in other):
        # no version of the first scheme accepts whom the other one accepts: each member's share finds its own way
        other["members"] = {"kind": ["activist", "预备党员"]}
    return [other]


def plain_flat(leaf: dict[str, Any]) -> bool:
    """Whether an event of the leaf needs no cell that another flat leaf does not use."""
    return isinstance(leaf.get("points"), int | float) and "evidence" not in leaf


def covered(day: date, schemes: list[dict[str, Any]]) -> bool:
    """Whether a version of the first scheme is in force on the day."""
    mine = [scheme["effective"] for scheme in schemes if scheme["scheme"] == schemes[0]["scheme"]]
    return any(one["from"] <= day <= one.get("to", date.max) for one in mine)


def make_days(rng: Choices, schemes: list[dict[str, Any]]) -> list[date]:
    """A small pool of dates, mostly beside the boundaries of windows."""
    days = [
        start + timedelta(days=step) for start in [*BOUNDARIES, date(2021, 5, 1), date(2021, 12, 1)] for step in STEPS
    ]
    known = [day for day in days if day.year >= YEAR and covered(day, schemes)]
    return [rng.choice(known) for _ in range(7)]


def make_checks(rng: Choices, schemes: list[dict[str, Any]], number: int) -> list[dict[str, Any]]:
    """The periods to tally, some with an as-of date."""
    ids = list(dict.fromkeys(scheme["scheme"] for scheme in schemes))
    return [make_check(rng, schemes, ids) for _ in range(number)]


def make_check(rng: Choices, schemes: list[dict[str, Any]], ids: list[str]) -> dict[str, Any]:
    """One question to which there is an answer: a version is in force, the same on the last day that counts."""
    name = rng.choice(ids)
    mine = [scheme for scheme in schemes if scheme["scheme"] == name]
    settle = mine[0]["settle"]
    kind = rng.choice([settle, "year", rng.choice(KINDS)])
    days = [date(2021, 12, 31), date(2021, 6, 30), *BOUNDARIES, date(2021, 12, 31), date(2021, 7, 1)]
    periods = [period for period in (period_of(day, kind) for day in days) if in_force(mine, period.end) != -1]
    period = rng.choice(periods)
    check: dict[str, Any] = {"period": period.label}
    if len(ids) > 1:
        check["scheme"] = name
    if rng.chance(0.3):
        horizon = as_of_date(rng, period, settle)
        if in_force(mine, min(horizon, period.end)) == in_force(mine, period.end):
            check["as_of"] = horizon
    return check


def as_of_date(rng: Choices, period: Period, settle: str) -> date:
    """A date in the period, or soon after it where the period is not a running one."""
    last = (period.end - period.start).days
    if not longer(settle, period.kind) and rng.chance(0.4):
        return period.end + timedelta(days=rng.choice([1, 20]))
    return period.start + timedelta(days=rng.choice([0, last // 2, last // 3, last, rng.below(last + 1)]))


def in_force(versions: list[dict[str, Any]], day: date) -> int:
    """Which version is in force on the day; -1 if none."""
    for place, version in enumerate(versions):
        if version["effective"]["from"] <= day <= version["effective"].get("to", date.max):
            return place
    return -1
