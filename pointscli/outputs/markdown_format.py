"""Markdown: tables that stay tables, whatever a name or title contains."""

from __future__ import annotations

import re

from pointscli.outputs.cells import text_rows, visible
from pointscli.outputs.look import Look
from pointscli.outputs.page import Block, NameLists, Page, page_of
from pointscli.outputs.tables import Result

_SPECIAL = re.compile(r"[\\`*_<>\[\]|~&@]|(?<=[A-Za-z]):(?=//)|(?<=[wW]{3})\.")
"""Among them what makes a bare address a link in GitHub's and GitLab's dialects."""
_BEGINS = re.compile(r"^(\d{0,9})(#|[.)+-](?=\s))")
"""A heading or the sign of a list."""


def render(result: Result, look: Look) -> str:
    """The page of a result as headings, tables and lists."""
    return render_page(page_of(result, look), look)


def render_page(page: Page, look: Look) -> str:
    """The same of a page."""
    parts = _head(page)
    for block in page.blocks:
        parts += _block(block, look)
    for section in page.lists:
        parts += _names(section, look)
    return "\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    """A text in which nothing is Markdown."""
    return _BEGINS.sub(r"\1\\\2", _SPECIAL.sub(r"\\\g<0>", visible(text)))


def _head(page: Page) -> list[str]:
    heading = escaped(" ".join(page.heading))
    parts = [f"# {heading}"] if heading else []
    parts += [escaped("  ".join(page.facts))] if page.facts else []
    return parts + [f"**{escaped(mark)}**" for mark in page.marks]


def _block(block: Block, look: Look) -> list[str]:
    from tabulate import tabulate  # noqa: PLC0415 - takes 60 ms, and the other formats do without

    parts = _heading(block.heading, block.facts)
    rows = text_rows(block.table)
    if not rows:
        return parts or [look.words.text("no_rows")]
    columns = block.table.columns
    table = tabulate(
        [[escaped(cell) for cell in row] for row in rows],
        headers=[escaped(column.id if look.ids else column.title) for column in columns],
        tablefmt="pipe",
        disable_numparse=True,
        colalign=["left" if column.kind == "text" else "right" for column in columns],
    )
    return [*parts, table]


def _names(section: NameLists, look: Look) -> list[str]:
    lines = []
    for names in section.lists:
        label = f"{names.label}  " if names.label else ""
        lines.append("- " + escaped(label + look.words.join(list(names.items))))
    return [*_heading(section.heading, section.facts), *(["\n".join(lines)] if lines else [])]


def _heading(heading: str, facts: tuple[str, ...]) -> list[str]:
    parts = [f"## {escaped(heading)}"] if heading else []
    return parts + ([escaped("  ".join(facts))] if facts else [])
