"""`points trend`."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pointscli.cli import options as o
from pointscli.cli.options import _
from pointscli.cli.world import World
from pointscli.model.period import Kind


class TrendFormat(StrEnum):
    """What is shown: a chart with its numbers, or the numbers in a format."""

    CHART = "chart"
    TABLE = "table"
    MARKDOWN = "markdown"
    CSV = "csv"
    JSON = "json"


PICTURES = {".svg": "svg", ".png": "png"}


def trend(
    context: typer.Context,
    member: Annotated[
        str | None, typer.Argument(help=_("A member's id, or a name that only one bears; everybody if left out."))
    ] = None,
    branch: Annotated[str | None, typer.Option("--branch", help=_("The spread of this branch."))] = None,
    by: Annotated[Kind | None, typer.Option("--by", help=_("Periods of this kind; default: as settled."))] = None,
    year: o.YearOption = None,
    scheme: o.SchemeOption = None,
    format_name: Annotated[
        TrendFormat | None, typer.Option("--format", "-f", help=_("Format of the result."), rich_help_panel=o.OUTPUT)
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help=_("A picture (.svg, .png) or a table."), rich_help_panel=o.OUTPUT
        ),
    ] = None,
) -> None:
    """Scores over the periods of a year."""
    world: World = context.obj
    with world.boundary(), world.progress():
        period = o.one_period(year=year)
        from pointscli.app.question import Asked  # noqa: PLC0415  (help must not load the computation)
        from pointscli.app.trend import Subject  # noqa: PLC0415  (the same)
        from pointscli.app.trend import trend as compute  # noqa: PLC0415  (the same)
        from pointscli.app.workspace import open_workspace  # noqa: PLC0415  (the same)

        workspace = open_workspace(world.workspace, world.sources)
        asked = Asked(world.today, period, scheme)
        found = compute(workspace, asked, Subject(by, member, branch))
        look = world.look(workspace.language, ids=False)
        from pointscli.outputs.trend_tables import spread_table, trend_table  # noqa: PLC0415  (the same)
        from pointscli.outputs.trend_words import TrendWords  # noqa: PLC0415  (the same)

        words = TrendWords(workspace.language)
        if output is not None and output.suffix.lower() in PICTURES:
            from pointscli.outputs.trend_image import render_image  # noqa: PLC0415  (only for pictures)

            world.put_file(output, render_image(found, look, PICTURES[output.suffix.lower()]))
            return
        name = format_name or (TrendFormat.TABLE if output else TrendFormat.CHART)
        if name is TrendFormat.CHART:
            from pointscli.outputs.trend_chart import render_chart  # noqa: PLC0415  (only for charts)

            world.put(render_chart(found, look) + "\n")
            table = spread_table(found, words) if found.spreads else trend_table(found, words)
            world.write(replace(table, title=""), look, "table", None)
            return
        world.write(trend_table(found, words), look, None if output and format_name is None else name.value, output)
