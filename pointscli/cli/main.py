"""The `points` command: options that hold for every command, and the commands in groups."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pointscli import __version__
from pointscli.cli import check as check_command
from pointscli.cli import tally as tally_commands
from pointscli.cli.options import _
from pointscli.cli.rules_app import rules_app
from pointscli.cli.world import World
from pointscli.locale import LANGUAGES

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=_("Points systems for Party members: rule files and an event log in, explainable rankings out."),
)
SCORES = _("Scores")
app.command("tally", rich_help_panel=SCORES, help=_("Scores, ranks, grades, stars and outcome lists of a period."))(
    tally_commands.tally
)
app.command("outcomes", rich_help_panel=SCORES, help=_("Only the lists: five stars, commended, bottom three, talks."))(
    tally_commands.outcomes
)
app.command("check", rich_help_panel=_("Checking"), help=_("Everything wrong in the files, all findings at once."))(
    check_command.check
)
app.add_typer(rules_app, name="rules", rich_help_panel=_("Rules"))


def _print_version(asked: bool) -> None:  # noqa: FBT001  (the form of an option's callback)
    if asked:
        typer.echo(f"points {__version__}")
        raise typer.Exit


def _check_language(language: str | None) -> str | None:
    if language is not None and language not in LANGUAGES:
        raise typer.BadParameter(f"{language} (zh, en)")
    return language


@app.callback()
def before(
    context: typer.Context,
    workspace: Annotated[
        Path,
        typer.Option("--workspace", "-C", metavar="DIR", help=_("Work in this folder instead of the current one.")),
    ] = Path(),
    rules: Annotated[
        list[Path] | None, typer.Option("--rules", metavar="FILE", help=_("A rule file instead of the workspace's."))
    ] = None,
    members: Annotated[
        list[Path] | None, typer.Option("--members", metavar="FILE", help=_("A roster instead of the workspace's."))
    ] = None,
    events: Annotated[
        list[Path] | None, typer.Option("--events", metavar="FILE", help=_("An event log instead of the workspace's."))
    ] = None,
    language: Annotated[
        str | None,
        typer.Option("--lang", metavar="zh|en", callback=_check_language, help=_("Language of messages.")),
    ] = None,
    no_color: Annotated[bool, typer.Option("--no-color", help=_("No colour, also on a terminal."))] = False,
    version: Annotated[  # noqa: ARG001  (its callback does the work)
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help=_("Show the version and stop."))
    ] = False,
) -> None:
    """Keep what holds for every command."""
    sources = {
        "workspace": workspace,
        "rules": tuple(rules or ()),
        "members": tuple(members or ()),
        "events": tuple(events or ()),
        "no_color": no_color,
    }
    context.obj = World(**sources, language=language) if language else World(**sources)  # type: ignore[arg-type]
