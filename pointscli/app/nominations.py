"""Nominations: an outcome with `confirm` lists only those whose nomination went through the stages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pointscli.app.inputs import Inputs
from pointscli.inputs.log_rows import Bad
from pointscli.model.log import NominationDecision
from pointscli.model.names import stage_number
from pointscli.model.period import Period, parse_period
from pointscli.model.problem import Problem
from pointscli.model.tally import Nominee
from pointscli.scheme.result_types import Outcome
from pointscli.scheme.types import Scheme

Stages = Sequence[tuple[str, str]]


@dataclass(slots=True)
class _State:
    """Where a nomination stands."""

    stage: int = 0
    rejected: bool = False
    objected: bool = False

    def take(self, decision: str, stage: int | None, last: int) -> None:
        """Replay one decision; an approval without a stage reaches the next one."""
        match decision:
            case "approve":
                self.stage = min(self.stage + 1, last) if stage is None else stage
                self.rejected = False
            case "reject":
                self.rejected, self.objected = True, False
            case "object":
                self.objected = True
            case _:
                self.objected = False


class Nominations:
    """The decisions about one period's nominations of one scheme."""

    def __init__(self, inputs: Inputs, scheme: Scheme, period: Period, as_of: date | None) -> None:
        """Keep the decisions dated on or before `as_of` (None: all)."""
        self.scheme, self.inputs = scheme, inputs
        last = as_of.toordinal() if as_of else date.max.toordinal()
        self.decisions = [
            decision
            for decision in inputs.reviews.nominations
            if decision.scheme in ("", scheme.id)
            and decision.day <= last
            and parse_period(decision.period) == period
            and _outcome(scheme, decision.outcome) is not None
        ]

    def settle(self, outcome: Outcome, members: Sequence[str]) -> tuple[frozenset[str], tuple[Nominee, ...]]:
        """Of those who meet an outcome: the confirmed, and the nominated that are still on their way."""
        if outcome.confirm is None:
            return frozenset(members), ()
        stages = stages_of(self.scheme, outcome)
        needed = stage_number(stages, outcome.confirm.at) or 0
        suspends = bool(self.scheme.review and self.scheme.review.suspends)
        confirmed, nominated = [], []
        for member in members:
            state = self._replay(outcome, member, stages)
            if state.rejected:
                continue
            if state.stage >= needed and not (state.objected and suspends):
                confirmed.append(member)
            else:
                nominated.append(Nominee(member, *stages[state.stage]))
        return frozenset(confirmed), tuple(nominated)

    def _replay(self, outcome: Outcome, member: str, stages: Stages) -> _State:
        state = _State()
        for decision in self.decisions:
            found = self.inputs.roster.find(decision.member)
            if decision.outcome == outcome.id and isinstance(found, int) and self._id(found) == member:
                stage = stage_number(stages, decision.stage) if decision.stage else None
                state.take(decision.decision, stage, len(stages) - 1)
        return state

    def _id(self, number: int) -> str:
        return self.inputs.roster.members[number].id


def stages_of(scheme: Scheme, outcome: Outcome) -> Stages:
    """The chain of a nomination: the outcome's own, or the review's."""
    if outcome.confirm and outcome.confirm.stages:
        return outcome.confirm.stages
    return scheme.review.stages if scheme.review else ()


def check_nominations(inputs: Inputs) -> list[Problem]:
    """Everything wrong in decisions about nominations."""
    problems = []
    for decision, (table, row) in zip(inputs.reviews.nominations, inputs.reviews.nomination_rows, strict=True):
        problems += [bad.at(table, row, column) for bad, column in _wrong(decision, inputs)]
    return problems


def _wrong(decision: NominationDecision, inputs: Inputs) -> Iterator[tuple[Bad, str]]:
    schemes = [scheme for scheme in inputs.schemes if decision.scheme in ("", scheme.id)]
    outcomes = [(scheme, found) for scheme in schemes if (found := _outcome(scheme, decision.outcome))]
    if not outcomes:
        known = sorted({one.id for scheme in inputs.schemes for one in scheme.outcomes if one.confirm})
        hint = "outcomes with confirm are: {known}"
        args = (("value", decision.outcome), ("known", ", ".join(known) or "-"))
        yield Bad("unknown-outcome", "{value} is not an outcome that needs confirming", hint, args), "event"
        return
    names = dict.fromkeys(scheme.id for scheme, _ in outcomes)
    if len(names) > 1:
        args = (("value", decision.outcome), ("schemes", ", ".join(names)))
        hint = "write SCHEME:OUTCOME/PERIOD/MEMBER; the schemes are: {schemes}"
        yield Bad("scheme-required", "several schemes have the outcome {value}", hint, args), "event"
    if parse_period(decision.period) is None:
        hint = "write it like 2021, 2021Q3 or 2021-07"
        yield Bad("bad-period", "{value} is not a period", hint, (("value", decision.period),)), "event"
    if not isinstance(inputs.roster.find(decision.member), int):
        hint = "write the member's id"
        yield (
            Bad("unknown-member", "no member has the id or name {value}", hint, (("value", decision.member),)),
            "event",
        )
    stages = stages_of(*outcomes[0])
    if decision.stage and stage_number(stages, decision.stage) is None:
        args = (("value", decision.stage), ("stages", ", ".join(f"{stage} {title}" for stage, title in stages)))
        yield Bad("unknown-stage", "the nomination has no stage {value}", "its stages are: {stages}", args), "stage"


def _outcome(scheme: Scheme, outcome_id: str) -> Outcome | None:
    return next((one for one in scheme.outcomes if one.id == outcome_id and one.confirm), None)
