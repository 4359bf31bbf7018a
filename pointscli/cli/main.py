"""The `points` command: options that hold for every command, and the commands in groups."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pointscli import __version__
from pointscli.cli.commands import Commands, Entry
from pointscli.cli.words import _
from pointscli.locale import LANGUAGES

SCORES, CHECKING, RECORDING, PUBLISHING = _("Scores"), _("Checking"), _("Recording"), _("Publishing")


class Root(Commands):
    """Every command, in the order of help."""

    entries = (
        Entry("tally", SCORES, _("Scores, ranks, grades, stars and outcome lists of a period."), "tally:tally"),
        Entry("outcomes", SCORES, _("Only the lists: five stars, commended, bottom three, talks."), "tally:outcomes"),
        Entry("explain", SCORES, _("How a member's score came to be, number by number."), "explain:explain"),
        Entry("trend", SCORES, _("Scores over the periods of a year, as a chart."), "trend:trend"),
        Entry("card", SCORES, _("A member's record card, with a running balance."), "card:card"),
        Entry("roster", SCORES, _("Who is scored by which scheme, who is exempt, and why."), "roster:roster"),
        Entry(
            "stats",
            CHECKING,
            _("How large the log is, and what a computation costs: one line."),
            "stats:stats",
        ),
        Entry("check", CHECKING, _("Everything wrong in the files, all findings at once."), "check:check"),
        Entry(
            "repair", CHECKING, _("Take records that were cut short out of the logs; deletes nothing."), "repair:repair"
        ),
        Entry("pack", CHECKING, _("Keep a sorted copy of a large log, which tallies read."), "pack:pack"),
        Entry("record", RECORDING, _("Append one event, validated before it is written."), "record:record"),
        Entry("import", RECORDING, _("Read declaration forms and sheets into the log."), "import_forms:import_forms"),
        Entry(
            "review",
            RECORDING,
            _("Approve, reject, amend, object, dismiss; or list what waits."),
            "review:review",
            "review_options:ReviewCommand",
        ),
        Entry("close", RECORDING, _("Opening events of the next year, where points are carried over."), "close:close"),
        Entry("redeem", RECORDING, _("Spend a member's points on a gift."), "redeem:redeem"),
        Entry("balance", SCORES, _("What members can spend, what opens next, what is in stock."), "redeem:balance"),
        Entry("publish", PUBLISHING, _("Write the folder of a period: tables, notice, manifest."), "publish:publish"),
        Entry("verify", PUBLISHING, _("Is what was published intact, and does it come out again?"), "publish:verify"),
        Entry("init", _("Workspace"), _("A new workspace from one of the shipped schemes."), "init:init"),
        Entry(
            "rules",
            _("Rules"),
            _("Rule files: their tests, what the tests reach, and what they say."),
            "rules_app:rules_app",
        ),
    )


app = typer.Typer(
    cls=Root,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=_("Points systems for Party members: rule files and an event log in, explainable rankings out."),
)


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
        list[str] | None, typer.Option("--events", metavar="FILE", help=_("An event log instead of the workspace's."))
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
    from pointscli.cli.world import World  # noqa: PLC0415  (help must not load it)

    sources = {
        "workspace": workspace,
        "rules": tuple(rules or ()),
        "members": tuple(members or ()),
        "events": tuple(map(Path, events or ())),
        "event_urls": tuple(events or ()),
        "no_color": no_color,
    }
    context.obj = World(**sources, language=language) if language else World(**sources)  # type: ignore[arg-type]
