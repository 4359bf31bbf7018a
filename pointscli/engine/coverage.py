"""A computation that also notes which rows of the plan did something: for rule tests, not for tallies."""

from __future__ import annotations

from typing import NamedTuple

from pointscli.engine.run import Computation
from pointscli.model.log import EventLog
from pointscli.model.membership import Membership
from pointscli.model.plan import Plan

_BEFORE = {"slotted": "cover_slots", "combined": "cover_combined", "bounded": "cover_bounds"}
_AFTER = {"rolled": "cover_rolled"}


class Mark(NamedTuple):
    """Something that happened: what, to which node (or outcome, or version), window, further key, and which way."""

    what: str
    owner: int | None
    size: int | None
    key: str
    side: str


class ObservedComputation(Computation):
    """Notes marks between the stages; its results are the same."""

    def __init__(self, plan: Plan, membership: Membership, log: EventLog) -> None:
        """Load everything; small cases are quicker in one thread."""
        super().__init__(plan, membership, log, threads=1)
        self.marks: frozenset[Mark] = frozenset()

    def _pass(self, stage: str, table: str, **values: int) -> None:
        if stage in _BEFORE:
            self._set_pass(**values)
            self.db.append(_BEFORE[stage], into="covered")
        super()._pass(stage, table, **values)
        if stage in _AFTER:
            self.db.append(_AFTER[stage], into="covered")

    def _finish(self) -> None:
        for stage in ("cover_prices", "cover_results"):
            self.db.append(stage, into="covered")
        found = self.db.rows("select what, owner, size, key, side from covered where key is not null")
        self.marks = frozenset(Mark(*row) for row in found)  # type: ignore[arg-type]
        super()._finish()
