"""The file `points.audit.jsonl`: every change that a command made, each entry with the digest of the one before it.

An entry is a line of JSON with sorted keys:

    at, by, command   when (UTC), who, which command
    files             what was written: {path, offset, length, sha256} for appended bytes,
                      {path, size, sha256} for a whole file; with "outside" if no command wrote it so,
                      {path, gone} for one that others removed; with "torn" for a piece that a repair took out
    prev              SHA-256 of the line before, without its end; "" in the first
    seq               1, 2, 3 …
    sizes             the size of every file ever written, afterwards
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pointscli.journal.append import Appended, append_bytes
from pointscli.journal.atomic import unreadable
from pointscli.journal.workspace_lock import Act
from pointscli.model.problem import FileError

CHAIN = "points.audit.jsonl"
_STEP = 65536
_CODE_LENGTH = 16
_GROUP = 4
Part = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry of a chain: number, digest of its line, sizes; seq 0 where there is none yet."""

    seq: int = 0
    digest: str = ""
    sizes: Mapping[str, int] = field(default_factory=dict)
    end: int = 0
    """The size of the chain."""


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def read_head(root: Path, *, skip_torn: bool = False) -> Head:
    """The last entry; no more than it is read. `skip_torn`: the last one that can be read, for a repair.

    Raises:
        FileError: The chain cannot be read, its end is torn, or its last line is no entry.
    """
    path = root / CHAIN
    try:
        line, end = _last_line(path, skip_torn=skip_torn)
    except FileNotFoundError:
        return Head()
    except OSError as error:
        raise unreadable(CHAIN, error) from error
    if not end:
        return Head()
    try:
        entry = json.loads(line)
        sizes = {str(name): int(size) for name, size in entry["sizes"].items()}
        return Head(int(entry["seq"]), digest(line), sizes, end)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):
        if skip_torn:
            return Head()
        hint = "Run points check --audit: it says what is wrong. Nothing was changed."
        raise FileError(CHAIN, "its last line is not an entry", hint) from None


def _last_line(path: Path, *, skip_torn: bool) -> tuple[bytes, int]:
    """The last finished line without its end, and where it ends."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        step = _STEP
        while True:
            start = max(size - step, 0)
            file.seek(start)
            data = file.read()
            end = data.rfind(b"\n") + 1
            if data[end:] and not skip_torn and (end or start == 0):
                return _unended(data[end:]), size
            at = data.rfind(b"\n", 0, max(end - 1, 0))
            if at >= 0 or start == 0:
                return data[at + 1 : max(end - 1, 0)], start + end
            step *= 4


def _unended(line: bytes) -> bytes:
    """The last line, if nothing but its end is missing."""
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        reason = "the last entry is not finished: writing it was cut short"
        hint = "Run points repair: it copies the file and takes the piece out."
        raise FileError(CHAIN, reason, hint) from None
    return line


def entry_line(head: Head, act: Act, files: Sequence[Part], sizes: Mapping[str, int]) -> bytes:
    """The entry after another as its line, with its end."""
    entry = {
        "at": act.at,
        "by": act.by,
        "command": act.command,
        "files": list(files),
        "prev": head.digest,
        "seq": head.seq + 1,
        "sizes": dict(sizes),
    }
    text = json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    # A file name that is no text keeps its bytes: half characters are written as escapes.
    return text.encode("utf-8", "backslashreplace") + b"\n"


def add_entry(root: Path, head: Head, act: Act, files: Sequence[Part], sizes: Mapping[str, int]) -> Appended:
    """Append an entry to the chain."""
    return append_bytes(root / CHAIN, entry_line(head, act, files, sizes), known=head.end or None)


def printed_code(seq: int, line_digest: str) -> str:
    """An entry as it is printed on a notice: `42-7F3A-0C11-9B2E-55D0`."""
    text = line_digest[:_CODE_LENGTH].upper()
    return "-".join([str(seq), *(text[at : at + _GROUP] for at in range(0, _CODE_LENGTH, _GROUP))])


def chunk_part(name: str, written: Appended) -> Part:
    """The record of appended bytes."""
    return bytes_part(name, written.offset, written.data)


def bytes_part(name: str, offset: int, data: bytes, **marks: bool) -> Part:
    """The record of some bytes of a file."""
    return {"path": name, "offset": offset, "length": len(data), "sha256": digest(data), **marks}


def whole_part(name: str, data: bytes, **marks: bool) -> Part:
    """The record of a whole file."""
    return {"path": name, "size": len(data), "sha256": digest(data), **marks}
