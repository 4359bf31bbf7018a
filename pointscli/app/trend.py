"""`points trend`: the scores of a year period by period, each computed as `tally` would."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from pointscli.app.inputs import Inputs, read_inputs
from pointscli.app.members import find_member
from pointscli.app.question import Asked, pose
from pointscli.app.tally import tally_inputs
from pointscli.app.workspace import Workspace
from pointscli.model.period import Kind, Period
from pointscli.model.problem import UsageError
from pointscli.model.progress import chapter
from pointscli.model.tally import Standing, Tally
from pointscli.model.trend import Line, Point, Spread, Trend


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose scores, and over periods of which kind (None: as settled); without member and branch: everybody's."""

    kind: Kind | None = None
    member: str | None = None
    branch: str | None = None


def trend(workspace: Workspace, asked: Asked, subject: Subject) -> Trend:
    """The trend over the year asked for, or the last one with events."""
    inputs = read_inputs(workspace)
    _refuse_unknown(inputs, subject)
    question, _ = pose(asked, inputs)
    scheme, year = question.scheme, question.period.year
    settle = next(one.settle for one in inputs.schemes if one.id == scheme)
    chosen = subject.kind or settle
    if chosen is Kind.YEAR:
        periods = _years(inputs, scheme, year)
    else:
        periods = [one for one in year.inside(chosen) if one.start <= asked.today]
    tallies = []
    for number, period in enumerate(periods, 1):
        chapter("{period} ({number} of {count})", period=period.label, number=number, count=len(periods))
        tallies.append(tally_inputs(inputs, replace(asked, period=period, scheme=scheme), workspace.language).tally)
    return _build(inputs, tallies, subject)


def _refuse_unknown(inputs: Inputs, subject: Subject) -> None:
    """Say so before a year is computed."""
    if subject.member is not None:
        find_member(inputs.roster, subject.member)
    _refuse_branch(subject.branch, {spell.cells.get("branch", "") for spell in inputs.roster.spells})


def _refuse_branch(branch: str | None, known: set[str]) -> None:
    if branch is not None and branch not in known:
        raise UsageError(
            "there is no branch {branch}",
            "the branches are: {known}",
            branch=branch,
            known=", ".join(sorted(filter(None, known))),
        )


def _years(inputs: Inputs, scheme: str, last: Period) -> list[Period]:
    """Every year from the scheme's first to the one asked for, at most ten."""
    first = min(one.effective_from.year for one in inputs.schemes if one.id == scheme)
    return [Period(Kind.YEAR, number) for number in range(max(first, last.number - 9), last.number + 1)]


def _build(inputs: Inputs, tallies: Sequence[Tally], subject: Subject) -> Trend:
    last, member, branch = tallies[-1], subject.member, subject.branch
    _refuse_branch(branch, {one.row.get("branch", "") for tally in tallies for one in tally.standings})
    chosen = [[one for one in tally.standings if _is_asked(one, branch)] for tally in tallies]
    if member is not None:
        found = inputs.roster.members[find_member(inputs.roster, member)]
        ids, title = [found.id], f"{found.name} {found.id}"
    else:
        ids = list(dict.fromkeys(one.member for listed in reversed(chosen) for one in listed))
        title = branch or ""
    lines = tuple(_line(one, tallies, inputs) for one in ids)
    return Trend(
        title=last.title,
        subject=title,
        periods=tuple(tally.period for tally in tallies),
        decimals=last.decimals,
        lines=lines,
        spreads=() if member else tuple(_spread([one.score for one in listed], last.decimals) for listed in chosen),
        scores=() if member else tuple(one.score for one in chosen[-1]),
    )


def _is_asked(one: Standing, branch: str | None) -> bool:
    return branch is None or one.row.get("branch", "") == branch


def _line(member: str, tallies: Sequence[Tally], inputs: Inputs) -> Line:
    found = [next((one for one in tally.standings if one.member == member), None) for tally in tallies]
    name = next(one.name for one in inputs.roster.members if one.id == member)
    group = next((one.group for one in reversed(found) if one is not None), "")
    means = []
    for tally, standing in zip(tallies, found, strict=True):
        peers = [one.score for one in tally.standings if standing is None or one.group == standing.group]
        means.append(_mean(peers, tally.decimals))
    points = tuple(Point(one.score, one.rank) if one else Point(None, None) for one in found)
    return Line(member, name, group, points, tuple(means))


def _spread(scores: list[Decimal], decimals: int) -> Spread | None:
    """Quartiles by nearest rank: scores that somebody has, nothing between."""
    mean = _mean(scores, decimals)
    if mean is None:
        return None
    ordered = sorted(scores)

    def at(quarters: int) -> Decimal:
        return ordered[max(-(-quarters * len(ordered) // 4) - 1, 0)]

    return Spread(len(ordered), ordered[0], at(1), at(2), at(3), ordered[-1], mean)


def _mean(scores: Sequence[Decimal], decimals: int) -> Decimal | None:
    if not scores:
        return None
    return (sum(scores, Decimal(0)) / len(scores)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
