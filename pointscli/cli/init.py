"""`points init`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pointscli.cli.options import _
from pointscli.cli.world import World
from pointscli.model.problem import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pointscli.app.init import Made

RULES = "the rules; numbers marked 〔例〕 are only examples"
ABOUT = {
    "points.yaml": "the settings, each key explained",
    "members.csv": "the roster",
    "events.csv": "the event log",
    "reviews.csv": "decisions on events",
    "redemptions.csv": "gifts taken for points",
    ".test.yaml": "tests of the rules",
    ".yaml": RULES,
}
"""How a file's name ends → what it is."""


class FileLanguage(StrEnum):
    """Languages of a workspace."""

    ZH = "zh"
    EN = "en"


def init(
    context: typer.Context,
    folder: Annotated[Path | None, typer.Argument(metavar="DIR", help=_("A folder that is new or empty."))] = None,
    template: Annotated[
        str | None, typer.Option("--template", "-t", metavar="NAME", help=_("The shipped scheme to begin with."))
    ] = None,
    empty: Annotated[bool, typer.Option("--empty", help=_("Headings only, no sample members and events."))] = False,
    language: Annotated[
        FileLanguage, typer.Option("--language", help=_("Language of the workspace's headings, comments and results."))
    ] = FileLanguage.ZH,
    listing: Annotated[bool, typer.Option("--list", help=_("Show the templates and stop."))] = False,
) -> None:
    """A new workspace from one of the shipped schemes."""
    world: World = context.obj
    with world.boundary():
        from pointscli.app.init import make_workspace, template_titles  # noqa: PLC0415  (help must not load the rules)

        if listing:
            titles = template_titles()
            width = max(map(len, titles))
            world.put("".join(f"{name:{width}}  {title}\n" for name, title in titles.items()))
            return
        if folder is None or template is None:
            message = "a folder and a template are needed"
            raise UsageError(message, "write points init DIR --template NAME; points init --list names the templates")
        made = make_workspace(world.workspace / folder, template, language.value, empty=empty)
        with world.reporting():
            world.put("".join(f"{line}\n" for line in _lines(made, world)))


def _lines(made: Made, world: World) -> Iterator[str]:
    """What was made, and what to do next."""
    say = world.translate
    yield say("{folder} is ready: {title}").format(folder=made.folder.resolve().name, title=made.title)
    if made.members:
        text = say("The sample in it, {members} members and {events} events of {quarter}, is invented.")
        yield text.format(members=made.members, events=made.events, quarter=made.quarter)
    yield ""
    width = max(map(len, made.files))
    for name in made.files:
        yield f"  {name:{width}}  {say(_about(name))}"
    yield ""
    yield say("Next:")
    for what, command in _steps(made):
        yield f"- {say(what)}"
        yield f"    {command}"


def _steps(made: Made) -> Iterator[tuple[str, str]]:
    """What to do, and the command or files for it."""
    points = "points" if made.folder == Path() else f"points -C {_quoted(made.folder)}"
    tables = "  ".join(name for name in made.files if name.endswith(".csv"))
    rules = "  ".join(name for name in made.files if _about(name) == RULES)
    asked = f" --scheme {made.schemes[0]}" if len(made.schemes) > 1 else ""
    if made.members:
        asked = f" --quarter {made.quarter}{asked}"
        yield "see the result of the sample", f"{points} tally{asked}"
        yield "see how a score comes about", f"{points} explain {made.first_member}{asked}"
        yield "put your own in place of the sample, with Excel, WPS or an editor", tables
    else:
        yield "fill in the roster, with Excel, WPS or an editor", "members.csv"
    yield "make the rules those of your own document", rules
    yield "see whether they still give what their tests expect", f"{points} rules test"
    yield (
        "see whether anything is wrong in the files; that a log does not use a rule is only a warning",
        f"{points} check",
    )
    yield "record what somebody did", f"{points} record"
    if not made.members:
        yield "work out the scores", f"{points} tally{asked}"


def _about(name: str) -> str:
    return next(text for ending, text in ABOUT.items() if name.endswith(ending))


def _quoted(folder: Path) -> str:
    """A path as a shell takes it for one word."""
    text = folder.as_posix()
    return text if all(char.isalnum() or char in "/._-:~" for char in text) else f'"{text}"'
