"""Plain text for pipes, mails and files: no colour, columns aligned under Chinese text."""

from __future__ import annotations

from pointscli.outputs.cells import narrowed, text_rows, visible, widened
from pointscli.outputs.look import Look
from pointscli.outputs.page import Block, NameLists, Page, page_of
from pointscli.outputs.tables import Result

GAP = "  "


def render(result: Result, look: Look) -> str:
    """The page of a result, one line a row however long it gets."""
    return render_page(page_of(result, look), look)


def render_page(page: Page, look: Look) -> str:
    """The same of a page."""
    sections = [_head(page), _table(page.blocks, look), *(_names(each, look) for each in page.lists)]
    return "\n\n".join("\n".join(line.rstrip() for line in lines) for lines in sections if lines) + "\n"


def _head(page: Page) -> list[str]:
    lines = (GAP.join(page.heading), GAP.join(page.facts), *page.marks)
    return [visible(line) for line in lines if line]


def _table(blocks: tuple[Block, ...], look: Look) -> list[str]:
    """All blocks as one table, so that they are aligned with each other, with their headings put in between."""
    from tabulate import tabulate  # noqa: PLC0415 - takes 60 ms, and the other formats do without

    columns = blocks[0].table.columns if blocks else ()
    titles = [visible(column.id if look.ids else column.title) for column in columns]
    rows = [row for block in blocks for row in text_rows(block.table)]
    if not rows:
        return [look.words.text("no_rows")]
    shape = widened if look.wide_ambiguous else str
    # The titles go in as a row: as headers they would get two more cells than they need.
    text = tabulate(
        [[shape(cell) for cell in row] for row in (titles, *rows)],
        tablefmt="simple",
        disable_numparse=True,
        colalign=["left" if column.kind == "text" else "right" for column in columns],
    )
    rule, title, *body = narrowed(text).split("\n")
    lines = [title, rule]
    for block in blocks:
        size = len(block.table.rows)
        lines += _heading(block) + body[:size]
        body = body[size:]
    return lines


def _heading(block: Block) -> list[str]:
    heading = visible(GAP.join((block.heading, *block.facts)))
    return ["", heading] if heading else []


def _names(section: NameLists, look: Look) -> list[str]:
    lines = [visible(GAP.join((section.heading, *section.facts)))]
    for names in section.lists:
        joined = look.words.join(list(names.items))
        lines.append(GAP + visible(GAP.join(filter(None, (names.label, joined)))))
    return lines
