"""Files as they stood in a revision of a git repository; the git executable is asked, nothing is checked out."""

from __future__ import annotations

import subprocess
from pathlib import Path

from pointscli.model.problem import FileError, UsageError

_SECONDS = 60


def repository_root(folder: Path) -> Path:
    """The top folder of the repository that a folder lies in."""
    found = _git(folder, "rev-parse", "--show-toplevel")
    if found.returncode:
        raise UsageError(
            "{folder} is not in a git repository", "name two files, or work in the repository", folder=folder
        )
    return Path(found.stdout.decode().strip())


def require_revision(root: Path, revision: str) -> None:
    """UsageError if git does not know the revision."""
    commit = f"{revision}^{{commit}}"
    if revision.startswith("-") or _git(root, "rev-parse", "--verify", "--quiet", commit).returncode:
        hint = "write a branch, a tag or a commit, such as git:HEAD or git:main; in CI, fetch it first"
        raise UsageError("git does not know the revision {revision}", hint, revision=revision)


def file_at(root: Path, revision: str, path: str) -> bytes:
    """The content of a file in a revision; `path` is seen from the repository's top."""
    found = _git(root, "cat-file", "blob", f"{revision}:{path}")
    if found.returncode:
        raise FileError(
            f"{revision}:{path}", "there is no such file in this revision", "check the path: git:REVISION:PATH"
        )
    return found.stdout


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    # The settings of a repository that comes from elsewhere must not name a program to run.
    command = ["git", "-C", str(folder), "-c", "core.fsmonitor=false", *arguments]
    try:
        return subprocess.run(command, capture_output=True, check=False, timeout=_SECONDS)
    except FileNotFoundError as error:
        raise FileError("git", "the program is not installed", "install git, or compare two files") from error
    except subprocess.TimeoutExpired as error:
        raise FileError("git", "the program does not answer", "try again") from error
