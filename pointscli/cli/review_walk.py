"""Walks a clerk at a terminal through what waits: shows each with its evidence and asks what is decided."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from pointscli.cli.record_prompt import ask
from pointscli.cli.review_options import amendments
from pointscli.cli.world import World
from pointscli.model.problem import Refused, UsageError

if TYPE_CHECKING:
    from pointscli.app.review_moves import Decision
    from pointscli.app.review_subjects import Subject

ANSWERS = {
    **dict.fromkeys(("y", "yes", "同意"), "approve"),
    **dict.fromkeys(("n", "no", "驳回"), "reject"),
    **dict.fromkeys(("e", "amend", "更正"), "amend"),
    **dict.fromkeys(("", "s", "skip", "跳过"), "skip"),
    **dict.fromkeys(("q", "quit", "结束"), "quit"),
}
_SHOWN = {
    "level": "level: {text}",
    "quantity": "quantity: {text}",
    "points": "points: {text}",
    "reason": "reason: {text}",
    "evidence": "evidence: {text}",
    "by": "recorded by: {text}",
}
Decide = Callable[["Decision", str], None]
"""Writes one decision about one event; Refused if it must not be made."""


def walk(world: World, subjects: tuple[Subject, ...], decision: Decision, decide: Decide) -> None:
    """Ask about each; every decision is written at once, and a refused one is asked for again."""
    decided = 0
    for number, subject in enumerate(subjects, 1):
        world.say("{number} of {count}: {title}", number=number, count=len(subjects), title=subject.title)
        _show(world, subject)
        answer = _settle(world, subject, decision, decide)
        if answer == "quit":
            break
        decided += answer != "skip"
    world.say("decided: {decided} of {count}", decided=decided, count=len(subjects))


def _show(world: World, subject: Subject) -> None:
    for column, template in _SHOWN.items():
        if text := subject.cells.get(column):
            world.say("    " + world.translate(template).format(text=text))
    stage, following = subject.state.stage or 0, min((subject.state.stage or 0) + 1, len(subject.stages) - 1)
    names = {"stage": subject.stage_title(stage), "next": subject.stage_title(following)}
    world.say("    " + world.translate("stage: {stage}, next: {next}").format(**names))
    if subject.state.objected is not None:
        world.say("    " + world.translate("an objection is open"))


def _settle(world: World, subject: Subject, decision: Decision, decide: Decide) -> str:
    """Ask until something is decided, skipped or stopped; the end of the answers stops."""
    while True:
        try:
            kind = ANSWERS.get(ask(world, "y approve, n reject, e amend, Enter skip, q stop").casefold())
            if kind in ("skip", "quit"):
                return kind
            made = _complete(world, kind, decision) if kind else None
        except Refused:
            return "quit"
        except UsageError as error:
            world.say(error.message, **error.args_)
            continue
        if made is None:
            world.say("this cannot be read; once more, please")
            continue
        try:
            decide(made, subject.id)
        except Refused:
            continue
        return made.kind


def _complete(world: World, kind: str, decision: Decision) -> Decision | None:
    """The decision with what else it needs; None: no reason was given."""
    values = amendments([ask(world, "Values, such as points=3")]) if kind == "amend" else {}
    reason = "" if kind == "approve" else ask(world, "Reason")
    if kind != "approve" and not reason:
        return None
    return replace(decision, kind=kind, values=values, reason=reason)
