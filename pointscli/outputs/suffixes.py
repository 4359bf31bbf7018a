"""The format that a file's name asks for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pointscli.model.problem import UsageError


def format_by_suffix(path: Path, suffixes: Mapping[str, str]) -> str:
    """The format of a suffix (`.csv` → csv); UsageError with those that are known."""
    name = suffixes.get(path.suffix.lower())
    if name is None:
        raise UsageError(
            "the format of {path} is not known",
            "Use one of the suffixes {suffixes}, or give --format.",
            path=path,
            suffixes=" ".join(suffixes),
        )
    return name
