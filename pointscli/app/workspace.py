"""A workspace: its settings (`points.yaml`, every key has a default) and where its files are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from pointscli.app.inside import CODE, HINT, MESSAGE, is_inside, links_out, without_links_out
from pointscli.inputs.files import table_files
from pointscli.inputs.headers import EVENTS, MEMBERS, REDEMPTIONS, REVIEWS, TableSpec
from pointscli.model.problem import FileError, FindingsError, Place, Problem, UsageError
from pointscli.scheme.reading import Reading, open_fields
from pointscli.scheme.rule_files import scheme_paths
from pointscli.scheme.tree import Scalar, Tree, show
from pointscli.scheme.yaml_tree import parse_tree

Language = Literal["zh", "en"]
SETTINGS = "points.yaml"
KEYS = ("title", "language", "rules", "members", "events", "reviews", "redemptions", "publish", "import")
"""`publish` and `import` belong to the commands of that name."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Files named on the command line instead of a workspace's own; empty: the workspace's."""

    rules: tuple[Path, ...] = ()
    members: tuple[Path, ...] = ()
    events: tuple[Path, ...] = ()
    outside: tuple[Path, ...] = ()
    """Folders that a workspace may reach besides its own."""
    has_urls: bool = False
    """Whether the event log is elsewhere, at URLs."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """The files of a workspace."""

    root: Path
    title: str
    language: Language
    rules: tuple[Path, ...]
    members: tuple[Path, ...]
    events: tuple[Path, ...]
    reviews: tuple[Path, ...]
    redemptions: tuple[Path, ...]
    outside: tuple[Path, ...] = ()

    def shown(self, path: Path) -> str:
        """A path as messages print it: below the workspace, with forward slashes."""
        try:
            return path.relative_to(self.root).as_posix()
        except ValueError:
            return path.as_posix()


def open_workspace(root: Path, sources: Sources) -> Workspace:
    """Read the settings and find the files; UsageError if rules, roster or event log are missing."""
    found, problems = find_workspace(root, sources)
    if problems:
        raise FindingsError(problems)
    _require(found.rules, root, "no rule file was found in {folder}", "put one into rules/, or name one with --rules")
    _require(found.members, root, "no roster was found in {folder}", "write members.csv, or name a file with --members")
    if sources.has_urls:
        return replace(found, events=())
    _require(
        found.events, root, "no event log was found in {folder}", "write events/*.csv, or name files with --events"
    )
    return found


def find_workspace(root: Path, sources: Sources) -> tuple[Workspace, list[Problem]]:
    """The files that there are, with everything wrong in the settings; nothing need be there but the folder."""
    if not root.is_dir():
        raise FileError(str(root), "there is no such folder", "check the path given with -C")
    for path in (*sources.rules, *sources.members, *sources.events):
        if not path.is_file():
            raise FileError(str(path), "there is no such file", "check the path given on the command line")
    settings = _Settings(root, sources.outside)
    found = Workspace(
        root=root,
        title=settings.text("title"),
        language=settings.language(),
        rules=sources.rules or settings.files("rules") or settings.inside(scheme_paths(root / "rules")),
        members=sources.members or settings.tables("members", MEMBERS),
        events=sources.events or settings.tables("events", EVENTS),
        reviews=settings.tables("reviews", REVIEWS),
        redemptions=settings.tables("redemptions", REDEMPTIONS),
        outside=sources.outside,
    )
    return found, settings.problems + settings.links + settings.reading.problems


def _require(files: Sequence[Path], root: Path, message: str, hint: str) -> None:
    if not files:
        raise UsageError(message, hint, folder=root)


class _Settings:
    """The settings file, read key by key; problems are kept until `finish`."""

    def __init__(self, root: Path, outside: tuple[Path, ...]) -> None:
        self.root, self.outside = root, outside
        self.problems: list[Problem] = []
        self.links: list[Problem] = links_out(root, outside)
        self.reading = Reading()
        tree = None
        path = root / SETTINGS
        if path.is_file() and is_inside(root, path, outside):
            try:
                data = path.read_bytes()
            except OSError as error:
                raise FileError(SETTINGS, "it cannot be read: {why}", "check the file", why=error.strerror) from error
            if data.strip():
                tree, self.problems = parse_tree(data, SETTINGS)
        self.fields = open_fields(self.reading, tree, KEYS, Place(SETTINGS, 1, 1)) if tree else None

    def get(self, key: str) -> Tree | None:
        return self.fields.get(key) if self.fields else None

    def text(self, key: str) -> str:
        value = self.get(key)
        scalar = self.reading.scalar(value, "a text") if value else None
        return scalar.text.strip() if scalar else ""

    def language(self) -> Language:
        word = self.text("language") or "zh"
        if word in ("zh", "en"):
            return "en" if word == "en" else "zh"
        value = self.get("language")
        place = value.place if value else Place(SETTINGS)
        self.reading.error("bad-word", place, "{value} is not a language", "write zh or en", value=word)
        return "zh"

    def files(self, key: str) -> tuple[Path, ...]:
        """The files that a key names: a path, a folder, or a list of them."""
        value = self.get(key)
        found: list[Path] = []
        for item in self.reading.each(value, "a path") if value else ():
            scalar = self.reading.scalar(item, "a path")
            if scalar is not None:
                found += self._expand(key, scalar)
        return tuple(found)

    def _expand(self, key: str, scalar: Scalar) -> list[Path]:
        path = self.root / scalar.text.strip()
        if "\0" in scalar.text or not is_inside(self.root, path, self.outside):
            self.reading.error(CODE, scalar.place, MESSAGE, HINT, value=show(scalar.text))
            return []
        if path.is_dir():
            found = scheme_paths(path) if key == "rules" else sorted(p for p in path.iterdir() if p.is_file())
            return list(self.inside(found))
        if not path.is_file():
            hint = "check the path; it is read from the workspace's folder"
            self.reading.error("no-such-file", scalar.place, "there is no file {value}", hint, value=scalar.text)
            return []
        return [path]

    def tables(self, key: str, spec: TableSpec) -> tuple[Path, ...]:
        return self.files(key) or self.inside(table_files(self.root, spec))

    def inside(self, paths: Sequence[Path]) -> tuple[Path, ...]:
        """Those that do not lead out of the workspace."""
        return without_links_out(self.root, self.outside, paths, self.links)
