"""The formats by name, and the one that a file's name asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from pointscli.outputs import (
    csv_format,
    html_format,
    json_format,
    jsonl_format,
    markdown_format,
    plain_format,
    terminal_format,
    xlsx_format,
)
from pointscli.outputs.look import Look
from pointscli.outputs.suffixes import format_by_suffix
from pointscli.outputs.tables import Result

FORMATS: dict[str, Callable[[Result, Look], str]] = {
    "table": terminal_format.render,
    "plain": plain_format.render,
    "markdown": markdown_format.render,
    "csv": csv_format.render,
    "json": json_format.render,
    "jsonl": jsonl_format.render,
    "html": html_format.render,
}
BINARY: dict[str, Callable[[Result, Look], bytes]] = {"xlsx": xlsx_format.render}
"""Formats that are no text: for files and pipes."""
SUFFIXES: dict[str, str] = {
    ".csv": "csv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".md": "markdown",
    ".txt": "plain",
    ".html": "html",
    ".htm": "html",
    ".xlsx": "xlsx",
}


def format_of(path: Path) -> str:
    """The format that a file's suffix names."""
    return format_by_suffix(path, SUFFIXES)


def file_bytes(name: str, result: Result, look: Look) -> bytes:
    """A result as the content of a file: without colour, a terminal's table as plain text."""
    plain = "plain" if name == "table" else name
    written = replace(look, to_file=True, colour=False)
    return BINARY[plain](result, written) if plain in BINARY else FORMATS[plain](result, written).encode()
