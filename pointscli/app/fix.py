"""Safe edits: text spliced in at positions, every other byte as it was."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pointscli.model.problem import FileError, Problem
from pointscli.model.splice import splice


@dataclass(slots=True)
class Mended:
    """Files as they would be, and how many findings that mends."""

    files: dict[str, tuple[Path, bytes, bytes]] = field(default_factory=dict)
    """By the path shown: the file, its bytes before and after."""
    count: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    """So many findings of a file were not mended, because their edits overlap those of others."""

    def write(self) -> None:
        """Write the files, each as a whole; FileError if one was changed since it was read."""
        from pointscli.journal.atomic import replace_file  # noqa: PLC0415  (only where something is written)

        for file, before, after in self.files.values():
            if _read(file) != before:
                raise FileError(str(file), "it was changed while it was being checked", "run the command again")
            replace_file(file, after)

    def diff(self) -> str:
        """What would change, as a unified diff."""
        return "".join(_diff(path, before, after) for path, (_, before, after) in sorted(self.files.items()))


def mend(problems: Sequence[Problem], files: Mapping[str, Path]) -> Mended:
    """Apply the edits of all findings that have some; nothing is written."""
    mended = Mended()
    by_file: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.fix and problem.place.path in files:
            by_file.setdefault(problem.place.path, []).append(problem)
    for path, found in by_file.items():
        before = _read(files[path])
        after, done = splice(before, [problem.fix for problem in found])
        if done < len(found):
            mended.refused[path] = len(found) - done
        if after != before:
            mended.files[path] = (files[path], before, after)
            mended.count += done
    return mended


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise FileError(str(file), "it cannot be read: {why}", "check the file", why=reason) from error


def _diff(path: str, before: bytes, after: bytes) -> str:
    old, new = (data.decode("utf-8", "replace").splitlines(keepends=True) for data in (before, after))
    lines = difflib.unified_diff(old, new, f"a/{path}", f"b/{path}")
    return "".join(line if line.endswith("\n") else line + "\n\\ No newline at end of file\n" for line in lines)
