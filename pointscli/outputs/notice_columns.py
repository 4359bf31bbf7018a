"""The columns of a notice's ranking: which there are, how wide, and each row's cells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from pointscli.model.notice import Notice, Row
from pointscli.outputs.cells import cell_text, visible
from pointscli.outputs.notice_words import NoticeWords
from pointscli.outputs.titles import Words

WHO = ("member", "branch", "group", "kind")
UNLABELLED = frozenset({"rank", "name", *WHO})
"""Columns whose cells say by themselves what they are, on a phone where there is no heading above them."""
MOST_STARS = 5
"""More than these are written as a number."""
PAPER, ACROSS = 108, 150
"""Half-width characters in a line of A4, upright and across."""
GAP, SHORT, TEXT, NAME = 2, 8, 16, 26
"""The same between two columns, and of a title, a text and a name that are not broken."""

Role = Literal["rank", "member", "name", "branch", "group", "kind", "point", "score", "grade", "stars", "outcomes"]
Value = str | int | Decimal | None


@dataclass(frozen=True, slots=True)
class NoticeCell:
    """A cell as shown."""

    role: Role
    label: str
    text: str
    value: str
    number: bool
    parts: tuple[str, ...]
    """Outcomes; stars as drawn; remarks under a name."""
    details: str | None
    """Id of the row that opens behind a name."""
    whole: bool
    """Short enough to stay in one line."""


@dataclass(frozen=True, slots=True)
class NoticeColumn:
    """A column: its title, what its cells are, and where they come from."""

    role: Role
    title: str
    number: bool
    first: Literal["ascending", "descending"]
    """How it is sorted first."""
    value: Callable[[Row], Value]
    width: int = 0
    share: int = 0
    """Of the table's width, in per cent: the same in every section."""

    @property
    def short(self) -> bool:
        """Whether its title stays in one line."""
        return _cells(visible(self.title)) <= SHORT

    def cell(self, row: Row, words: NoticeWords, details: str | None) -> NoticeCell:
        """A row's cell."""
        value = self.value(row)
        text = cell_text(value)
        label = "" if self.role in UNLABELLED else self.title
        parts: tuple[str, ...] = ()
        if self.role == "name":
            parts = _remarks(row, words)
        elif self.role == "outcomes":
            parts = row.outcomes
        elif self.role == "stars" and row.stars:
            parts = ("★" * row.stars if row.stars <= MOST_STARS else f"{row.stars}★",)
        shown = "-" if self.role == "rank" and value is None else text
        whole = _cells(visible(text)) <= (NAME if self.role == "name" else TEXT)
        return NoticeCell(self.role, label, shown, text if self.number else "", self.number, parts, details, whole)


def columns_of(notice: Notice) -> list[NoticeColumn]:
    """The columns that somebody has something in, without what the heading of every section says already."""
    rows = [row for section in notice.sections for row in section.rows]
    kept = [
        column
        for column in _all_columns(notice)
        if column.role in ("name", "score")
        or (any(column.value(row) not in (None, "") for row in rows) and not _is_said_above(column, notice))
    ]
    widths = [_width(column, rows) for column in kept]
    whole = sum(width + GAP for width in widths)
    return [
        replace(column, width=width, share=100 * (width + GAP) // whole)
        for column, width in zip(kept, widths, strict=True)
    ]


def shape_of(columns: list[NoticeColumn]) -> Literal["narrow", "across", "vast"]:
    """Whether the table fits on a page, on a page across, or on a screen only by scrolling."""
    whole = sum(column.width + GAP for column in columns)
    return "narrow" if whole <= PAPER else "across" if whole <= ACROSS else "vast"


def _all_columns(notice: Notice) -> list[NoticeColumn]:
    titles = Words(notice.language)

    def fixed(role: Role, value: Callable[[Row], Value], *, number: bool = False) -> NoticeColumn:
        first: Literal["ascending", "descending"] = "descending" if number and role != "rank" else "ascending"
        return NoticeColumn(role, titles.title(role), number, first, value)

    def point(title: str, value: Callable[[Row], Value]) -> NoticeColumn:
        return NoticeColumn("point", title, number=True, first="descending", value=value)

    return [
        fixed("rank", lambda row: row.rank, number=True),
        fixed("member", lambda row: row.member),
        fixed("name", lambda row: row.name),
        fixed("branch", lambda row: row.branch),
        fixed("group", lambda row: row.group),
        fixed("kind", lambda row: row.kind),
        *(point(one.title or one.id, _nth(n)) for n, one in enumerate(notice.columns)),
        *(point(one.title or one.id, _nth_derived(n)) for n, one in enumerate(notice.derived)),
        fixed("score", lambda row: row.score, number=True),
        fixed("grade", lambda row: row.grade),
        fixed("stars", lambda row: row.stars, number=True),
        fixed("outcomes", lambda row: " ".join(row.outcomes)),
    ]


def _nth(place: int) -> Callable[[Row], Value]:
    return lambda row: row.columns[place]


def _nth_derived(place: int) -> Callable[[Row], Value]:
    return lambda row: row.derived[place] if row.derived else None


def _is_said_above(column: NoticeColumn, notice: Notice) -> bool:
    return column.role in WHO and all(
        section.heading and column.value(row) == section.heading for section in notice.sections for row in section.rows
    )


def _width(column: NoticeColumn, rows: list[Row]) -> int:
    texts = [_cells(visible(cell_text(column.value(row)))) for row in rows]
    widest = max(texts, default=0)
    if not column.number:
        widest = min(widest, NAME if column.role == "name" else TEXT)
    return max(widest + 2 * (column.role == "name"), min(_cells(visible(column.title)), SHORT))


def _cells(text: str) -> int:
    """Half-width characters that a text takes, near enough."""
    return sum(2 if ord(char) > 0x2000 else 1 for char in text)  # noqa: PLR2004 - from here on most are wide


def _remarks(row: Row, words: NoticeWords) -> tuple[str, ...]:
    found = [row.exempt] if row.exempt else []
    if row.objections:
        found.append(words.text("objected", count=row.objections))
    return tuple(found)
