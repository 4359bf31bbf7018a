"""Outcomes: conditions, places, ties, nominations."""

import math
import operator
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from .exact import exact
from .model import Version, accepts, conditions
from .periods import Period
from .ranking import Listed, tie_breaks
from .reached import REACHED
from .review import Decision, replay

OPERATORS: list[tuple[str, Callable[[Fraction, Fraction], bool]]] = [
    (">=", operator.ge),
    ("<=", operator.le),
    ("==", operator.eq),
    ("!=", operator.ne),
    (">", operator.gt),
    ("<", operator.lt),
    ("=", operator.eq),
]


def outcome_lists(listed: list[Listed], version: Version, kind: str) -> dict[str, list[Listed]]:
    """Who meets each outcome of that kind of period."""
    found = {}
    for name, outcome in version.outcomes.items():
        kinds = outcome.get("period")
        if kinds is None or kind in (kinds if isinstance(kinds, list) else [kinds]):
            found[name] = members_of(outcome, listed, version)
    return found


def members_of(outcome: dict[str, Any], listed: list[Listed], version: Version) -> list[Listed]:
    """Who meets one outcome, group by group."""
    within = outcome.get("within", (version.ranking or {}).get("within"))
    ranked = [member for member in listed if member.ranked(version)]
    found = []
    for group in sorted({member.group(within) for member in ranked}):
        peers = [member for member in ranked if member.group(within) == group]
        candidates = [member for member in peers if qualifies(member, outcome)]
        places = places_of(outcome, group, len(peers))
        found += candidates if places is None else taken(outcome, candidates, places, version)
    return found


def qualifies(member: Listed, outcome: dict[str, Any]) -> bool:
    """`only`, `except`, `where`, and above 0 for a `top` by a node."""
    if not accepts(conditions(outcome.get("only")), member.cells):
        return False
    if member.barring & set(outcome.get("except") or []):
        return False
    by = outcome.get("by") or "score"
    if outcome.get("top") is not None and by != "score" and member.values[by] <= 0:
        return False
    where = outcome.get("where") or {}
    return all(
        holds(member, node, condition)
        for mapping in (where if isinstance(where, list) else [where])
        for node, condition in mapping.items()
    )


def holds(member: Listed, node: str, condition: Any) -> bool:
    """Whether one condition holds; several for one node must all hold."""
    if isinstance(condition, list):
        return all(holds(member, node, one) for one in condition)
    text = str(condition).strip()
    if node == "grade":
        name = text.lstrip("!=").strip()
        return member.grade is not None and (member.grade == name) != text.startswith("!")
    value = {"rank": member.rank, "stars": member.stars}.get(node) if node in ("rank", "stars") else member.values[node]
    if value is None:
        return False
    for sign, compare in OPERATORS:
        if text.startswith(sign):
            return compare(Fraction(value), exact(text[len(sign) :]))
    return Fraction(value) == exact(text)


def places_of(outcome: dict[str, Any], group: tuple[str, ...], ranked: int) -> int | None:
    """The number of places in a group; None if there is no limit."""
    limits = []
    for key in ("top", "bottom"):
        places = outcome.get(key)
        if isinstance(places, dict):
            named = {str(name): int(n) for name, n in places.items()}
            limits.append(named.get("；".join(group), 0))
        elif places is not None:
            limits.append(int(places))
    if outcome.get("share") is not None:
        limits.append(math.floor(exact(outcome["share"]) * ranked))
    return min(limits) if limits else None


def taken(outcome: dict[str, Any], candidates: list[Listed], places: int, version: Version) -> list[Listed]:
    """Who gets the places; `include` takes everyone equal to the last one taken."""
    by, breaks = outcome.get("by") or "score", tie_breaks(version)
    lowest_first = outcome.get("bottom") is not None
    order = sorted({member.standing(by, breaks) for member in candidates}, reverse=not lowest_first)
    found: list[Listed] = []
    for standing in order:
        equal = [member for member in candidates if member.standing(by, breaks) == standing]
        hard = outcome.get("ties") == "exclude"
        if len(found) < places < len(found) + len(equal):
            REACHED["tie left out" if hard else "tie taken in"] += 1
        if len(found) >= places or (hard and len(found) + len(equal) > places):
            break
        found += equal
    return found


def chain_of(confirm: Any, version: Version) -> tuple[str, list[str]]:
    """The stage that confirms, and the chain of stages."""
    if isinstance(confirm, dict):
        return confirm["at"], list(confirm.get("stages") or version.stages)
    return str(confirm), version.stages


def nominations(
    winners: dict[str, list[Listed]], version: Version, period: Period, decisions: list[Decision]
) -> tuple[dict[str, list[str]], dict[str, dict[str, str]]]:
    """The lists after confirmation, and the nominated with their stage."""
    lists: dict[str, list[str]] = {}
    nominated: dict[str, dict[str, str]] = {}
    for name, members in winners.items():
        confirm = version.outcomes[name].get("confirm")
        if confirm is None:
            lists[name] = [member.id for member in members]
            continue
        stage, stages = chain_of(confirm, version)
        lists[name], nominated[name] = [], {}
        for member in members:
            plain = f"{name}/{period.label}/{member.id}"
            about = [decision for decision in decisions if decision.target in (plain, f"{version.id}:{plain}")]
            standing = replay(0, about, stages, [])
            if standing.rejected:
                continue
            if standing.stage >= stages.index(stage):
                lists[name].append(member.id)
            else:
                nominated[name][member.id] = stages[standing.stage]
    return lists, nominated
