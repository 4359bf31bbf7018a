"""Which files of a workspace are tables, and whether one of them is there twice."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from pathlib import Path

from pointscli.inputs.headers import EVENTS, TableSpec
from pointscli.model.problem import FileError, Place, Problem, Severity

FORMATS = (".csv", ".jsonl", ".xlsx", ".parquet")
"""Suffixes of tables, in the order in which they are read."""
_PASSING = re.compile(r"\.|~\$|tmp_|.*\.(before-repair|torn)-[0-9]+$")
_CONFLICT = re.compile(r"[（(\s_-](冲突|衝突|conflict)|conflicted copy|的冲突副本", re.IGNORECASE)


def table_files(workspace: Path, spec: TableSpec) -> list[Path]:
    """The files of a table: `NAME.*` in the folder itself, and for events every table in `events/`; by path."""
    found = [path for path in _files(workspace) if path.stem == spec.name and _is_table(path)]
    if spec is EVENTS:
        found += [path for path in _files(workspace / EVENTS.name) if _is_table(path)]
    return found


def unread_files(workspace: Path, shown: Callable[[Path], str]) -> list[Problem]:
    """Warnings for what lies in `events/` and is not read."""
    return [
        Problem(
            "unread-file",
            Place(shown(path)),
            "the file is in the folder of the event log but is not read",
            "save it as .xlsx or as CSV UTF-8, or move it elsewhere",
            severity=Severity.WARNING,
        )
        for path in _entries(workspace / EVENTS.name)
        if not _is_passing(path) and not (path.is_file() and _is_table(path))
    ]


def repeated_files(paths: Iterable[Path], shown: Callable[[Path], str]) -> list[Problem]:
    """Files given twice: by two names of one file, or as two files with the same records; and conflict copies."""
    problems: list[Problem] = []
    by_identity: dict[tuple[int, int], Path] = {}
    by_size: dict[int, list[Path]] = {}
    for path in paths:
        try:
            status = path.stat()
        except OSError:
            continue  # reading it says why
        first = by_identity.setdefault((status.st_dev, status.st_ino), path)
        if first is not path:
            problems.append(_repeated(shown(path), shown(first)) if path != first else _named_twice(shown(path)))
            continue
        if _CONFLICT.search(path.stem):
            problems.append(_conflict(shown(path)))
        by_size.setdefault(status.st_size, []).append(path)
    for same_size in by_size.values():
        problems += _same_content(same_size, shown)
    return problems


def _same_content(paths: list[Path], shown: Callable[[Path], str]) -> list[Problem]:
    if len(paths) == 1:
        return []
    problems = []
    first: dict[bytes, Path] = {}
    for path in paths:
        digest = _digest(path)
        if digest is None:
            continue
        other = first.setdefault(digest, path)
        if other is not path:
            problems.append(_repeated(shown(path), shown(other)))
    return problems


def _digest(path: Path) -> bytes | None:
    """The SHA-256 of a file; None if it has no records or cannot be read (reading it says why)."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    if path.suffix.lower() in (".csv", ".jsonl") and b"\n" not in data.strip() and b"\r" not in data.strip():
        return None  # the headers of two empty logs may be the same
    return hashlib.sha256(data).digest()


def _entries(folder: Path) -> list[Path]:
    """What is in a folder, nothing if there is none; FileError if nobody can say what."""
    try:
        return sorted(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        reason, hint = "the folder cannot be listed ({why})", "check the disk and its permissions; nothing was changed"
        raise FileError(folder.as_posix(), reason, hint, why=error.strerror or error) from error


def _files(folder: Path) -> list[Path]:
    return [path for path in _entries(folder) if not _is_passing(path) and path.is_file()]


def _is_table(path: Path) -> bool:
    return path.suffix.lower() in FORMATS


def _is_passing(path: Path) -> bool:
    """Whether a file is some program's own: hidden, a lock, or half written."""
    return _PASSING.match(path.name) is not None


def _repeated(path: str, first: str) -> Problem:
    return Problem(
        "same-file-twice",
        Place(path),
        "the file has the same content as {first}; its records would count twice",
        "delete or move one of the two",
        (("first", first),),
    )


def _named_twice(path: str) -> Problem:
    return Problem(
        "same-file-twice",
        Place(path),
        "the file is named twice; its records would count twice",
        "name it once, in points.yaml or on the command line",
    )


def _conflict(path: str) -> Problem:
    return Problem(
        "conflict-copy",
        Place(path),
        "the name says that this is a copy which a shared folder made because two people wrote at once",
        "join the two files into one and delete the copy",
    )
