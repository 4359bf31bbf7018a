"""Which events and nominations wait, narrowed by stage, branch, member, scheme and period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pointscli.app.data_findings import listed
from pointscli.app.inputs import Inputs
from pointscli.app.question import Note
from pointscli.app.review import Docket
from pointscli.app.review_moves import Decision
from pointscli.app.review_subjects import Subject
from pointscli.inputs.roster import Spell
from pointscli.inputs.roster_cells import allowed_values, cell_text, cell_values
from pointscli.model.names import stage_number
from pointscli.model.period import Period
from pointscli.model.problem import FindingsError, Refused, UsageError

BRANCH = "branch"


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked for; empty: all."""

    stage: str = ""
    scheme: str = ""
    branches: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Selection:
    """What was found, and whether nominations could be looked at."""

    subjects: tuple[Subject, ...]
    without_nominations: bool = False
    """The files have errors, so that nobody knows who is nominated."""


def select(docket: Docket, filters: Filters, *, objections: bool = False) -> Selection:
    """What waits for an approval, or what an objection is open against: by stage, since when, name."""
    _check(docket, filters)
    chosen = _Chosen(docket.inputs, filters)
    events = docket.events.objected() if objections else docket.events.waiting()
    found = [subject for subject in events if chosen.holds(subject)]
    without = False
    if _may_be_nominations(docket, filters):
        try:
            found += filter(chosen.holds, _nominations(docket, filters, objections=objections))
        except FindingsError:
            without = True
    return Selection(tuple(sorted(found, key=_order)), without)


def _order(subject: Subject) -> tuple[bool, str, int, int, str]:
    return subject.period is not None, subject.scheme, subject.state.stage or 0, subject.state.since, subject.id


def _nominations(docket: Docket, filters: Filters, *, objections: bool) -> Iterator[Subject]:
    found = docket.nominations
    return found.objected(filters.period) if objections else found.waiting(filters.period)


def _may_be_nominations(docket: Docket, filters: Filters) -> bool:
    """Whether a chain of nominations has the stage asked for: a tally for each period is worth asking first."""
    chains = list(docket.nominations.chains())
    return any(not filters.stage or stage_number(chain, filters.stage) is not None for chain in chains)


class _Chosen:
    """Which subjects the filters leave."""

    def __init__(self, inputs: Inputs, filters: Filters) -> None:
        self._inputs, self._filters = inputs, filters
        self._members = frozenset(_member(inputs, text) for text in filters.members)
        self._branches = allowed_values(BRANCH, filters.branches)
        self._spells: dict[int, list[Spell]] = {}
        for spell in inputs.roster.spells:
            self._spells.setdefault(spell.member, []).append(spell)

    def holds(self, subject: Subject) -> bool:
        """Whether a subject is asked for."""
        asked = self._filters
        day = date.fromordinal(subject.day)
        return (
            (not asked.stage or stage_number(subject.stages, asked.stage) == subject.state.stage is not None)
            and asked.scheme in ("", subject.scheme)
            and (asked.period is None or asked.period.start <= day <= asked.period.end)
            and (not asked.members or not self._members.isdisjoint(subject.members))
            and (not asked.branches or any(self._is_in_branch(member, day) for member in subject.members))
        )

    def _is_in_branch(self, member: int, day: date) -> bool:
        spell = spell_on(self._spells[member], day)
        return not cell_values(spell.cells, BRANCH).isdisjoint(self._branches)


def spell_on(spells: Sequence[Spell], day: date) -> Spell:
    """The roster row of a member that is in force on a day, else the last one."""
    return next((spell for spell in spells if spell.holds(day)), spells[-1])


def _check(docket: Docket, filters: Filters) -> None:
    """UsageError if the rules or the roster have no such stage, scheme or branch."""
    schemes = sorted({scheme.id for scheme in docket.inputs.schemes})
    if filters.scheme and filters.scheme not in schemes:
        message, hint = "there is no scheme {scheme}", "the schemes are: {known}"
        raise UsageError(message, hint, scheme=filters.scheme, known=", ".join(schemes))
    chains = [scheme.review.stages for scheme in docket.inputs.schemes if scheme.review]
    chains += docket.nominations.chains()
    if filters.stage and all(stage_number(chain, filters.stage) is None for chain in chains):
        known = ", ".join(dict.fromkeys(f"{stage} {title}" for chain in chains for stage, title in chain)) or "-"
        raise UsageError("there is no stage {stage}", "the stages are: {known}", stage=filters.stage, known=known)
    for branch in filters.branches:
        spells = docket.inputs.roster.spells
        if all(cell_values(spell.cells, BRANCH).isdisjoint(allowed_values(BRANCH, (branch,))) for spell in spells):
            names = ", ".join(sorted({cell_text(spell.cells, BRANCH) for spell in spells}))
            raise UsageError(
                "nobody is in the branch {branch}", "the branches are: {known}", branch=branch, known=names
            )


def _member(inputs: Inputs, text: str) -> int:
    found = inputs.roster.find(text)
    if not isinstance(found, int):
        raise Refused("no member has the id or name {value}", "write the member's id", value=text)
    return found


def choose_all(docket: Docket, filters: Filters, decision: Decision) -> tuple[list[str], list[Note]]:
    """The names of all that wait at a stage, and what is left out.

    Nothing under objection goes on in a bulk, and no nomination goes on with the events that share its chain.
    """
    if decision.kind == "dismiss":
        return [one.id for one in select(docket, filters, objections=True).subjects], []
    selection = select(docket, filters)
    day = decision.day.toordinal()
    of_events = [scheme.review.stages for scheme in docket.inputs.schemes if scheme.review]
    are_shared = any(stage_number(chain, filters.stage) is not None for chain in of_events)
    piles: dict[str, list[str]] = {"": [], _LATER: [], _OBJECTED: [], _UNNAMED: [], _NOMINATED: []}
    for one in selection.subjects:
        if one.period and are_shared:
            piles[_NOMINATED].append(one.id)
        elif max(one.day, one.state.since) > day:
            piles[_LATER].append(one.id)
        elif one.state.objected is not None:
            piles[_OBJECTED].append(one.id)
        else:
            piles[_UNNAMED if one.id in docket.inputs.events.unnamed else ""].append(one.id)
    notes = [_left_out(reason, names) for reason, names in piles.items() if reason and names]
    if selection.without_nominations:
        notes.append(Note("nominations are left out, for the files have errors: see points check"))
    return list(dict.fromkeys(piles[""])), notes


def choose_named(docket: Docket, filters: Filters) -> tuple[tuple[Subject, ...], list[Note]]:
    """All that wait and can be decided on one by one, and what is left out."""
    found = select(docket, filters)
    unnamed = [one.id for one in found.subjects if one.id in docket.inputs.events.unnamed]
    notes = [_left_out(_UNNAMED, unnamed)] if unnamed else []
    if found.without_nominations:
        notes.append(Note("nominations are left out, for the files have errors: see points check"))
    return tuple(one for one in found.subjects if one.id not in unnamed), notes


def _left_out(reason: str, names: Sequence[str]) -> Note:
    return Note(reason, (("count", str(len(names))), ("events", listed(names))))


_LATER = "left out, dated after the decision ({count}): {events}"
_OBJECTED = "left out, under an open objection ({count}): {events}"
_NOMINATED = "left out, nominations are named one by one here ({count}): {events}"
_UNNAMED = "left out, without an id of their own ({count}): {events}"
