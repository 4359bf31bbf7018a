"""`points tally` and `points outcomes`."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from pointscli.cli import as_events as e
from pointscli.cli import options as o
from pointscli.cli.options import _
from pointscli.cli.world import World
from pointscli.model.period import Period
from pointscli.model.problem import UsageError

if TYPE_CHECKING:
    from pointscli.app.tally import Report
    from pointscli.app.workspace import Workspace
    from pointscli.engine.spark import SparkEngine
    from pointscli.outputs.tables import Result

ENGINE = _("Engine")


class Group(StrEnum):
    """What sums are made by."""

    DIMENSION = "dimension"
    BRANCH = "branch"
    GROUP = "group"


class Engine(StrEnum):
    """What computes."""

    DUCKDB = "duckdb"
    SPARK = "spark"


EngineOption = Annotated[
    Engine, typer.Option("--engine", help=_("What computes: this machine, or Spark."), rich_help_panel=ENGINE)
]
MasterOption = Annotated[
    str | None,
    typer.Option(
        "--spark-master", metavar="URL", help=_("Where Spark runs; default: local[*]."), rich_help_panel=ENGINE
    ),
]


def tally(
    context: typer.Context,
    month: o.MonthOption = None,
    quarter: o.QuarterOption = None,
    half: o.HalfOption = None,
    year: o.YearOption = None,
    as_of: o.AsOfOption = None,
    scheme: o.SchemeOption = None,
    stage: o.StageOption = None,
    skip_invalid: o.SkipOption = False,
    branch: o.BranchOption = None,
    group: o.GroupOption = None,
    kind: o.KindOption = None,
    where: o.WhereOption = None,
    by: Annotated[Group | None, typer.Option("--by", help=_("Sums by this."), rich_help_panel=o.LISTING)] = None,
    engine: EngineOption = Engine.DUCKDB,
    spark_master: MasterOption = None,
    format_name: o.FormatOption = None,
    headers: o.HeadersOption = o.Headers.TITLES,
    output: o.OutputOption = None,
    memory: o.MemoryOption = None,
) -> None:
    """Scores, ranks, grades, stars and outcome lists of a period."""
    world: World = context.obj
    with world.boundary(), world.progress():
        asked = _Asked(world, o.one_period(month=month, quarter=quarter, half=half, year=year), as_of, scheme, stage)
        spark = _spark(world, engine, spark_master)
        workspace, report = asked.report(
            skip_invalid=skip_invalid, by_dimension=by is Group.DIMENSION, memory=memory, engine=spark
        )
        from pointscli.app.listing import filter_listing, sum_by  # noqa: PLC0415  (loads with the computation)

        columns = {"branch": branch, "group": group, "kind": kind}
        report = filter_listing(report, columns, o.where_columns(where))
        result = sum_by(report, by.value, workspace.language) if by else report.tally
        look = world.look(workspace.language, ids=headers is o.Headers.IDS)
        world.write(result, look, format_name and format_name.value, output)


def outcomes(
    context: typer.Context,
    month: o.MonthOption = None,
    quarter: o.QuarterOption = None,
    half: o.HalfOption = None,
    year: o.YearOption = None,
    as_of: o.AsOfOption = None,
    scheme: o.SchemeOption = None,
    stage: o.StageOption = None,
    skip_invalid: o.SkipOption = False,
    branch: o.BranchOption = None,
    group: o.GroupOption = None,
    kind: o.KindOption = None,
    where: o.WhereOption = None,
    format_name: o.FormatOption = None,
    headers: o.HeadersOption = o.Headers.TITLES,
    output: o.OutputOption = None,
    memory: o.MemoryOption = None,
    as_events: e.AsEventsOption = None,
    outcome: e.OutcomeOption = None,
    scheme_of_item: e.ItemSchemeOption = None,
    into: e.IntoOption = None,
    to: e.ToOption = None,
    date: e.DateOption = None,
    level: e.LevelOption = None,
    points: e.PointsOption = None,
    evidence: e.EvidenceOption = None,
    by: e.ByOption = None,
    dry_run: e.DryRunOption = False,
    anyway: e.AnywayOption = False,
) -> None:
    """Only the lists: five stars, commended, bottom three, talks, with their action and reason."""
    world: World = context.obj
    with world.boundary(), world.progress():
        asked = _Asked(world, o.one_period(month=month, quarter=quarter, half=half, year=year), as_of, scheme, stage)
        workspace, report = asked.report(skip_invalid=skip_invalid, by_dimension=False, memory=memory)
        from pointscli.app.listing import filter_listing  # noqa: PLC0415  (loads with the computation)
        from pointscli.outputs.outcomes import Outcomes  # noqa: PLC0415  (the same)

        columns = {"branch": branch, "group": group, "kind": kind}
        report = filter_listing(report, columns, o.where_columns(where))
        result: Result = Outcomes(report.tally)
        if as_events is not None:
            more = (outcome, scheme_of_item, into, to, date, level, points, evidence, by)
            given = e.AsEvents(as_events, *more, dry_run=dry_run, anyway=anyway)
            result = e.write_events(world, workspace, report, given)
        look = world.look(workspace.language, ids=headers is o.Headers.IDS)
        with world.reporting(written=as_events is not None and not dry_run):
            world.write(result, look, format_name and format_name.value, output)


def _spark(world: World, engine: Engine, master: str | None) -> SparkEngine | None:
    if engine is Engine.DUCKDB:
        if master is not None:
            raise UsageError("--spark-master belongs to --engine spark", "add --engine spark, or leave it out")
        return None
    from pointscli.engine.spark_session import require_packages  # noqa: PLC0415  (only for Spark)

    require_packages()
    from pointscli.engine.spark import SparkEngine  # noqa: PLC0415  (the same)

    urls = world.event_urls if any("://" in url for url in world.event_urls) else ()
    return SparkEngine(master or "local[*]", world.java_home, urls)


class _Asked:
    """What both commands ask of the use case."""

    def __init__(
        self, world: World, period: Period | None, as_of: str | None, scheme: str | None, stage: str | None
    ) -> None:
        from pointscli.app.question import Asked  # noqa: PLC0415  (help must not load the computation)

        self.world = world
        self.asked = Asked(world.today, period, scheme, o.one_day(as_of), stage)

    def report(
        self, *, skip_invalid: bool, by_dimension: bool, memory: str | None, engine: SparkEngine | None = None
    ) -> tuple[Workspace, Report]:
        """Compute, and say what is to be said beside the result."""
        from pointscli.app.tally import tally  # noqa: PLC0415  (the same)
        from pointscli.app.workspace import Sources, open_workspace  # noqa: PLC0415  (the same)

        world = self.world
        sources = world.sources
        if engine is not None and engine.urls:
            sources = Sources(world.rules, world.members, outside=world.outside, has_urls=True)
        workspace = open_workspace(world.workspace, sources)
        more = {"skip_invalid": skip_invalid, "by_dimension": by_dimension}
        report = tally(workspace, self.asked, **more, memory=o.one_size(memory), engine=engine)
        world.say_warnings(report.warnings)
        for note in report.notes:
            world.say(note.message, **dict(note.args))
        return workspace, report
