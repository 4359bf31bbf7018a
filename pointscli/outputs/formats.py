"""The formats by name, and the one that a file's name asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from pointscli.outputs.look import Look
from pointscli.outputs.suffixes import format_by_suffix
from pointscli.outputs.tables import Result


def _renderer(name: str) -> Callable[[Result, Look], Any]:
    """The writer in a module of this package, which is loaded when it first writes."""

    def render(result: Result, look: Look) -> Any:
        return import_module(f"pointscli.outputs.{name}").render(result, look)

    return render


FORMATS: dict[str, Callable[[Result, Look], str]] = {
    "table": _renderer("terminal_format"),
    **{name: _renderer(f"{name}_format") for name in ("plain", "markdown", "csv", "json", "jsonl", "html")},
}
BINARY: dict[str, Callable[[Result, Look], bytes]] = {"xlsx": _renderer("xlsx_format")}
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
