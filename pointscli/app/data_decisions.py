"""Decisions that go backwards: replayed literally all the same, but hardly what was meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pointscli.app.data_findings import event_place, event_title, record_of
from pointscli.app.inputs import Inputs, read_leniently
from pointscli.app.nominations import stages_of
from pointscli.app.workspace import Workspace
from pointscli.inputs.headers import REVIEWS
from pointscli.inputs.table import RawTable
from pointscli.model.names import stage_number
from pointscli.model.problem import Place, Problem, Severity
from pointscli.scheme.types import Scheme

_TEXTS = {
    "backward-stage": (
        "stage",
        "{event} goes back to the stage {stage}; it had reached {reached}",
        "correct the stage or the order of the rows; to undo a stage on purpose, leave it",
    ),
    "approval-after-rejection": (
        "decision",
        "{event} is approved after it was rejected; the approval restores it",
        "if that was decided, leave it; if not, delete one of the two",
    ),
    "second-objection": (
        "decision",
        "there is an open objection to {event} already",
        "close the first objection (dismiss, amend or reject) before this row, or delete this row",
    ),
    "needless-dismissal": (
        "decision",
        "there is no open objection to {event} to dismiss",
        "write the objection before it, or delete this row",
    ),
}
"""Name → column, message, hint."""


@dataclass(slots=True)
class _State:
    """Where the decisions so far leave an event or a nomination; `stage` None: no review."""

    stage: int | None
    rejected: bool = False
    objected: bool = False

    def take(self, decision: str, stage: int | None, last: int) -> str:
        """Replay a decision; the name of what is odd about it, or nothing."""
        odd = ""
        match decision:
            case "approve":
                reached = self.stage
                if reached is not None:
                    self.stage = min(reached + 1, last) if stage is None else stage
                    if self.stage < reached:
                        odd = "backward-stage"
                if self.rejected:
                    odd = odd or "approval-after-rejection"
                self.rejected = False
            case "object":
                odd, self.objected = "second-objection" if self.objected else "", True
            case "dismiss":
                odd, self.objected = "" if self.objected else "needless-dismissal", False
            case _:
                self.rejected, self.objected = self.rejected or decision == "reject", False
        return odd


def find_backward(inputs: Inputs, workspace: Workspace | None = None) -> list[Problem]:
    """Odd decisions, at their rows; without a workspace those about events stand at the event."""
    place = _Places(inputs, workspace)
    return [*_about_events(inputs, place), *_about_nominations(inputs)]


def _about_events(inputs: Inputs, place: Callable[[int, int, str], Place]) -> Iterator[Problem]:
    decisions, entries, versions = inputs.reviews.decisions, inputs.events.entries, inputs.index.versions
    states: dict[int, _State] = {}
    told: set[int] = set()
    rows = zip(decisions.entry, decisions.seq, decisions.decision, decisions.stage, strict=True)
    for entry, seq, decision, stage in rows:
        state = states.get(entry)
        if state is None:
            state = states[entry] = _State(entries.stage[entry])
        reached = state.stage
        ids = versions[inputs.events.items[entry].version].stage_ids
        odd = state.take(decision, stage, len(ids) - 1)
        if odd and seq not in told:
            told.add(seq)
            event = event_title(record_of(inputs, entry))
            yield _problem(odd, place(entry, seq, _TEXTS[odd][0]), event, ids, (state.stage, reached))


def _about_nominations(inputs: Inputs) -> Iterator[Problem]:
    states: dict[tuple[str, str, str, str], _State] = {}
    rows = zip(inputs.reviews.nominations, inputs.reviews.nomination_rows, strict=True)
    for decision, (table, row) in rows:
        key = (decision.scheme, decision.outcome, decision.period, decision.member)
        stages = _stages(inputs, decision.scheme, decision.outcome)
        stage = stage_number(stages, decision.stage) if decision.stage else None
        if stages and not (decision.stage and stage is None):
            state = states.setdefault(key, _State(0))
            reached = state.stage
            if odd := state.take(decision.decision, stage, len(stages) - 1):
                event = "/".join(key[1:])
                ids = tuple(stage for stage, _ in stages)
                yield _problem(odd, table.place(row, _TEXTS[odd][0]), event, ids, (state.stage, reached))


def _stages(inputs: Inputs, scheme_id: str, outcome_id: str) -> tuple[tuple[str, str], ...]:
    """The chain of a nomination; nothing if no scheme has the outcome, which is said elsewhere."""
    schemes: list[Scheme] = [scheme for scheme in inputs.schemes if scheme_id in ("", scheme.id)]
    found = ((scheme, one) for scheme in schemes for one in scheme.outcomes if one.id == outcome_id and one.confirm)
    return next((tuple(stages_of(scheme, one)) for scheme, one in found), ())


def _problem(
    name: str, place: Place, event: str, stages: tuple[str, ...], moved: tuple[int | None, int | None]
) -> Problem:
    stage, reached = ("" if number is None or not stages else stages[number] for number in moved)
    _, message, hint = _TEXTS[name]
    args = (("event", event), ("stage", stage), ("reached", reached))
    return Problem(name, place, message, hint, args, Severity.WARNING)


class _Places:
    """Where the row of a decision stands; the review log is read again when the first one is asked for."""

    def __init__(self, inputs: Inputs, workspace: Workspace | None) -> None:
        self._inputs, self._workspace = inputs, workspace
        self._tables: list[RawTable] | None = None

    def __call__(self, entry: int, seq: int, column: str) -> Place:
        """The place of a cell of the row with a number, counted through all tables."""
        if self._workspace is None:
            return event_place(record_of(self._inputs, entry), "id")
        if self._tables is None:
            read = (read_leniently(path, self._workspace.shown(path), REVIEWS)[0] for path in self._workspace.reviews)
            self._tables = [table for table in read if table is not None]
        for table in self._tables:
            if seq < len(table.rows):
                return table.place(seq, column)
            seq -= len(table.rows)
        return event_place(record_of(self._inputs, entry), "id")
