"""JSON Lines: one member (or row) a line, the same objects as in the JSON."""

from __future__ import annotations

from pointscli.model.tally import Tally
from pointscli.outputs.cells import escaped_json
from pointscli.outputs.json_format import member_lines, row_lines
from pointscli.outputs.look import Look
from pointscli.outputs.outcomes import Outcomes, outcomes_table
from pointscli.outputs.tables import Result


def render(result: Result, look: Look) -> str:
    """The members of a tally, or the rows of any other table."""
    match result:
        case Tally():
            lines = member_lines(result)
        case Outcomes():
            lines = row_lines(outcomes_table(result.tally, look.words, ids=True))
        case _:
            lines = row_lines(result)
    return "".join(escaped_json(line) + "\n" for line in lines)
