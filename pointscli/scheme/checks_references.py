"""Names that must be the names of something else in the file: nodes, measures, stages, grades."""

from __future__ import annotations

from collections.abc import Iterator

from pointscli.model.problem import Problem
from pointscli.scheme.draft import ROOT, Draft
from pointscli.scheme.reading import Reference, Role, problem, unknown_word
from pointscli.scheme.tree import Mapping, show

COMPARISONS = 20_000
"""So many words are compared to find the nearest ones: it takes time."""

Known = dict[str, None]
"""Names in order, found quickly."""

EARNED = "earned"
NEEDED = {"stars": "stars", "rank": "ranking", "grade": "grades"}
"""Measures that exist only with another key of the file."""


def check_references(draft: Draft) -> Iterator[Problem]:
    """Every name that is used is defined."""
    known = _known_names(draft)
    found = 0
    for reference in draft.references:
        names = known[reference.role]
        problems = list(_check_reference(draft, reference, names, suggest=found * len(names) < COMPARISONS))
        found += len(problems)
        yield from problems


def _known_names(draft: Draft) -> dict[Role, Known]:
    nodes = [one.node.id for one in draft.nodes if not one.is_root]
    scored = [ROOT, EARNED, *nodes]
    measures = [*scored, *_keys(draft, "derive")]
    names: dict[Role, list[str]] = {
        Role.NODE: nodes,
        Role.NODE_OR_SCORE: [ROOT, *nodes],
        Role.LEAF: [one.node.id for one in draft.leaves],
        Role.SCORED: scored,
        Role.MEASURE: measures,
        Role.CONDITION: [*measures, *(name for name, key in NEEDED.items() if draft.root.entry(key))],
        Role.STAGE: [stage for stage, _ in draft.scheme.review.stages] if draft.scheme.review else [],
        Role.GRADE: _keys(draft, "grades"),
    }
    return {role: dict.fromkeys(known) for role, known in names.items()}


def _check_reference(draft: Draft, reference: Reference, known: Known, *, suggest: bool) -> Iterator[Problem]:
    name, role = reference.name, reference.role
    if name in known or name in draft.unread:
        return
    if role is Role.STAGE:
        yield from _check_stage(draft, reference, known)
    elif role is Role.CONDITION and name in NEEDED:
        message, hint = "{value} does not exist without {key}", "add {key}, or use another measure"
        yield problem("measure-missing", reference.place, message, hint, value=name, key=NEEDED[name])
    elif role is Role.GRADE:
        if not draft.root.entry("grades") or known:
            yield unknown_word(
                "unknown-grade", reference.place, "there is no grade {value}", name, known, suggest=suggest
            )
    elif role is Role.LEAF and any(one.node.id == name for one in draft.nodes):
        message, hint = "{value} has items, so no event can name it", "name one of its leaf items"
        yield problem("not-a-leaf", reference.place, message, hint, value=show(name))
    elif draft.nodes:
        message = "nothing in this scheme has the id {value}"
        titles = {one.node.title: one.node.id for one in draft.nodes if one.node.id in known} if suggest else None
        yield unknown_word("unknown-name", reference.place, message, name, known, suggest=suggest, titles=titles)


def _check_stage(draft: Draft, reference: Reference, known: Known) -> Iterator[Problem]:
    if known:
        stages = draft.scheme.review.stages if draft.scheme.review else ()
        titles = {title: stage for stage, title in stages}
        message = "there is no stage {value}"
        yield unknown_word("unknown-stage", reference.place, message, reference.name, known, titles=titles)
    elif not draft.root.entry("review"):
        message, hint = "there are no stages without review", "add review with its stages, or delete this key"
        yield problem("stage-without-review", reference.place, message, hint)


def _keys(draft: Draft, section: str) -> list[str]:
    entry = draft.root.entry(section)
    return [one.name for one in entry.value] if entry and isinstance(entry.value, Mapping) else []
