"""Events that cannot be priced, whatever their scheme and period: one computation looks at all of them."""

from __future__ import annotations

from pointscli.app.faults import explain_faults
from pointscli.app.inputs import Inputs
from pointscli.app.membership import join_roster
from pointscli.engine.run import Computation
from pointscli.model.log import EventLog
from pointscli.model.period import Period
from pointscli.model.problem import Problem
from pointscli.scheme.plan import Question, compile_plan


def find_faults(inputs: Inputs) -> list[Problem]:
    """A finding for each event that cannot be priced."""
    scheme = inputs.schemes[0]
    period = Period.containing(scheme.settle, scheme.effective_from)
    plan = compile_plan(inputs.schemes, Question(scheme.id, period, period.end))
    levels, reviews = tuple(inputs.words.levels), inputs.reviews
    log = EventLog(inputs.events.entries, levels, reviews.decisions, tuple(reviews.nominations))
    return explain_faults(Computation(plan, join_roster(inputs.roster, plan), log).faults(), inputs)
