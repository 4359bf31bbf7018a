"""How large the event log is: a small one is read with care at once."""

from __future__ import annotations

from pointscli.app.workspace import Workspace

SMALLEST = 8 << 20
"""Bytes of an event log below which the careful way is as quick as the quick one."""


def is_large(workspace: Workspace) -> bool:
    """Whether the quick way may be worth its while; not if a file cannot be reached."""
    try:
        return sum(path.stat().st_size for path in workspace.events) >= SMALLEST
    except OSError:
        return False
