"""From what a user asks to a question that the rules can answer: which scheme, which period, as of which day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pointscli.app.inputs import Inputs
from pointscli.model.period import Kind, Period
from pointscli.model.problem import UsageError
from pointscli.scheme.plan import Question
from pointscli.scheme.types import Scheme


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line says; None where it says nothing."""

    today: date
    period: Period | None = None
    scheme: str | None = None
    as_of: date | None = None
    stage: str | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """Something to say beside the result: an English template and what fills it."""

    message: str
    args: tuple[tuple[str, str], ...] = ()


def pose(asked: Asked, inputs: Inputs) -> tuple[Question, list[Note]]:
    """Fill in what was not said; UsageError if there is no answer to it."""
    notes: list[Note] = []
    scheme = choose_scheme(asked, inputs.schemes)
    period = asked.period
    if period is None:
        period = _last_period(scheme, asked, inputs)
        notes.append(Note("no period given: {period}, the last one with events", (("period", period.label),)))
    as_of = asked.as_of or min(period.end, asked.today)
    if as_of < period.start:
        raise UsageError(
            "{period} has not begun on {day}",
            "give a later --as-of, or ask for an earlier period",
            period=period.label,
            day=as_of.isoformat(),
        )
    return Question(scheme, period, as_of, asked.stage), notes


def choose_scheme(asked: Asked, schemes: Sequence[Scheme]) -> str:
    """The scheme named, or the only one that is in force in the period."""
    known = sorted({scheme.id for scheme in schemes})
    if asked.scheme is not None:
        if asked.scheme not in known:
            raise UsageError(
                "there is no scheme {scheme}", "the schemes are: {known}", scheme=asked.scheme, known=", ".join(known)
            )
        return asked.scheme
    period = asked.period
    applying = {scheme.id for scheme in schemes if period is None or _in_force(scheme, period)} or set(known)
    if len(applying) > 1:
        raise UsageError(
            "several schemes apply: {known}",
            "say which one with --scheme",
            known=", ".join(sorted(applying)),
        )
    return next(iter(applying))


def _in_force(scheme: Scheme, period: Period) -> bool:
    return scheme.effective_from <= period.end and (scheme.effective_to is None or scheme.effective_to >= period.start)


def _last_period(scheme_id: str, asked: Asked, inputs: Inputs) -> Period:
    """The last settlement period with an event of the scheme that is not in the future."""
    today = (asked.as_of or asked.today).toordinal()
    kind: Kind = next(scheme.settle for scheme in inputs.schemes if scheme.id == scheme_id)
    last = inputs.last_day(scheme_id, today)
    if last is None:
        raise UsageError(
            "scheme {scheme} has no events, so there is no last period",
            "say which period: --month, --quarter, --half or --year",
            scheme=scheme_id,
        )
    return Period.containing(kind, date.fromordinal(last))
