"""Outcomes that nobody can meet: conditions that contradict each other, the points, or the roster filter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pointscli.model.names import item_key
from pointscli.model.problem import Problem
from pointscli.scheme.intervals import ANYTHING, INFINITE, ZERO, Interval
from pointscli.scheme.lint_results import rounding_slack
from pointscli.scheme.lint_subject import Subject, number, warn
from pointscli.scheme.result_types import Condition, Filter, Outcome
from pointscli.scheme.tree import Entry, Listing, Mapping, Scalar, Tree

GRADE, STARS, RANK = "grade", "stars", "rank"
KINDS = {
    "full": "正式党员",
    "probationary": "预备党员",
    "activist": "入党积极分子",
    "development_target": "发展对象",
    "applicant": "入党申请人",
}
"""Kinds of members that have an id and a word."""

Written = tuple[Condition, Scalar]


def lint_contradictions(subject: Subject) -> Iterator[Problem]:
    """Conditions on one measure that no number meets together."""
    for outcome in subject.scheme.outcomes:
        met: dict[str, Interval] = {}
        for place, (condition, at) in enumerate(_conditions(subject, outcome)):
            before = met.get(condition.measure, ANYTHING)
            after = _narrowed(before, condition)
            if _is_empty(after) or _grades_clash(outcome.where[:place], condition):
                message = "no {measure} meets this together with the other conditions of {id}"
                hint = "the conditions contradict each other: check the signs and numbers"
                yield warn("where-contradicts", at, message, hint, measure=condition.measure, id=outcome.id)
                break
            met[condition.measure] = after


def lint_where(subject: Subject) -> Iterator[Problem]:
    """Conditions that the points can never meet, in none of the outcome's periods."""
    for outcome in subject.scheme.outcomes:
        for condition, at in _conditions(subject, outcome):
            reach = _reach(subject, outcome, condition.measure)
            if condition.measure != GRADE and _is_empty(_narrowed(reach, condition)):
                message = "nobody meets this: {measure} lies between {low} and {high}"
                hint = "check the number against the points and their bounds"
                low, high = _shown(reach.low), _shown(reach.high)
                yield warn("where-never-met", at, message, hint, measure=condition.measure, low=low, high=high)


def lint_only(subject: Subject) -> Iterator[Problem]:
    """`only` with values that `members` does not let in."""
    members = {column: {_kind(value) for value in values} for column, values in subject.scheme.members}
    filters: list[tuple[tuple[str, ...], Filter]] = []
    filters += [(("ranking", "only"), subject.scheme.ranking.only if subject.scheme.ranking else ())]
    filters += [(("outcomes", one.id, "only"), one.only) for one in subject.scheme.outcomes]
    for keys, only in filters:
        for column, values in only:
            allowed = members.get(column)
            if allowed and values and not allowed.intersection(_kind(value) for value in values):
                at = subject.root.last(*keys, column)
                message = "nobody is left: members lets in none of these values of {column}"
                hint = "write values that members has too, or add them there"
                yield warn("only-without-members", at or subject.root, message, hint, column=column)


def lint_except(subject: Subject) -> Iterator[Problem]:
    """An outcome excludes by an item that its own `where` asks for."""
    for outcome in subject.scheme.outcomes:
        for condition, at in _conditions(subject, outcome):
            asks = condition.op in (">=", ">", "=") and condition.value is not None and condition.value > 0
            node = subject.by_id.get(condition.measure)
            if asks and node and node.node.is_leaf and node.node.grant is None and condition.measure in outcome.excepts:
                message = "{id} asks for points of {measure} and excludes everyone who has an event of it"
                hint = "delete the condition, or the name in except"
                yield warn("where-against-except", at, message, hint, id=outcome.id, measure=condition.measure)


def _conditions(subject: Subject, outcome: Outcome) -> list[Written]:
    """The conditions with where they stand."""
    entry = subject.root.last("outcomes", outcome.id, "where")
    if entry is None or entry.name != "where":
        return []
    parts = entry.value.items if isinstance(entry.value, Listing) else (entry.value,)
    places = [scalar for part in parts if isinstance(part, Mapping) for one in part for scalar in _scalars(one)]
    return list(zip(outcome.where, places, strict=False))


def _scalars(entry: Entry) -> list[Scalar]:
    values: tuple[Tree, ...] = entry.value.items if isinstance(entry.value, Listing) else (entry.value,)
    return [value for value in values if isinstance(value, Scalar)]


def _narrowed(interval: Interval, condition: Condition) -> Interval:
    """What a condition leaves. A strict one counts as inclusive but for its own number, which is all that is lost."""
    value, tiny = condition.value, Decimal("0.0000001")
    if value is None:
        return interval
    match condition.op:
        case ">=" | ">":
            return Interval(max(interval.low, value + (tiny if condition.op == ">" else ZERO)), interval.high)
        case "<=" | "<":
            return Interval(interval.low, min(interval.high, value - (tiny if condition.op == "<" else ZERO)))
        case "=":
            return Interval(max(interval.low, value), min(interval.high, value))
        case _:
            return Interval(value + 1, value) if interval.low == interval.high == value else interval


def _is_empty(interval: Interval) -> bool:
    return interval.low > interval.high


def _grades_clash(earlier: Sequence[Condition], condition: Condition) -> bool:
    """Two different grades at once, or a grade and not that grade."""
    for one in earlier:
        if condition.measure == one.measure == GRADE and "=" in (condition.op, one.op):
            same = condition.text == one.text
            if same != (condition.op == one.op):
                return True
    return False


def _reach(subject: Subject, outcome: Outcome, measure: str) -> Interval:
    """What a measure can be in the periods of the outcome, with some room for rounding."""
    if measure == RANK:
        return Interval(Decimal(1), INFINITE)
    if measure == STARS:
        numbers = [Decimal(step.name) for step in subject.scheme.stars]
        return Interval(ZERO, max(numbers, default=ZERO))
    derived = next((one for one in subject.scheme.derive if one.id == measure), None)
    made = subject.reaches.periods()
    kinds = [kind for kind in outcome.period if kind in made or kind.size < subject.scheme.settle.size] or made
    interval = subject.reaches.over(derived.of if derived else measure, kinds)
    if derived:
        interval = Interval(ZERO if interval.low >= 0 else -INFINITE, derived.to)
    slack = rounding_slack(subject)
    return Interval(interval.low - slack if interval.low != 0 else ZERO, interval.high + slack)


def _shown(end: Decimal) -> str:
    if end.is_infinite():
        return "−∞" if end < 0 else "∞"
    return number(end)


def _kind(value: str) -> str:
    key = item_key(value).lower()
    return KINDS.get(key, key)
