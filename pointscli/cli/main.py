"""The `points` command: options that hold for every command, and the commands in groups."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pointscli import __version__
from pointscli.cli import card as card_command
from pointscli.cli import check as check_command
from pointscli.cli import close as close_command
from pointscli.cli import explain as explain_command
from pointscli.cli import import_forms as import_command
from pointscli.cli import init as init_command
from pointscli.cli import publish as publish_commands
from pointscli.cli import record as record_command
from pointscli.cli import redeem as redeem_commands
from pointscli.cli import repair as repair_command
from pointscli.cli import review as review_command
from pointscli.cli import roster as roster_command
from pointscli.cli import tally as tally_commands
from pointscli.cli import trend as trend_command
from pointscli.cli.options import _
from pointscli.cli.review_options import ReviewCommand
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
app.command("explain", rich_help_panel=SCORES, help=_("How a member's score came to be, number by number."))(
    explain_command.explain
)
app.command("trend", rich_help_panel=SCORES, help=_("Scores over the periods of a year, as a chart."))(
    trend_command.trend
)
app.command("card", rich_help_panel=SCORES, help=_("A member's record card, with a running balance."))(
    card_command.card
)
app.command("roster", rich_help_panel=SCORES, help=_("Who is scored by which scheme, who is exempt, and why."))(
    roster_command.roster
)
app.command("check", rich_help_panel=_("Checking"), help=_("Everything wrong in the files, all findings at once."))(
    check_command.check
)
app.command(
    "repair",
    rich_help_panel=_("Checking"),
    help=_("Take records that were cut short out of the logs; deletes nothing."),
)(repair_command.repair)
app.command("record", rich_help_panel=_("Recording"), help=_("Append one event, validated before it is written."))(
    record_command.record
)
app.command("import", rich_help_panel=_("Recording"), help=_("Read declaration forms and sheets into the log."))(
    import_command.import_forms
)
app.command(
    "review",
    cls=ReviewCommand,
    rich_help_panel=_("Recording"),
    help=_("Approve, reject, amend, object, dismiss; or list what waits."),
)(review_command.review)
app.command(
    "close", rich_help_panel=_("Recording"), help=_("Opening events of the next year, where points are carried over.")
)(close_command.close)
app.command("redeem", rich_help_panel=_("Recording"), help=_("Spend a member's points on a gift."))(
    redeem_commands.redeem
)
app.command("balance", rich_help_panel=SCORES, help=_("What members can spend, what opens next, what is in stock."))(
    redeem_commands.balance
)
PUBLISHING = _("Publishing")
app.command("publish", rich_help_panel=PUBLISHING, help=_("Write the folder of a period: tables, notice, manifest."))(
    publish_commands.publish
)
app.command("verify", rich_help_panel=PUBLISHING, help=_("Is what was published intact, and does it come out again?"))(
    publish_commands.verify
)
app.command("init", rich_help_panel=_("Workspace"), help=_("A new workspace from one of the shipped schemes."))(
    init_command.init
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
