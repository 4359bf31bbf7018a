"""What a decision is about: an event (under one scheme) or a nomination, with its chain and where it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pointscli.app.question import Note
from pointscli.app.review_states import State
from pointscli.model.period import Period

MOST = 3
"""So many names of an event are told, then how many there are."""
Stages = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Subject:
    """An event for the members that one scheme scores, or a nomination."""

    id: str
    """As decisions name it."""
    scheme: str
    members: tuple[int, ...]
    names: tuple[str, ...]
    what: str
    """Title of the item or the outcome."""
    day: int
    """Day of the event, or the last day of the nomination's period."""
    stages: Stages
    counts_from: int
    suspends: bool
    state: State
    period: Period | None = None
    """Of a nomination; None: an event."""
    entry: int = -1
    """The first entry of an event."""
    record: int = -1
    cells: Mapping[str, str] = field(default_factory=dict)
    """Of an event: quantity, level, points (as amended), reason, evidence, by."""

    @property
    def title(self) -> str:
        """`E17 张三 2021-07-05 志愿服务`, for messages."""
        when = self.period.label if self.period else date.fromordinal(self.day).isoformat()
        return " ".join((self.id, named(self.names, "、"), when, self.what))

    @property
    def reached(self) -> str:
        """Title of the stage that it stands at; empty without a review."""
        return self.stage_title(self.state.stage)

    @property
    def is_final(self) -> bool:
        """Whether it has reached the last stage, or has none to go through."""
        return self.state.stage is None or self.state.stage >= len(self.stages) - 1

    @property
    def waits(self) -> bool:
        """Whether an approval is to come."""
        return not self.is_final and self.state.rejected is None

    def stage_title(self, stage: int | None) -> str:
        """Printed name of a stage."""
        return self.stages[stage][1] if stage is not None and self.stages else ""

    @property
    def counts(self) -> bool:
        """Whether it counts, or is confirmed, as it stands."""
        state = self.state
        is_there = state.stage is None or state.stage >= self.counts_from
        return is_there and state.rejected is None and not (state.objected is not None and self.suspends)

    def effect(self) -> Note:
        """Whether it counts as it stands."""
        state, nominated = self.state, self.period is not None
        if state.rejected is not None:
            return Note("is not confirmed") if nominated else Note("does not count")
        if state.stage is not None and state.stage < self.counts_from:
            args = (("stage", self.stage_title(self.counts_from)),)
            return Note("confirmed from {stage} on: not yet" if nominated else "counts from {stage} on: not yet", args)
        if not self.counts:
            return Note("does not count while the objection is open")
        return Note("confirmed: it stands on the list") if nominated else Note("counts")

    def stand(self) -> Note | None:
        """Where it stands, for a refusal; nothing to say without a review."""
        if not self.stages:
            return None
        template = "present stage: {stage}" if self.state.rejected is None else "present stage: {stage} (rejected)"
        return Note(template, (("stage", self.reached),))


def named(names: Sequence[str], separator: str) -> str:
    """Names in a line for people: the first ones, and how many there are."""
    told = separator.join(names[:MOST])
    return told if len(names) <= MOST else f"{told}… ({len(names)})"
