"""Any result → one table, for the formats that hold a single one."""

from __future__ import annotations

from pointscli.model.table import Table
from pointscli.model.tally import Tally
from pointscli.outputs.look import Look
from pointscli.outputs.outcomes import Outcomes, outcomes_table
from pointscli.outputs.ranking import ranking_table

Result = Tally | Outcomes | Table
"""What a writer can be given."""


def table_of(result: Result, look: Look) -> Table:
    """The table of a result, with every column."""
    match result:
        case Tally():
            return ranking_table(result, look.words, ids=look.ids)
        case Outcomes():
            return outcomes_table(result.tally, look.words, ids=look.ids)
        case Table():
            return result
