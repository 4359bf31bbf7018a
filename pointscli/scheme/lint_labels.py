"""Dimensions and derived columns that show nothing which the tables do not show without them.

A derived column is printed, so it is used even where nothing refers to it; it is idle only if it says the same of
everybody, or what another column says. A dimension is idle if no points carry it, or if all do.
"""

from __future__ import annotations

from collections.abc import Iterator

from pointscli.model.problem import Problem
from pointscli.scheme.draft import ReadNode
from pointscli.scheme.lint_subject import Subject, beside, key_of, number, value_of, warn
from pointscli.scheme.result_types import Derive
from pointscli.scheme.tree import Entry


def lint_dimensions(subject: Subject) -> Iterator[Problem]:
    """A dimension that no points carry, or the only one, if all points carry it."""
    declared = [one for one in subject.nodes if one.keys.entry("dimension")]
    posting = [one for one in subject.nodes if one.node.is_leaf or one.node.grant is not None]
    used = {owner for one in posting if (owner := _owner(subject, one))}
    for one in declared:
        if one.node.id not in used:
            message = "no points carry the dimension {value} of {id}: every item below has one of its own"
            hint = "delete it here, or below where it is meant"
            at = value_of(one, "dimension")
            yield warn("unused-dimension", at, message, hint, value=one.node.dimension, id=one.node.id)
    labels = {one.node.dimension for one in posting}
    if declared and labels == {declared[0].node.dimension}:
        message = "all points carry the dimension {value}: sums by dimension show nothing but the score"
        hint = "give other parts of the scheme dimensions of their own, or delete it"
        at = value_of(declared[0], "dimension")
        yield warn("unused-dimension", at, message, hint, value=declared[0].node.dimension)


def lint_derived(subject: Subject) -> Iterator[Problem]:
    """A derived column with the same number for everybody, or that repeats another one."""
    first: dict[object, tuple[Derive, Entry]] = {}
    ranking = subject.scheme.ranking
    within = ranking.within if ranking else ()
    for one, entry in zip(subject.scheme.derive, subject.entries("derive"), strict=False):
        reach = subject.reaches.over(one.of, subject.reaches.periods())
        if not one.to or reach.high <= 0 or reach.low == reach.high:
            message = "the column {id} is {value} for everybody: {of} lies between {low} and {high}"
            hint = "name a node whose points differ between members, or delete the column"
            value = number(one.to) if reach.low > 0 else "0"
            args = {"id": one.id, "of": one.of, "low": number(reach.low), "high": number(reach.high)}
            yield warn("derive-constant", entry, message, hint, value=value, **args)
        said = (one.of, one.to, within if one.within is None else one.within)
        other, place = first.setdefault(said, (one, entry))
        if other is not one:
            message, hint = "the column {id} always shows what {other} shows", "delete one of the two, or correct it"
            yield beside(warn("derive-repeats", entry, message, hint, id=one.id, other=other.id), place.place)


def _owner(subject: Subject, one: ReadNode) -> str:
    """The id of the node that gives points their dimension."""
    for name in (one.node.id, *reversed(one.above)):
        if key_of(subject.by_id[name], "dimension") is not subject.by_id[name].entry:
            return name
    return ""
