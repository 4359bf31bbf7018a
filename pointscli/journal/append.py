"""Appends whole records: afterwards they are all there or none is, whatever fails in between.

The caller holds the workspace's lock (`workspace_lock.locked`) from reading to writing.
"""

from __future__ import annotations

import errno
import os
import stat
import time
from dataclasses import dataclass
from pathlib import Path

from pointscli.journal import atomic
from pointscli.journal.tail import check_tail
from pointscli.model.problem import FileError

_MISSING = -1


@dataclass(frozen=True, slots=True)
class Seen:
    """What a file looked like when it was read: nothing is written to it if it looks different then."""

    path: Path
    size: int
    changed: int
    """When it was last changed, in nanoseconds."""

    def check(self) -> None:
        """FileError if somebody has changed the file since: another computer does not know of our lock."""
        if seen(self.path) != self:
            reason = "the file was changed by another program while this command ran"
            raise FileError(str(self.path), reason, "Run the command again; nothing was changed.")


@dataclass(frozen=True, slots=True)
class Appended:
    """What an append wrote: so many bytes from an offset on."""

    path: Path
    offset: int
    data: bytes
    created: bool = False

    def undo(self) -> None:
        """Take it back; FileError if the disk refuses even that."""
        try:
            if self.created:
                self.path.unlink(missing_ok=True)
                return
        except OSError as error:
            raise _half_done(self.path, error) from error
        cut_file(self.path, self.offset)


def cut_file(path: Path, size: int) -> None:
    """Take away what stands behind so many bytes, durably."""
    descriptor = _open(path.resolve(), path)
    try:
        _cut(descriptor, size)
    except OSError as error:
        raise _half_done(path, error) from error
    finally:
        os.close(descriptor)


def seen(path: Path) -> Seen:
    """What a file looks like now; take it before reading the file."""
    try:
        status = path.stat()
    except OSError:
        return Seen(path, _MISSING, 0)
    return Seen(path, status.st_size, status.st_mtime_ns)


def append_bytes(
    path: Path, data: bytes, *, head: bytes = b"", seen: Seen | None = None, known: int | None = None
) -> Appended:
    """Append whole records, durably; a file that is missing or empty begins with `head`.

    `seen` is what the file was when it was read, `known` its size as the audit file has it. Links are followed.

    Raises:
        FileError: Nothing was written: the last record is torn, the file has changed, or it cannot be written.
    """
    if seen is not None:
        seen.check()
    try:
        target = path.resolve()
        mode = target.stat().st_mode
    except FileNotFoundError:
        return _create(path, head + data)
    except RuntimeError:  # Python 3.11's resolve() on a link that leads to itself
        raise FileError(str(path), *atomic.REASONS[errno.ELOOP]) from None
    except OSError as error:
        raise _failed(path, error) from error
    _refuse_special(path, mode)
    tail = check_tail(path, known)
    data = tail.mend + data if tail.size else head + data
    descriptor = _open(target, path)
    try:
        _write(descriptor, path, tail.size, data)
    finally:
        os.close(descriptor)
    return Appended(path, tail.size, data)


def _create(path: Path, data: bytes) -> Appended:
    """A new file; none if it cannot be made durable."""
    try:
        atomic.replace_file(path, data)
    except atomic.UnconfirmedError as error:
        path.resolve().unlink(missing_ok=True)
        hint = "Check the disk; nothing was recorded."
        raise FileError(str(path), "it cannot be written ({detail})", hint, **error.args_) from error
    return Appended(path, 0, data, created=True)


def _refuse_special(path: Path, mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise FileError(str(path), "it is a folder, not a file", "Name a file in it.")
    if not stat.S_ISREG(mode):
        raise FileError(str(path), "it is a device or a pipe, not a file", "Name an ordinary file.")
    if not mode & 0o222:
        raise FileError(str(path), "it is write-protected", "Remove the protection, or write to another file.")


def _open(target: Path, path: Path) -> int:
    """Open for appending; Windows refuses that while a spreadsheet has the file open."""
    flags = os.O_RDWR | os.O_APPEND | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    for left in reversed(range(atomic.TRIES)):
        try:
            return os.open(target, flags)
        except PermissionError as error:
            if not atomic.WINDOWS:
                raise _failed(path, error) from error
            if not left:
                reason = "the file may be open in Excel or WPS"
                raise FileError(str(path), reason, "Close it there and run the command again.") from error
            time.sleep(atomic.PAUSE)
        except OSError as error:
            raise _failed(path, error) from error
    raise AssertionError(path)  # the last try returns or raises


def _write(descriptor: int, path: Path, size: int, data: bytes) -> None:
    """Write and sync; what fails is cut off again."""
    if os.fstat(descriptor).st_size != size:
        reason = "the file was changed by another program while this command ran"
        raise FileError(str(path), reason, "Run the command again; nothing was changed.")
    try:
        atomic.write_all(descriptor, data)
        os.fsync(descriptor)
    except BaseException as failure:
        try:
            _cut(descriptor, size)
        except OSError as error:
            raise _half_done(path, error) from failure
        if isinstance(failure, OSError):
            raise _failed(path, failure) from failure
        raise


def _cut(descriptor: int, size: int) -> None:
    os.ftruncate(descriptor, size)
    os.fsync(descriptor)


def _half_done(path: Path, error: OSError) -> FileError:
    reason = "writing failed, and what was begun could not be taken back ({detail})"
    hint = "Check the disk, then run points check --audit and points repair before you go on."
    return FileError(str(path), reason, hint, detail=error.strerror or error)


def _failed(path: Path, error: OSError) -> FileError:
    reason, hint, args = atomic.reason_of(error)
    return FileError(str(path), reason, hint, **args)
