"""`points redeem` and `points balance`."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pointscli.cli import options as o
from pointscli.cli.card import write_document
from pointscli.cli.options import _
from pointscli.cli.world import World
from pointscli.model.period import Kind, Period
from pointscli.model.problem import UsageError

if TYPE_CHECKING:
    from datetime import date

    from pointscli.app.balances import Books, Moment
    from pointscli.app.inputs import Inputs
    from pointscli.app.redeem import Receipt
    from pointscli.app.workspace import Workspace

_EXAMPLES = {
    Kind.MONTH: "--month 2021-07",
    Kind.QUARTER: "--quarter 2021Q3",
    Kind.HALF: "--half 2021H2",
    Kind.YEAR: "--year 2021",
}


def redeem(
    context: typer.Context,
    member: Annotated[str, typer.Argument(metavar="MEMBER", help=_("Id or name of the member."))],
    gift: Annotated[str, typer.Argument(metavar="GIFT", help=_("Id or title of the gift."))],
    count: Annotated[int, typer.Option("--count", metavar="N", help=_("How many."))] = 1,
    day: Annotated[
        str | None, typer.Option("--date", metavar="DATE", help=_("The day it is handed over; today if not given."))
    ] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help=_("Who hands it over."))] = None,
    scheme: o.SchemeOption = None,
    to: Annotated[
        Path | None, typer.Option("--to", metavar="FILE", help=_("The redemption log, where there are several."))
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Only say what would be taken."))] = False,
    again: Annotated[
        bool, typer.Option("--again", help=_("Also if the log has the same for this member and day already."))
    ] = False,
) -> None:
    """Spend a member's points on a gift."""
    world: World = context.obj
    with world.boundary():
        from pointscli.app.redeem import Wish  # noqa: PLC0415  (help must not load the computation)
        from pointscli.app.redeem import redeem as spend  # noqa: PLC0415  (the same)

        sources = world.sources
        today = world.today
        wish = Wish(member, gift, count, o.one_day(day) or today, today, world.clerk(by), scheme, to, again)
        receipt = spend(world.workspace, sources, wish, lambda: world.now, dry_run=dry_run)
        world.say_warnings(receipt.warnings)
        with world.reporting(written=not dry_run):
            world.put(_printed(world, receipt, wish.by, dry_run=dry_run))


def _printed(world: World, receipt: Receipt, by: str, *, dry_run: bool) -> str:
    """The receipt, in the language of messages."""
    lines = [
        "Dry run: nothing was written" if dry_run else "Redeemed {id} on {day}, written to {path}",
        "  Member   {member}",
        "  Gift     {gift}  {cost} × {count} = {total} points",
        "  Balance  {before} → {after}",
    ]
    lines += ["  Stock    {stock} left"] if receipt.stock is not None else []
    lines += ["  By       {by}"] if by else []
    from pointscli.outputs.cells import visible  # noqa: PLC0415  (help must not load the writers)
    from pointscli.outputs.rule_words import number  # noqa: PLC0415  (the same)

    values = {
        "id": receipt.id,
        "day": receipt.day,
        "path": receipt.path,
        "member": receipt.member,
        "gift": receipt.gift,
        "cost": number(receipt.cost),
        "count": receipt.count,
        "total": number(receipt.total),
        "before": number(receipt.before),
        "after": number(receipt.after),
        "stock": receipt.stock,
        "by": by,
    }
    texts = [world.translate(line).format(**values) for line in lines]
    return "".join(line[: len(line) - len(line.lstrip())] + visible(line) + "\n" for line in texts)


