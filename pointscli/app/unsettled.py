"""What is not settled in a period: events that wait below the stage that counts, and open objections."""

from __future__ import annotations

from collections.abc import Iterator

from pointscli.app.inputs import Inputs
from pointscli.app.review_states import State, event_states, fresh_state
from pointscli.model.period import Period
from pointscli.model.problem import Refused
from pointscli.scheme.types import Scheme, walk

_SHOWN = 10


def refuse_unsettled(inputs: Inputs, scheme: str, period: Period) -> None:
    """Refuse with the events that wait or are under objection."""
    waiting, objected = [], []
    for entry, state in _states(inputs, scheme, period):
        if state.rejected is not None:
            continue
        record = inputs.events.records[inputs.events.entries.record[entry]]
        name = record.cell("id").strip() or record.where
        if state.objected is not None:
            objected.append(name)
        elif _waits(inputs, entry, state):
            waiting.append(name)
    if waiting or objected:
        names = list(dict.fromkeys([*objected, *waiting]))
        raise Refused(
            "{period} of {scheme} is not settled: {waiting} events wait, {objected} are under objection: {list}",
            "see points review --list; --anyway goes on as it stands",
            period=period.label,
            scheme=scheme,
            waiting=len(set(waiting)),
            objected=len(set(objected)),
            list=", ".join(names[:_SHOWN]) + (" …" if len(names) > _SHOWN else ""),
        )


def _states(inputs: Inputs, scheme: str, period: Period) -> Iterator[tuple[int, State]]:
    """Events of a scheme in a period, with where the decisions leave them."""
    decided, versions = event_states(inputs, inputs.reviews.decisions), inputs.index.versions
    months = range(period.first_month, period.first_month + period.kind.size)
    for entry, item in enumerate(inputs.events.items):
        if versions[item.version].scheme == scheme and inputs.events.entries.month[entry] in months:
            yield entry, decided.get(entry) or fresh_state(inputs, entry)


def _waits(inputs: Inputs, entry: int, state: State) -> bool:
    if state.stage is None:
        return False
    item = inputs.events.items[entry]
    return state.stage < _counting(inputs.schemes[item.version], item.id)


def _counting(scheme: Scheme, node_id: str) -> int:
    """The number of the stage from which events of an item count."""
    if scheme.review is None:
        return 0
    own = next((node.counts_from for node in walk(scheme.score) if node.id == node_id), None)
    return [stage for stage, _ in scheme.review.stages].index(own or scheme.review.counts_from)
