"""Points of range-priced items that are far above everything before them.

The rule: of at least 8 earlier values, of the member or of everyone, none reaches a third of this one. A mean would
be moved by the very slip that is looked for; the largest value so far is what a reader can look up.
"""

from __future__ import annotations

from pointscli.app.data_findings import event_place, event_title, first_of_records, record_of, warn_each
from pointscli.app.inputs import Inputs
from pointscli.model.problem import Problem, Severity
from pointscli.model.units import POINT
from pointscli.scheme.types import RangePrice, walk

ENOUGH = 8
TIMES = 3
Jump = tuple[int, int, bool]
"""How many values before, the largest of them, whether they are the member's own."""


def find_jumps(inputs: Inputs) -> list[Problem]:
    """Events whose points are more than three times the largest of at least eight earlier ones."""
    entries = inputs.events.entries
    ranged = _ranged_nodes(inputs)
    found = [
        entry
        for entry, (node, points) in enumerate(zip(entries.node, entries.points, strict=True))
        if points is not None and node in ranged
    ]
    found.sort(key=entries.place.__getitem__)
    history = _History()
    jumps: dict[int, Jump] = {}
    for entry in found:
        points = abs(entries.points[entry] or 0)
        if jump := history.take(entries.node[entry], entries.member[entry], points):
            jumps[entry] = jump
    return warn_each(first_of_records(inputs, list(jumps)), lambda entry: _warn(inputs, entry, jumps[entry]))


def _ranged_nodes(inputs: Inputs) -> set[int]:
    ranged = {
        (version, node.id)
        for version, scheme in enumerate(inputs.schemes)
        for node in walk(scheme.score)
        if isinstance(node.points, RangePrice)
    }
    items = (item for items in inputs.index.names.values() for item in items)
    return {item.node for item in items if (item.version, item.id) in ranged}


class _History:
    """Number and largest of the values so far: of an item, and of an item and member."""

    def __init__(self) -> None:
        self._seen: dict[tuple[int, int], tuple[int, int]] = {}

    def take(self, node: int, member: int, points: int) -> Jump | None:
        """Add a value; what it jumps above, everyone's values first."""
        jump: Jump | None = None
        for key in ((node, -1), (node, member)):
            count, largest = self._seen.get(key, (0, 0))
            if jump is None and count >= ENOUGH and points > TIMES * largest > 0:
                jump = (count, largest, key[1] == member)
            self._seen[key] = (count + 1, max(largest, points))
        return jump


def _warn(inputs: Inputs, entry: int, jump: Jump) -> Problem:
    entries = inputs.events.entries
    record = record_of(inputs, entry)
    count, largest, own = jump
    message = "{points} points for {item}: none of the {count} earlier ones has more than {largest}"
    if own:
        message = "{points} points for {item}: none of the {count} earlier ones of {member} has more than {largest}"
    args = (
        ("event", event_title(record)),
        ("points", record.cell("points").strip()),
        ("item", inputs.events.items[entry].title),
        ("count", str(count)),
        ("member", inputs.roster.title(entries.member[entry])),
        ("largest", f"{largest / POINT:g}"),
    )
    hint = "check {event} for a slip such as a lost decimal point; if it is right, leave it"
    return Problem("points-jump", event_place(record, "points"), message, hint, args, Severity.WARNING)
