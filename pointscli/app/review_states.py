"""Where the decisions so far leave an event or a nomination: its stage, rejected, objected to, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pointscli.app.inputs import Inputs
from pointscli.app.nominations import stages_of
from pointscli.model.log import DAY_PLACES, Decisions
from pointscli.model.names import stage_number
from pointscli.model.period import Period, parse_period
from pointscli.scheme.plan import version_at_end
from pointscli.scheme.result_types import Outcome
from pointscli.scheme.types import Scheme

Named = tuple[str, str, Period, int]
"""A nomination: scheme, outcome, period, number of the member."""


@dataclass(slots=True)
class State:
    """`stage` None: no review. `rejected` and `objected` are the numbers of the rows that did it, None: nobody did."""

    stage: int | None
    since: int
    """Day (ordinal) of the last decision, or of the event itself."""
    rejected: int | None = None
    objected: int | None = None
    opened: int = 0
    """Day of the open objection."""
    decided: bool = False
    """Whether there is any decision."""

    def take(self, decision: str, stage: int | None, last: int, day: int, row: int) -> None:
        """Replay one decision literally; an approval without a stage reaches the next one."""
        match decision:
            case "approve":
                if self.stage is not None:
                    self.stage = min(self.stage + 1, last) if stage is None else stage
                self.rejected = None
            case "object":
                if self.objected is None:
                    self.objected, self.opened = row, day
            case "dismiss":
                self.objected = None
            case _:
                self.rejected = row if decision == "reject" else self.rejected
                self.objected = None
        self.since, self.decided = day, True


def event_states(inputs: Inputs, decisions: Decisions) -> dict[int, State]:
    """The state of every entry that a decision speaks of; `rejected` and `objected` count rows through all files."""
    versions = inputs.index.versions
    states: dict[int, State] = {}
    rows = zip(decisions.entry, decisions.seq, decisions.day, decisions.decision, decisions.stage, strict=True)
    for entry, seq, day, decision, stage in rows:
        state = states.get(entry)
        if state is None:
            state = states[entry] = fresh_state(inputs, entry)
        last = len(versions[inputs.events.items[entry].version].stage_ids) - 1
        state.take(decision, stage, last, day, seq)
    return states


def fresh_state(inputs: Inputs, entry: int) -> State:
    """The state of an entry that nobody has decided on."""
    entries = inputs.events.entries
    return State(entries.stage[entry], entries.place[entry] // DAY_PLACES)


def nomination_states(inputs: Inputs, as_of: date | None = None) -> dict[Named, State]:
    """The state of every nomination that a decision (dated on or before) speaks of; rows are of `nomination_rows`."""
    states: dict[Named, State] = {}
    last = (as_of or date.max).toordinal()
    for number, decision in enumerate(inputs.reviews.nominations):
        if decision.day > last:
            continue
        period, member = parse_period(decision.period), inputs.roster.find(decision.member)
        found = confirmed_outcome(inputs, decision.scheme, decision.outcome, period) if period else None
        if found is None or period is None or not isinstance(member, int):
            continue  # `check_nominations` says so
        stages = stages_of(*found)
        stage = stage_number(stages, decision.stage) if decision.stage else None
        key = (found[0].id, decision.outcome, period, member)
        state = states.setdefault(key, State(0, period.end.toordinal()))
        state.take(decision.decision, stage, len(stages) - 1, decision.day, number)
    return states


def confirmed_outcome(inputs: Inputs, scheme_id: str, outcome_id: str, period: Period) -> tuple[Scheme, Outcome] | None:
    """The version in force at a period's end that has an outcome with `confirm` (scheme empty: whichever has it)."""
    for name in dict.fromkeys(scheme.id for scheme in inputs.schemes if scheme_id in ("", scheme.id)):
        if any(is_in_force(scheme, period) for scheme in inputs.schemes if scheme.id == name):
            _, scheme = version_at_end(inputs.schemes, name, period)
            for one in scheme.outcomes:
                if one.id == outcome_id and one.confirm:
                    return scheme, one
    return None


def is_in_force(scheme: Scheme, period: Period) -> bool:
    """Whether a version holds on any day of a period."""
    return scheme.effective_from <= period.end and (scheme.effective_to is None or scheme.effective_to >= period.start)
