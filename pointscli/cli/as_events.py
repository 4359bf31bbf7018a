"""`points outcomes --as-events`: the options, and what is said."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pointscli.cli import options as o
from pointscli.cli.options import _
from pointscli.cli.world import World

if TYPE_CHECKING:
    from pointscli.app.tally import Report
    from pointscli.app.workspace import Workspace
    from pointscli.model.table import Table

EVENTS = _("As events")
AsEventsOption = Annotated[
    str | None,
    typer.Option(
        "--as-events",
        metavar="ITEM",
        help=_("Write the lists as events of this item of another scheme."),
        rich_help_panel=EVENTS,
    ),
]
OutcomeOption = Annotated[
    list[str] | None,
    typer.Option("--outcome", metavar="ID", help=_("Only this outcome."), rich_help_panel=EVENTS),
]
ItemSchemeOption = Annotated[
    str | None,
    typer.Option(
        "--scheme-of-item",
        metavar="ID",
        help=_("The scheme of the item, where several have it."),
        rich_help_panel=EVENTS,
    ),
]
IntoOption = Annotated[
    Path | None,
    typer.Option("--into", metavar="DIR", help=_("The workspace that takes the events."), rich_help_panel=EVENTS),
]
ToOption = Annotated[
    Path | None,
    typer.Option(
        "--to", metavar="FILE", help=_("The file of the event log that takes the events."), rich_help_panel=EVENTS
    ),
]
DateOption = Annotated[
    str | None,
    typer.Option(
        "--date", metavar="DATE", help=_("The day of the events; without it the period's last."), rich_help_panel=EVENTS
    ),
]
LevelOption = Annotated[
    str | None, typer.Option("--level", help=_("The level, where the item has levels."), rich_help_panel=EVENTS)
]
PointsOption = Annotated[
    str | None,
    typer.Option(
        "--points", metavar="P", help=_("The points, where the item leaves them open."), rich_help_panel=EVENTS
    ),
]
EvidenceOption = Annotated[str | None, typer.Option("--evidence", help=_("What proves it."), rich_help_panel=EVENTS)]
ByOption = Annotated[
    str | None, typer.Option("--by", metavar="NAME", help=_("Who records it."), rich_help_panel=EVENTS)
]
DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help=_("Only show what would be written."), rich_help_panel=EVENTS)
]
AnywayOption = Annotated[
    bool, typer.Option("--anyway", help=_("Also if something is not settled yet."), rich_help_panel=EVENTS)
]


@dataclass(frozen=True, slots=True)
class AsEvents:
    """The options as they were given."""

    item: str
    outcomes: list[str] | None
    scheme: str | None
    into: Path | None
    to: Path | None
    date: str | None
    level: str | None
    points: str | None
    evidence: str | None
    by: str | None
    dry_run: bool
    anyway: bool


def write_events(world: World, workspace: Workspace, report: Report, given: AsEvents) -> Table:
    """Write the events, say what became of them, and give the table to show."""
    from pointscli.app.awards import Wanted, write_awards  # noqa: PLC0415  (help must not load the computation)
    from pointscli.journal.workspace_lock import Act  # noqa: PLC0415  (the same)

    wanted = Wanted(
        item=given.item,
        outcomes=tuple(given.outcomes or ()),
        scheme=given.scheme,
        into=given.into,
        to=given.to,
        day=o.one_day(given.date),
        level=given.level or "",
        points=given.points or "",
        evidence=given.evidence or "",
        anyway=given.anyway,
        dry_run=given.dry_run,
    )
    found = write_awards(workspace, report, wanted, Act(world.clerk(given.by), world.now, "outcomes"))
    there = found.count("there")
    if given.dry_run:
        template = "nothing was written: {count} events would be, {there} are there already"
        world.say(template, count=found.count("planned"), there=there)
    elif found.file:
        template = "{count} events were written to {file}, {there} were there already"
        world.say(template, count=found.count("written"), file=found.file, there=there)
    else:
        world.say("nothing to write: {there} events are there already", there=there)
    if found.stage and found.file:
        world.say("they stand at the stage {stage} and count once they are approved: points review", stage=found.stage)
    if found.nominated:
        world.say("{count} nominations are not confirmed yet and give no event", count=found.nominated)
    for event in found.stale:
        world.say("event {event} is in the log, but its member is not on the list any more", event=event)
    return found.table
