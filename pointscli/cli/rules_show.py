"""`points rules show`."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pointscli.cli import options as o
from pointscli.cli.options import _
from pointscli.cli.world import World

if TYPE_CHECKING:
    from pointscli.outputs.titles import Language
    from pointscli.scheme.types import Scheme


class SheetFormat(StrEnum):
    """Formats of a scheme's printed table."""

    TABLE = "table"
    PLAIN = "plain"
    MARKDOWN = "markdown"
    HTML = "html"


def show(
    context: typer.Context,
    scheme: Annotated[
        str | None, typer.Argument(metavar="[PATH|SCHEME]", help=_("A rule file, or the id of a scheme."))
    ] = None,
    format_name: Annotated[
        SheetFormat | None, typer.Option("--format", "-f", help=_("Format of the result."), rich_help_panel=o.OUTPUT)
    ] = None,
    output: o.OutputOption = None,
) -> None:
    """The scheme as the table that is printed for members."""
    world: World = context.obj
    with world.boundary():
        from pointscli.app.show_rules import sheet_of  # noqa: PLC0415  (help must not load the rules)
        from pointscli.outputs.sheet_formats import SHEET_FORMATS, sheet_bytes, sheet_format_of  # noqa: PLC0415

        found, language = _scheme(world, scheme)
        sheet, look = sheet_of(found, language), world.look(language, ids=False)
        if output is not None:
            world.put_file(output, sheet_bytes(format_name or sheet_format_of(output), sheet, look))
            return
        name = format_name or SheetFormat.TABLE
        if name is SheetFormat.TABLE and not sys.stdout.isatty():
            name = SheetFormat.PLAIN
        world.put(SHEET_FORMATS[name](sheet, look))


def _scheme(world: World, name: str | None) -> tuple[Scheme, Language]:
    """The scheme asked for and the language to print it in: the workspace's, where there is one."""
    from pointscli.app.show_rules import scheme_named, scheme_of_file  # noqa: PLC0415  (the same)
    from pointscli.app.workspace import Sources, find_workspace  # noqa: PLC0415  (the same)

    workspace, _problems = find_workspace(world.workspace, Sources(world.rules, outside=world.outside))
    if name is None or not _is_path(name):
        return scheme_named(workspace, name), workspace.language
    path = Path(name)
    here = world.workspace / path
    return scheme_of_file(here if here.exists() else path, world.workspace), workspace.language


def _is_path(name: str) -> bool:
    return "/" in name or "\\" in name or name.endswith((".yaml", ".yml"))
