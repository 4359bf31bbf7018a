"""Whether a few new events can be priced: the engine's own stages over tables as small as they."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args, get_type_hints

from pointscli.app.inputs import Inputs
from pointscli.model.names import item_key
from pointscli.model.period import Period
from pointscli.model.plan import Plan, Tables
from pointscli.model.problem import Problem
from pointscli.model.units import QUANTITY, point_units
from pointscli.scheme.plan import Question, compile_plan
from pointscli.scheme.types import FixedPrice, LevelPrice, RangePrice, walk

if TYPE_CHECKING:
    from pointscli.engine.database import Database

_MOST_QUANTITY, _MOST_POINTS = 10**5 * QUANTITY, 10**4
"""Up to here no product is too large."""
_FEW = 20
_STAGES = ("leveled", "faults")
_TABLES = ("prices", "levels", "bands")


def find_price_faults(inputs: Inputs) -> list[Problem]:
    """A finding for each event that cannot be priced, as `check` finds it; no decisions, no roster."""
    count = len(inputs.events.entries)
    if count <= _FEW and all(_is_plainly_fine(inputs, entry) for entry in range(count)):
        return []
    from pointscli.engine.database import Database  # noqa: PLC0415  (it takes longer to load than to ask)

    scheme = inputs.schemes[0]
    period = Period.containing(scheme.settle, scheme.effective_from)
    plan = compile_plan(inputs.schemes, Question(scheme.id, period, period.end))
    database = Database()
    try:
        _load(database, plan, inputs)
        for stage in _STAGES:
            database.stage(stage)
        found = database.rows(f"select entry, reason from {_STAGES[-1]} order by entry")  # noqa: S608  (a constant)
    finally:
        database.close()
    from pointscli.app.faults import explain_faults  # noqa: PLC0415  (the same)
    from pointscli.engine.run import Fault  # noqa: PLC0415  (the same)

    records = inputs.events.entries.record
    faults = dict.fromkeys(Fault(records[entry], str(reason)) for entry, reason in found)
    return explain_faults(list(faults), inputs)


def _load(database: Database, plan: Plan, inputs: Inputs) -> None:
    hints = get_type_hints(Tables)
    for name in _TABLES:
        database.load_rows(name, get_args(hints[name])[0], getattr(plan.tables, name))
    levels = tuple(inputs.words.levels)
    database.load("level_names", {"level": ("bigint", range(len(levels))), "name": ("varchar", levels)})
    entries = inputs.events.entries
    columns = {name: ("bigint", getattr(entries, name)) for name in ("node", "quantity", "level", "points")}
    database.load(
        "decided",
        {
            "entry": ("bigint", range(len(entries))),
            **columns,
            "pending": ("boolean", _pending(plan, inputs)),
            "state": ("varchar", ["new"] * len(entries)),
        },
    )


def _pending(plan: Plan, inputs: Inputs) -> list[bool]:
    """Whether an event waits for a review, which may still supply what is missing."""
    counts_from = {row.node: row.counts_from for row in plan.tables.nodes}
    last = {row.version: row.last_stage for row in plan.tables.versions}
    return [
        stage is not None and min(stage, last[item.version] or 0) < (counts_from[node] or 0)
        for node, stage, item in zip(
            inputs.events.entries.node, inputs.events.entries.stage, inputs.events.items, strict=True
        )
    ]


def _is_plainly_fine(inputs: Inputs, entry: int) -> bool:
    """Whether an event needs no engine to see that it can be priced; where in doubt, it does."""
    entries, item = inputs.events.entries, inputs.events.items[entry]
    node = next(node for node in walk(inputs.schemes[item.version].score) if node.id == item.id)
    quantity, level, points = entries.quantity[entry], entries.level[entry], entries.points[entry]
    if not 0 <= quantity <= _MOST_QUANTITY or (node.each is not None and node.each < 1):
        return False
    match node.points:
        case FixedPrice(amount):
            return level is None and points is None and abs(amount) <= _MOST_POINTS
        case LevelPrice(levels):
            word = next((word for word, number in inputs.words.levels.items() if number == level), None)
            amounts = [amount for name, amount in levels if item_key(name) == word]
            return points is None and bool(amounts) and abs(amounts[0]) <= _MOST_POINTS
        case RangePrice(low, high, None):
            inside = points is not None and point_units(low) <= points <= point_units(high)
            return inside and level is None and quantity == QUANTITY
        case _:
            return False
