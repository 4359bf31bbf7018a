"""What the spec calls an error in a scheme, as far as a tally meets it."""

from datetime import timedelta
from itertools import pairwise

from .model import Node, Version
from .periods import period_of

RESERVED = {"score", "rank", "grade", "stars", "earned", "all"}


def scheme_errors(versions: list[Version]) -> list[str]:
    """All errors of the versions of one scheme."""
    found = [reason for version in versions for reason in version_errors(version)]
    ordered = sorted(versions, key=lambda version: version.start)
    for first, second in pairwise(ordered):
        if first.end is None or first.end >= second.start:
            found.append(f"{first.id}: effective ranges overlap")
        if first.settle != second.settle:
            found.append(f"{first.id}: versions settle differently")
    return found


def version_errors(version: Version) -> list[str]:
    """The errors of one rule file."""
    found = []
    if period_of(version.start, version.settle).start != version.start:
        found.append(f"{version.id}: effective does not begin on a settlement boundary")
    if version.end is not None and period_of(version.end, version.settle).end != version.end:
        found.append(f"{version.id}: effective does not end on a settlement boundary")
    if version.end is not None and version.end + timedelta(days=1) <= version.start:
        found.append(f"{version.id}: effective ends before it begins")
    found += name_errors(version)
    for node in version.root.walk():
        found += node_errors(node, version)
    found += reference_errors(version)
    counted_from = (version.review or {}).get("counts_from")
    if counted_from is not None and counted_from not in version.stages:
        found.append(f"{version.id}: unknown stage {counted_from}")
    for name, outcome in version.outcomes.items():
        if outcome.get("top") is not None and outcome.get("bottom") is not None:
            found.append(f"outcome {name}: top with bottom")
        if outcome.get("confirm") is not None and version.review is None and not isinstance(outcome["confirm"], dict):
            found.append(f"outcome {name}: confirm needs review")
    return found


def reference_errors(version: Version) -> list[str]:
    """Node ids that ranking, derive and outcomes name, and the required `ties`."""
    ranking = version.ranking or {}
    found = [f"{version.id}: ranking needs ties"] if version.ranking and not ranking.get("ties") else []
    known = {node.id for node in version.root.walk()} | {"earned"}
    named = {rule.get("of") for rule in version.derive.values()}
    known |= set(version.derive)
    named |= set(ranking.get("tie_break") or [])
    for outcome in version.outcomes.values():
        where = outcome.get("where") or {}
        named |= {node for mapping in (where if isinstance(where, list) else [where]) for node in mapping}
        named |= {outcome.get("by") or "score"}
    return found + [f"unknown node {name}" for name in sorted(map(str, named - known - {"rank", "stars", "grade"}))]


def name_errors(version: Version) -> list[str]:
    """Ids unique in the scheme; names of leaf items too."""
    nodes = version.root.walk()[1:]
    ids = [node.id for node in nodes]
    names = [name for leaf in version.leaves() for name in {leaf.title, *leaf.aliases} if name]
    found = [f"id {name} is repeated" for name in sorted(set(ids)) if ids.count(name) > 1]
    found += [f"id {name} is reserved" for name in ids if name in RESERVED]
    return found + [f"name {name} is repeated" for name in sorted(set(names)) if names.count(name) > 1]


def node_errors(node: Node, version: Version) -> list[str]:
    """The errors of one node."""
    found = []
    if node.price and node.price.form == "total" and not any(key <= 0 for key, _ in node.price.table):
        found.append(f"{node.id}: total without a key at 0 or below")
    if node.ceiling and node.ceiling.of not in {other.id for other in version.root.walk()}:
        found.append(f"{node.id}: ceiling of an unknown node {node.ceiling.of}")
    if node.counts_from and node.counts_from not in version.stages:
        found.append(f"{node.id}: unknown stage {node.counts_from}")
    if node.items and node.combine != "sum":
        found += [f"{node.id}: {below.id} may not be bounded or combined" for below in busy_below(node, version)]
    return found


def busy_below(node: Node, version: Version) -> list[Node]:
    """Descendants that a combining section may not have."""
    capped = {leaf.ceiling.of for leaf in version.leaves() if leaf.ceiling}
    return [
        below
        for below in node.walk()[1:]
        if below.combine != "sum"
        or below.least
        or below.most
        or (below.price is not None and below.price.form == "count")
        or below.id in capped
    ]
