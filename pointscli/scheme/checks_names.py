"""Ids, titles and aliases: spelt well, and each the name of one thing only."""

from __future__ import annotations

from collections.abc import Iterator

from pointscli.model.names import item_key
from pointscli.model.problem import Place, Problem
from pointscli.scheme.draft import RESERVED, Draft, ReadNode
from pointscli.scheme.ids import check_id
from pointscli.scheme.reading import problem
from pointscli.scheme.tree import Entry, Listing, Mapping, Scalar, show


def check_node_ids(draft: Draft) -> Iterator[Problem]:
    """Ids of nodes are spelt well, not reserved, and unique in the whole scheme."""
    first: dict[str, Place] = {}
    for one in draft.nodes:
        if one.is_root:
            continue
        yield from _check_own_id(one.entry)
        earlier = first.setdefault(one.node.id, one.entry.place)
        if earlier is not one.entry.place:
            yield _clash(one.entry, earlier)


def check_result_ids(draft: Draft) -> Iterator[Problem]:
    """Ids of derived columns are those of nothing else; an outcome may be called like a node."""
    first = {one.node.id: one.entry.place for one in reversed(draft.nodes) if not one.is_root}
    for section in ("derive", "outcomes"):
        entry = draft.root.entry(section)
        for one in entry.value if entry and isinstance(entry.value, Mapping) else ():
            yield from _check_own_id(one)
            if section == "outcomes":
                continue
            earlier = first.setdefault(one.name, one.place)
            if earlier is not one.place:
                yield _clash(one, earlier)


def check_leaf_names(draft: Draft) -> Iterator[Problem]:
    """No title or alias of a leaf item is a name of another one: an event says either."""
    owners = {item_key(one.node.id): one for one in reversed(draft.leaves)}
    for one in draft.leaves:
        for name in _written_names(one):
            owner = owners.setdefault(item_key(name.text), one)
            if owner is not one:
                message = "the name {value} is also a name of {other} ({place})"
                hint = "events could mean either: give each leaf item titles and aliases of its own"
                place = f"{owner.entry.place.path}:{owner.entry.place.line}"
                args = {"value": show(name.text), "other": owner.node.id, "place": place}
                yield problem("duplicate-name", name.place, message, hint, **args)


def _check_own_id(entry: Entry) -> Iterator[Problem]:
    yield from check_id(entry.key)
    if entry.name in RESERVED:
        message, hint = "the id {value} is reserved", "choose another id; these are reserved: {reserved}"
        yield problem("reserved-id", entry.place, message, hint, value=entry.name, reserved=", ".join(RESERVED))


def _clash(entry: Entry, earlier: Place) -> Problem:
    message, hint = (
        "the id {value} is used already at {other}",
        "an id names one thing in the whole scheme: choose another",
    )
    other = f"{earlier.path}:{earlier.line}"
    return problem("duplicate-id", entry.place, message, hint, value=show(entry.name), other=other)


def _written_names(one: ReadNode) -> list[Scalar]:
    """Title and aliases as written."""
    found: list[Scalar] = []
    for key in ("title", "aliases"):
        entry = one.keys.entry(key)
        values = entry.value.items if entry and isinstance(entry.value, Listing) else (entry.value,) if entry else ()
        found += [value for value in values if isinstance(value, Scalar) and item_key(value.text)]
    return found
