"""Grades, stars and gifts that nobody can get, or that others hide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from pointscli.model.problem import Problem
from pointscli.scheme.intervals import INFINITE, ZERO, Interval
from pointscli.scheme.lint_subject import Subject, number, warn
from pointscli.scheme.reach import ROOT
from pointscli.scheme.result_types import Step
from pointscli.scheme.tree import Entry

Steps = list[tuple[Step, Entry]]


def rounding_slack(subject: Subject) -> Decimal:
    """How far rounding may move a published number."""
    return Decimal(10) ** -subject.scheme.decimals


def lint_steps(subject: Subject) -> Iterator[Problem]:
    """Grades and stars that no score of any period can have."""
    reach, slack = subject.reaches.over(ROOT, subject.reaches.periods()), rounding_slack(subject)
    for name in ("grades", "stars"):
        steps = _steps(subject, name)
        for (step, entry), above in zip(steps, [None, *[one for one, _ in steps]], strict=False):
            yield from _unreachable(step, entry, reach, slack)
            if above and above.at is not None and above.at <= reach.low - slack:
                message = "nobody gets {name}: every score is at least {low}, and {above} begins at {bound}"
                args = {"name": step.name, "low": number(reach.low), "above": above.name, "bound": number(above.at)}
                yield warn("step-unreachable", entry, message, "check the lower bounds against the points", **args)
            if above and above.at == step.at and above.strict:
                message = "only a score of exactly {at} gets {name}"
                hint = "one of the two bounds is probably wrong: check them"
                yield warn("step-shadowed", entry, message, hint, at=number(step.at or ZERO), name=step.name)


def lint_star_order(subject: Subject) -> Iterator[Problem]:
    """More stars need a higher score."""
    steps = sorted(_steps(subject, "stars"), key=lambda one: -int(one[0].name))
    for (more, _), (fewer, entry) in pairwise(steps):
        if more.at is None or (fewer.at is not None and fewer.at > more.at):
            message = "{fewer} stars need a higher score than {more} stars"
            hint = "give more stars the higher bound"
            yield warn("stars-reversed", entry, message, hint, fewer=fewer.name, more=more.name)


def lint_lowest_grade(subject: Subject) -> Iterator[Problem]:
    """Scores below the lowest grade have none."""
    grades = _steps(subject, "grades")
    if not grades or any(step.at is None for step, _ in grades):
        return
    lowest, entry = grades[-1]
    reach = subject.reaches.over(ROOT, subject.reaches.periods())
    if lowest.at is not None and reach.low < lowest.at:
        message = "a score below {at} has no grade"
        hint = "add the lowest grade with null, such as 不合格: null"
        yield warn("no-lowest-grade", entry, message, hint, at=number(lowest.at))


def lint_gifts(subject: Subject) -> Iterator[Problem]:
    """Gifts that cost more than a year can bring."""
    redemption = subject.scheme.redemption
    if redemption is None or redemption.expires is None:
        return
    most = ZERO
    for name in redemption.from_ or (ROOT,):
        reach = subject.reaches.nodes.get(name)
        most += reach.windows[-1].with_zero().high if reach else INFINITE
    for gift, entry in zip(redemption.gifts, subject.entries("redemption", "gifts"), strict=False):
        if gift.cost > most:
            message = "nobody can redeem {id}: it costs {cost}, and a year brings at most {most}"
            hint = "lower the cost, or check the bounds of the points that can be spent"
            yield warn("gift-unreachable", entry, message, hint, id=gift.id, cost=number(gift.cost), most=number(most))


def _unreachable(step: Step, entry: Entry, reach: Interval, slack: Decimal) -> Iterator[Problem]:
    if step.at is not None and step.at > reach.high + slack:
        message = "nobody gets {name}: it begins at {at}, and no score can exceed {high}"
        hint = "check the lower bounds against the points and their bounds"
        yield warn(
            "step-unreachable", entry, message, hint, name=step.name, at=number(step.at), high=number(reach.high)
        )


def _steps(subject: Subject, name: str) -> Steps:
    """Steps from the highest to the lowest, with where they stand."""
    found: Sequence[Step] = subject.scheme.grades if name == "grades" else subject.scheme.stars
    pairs = list(zip(found, subject.entries(name), strict=False))
    return sorted(pairs, key=lambda one: (_at(one[0]), one[0].strict), reverse=True)


def _at(step: Step) -> Decimal:
    return -INFINITE if step.at is None else step.at
