"""One lock a workspace: whoever reads, checks and appends does it alone.

The lock file `points.lock` stays where it is; the system itself lets go of the lock when its holder ends, however it
ends. Who holds it stands in a file beside it, for Windows lets nobody read a locked file.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pointscli.journal.atomic import reason_of
from pointscli.model.problem import FileError

LOCK = "points.lock"
HOLDER = "points.lock.holder"
TIMEOUT = 10.0
_PAUSE = 0.01


@dataclass(frozen=True, slots=True)
class Act:
    """Who does something to the workspace, when (UTC, to the second, from the caller's clock), and by which command."""

    by: str
    at: str
    command: str


@contextmanager
def locked(root: Path, act: Act | None = None, *, timeout: float = TIMEOUT) -> Iterator[None]:
    """Hold the workspace's lock; waits for another holder, and gives up after so many seconds.

    Raises:
        FileError: Somebody else holds it (named, if known), or the folder cannot be written to.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415  (only commands that write need it)

    if not root.is_dir():  # the library would create it
        raise FileError(str(root), "there is no such folder", "check the path given with -C")
    lock = FileLock(root / LOCK, mode=0o666)  # every clerk of a shared folder may lock it
    try:
        lock.acquire(timeout=timeout, poll_interval=_PAUSE)
    except Timeout:
        raise _taken(root, timeout) from None
    except NotImplementedError:
        hint = "Copy the workspace to a disk of this computer and work there."
        raise FileError(str(root / LOCK), "this disk cannot lock files", hint) from None
    except OSError as error:
        reason, hint, args = reason_of(error)
        raise FileError(str(root / LOCK), reason, hint, **args) from error
    try:
        _write_holder(root, act)
        yield
    finally:
        with contextlib.suppress(OSError):
            (root / HOLDER).unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            lock.release()  # what the system cannot do now it does when the process ends


def _write_holder(root: Path, act: Act | None) -> None:
    """Say who holds the lock; that it cannot be said is no reason to stop."""
    who = {"pid": os.getpid(), **({"by": act.by, "command": act.command, "since": act.at} if act else {})}
    with contextlib.suppress(OSError):
        (root / HOLDER).unlink(missing_ok=True)  # of a killed command, perhaps somebody else's
        with (root / HOLDER).open("x", encoding="utf-8") as file:  # never through a link that somebody put there
            file.write(json.dumps(who, ensure_ascii=False) + "\n")


def _taken(root: Path, timeout: float) -> FileError:
    """Who keeps the workspace to himself."""
    path, seconds = str(root / LOCK), f"{timeout:g}"
    try:
        holder = json.loads((root / HOLDER).read_text("utf-8"))
        who = {key: str(holder[key]) for key in ("pid", "by", "command", "since")}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        hint = "Wait until it is done, then run the command again."
        return FileError(path, "another command has been writing for {seconds} seconds", hint, seconds=seconds)
    return FileError(
        path,
        "points {command} of {by} has been writing since {since} (process {pid}); waited {seconds} seconds",
        "Wait until it is done, or close its window, then run the command again; nothing was changed.",
        seconds=seconds,
        **who,
    )
