"""`ranking`, `grades`, `stars` and `derive`: what is read off the scores of a period."""

from __future__ import annotations

import re
from decimal import Decimal

from pointscli.scheme.number_grammar import parse_number
from pointscli.scheme.reading import Reading, Role, open_fields
from pointscli.scheme.result_types import Derive, Ranking, Step, Ties
from pointscli.scheme.tree import Entry, Scalar, Tree
from pointscli.scheme.values import (
    accept,
    read_choice,
    read_filter,
    read_group,
    read_number,
    read_text,
)

RANKING_KEYS = ("within", "ties", "tie_break", "only")
DERIVE_KEYS = ("title", "of", "to", "within")
_BOUND = re.compile(r"(>=|≥|>|＞)?\s*(.*)", re.DOTALL)


def read_ranking(reading: Reading, entry: Entry | None) -> Ranking | None:
    """Who is compared with whom, and what equals get."""
    fields = open_fields(reading, entry.value, RANKING_KEYS, entry.place) if entry else None
    if fields is None:
        return None
    ties = read_choice(reading, fields.require("ties"), Ties)
    breaks = [reading.refer(Role.MEASURE, one) for one in reading.each(fields.get("tie_break"), "write ids of nodes")]
    return Ranking(
        ties=ties or Ties.COMPETITION,
        within=read_group(reading, fields.get("within")) or (),
        tie_break=tuple(name for name in breaks if name),
        only=read_filter(reading, fields.get("only")),
    )


def read_grades(reading: Reading, tree: Tree | None) -> tuple[Step, ...]:
    """Grades by name, each with its lower bound or null for the lowest."""
    mapping = reading.mapping(tree, "write the grades, each with its lower bound")
    steps = [_read_step(reading, entry, entry.name) for entry in mapping or ()]
    return tuple(step for step in steps if step)


def read_stars(reading: Reading, tree: Tree | None) -> tuple[Step, ...]:
    """Numbers of stars, each with its lower bound."""
    steps = []
    for entry in reading.mapping(tree, "write numbers of stars, each with its lower bound") or ():
        step = _read_step(reading, entry, entry.name)
        if not re.fullmatch(r"[0-9]{1,2}", entry.name):
            message, hint = "{value} is not a number of stars", "write a whole number such as 5 before the colon"
            reading.error("bad-stars", entry.place, message, hint, value=entry.name)
        elif step:
            steps.append(Step(str(int(entry.name)), step.at, step.strict))
    return tuple(steps)


def read_derived(reading: Reading, tree: Tree | None) -> tuple[Derive, ...]:
    """Further columns by id."""
    mapping = reading.mapping(tree, "write the columns, each with its id, title, of and to")
    found = [_read_derive(reading, entry) for entry in mapping or ()]
    return tuple(one for one in found if one)


def _read_step(reading: Reading, entry: Entry, name: str) -> Step | None:
    tree = entry.value
    if isinstance(tree, Scalar) and tree.is_null and not tree.broken:
        return Step(name, None)
    scalar = reading.scalar(tree, "write a lower bound, such as 90")
    found = _BOUND.fullmatch(scalar.text) if scalar else None
    if scalar is None or found is None:
        return None
    number = Scalar(found[2], scalar.quoted, scalar.place, scalar.end)
    at = accept(reading, number, parse_number)
    return None if at is None else Step(name, at, strict=found[1] in (">", "＞"))


def _read_derive(reading: Reading, entry: Entry) -> Derive | None:
    fields = open_fields(reading, entry.value, DERIVE_KEYS, entry.place)
    if fields is None:
        return None
    title = read_text(reading, fields.get("title")) or entry.name
    of = reading.refer(Role.SCORED, fields.require("of"))
    to = read_number(reading, fields.require("to"), above=Decimal(0))
    within = read_group(reading, fields.get("within"))
    return Derive(entry.name, title, of or "", to or Decimal(1), within)
