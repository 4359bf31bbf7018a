"""Below a section that compares single postings, nothing may change them: no bounds, counts or further comparison."""

from __future__ import annotations

from collections.abc import Iterator

from pointscli.model.problem import Place, Problem
from pointscli.scheme.draft import Draft, ReadNode
from pointscli.scheme.reading import problem
from pointscli.scheme.types import CombineBy, CountPrice

HINT = "{section} compares single postings: put this key on {section} itself, or combine in {id} only"


def check_below_combine(draft: Draft) -> Iterator[Problem]:
    """No combine other than sum, no bounds and no count below such a section."""
    comparing = _comparing(draft)
    for one in draft.nodes:
        section = next((above for above in one.above if above in comparing), "")
        for key, place in _changing(one) if section else ():
            message = "{key} cannot stand below {section}, whose combine is {how}"
            args = {"key": key, "section": section, "how": comparing[section], "id": one.node.id}
            yield problem("below-combine", place, message, HINT, **args)


def check_ceilings_below_combine(draft: Draft) -> Iterator[Problem]:
    """No ceiling on a node below such a section."""
    comparing = _comparing(draft)
    above = {one.node.id: one.above for one in draft.nodes}
    for one in draft.leaves:
        of = one.node.ceiling.of if one.node.ceiling else ""
        section = next((name for name in above.get(of, ()) if name in comparing), "")
        if section:
            message = "a ceiling cannot bound {id} below {section}, whose combine is {how}"
            args = {"section": section, "how": comparing[section], "id": of}
            hint = "{section} compares single postings: let the ceiling bound {section} itself"
            yield problem("below-combine", one.place_of("ceiling", "of"), message, hint, **args)


def _comparing(draft: Draft) -> dict[str, str]:
    """Sections whose combine is not sum, with what it is."""
    combines = {one.node.id: one.node.combine.how for one in draft.nodes if one.is_section}
    return {name: how.value for name, how in combines.items() if how is not CombineBy.SUM}


def _changing(one: ReadNode) -> Iterator[tuple[str, Place]]:
    if one.node.combine.how is not CombineBy.SUM:
        yield "combine", one.place_of("combine")
    for key in ("max", "min"):
        if one.keys.entry(key):
            yield key, one.place_of(key)
    if isinstance(one.node.points, CountPrice):
        yield "count", one.place_of("points", "count")
