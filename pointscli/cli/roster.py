"""`points roster`."""

from __future__ import annotations

import typer

from pointscli.cli import options as o
from pointscli.cli.world import World


def roster(
    context: typer.Context,
    month: o.MonthOption = None,
    quarter: o.QuarterOption = None,
    half: o.HalfOption = None,
    year: o.YearOption = None,
    as_of: o.AsOfOption = None,
    scheme: o.SchemeOption = None,
    branch: o.BranchOption = None,
    group: o.GroupOption = None,
    kind: o.KindOption = None,
    where: o.WhereOption = None,
    format_name: o.FormatOption = None,
    headers: o.HeadersOption = o.Headers.TITLES,
    output: o.OutputOption = None,
) -> None:
    """Who is scored by which scheme, when, ranked or exempt, and whom no scheme scores."""
    world: World = context.obj
    with world.boundary():
        from pointscli.app.question import Asked  # noqa: PLC0415  (help must not load the tables)
        from pointscli.app.roster_listing import list_roster  # noqa: PLC0415  (the same)
        from pointscli.app.workspace import open_workspace  # noqa: PLC0415  (the same)

        period = o.one_period(month=month, quarter=quarter, half=half, year=year)
        workspace = open_workspace(world.workspace, world.sources)
        columns = {"branch": branch, "group": group, "kind": kind}
        asked = Asked(world.today, period, scheme, o.one_day(as_of))
        found = list_roster(workspace, asked, columns, o.where_columns(where))
        for note in found.notes:
            world.say(note.message, **dict(note.args))
        look = world.look(workspace.language, ids=headers is o.Headers.IDS)
        world.write(found.table, look, format_name and format_name.value, output)
