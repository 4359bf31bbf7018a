"""Lists that take as many as there are: a bottom three of a group of three names everybody."""

from __future__ import annotations

from collections.abc import Iterator

from pointscli.app.inputs import Inputs
from pointscli.app.membership import accepts
from pointscli.inputs.roster_cells import cell_text
from pointscli.model.names import item_key
from pointscli.model.problem import Problem, Severity
from pointscli.scheme.result_types import Outcome, Places
from pointscli.scheme.types import Scheme


def find_oversized(inputs: Inputs) -> Iterator[Problem]:
    """One finding an outcome whose `top` or `bottom` is not smaller than the largest group it chooses from."""
    for scheme in inputs.schemes:
        for outcome in scheme.outcomes:
            places = outcome.top or outcome.bottom
            if places:
                yield from _oversized(outcome, places, _sizes(inputs, scheme, outcome))


def _sizes(inputs: Inputs, scheme: Scheme, outcome: Outcome) -> dict[str, int]:
    """Members by group whom the outcome may list, over all roster rows."""
    within = outcome.within if outcome.within is not None else scheme.ranking.within if scheme.ranking else ()
    ranked = scheme.ranking.only if scheme.ranking else ()
    groups: dict[str, set[int]] = {}
    for spell in inputs.roster.spells:
        if not spell.cells.get("exempt", "").strip() and all(
            accepts(rule, spell) for rule in (scheme.members, ranked, outcome.only)
        ):
            group = item_key(" ".join(cell_text(spell.cells, column) for column in within))
            groups.setdefault(group, set()).add(spell.member)
    return {group: len(members) for group, members in groups.items()}


def _oversized(outcome: Outcome, places: Places, sizes: dict[str, int]) -> Iterator[Problem]:
    named = {item_key(group): count for group, count in places.by_group}
    asked = {group: named.get(group, 0) if named else places.count or 0 for group in sizes}
    full = [group for group in sizes if 0 < sizes[group] <= asked[group]]
    if full and (named or len(full) == len(sizes)):
        group = max(full, key=lambda name: (sizes[name], name))
        yield Problem(
            "list-of-everybody",
            outcome.place,
            "the outcome {id} takes {count} of the {size} whom it may list: everybody",
            "lower top: or bottom:, or choose from a larger group",
            (("id", outcome.id), ("count", str(asked[group])), ("size", str(sizes[group]))),
            Severity.WARNING,
        )
