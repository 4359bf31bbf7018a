"""Which decision may follow where an event or a nomination stands, and why another may not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from pointscli.app.question import Note
from pointscli.app.review_rows import Decided, iso
from pointscli.app.review_subjects import Subject
from pointscli.model.names import stage_number

Who = Callable[[Subject, int], Decided]
"""Who decided a row about a subject, and why."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided: `kind` is approve, reject, amend, object or dismiss; `stage` empty: the next one."""

    kind: str
    by: str
    day: date
    reason: str = ""
    stage: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    skip: bool = False
    restore: bool = False


class Refusal(NamedTuple):
    """Why a decision is refused: what is said, what to do, and where the event stands."""

    message: str
    hint: str
    args: dict[str, str]
    stand: Note | None = None
    about: str = ""
    """What it is about, where the message does not name it."""


def refuse(subject: Subject, decision: Decision, who: Who) -> Refusal | None:
    """Why the decision must not follow; None: it may."""
    found = _refuse_day(subject, decision) or _BY_KIND[decision.kind](subject, decision, who)
    return found._replace(stand=subject.stand()) if found else None


def target_stage(subject: Subject, decision: Decision) -> int | None:
    """The stage that an approval leads to; None: the subject has no such stage, or none at all."""
    reached = subject.state.stage
    if reached is None:
        return None
    if decision.stage:
        return stage_number(subject.stages, decision.stage)
    return min(reached + 1, len(subject.stages) - 1)


def _refuse_day(subject: Subject, decision: Decision) -> Refusal | None:
    day, state = decision.day.toordinal(), subject.state
    args = {"event": subject.id, "date": decision.day.isoformat(), "day": iso(subject.day), "last": iso(state.since)}
    if day < subject.day and subject.period:
        message = "{event}: its period ends on {day}, the decision is dated {date}"
        return Refusal(message, "nominations are decided on when the period is over; see --date", args)
    if day < subject.day:
        return Refusal("{event} is dated {day}, the decision {date}", "correct the date with --date", args)
    if state.decided and day < state.since:
        message = "the last decision about {event} is dated {last}, this one {date}"
        return Refusal(message, "decisions follow one another; correct the date with --date", args)
    return None


def _refuse_approval(subject: Subject, decision: Decision, who: Who) -> Refusal | None:
    state = subject.state
    if state.rejected is not None:
        if decision.restore:
            return _refuse_stage(subject, decision, restoring=True)
        return _rejected(subject, who, "if it is to count after all: --approve --restore")
    if decision.restore:
        args = {"event": subject.id}
        return Refusal("{event} was not rejected, so there is nothing to restore", "leave out --restore", args)
    if state.stage is None:
        args = {"event": subject.id, "scheme": subject.scheme}
        hint = "its events count without approval; reject, amend and object still apply"
        return Refusal("{event} needs no approval: scheme {scheme} has no review", hint, args)
    return _refuse_stage(subject, decision, restoring=False)


def _refuse_stage(subject: Subject, decision: Decision, *, restoring: bool) -> Refusal | None:
    """Steps back, steps in place and steps that leave a stage out."""
    reached, target = subject.state.stage, target_stage(subject, decision)
    known = ", ".join(f"{stage} {title}" for stage, title in subject.stages) or "-"
    args = {"event": subject.id, "reached": subject.reached, "stages": known}
    if target is None or reached is None:
        if restoring and not decision.stage:
            return None
        args |= {"stage": decision.stage}
        return Refusal("{event} has no stage {stage} to go through", "its stages are: {stages}", args)
    following = min(reached + 1, len(subject.stages) - 1)
    args |= {"stage": subject.stage_title(target), "next": subject.stage_title(following)}
    if target == reached and not restoring:
        return _refuse_standstill(subject, args)
    if target < reached:
        hint = "no approval is taken back by an earlier one; if it was wrong, reject it and say why"
        return Refusal("{event} has reached {reached}, and {stage} lies before that", hint, args)
    if target > reached + 1 and not decision.skip:
        args |= {"skipped": "、".join(title for _, title in subject.stages[reached + 1 : target])}
        hint = "approve it to {next} first, or skip on purpose with --skip-stages"
        return Refusal("{event} stands at {reached}: an approval to {stage} would skip {skipped}", hint, args)
    return None


def _refuse_standstill(subject: Subject, args: dict[str, str]) -> Refusal:
    if subject.is_final:
        return Refusal("{event} is at the last stage already: {reached}", "there is nothing left to approve", args)
    return Refusal("{event} is at the stage {reached} already", "the next one is {next}", args)


def _refuse_rejection(subject: Subject, decision: Decision, who: Who) -> Refusal | None:  # noqa: ARG001  (one form)
    return _rejected(subject, who, "there is nothing left to reject")


def _refuse_amendment(subject: Subject, decision: Decision, who: Who) -> Refusal | None:  # noqa: ARG001  (the same)
    if subject.period:
        message = "{event} is a nomination: it has no quantity, level or points"
        return Refusal(message, "approve or reject it", {"event": subject.id})
    return _rejected(subject, who, "restore it first: --approve --restore")


def _refuse_objection(subject: Subject, decision: Decision, who: Who) -> Refusal | None:  # noqa: ARG001  (the same)
    state = subject.state
    if state.objected is not None:
        by, reason = who(subject, state.objected)
        args = {"event": subject.id, "day": iso(state.opened), "by": by, "reason": reason or "-"}
        message = "an objection to {event} is open already, since {day}, by {by}: {reason}"
        return Refusal(message, "settle that one first: --dismiss, --amend or --reject", args)
    return _rejected(subject, who, "it does not count; if it should: --approve --restore")


def _refuse_dismissal(subject: Subject, decision: Decision, who: Who) -> Refusal | None:  # noqa: ARG001  (the same)
    if subject.state.objected is None:
        hint = "points review --list --objections shows those that are"
        return Refusal("no objection to {event} is open", hint, {"event": subject.id})
    return None


def _rejected(subject: Subject, who: Who, hint: str) -> Refusal | None:
    if subject.state.rejected is None:
        return None
    by, reason = who(subject, subject.state.rejected)
    args = {"event": subject.id, "by": by, "reason": reason or "-"}
    return Refusal("{event} is rejected already, by {by}: {reason}", hint, args)


_BY_KIND: dict[str, Callable[[Subject, Decision, Who], Refusal | None]] = {
    "approve": _refuse_approval,
    "reject": _refuse_rejection,
    "amend": _refuse_amendment,
    "object": _refuse_objection,
    "dismiss": _refuse_dismissal,
}
