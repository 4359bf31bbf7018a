"""What `points check` is to look at: the workspace, or the files and folders named, each in the workspace it is of."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pointscli.app.inside import ordinary_bytes
from pointscli.app.workspace import SETTINGS, Sources, Workspace, find_workspace
from pointscli.inputs.files import FORMATS
from pointscli.inputs.headers import EVENTS, SPECS
from pointscli.model.problem import Problem, UsageError
from pointscli.scheme.rule_files import SUFFIXES, TEMPORARY_STARTS, TEST_ENDINGS

KINDS = ("rules", *SPECS)
SKIPPED = ("published", "__pycache__", "node_modules")


@dataclass(slots=True)
class Area:
    """Files checked together. `only`: the findings of these (as shown), None: all; `prefix` for their paths."""

    workspace: Workspace
    problems: list[Problem] = field(default_factory=list)
    only: frozenset[str] | None = None
    tests: tuple[Path, ...] = ()
    prefix: str = ""

    @property
    def files(self) -> tuple[Path, ...]:
        """Every file looked at because it was named or belongs to the workspace."""
        space = self.workspace
        found = (*space.rules, *space.members, *space.events, *space.reviews, *space.redemptions, *self.tests)
        return tuple(path for path in found if self.only is None or space.shown(path) in self.only)


def find_areas(root: Path, sources: Sources, paths: Sequence[Path]) -> list[Area]:
    """What to check; UsageError if there is nothing."""
    areas = (
        _named(root, paths, sources.outside) if paths else [_whole(root, sources, prefix=_prefix(root, named=False))]
    )
    if not any(area.files or area.problems or (area.workspace.root / SETTINGS).is_file() for area in areas):
        raise UsageError(
            "there is nothing to check in {folder}",
            "name rule files, tables or a workspace, or give the workspace with -C",
            folder=", ".join(map(str, paths)) or root,
        )
    return areas


def is_workspace(folder: Path) -> bool:
    """Whether a folder has the settings, rule files or roster of a workspace."""
    return (folder / SETTINGS).is_file() or (folder / "rules").is_dir()


def _whole(root: Path, sources: Sources, prefix: str) -> Area:
    workspace, problems = find_workspace(root, sources)
    return Area(workspace, problems, prefix=prefix)


def _named(root: Path, paths: Sequence[Path], outside: tuple[Path, ...]) -> list[Area]:
    areas: list[Area] = []
    files: dict[Path, dict[Path, None]] = {}
    for path in map(_plain, paths):
        if path.is_dir():
            folders, loose = _inside(path)
            areas += [_whole(folder, Sources(outside=outside), _prefix(folder, named=True)) for folder in folders]
        elif path.exists():
            loose = [_known(path)]
        else:
            raise UsageError("there is no file {path}", "check the path", path=path)
        for file in loose:
            files.setdefault(_home(file, root), {})[file] = None
    covered = {path.resolve() for area in areas for path in area.files}
    for home, found in files.items():
        left = [path for path in found if path.resolve() not in covered]
        if left:
            areas.append(_part(home, left, outside))
    return areas


def _plain(path: Path) -> Path:
    return Path(os.path.normpath(path))


def _known(path: Path) -> Path:
    if not path.name.lower().endswith((*SUFFIXES, *FORMATS)):
        hint = "rule files end in {suffixes}, tables in {formats}"
        given = {"path": path, "suffixes": " ".join(SUFFIXES), "formats": " ".join(FORMATS)}
        raise UsageError("{path} is neither a rule file nor a table", hint, **given)
    return path


def _inside(folder: Path) -> tuple[list[Path], list[Path]]:
    """The workspaces of a folder, and the files below it that are in none of them."""
    if is_workspace(folder):
        return [folder], []
    folders: list[Path] = []
    files: list[Path] = []
    for path in sorted(folder.iterdir()):
        if path.name.startswith(TEMPORARY_STARTS) or path.name in SKIPPED:
            continue
        if path.is_dir() and path.is_symlink():
            continue  # it may lead out, or round and round
        if path.is_dir():
            below, loose = _inside(path)
            folders += below
            files += loose
        elif _is_ours(path):
            files.append(path)
    return folders, files


def _is_ours(path: Path) -> bool:
    """Whether a file of a folder that is no workspace looks like one of ours: other programs have YAML and CSV too."""
    name = path.name.lower()
    if name.endswith(FORMATS):
        return name.startswith(tuple(SPECS)) or path.parent.name == EVENTS.name
    if not name.endswith(SUFFIXES):
        return False
    try:
        return path.parent.name == "rules" or re.search(rb"^scheme\s*:", ordinary_bytes(path), re.MULTILINE) is not None
    except OSError:
        return True  # the loader says why it cannot be read


def _home(file: Path, root: Path) -> Path:
    """The folder of the workspace that a file is of: one with settings above it, else `root`, else its own folder."""
    above = list(file.absolute().parents)
    for folder, parent in zip(above, _as_given(file), strict=False):
        if (folder / SETTINGS).is_file():
            return parent
    if root.absolute() in above and is_workspace(root):
        return root
    for folder, parent in zip(above, _as_given(file), strict=False):
        if (folder / "rules").is_dir() and file.absolute().relative_to(folder).parts[0] in ("rules", "events"):
            return parent
    return root if root.absolute() in above else file.parent


def _as_given(file: Path) -> Iterator[Path]:
    """The folders above a file in the form in which it was named, then absolute."""
    yield from file.parents
    absolute = file.absolute()
    yield from list(absolute.parents)[len(file.parents) :]


def _part(home: Path, files: Sequence[Path], outside: tuple[Path, ...]) -> Area:
    """Some files of a folder: those of its workspace are checked in it, the others with one another."""
    whole, problems = find_workspace(home, Sources(outside=outside))
    base = Path(os.path.relpath(home)) if not home.is_absolute() else home
    inside = {path.resolve(): path for name in KINDS for path in getattr(whole, name)}
    settings = (home / SETTINGS).resolve()
    ours = [path for path in files if path.resolve() in inside]
    others = [path for path in files if path.resolve() not in inside and path.resolve() != settings]
    tests = tuple(path for path in others if path.name.lower().endswith(TEST_ENDINGS))
    space = whole if ours else _filled(whole, {})
    if all(path in whole.rules for path in (inside[p.resolve()] for p in ours)):
        space = _filled(space, {"rules": space.rules})
    space = _with(space, [path for path in others if path not in tests])
    shown = {space.shown(inside.get(path.resolve(), path)) for path in files}
    if settings in {path.resolve() for path in files}:
        shown.add(SETTINGS)
    kept = problems if SETTINGS in shown else []
    return Area(space, kept, frozenset(shown), tests, _prefix(base, named=True))


def _with(workspace: Workspace, files: Sequence[Path]) -> Workspace:
    """The workspace and further files, each as what its name says it is."""
    added: dict[str, tuple[Path, ...]] = {name: getattr(workspace, name) for name in KINDS}
    for path in files:
        name = "rules" if path.name.lower().endswith(SUFFIXES) else _table_name(path)
        added[name] = (*added[name], path)
    return _filled(workspace, added)


def _filled(workspace: Workspace, files: dict[str, tuple[Path, ...]]) -> Workspace:
    """The workspace with these files of each kind and no others."""
    return replace(
        workspace,
        rules=files.get("rules", ()),
        members=files.get("members", ()),
        events=files.get("events", ()),
        reviews=files.get("reviews", ()),
        redemptions=files.get("redemptions", ()),
    )


def _table_name(path: Path) -> str:
    return next((name for name in SPECS if path.stem.lower().startswith(name)), EVENTS.name)


def _prefix(root: Path, *, named: bool) -> str:
    """What stands before paths below `root`, so that they can be opened from the current folder."""
    if not root.is_absolute():
        plain = _plain(root).as_posix()
        return "" if plain == "." else plain + "/"
    here = Path.cwd()
    if root.is_relative_to(here):
        plain = root.relative_to(here).as_posix()
        return "" if plain == "." else plain + "/"
    return root.as_posix() + "/" if named else ""
