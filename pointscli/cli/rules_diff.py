"""`points rules diff`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pointscli.cli import options as o
from pointscli.cli.options import _
from pointscli.cli.world import World
from pointscli.locale import translator
from pointscli.model.problem import UsageError

_SUFFIXES = {".json": "json", ".md": "markdown", ".txt": "text"}


class DiffFormat(StrEnum):
    """Formats of a difference."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"


def diff(
    context: typer.Context,
    old: Annotated[str, typer.Argument(metavar="OLD", help=_("A rule file, or git:REVISION[:PATH]."))],
    new: Annotated[str, typer.Argument(metavar="NEW", help=_("The same; of a revision, by default the other's file."))],
    month: o.MonthOption = None,
    quarter: o.QuarterOption = None,
    half: o.HalfOption = None,
    year: o.YearOption = None,
    as_of: o.AsOfOption = None,
    format_name: Annotated[
        DiffFormat | None, typer.Option("--format", "-f", help=_("Format of the result."), rich_help_panel=o.OUTPUT)
    ] = None,
    output: o.OutputOption = None,
) -> None:
    """What differs between two versions of a scheme; with a period, who would move."""
    world: World = context.obj
    with world.boundary():
        from pointscli.app.diff_rules import diff_rules  # noqa: PLC0415  (help must not load the rules)
        from pointscli.app.question import Asked  # noqa: PLC0415  (the same)

        name = _format(format_name, output)
        period = o.one_period(month=month, quarter=quarter, half=half, year=year)
        asked = Asked(world.today, period, as_of=o.one_day(as_of))
        sources = world.sources
        found = diff_rules(old, new, world.workspace, sources, asked)
        from pointscli.outputs.rule_diff import diff_markdown, diff_text  # noqa: PLC0415  (the same)
        from pointscli.outputs.rule_diff_json import diff_json  # noqa: PLC0415  (the same)

        translate = translator(world.language)
        texts = {"text": diff_text, "markdown": diff_markdown}
        text = texts[name](found, translate) if name in texts else diff_json(found)
        if output is None:
            world.put(text)
        else:
            world.put_file(output, text.encode())


def _format(format_name: DiffFormat | None, output: Path | None) -> str:
    if format_name is not None or output is None:
        return str(format_name or DiffFormat.TEXT)
    name = _SUFFIXES.get(output.suffix.lower())
    if name is None:
        hint = "Use one of the suffixes {suffixes}, or give --format."
        raise UsageError("the format of {path} is not known", hint, path=output, suffixes=" ".join(_SUFFIXES))
    return name
