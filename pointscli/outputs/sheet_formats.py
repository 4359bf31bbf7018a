"""A scheme's printed table in the formats that it has, by name, and the one that a file's suffix asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from pointscli.model.sheet import Sheet
from pointscli.outputs import markdown_format, plain_format, sheet_html, terminal_format
from pointscli.outputs.look import Look
from pointscli.outputs.sheet_page import sheet_page
from pointscli.outputs.suffixes import format_by_suffix

SHEET_FORMATS: dict[str, Callable[[Sheet, Look], str]] = {
    "table": lambda sheet, look: terminal_format.render_page(sheet_page(sheet, look.words), look),
    "plain": lambda sheet, look: plain_format.render_page(sheet_page(sheet, look.words), look),
    "markdown": lambda sheet, look: markdown_format.render_page(sheet_page(sheet, look.words), look),
    "html": sheet_html.render,
}
SHEET_SUFFIXES = {".html": "html", ".htm": "html", ".md": "markdown", ".txt": "plain"}


def sheet_format_of(path: Path) -> str:
    """The format that a file's suffix names."""
    return format_by_suffix(path, SHEET_SUFFIXES)


def sheet_bytes(name: str, sheet: Sheet, look: Look) -> bytes:
    """The table as the content of a file: without colour, a terminal's table as plain text."""
    plain = "plain" if name == "table" else name
    return SHEET_FORMATS[plain](sheet, replace(look, to_file=True, colour=False)).encode()
