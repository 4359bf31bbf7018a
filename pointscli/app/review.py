"""`points review`: decisions about events and nominations, made only where the rules allow them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from pointscli.app.inputs import Inputs
from pointscli.app.question import Note
from pointscli.app.review_events import EventSubjects
from pointscli.app.review_moves import Decision, Refusal, refuse, target_stage
from pointscli.app.review_nominations import NominationSubjects
from pointscli.app.review_rows import Decided, DecidedRows, iso, read_rows, unpriced
from pointscli.app.review_subjects import Subject
from pointscli.app.review_write import Row, render, target_file
from pointscli.app.workspace import Workspace
from pointscli.journal.append import Seen
from pointscli.journal.audit import Act, append_audited
from pointscli.model.names import stage_number
from pointscli.model.problem import FindingsError, Refused, UsageError


class RefusedDecisions(Refused):
    """Every decision of a command that is refused; none is written."""

    def __init__(self, refusals: Sequence[Refusal], count: int) -> None:
        """Keep them: first what was not found, then what must not be."""
        self.refusals = tuple(refusals)
        message = "refused: {refused} of {count}; nothing was written"
        super().__init__(message, refused=len(self.refusals), count=count)


@dataclass(frozen=True, slots=True)
class Move:
    """A decision that may be made: its row, and what to say about it."""

    row: Row
    title: str
    notes: tuple[Note, ...]
    """What was decided (`{title}` is in its args), and what it means."""


@dataclass(slots=True)
class Docket:
    """Everything that can be decided on in a workspace, and where it stands."""

    inputs: Inputs
    workspace: Workspace
    today: date
    read: tuple[Seen, ...] = ()
    """What the files looked like before they were read."""
    events: EventSubjects = field(init=False)
    nominations: NominationSubjects = field(init=False)
    _rows: DecidedRows = field(init=False)

    def __post_init__(self) -> None:
        """Replay the decisions; FindingsError if the review log has errors: nobody knows then where things stand."""
        logs = {self.workspace.shown(path) for path in self.workspace.reviews}
        wrong = [problem for problem in self.inputs.errors if problem.place.path.split("!")[0] in logs]
        if wrong or not self.inputs.whole:
            raise FindingsError(wrong or self.inputs.errors)
        self.events = EventSubjects(self.inputs)
        self.nominations = NominationSubjects(self.inputs, self.today, self.workspace.language)
        self._rows = DecidedRows(self.inputs, self.workspace)

    def find(self, texts: Sequence[str]) -> tuple[list[Subject], list[Refusal]]:
        """The subjects of these names, each once, and why others cannot be found."""
        subjects: list[Subject] = []
        refusals: list[Refusal] = []
        for text in dict.fromkeys(text.strip() for text in texts):
            found = self.events.find(text) if self.events.knows(text) else self.nominations.find(text)
            if isinstance(found, list):
                subjects += found
            else:
                refusals.append(found)
        return subjects, refusals

    def who(self, subject: Subject, number: int) -> Decided:
        """Who decided a row about a subject, and why."""
        return self._rows.about_nomination(number) if subject.period else self._rows.about_event(number)


def record(
    docket: Docket, decision: Decision, names: Sequence[str], to: Path | None, act: Act | None
) -> tuple[str, list[Move]]:
    """Decide, and append the rows (without an act: nothing); the file, and what was decided. The lock is held."""
    workspace = docket.workspace
    path = target_file(workspace, to)
    moves = decide(docket, decision, names)
    rows = render(workspace, path, [move.row for move in moves])
    if act is not None:
        append_audited(workspace.root, act, [rows], docket.read)
    return workspace.shown(path), moves


def decide(docket: Docket, decision: Decision, names: Sequence[str]) -> list[Move]:
    """The decision about each of these; RefusedDecisions if any is refused, with all that are."""
    if decision.day > docket.today:
        args = {"date": decision.day.isoformat(), "today": docket.today.isoformat()}
        raise Refused("the decision is dated {date}, after today ({today})", "correct the date with --date", **args)
    subjects, refusals = docket.find(names)
    _check_stage(decision, subjects)
    refusals += [found for subject in subjects if (found := refuse(subject, decision, docket.who))]
    if not refusals:
        refusals = _check_values(docket.inputs, decision, subjects)
    if refusals:
        raise RefusedDecisions(refusals, len(dict.fromkeys(names)))
    return [
        Move(row, same[0].title, tuple(note for one in same for note in _notes(docket, decision, one)))
        for row, same in _rows(decision, subjects)
    ]


def _check_stage(decision: Decision, subjects: Sequence[Subject]) -> None:
    """A stage that nothing here can have is a slip of the pen."""
    if decision.stage and subjects and all(stage_number(one.stages, decision.stage) is None for one in subjects):
        stages = {title: stage for one in subjects for stage, title in one.stages}
        known = ", ".join(f"{stage} {title}" for title, stage in stages.items()) or "-"
        raise UsageError("there is no stage {stage}", "the stages are: {known}", stage=decision.stage, known=known)


def _check_values(inputs: Inputs, decision: Decision, subjects: Sequence[Subject]) -> list[Refusal]:
    """What the decisions would leave without a price: the same findings as `check` would make of them."""
    if decision.kind not in ("amend", "approve"):
        return []
    rows = [(row, same) for row, same in _rows(decision, subjects) if not same[0].period]
    found = read_rows(inputs, [row.cells for row, _ in rows])
    if found.problems:
        first = found.problems[0]
        return [Refusal(first.message, first.hint, dict(first.args))]
    faults = unpriced(inputs, found)
    return [
        Refusal(problem.message, problem.hint, dict(problem.args), same[0].stand(), about=same[0].id)
        for _, same in rows
        for problem in faults.get(same[0].record, ())
    ]


def _rows(decision: Decision, subjects: Sequence[Subject]) -> list[tuple[Row, list[Subject]]]:
    """One row for each event or nomination, whatever schemes score its members."""
    by_name: dict[str, list[Subject]] = {}
    for subject in subjects:
        by_name.setdefault(subject.id, []).append(subject)
    return [(_row(decision, same), same) for same in by_name.values()]


def _row(decision: Decision, subjects: Sequence[Subject]) -> Row:
    first = subjects[0]
    target = target_stage(first, decision) if decision.kind == "approve" else None
    stage = ("", "") if target is None else first.stages[target]
    if any(tuple(one.stages) != tuple(first.stages) for one in subjects):
        stage = (decision.stage, decision.stage)  # each goes on in a chain of its own
    reached = first.state.stage
    is_next = target is None or reached is None or target == min(reached + 1, len(first.stages) - 1)
    cells = {
        "date": decision.day.isoformat(),
        "event": first.id,
        "decision": decision.kind,
        "stage": stage[0],
        "by": decision.by,
        "reason": decision.reason,
        **decision.values,
    }
    return Row(cells, stage, is_next)


def _notes(docket: Docket, decision: Decision, subject: Subject) -> list[Note]:
    """What was decided, and what it means."""
    old = subject.state
    state = replace(old)
    state.take(decision.kind, target_stage(subject, decision), len(subject.stages) - 1, decision.day.toordinal(), -1)
    now = replace(subject, state=state)
    title = ("title", subject.title)
    moved = (title, ("before", subject.reached), ("after", now.reached))
    match decision.kind:
        case "approve" if old.rejected is not None:
            notes = [Note("{title}: restored, {after}", moved) if now.reached else Note("{title}: restored", (title,))]
        case "approve":
            notes = [Note("{title}: {before} → {after}", moved)]
        case "reject":
            rejected = "{title}: {before} → rejected" if subject.reached else "{title}: rejected"
            notes = [Note(rejected, moved)]
        case "amend":
            notes = [Note("{title}: amended", (title,)), *_amendments(decision, subject)]
        case "object":
            notes = [Note("{title}: an objection is open", (title,))]
        case _:
            notes = [Note("{title}: the objection is dismissed, it stands as it was", (title,))]
    notes.append(now.effect())
    if decision.kind == "approve" and old.objected is not None:
        by, reason = docket.who(subject, old.objected)
        args = (("day", iso(old.opened)), ("by", by), ("reason", reason or "-"))
        notes.append(Note("an objection is still open, since {day}, by {by}: {reason}", args))
    return notes


def _amendments(decision: Decision, subject: Subject) -> list[Note]:
    templates = {
        "quantity": "quantity {before} → {after}",
        "level": "level {before} → {after}",
        "points": "points {before} → {after}",
    }
    return [
        Note(templates[name], (("before", subject.cells.get(name) or "-"), ("after", text)))
        for name, text in decision.values.items()
    ]
