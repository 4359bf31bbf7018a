"""Record cards (积分登记表): a derivation as entries with a running balance.

The balance starts anew in every settlement period, unless the period's score is the plain sum of all its entries.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from pointscli.app.derivation import Derived, derive
from pointscli.app.inputs import Inputs, read_inputs
from pointscli.app.listing import filter_listing
from pointscli.app.membership import accepts
from pointscli.app.one_member import derive_member
from pointscli.app.question import Asked, Note, choose_scheme, pose
from pointscli.app.workspace import Workspace
from pointscli.inputs.roster import Spell
from pointscli.model.card import Card, CardEntry, CardPeriod, plain_sum
from pointscli.model.derivation import Derivation, PeriodScore, Posting
from pointscli.model.period import Kind, Period
from pointscli.model.problem import FindingsError, Problem, Refused, UsageError
from pointscli.scheme.plan import version_at_end
from pointscli.scheme.types import Scheme

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Cards:
    """The cards asked for, with what is to be said beside them."""

    cards: tuple[Card, ...]
    warnings: tuple[Problem, ...]
    notes: tuple[Note, ...]


def card(workspace: Workspace, member: str, asked: Asked, *, skip_invalid: bool = False) -> Cards:
    """The card of one member, by id or name; Refused if it is nobody's, or more than one member's."""
    notes: list[Note] = []

    def asking(inputs: Inputs, number: int) -> Asked:
        try:
            whole, notes[:] = _whole_question(inputs, number, asked)
        except (UsageError, Refused):
            if inputs.errors:
                raise FindingsError(list(inputs.problems)) from None
            raise
        return whole

    inputs, number, derived = derive_member(workspace, member, asking, skip_invalid=skip_invalid)
    report = derived.report
    return Cards((card_of(inputs, derived, number),), report.warnings, (*notes, *report.notes))


def all_cards(
    workspace: Workspace, asked: Asked, columns: Mapping[str, list[str] | None], *, skip_invalid: bool = False
) -> Cards:
    """The cards of everybody who is listed in the period, in the order of the tally; `columns` filter the listing."""
    inputs = read_inputs(workspace)
    try:
        whole, notes = _with_year(inputs, replace(asked, scheme=choose_scheme(asked, inputs.schemes)))
    except UsageError:
        if inputs.errors:
            raise FindingsError(list(inputs.problems)) from None
        raise
    derived = derive(inputs, whole, workspace.language, skip_invalid=skip_invalid)
    report = filter_listing(derived.report, columns, ())
    numbers = {member.id: number for number, member in enumerate(inputs.roster.members)}
    cards = tuple(card_of(inputs, derived, numbers[one.member]) for one in report.tally.listing)
    return Cards(cards, report.warnings, (*notes, *report.notes))


def _whole_question(inputs: Inputs, number: int, asked: Asked) -> tuple[Asked, list[Note]]:
    """The scheme that scores the member, and the year of its last event where no period is given."""
    return _with_year(inputs, replace(asked, scheme=asked.scheme or _scheme_of(inputs, number, asked.period)))


def _with_year(inputs: Inputs, asked: Asked) -> tuple[Asked, list[Note]]:
    """Where no period is given, the year of the scheme's last event (or that period, if no year is made of it)."""
    if asked.period is not None:
        return asked, []
    question, _ = pose(asked, inputs)
    last, year = question.period, question.period.year
    _, version = version_at_end(inputs.schemes, question.scheme, year)
    period = year if version.settle is Kind.YEAR or Kind.YEAR in dict(version.rollup) else last
    note = Note("no period given: {period}, the last one with events", (("period", period.label),))
    return replace(asked, period=period), [note]


def _scheme_of(inputs: Inputs, number: int, period: Period | None) -> str:
    """The only scheme that accepts a roster row of the member in the period."""
    found = dict.fromkeys(
        scheme.id
        for scheme in inputs.schemes
        if any(
            accepts(scheme.members, spell) and _overlap(scheme, spell, period)
            for spell in inputs.roster.spells
            if spell.member == number
        )
    )
    if not found:
        raise Refused(
            "no scheme scores {member} then",
            "see members: in the rule files, and the dates of the roster rows",
            member=inputs.roster.title(number),
        )
    if len(found) > 1:
        known = ", ".join(sorted(found))
        raise UsageError("several schemes apply: {known}", "say which one with --scheme", known=known)
    return next(iter(found))


def _overlap(scheme: Scheme, spell: Spell, period: Period | None) -> bool:
    starts = [scheme.effective_from, spell.since or date.min, period.start if period else date.min]
    ends = [scheme.effective_to or date.max, spell.until or date.max, period.end if period else date.max]
    return max(starts) <= min(ends)


def card_of(inputs: Inputs, derived: Derived, number: int) -> Card:
    """The card of a member whose derivation is there."""
    tally = derived.report.tally
    member = inputs.roster.members[number]
    one = derived.members[member.id]
    standings = tuple(standing for standing in tally.standings if standing.member == member.id)
    running = _is_sum(one)
    return Card(
        member=member.id,
        name=member.name,
        row=standings[0].row if standings else _row_in_force(inputs, number, tally.period),
        tally=replace(tally, standings=standings),
        score=one.score,
        running=running,
        periods=_periods(one, running=running),
        rollup=one.rollup,
        idle=one.idle,
    )


def _row_in_force(inputs: Inputs, number: int, period: Period) -> dict[str, str]:
    """The last roster row that begins before the period's end; else the first one."""
    spells = [spell for spell in inputs.roster.spells if spell.member == number]
    begun = [spell for spell in spells if spell.since is None or spell.since <= period.end]
    return dict((begun[-1] if begun else spells[0]).cells)


def _is_sum(one: Derivation) -> bool:
    """Whether the score is the sum of all credits: only sums on the way, and nothing that bounds them."""
    if len(one.periods) == 1 and not one.rollup:
        return True
    if any(step.by != "sum" for step in one.rollup) or not one.rollup:
        return False
    return _total(one.rollup[-1].scores) == _total(one.periods)


def _total(scores: Sequence[PeriodScore]) -> Decimal:
    return sum((score.score for score in scores), ZERO)


def _periods(one: Derivation, *, running: bool) -> tuple[CardPeriod, ...]:
    """Entries by settlement period, in order; a period's credits are its score, or something is wrong here."""
    found: list[CardPeriod] = []
    balance = ZERO
    left = list(one.postings)
    for score in one.periods:
        period = score.period
        balance = balance if running else ZERO
        before, entries = balance, []
        for posting in [each for each in left if period.start <= each.date <= period.end]:
            balance = plain_sum((balance, posting.credited))
            entries.append(_entry(posting, balance))
            left.remove(posting)
        plus = plain_sum(entry.plus for entry in entries)
        minus = plain_sum(entry.minus for entry in entries)
        if plus - minus != score.score or balance - before != score.score:
            raise AssertionError(f"entries of {one.member} in {period.label} make {plus - minus}, not {score.score}")
        found.append(CardPeriod(period, tuple(entries), plus, minus, score.score, balance))
    if left:
        raise AssertionError(f"{len(left)} postings of {one.member} lie in no settlement period")
    return tuple(found)


def _entry(posting: Posting, balance: Decimal) -> CardEntry:
    """What was credited, on its side; nothing credited stands where the price would have stood."""
    credited = posting.credited
    is_minus = credited < 0 or (credited == 0 and posting.priced < 0)
    return CardEntry(posting, None if is_minus else credited, abs(credited) if is_minus else None, balance)
