"""Items and levels of the rule files that the log never uses."""

from __future__ import annotations

from datetime import date

from pointscli.app.data_findings import listed
from pointscli.app.inputs import Inputs
from pointscli.model.names import item_key
from pointscli.model.problem import Problem, Severity
from pointscli.scheme.types import LevelPrice, Node, Scheme, walk


def find_unused(inputs: Inputs, today: date) -> list[Problem]:
    """For each version in force with a log: items without an event, and levels without one of items that have some."""
    entries = inputs.events.entries
    nodes = set(entries.node)
    levels = set(zip(entries.node, entries.level, strict=True))
    amended = inputs.reviews.decisions
    levels |= {(entries.node[e], level) for e, level in zip(amended.entry, amended.level, strict=True)}
    numbers = _node_numbers(inputs)
    seen = {inputs.index.versions[version].scheme for (version, _), node in numbers.items() if node in nodes}
    problems = []
    for version, scheme in enumerate(inputs.schemes):
        leaves = [(node, numbers[version, node.id]) for node in walk(scheme.score) if (version, node.id) in numbers]
        used = [(node, number) for node, number in leaves if number in nodes]
        if not nodes or scheme.effective_from > today or (not used and scheme.id in seen):
            continue
        missing = [node for node, number in leaves if number not in nodes and _is_for_events(node)]
        problems += _unused_items(scheme, missing)
        problems += _unused_levels(scheme, _missing_levels(inputs, used, levels))
    return problems


def _is_for_events(node: Node) -> bool:
    """Whether events of a leaf mean anything; one with only a grant needs none."""
    return node.points is not None or node.ceiling is not None


def _node_numbers(inputs: Inputs) -> dict[tuple[int, str], int]:
    """(version, id) of a leaf → its number in the log's columns."""
    return {(item.version, item.id): item.node for items in inputs.index.names.values() for item in items}


def _missing_levels(
    inputs: Inputs, used: list[tuple[Node, int]], levels: set[tuple[int, int | None]]
) -> list[tuple[Node, str]]:
    words = inputs.words.levels
    return [
        (node, level)
        for node, number in used
        if isinstance(node.points, LevelPrice)
        for level, _ in node.points.levels
        if (number, words.get(item_key(level), -1)) not in levels
    ]


def _unused_items(scheme: Scheme, unused: list[Node]) -> list[Problem]:
    if not unused:
        return []
    args = (
        ("count", str(len(unused))),
        ("scheme", scheme.id),
        ("items", listed([f"{node.id} {node.title}" for node in unused])),
    )
    message = "scheme {scheme} has items that the log never uses ({count}): {items}"
    hint = "if such events happened, look for them under another item; if not, leave it"
    return [Problem("unused-items", unused[0].place, message, hint, args, Severity.WARNING)]


def _unused_levels(scheme: Scheme, unused: list[tuple[Node, str]]) -> list[Problem]:
    if not unused:
        return []
    args = (
        ("count", str(len(unused))),
        ("scheme", scheme.id),
        ("levels", listed([f"{node.title} {level}" for node, level in unused])),
    )
    message = "scheme {scheme} has levels that the log never uses ({count}): {levels}"
    hint = "look whether these events stand under another level; if there were none, leave it"
    return [Problem("unused-levels", unused[0][0].place, message, hint, args, Severity.WARNING)]
