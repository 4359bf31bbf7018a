"""Grades, stars and outcomes: steps that differ, lists that can be made."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pointscli.model.problem import Problem
from pointscli.scheme.draft import Draft
from pointscli.scheme.reading import problem
from pointscli.scheme.result_types import Step
from pointscli.scheme.tree import Mapping


def check_grades(draft: Draft) -> Iterator[Problem]:
    """No two grades begin at the same bound."""
    yield from _check_steps(draft, "grades", draft.scheme.grades)


def check_stars(draft: Draft) -> Iterator[Problem]:
    """No number of stars is given twice, and no two begin at the same bound."""
    yield from _check_steps(draft, "stars", draft.scheme.stars)
    entry = draft.root.entry("stars")
    seen: set[int] = set()
    for one in entry.value if entry and isinstance(entry.value, Mapping) else ():
        if one.name.isascii() and one.name.isdecimal():
            if int(one.name) in seen:
                message, hint = "the stars {value} stand here twice", "keep one of the two"
                yield problem("duplicate-step", one.place, message, hint, value=one.name)
            seen.add(int(one.name))


def check_top_and_bottom(draft: Draft) -> Iterator[Problem]:
    """A list is taken from one end."""
    for outcome in draft.scheme.outcomes:
        bottom = draft.root.last("outcomes", outcome.id, "bottom")
        top = draft.root.last("outcomes", outcome.id, "top")
        if top and bottom and (top.name, bottom.name) == ("top", "bottom"):
            message, hint = "top and bottom cannot stand in one outcome", "make two outcomes of it"
            yield problem("top-and-bottom", bottom.place, message, hint)


def check_group_places(draft: Draft) -> Iterator[Problem]:
    """Numbers for named groups need groups."""
    ranking = draft.scheme.ranking
    for outcome in draft.scheme.outcomes:
        within = outcome.within if outcome.within is not None else ranking.within if ranking else ()
        for key, places in (("top", outcome.top), ("bottom", outcome.bottom)):
            if places and places.by_group and not within:
                message = "{key} gives numbers to groups, but the whole list is one group"
                hint = "add within with the roster column of the groups, such as within: branch"
                yield problem(
                    "groups-without-within", draft.place_of("outcomes", outcome.id, key), message, hint, key=key
                )


def _check_steps(draft: Draft, section: str, steps: tuple[Step, ...]) -> Iterator[Problem]:
    first: dict[tuple[Decimal | None, bool], str] = {}
    for step in steps:
        earlier = first.setdefault((step.at, step.strict), step.name)
        if earlier != step.name:
            message, hint = "{first} and {second} begin at the same bound", "give each a lower bound of its own"
            place = draft.place_of(section, step.name)
            yield problem("duplicate-step", place, message, hint, first=earlier, second=step.name)
