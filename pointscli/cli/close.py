"""`points close`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pointscli.cli import options as o
from pointscli.cli.options import _
from pointscli.cli.world import World

if TYPE_CHECKING:
    from pointscli.app.close_result import Closed

ToOption = Annotated[
    Path | None, typer.Option("--to", metavar="FILE", help=_("The file of the event log that takes the events."))
]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help=_("Only show what would be written."))]
AnywayOption = Annotated[bool, typer.Option("--anyway", help=_("Also if something is not settled yet."))]
ByOption = Annotated[str | None, typer.Option("--by", metavar="NAME", help=_("Who records it."))]


def close(
    context: typer.Context,
    year: Annotated[str, typer.Option("--year", metavar="2021", help=_("The year that is closed."))],
    scheme: o.SchemeOption = None,
    to: ToOption = None,
    by: ByOption = None,
    dry_run: DryRunOption = False,
    anyway: AnywayOption = False,
    format_name: o.FormatOption = None,
    headers: o.HeadersOption = o.Headers.TITLES,
    output: o.OutputOption = None,
) -> None:
    """Write what a year carries into the next one, as one opening event a member."""
    world: World = context.obj
    with world.boundary():
        from pointscli.app.close import Wanted, close_year  # noqa: PLC0415  (help must not load the computation)
        from pointscli.journal.workspace_lock import Act  # noqa: PLC0415  (the same)

        period = o.one_period(year=year)
        if period is None:
            raise AssertionError(year)
        wanted = Wanted(period, world.today, scheme, to, anyway=anyway, dry_run=dry_run)
        act = Act(world.clerk(by), world.now, "close")
        found = close_year(world.workspace, world.sources, wanted, act)
        look = world.look(found.language, ids=headers is o.Headers.IDS)
        with world.reporting(written=not dry_run):
            world.write(found.table(), look, format_name and format_name.value, output)
        _say(world, found, dry_run=dry_run)


def _say(world: World, found: Closed, *, dry_run: bool) -> None:
    there = found.count("there")
    if dry_run:
        world.say(
            "nothing was written: {count} events would be, {there} are there already",
            count=found.count("planned"),
            there=there,
        )
    elif found.file:
        template = "{count} events were written to {file}, {there} were there already"
        world.say(template, count=found.count("written"), file=found.file, there=there)
    else:
        world.say("nothing to write: {there} events are there already", there=there)
