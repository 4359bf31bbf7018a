"""`notice.html`: the notice as one file that needs nothing else, for the wall (A4, A3), the screen and the phone.

Everything works without its script but sorting; the page's policy admits that one script, by its digest.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from importlib.resources import files

from pointscli.model.notice import Detail, Notice, Row
from pointscli.model.table import Column, Table
from pointscli.outputs.cells import cell_text, text_rows, visible
from pointscli.outputs.notice_charts import WIDTH, charts_of
from pointscli.outputs.notice_columns import NoticeCell, NoticeColumn, columns_of, shape_of
from pointscli.outputs.notice_words import NoticeWords

TEMPLATE, STYLE, SCRIPT = "notice.html.j2", "notice_page.css", "notice_sort.js"
NARROW = 5
"""Columns of a summary that leave room for the charts beside it."""
LEADING = 3
"""Ranks that stand out."""


@dataclass(frozen=True, slots=True)
class _Credit:
    """A credited posting as shown."""

    date: str
    section: str
    item: str
    reason: str
    evidence: str
    points: str
    sign: str
    note: str


@dataclass(frozen=True, slots=True)
class _Line:
    """A member's row and what opens behind it."""

    id: str
    cells: tuple[NoticeCell, ...]
    credits: tuple[_Credit, ...]
    leading: bool


@dataclass(frozen=True, slots=True)
class _Section:
    """A ranking group."""

    heading: str
    people: str
    lines: tuple[_Line, ...]


@dataclass(frozen=True, slots=True)
class _Grid:
    """A summary, its cells as text."""

    title: str
    columns: tuple[Column, ...]
    rows: list[list[str]]

    @property
    def wide(self) -> bool:
        """Whether nothing fits beside it."""
        return len(self.columns) > NARROW


def render_notice(notice: Notice) -> str:
    """The page. The same notice gives the same text."""
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 - takes 50 ms, and the other formats do without

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["visible"] = visible
    script = _resource(SCRIPT).strip()
    words = NoticeWords(notice.language)
    columns = columns_of(notice)
    detailed = any(row.details for section in notice.sections for row in section.rows)
    text = environment.from_string(_resource(TEMPLATE)).render(
        notice=notice,
        lang="zh-CN" if notice.language == "zh" else "en",
        words=_fixed(words, notice, detailed=detailed),
        style=_resource(STYLE),
        script=script,
        script_hash=script_hash(script),
        draft=words.text("draft") if is_draft(notice, words) else "",
        shape=shape_of(columns),
        columns=columns,
        sections=_sections(notice, columns, words, detailed=detailed),
        detailed=detailed,
        list_titles=[words.text("list_count", title=one.title, count=one.count) for one in notice.lists],
        actions=[words.text("action", action=one.action) for one in notice.lists],
        summaries=[_grid(table) for table in notice.summaries],
        charts=charts_of(notice),
        chart_width=WIDTH,
    )
    return text + "\n"


def script_hash(script: str) -> str:
    """What the page's policy calls the script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def is_draft(notice: Notice, words: NoticeWords) -> bool:
    """Whether a mark says more than that this is a correction."""
    amended = words.text("amended", reason="")
    return any(not mark.startswith(amended) for mark in notice.marks)


def _resource(name: str) -> str:
    return files(__package__).joinpath(name).read_text("utf-8")


def _fixed(words: NoticeWords, notice: Notice, *, detailed: bool) -> dict[str, str]:
    found = {
        each: words.text(each)
        for each in ("show_all", "large", "no_details", "evidence", "seal", "date", "code", "checkpoint")
    }
    found["hint"] = words.text("sort_hint" if detailed else "sort_only")
    found["code_note"] = words.text("code_note", code=notice.code)
    return found


def _sections(
    notice: Notice, columns: Sequence[NoticeColumn], words: NoticeWords, *, detailed: bool
) -> tuple[_Section, ...]:
    found = []
    for place, section in enumerate(notice.sections, 1):
        lines = tuple(
            _line(row, f"m{place}-{number}", notice, columns, words, detailed=detailed)
            for number, row in enumerate(section.rows, 1)
        )
        found.append(_Section(section.heading, words.text("members_unit", count=len(lines)), lines))
    return tuple(found)


def _line(
    row: Row, place: str, notice: Notice, columns: Sequence[NoticeColumn], words: NoticeWords, *, detailed: bool
) -> _Line:
    return _Line(
        place,
        tuple(column.cell(row, words, place if detailed else None) for column in columns),
        tuple(_credit(one, notice) for one in row.details),
        notice.ranked and row.rank is not None and row.rank <= LEADING,
    )


def _credit(one: Detail, notice: Notice) -> _Credit:
    return _Credit(
        date=one.date.isoformat(),
        section=one.section,
        item=one.item,
        reason=one.reason,
        evidence=one.evidence,
        points=signed(one.points, notice.decimals),
        sign="minus" if one.points < 0 else "" if one.points else "none",
        note=one.note,
    )


def signed(points: Decimal, decimals: int) -> str:
    """Points with their sign and as many places as published, more if they have more."""
    if points == round(points, decimals):
        points = round(points, decimals)
    return ("+" if points > 0 else "") + cell_text(points)


def _grid(table: Table) -> _Grid:
    return _Grid(table.title, table.columns, text_rows(table))
