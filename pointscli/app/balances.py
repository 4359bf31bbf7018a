"""Balances: what the events credited, by the window in which it opens, and what the redemption log took from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pointscli.app.data_redemptions import Redeemed, RedemptionLog
from pointscli.app.derivation import number_rules
from pointscli.app.inputs import Inputs
from pointscli.app.question import Asked, Note
from pointscli.app.redemptions import lapses_after, opens_after, version_on
from pointscli.app.tally import tally_inputs
from pointscli.engine.trace import TracedComputation, TracedPosting
from pointscli.model.balance import Account, Earning, Spending
from pointscli.model.log import DAY_PLACES, EventLog
from pointscli.model.membership import Membership
from pointscli.model.period import Kind, Period
from pointscli.model.plan import Plan
from pointscli.model.problem import FindingsError, Problem
from pointscli.model.units import exact
from pointscli.scheme.result_types import Redemption
from pointscli.scheme.types import Scheme

EVENT = 1
ROOT = "score"


@dataclass(frozen=True, slots=True)
class Moment:
    """The day on which balances are looked at; `as_of`: as it was known then, so that later decisions do not count."""

    day: date
    as_of: bool = False
    until: date | None = None
    """Events up to this later day are looked at too: redemptions of later days need their points."""

    @property
    def last(self) -> date:
        """The last day of which events count."""
        return max(self.day, self.until or self.day)


@dataclass(frozen=True, slots=True)
class Books:
    """The accounts of one scheme on a day, by member, with what is to be said beside them."""

    scheme: Scheme
    """The version in force that day (else the last one before it)."""
    redemption: Redemption
    day: date
    accounts: Mapping[int, Account]
    taken: Mapping[str, int]
    """How many of each gift were redeemed up to the day (or the later one that is looked at), by gift id."""
    warnings: tuple[Problem, ...] = ()
    notes: tuple[Note, ...] = ()
    partial: bool = False

    def account(self, member: int) -> Account:
        """A member's account; an empty one if there is nothing in it."""
        return self.accounts.get(member, Account())

    def left(self, gift_id: str) -> int | None:
        """How many of a gift are left; None: it is not counted."""
        stock = next(gift.stock for gift in self.redemption.gifts if gift.id == gift_id)
        return None if stock is None else stock - self.taken.get(gift_id, 0)


def keep_books(
    inputs: Inputs,
    log: RedemptionLog,
    scheme_id: str,
    moment: Moment,
    members: Iterable[int] | None = None,
    *,
    skip_invalid: bool = False,
) -> Books:
    """The accounts of some members (None: all), from the expiry window before the day's on.

    Raises:
        FindingsError: A row of a log is wrong (and wrong rows are not to be skipped).
    """
    scheme = _scheme_on(inputs, scheme_id, moment.day)
    redemption = _redemption(scheme)
    watched = None if members is None else frozenset(members)
    ledger = _Ledger(inputs, scheme_id, moment, watched, skip_invalid=skip_invalid)
    lapse = lapses_after(redemption, moment.day) or moment.last
    years = _years(inputs, scheme_id, [_first_day(redemption, moment.day), moment.day, min(lapse, moment.last)])
    try:
        earned = ledger.earned(years)
    except FindingsError as error:
        raise FindingsError([*error.problems, *log.problems]) from None
    if (log.errors or inputs.errors) and not (skip_invalid and inputs.whole):
        raise FindingsError([*inputs.problems, *log.problems])
    rows = [row for row in log.rows if row.offer.scheme.id == scheme_id and (not moment.as_of or row.day <= moment.day)]
    spent: dict[int, list[Spending]] = {}
    taken: dict[str, int] = {}
    for row in sorted(rows, key=lambda row: row.day):
        spent.setdefault(row.member, []).append(row.spending)
        if row.day <= moment.last:
            taken[row.offer.gift.id] = taken.get(row.offer.gift.id, 0) + row.count
    holders = sorted({*earned, *spent} if watched is None else watched)
    accounts = {member: Account(earned.get(member, ()), tuple(spent.get(member, ()))) for member in holders}
    warnings, notes = tuple(ledger.warnings), tuple(ledger.notes)
    partial = ledger.partial or bool(log.errors or inputs.errors)
    return Books(scheme, redemption, moment.day, accounts, taken, warnings, notes, partial)


def earned_for(inputs: Inputs, rows: Sequence[Redeemed], today: date) -> dict[tuple[str, int], tuple[Earning, ...]]:
    """The earnings from which redemptions take, by scheme and member."""
    found: dict[tuple[str, int], tuple[Earning, ...]] = {}
    for scheme_id in dict.fromkeys(row.offer.scheme.id for row in rows):
        mine = [row for row in rows if row.offer.scheme.id == scheme_id]
        years = _years(inputs, scheme_id, [row.day for row in mine])
        members = frozenset(row.member for row in mine)
        earned = _Ledger(inputs, scheme_id, Moment(today), members, skip_invalid=False).earned(years)
        found |= {(scheme_id, member): earnings for member, earnings in earned.items()}
    return found


