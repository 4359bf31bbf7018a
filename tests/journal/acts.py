"""What the tests of the journal do over and over: an act, a workspace, a chain that is whole."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pointscli.journal.audit import Act, Write, append_audited, check_chain
from pointscli.journal.workspace_lock import locked
from pointscli.model.problem import Severity

ACT = Act("王芳", "2021-07-05T08:00:00Z", "record")
HEAD = b"id,date,member\n"


def add(root: Path, *writes: tuple[str, bytes], head: bytes = HEAD) -> int:
    """Append to files of a workspace as a command does."""
    with locked(root, ACT):
        return append_audited(root, ACT, [Write(root / name, head, data) for name, data in writes])


def errors(root: Path, against: str | None = None) -> list[str]:
    """Names of what is wrong."""
    return [one.name for one in check_chain(root, against) if one.severity is Severity.ERROR]


def names(root: Path, against: str | None = None) -> list[str]:
    """Names of all that is said, warnings too."""
    return [one.name for one in check_chain(root, against)]


def files(folder: Path) -> dict[str, bytes]:
    """Everything in a folder but the lock."""
    found = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if not name.startswith("points.lock")}


def lines(path: Path) -> Sequence[bytes]:
    """The lines of a file with their ends."""
    return path.read_bytes().splitlines(keepends=True)
