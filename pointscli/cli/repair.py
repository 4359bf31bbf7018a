"""`points repair`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from pointscli.cli.exits import Exit
from pointscli.cli.options import _
from pointscli.cli.world import World

if TYPE_CHECKING:
    from pointscli.app.repair import Repair

DryOption = Annotated[bool, typer.Option("--dry-run", help=_("Only say what would be done."))]
ByOption = Annotated[str | None, typer.Option("--by", metavar="NAME", help=_("Who does it, for the audit file."))]


def repair(context: typer.Context, dry: DryOption = False, by: ByOption = None) -> None:
    """Take records that were cut short out of the logs; copies first, deletes nothing."""
    world: World = context.obj
    with world.boundary():
        from pointscli.app.repair import find_repairs  # noqa: PLC0415  (help must not load the readers)
        from pointscli.app.repair import repair as repair_files  # noqa: PLC0415  (the same)
        from pointscli.journal.workspace_lock import Act  # noqa: PLC0415  (the same)

        sources = world.sources
        if dry:
            repairs, count = find_repairs(world.workspace, sources)
        else:
            act = Act(world.clerk(by), world.now, "repair")
            repairs, count = repair_files(world.workspace, sources, act)
        with world.reporting(written=any(one.done for one in repairs)):
            _report(world, repairs, count)
        raise typer.Exit(Exit.FINDINGS if any(one.done is None for one in repairs) else Exit.DONE)


def _report(world: World, repairs: list[Repair], count: int) -> None:
    """What was found and done, file by file."""
    if not repairs:
        _line(world, "nothing to repair: every record in {count} logs and in the audit file is whole", count=count)
    for one in repairs:
        torn = one.torn
        if torn.unclear:
            message = "{path}:{line}: a quotation mark opens here and is never closed; it is left as it is"
            _line(world, message, path=one.path, line=torn.line)
            _more(world, "close it by hand; points check shows the record")
            continue
        message = "{path}:{line}: the last record was cut short after {length} bytes: {begins}"
        _line(world, message, path=one.path, line=torn.line, length=len(torn.piece), begins=one.begins)
        if one.done is None:
            _more(world, "points repair copies the file and moves this piece into a file of its own")
            continue
        copy, piece = one.done
        _more(world, "the file as it was: {copy}", copy=copy)
        _more(world, "the piece, taken out: {piece}", piece=piece)
        _more(world, "enter the record again if it is missing; the two files may be deleted then")


def _line(world: World, template: str, **args: object) -> None:
    text = world.translate(template)
    world.put((text.format(**args) if args else text) + "\n")


def _more(world: World, template: str, **args: object) -> None:
    """A sentence below the file that it is about."""
    world.put("    ")
    _line(world, template, **args)
