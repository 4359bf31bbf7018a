"""HTML: one file that needs nothing else, reads on a phone and prints on A4 with its headings on every page.

Everything from the user's files is escaped, made visible and kept in its own direction (`<bdi>`); nothing runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import groupby

from pointscli.model.table import Column
from pointscli.outputs.cells import text_rows, visible
from pointscli.outputs.layout import WHOLE
from pointscli.outputs.look import Look
from pointscli.outputs.page import Block, Page, page_of
from pointscli.outputs.tables import Result

TEMPLATE = "result.html.j2"
LANDSCAPE = 11
"""A table of more columns is printed across the page."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell's text, and how it is set."""

    text: str
    number: bool
    style: str


@dataclass(frozen=True, slots=True)
class _Part:
    """The rows of a block, under its heading."""

    heading: str
    facts: tuple[str, ...]
    rows: list[list[_Cell]]


@dataclass(frozen=True, slots=True)
class _Grid:
    """Blocks with the same columns: one table."""

    columns: list[Column]
    parts: list[_Part]


def render(result: Result, look: Look) -> str:
    """The page of a result."""
    return render_page(page_of(result, look), look)


def render_page(page: Page, look: Look) -> str:
    """The same of a page; its blocks may have different columns."""
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 - takes 50 ms, and the other formats do without

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["visible"] = visible
    template = environment.from_string(files(__package__).joinpath(TEMPLATE).read_text("utf-8"))
    text = template.render(
        page=page,
        grids=_grids(page.blocks, look),
        landscape=any(len(block.table.columns) > LANDSCAPE for block in page.blocks),
        lang="zh-CN" if look.language == "zh" else "en",
        nothing=look.words.text("no_rows"),
        separator=look.words.join(["", ""]),
    )
    return text + "\n"


def _grids(blocks: Sequence[Block], look: Look) -> list[_Grid]:
    """Blocks one after the other with the same columns as one table; none where nothing has rows or a heading."""
    grids = []
    for columns, group in groupby(blocks, key=lambda block: block.table.columns):
        parts = [_Part(one.heading, one.facts, _rows(one)) for one in group]
        if any(part.rows or part.heading for part in parts):
            shown = [Column(one.id, one.id if look.ids else one.title, one.kind) for one in columns]
            grids.append(_Grid(shown, parts))
    return grids


def _rows(block: Block) -> list[list[_Cell]]:
    columns = block.table.columns
    return [
        [_Cell(text, column.kind != "text", _style(column)) for text, column in zip(row, columns, strict=True)]
        for row in text_rows(block.table)
    ]


def _style(column: Column) -> str:
    """Names and ids stay in one line, and names in sight."""
    if column.id not in WHOLE:
        return "text"
    return "name" if column.id == "name" else "whole"
