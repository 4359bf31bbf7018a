"""The events behind numbers: their rows as written, with what the decisions in the log made of them."""

from __future__ import annotations

from dataclasses import dataclass

from pointscli.app.inputs import Inputs
from pointscli.inputs.log_rows import Record
from pointscli.model.derivation import Source
from pointscli.model.log import EventLog
from pointscli.model.units import POINT, QUANTITY, exact


@dataclass(slots=True)
class _Decided:
    """Where the decisions so far leave an event."""

    stage: int | None
    objected: bool = False
    rejected: bool = False
    quantity: int | None = None
    level: int | None = None
    points: int | None = None


class Sources:
    """Finds the source of an entry; decisions are replayed once for all."""

    def __init__(self, inputs: Inputs, log: EventLog) -> None:
        """Replay the decisions that the computation used."""
        self.inputs, self.log = inputs, log
        self._levels = list(inputs.words.levels)
        self._decided: dict[int, _Decided] = {}
        decisions = log.decisions
        for number, entry in enumerate(decisions.entry):
            state = self._decided.setdefault(entry, _Decided(log.entries.stage[entry]))
            self._take(state, number, self._last_stage(entry))

    def of(self, entry: int) -> Source:
        """The source of an entry, with the values that hold now."""
        record = self.inputs.events.records[self.log.entries.record[entry]]
        state = self._decided.get(entry) or _Decided(self.log.entries.stage[entry])
        stages = self._stages(entry)
        return Source(
            event=record.cell("id").strip() or record.where,
            place=record.table.record_place(record.row),
            quantity=_amended(record, "quantity", state.quantity, QUANTITY),
            level=record.cell("level").strip() if state.level is None else self._levels[state.level],
            points=_amended(record, "points", state.points, POINT),
            matter=record.cell("matter").strip(),
            reason=record.cell("reason").strip(),
            evidence=record.cell("evidence").strip(),
            by=record.cell("by").strip(),
            stage=stages[state.stage][1] if stages and state.stage is not None else "",
            objected=state.objected,
        )

    def _take(self, state: _Decided, number: int, last: int | None) -> None:
        decisions = self.log.decisions
        match decisions.decision[number]:
            case "approve":
                state.rejected = False
                stage = decisions.stage[number]
                if last is not None:
                    state.stage = min((state.stage or 0) + 1, last) if stage is None else stage
            case "object":
                state.objected = True
            case "dismiss":
                state.objected = False
            case word:
                state.objected = False
                state.rejected = state.rejected or word == "reject"
                if word == "amend":
                    for name in ("quantity", "level", "points"):
                        value = getattr(decisions, name)[number]
                        if value is not None:
                            setattr(state, name, value)

    def _stages(self, entry: int) -> tuple[tuple[str, str], ...]:
        review = self.inputs.schemes[self.inputs.events.items[entry].version].review
        return review.stages if review else ()

    def _last_stage(self, entry: int) -> int | None:
        stages = self._stages(entry)
        return len(stages) - 1 if stages else None


def _amended(record: Record, column: str, units: int | None, one: int) -> str:
    """The cell's text, or the value that a decision put in its place."""
    return record.cell(column).strip() if units is None else format(exact(units * (POINT // one)), "f")
