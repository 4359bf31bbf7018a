"""Amounts in the review log beside a decision that does not use them: only an amendment does."""

from __future__ import annotations

from collections.abc import Iterator

from pointscli.app.inputs import Inputs
from pointscli.inputs.reviews import DECISIONS
from pointscli.inputs.table import RawTable
from pointscli.model.names import item_key
from pointscli.model.problem import Problem, Severity

_AMOUNTS = ("quantity", "level", "points")
_MESSAGE = "{decision} does not use the {column} {value}: it changes nothing"
_HINT = "if the amount is to change, write amend (更正) in a row of its own; if not, empty the cell"


def find_unused_cells(inputs: Inputs) -> Iterator[Problem]:
    """One finding for each such cell; one that repeats what the event says is only a copy."""
    for table, number in inputs.reviews.rows:
        written = _cell(table, number, "decision")
        decision = DECISIONS.get(item_key(written).lower())
        if decision in (None, "amend"):
            continue
        for column in _AMOUNTS:
            value = _cell(table, number, column)
            if value and value != _own(inputs, table, number, column):
                args = (("decision", written), ("column", column), ("value", value))
                at = table.place(number, column)
                yield Problem("unused-decision-cell", at, _MESSAGE, _HINT, args, Severity.WARNING)


def _cell(table: RawTable, number: int, column: str) -> str:
    place = table.index(column)
    return "" if place is None else table.rows[number][place].strip()


def _own(inputs: Inputs, table: RawTable, number: int, column: str) -> str:
    """What the event itself has in that column."""
    record = inputs.events.ids.get(_cell(table, number, "event"), -1)
    return inputs.events.records[record].cell(column).strip() if record >= 0 else ""
