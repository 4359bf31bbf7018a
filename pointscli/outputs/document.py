"""A result that is more than one table: a page for people, one flat table and JSON for programs; and its formats."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pointscli.model.table import Table
from pointscli.outputs import (
    csv_format,
    html_format,
    jsonl_format,
    markdown_format,
    plain_format,
    terminal_format,
    xlsx_format,
)
from pointscli.outputs.cells import escaped_json
from pointscli.outputs.formats import SUFFIXES, format_of
from pointscli.outputs.look import Look
from pointscli.outputs.page import Page

_PAGES = {
    "table": terminal_format.render_page,
    "plain": plain_format.render_page,
    "markdown": markdown_format.render_page,
    "html": html_format.render_page,
}


@dataclass(frozen=True, slots=True)
class Document:
    """The same three times: as a page, as rows, as JSON text. `made` is the date that a workbook shows."""

    page: Page
    table: Table
    json: str
    made: date


def document_text(name: str, document: Document, look: Look) -> str | bytes:
    """A document in a format."""
    match name:
        case "json":
            return escaped_json(document.json) + "\n"
        case "csv":
            return csv_format.render(document.table, look)
        case "jsonl":
            return jsonl_format.render(document.table, look)
        case "xlsx":
            return xlsx_format.render_page(document.page, look, document.made)
        case _:
            return _PAGES[name](document.page, look)


def suffix_of(name: str) -> str:
    """The suffix of files in a format."""
    return next((suffix for suffix, known in SUFFIXES.items() if known == name), ".txt")


def document_bytes(path: Path, name: str | None, document: Document, look: Look) -> bytes:
    """A document as the content of a file: without colour, a terminal's table as plain text."""
    chosen = name or format_of(path)
    shown = replace(look, to_file=True, colour=False)
    text = document_text("plain" if chosen == "table" else chosen, document, shown)
    return text if isinstance(text, bytes) else text.encode()
