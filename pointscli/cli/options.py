"""Options that several commands share, each declared once."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pointscli.cli import words
from pointscli.model.period import Kind, Period, parse_period
from pointscli.model.problem import UsageError

_ = words._

PERIOD, LISTING, OUTPUT = _("Period"), _("Listing"), _("Output")


class Format(StrEnum):
    """Formats of results."""

    TABLE = "table"
    PLAIN = "plain"
    MARKDOWN = "markdown"
    CSV = "csv"
    JSON = "json"
    JSONL = "jsonl"
    HTML = "html"
    XLSX = "xlsx"


class Headers(StrEnum):
    """What stands above columns."""

    TITLES = "titles"
    IDS = "ids"


MonthOption = Annotated[
    str | None, typer.Option("--month", metavar="2021-07", help=_("A month."), rich_help_panel=PERIOD)
]
QuarterOption = Annotated[
    str | None, typer.Option("--quarter", metavar="2021Q3", help=_("A quarter."), rich_help_panel=PERIOD)
]
HalfOption = Annotated[
    str | None, typer.Option("--half", metavar="2021H2", help=_("A half year."), rich_help_panel=PERIOD)
]
YearOption = Annotated[str | None, typer.Option("--year", metavar="2021", help=_("A year."), rich_help_panel=PERIOD)]
AsOfOption = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        help=_("As if it were the end of this day; later decisions do not count either."),
        rich_help_panel=PERIOD,
    ),
]
SchemeOption = Annotated[
    str | None,
    typer.Option("--scheme", metavar="ID", help=_("The scheme, where several apply."), rich_help_panel=PERIOD),
]
StageOption = Annotated[
    str | None,
    typer.Option("--stage", help=_("A preview: as if events counted from this review stage."), rich_help_panel=PERIOD),
]
SkipOption = Annotated[
    bool,
    typer.Option(
        "--skip-invalid", help=_("Go on without wrong rows; the result is marked partial."), rich_help_panel=PERIOD
    ),
]
BranchOption = Annotated[
    list[str] | None, typer.Option("--branch", help=_("List only this branch."), rich_help_panel=LISTING)
]
GroupOption = Annotated[
    list[str] | None, typer.Option("--group", help=_("List only this Party group."), rich_help_panel=LISTING)
]
KindOption = Annotated[
    list[str] | None, typer.Option("--kind", help=_("List only this kind of member."), rich_help_panel=LISTING)
]
WhereOption = Annotated[
    list[str] | None,
    typer.Option(
        "--where",
        metavar="COLUMN=VALUE",
        help=_("List only members with this in a roster column."),
        rich_help_panel=LISTING,
    ),
]
FormatOption = Annotated[
    Format | None, typer.Option("--format", "-f", help=_("Format of the result."), rich_help_panel=OUTPUT)
]
HeadersOption = Annotated[
    Headers, typer.Option("--headers", help=_("Titles or ids above columns."), rich_help_panel=OUTPUT)
]
OutputOption = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help=_("Write to a file, in the format of its suffix."),
        rich_help_panel=OUTPUT,
    ),
]


MemoryOption = Annotated[
    str | None,
    typer.Option(
        "--memory",
        metavar="1GB",
        help=_("About how much memory a large log may take; the rest is put aside on the disk."),
        rich_help_panel=OUTPUT,
    ),
]


def one_size(text: str | None) -> int:
    """A number of bytes; 0 if none is given."""
    if text is None:
        return 0
    found = _SIZE.fullmatch(text.strip())
    size = int(found[1]) * _UNITS[found[2].upper()] if found else 0
    if size < _SMALLEST:
        raise UsageError("{text} is not a size", "write it like 1GB, at least {least}", text=text, least="200MB")
    return size


def one_period(**given: str | None) -> Period | None:
    """The period of the one option that was given (by kind); None if none was."""
    named = {kind: text for kind, text in given.items() if text is not None}
    if len(named) > 1:
        raise UsageError("more than one period is given", "give one of --month, --quarter, --half, --year")
    for kind, text in named.items():
        period = parse_period(text, Kind(kind))
        if period is None:
            raise UsageError(
                "{text} is not a {kind}", "write it like {example}", text=text, kind=kind, example=_EXAMPLES[kind]
            )
        return period
    return None


def one_day(text: str | None) -> date | None:
    """A day of the calendar."""
    if text is None:
        return None
    from pointscli.inputs.grammar import parse_date  # noqa: PLC0415  (only where a date is given)

    try:
        return parse_date(text)
    except ValueError as error:
        raise UsageError("{text} is not a date", "write it like 2021-07-01", text=text) from error


def where_columns(given: list[str] | None) -> list[tuple[str, str]]:
    """Pairs of roster column and value from COLUMN=VALUE."""
    pairs = []
    for text in given or []:
        column, equals, value = text.partition("=")
        if not equals:
            raise UsageError("{text} is not COLUMN=VALUE", "write it like post=书记", text=text)
        pairs.append((column.strip(), value.strip()))
    return pairs


_SIZE = re.compile(r"([0-9]{1,9})\s*([MG])B?", re.IGNORECASE)
_UNITS = {"M": 10**6, "G": 10**9}
_SMALLEST = 200 * _UNITS["M"]
_EXAMPLES = {"month": "2021-07", "quarter": "2021Q3", "half": "2021H2", "year": "2021"}
