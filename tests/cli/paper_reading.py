"""Reads a published paper as a person does: leaf by leaf, its headings, tables and running text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

CELLS, HEADS = ("th", "td"), ("h1", "h2", "h3")
BOX = "fields"


@dataclass
class Leaf:
    """A page's texts; tables by the heading above them."""

    heads: list[str] = field(default_factory=list)
    tables: dict[str, list[list[str]]] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.texts)

    @property
    def fields(self) -> dict[str, str]:
        """The box of labels and values."""
        cells = [cell for row in self.tables.get(BOX, ()) for cell in row]
        return dict(zip(cells[::2], cells[1::2], strict=False))

    def rows(self, heading: str) -> list[dict[str, str]]:
        """A table's rows by its titles, without the line that is repeated in print."""
        head, *rows = [row for row in self.tables[heading] if len(row) > 1]
        return [dict(zip(head, row, strict=True)) for row in rows]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.leaves: list[Leaf] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self._block = self._table = ""

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag == "article":
            self.leaves.append(Leaf())
        leaf = self.leaves[-1] if self.leaves else Leaf()
        if tag == "table":
            self._table = BOX if dict(attrs).get("class") == BOX else leaf.heads[-1]
            leaf.tables[self._table] = []
        if tag == "tr":
            leaf.tables[self._table].append([])
        if tag in (*CELLS, *HEADS, "p", "dt", "dd"):
            self._block = ""

    def handle_data(self, data: str) -> None:
        self._block += data

    def handle_endtag(self, tag: str) -> None:
        if not self.leaves:
            return
        leaf, text = self.leaves[-1], self._block.strip()
        if tag in HEADS:
            leaf.heads.append(text)
        if tag in CELLS:
            leaf.tables[self._table][-1].append(text)
        if tag in (*CELLS, *HEADS, "p", "dt", "dd"):
            leaf.texts.append(text)
            self._block = ""


def read_paper(path: Path) -> list[Leaf]:
    """The leaves of a paper."""
    reader = _Reader()
    reader.feed(path.read_text("utf-8"))
    return reader.leaves


def markup_of(path: Path) -> tuple[set[str], set[str]]:
    """The tags and the attributes that a paper consists of."""
    reader = _Reader()
    reader.feed(path.read_text("utf-8"))
    return reader.tags, reader.attributes
