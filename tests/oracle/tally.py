"""The tally of a period, shaped like the command's JSON."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from .exact import publish
from .log import Deed, Event, counts, deed_of, home_of, homes, read_events, stand
from .model import Node, Version
from .outcomes import nominations, outcome_lists
from .periods import Period, parse_day, parse_period
from .ranking import Listed, derive, grade_of, rank, stars_of
from .reached import REACHED
from .refused import Refused
from .review import Decision, Standing, read_decisions
from .roster import Roster
from .scheme import longer, read_version
from .scheme_check import scheme_errors
from .scores import Account, settlement_periods
from .stream import Ledger, fill


@dataclass
class Question:
    """The input, read, and the period asked for."""

    versions: list[Version]
    others: list[Version]
    final: Version
    roster: Roster
    events: list[Event]
    decisions: list[Decision]
    period: Period
    as_of: date
    horizon: date
    errors: list[str] = field(default_factory=list)


def tally(
    case: dict[str, Any],
    period: object,
    as_of: object = None,
    today: date | None = None,
    scheme: str | None = None,
) -> dict[str, Any]:
    """The tally of a case for a period; raises Refused with every reason found."""
    question = ask(case, period, as_of, today or date.today(), scheme)  # noqa: DTZ011
    deeds, barring = member_deeds(question)
    if question.errors:
        raise Refused(question.errors)
    listed = []
    for member in sorted(question.roster.spells):
        row = question.roster.row(member, question.final, question.period, question.horizon)
        if row:
            account = account_of(member, deeds.get(member, []), question)
            listed.append(listing(row.cells, account, barring.get(member, set()), question))
    finish(listed, question.final)
    return result(listed, question)


def ask(case: dict[str, Any], period: object, as_of: object, today: date, scheme: str | None) -> Question:
    """Read everything and settle which versions, period and as-of date are meant."""
    errors: list[str] = []
    try:
        everything = [read_version(raw) for raw in case.get("schemes") or [case["scheme"]]]
        asked = parse_period(period)
        horizon = parse_day(as_of) if as_of is not None else min(asked.end, today)
        roster = Roster(case.get("members") or [])
    except (KeyError, ValueError, TypeError, AttributeError) as problem:
        raise Refused([f"unreadable: {problem!r}"]) from problem
    ids = sorted({version.id for version in everything})
    wanted = scheme or ids[0]
    if wanted not in ids or (scheme is None and len(ids) > 1):
        raise Refused([f"which scheme: {', '.join(ids)}"])
    for name in ids:
        errors += scheme_errors([version for version in everything if version.id == name])
    if errors:
        raise Refused(errors)
    versions = sorted((version for version in everything if version.id == wanted), key=lambda version: version.start)
    if horizon < asked.start:
        raise Refused([f"as-of {horizon} is before {asked.label}"])
    final = version_in_force(versions, min(asked.end, horizon))
    errors += roster.errors + rollup_errors(final, asked.kind)
    events = read_events(case.get("events") or [], roster, errors)
    decisions = read_decisions(case.get("reviews") or [], errors)
    closed = [decision for decision in decisions if as_of is None or decision.day <= horizon]
    question = Question(versions, everything, final, roster, events, closed, asked, horizon, min(asked.end, horizon))
    question.errors = errors + target_errors(events, decisions, everything)
    return question


def version_in_force(versions: list[Version], day: date) -> Version:
    """The version in force on the day, or the last one before it."""
    begun = [version for version in versions if version.start <= day]
    if not begun:
        raise Refused([f"no version of {versions[0].id} is in force by {day}"])
    return begun[-1]


def rollup_errors(version: Version, kind: str) -> list[str]:
    """A period that the rollup can't make."""
    if not longer(kind, version.settle):
        return []
    rule = version.rollup.get(kind)
    if rule is None:
        return [f"rollup does not name {kind}"]
    return rollup_errors(version, rule["of"]) if isinstance(rule, dict) else []


def target_errors(events: list[Event], decisions: list[Decision], versions: list[Version]) -> list[str]:
    """Decisions about nothing."""
    known = {event.id for event in events}
    outcomes = {name for version in versions for name in version.outcomes}
    return [
        f"decision about unknown event {decision.target}"
        for decision in decisions
        if decision.target not in known and decision.target.split("/")[0].split(":")[-1] not in outcomes
    ]


