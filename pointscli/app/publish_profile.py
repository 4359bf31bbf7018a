"""What `points.yaml` says of publishing: who signs, and what each audience sees."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Literal, get_args

from pointscli.app.workspace import SETTINGS
from pointscli.model.notice import Audience
from pointscli.model.problem import FileError, FindingsError, Place, Problem
from pointscli.outputs.ranking import ROSTER
from pointscli.scheme.reading import Reading, open_fields
from pointscli.scheme.tree import Mapping, Scalar, Tree
from pointscli.scheme.yaml_tree import parse_tree

SECTION = "publish"
Shown = Literal["full", "masked"]
Lists = Literal["show", "count", "hide"]
AUDIENCES: tuple[Audience, ...] = get_args(Audience)
COLUMNS = ("member", *ROSTER, "grade", "stars", "outcomes")
"""Columns that an audience may do without; name, points and rank always stand."""
SIGNED = ("organisation", "prepared_by", "reviewed_by", "notice_period", "phone")


@dataclass(frozen=True, slots=True)
class Profile:
    """What one audience sees."""

    names: Shown = "full"
    columns: tuple[str, ...] = COLUMNS
    bottom: Lists = "show"
    """Lists of the last, and of those below a bound."""
    details: bool = True
    """Every credited point with its reason."""
    evidence: bool = True


DEFAULTS: dict[Audience, Profile] = {
    "wall": Profile(bottom="count"),
    "web": Profile(
        names="masked",
        columns=tuple(column for column in COLUMNS if column != "member"),
        bottom="hide",
        details=False,
        evidence=False,
    ),
    "internal": Profile(),
}


@dataclass(frozen=True, slots=True)
class Publishing:
    """The whole section."""

    folder: str = "published"
    organisation: str = ""
    prepared_by: str = ""
    reviewed_by: str = ""
    notice_period: str = ""
    phone: str = ""
    profiles: dict[Audience, Profile] = field(default_factory=lambda: dict(DEFAULTS))


def read_publishing(root: Path) -> Publishing:
    """The section of the workspace's settings, every key with a default; FindingsError if it is wrong."""
    found, problems = check_publishing(root)
    if problems:
        raise FindingsError(problems)
    return found


def check_publishing(root: Path) -> tuple[Publishing, list[Problem]]:
    """The section as far as it can be read, and everything wrong in it."""
    path = root / SETTINGS
    try:
        data = path.read_bytes() if path.is_file() else b""
    except OSError as error:
        raise FileError(SETTINGS, "it cannot be read: {why}", "check the file", why=error.strerror) from error
    tree, problems = parse_tree(data, SETTINGS) if data.strip() else (None, [])
    section = (
        next((one.value for one in tree.entries if one.key.text == SECTION), None)
        if isinstance(tree, Mapping)
        else None
    )
    if section is None or problems:
        return Publishing(), problems
    reader = _Reader()
    return reader.section(section), reader.reading.problems


class _Reader:
    """Reads the section key by key."""

    def __init__(self) -> None:
        self.reading = Reading()

    def section(self, tree: Tree) -> Publishing:
        keys = ("folder", *SIGNED, "audiences")
        found = open_fields(self.reading, tree, keys, Place(SETTINGS, 1, 1))
        if found is None:
            return Publishing()
        texts = {key: self._text(found.get(key)) for key in ("folder", *SIGNED)}
        profiles = self._audiences(found.get("audiences"))
        given = {key: text for key, text in texts.items() if text}
        return Publishing(**given, profiles=profiles)

    def _text(self, tree: Tree | None) -> str:
        scalar = self.reading.scalar(tree, "a text") if tree else None
        return scalar.text.strip() if scalar else ""

    def _audiences(self, tree: Tree | None) -> dict[Audience, Profile]:
        profiles = dict(DEFAULTS)
        found = open_fields(self.reading, tree, AUDIENCES, Place(SETTINGS, 1, 1)) if tree else None
        for audience in AUDIENCES:
            value = found.get(audience) if found else None
            if value is not None:
                profiles[audience] = self._profile(audience, value)
        return profiles

    def _profile(self, audience: Audience, tree: Tree) -> Profile:
        default = DEFAULTS[audience]
        found = open_fields(self.reading, tree, tuple(one.name for one in fields(Profile)), tree.place)
        if found is None:
            return default
        names = self._word(found.get("names"), get_args(Shown), default.names)
        if audience == "internal" and names == "masked":
            place = (found.get("names") or tree).place
            hint = "leave names: out; to hide names, publish for wall or web"
            self.reading.error("bad-word", place, "the internal ledger is never masked", hint)
        return Profile(
            names=names,  # type: ignore[arg-type]
            columns=self._columns(found.get("columns"), default.columns),
            bottom=self._word(found.get("bottom"), get_args(Lists), default.bottom),  # type: ignore[arg-type]
            details=self._word(found.get("details"), ("show", "hide"), "show" if default.details else "hide") == "show",
            evidence=self._word(found.get("evidence"), ("show", "hide"), "show" if default.evidence else "hide")
            == "show",
        )

    def _columns(self, tree: Tree | None, default: tuple[str, ...]) -> tuple[str, ...]:
        if tree is None:
            return default
        words = [self._word(item, COLUMNS, "") for item in self.reading.each(tree, "write ids of columns")]
        return tuple(column for column in COLUMNS if column in words)

    def _word(self, tree: Tree | None, words: tuple[str, ...], default: str) -> str:
        scalar = self.reading.scalar(tree, "a text") if tree else None
        if not isinstance(scalar, Scalar):
            return default
        word = scalar.text.strip()
        if word not in words:
            message, hint = "{value} is not known here", "write one of {known}"
            self.reading.error("bad-word", scalar.place, message, hint, value=word, known=", ".join(words))
            return default
        return word
