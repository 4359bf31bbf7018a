"""The table on a terminal: fitted to its width, aligned under Chinese text, coloured only when told.

Everything from the user's files goes through `visible` and into rich as `Text`, so that no control character,
bidi control or markup has an effect. There are no box-drawing characters: a CP936 console shows them two cells wide.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import StringIO
from typing import TYPE_CHECKING

from pointscli.model.table import Table
from pointscli.outputs.cells import narrowed, text_rows, visible, widened
from pointscli.outputs.layout import Fit, fit, flow, wrap, wrap_evenly
from pointscli.outputs.look import Look
from pointscli.outputs.page import NameLists, Page, page_of
from pointscli.outputs.tables import Result

if TYPE_CHECKING:
    from rich.console import JustifyMethod
    from rich.text import Text

HEADING, FACT, MARK, TITLE = "bold", "dim", "bold yellow", "bold"
ENDLESS = 100_000
"""Lines are broken here, not by rich."""


def render(result: Result, look: Look) -> str:
    """The page of a result, at most `look.width` wide unless names and numbers alone need more."""
    return render_page(page_of(result, look), look)


def render_page(page: Page, look: Look) -> str:
    """The same of a page."""
    screen = _Screen(look)
    screen.flow(HEADING, page.heading)
    screen.flow(FACT, page.facts)
    for mark in page.marks:
        screen.sentence(MARK, mark)
    _put_blocks(page, screen, look)
    for section in page.lists:
        _put_names(section, screen, look)
    return screen.text()


def _put_blocks(page: Page, screen: _Screen, look: Look) -> None:
    """The blocks as tables with the same columns and widths."""
    columns = page.blocks[0].table.columns if page.blocks else ()
    titles = [visible(column.id if look.ids else column.title) for column in columns]
    rows = [row for block in page.blocks for row in text_rows(block.table)]
    fitted = fit(columns, titles, rows, look.width, screen.measure)
    for block in page.blocks:
        screen.gap()
        screen.flow(HEADING, (block.heading, *block.facts))
        if block.table.rows:
            screen.table(block.table, titles, fitted)
    if not rows:
        screen.sentence("", look.words.text("no_rows"))
    if fitted.hidden and rows:
        screen.gap()
        hidden = look.words.join([titles[i] for i in fitted.hidden])
        screen.sentence(FACT, look.words.text("hidden", columns=hidden))


def _put_names(section: NameLists, screen: _Screen, look: Look) -> None:
    screen.gap()
    screen.flow(HEADING, (section.heading, *section.facts))
    for names in section.lists:
        screen.flow(
            "", names.items, label=f"  {names.label}  " if names.label else "  ", separator=look.words.join(["", ""])
        )


class _Screen:
    """A rich console that writes into a string and knows nothing of the machine it runs on."""

    def __init__(self, look: Look) -> None:
        from rich.cells import cell_len  # noqa: PLC0415 - rich takes 45 ms, and the other formats do without
        from rich.console import Console  # noqa: PLC0415

        self._look = look
        self._cell_len = cell_len
        self._out = StringIO()
        self._console = Console(
            file=self._out,
            width=ENDLESS,
            color_system="standard" if look.colour else None,
            force_terminal=look.colour,
            legacy_windows=False,
            markup=False,
            emoji=False,
            highlight=False,
            _environ={},
        )

    def measure(self, text: str) -> int:
        """Cells that a text takes on this terminal."""
        return self._cell_len(widened(text) if self._look.wide_ambiguous else text)

    def gap(self) -> None:
        """An empty line."""
        self._out.write("\n")

    def flow(self, style: str, items: Sequence[str], *, label: str = "", separator: str = "  ") -> None:
        """Items one after the other, none of them broken."""
        shown = [visible(item) for item in items if item]
        blank = label[: len(label) - len(label.lstrip())]
        shown_label = blank + visible(label) + "  " if label.strip() else label
        for line in flow(shown_label, shown, separator, self._look.width, self.measure) if shown else []:
            self._console.print(self._rich(line, style))

    def sentence(self, style: str, text: str) -> None:
        """A text, wrapped."""
        for line in wrap(visible(text), self._look.width, self.measure):
            self._console.print(self._rich(line, style))

    def table(self, table: Table, titles: list[str], fitted: Fit) -> None:
        """A table as fitted: titles, a rule of ASCII, rows."""
        from rich.table import Table as Grid  # noqa: PLC0415

        grid = Grid(box=None, padding=(0, fitted.gap, 0, 0), pad_edge=False, header_style=TITLE)
        for index, width in zip(fitted.shown, fitted.widths, strict=True):
            column = table.columns[index]
            justify: JustifyMethod = "left" if column.kind == "text" else "right"
            title = self._rich("\n".join(wrap_evenly(titles[index], width, self.measure)))
            grid.add_column(title, width=width, justify=justify, overflow="fold")
        grid.add_row(*("-" * width for width in fitted.widths), style=FACT)
        for row in text_rows(table):
            shown = zip(fitted.shown, fitted.widths, strict=True)
            grid.add_row(*(self._rich("\n".join(wrap(row[i], width, self.measure))) for i, width in shown))
        self._console.print(grid)

    def text(self) -> str:
        """All that was put, without blanks at the ends of lines."""
        lines = narrowed(self._out.getvalue()).split("\n")
        return "\n".join(line.rstrip() for line in lines)

    def _rich(self, text: str, style: str = "") -> Text:
        from rich.text import Text as Rich  # noqa: PLC0415

        return Rich(widened(text) if self._look.wide_ambiguous else text, style=style)
