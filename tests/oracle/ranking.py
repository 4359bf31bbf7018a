"""Ranks, grades, stars and derived columns, from the published numbers."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from .exact import exact, publish, quotient
from .model import Version, accepts, conditions
from .reached import REACHED


@dataclass
class Listed:
    """A member in the table."""

    cells: dict[str, str]
    values: dict[str, Decimal]
    barring: set[str]
    rank: int | None = None
    grade: str | None = None
    stars: int | None = None

    @property
    def id(self) -> str:
        """The member's id."""
        return self.cells["id"]

    def ranked(self, version: Version) -> bool:
        """Neither exempt nor left out by `only`."""
        only = conditions((version.ranking or {}).get("only"))
        return not self.cells.get("exempt") and accepts(only, self.cells)

    def group(self, within: Any) -> tuple[str, ...]:
        """The cells of the grouping columns; `all` is one group."""
        if within in (None, "all"):
            return ()
        columns = within if isinstance(within, list) else [within]
        return tuple(self.cells.get(column, "") for column in columns)

    def standing(self, by: str, tie_break: list[str]) -> tuple[Decimal, ...]:
        """The values that decide the order."""
        return tuple(self.values[node] for node in (by, *tie_break))


def tie_breaks(version: Version) -> list[str]:
    """The node ids compared after the first one."""
    found = (version.ranking or {}).get("tie_break") or []
    return found if isinstance(found, list) else [found]


def derive(listed: list[Listed], version: Version) -> None:
    """Value / the group's largest x to, over the ranked members of the group."""
    for name, rule in version.derive.items():
        within = rule.get("within", (version.ranking or {}).get("within"))
        for member in listed:
            if not member.ranked(version):
                continue
            peers = [other for other in listed if other.ranked(version) and other.group(within) == member.group(within)]
            largest = max(Fraction(other.values[rule["of"]]) for other in peers)
            value = Fraction(0)
            if largest > 0:
                value = quotient(Fraction(member.values[rule["of"]]) * exact(rule["to"]) / largest)
            member.values[name] = publish(value, version.decimals, version.rounding)


def rank(listed: list[Listed], version: Version) -> None:
    """Ranks within the groups, higher first."""
    if not version.ranking:
        return
    within, breaks = version.ranking.get("within"), tie_breaks(version)
    for member in listed:
        if not member.ranked(version):
            continue
        mine = member.standing("score", breaks)
        peers = [other for other in listed if other.ranked(version) and other.group(within) == member.group(within)]
        REACHED["tied rank"] += sum(other.standing("score", breaks) == mine for other in peers) > 1
        REACHED["tie broken"] += any(
            other.values["score"] == member.values["score"] and other.standing("score", breaks) != mine
            for other in peers
        )
        better = [other.standing("score", breaks) for other in peers if other.standing("score", breaks) > mine]
        member.rank = 1 + len(set(better) if version.ranking["ties"] == "dense" else better)


def bound_of(bound: Any) -> tuple[Fraction, bool]:
    """The number of a bound, and whether it is strict."""
    text = str(bound).strip()
    if text.startswith(">="):
        return exact(text[2:]), False
    if text.startswith(">"):
        return exact(text[1:]), True
    return exact(bound), False


def grade_of(score: Decimal, bounds: dict[str, Any]) -> str | None:
    """The grade of the highest bound reached; `null` is the lowest."""
    reached: list[tuple[tuple[Fraction, bool], str]] = []
    lowest = None
    for name, bound in bounds.items():
        if bound is None:
            lowest = str(name)
            continue
        number, strict = bound_of(bound)
        if Fraction(score) > number or (not strict and Fraction(score) == number):
            reached.append(((number, strict), str(name)))
    return max(reached)[1] if reached else lowest


def stars_of(score: Decimal, bounds: dict[str, Any]) -> int | None:
    """The number of stars; None where no bound is reached."""
    found = grade_of(score, bounds)
    return int(found) if found is not None else None
