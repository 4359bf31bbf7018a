"""Stages that decide nothing."""

from __future__ import annotations

from collections.abc import Iterator

from pointscli.model.problem import Problem
from pointscli.scheme.lint_subject import Subject, warn
from pointscli.scheme.result_types import Outcome
from pointscli.scheme.tree import Mapping


def lint_confirm(subject: Subject) -> Iterator[Problem]:
    """A nomination begins at the first stage: confirming it there asks nothing, and later stages of its own neither."""
    for outcome in subject.scheme.outcomes:
        stages = _stages(subject, outcome)
        if outcome.confirm is None or not stages:
            continue
        number = stages.index(outcome.confirm.at) if outcome.confirm.at in stages else 0
        keys = subject.root.last("outcomes", outcome.id, "confirm", "at")
        if number == 0 and len(stages) > 1:
            message = "confirm at the first stage {stage} asks nothing: every nomination begins there"
            hint = "name the stage that a nomination must reach, or delete confirm"
            at = keys.value if keys and not isinstance(keys.value, Mapping) else subject.root
            yield warn("confirm-at-first", at, message, hint, stage=outcome.confirm.at)
        elif outcome.confirm.stages and number < len(stages) - 1:
            entries = list(subject.entries("outcomes", outcome.id, "confirm", "stages"))
            message = "the stage {stage} is never needed: {id} is confirmed at {at} before"
            hint = "name the last stage after at, or delete the stages behind it"
            args = {"stage": stages[number + 1], "id": outcome.id, "at": outcome.confirm.at}
            yield warn("stage-never-needed", entries[number + 1], message, hint, **args)


def lint_review(subject: Subject) -> Iterator[Problem]:
    """Every event counts at once and an objection changes nothing: the review has no effect."""
    review = subject.scheme.review
    if review is None or review.suspends or len(review.stages) < 2:  # noqa: PLR2004  (a chain)
        return
    used = {one.node.counts_from for one in subject.leaves if one.node.counts_from}
    used.add(review.counts_from)
    used |= {outcome.confirm.at for outcome in subject.scheme.outcomes if outcome.confirm}
    if used == {review.stages[0][0]}:
        entry = subject.root.last("review", "counts_from")
        message = "review decides nothing: every event counts from the first stage {stage}"
        hint = "name the stage from which an event counts, or write objection: suspended"
        yield warn("review-idle", entry.value if entry else subject.root, message, hint, stage=review.stages[0][0])


def _stages(subject: Subject, outcome: Outcome) -> list[str]:
    """The stages through which a nomination goes."""
    review = subject.scheme.review
    chain = outcome.confirm.stages if outcome.confirm and outcome.confirm.stages else review.stages if review else ()
    return [stage for stage, _ in chain]
