"""The review log, replayed literally."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .model import text_of
from .periods import parse_day

WORDS = {"同意": "approve", "驳回": "reject", "更正": "amend", "异议": "object", "维持": "dismiss"}
KNOWN = ("approve", "reject", "amend", "object", "dismiss")
AMENDABLE = ("quantity", "level", "points")


@dataclass(frozen=True)
class Decision:
    """One row of the review log."""

    day: date
    target: str
    word: str
    stage: str
    cells: dict[str, str]


@dataclass
class Standing:
    """Where an event (or a nomination) stands."""

    stage: int
    rejected: bool = False
    objected: bool = False
    changes: dict[str, str] = field(default_factory=dict)


def read_decisions(rows: list[dict[str, Any]], errors: list[str]) -> list[Decision]:
    """The review log in file order."""
    found = []
    for place, row in enumerate(rows, 1):
        word = WORDS.get(text_of(row.get("decision")), text_of(row.get("decision")))
        if word not in KNOWN:
            errors.append(f"review {place}: unknown decision {word}")
            continue
        try:
            day = parse_day(row.get("date"))
        except ValueError as problem:
            errors.append(f"review {place}: {problem}")
            continue
        cells = {cell: text_of(row.get(cell)) for cell in AMENDABLE if text_of(row.get(cell))}
        found.append(Decision(day, text_of(row.get("event")), word, text_of(row.get("stage")), cells))
    return found


def replay(start: int, decisions: list[Decision], stages: list[str], errors: list[str]) -> Standing:
    """Apply the decisions about one event, one after the other."""
    standing = Standing(start)
    for decision in decisions:
        if decision.word == "approve":
            standing.rejected = False
            if not decision.stage:
                standing.stage = min(standing.stage + 1, max(len(stages) - 1, 0))
            elif decision.stage in stages:
                standing.stage = stages.index(decision.stage)
            else:
                errors.append(f"decision about {decision.target}: unknown stage {decision.stage}")
        elif decision.word == "reject":
            standing.rejected, standing.objected = True, False
        elif decision.word == "amend":
            standing.objected = False
            standing.changes.update(decision.cells)
        else:
            standing.objected = decision.word == "object"
    return standing
