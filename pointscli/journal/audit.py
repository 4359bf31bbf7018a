"""Writing that is recorded: the files first, then one entry of the chain; both are there afterwards, or neither.

The workspace's lock is held by the caller. An append costs no more for a longer log: what was recorded before is not
read again, unless somebody else has changed the file.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from pointscli.journal.append import Appended, Seen, append_bytes
from pointscli.journal.atomic import UnconfirmedError, replace_file, unreadable
from pointscli.journal.chain import Head, Part, add_entry, bytes_part, chunk_part, printed_code, read_head, whole_part
from pointscli.journal.chain_check import Trail, check_chain, read_trail
from pointscli.journal.tail import look_at_tail
from pointscli.journal.workspace_lock import Act
from pointscli.model.problem import FileError

__all__ = [
    "Act",
    "Write",
    "append_audited",
    "check_chain",
    "checkpoint",
    "name_below",
    "next_number",
    "note_audited",
    "replace_audited",
]


_LOGS = (".csv", ".jsonl", ".tsv", ".txt")


class Write(NamedTuple):
    """Records for a log: `head` begins the file if it is new or empty (`Write(path, *render_rows(…))`)."""

    path: Path
    head: bytes
    data: bytes


def next_number(root: Path) -> int:
    """The number of the next entry: 1, 2, 3 …, in constant time; used for ids of records."""
    return read_head(root).seq + 1


def checkpoint(root: Path) -> str:
    """The code of the last entry for a notice: `42-7F3A-0C11-9B2E-55D0`; "" without a chain."""
    head = read_head(root)
    return printed_code(head.seq, head.digest) if head.seq else ""


def append_audited(root: Path, act: Act, writes: Sequence[tuple[Path, bytes, bytes]], seen: Sequence[Seen] = ()) -> int:
    """Append to logs and add one entry; the number of the entry. `writes` are (path, head, data) as in `Write`.

    Raises:
        FileError: Nothing was recorded.
    """
    for one in seen:
        one.check()
    if not all(data for _, _, data in writes):
        raise AssertionError(writes)  # (path, head, data) in another order
    entry = _Entry(root)
    written: list[Appended] = []
    try:
        for path, head, data in writes:
            _refuse_dangling(path)
            known = entry.look(path)
            written.append(append_bytes(path, data, head=head, known=known))
            entry.append(written[-1])
        entry.add(act)
    except BaseException:
        for one_file in reversed(written):
            one_file.undo()
        raise
    return entry.seq


def replace_audited(root: Path, act: Act, path: Path, data: bytes) -> int:
    """Make `data` the content of a file and add one entry; the number of the entry.

    Raises:
        FileError: The file is as it was, and nothing was recorded.
    """
    entry = _Entry(root)
    entry.look(path)
    old = _content(path)
    try:
        replace_file(path, data)
        entry.whole(path, data)
        entry.add(act)
    except UnconfirmedError:
        entry.whole(path, data)
        entry.add(act)
        raise
    except BaseException:
        _put_back(path, old, data)
        raise
    return entry.seq


def note_audited(root: Path, act: Act, written: Iterable[Path], torn: Iterable[Part] = ()) -> int:
    """Add an entry for files that a command wrote otherwise, and for torn pieces that it took out; its number."""
    entry = _Entry(root)
    entry.files += torn
    for path in written:
        data = _content(path)
        if data is not None:
            entry.whole(path, data)
    entry.add(act)
    return entry.seq


def name_below(root: Path, path: Path) -> str:
    """How the chain calls a file: below the workspace, with forward slashes, links not followed."""
    full = os.path.abspath(path)  # noqa: PTH100  (without following links)
    try:
        return Path(os.path.relpath(full, os.path.abspath(root))).as_posix()  # noqa: PTH100  (the same)
    except ValueError:  # pragma: no cover (another drive of Windows)
        return Path(full).as_posix()


def _refuse_dangling(path: Path) -> None:
    """A new file is not made through a link: where it leads, nobody has looked."""
    if path.is_symlink() and not path.exists():
        raise FileError(str(path), "it is a link to a file that is not there", "Remove the link, or make the file.")


class _Entry:
    """An entry while it grows."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.head: Head = read_head(root)
        self.files: list[Part] = []
        self.sizes = dict(self.head.sizes)
        self._trail: Trail | None = None

    @property
    def seq(self) -> int:
        return self.head.seq + 1

    def name(self, path: Path) -> str:
        """How the chain calls a file."""
        return name_below(self.root, path)

    def look(self, path: Path) -> int | None:
        """Note what others made of a file since it was recorded; the size up to which it is as recorded."""
        name, size = self.name(path), _size(path)
        known = self.sizes.get(name)
        if size == (known or 0):
            return known
        data = _content(path)
        if data is None:
            if known is not None:
                self._gone(name)
            return None
        self.sizes[name] = len(data)
        if known is None:
            self.files.append(whole_part(name, data))
        elif size > known and self._holds(name, data[:known]):
            self.files.append(bytes_part(name, known, data[known:], outside=True))
            return known
        else:
            self.files.append(whole_part(name, data, outside=True))
        return None

    def _gone(self, name: str) -> None:
        """Note that others removed or renamed a file."""
        self.files.append({"path": name, "gone": True, "outside": True})
        del self.sizes[name]

    def _look_around(self) -> None:
        """Note what others made of the files that this command does not write."""
        mine = {part["path"] for part in self.files if not part.get("torn")}
        for name, known in sorted(self.sizes.items()):
            path = self.root / name
            if name in mine or _size(path) == known:
                continue
            if not path.exists():
                self._gone(name)
            elif path.is_file() and not _is_torn(path, known):
                with contextlib.suppress(FileError):  # somebody has it open, and `check --audit` says that it differs
                    self.look(path)

    def _holds(self, name: str, data: bytes) -> bool:
        """Whether the beginning of a file still is what was recorded; the only time that the whole chain is read."""
        if self._trail is None:
            self._trail = read_trail(self.root)
        return self._trail.holds(name, data)

    def append(self, written: Appended) -> None:
        """Note appended bytes."""
        name = self.name(written.path)
        self.files.append(chunk_part(name, written))
        self.sizes[name] = written.offset + len(written.data)

    def whole(self, path: Path, data: bytes) -> None:
        """Note a whole file."""
        name = self.name(path)
        self.files.append(whole_part(name, data))
        self.sizes[name] = len(data)

    def add(self, act: Act) -> None:
        """Append the entry to the chain."""
        self._look_around()
        add_entry(self.root, self.head, act, self.files, self.sizes)


def _is_torn(path: Path, known: int) -> bool:
    """Whether a log waits for `points repair`, or cannot be read now."""
    try:
        return path.suffix.lower() in _LOGS and look_at_tail(path, known).torn
    except OSError:
        return True


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0  # writing says why


def _content(path: Path) -> bytes | None:
    """What is in a file; None if there is none."""
    try:
        return path.read_bytes() if path.is_file() else None
    except OSError as error:
        raise unreadable(path, error) from error


def _put_back(path: Path, old: bytes | None, new: bytes) -> None:
    """Give a file its old content again, if it has the new one."""
    if _content(path) != new or old == new:
        return
    if old is None:
        path.resolve().unlink(missing_ok=True)
    else:
        replace_file(path, old)
