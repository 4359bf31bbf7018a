"""Nodes that changed their ids between two versions, and the older version written with the new ids."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from pointscli.model.names import item_key
from pointscli.scheme.result_types import Outcome
from pointscli.scheme.types import Node, Scheme, walk

Renames = Mapping[str, str]
"""Old id → new id."""


def find_renames(old: Scheme, new: Scheme) -> dict[str, str]:
    """Nodes with another id that are the same by title or, under the same parent, by everything they say."""
    gone = {node.id: node for node in walk(old.score)}
    come = {node.id: node for node in walk(new.score)}
    removed = [node for name, node in gone.items() if name not in come]
    added = [node for name, node in come.items() if name not in gone]
    above_old, above_new = parents(old.score), parents(new.score)
    found: dict[str, str] = {}
    for same in (_same_title, _same_content):
        for node in removed:
            fitting = [
                other
                for other in added
                if node.is_leaf == other.is_leaf and other.id not in found.values() and same(node, other)
            ]
            near = [
                other for other in fitting if above_new[other.id] in (above_old[node.id], found.get(above_old[node.id]))
            ]
            if node.id not in found and len(near or fitting) == 1 and (near or same is _same_title):
                found[node.id] = (near or fitting)[0].id
    return found


def parents(root: Node) -> dict[str, str]:
    """Id of a node → id of what it stands in; the root's is empty."""
    return {root.id: ""} | {child.id: node.id for node in walk(root) for child in node.items}


def rename(scheme: Scheme, renames: Renames) -> Scheme:
    """The same scheme with other ids, wherever they stand."""
    if not renames:
        return scheme

    def named(name: str) -> str:
        return renames.get(name, name)

    ranking, redemption, carry = scheme.ranking, scheme.redemption, scheme.carry
    return replace(
        scheme,
        score=_rename_node(scheme.score, named),
        ranking=ranking and replace(ranking, tie_break=tuple(map(named, ranking.tie_break))),
        derive=tuple(replace(one, of=named(one.of)) for one in scheme.derive),
        outcomes=tuple(_rename_outcome(one, named) for one in scheme.outcomes),
        redemption=redemption and replace(redemption, from_=tuple(map(named, redemption.from_))),
        carry=carry and replace(carry, into=named(carry.into)),
    )


def references(scheme: Scheme) -> set[str]:
    """Every id of a node that something in the scheme refers to."""
    found = {node.ceiling.of for node in walk(scheme.score) if node.ceiling}
    found |= {one.of for one in scheme.derive}
    for outcome in scheme.outcomes:
        found |= {outcome.by, *outcome.excepts, *(condition.measure for condition in outcome.where)}
    if scheme.ranking:
        found |= set(scheme.ranking.tie_break)
    if scheme.redemption:
        found |= set(scheme.redemption.from_)
    return found | ({scheme.carry.into} if scheme.carry else set())


def _same_title(one: Node, other: Node) -> bool:
    return item_key(one.title) == item_key(other.title)


def _same_content(one: Node, other: Node) -> bool:
    return one.is_leaf and replace(one, id=other.id, title=other.title, place=other.place) == other


def _rename_node(node: Node, named: Callable[[str], str]) -> Node:
    return replace(
        node,
        id=named(node.id),
        items=tuple(_rename_node(child, named) for child in node.items),
        ceiling=node.ceiling and replace(node.ceiling, of=named(node.ceiling.of)),
    )


def _rename_outcome(outcome: Outcome, named: Callable[[str], str]) -> Outcome:
    return replace(
        outcome,
        by=named(outcome.by),
        excepts=tuple(map(named, outcome.excepts)),
        where=tuple(replace(one, measure=named(one.measure)) for one in outcome.where),
    )
