"""A period's scores, ranks, grades, stars and outcome lists: the way through all packages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from pointscli.app.faults import explain_faults
from pointscli.app.inputs import Inputs, no_collection, read_inputs
from pointscli.app.log_size import is_large
from pointscli.app.membership import check_columns, group_names, join_roster
from pointscli.app.nominations import check_nominations
from pointscli.app.outcomes import OutcomeLists
from pointscli.app.question import Asked, Note, pose
from pointscli.app.review_objections import nominees_under_objection, objection_notes
from pointscli.app.workspace import Language, Workspace
from pointscli.engine.run import Computation, RankedRow, Result
from pointscli.inputs.roster import kind_id
from pointscli.model.log import Decisions, EventLog
from pointscli.model.membership import Membership
from pointscli.model.plan import Plan
from pointscli.model.problem import FindingsError, Problem, Refused, Severity, UsageError
from pointscli.model.progress import COMPUTING, working
from pointscli.model.tally import Heading, Standing, Tally
from pointscli.model.units import published
from pointscli.scheme.plan import Question, compile_plan, version_at_end
from pointscli.scheme.types import Scheme

if TYPE_CHECKING:
    from pointscli.engine.spark import SparkEngine

Computing = Callable[[Plan, Membership, EventLog], Computation]


@dataclass(frozen=True, slots=True)
class Report:
    """A tally with what is to be said beside it."""

    tally: Tally
    warnings: tuple[Problem, ...]
    notes: tuple[Note, ...]
    dimensions: tuple[str, ...]
    sums: dict[tuple[str, int], int]
    """(member id, dimension) → points in 10⁻⁹ as published, if asked for by dimension."""
    refused: int = 0
    """Rows with errors that are left out."""
    piles: Mapping[str, int] = field(default_factory=dict)
    """Events (one for each member named) by where they ended; they add up."""


def tally(
    workspace: Workspace,
    asked: Asked,
    *,
    skip_invalid: bool = False,
    by_dimension: bool = False,
    engine: SparkEngine | None = None,
    memory: int = 0,
) -> Report:
    """Compute a tally; FindingsError if anything in the files is wrong (unless those rows are to be skipped).

    `memory`: about how many bytes may be used for a large, plain log (0: as many as there are).
    """
    if engine is None and not by_dimension and (quick := _tally_fast(workspace, asked, memory)):
        return quick
    if engine is not None and engine.urls:
        return _tally_on_spark(workspace, asked, engine, by_dimension=by_dimension)
    if engine is not None and (urls := engine.near(workspace.events)):
        with suppress(FindingsError, Refused):  # the careful way names the row
            near = replace(engine, urls=urls)
            return _tally_on_spark(workspace, asked, near, by_dimension=by_dimension, plain=True)
    return tally_inputs(
        read_inputs(workspace),
        asked,
        workspace.language,
        skip_invalid=skip_invalid,
        by_dimension=by_dimension,
        computing=engine,
    )


def _tally_on_spark(
    workspace: Workspace, asked: Asked, engine: SparkEngine, *, by_dimension: bool, plain: bool = False
) -> Report:
    """The same of an event log that Spark reads itself."""
    from pointscli.app.spark_inputs import read_on_spark  # noqa: PLC0415  (only for Spark)
    from pointscli.engine.spark_log import Unpriced  # noqa: PLC0415  (the same)

    inputs = read_on_spark(workspace, engine, plain=plain)
    try:
        return tally_inputs(inputs, asked, workspace.language, by_dimension=by_dimension, computing=inputs.compute)
    except Unpriced as error:
        listed = ", ".join(f"{event} ({reason})" for event, reason in error.found)
        hint = "mend these events; without --engine spark every finding is named with file and line"
        raise Refused("events that cannot be priced: {events}", hint, events=listed) from error
    finally:
        inputs.noted.close()


def _tally_fast(workspace: Workspace, asked: Asked, memory: int) -> Report | None:
    """The same of a large, plain log in which nothing is wrong; None if there is anything to look at."""
    if not is_large(workspace):
        return None
    from pointscli.app.fast_inputs import read_fast  # noqa: PLC0415  (a small log needs none of it)
    from pointscli.engine.database import TooMuch, Unreadable  # noqa: PLC0415  (the same)
    from pointscli.engine.fast_run import Irregular  # noqa: PLC0415  (the same)

    with no_collection():
        inputs = read_fast(workspace, memory)
        if inputs is None:
            return None
        try:
            return tally_inputs(inputs, asked, workspace.language, computing=inputs.compute)
        except (Irregular, Unreadable, TooMuch, FindingsError):
            return None
        finally:
            inputs.noted.close()


def tally_inputs(
    inputs: Inputs,
    asked: Asked,
    language: Language,
    *,
    skip_invalid: bool = False,
    by_dimension: bool = False,
    computing: Computing | None = None,
) -> Report:
    """The same of inputs that are read already; `computing` makes the computation if it is to be another one."""
    try:
        question, notes = pose(asked, inputs)
        computation = Run(inputs, question, asked, computing)
    except UsageError:
        if inputs.errors:
            raise FindingsError(list(inputs.problems)) from None
        raise
    errors, warnings = computation.findings()
    if errors and not (skip_invalid and inputs.whole):
        raise FindingsError(errors + warnings)
    refused = len({(problem.place.path, problem.place.line) for problem in errors})
    if refused:
        notes.append(Note("{count} rows with errors are left out: the result is partial", (("count", str(refused)),)))
    result = computation.db.result(by_dimension=by_dimension)
    notes += objection_notes(inputs, question, computation.log.decisions, result.objections, asked.as_of)
    built = replace(computation.build(result, language), partial=bool(refused))
    objected = nominees_under_objection(inputs, question, asked.as_of)
    if objected:
        standings = (replace(one, objections=one.objections + objected[one.member]) for one in built.standings)
        built = replace(built, standings=tuple(standings))
    sums = {(inputs.roster.members[m].id, d): amount for (m, d), amount in result.dimensions.items()}
    return Report(built, tuple(warnings), tuple(notes), computation.plan.dimensions, sums, refused, result.piles)


class Run:
    """One computation over read inputs."""

    def __init__(self, inputs: Inputs, question: Question, asked: Asked, computing: Computing | None) -> None:
        """Compile the rules and load everything; UsageError if the rules have no answer."""
        self.inputs, self.question, self.as_of = inputs, question, asked.as_of
        _, self.scheme = version_at_end(inputs.schemes, question.scheme, question.period)
        self.plan = compile_plan(inputs.schemes, question)
        self.log = event_log(inputs, asked.as_of)
        self.db = (computing or Computation)(self.plan, join_roster(inputs.roster, self.plan), self.log)

    def findings(self) -> tuple[list[Problem], list[Problem]]:
        """Errors and warnings of the files, prices among them."""
        inputs = self.inputs
        working(COMPUTING[0])
        errors = inputs.errors + explain_faults(self.db.faults(), inputs) + check_nominations(inputs)
        warnings = check_columns(self.scheme, inputs.roster)
        warnings += (problem for problem in inputs.problems if problem.severity is Severity.WARNING)
        return errors, warnings

    def build(self, result: Result, language: Language) -> Tally:
        """The tally of a result."""
        lists = OutcomeLists(self.inputs, self.scheme, self.plan, self.question, self.as_of)
        built = replace(
            build_tally(self.inputs, self.scheme, self.plan, self.question, result),
            decided=decided_on(self.inputs, self.plan, self.log, lists),
            preview=stage_title(self.scheme, self.plan.params.preview),
        )
        return lists.add(built, result, language)


def event_log(inputs: Inputs, as_of: date | None) -> EventLog:
    """The logs as the engine takes them; with an as-of date, decisions dated on or before it."""
    decisions = inputs.reviews.decisions
    if as_of is not None:
        last = as_of.toordinal()
        kept = [i for i, day in enumerate(decisions.day) if day <= last]
        decisions = Decisions(**{name: [column[i] for i in kept] for name, column in _columns(decisions)})
    return EventLog(inputs.events.entries, tuple(inputs.words.levels), decisions, tuple(inputs.reviews.nominations))


def _columns(decisions: Decisions) -> Sequence[tuple[str, list]]:  # type: ignore[type-arg]
    return [(name, getattr(decisions, name)) for name in Decisions.__dataclass_fields__]


def build_tally(inputs: Inputs, scheme: Scheme, plan: Plan, question: Question, result: Result) -> Tally:
    """The standings in published order, without outcomes."""
    groups = group_names(inputs.roster.spells, plan.groupings)[plan.params.rank_grouping]
    standings = tuple(_standing(inputs, scheme, plan, groups, row, result) for row in result.ranked)
    return Tally(
        scheme=scheme.id,
        version=scheme.version,
        title=scheme.title,
        period=question.period,
        as_of=question.as_of,
        decided=None,
        settle=str(scheme.settle),
        decimals=scheme.decimals,
        partial=False,
        columns=tuple(Heading(node.id, node.title) for node in scheme.score.items),
        standings=standings,
        outcomes=(),
        derived=tuple(Heading(derive.id, derive.title) for derive in scheme.derive),
        ranked=scheme.ranking is not None,
        confirms=any(outcome.confirm for outcome in scheme.outcomes),
    )


def _standing(
    inputs: Inputs, scheme: Scheme, plan: Plan, groups: list[str], row: RankedRow, result: Result
) -> Standing:
    spell = inputs.roster.spells[row.spell]
    figures, decimals = result.figures[row.member], scheme.decimals
    cells = dict(spell.cells)
    cells["kind"] = kind_id(cells.get("kind", ""))
    return Standing(
        member=inputs.roster.members[row.member].id,
        name=cells.get("name", ""),
        row=cells,
        group=groups[row.group] if plan.params.rank_grouping else "",
        score=published(row.score, decimals),
        columns=tuple([published(figures[figure], decimals) for figure in plan.figures.columns]),
        earned=published(figures[plan.figures.earned], decimals),
        derived=tuple(
            [published(figures[figure], decimals) if figure in figures else None for figure in plan.figures.derived]
        ),
        inner=tuple([(name, published(figures[figure], decimals)) for name, figure in plan.figures.inner]),
        rank=row.rank,
        grade=None if row.grade is None else scheme.grades[row.grade].name,
        stars=None if row.stars is None else int(scheme.stars[row.stars].name),
        objections=result.objections.get(row.member, 0),
    )


def decided_on(inputs: Inputs, plan: Plan, log: EventLog, lists: OutcomeLists) -> date | None:
    """The latest date of the decisions used: about the scheme's events so far, or the period's nominations."""
    here = {version.version for version in plan.tables.versions if version.here}
    last_month = plan.params.last_month
    days = [
        day
        for entry, day in zip(log.decisions.entry, log.decisions.day, strict=True)
        if inputs.events.items[entry].version in here
        and plan.params.year_month <= inputs.events.entries.month[entry] <= last_month
    ]
    days += [decision.day for decision in lists.nominations.decisions]
    return date.fromordinal(max(days)) if days else None


def stage_title(scheme: Scheme, stage: int | None) -> str:
    """Printed name of a review stage."""
    return scheme.review.stages[stage][1] if scheme.review and stage is not None else ""
