"""Papers that go with a notice as one HTML file each: every leaf on pages of its own, on A4, nothing else needed."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

from pointscli.model.paper import Fields, Grid, Leaf, Paper, Part
from pointscli.model.table import Column
from pointscli.outputs.cells import text_rows, visible
from pointscli.outputs.notice_words import NoticeWords

TEMPLATE, STYLE = "paper.html.j2", "paper_page.css"
_PER_LINE = 4
"""Labels with their values in a line of a box."""
_SHORT = 12
"""A table of so many rows is not broken over two pages."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A row's cells as text; a row without a first cell is a sum."""

    cells: list[str]
    is_sum: bool


@dataclass(frozen=True, slots=True)
class _Part:
    """A part with its texts laid out."""

    kind: str
    part: Part
    lines: list[list[tuple[str, str]]]
    columns: tuple[Column, ...]
    rows: list[_Row]


def render_paper(paper: Paper) -> str:
    """The page; the same paper gives the same text."""
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 - takes 50 ms, and the other formats do without

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["visible"] = visible
    words = NoticeWords(paper.language)
    resources = files(__package__)
    text = environment.from_string(resources.joinpath(TEMPLATE).read_text("utf-8")).render(
        paper=paper,
        lang="zh-CN" if paper.language == "zh" else "en",
        style=resources.joinpath(STYLE).read_text("utf-8"),
        leaves=[(leaf, _parts(leaf)) for leaf in paper.leaves],
        draft=words.text("draft") if paper.draft else "",
        words={each: words.text(each) for each in ("seal", "date", "code", "checkpoint")},
        per_line=_PER_LINE,
        short=_SHORT,
        code_note=words.text("code_note", code=paper.code),
    )
    return text + "\n"


def _parts(leaf: Leaf) -> list[_Part]:
    return [_part(part) for part in leaf.parts]


def _part(part: Part) -> _Part:
    if isinstance(part, Fields):
        pairs = part.pairs
        lines = [list(pairs[start : start + _PER_LINE]) for start in range(0, len(pairs), _PER_LINE)]
        return _Part(part.kind, part, lines, (), [])
    if isinstance(part, Grid):
        rows = [_Row(cells, part.sums and not cells[0]) for cells in text_rows(part.table)]
        return _Part(part.kind, part, [], part.table.columns, rows)
    return _Part(part.kind, part, [], (), [])
