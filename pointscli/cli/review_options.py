"""Options of `points review`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pointscli.cli.commands import Command
from pointscli.cli.options import _
from pointscli.model.problem import UsageError

if TYPE_CHECKING:
    from typer import Context

DECISION, WHICH, WRITING = _("The decision"), _("Which of those that wait"), _("Writing")
NEXT = "+"
"""`--approve` without a stage: the next one."""
_AMENDED = {"quantity": "quantity", "数量": "quantity", "level": "level", "级别": "level"}
_AMENDED |= {"points": "points", "分值": "points"}

EventsArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="[EVENT]…", help=_("Ids of events, or nominations OUTCOME/PERIOD/MEMBER.")),
]
ApproveOption = Annotated[
    str | None,
    typer.Option(
        "--approve", metavar="[STAGE]", help=_("It has reached this stage, or the next one."), rich_help_panel=DECISION
    ),
]
RejectOption = Annotated[bool, typer.Option("--reject", help=_("It does not count."), rich_help_panel=DECISION)]
AmendOption = Annotated[
    list[str] | None,
    typer.Option(
        "--amend",
        metavar="points=3",
        help=_("It counts with these points, quantity= or level=; repeatable."),
        rich_help_panel=DECISION,
    ),
]
ObjectOption = Annotated[bool, typer.Option("--object", help=_("Somebody objects to it."), rich_help_panel=DECISION)]
DismissOption = Annotated[
    bool,
    typer.Option("--dismiss", help=_("The objection is heard, it stands as it was."), rich_help_panel=DECISION),
]
ReasonOption = Annotated[
    str | None, typer.Option("--reason", help=_("Why; needed unless it is approved."), rich_help_panel=DECISION)
]
ByOption = Annotated[
    str | None,
    typer.Option("--by", metavar="NAME", help=_("Who decides; without it POINTS_BY."), rich_help_panel=DECISION),
]
DateOption = Annotated[
    str | None,
    typer.Option("--date", metavar="DATE", help=_("Day of the decision; without it today."), rich_help_panel=DECISION),
]
SkipStagesOption = Annotated[
    bool, typer.Option("--skip-stages", help=_("Leave stages out on purpose."), rich_help_panel=DECISION)
]
RestoreOption = Annotated[
    bool, typer.Option("--restore", help=_("Approve what was rejected."), rich_help_panel=DECISION)
]
ListOption = Annotated[
    bool, typer.Option("--list", help=_("Show what waits at which stage, and since when."), rich_help_panel=WHICH)
]
ObjectionsOption = Annotated[
    bool, typer.Option("--objections", help=_("With --list: open objections."), rich_help_panel=WHICH)
]
StageOption = Annotated[
    str | None, typer.Option("--stage", help=_("With --list: only this stage."), rich_help_panel=WHICH)
]
AllAtOption = Annotated[
    str | None,
    typer.Option("--all-at", metavar="STAGE", help=_("Decide on all that wait at this stage."), rich_help_panel=WHICH),
]
BranchOption = Annotated[
    list[str] | None, typer.Option("--branch", help=_("Only of members of this branch."), rich_help_panel=WHICH)
]
MemberOption = Annotated[
    list[str] | None, typer.Option("--member", help=_("Only of this member."), rich_help_panel=WHICH)
]
SchemeOption = Annotated[
    str | None, typer.Option("--scheme", metavar="ID", help=_("Only of this scheme."), rich_help_panel=WHICH)
]
ToOption = Annotated[
    Path | None,
    typer.Option("--to", metavar="FILE", help=_("The review log to write to."), rich_help_panel=WRITING),
]
DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help=_("Only say what would be written."), rich_help_panel=WRITING)
]


class ReviewCommand(Command):
    """Lets `--approve` stand without a stage."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:  # type: ignore[override]
        """Give an `--approve` that no stage follows the mark for the next one."""
        return super().parse_args(ctx, filled(args))


def filled(args: Sequence[str]) -> list[str]:
    """The arguments, with a value after every `--approve`."""
    found: list[str] = []
    for number, word in enumerate(args):
        bare = word == "--approve" and (number + 1 == len(args) or args[number + 1].startswith("-"))
        found.append(f"--approve={NEXT}" if bare else word)
    return found


def one_kind(**given: bool) -> str:
    """The one decision that was given; UsageError if there are several. Empty: none."""
    kinds = [kind for kind, is_given in given.items() if is_given]
    if len(kinds) > 1:
        known = " ".join(f"--{kind}" for kind in kinds)
        raise UsageError("one decision at a time: {known}", "give one of them", known=known)
    return kinds[0] if kinds else ""


def amendments(words: Sequence[str]) -> dict[str, str]:
    """Column → text from `points=3`, also several in one word with commas between."""
    values: dict[str, str] = {}
    for word in (part.strip() for text in words for part in text.replace("，", ",").split(",")):
        name, equals, value = word.partition("=")
        column = _AMENDED.get(name.strip().lower())
        if not equals or not value.strip() or column is None:
            raise UsageError("{text} is not an amendment", "write points=3, quantity=2 or level=市级", text=word)
        values[column] = value.strip()
    return values


def is_amendment(word: str) -> bool:
    """Whether a word among the events is a further amendment."""
    name, equals, _value = word.partition("=")
    return bool(equals) and name.strip().lower() in _AMENDED