def member_deeds(question: Question) -> tuple[dict[str, list[tuple[Version, Deed]]], dict[str, set[str]]]:
    """The counted events of each member, and the items with one in the period."""
    deeds: dict[str, list[tuple[Version, Deed]]] = {}
    barring: dict[str, set[str]] = {}
    for event in question.events:
        places = homes(event, question.others, question.errors)
        mine_of = {member: home_of(event, member, places, question.roster) for member in event.members}
        used = {version.id: (version, leaf) for mine in mine_of.values() for version, leaf in mine}
        judged = {name: judge(event, version, leaf, question) for name, (version, leaf) in used.items()}
        for member, mine in mine_of.items():
            if len(mine) > 1:
                question.errors.append(f"event {event.id}: scheme is required for {member}")
            for version, leaf in mine:
                REACHED["refused day"] += question.roster.refused_on(member, version, event.day)
                if version not in question.versions or question.errors or not judged[version.id][1]:
                    continue
                if event.day > question.horizon or not is_active(member, version, event.day, question):
                    continue
                deed = deed_of(event, leaf, judged[version.id][0].changes)
                deeds.setdefault(member, []).append((version, deed))
                if question.period.holds(event.day):
                    barring.setdefault(member, set()).add(leaf.id)
    return deeds, barring


def judge(event: Event, version: Version, leaf: Node, question: Question) -> tuple[Standing, bool]:
    """The standing of an event, and whether it counts."""
    about = [decision for decision in question.decisions if decision.target == event.id]
    standing = stand(event, leaf, version, about, question.errors)
    return standing, counts(standing, leaf, version)


def is_active(member: str, version: Version, day: date, question: Question) -> bool:
    """Whether the member is active in the settlement period of the day; `members` may still refuse the day itself."""
    if question.roster.refused_on(member, version, day):
        return False
    return question.roster.row(member, version, version.settlement(day), question.horizon) is not None


def account_of(member: str, deeds: list[tuple[Version, Deed]], question: Question) -> Account:
    """The member's streams under every version."""
    ledgers = []
    for version in question.versions:
        active = {}
        for period in settlement_periods(version, question.horizon):
            row = question.roster.row(member, version, period, question.horizon)
            if row:
                active[period] = row
        mine = [deed for home, deed in deeds if home is version]
        ledger = Ledger(version, question.horizon, active, mine)
        fill(ledger)
        ledgers.append(ledger)

    def belongs(period: Period) -> bool:
        return question.roster.row(member, question.final, period, question.horizon) is not None

    return Account(ledgers, question.final, question.horizon, belongs)


def listing(cells: dict[str, str], account: Account, barring: set[str], question: Question) -> Listed:
    """One member's published numbers."""
    final = question.final

    def published(node: str) -> Decimal:
        return publish(account.score(node, question.period), final.decimals, final.rounding)

    values = {node.id: published(node.id) for node in final.root.walk()}
    values["earned"] = publish(account.earned(question.period), final.decimals, final.rounding)
    return Listed(cells, values, barring)


def finish(listed: list[Listed], final: Version) -> None:
    """Derived columns, ranks, grades and stars."""
    derive(listed, final)
    rank(listed, final)
    for member in listed:
        if member.ranked(final):
            member.grade = grade_of(member.values["score"], final.grades)
            member.stars = stars_of(member.values["score"], final.stars)


def result(listed: list[Listed], question: Question) -> dict[str, Any]:
    """The dict shaped like the tally JSON."""
    final, period = question.final, question.period
    winners = outcome_lists(listed, final, period.kind)
    confirmed, nominated = nominations(winners, final, period, question.decisions)
    members = [member_row(member, confirmed, final) for member in in_order(listed, final)]
    found: dict[str, Any] = {
        "format": 1,
        "scheme": final.id,
        "version": final.label,
        "title": final.title,
        "period": period.label,
        "as_of": question.as_of.isoformat(),
        "decided": max((decision.day.isoformat() for decision in question.decisions), default=None),
        "settle": final.settle,
        "partial": False,
        "columns": [{"id": node.id, "title": node.title} for node in final.root.items],
        "members": members,
        "outcomes": confirmed,
    }
    if any(outcome.get("confirm") is not None for outcome in final.outcomes.values()):
        found["nominated"] = nominated
    return found


def in_order(listed: list[Listed], final: Version) -> list[Listed]:
    """By group, rank (unranked last), id."""
    within = (final.ranking or {}).get("within")
    return sorted(listed, key=lambda m: (m.group(within), m.rank is None, m.rank or 0, m.id))


def member_row(member: Listed, confirmed: dict[str, list[str]], final: Version) -> dict[str, Any]:
    """One member of the JSON."""
    row: dict[str, Any] = {
        "rank": member.rank,
        "member": member.id,
        **{column: member.cells.get(column, "") for column in ("name", "branch", "group", "kind")},
        "score": member.values["score"],
        "columns": {node.id: member.values[node.id] for node in final.root.items},
        "earned": member.values["earned"],
        "grade": member.grade,
        "stars": member.stars,
        "outcomes": [name for name, ids in confirmed.items() if member.id in ids],
    }
    if final.derive:
        row["derived"] = {name: member.values.get(name) for name in final.derive}
    return row
