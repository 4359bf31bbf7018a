"""`points explain`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from pointscli.cli import options as o
from pointscli.cli.options import _
from pointscli.cli.world import World


class ExplainFormat(StrEnum):
    """Formats of explanations."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"
    HTML = "html"


def explain(
    context: typer.Context,
    member: Annotated[str, typer.Argument(help=_("A member's id, or a name that only one bears."))],
    month: o.MonthOption = None,
    quarter: o.QuarterOption = None,
    half: o.HalfOption = None,
    year: o.YearOption = None,
    as_of: o.AsOfOption = None,
    scheme: o.SchemeOption = None,
    stage: o.StageOption = None,
    skip_invalid: o.SkipOption = False,
    item: Annotated[str | None, typer.Option("--item", metavar="ITEM", help=_("Only this item or section."))] = None,
    why_not: Annotated[
        str | None,
        typer.Option("--why-not", metavar="ITEM|OUTCOME", help=_("What kept this item or outcome from counting.")),
    ] = None,
    format_name: Annotated[
        ExplainFormat | None, typer.Option("--format", "-f", help=_("Format of the result."), rich_help_panel=o.OUTPUT)
    ] = None,
    output: o.OutputOption = None,
) -> None:
    """How a score came to be: every posting, its price, what each rule did to it, and where it is written."""
    world: World = context.obj
    with world.boundary(), world.progress():
        period = o.one_period(month=month, quarter=quarter, half=half, year=year)
        from pointscli.app.explain import explain as explain_member  # noqa: PLC0415  (help must not load it)
        from pointscli.app.question import Asked  # noqa: PLC0415  (the same)
        from pointscli.app.workspace import open_workspace  # noqa: PLC0415  (the same)
        from pointscli.outputs.explain_formats import explain_format_of, explain_text  # noqa: PLC0415  (the same)
        from pointscli.outputs.explain_json import render_json  # noqa: PLC0415  (the same)

        workspace = open_workspace(world.workspace, world.sources)
        asked = Asked(world.today, period, scheme, o.one_day(as_of), stage)
        found = explain_member(workspace, asked, member, item=item, why_not=why_not, skip_invalid=skip_invalid)
        world.say_warnings(found.report.warnings)
        for note in found.report.notes:
            world.say(note.message, **dict(note.args))
        name = format_name.value if format_name else explain_format_of(output) if output else "text"
        look = world.look(workspace.language, ids=False)
        if name == "json":
            standings = found.report.tally.standings
            standing = next((one for one in standings if one.member == found.derivation.member), None)
            text = render_json(found.derivation, standing, found.rollup)
        else:
            text = explain_text(name, found.explanation, look, to_file=output is not None)
        if output is not None:
            world.put_file(output, text.encode())
        else:
            world.put(text)
