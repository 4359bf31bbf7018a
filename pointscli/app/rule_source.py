"""One side of `rules diff`: a rule file, or `git:REV[:PATH]`, the same file as it stood in a revision."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pointscli.inputs.git_files import file_at, repository_root, require_revision
from pointscli.model.problem import FileError, FindingsError, UsageError
from pointscli.scheme.compare import Loaded
from pointscli.scheme.extends import EXTENDS, merge_extended
from pointscli.scheme.load import has_errors
from pointscli.scheme.read_scheme import read_scheme
from pointscli.scheme.rule_files import RuleFiles
from pointscli.scheme.tree import Scalar
from pointscli.scheme.yaml_tree import parse_tree

GIT = "git:"


@dataclass(frozen=True, slots=True)
class Source:
    """A side as it was asked for: a path, and the revision (empty: the file as it lies on the disk)."""

    revision: str
    path: Path | None


def read_source(text: str, folder: Path) -> Source:
    """Take apart what was asked for; paths are seen from the workspace, else from the current folder."""
    if not text.startswith(GIT):
        return Source("", _found(text, folder))
    revision, _, path = text.removeprefix(GIT).partition(":")
    if not revision:
        raise UsageError("{text} names no revision", "write it like git:HEAD or git:main:rules/x.yaml", text=text)
    return Source(revision, _found(path, folder) if path else None)


def load_source(source: Source, other: Source, root: Path) -> Loaded:
    """The scheme of a side; a revision without a path means the other side's file."""
    path = source.path or other.path
    if path is None:
        raise UsageError("two revisions, but no rule file", "write git:REVISION:PATH on one side")
    if source.revision:
        return _load_revision(source.revision, path)
    if not path.exists():
        raise FileError(path.as_posix(), "there is no such rule file", "check its name")
    inside = path.resolve().is_relative_to(root.resolve())
    return _load(path, RuleFiles(root if inside else path.resolve().parent))


def _found(text: str, folder: Path) -> Path:
    inside, here = folder / text, Path(text)
    return here if here.exists() and not inside.exists() else inside


def _load_revision(revision: str, path: Path) -> Loaded:
    """The file, and what it extends, put into a temporary folder as they stood in the revision."""
    near = next(folder for folder in path.absolute().parents if folder.is_dir())
    top = repository_root(near)
    require_revision(top, revision)
    absolute = path.resolve()
    if not absolute.is_relative_to(top.resolve()):
        raise UsageError("{path} lies outside the repository", "name a file of the repository", path=path)
    inside = PurePosixPath(absolute.relative_to(top.resolve()).as_posix())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _put(top, revision, inside, folder)
        return _load(folder / inside, _Revision(folder, revision=revision))


def _put(top: Path, revision: str, path: PurePosixPath, folder: Path) -> None:
    """Write a file of a revision and the files that it extends."""
    target = folder / path
    if not target.resolve().is_relative_to(folder.resolve()) or target.exists():
        return
    data = file_at(top, revision, path.as_posix())
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    tree, _ = parse_tree(data, path.as_posix())
    entry = tree.entry(EXTENDS) if tree else None
    if entry and isinstance(entry.value, Scalar) and entry.value.text.strip():
        base = (target.parent / entry.value.text.strip()).resolve()
        if base.is_relative_to(folder.resolve()):
            _put(top, revision, PurePosixPath(base.relative_to(folder.resolve()).as_posix()), folder)


class _Revision(RuleFiles):
    """Rule files whose paths are shown with their revision."""

    __slots__ = ("revision",)

    def __init__(self, root: Path, *, revision: str) -> None:
        super().__init__(root)
        self.revision = revision

    def shown(self, path: Path) -> str:
        return f"{self.revision}:{RuleFiles.shown(self, path)}"


def _load(path: Path, files: RuleFiles) -> Loaded:
    tree, problems = merge_extended(files, path)
    scheme, found = read_scheme(tree) if tree else (None, [])
    if tree is None or scheme is None or has_errors(problems):
        raise FindingsError([*problems, *found])
    return Loaded(scheme, tree)
