"""`points import`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pointscli.cli import options as o
from pointscli.cli.options import _
from pointscli.cli.world import World
from pointscli.model.problem import UsageError

if TYPE_CHECKING:
    from pointscli.app.import_forms import Imported, Told
    from pointscli.app.import_settings import ImportSettings

FORM, LOG = _("The form"), _("The log")
_FIRST = {
    True: "    {count} would be added: rows {rows}",
    False: "    {count} added: rows {rows}",
}
_PILES = {
    "there": "    {count} in the log already: rows {rows}",
    "heading": "    {count} with headings: rows {rows}",
    "title": "    {count} with titles: rows {rows}",
    "total": "    {count} with totals: rows {rows}",
    "signature": "    {count} with signatures or remarks: rows {rows}",
    "blank": "    {count} without content: rows {rows}",
}


def import_forms(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help=_("Forms: .xlsx or .csv."))],
    sheet: Annotated[
        str | None, typer.Option("--sheet", metavar="NAME", help=_("The sheet, where several hold a table."))
    ] = None,
    mapping: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="TITLE=COLUMN",
            help=_("What a heading of the form means: a column of the log, plus, minus, or none."),
            rich_help_panel=FORM,
        ),
    ] = None,
    words: Annotated[
        list[str] | None,
        typer.Option(
            "--map-item",
            metavar="WORD=ITEM",
            help=_("The item that a word of the form means."),
            rich_help_panel=FORM,
        ),
    ] = None,
    save_map: Annotated[
        bool,
        typer.Option(
            "--save-map", help=_("Keep --map and --map-item in points.yaml for the next time."), rich_help_panel=FORM
        ),
    ] = False,
    fill_merged: Annotated[
        bool,
        typer.Option(
            "--fill-merged",
            help=_("Merged cells among the records: the value holds for each of their rows."),
            rich_help_panel=FORM,
        ),
    ] = False,
    item: Annotated[
        str | None, typer.Option("--item", metavar="ITEM", help=_("The item of rows that name none."))
    ] = None,
    member: Annotated[
        str | None, typer.Option("--member", metavar="MEMBER", help=_("The member of rows that name none."))
    ] = None,
    day: Annotated[str | None, typer.Option("--date", metavar="DATE", help=_("The date of rows without one."))] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="NAME", help=_("Who imports; else POINTS_BY, else the login name."))
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option(
            "--to",
            metavar="FILE",
            help=_("The file of the log; else that of the event's month."),
            rich_help_panel=LOG,
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("Only show what would be added."), rich_help_panel=LOG)
    ] = False,
    format_name: o.FormatOption = None,
    output: o.OutputOption = None,
) -> None:
    """Declaration forms and the office's own sheets into the event log; a row that is there already adds nothing."""
    world: World = context.obj
    with world.boundary(), world.progress():
        from pointscli.app.import_forms import Asked, plan_import  # noqa: PLC0415  (help must not load the readers)
        from pointscli.app.import_table import import_table  # noqa: PLC0415  (the same)
        from pointscli.app.import_write import Wanted, run_import  # noqa: PLC0415  (the same)
        from pointscli.journal.audit import Act  # noqa: PLC0415  (the same)

        values = {"item": item, "member": member, "date": day and str(o.one_day(day))}
        named = _mapping(mapping, words)
        if save_map and not (mapping or words):
            raise UsageError("there is no mapping to keep", "give --map or --map-item with --save-map")
        clerk = world.clerk(by)
        asked = Asked(
            files=tuple(files),
            today=world.today,
            by=clerk,
            sheet=sheet,
            mapping=named,
            values={name: text for name, text in values.items() if text},
            fill_merged=fill_merged,
        )
        sources = world.sources
        if dry_run:
            imported = plan_import(world.workspace, sources, asked)
        else:
            act = Act(clerk, world.now, "import")
            wanted = Wanted(to, named if save_map else None)
            imported, written = run_import(world.workspace, sources, asked, wanted, act)
        look = world.look(imported.workspace.language, ids=False)
        if imported.events or format_name or output:
            with world.reporting(written=not dry_run):
                world.write(import_table(imported, planned=dry_run), look, format_name and format_name.value, output)
        _tell(world, imported, planned=dry_run)
        for one in () if dry_run else written:
            world.say("{count} events were added to {path}", count=one.count, path=one.shown)
        if save_map and not dry_run:
            world.say("the mapping was kept in points.yaml")
        if dry_run:
            world.say("nothing was written")
        elif not written:
            world.say("there was nothing to add")


def _mapping(columns: list[str] | None, words: list[str] | None) -> ImportSettings:
    """The pairs of both options."""
    from pointscli.app.import_settings import ImportSettings  # noqa: PLC0415  (the same)
    from pointscli.inputs.form_words import field_named, field_names  # noqa: PLC0415  (the same)

    found = {}
    for title, text in _pairs(columns, "--map 申报分值=points"):
        name = field_named(text)
        if name is None:
            known = ", ".join(field_names())
            raise UsageError("{value} is not a column of the event log", "known: {known}", value=text, known=known)
        found[title] = name
    return ImportSettings(found, dict(_pairs(words, "--map-item 主题党日=party_day")))


def _pairs(given: list[str] | None, example: str) -> list[tuple[str, str]]:
    pairs = []
    for text in given or []:
        left, equals, right = text.replace("＝", "=").partition("=")
        if not equals or not left.strip() or not right.strip():
            raise UsageError("{text} is not a pair", "write it like {example}", text=text, example=example)
        pairs.append((left.strip(), right.strip()))
    return pairs


def _tell(world: World, imported: Imported, *, planned: bool) -> None:
    """What became of every row, and what was read how."""
    world.say_warnings(imported.warnings)
    for told in imported.told:
        _tell_file(world, told, planned=planned)


def _tell_file(world: World, told: Told, *, planned: bool) -> None:
    from pointscli.app.import_table import row_ranges  # noqa: PLC0415  (the same)
    from pointscli.inputs.form_words import field_title  # noqa: PLC0415  (the same)

    form = told.form
    name = f"{told.shown}!{form.table.sheet}" if form.table.sheet else told.shown
    world.say("{file}: {count} rows read", file=name, count=form.read)
    for pile, template in {"record": _FIRST[planned], **_PILES}.items():
        lines = told.piles[pile]
        if lines:
            world.say(template, count=len(lines), rows=row_ranges(lines))
    chinese = world.language == "zh"
    columns = ", ".join(f"{title} → {field_title(column, chinese=chinese)}" for title, column in form.columns)
    world.say("    columns read: {columns}", columns=columns)
    if form.unused:
        world.say("    columns not read: {columns}", columns=", ".join(form.unused))
    for column, value, place in form.taken:
        title = field_title(column, chinese=chinese)
        world.say("    {column} of all rows: {value} ({place})", column=title, value=value, place=place)
