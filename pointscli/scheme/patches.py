"""One part of a change applied to the old version alone: what it does by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace

from pointscli.scheme.compare import OUTCOMES, Comparison
from pointscli.scheme.draft import RESERVED
from pointscli.scheme.renames import references
from pointscli.scheme.result_types import Outcome
from pointscli.scheme.types import Node, Scheme, walk

_FIELDS = {
    "max": ("bounds",),
    "min": ("bounds",),
    "shared": ("split",),
    "evidence": ("evidence_required",),
}
"""Keys of a node whose field is called otherwise."""
_TOP_FIELDS = {"scheme": ("id",), "effective": ("effective_from", "effective_to")}


def apply_part(comparison: Comparison, part: str) -> Scheme | None:
    """The old version with one part of the new one; None where that part cannot stand alone."""
    old, new = comparison.aligned, comparison.new.scheme
    owner, _, key = part.partition(".")
    if owner == OUTCOMES and key:
        found: Scheme | None = replace(old, outcomes=_with_outcome(old.outcomes, new.outcomes, key))
    elif not key:
        names = _TOP_FIELDS.get(owner, (owner,))
        found = replace(old, **{name: getattr(new, name) for name in names})
    else:
        root = _with_node(comparison, owner, key)
        found = replace(old, score=root) if root else None
    return found if found and _holds(found) else None


def _holds(scheme: Scheme) -> bool:
    """Whether everything that is referred to exists."""
    known = {node.id for node in walk(scheme.score)} | {one.id for one in scheme.derive} | set(RESERVED)
    stages = {stage for stage, _ in scheme.review.stages} if scheme.review else set()
    staged = {node.counts_from for node in walk(scheme.score) if node.counts_from}
    staged |= {one.confirm.at for one in scheme.outcomes if one.confirm and not one.confirm.stages}
    grades = {step.name for step in scheme.grades}
    graded = {condition.text for one in scheme.outcomes for condition in one.where if condition.text}
    return references(scheme) <= known and staged <= stages and graded <= grades and _rolls(scheme)


def _rolls(scheme: Scheme) -> bool:
    """Whether every longer period is made of one that there is."""
    kinds = {kind for kind, _ in scheme.rollup}
    longer = all(kind.size > (rollup.of or scheme.settle).size for kind, rollup in scheme.rollup)
    return longer and {rollup.of for _, rollup in scheme.rollup if rollup.of} <= kinds | {scheme.settle}


def _with_outcome(old: tuple[Outcome, ...], new: tuple[Outcome, ...], name: str) -> tuple[Outcome, ...]:
    theirs = next((one for one in new if one.id == name), None)
    if theirs is None:
        return tuple(one for one in old if one.id != name)
    if name not in {one.id for one in old}:
        return (*old, theirs)
    return tuple(theirs if one.id == name else one for one in old)


def _with_node(comparison: Comparison, name: str, key: str) -> Node | None:
    """The old tree with a node added, removed, moved, or with one of its settings as in the new one."""
    root = comparison.aligned.score
    if key == "removed":
        return _edit(root, name, lambda _: None)
    theirs = comparison.nodes[1][name]
    if key == "added":
        return _insert(root, comparison.above[1][name], theirs)
    if key == "moved":
        mine = comparison.nodes[0][name]
        target = comparison.above[1][name]
        if target in {node.id for node in walk(mine)}:
            return None
        left = _edit(root, name, lambda _: None)
        return _insert(left, target, mine) if left else None
    names = _FIELDS.get(key, (key,))
    known = {field.name for field in fields(Node)}
    values = {one: getattr(theirs, one) for one in names if one in known}
    return _edit(root, name, lambda node: replace(node, **values))


def _insert(root: Node, above: str, node: Node) -> Node | None:
    """The tree with a node as the last of a section; None if there is no such section."""
    if above not in {one.id for one in walk(root) if one.items}:
        return None
    return _edit(root, above, lambda section: replace(section, items=(*section.items, node)))


def _edit(node: Node, name: str, change: Callable[[Node], Node | None]) -> Node | None:
    """The tree with one node changed, or without it."""
    if node.id == name:
        return change(node)
    if not node.items:
        return node
    items = tuple(kept for child in node.items if (kept := _edit(child, name, change)))
    return replace(node, items=items) if items else None
