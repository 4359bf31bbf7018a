"""`points rules schema`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pointscli.cli import options as o
from pointscli.cli.options import _
from pointscli.cli.world import World
from pointscli.locale import translator
from pointscli.model.problem import UsageError

SCHEMA_NAME = "points.schema.json"


def schema(
    context: typer.Context,
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="[FILE]…", help=_("Rule files, with --modeline."))
    ] = None,
    modeline: Annotated[
        bool,
        typer.Option(
            "--modeline",
            help=_("The line by which editors find the schema: printed, or with -o put at the top of the files."),
        ),
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help=_("Write the schema to a file."), rich_help_panel=o.OUTPUT),
    ] = None,
) -> None:
    """The JSON Schema of rule files."""
    world: World = context.obj
    with world.boundary():
        from pointscli.app.modelines import schema_text  # noqa: PLC0415  (help must not load the rules)

        if bool(files) is not modeline:
            raise UsageError("--modeline and the names of rule files go together", "give both, or none of them")
        if output is not None:
            world.put_file(output, schema_text(translator(world.language)).encode())
        if files:
            _modelines(world, files, output)
        elif output is None:
            world.put(schema_text(translator(world.language)))


def _modelines(world: World, files: list[Path], output: Path | None) -> None:
    """Print the line of each file, or write it into the file."""
    from pointscli.app.modelines import modeline, with_modeline  # noqa: PLC0415  (the same)

    for path in files:
        line = modeline(path, output or world.workspace / SCHEMA_NAME)
        data = with_modeline(path, line)
        if output is None:
            world.put(f"{path.as_posix()}: {line}\n" if len(files) > 1 else f"{line}\n")
        else:
            world.put_file(path, data)
