"""The rule files of a workspace on the disk: which there are, how they are called in messages, what is in them."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pointscli.model.problem import FileError, Place, Problem
from pointscli.scheme.mended import read_mended
from pointscli.scheme.source_text import MAX_BYTES
from pointscli.scheme.tree import Mapping

SUFFIXES = (".yaml", ".yml")
TEST_ENDINGS = (".test.yaml", ".test.yml")
TEMPORARY_STARTS = (".", "~", "#", "tmp_", "_tmp")
BACKUP_WORDS = ("~", ".bak", ".orig", ".tmp", ".swp", " - 副本", " - copy")


def scheme_paths(folder: Path) -> list[Path]:
    """The rule files of a folder, sorted: no tests, nothing hidden, temporary or left by an editor."""
    if not folder.is_dir():
        return []
    try:
        return sorted(path for path in folder.iterdir() if _is_rule_file(path.name) and path.is_file())
    except OSError as error:
        reason, hint = "the folder cannot be listed ({why})", "check the disk and its permissions; nothing was changed"
        raise FileError(folder.as_posix(), reason, hint, why=error.strerror or error) from error


def _is_rule_file(name: str) -> bool:
    low = name.lower()
    stem = low.rsplit(".", 1)[0]
    wanted = low.endswith(SUFFIXES) and not low.endswith(TEST_ENDINGS)
    return wanted and not low.startswith(TEMPORARY_STARTS) and not stem.endswith(BACKUP_WORDS)


@dataclass(slots=True)
class RuleFiles:
    """Reads each rule file once."""

    root: Path
    _read: dict[Path, tuple[bytes | None, list[Problem]]] = field(default_factory=dict)
    _trees: dict[Path, tuple[Mapping | None, list[Problem]]] = field(default_factory=dict)

    def shown(self, path: Path) -> str:
        """The path in messages: below the workspace, with forward slashes."""
        plain = Path(os.path.normpath(path))
        for base, one in ((self.root, plain), (self.root.resolve(), path.resolve())):
            if one.is_relative_to(base):
                return one.relative_to(base).as_posix()
        return plain.as_posix()

    def tree(self, path: Path) -> tuple[Mapping | None, list[Problem]]:
        """The tree of a file."""
        key = path.resolve()
        if key not in self._trees:
            data, problems = self._bytes(path)
            self._trees[key] = (None, problems) if data is None else read_mended(data, self.shown(path))
        return self._trees[key]

    def without_copies(self, paths: Sequence[Path], problems: list[Problem]) -> list[Path]:
        """The files without those that repeat another byte for byte, which are noted."""
        first: dict[str, Path] = {}
        kept = []
        for path in paths:
            data, _ = self._bytes(path)
            digest = hashlib.sha256(data).hexdigest() if data else ""
            if digest and digest in first:
                message, hint = "this file is the same as {other}", "delete one of the two"
                args = (("other", self.shown(first[digest])),)
                problems.append(Problem("same-file-twice", Place(self.shown(path), 1, 1), message, hint, args))
            else:
                kept.append(path)
                first[digest] = path
        return kept

    def _bytes(self, path: Path) -> tuple[bytes | None, list[Problem]]:
        key = path.resolve()
        if key not in self._read:
            self._read[key] = self._read_bytes(path)
        return self._read[key]

    def _read_bytes(self, path: Path) -> tuple[bytes | None, list[Problem]]:
        try:
            if not stat.S_ISREG(path.stat().st_mode) and not path.is_dir():  # a pipe would make everybody wait
                message, hint = "this is a device or a pipe, not a rule file", "name a file"
                return None, [Problem("unreadable-file", Place(self.shown(path)), message, hint)]
            with path.open("rb") as file:
                return file.read(MAX_BYTES + 1), []
        except OSError as error:
            return None, [_unreadable(error, self.shown(path))]


def _unreadable(error: OSError, path: str) -> Problem:
    message, hint = "this rule file cannot be read: {reason}", "check its name and whether you may read it"
    if isinstance(error, FileNotFoundError):
        message, hint = "there is no such rule file", "check its name"
    if isinstance(error, PermissionError):
        message, hint = "you may not read this rule file", "ask whoever keeps it, or change its permissions"
    if isinstance(error, IsADirectoryError):
        message, hint = "this is a folder, not a rule file", "name the files in it"
    args = (("reason", error.strerror or type(error).__name__),)
    return Problem("unreadable-file", Place(path), message, hint, args)
