"""`points card`."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pointscli.cli import options as o
from pointscli.cli.options import _
from pointscli.cli.world import World
from pointscli.model.problem import UsageError

if TYPE_CHECKING:
    from pointscli.app.card import Cards
    from pointscli.outputs.document import Document
    from pointscli.outputs.look import Look
    from pointscli.outputs.titles import Language

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
"""What Windows allows in no file name."""


def card(
    context: typer.Context,
    member: Annotated[str | None, typer.Argument(metavar="MEMBER", help=_("The member's id or name."))] = None,
    everybody: Annotated[
        bool, typer.Option("--all", help=_("A card for everybody who is listed, each in a file of the folder -o."))
    ] = False,
    month: o.MonthOption = None,
    quarter: o.QuarterOption = None,
    half: o.HalfOption = None,
    year: o.YearOption = None,
    as_of: o.AsOfOption = None,
    scheme: o.SchemeOption = None,
    skip_invalid: o.SkipOption = False,
    branch: o.BranchOption = None,
    group: o.GroupOption = None,
    kind: o.KindOption = None,
    format_name: o.FormatOption = None,
    headers: o.HeadersOption = o.Headers.TITLES,
    output: o.OutputOption = None,
) -> None:
    """A member's record card: every entry with plus, minus and running balance."""
    world: World = context.obj
    with world.boundary(), world.progress():
        _check_choice(member, output, everybody=everybody, filtered=bool(branch or group or kind))
        from pointscli.app.card import all_cards  # noqa: PLC0415  (help must not load the computation)
        from pointscli.app.card import card as one_card  # noqa: PLC0415  (the same)
        from pointscli.app.question import Asked  # noqa: PLC0415  (the same)
        from pointscli.app.workspace import open_workspace  # noqa: PLC0415  (the same)
        from pointscli.outputs.card import card_document  # noqa: PLC0415  (the same)

        period = o.one_period(month=month, quarter=quarter, half=half, year=year)
        workspace = open_workspace(world.workspace, world.sources)
        asked = Asked(world.today, period, scheme, o.one_day(as_of))
        columns = {"branch": branch, "group": group, "kind": kind}
        if member is None:
            found = all_cards(workspace, asked, columns, skip_invalid=skip_invalid)
        else:
            found = one_card(workspace, member, asked, skip_invalid=skip_invalid)
        world.say_warnings(found.warnings)
        for note in found.notes:
            world.say(note.message, **dict(note.args))
        look = world.look(workspace.language, ids=headers is o.Headers.IDS)
        name = format_name and format_name.value
        if member is None and output is not None:
            _write_all(world, found, workspace.language, look, name or "html", output)
        else:
            write_document(world, card_document(found.cards[0], workspace.language), look, name, output)


def _check_choice(member: str | None, output: Path | None, *, everybody: bool, filtered: bool) -> None:
    """UsageError unless it is one member, or everybody into a folder."""
    if (member is None) != everybody:
        raise UsageError("name one member, or give --all", "points card M001, or points card --all -o FOLDER")
    if everybody and output is None:
        raise UsageError("cards of everybody go into a folder", "name it with -o")
    if filtered and not everybody:
        raise UsageError("filters choose among all members", "give them with --all")


def _write_all(world: World, found: Cards, language: Language, look: Look, name: str, folder: Path) -> None:
    """A file for each card, named by id and name."""
    from pointscli.app.record import make_folder  # noqa: PLC0415  (the same)
    from pointscli.outputs.card import card_document  # noqa: PLC0415  (the same)
    from pointscli.outputs.document import document_bytes, suffix_of  # noqa: PLC0415  (the same)

    for one in found.cards:
        path = folder / (_NOT_IN_NAMES.sub("_", f"{one.member}-{one.name}") + suffix_of(name))
        make_folder(path)
        world.put_file(path, document_bytes(path, name, card_document(one, language), look))
    world.say("{count} cards were written to {folder}", count=len(found.cards), folder=folder)


def write_document(world: World, document: Document, look: Look, name: str | None, output: Path | None) -> None:
    """A document to stdout or, whole or not at all, to a file."""
    from pointscli.outputs.document import document_bytes, document_text  # noqa: PLC0415  (the same)

    if output is not None:
        world.put_file(output, document_bytes(output, name, document, look))
        return
    terminal = sys.stdout is not None and sys.stdout.isatty()
    chosen = name or "table"
    if chosen == "table" and not terminal:
        chosen = "plain"
    if chosen == "xlsx" and terminal:
        raise UsageError("a workbook cannot be shown on a terminal", "write it to a file with -o FILE.xlsx")
    world.put(document_text(chosen, document, look))
