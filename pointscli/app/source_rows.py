"""The events behind numbers: their rows as written, with what the decisions in the log made of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from pointscli.app.inputs import Inputs
from pointscli.inputs.log_rows import Record
from pointscli.model.derivation import Ruling, Source
from pointscli.model.log import EventLog
from pointscli.model.units import POINT, QUANTITY, exact

_COLUMNS = ("quantity", "level", "points")
"""What a decision may amend."""


@dataclass(slots=True)
class _Decided:
    """Where the decisions so far leave an event."""

    stage: int | None
    cells: dict[str, str]
    objected: bool = False
    rulings: list[Ruling] = field(default_factory=list)


class Sources:
    """Finds the source of an entry; its decisions are replayed when it is asked for."""

    def __init__(self, inputs: Inputs, log: EventLog) -> None:
        """Keep which decisions the computation used about which entry."""
        self.inputs, self.log = inputs, log
        self._levels = list(inputs.words.levels)
        self._about: dict[int, list[int]] = {}
        for number, entry in enumerate(log.decisions.entry):
            self._about.setdefault(entry, []).append(number)

    def of(self, entry: int) -> Source:
        """The source of an entry, with the values that hold now."""
        record = self.inputs.events.records[self.log.entries.record[entry]]
        cells = {column: record.cell(column).strip() for column in _COLUMNS}
        state = _Decided(self.log.entries.stage[entry], cells)
        for number in self._about.get(entry, ()):
            self._take(state, number, entry)
        stages = self._stages(entry)
        return Source(
            event=record.cell("id").strip() or record.where,
            place=record.table.record_place(record.row),
            quantity=cells["quantity"],
            level=cells["level"],
            points=cells["points"],
            matter=record.cell("matter").strip(),
            reason=record.cell("reason").strip(),
            evidence=record.cell("evidence").strip(),
            by=record.cell("by").strip(),
            stage=stages[state.stage][1] if stages and state.stage is not None else "",
            objected=state.objected,
            rulings=tuple(state.rulings),
        )

    def _take(self, state: _Decided, number: int, entry: int) -> None:
        decisions, stages = self.log.decisions, self._stages(entry)
        word, reached, amended = decisions.decision[number], "", []
        match word:
            case "approve":
                if stages:
                    stage = decisions.stage[number]
                    state.stage = min((state.stage or 0) + 1, len(stages) - 1) if stage is None else stage
                    reached = stages[state.stage][1]
            case "object":
                state.objected = True
            case "dismiss":
                state.objected = False
            case _:
                state.objected = False
                amended = self._amend(state, number) if word == "amend" else []
        table, row = self.inputs.reviews.rows[decisions.seq[number]]
        written = Record(table, row)
        state.rulings.append(
            Ruling(
                date=date.fromordinal(decisions.day[number]),
                decision=word,  # type: ignore[arg-type]
                stage=reached,
                amended=tuple(amended),
                by=written.cell("by").strip(),
                reason=written.cell("reason").strip(),
                place=table.record_place(row),
            )
        )

    def _amend(self, state: _Decided, number: int) -> list[tuple[str, str, str]]:
        """Put the decision's cells in place of the event's; what each was before."""
        decisions = self.log.decisions
        quantity, level, points = decisions.quantity[number], decisions.level[number], decisions.points[number]
        new = {
            "quantity": "" if quantity is None else format(exact(quantity * (POINT // QUANTITY)), "f"),
            "level": "" if level is None else self._levels[level],
            "points": "" if points is None else format(exact(points), "f"),
        }
        changed = [(column, state.cells[column], text) for column, text in new.items() if text]
        state.cells.update({column: text for column, text in new.items() if text})
        return changed

    def _stages(self, entry: int) -> tuple[tuple[str, str], ...]:
        review = self.inputs.schemes[self.inputs.events.items[entry].version].review
        return review.stages if review else ()