def balance(
    context: typer.Context,
    member: Annotated[
        str | None, typer.Argument(metavar="[MEMBER]", help=_("A statement of this member: id or name."))
    ] = None,
    gifts: Annotated[bool, typer.Option("--gifts", help=_("The gifts: what they cost, how many are left."))] = False,
    sheet: Annotated[bool, typer.Option("--sheet", help=_("The sheet for the counter, to print and sign."))] = False,
    month: o.MonthOption = None,
    quarter: o.QuarterOption = None,
    half: o.HalfOption = None,
    year: o.YearOption = None,
    day: Annotated[
        str | None,
        typer.Option(
            "--date", metavar="DATE", help=_("On this day, by every decision known now."), rich_help_panel=o.PERIOD
        ),
    ] = None,
    as_of: o.AsOfOption = None,
    scheme: o.SchemeOption = None,
    skip_invalid: o.SkipOption = False,
    branch: o.BranchOption = None,
    format_name: o.FormatOption = None,
    headers: o.HeadersOption = o.Headers.TITLES,
    output: o.OutputOption = None,
) -> None:
    """What members can spend, what opens next, and what is in stock."""
    world: World = context.obj
    with world.boundary():
        if (member is not None) + gifts + sheet > 1:
            raise UsageError("MEMBER, --gifts and --sheet cannot be combined", "give one of them")
        period = o.one_period(month=month, quarter=quarter, half=half, year=year)
        counter = _Counter(world, o.one_day(day), o.one_day(as_of), period, scheme)
        from pointscli.app import balance_tables as tables  # noqa: PLC0415  (loads with the computation)

        number = counter.find(member) if member is not None else None
        books = counter.books(number, skip_invalid=skip_invalid)
        inputs, language = counter.inputs, counter.workspace.language
        look = world.look(language, ids=headers is o.Headers.IDS)
        if sheet:
            document = tables.sheet_document(books, inputs, language, counter.window(books), branch or ())
            write_document(world, document, look, format_name and format_name.value, output)
            return
        if gifts:
            table = tables.gifts_table(books, language)
        elif number is not None:
            table = tables.statement_table(books, inputs, language, number)
        else:
            table = tables.balance_table(books, inputs, language, branch or ())
        world.write(table, look, format_name and format_name.value, output)


class _Counter:
    """The workspace on the day that is asked for."""

    def __init__(
        self, world: World, day: date | None, as_of: date | None, period: Period | None, scheme: str | None
    ) -> None:
        from pointscli.app.inputs import read_inputs  # noqa: PLC0415  (help must not load the computation)
        from pointscli.app.redemptions import redeeming_scheme  # noqa: PLC0415  (the same)
        from pointscli.app.workspace import open_workspace  # noqa: PLC0415  (the same)

        if day is not None and as_of is not None:
            raise UsageError("--date and --as-of cannot be combined", "give one of them")
        self.world, self.period = world, period
        self.workspace: Workspace = open_workspace(world.workspace, world.sources)
        self.inputs: Inputs = read_inputs(self.workspace)
        self.moment = _moment(world, day, as_of, period)
        self.scheme = redeeming_scheme(self.inputs, scheme, self.moment.day)

    def find(self, member: str) -> int:
        """The member's number."""
        from pointscli.app.members import find_member  # noqa: PLC0415  (the same)

        return find_member(self.inputs.roster, member)

    def books(self, member: int | None, *, skip_invalid: bool) -> Books:
        """The accounts, after saying what is to be said beside them."""
        from pointscli.app.balances import keep_books  # noqa: PLC0415  (the same)
        from pointscli.app.data_redemptions import read_redemptions  # noqa: PLC0415  (the same)

        log = read_redemptions(self.inputs, self.workspace, max(self.moment.day, self.world.today))
        watched = None if member is None else [member]
        books = keep_books(self.inputs, log, self.scheme, self.moment, watched, skip_invalid=skip_invalid)
        if self.period is not None and self.period.kind is not books.redemption.opens:
            raise UsageError(
                "points of scheme {scheme} do not open by periods of this length",
                "write it like {example}",
                scheme=self.scheme,
                example=_EXAMPLES[books.redemption.opens],
            )
        self.world.say_warnings([*books.warnings, *(one for one in log.problems if one not in log.errors)])
        for note in books.notes:
            self.world.say(note.message, **dict(note.args))
        return books

    def window(self, books: Books) -> Period:
        """The window whose points opened last."""
        if self.period is not None:
            return self.period
        opens: Kind = books.redemption.opens
        return Period(opens, Period.containing(opens, books.day).number - 1)


def _moment(world: World, day: date | None, as_of: date | None, period: Period | None) -> Moment:
    """The day given; else of a period the day after it, or today if its points are the last that opened."""
    from pointscli.app.balances import Moment  # noqa: PLC0415  (the same)

    if day is not None or as_of is not None or period is None:
        return Moment(day or as_of or world.today, as_of=as_of is not None)
    after = replace(period, number=period.number + 1)
    return Moment(world.today if after.start <= world.today <= after.end else period.end + timedelta(days=1))
