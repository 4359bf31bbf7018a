"""What a workspace may reach: what its own files or links name stays below its folder, unless somebody allowed more.

A folder that comes from elsewhere, unpacked or cloned, must not make a command read or write other files of its user.
Files that are named on the command line are the user's own choice.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Sequence
from pathlib import Path, PureWindowsPath

from pointscli.inputs.headers import EVENTS, MEMBERS, REDEMPTIONS, REVIEWS
from pointscli.model.problem import Place, Problem

CODE = "outside-workspace"
MESSAGE = "{value} leads out of the workspace"
HINT = "copy it into the workspace, or name its folder in the environment variable POINTS_OUTSIDE"
_OWN = (
    *("points.yaml", "points.audit.jsonl", "points.lock", "points.lock.holder", "rules", "events", "published"),
    *(f"{spec.name}.csv" for spec in (MEMBERS, EVENTS, REVIEWS, REDEMPTIONS)),
)
"""What commands read or write by itself, also where it is not there yet."""


def is_inside(root: Path, path: Path, outside: Sequence[Path] = ()) -> bool:
    """Whether a path ends below the workspace or a folder that is allowed, after all links."""
    allowed = (root, *outside)
    plain = os.path.abspath(path)  # noqa: PTH100  (without following links)
    if PureWindowsPath(plain).drive.startswith("\\\\") and not any(_below(plain, one) for one in allowed):
        return False  # another computer must not even be asked
    try:
        real = path.resolve()
        return any(real.is_relative_to(one.resolve()) for one in allowed)
    except (OSError, RuntimeError):  # a link that leads to itself
        return False


def links_out(root: Path, outside: Sequence[Path]) -> list[Problem]:
    """Findings for names of the workspace's own files that are links to somewhere else."""
    return [
        Problem(CODE, Place(name), MESSAGE, HINT, (("value", name),))
        for name in _OWN
        if (root / name).is_symlink() and not is_inside(root, root / name, outside)
    ]


def without_links_out(
    root: Path, outside: Sequence[Path], paths: Sequence[Path], problems: list[Problem]
) -> tuple[Path, ...]:
    """The files that a folder holds without links to somewhere else, each of which is a finding."""
    kept = []
    for path in paths:
        if is_inside(root, path, outside):
            kept.append(path)
            continue
        name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
        problem = Problem(CODE, Place(name), MESSAGE, HINT, (("value", name),))
        if problem not in problems:
            problems.append(problem)
    return tuple(kept)


def ordinary_bytes(path: Path) -> bytes:
    """What is in a file; OSError if it cannot be read, or is a device or a pipe, which would make everybody wait."""
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise OSError(errno.EINVAL, "a device or a pipe, not a file")
    return path.read_bytes()


def _below(path: str, folder: Path) -> bool:
    return Path(path).is_relative_to(os.path.abspath(folder))  # noqa: PTH100  (without following links)