def _scheme_on(inputs: Inputs, scheme_id: str, day: date) -> Scheme:
    """The version whose gifts can be had on a day, else the last that began before it, else the first."""
    found = version_on(inputs, scheme_id, day)
    if found:
        return found
    versions = sorted(
        (one for one in inputs.schemes if one.id == scheme_id and one.redemption), key=lambda one: one.effective_from
    )
    return next((one for one in reversed(versions) if one.effective_from <= day), versions[0])


def _redemption(scheme: Scheme) -> Redemption:
    if scheme.redemption is None:
        raise AssertionError(f"scheme {scheme.id} has no redemption")
    return scheme.redemption


def _first_day(redemption: Redemption, day: date) -> date:
    """A day of the expiry window before the one of a day."""
    if redemption.expires is None:
        return day
    return Period.containing(redemption.expires, day).start - timedelta(days=1)


def _years(inputs: Inputs, scheme_id: str, days: Iterable[date]) -> list[int]:
    """The years with events whose points may be open on one of the days, or open after the last."""
    versions = inputs.index.versions
    entries = inputs.events
    filled = {
        month // 12
        for month, item in zip(entries.entries.month, entries.items, strict=True)
        if versions[item.version].scheme == scheme_id
    }
    needed: set[int] = set()
    kinds = [one.redemption.expires for one in inputs.schemes if one.id == scheme_id and one.redemption]
    for day in set(days):
        starts = [Period.containing(kind, day).start for kind in kinds if kind]
        first = 0 if None in kinds else (min(starts) - timedelta(days=1)).year
        needed |= {year for year in filled if first <= year <= day.year}
    return sorted(needed)


class _Ledger:
    """The spendable credits of a scheme's members (None: all), and what the computations say beside them."""

    def __init__(
        self, inputs: Inputs, scheme_id: str, moment: Moment, members: Iterable[int] | None, *, skip_invalid: bool
    ) -> None:
        self.inputs, self.scheme_id, self.moment, self.skip_invalid = inputs, scheme_id, moment, skip_invalid
        self.members = None if members is None else frozenset(members)
        self.rules = number_rules(inputs.schemes)
        self.warnings: dict[Problem, None] = {}
        self.notes: dict[Note, None] = {}
        self.partial = False

    def earned(self, years: Iterable[int]) -> dict[int, tuple[Earning, ...]]:
        """Earnings by member, in order of the day on which they open."""
        sums: dict[int, dict[tuple[date, Period, date | None], int]] = {}
        for year in years:
            for one in self._postings(year):
                rule = self.rules[one.origin]
                redemption = rule.scheme.redemption
                if one.kind == EVENT and redemption is not None and _can_spend(redemption, rule.path):
                    window, opens = opens_after(redemption, date.fromordinal(one.place // DAY_PLACES))
                    mine = sums.setdefault(one.member, {})
                    key = opens, window, lapses_after(redemption, opens)
                    mine[key] = mine.get(key, 0) + one.credited
        return {
            member: tuple(
                Earning(window, opens, lapses, exact(units))
                for (opens, window, lapses), units in sorted(mine.items(), key=lambda pair: pair[0][:2])
            )
            for member, mine in sums.items()
        }

    def _postings(self, year: int) -> list[TracedPosting]:
        """Every posting of a year up to the day."""
        period = _last_period(self.inputs, self.scheme_id, year, self.moment.last)
        if period is None:
            return []
        runs: list[TracedComputation] = []

        def trace(plan: Plan, membership: Membership, log: EventLog) -> TracedComputation:
            runs.append(TracedComputation(plan, membership, log, self.members))
            return runs[-1]

        as_of = self.moment.day if self.moment.as_of else None
        asked = Asked(self.moment.last, period, self.scheme_id, as_of)
        report = tally_inputs(self.inputs, asked, "zh", skip_invalid=self.skip_invalid, computing=trace)
        self.warnings |= dict.fromkeys(report.warnings)
        self.notes |= dict.fromkeys(report.notes)
        self.partial = self.partial or bool(report.refused)
        return runs[-1].trace.postings


def _can_spend(redemption: Redemption, path: tuple[str, ...]) -> bool:
    """Whether the points of an item are among those that can be spent."""
    return not redemption.from_ or ROOT in redemption.from_ or not set(redemption.from_).isdisjoint(path)


def _last_period(inputs: Inputs, scheme_id: str, year: int, day: date) -> Period | None:
    """The last settlement period of a year that has begun and in which the scheme is in force.

    A computation traces its whole year, so this one has all postings of it.
    """
    versions = [one for one in inputs.schemes if one.id == scheme_id]
    periods = [
        period
        for period in Period(Kind.YEAR, year).inside(versions[0].settle)
        if period.start <= day
        and any(
            one.effective_from <= period.end and (one.effective_to is None or one.effective_to >= period.start)
            for one in versions
        )
    ]
    return periods[-1] if periods else None
