"""How large the event log is: a small one is read with care at once."""

from __future__ import annotations

from pathlib import Path

from pointscli.app.workspace import Workspace

SMALLEST = 1 << 19
"""Bytes of an event log below which the careful way is as quick as the quick one."""
_PARQUET = 10
"""How much smaller Parquet is than CSV of the same."""


def is_large(workspace: Workspace) -> bool:
    """Whether the quick way may be worth its while; not if a file cannot be reached."""
    try:
        return sum(map(_size, workspace.events)) >= SMALLEST
    except OSError:
        return False


def _size(path: Path) -> int:
    return path.stat().st_size * (_PARQUET if path.suffix.lower() == ".parquet" else 1)
