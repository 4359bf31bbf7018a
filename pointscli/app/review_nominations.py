"""Nominations as subjects of decisions: members who meet an outcome that must be confirmed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from pointscli.app.inputs import Inputs
from pointscli.app.nominations import check_nominations, stages_of
from pointscli.app.question import Asked
from pointscli.app.review_moves import Refusal
from pointscli.app.review_rows import read_rows
from pointscli.app.review_states import Named, State, confirmed_outcome, is_in_force, nomination_states
from pointscli.app.review_subjects import Subject
from pointscli.app.tally import tally_inputs
from pointscli.app.workspace import Language
from pointscli.model.log import DAY_PLACES
from pointscli.model.names import stage_number
from pointscli.model.period import Kind, Period, parse_period
from pointscli.scheme.plan import version_at_end
from pointscli.scheme.result_types import Outcome
from pointscli.scheme.types import Scheme

Met = dict[str, frozenset[str]]
"""Outcome → ids of the members who meet it, rejected ones among them."""


class NominationSubjects:
    """Finds nominations by name, and those that wait; a period's tally is computed when it is first asked for."""

    def __init__(self, inputs: Inputs, today: date, language: Language) -> None:
        """Replay every decision."""
        self._inputs, self._today, self._language = inputs, today, language
        self._states = nomination_states(inputs)
        self._met: dict[tuple[str, Period], Met] = {}

    def find(self, text: str) -> list[Subject] | Refusal:
        """A nomination `OUTCOME/PERIOD/MEMBER`; FindingsError if its period cannot be computed."""
        row = {"date": self._today.isoformat(), "event": text, "decision": "approve"}
        found = read_rows(self._inputs, [row])
        wrong = found.problems + check_nominations(replace(self._inputs, reviews=found))
        if wrong:
            return Refusal(wrong[0].message, wrong[0].hint, dict(wrong[0].args), about=text)
        decision = found.nominations[0]
        period, member = parse_period(decision.period), self._inputs.roster.find(decision.member)
        if period is None or not isinstance(member, int):
            raise AssertionError(text)
        outcome = confirmed_outcome(self._inputs, decision.scheme, decision.outcome, period)
        if outcome is None:
            args = {"event": text, "period": period.label}
            return Refusal("{event}: no version of the scheme has this outcome in {period}", "check the period", args)
        if period.end > self._today:
            args = {"event": text, "day": period.end.isoformat(), "period": period.label}
            return Refusal("{event}: the period {period} lasts until {day}", "decide when it is over", args)
        key = (outcome[0].id, decision.outcome, period, member)
        state = self._states.get(key) or State(0, period.end.toordinal())
        if self._inputs.roster.members[member].id not in self._members(key[0], period).get(decision.outcome, ()):
            return self._unmet(text, key, outcome[1])
        return [self._subject(key, state)]

    def waiting(self, within: Period | None) -> Iterator[Subject]:
        """Nominations on their way, of the periods of the last year with events (or of a period) that are over."""
        for subject in self._all(within):
            if subject.state.rejected is None and (subject.state.stage or 0) < subject.counts_from:
                yield subject

    def objected(self, within: Period | None) -> Iterator[Subject]:
        """Nominations under an open objection."""
        for key, state in self._states.items():
            if state.objected is not None and (within is None or _inside(key[2], within)):
                yield self._subject(key, state)

    def chains(self) -> Iterator[tuple[tuple[str, str], ...]]:
        """The stages of every outcome with `confirm`."""
        for scheme in self._inputs.schemes:
            yield from (tuple(stages_of(scheme, one)) for one in scheme.outcomes if one.confirm)

    def _all(self, within: Period | None) -> Iterator[Subject]:
        numbers = {member.id: number for number, member in enumerate(self._inputs.roster.members)}
        for scheme, period in self._periods(within):
            for outcome, members in self._members(scheme, period).items():
                for member in sorted(members):
                    key = (scheme, outcome, period, numbers[member])
                    yield self._subject(key, self._states.get(key) or State(0, period.end.toordinal()))

    def _periods(self, within: Period | None) -> list[tuple[str, Period]]:
        """Schemes that confirm, with the periods that are over: of the year of their last event, or of `within`."""
        found: dict[tuple[str, Period], None] = {}
        for number, scheme in enumerate(self._inputs.schemes):
            kinds = [kind for one in scheme.outcomes if one.confirm for kind in one.period or (scheme.settle,)]
            last = self._last_event(number) if kinds and within is None else None
            year = within.year if within else Period.containing(Kind.YEAR, last) if last else None
            periods = [period for kind in kinds for period in (year.inside(kind) if year else ())]
            for period in periods:
                is_asked = period.end <= self._today and (within is None or _inside(period, within))
                if is_asked and is_in_force(scheme, period):
                    found[scheme.id, period] = None
        return list(found)

    def _last_event(self, version: int) -> date | None:
        rows = self._inputs.events
        today = self._today.toordinal()
        places = zip(rows.entries.place, rows.items, strict=True)
        days = (place // DAY_PLACES for place, item in places if item.version == version)
        last = max((day for day in days if day <= today), default=None)
        return None if last is None else date.fromordinal(last)

    def _members(self, scheme: str, period: Period) -> Met:
        """Who meets the outcomes of a period."""
        if (scheme, period) not in self._met:
            asked = Asked(self._today, period, scheme)
            tally = tally_inputs(self._inputs, asked, self._language).tally
            met = {one.id: frozenset(one.reasons) for one in tally.outcomes if one.confirms}
            self._met[scheme, period] = met
        return self._met[scheme, period]

    def _subject(self, key: Named, state: State) -> Subject:
        scheme_id, outcome_id, period, number = key
        _, scheme = version_at_end(self._inputs.schemes, scheme_id, period)
        outcome = next(one for one in scheme.outcomes if one.id == outcome_id)
        member, stages = self._inputs.roster.members[number], stages_of(scheme, outcome)
        several = sum(any(one.id == outcome_id and one.confirm for one in s.outcomes) for s in self._latest()) > 1
        name = f"{outcome_id}/{period.label}/{member.id}"
        return Subject(
            id=f"{scheme_id}:{name}" if several else name,
            scheme=scheme_id,
            members=(number,),
            names=(member.name,),
            what=outcome.title,
            day=period.end.toordinal(),
            stages=stages,
            counts_from=stage_number(stages, outcome.confirm.at if outcome.confirm else "") or 0,
            suspends=bool(scheme.review and scheme.review.suspends),
            state=state,
            period=period,
        )

    def _latest(self) -> list[Scheme]:
        return list({scheme.id: scheme for scheme in self._inputs.schemes}.values())

    def _unmet(self, text: str, key: Named, outcome: Outcome) -> Refusal:
        args = {
            "event": text,
            "member": self._inputs.roster.title(key[3]),
            "outcome": outcome.title,
            "period": key[2].label,
            "kind": key[2].kind.value,
        }
        message = "{event}: {member} does not meet {outcome} in {period}, so there is no nomination"
        return Refusal(message, "points outcomes --{kind} {period} shows who does", args)


def _inside(period: Period, within: Period) -> bool:
    return within.start <= period.start and period.end <= within.end
