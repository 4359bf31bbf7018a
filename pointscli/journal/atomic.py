"""Replaces a file as a whole: afterwards it is exactly the old or exactly the new one, whatever fails in between."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
import time
from pathlib import Path

from pointscli.model.problem import FileError

WINDOWS = os.name == "nt"
TRIES = 3
PAUSE = 0.3
"""Seconds between the tries: what a virus scanner or a sync client needs to let go."""

REASONS: dict[int, tuple[str, str]] = {
    errno.ENOSPC: ("the disk is full", "Free some space and run the command again; nothing was changed."),
    errno.EDQUOT: ("your disk quota is used up", "Free some space and run the command again; nothing was changed."),
    errno.EFBIG: ("the file would become too large for this disk", "Write it to another disk; nothing was changed."),
    errno.EROFS: ("the disk is read-only", "Write it to another folder."),
    errno.EACCES: ("there is no permission to write here", "Write to a folder of your own, or ask for the permission."),
    errno.EPERM: ("there is no permission to write here", "Write to a folder of your own, or ask for the permission."),
    errno.ENOENT: ("the folder does not exist", "Create it first, or check the spelling."),
    errno.ENOTDIR: ("a part of the path is not a folder", "Check the spelling of the path."),
    errno.ENAMETOOLONG: ("the name is too long", "Choose a shorter name."),
    errno.ELOOP: ("it is a link that leads to itself", "Remove the link, or write to another file."),
}
"""Why writing fails, and what to do."""


class UnconfirmedError(FileError):
    """The file has its new content, but the disk did not confirm that it will keep it."""


def replace_file(path: Path, data: bytes) -> None:
    """Make `data` the content of the file: mode kept (a new file gets the usual one), links followed, durable.

    Raises:
        FileError: It could not be written; the old content is still there, and no temporary file is left.
    """
    try:
        target = path.resolve()
        temporary = _write_beside(target, data, _replaced(target, path))
    except RuntimeError:  # Python 3.11's resolve() on a link that leads to itself
        raise _failed(path, OSError(errno.ELOOP, "")) from None
    except OSError as error:
        raise _failed(path, error) from error
    try:
        _rename(temporary, target, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(target.parent, path)


def write_output(path: Path, data: bytes) -> None:
    """A result as a file that the user named: like `replace_file`, but never through a link.

    Raises:
        FileError: It is a link, a folder or a device, or it could not be written; what was there is there.
    """
    if path.is_symlink():
        reason = "it is a link to something else, and what that is would be replaced"
        raise FileError(str(path), reason, "Name the file itself; for standard output, leave out -o.")
    replace_file(path, data)


def _replaced(target: Path, path: Path) -> os.stat_result | None:
    """What is known of the file to be replaced; None if there is none yet."""
    try:
        old = target.stat()
    except FileNotFoundError:
        return None
    mode = old.st_mode
    if stat.S_ISDIR(mode):
        raise FileError(str(path), "it is a folder, not a file", "Name a file in it.")
    if not stat.S_ISREG(mode):
        raise FileError(str(path), "it is a device or a pipe, not a file", "Name an ordinary file.")
    if not mode & 0o222:
        raise FileError(str(path), "it is write-protected", "Remove the protection, or write to another file.")
    return old


def _write_beside(target: Path, data: bytes, old: os.stat_result | None) -> Path:
    """A temporary file in the same folder that holds the data, on the disk; none if that fails."""
    temporary = target.with_name(f".points-{secrets.token_hex(4)}.tmp")
    # A new file gets 0666 less the umask, because tables are there to be shared.
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        try:
            if old is not None:
                _keep_owner(descriptor, old)
                temporary.chmod(stat.S_IMODE(old.st_mode))
            write_all(descriptor, data)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _keep_owner(descriptor: int, old: os.stat_result) -> None:
    """Leave a file to its owner where that is permitted: an administrator must not take it from the clerk."""
    if WINDOWS:
        return
    new = os.fstat(descriptor)
    if (new.st_uid, new.st_gid) != (old.st_uid, old.st_gid):
        with contextlib.suppress(OSError):
            os.fchown(descriptor, old.st_uid, old.st_gid)


def write_all(descriptor: int, data: bytes) -> None:
    """Write everything: one call may take a part only."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _rename(temporary: Path, target: Path, path: Path) -> None:
    """Put the new file in place of the old one; Windows refuses that while somebody has it open."""
    for left in reversed(range(TRIES)):  # pragma: no branch (the last try returns or raises)
        try:
            temporary.replace(target)
        except PermissionError as error:
            if not WINDOWS:
                raise _failed(path, error) from error
            if not left:
                reason = "the file may be open in Excel or WPS"
                raise FileError(str(path), reason, "Close it there and run the command again.") from error
            time.sleep(PAUSE)
        except OSError as error:
            raise _failed(path, error) from error
        else:
            return


def sync_folder(folder: Path, path: Path) -> None:
    """Make the new name durable. Windows has no way to do that and does not need it."""
    if WINDOWS:
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        # Network folders that cannot sync a folder say so with EINVAL; a folder may be writable but not readable.
        if error.errno in (errno.EINVAL, errno.ENOTSUP, errno.EACCES):
            return
        reason = "the file was written, but the disk did not confirm it ({detail})"
        raise UnconfirmedError(
            str(path), reason, "Check the disk; run the command again to be sure.", detail=error.strerror
        ) from error


def reason_of(error: OSError) -> tuple[str, str, dict[str, str]]:
    """Why writing failed, what to do, and what fills the two."""
    known = REASONS.get(error.errno or 0)
    if known:
        return *known, {}
    return "it cannot be written ({detail})", "Nothing was changed.", {"detail": error.strerror or type(error).__name__}


def unreadable(path: Path | str, error: OSError) -> FileError:
    """A file that is there but cannot be read."""
    return FileError(str(path), "it cannot be read ({error})", "Nothing was changed.", error=error.strerror or error)


def _failed(path: Path, error: OSError) -> FileError:
    """The error in the user's words."""
    reason, hint, args = reason_of(error)
    return FileError(str(path), reason, hint, **args)
