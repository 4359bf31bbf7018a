"""What a command's exit code says."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes of every command."""

    DONE = 0
    """Done."""
    FINDINGS = 1
    """Invalid input, a failed test, a mismatch, a refused action."""
    USAGE = 2
    """Wrong usage: something was asked for that does not exist."""
    FILE = 3
    """A file cannot be read or written."""
