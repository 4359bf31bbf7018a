"""`init`: a workspace from a shipped scheme, with a small sample or with headers only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pointscli.app.workspace import SETTINGS, Language
from pointscli.inputs.headers import EVENTS, MEMBERS, REDEMPTIONS, REVIEWS, TableSpec
from pointscli.journal.new_folder import fill_folder
from pointscli.model.problem import FileError, Refused, UsageError
from pointscli.scheme.load import load_schemes
from pointscli.scheme.types import Scheme

TEMPLATES: Mapping[str, tuple[str, ...]] = {
    "community": ("community",),
    "social-insurance": ("social-insurance", "social-insurance-activists"),
    "social-insurance-activists": ("social-insurance-activists",),
    "finance-bureau": ("finance-bureau",),
    "state-enterprise": ("state-enterprise",),
    "poverty-relief": ("poverty-relief",),
}
"""Template → its rule files, the first of which gives the workspace its title."""
TABLES: tuple[TableSpec, ...] = (MEMBERS, EVENTS, REVIEWS, REDEMPTIONS)
SAMPLE_QUARTER = "2021Q1"
"""When the events of the samples happened."""
_SAMPLES = Path(__file__).parents[1] / "templates"
_OF_THE_SYSTEM = frozenset({"desktop.ini", "thumbs.db"})
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Made:
    """A new workspace: its files, and how many members and events of which quarter the sample has."""

    folder: Path
    title: str
    schemes: tuple[str, ...]
    files: tuple[str, ...]
    members: int
    events: int
    first_member: str
    """Id of the first member of the sample; empty without one."""
    quarter: str = SAMPLE_QUARTER


def template_titles() -> dict[str, str]:
    """Template → title of its scheme."""
    return {name: _schemes(name)[0].title for name in TEMPLATES}


def make_workspace(folder: Path, template: str, language: Language, *, empty: bool) -> Made:
    """Write the workspace; Refused if the folder has something in it, UsageError for an unknown template."""
    if template not in TEMPLATES:
        known = "".join(f"\n      {name}  {title}" for name, title in template_titles().items())
        raise UsageError("there is no template {name}", "the templates are:{known}", name=template, known=known)
    _refuse_occupied(folder)
    schemes = _schemes(template)
    tables = {spec.name: _table(template, spec, language, empty=empty) for spec in TABLES if _has(template, spec)}
    files = {f"rules/{path.name}": path.read_bytes() for path in _rule_files(template)}
    files |= {f"{name}.csv": _csv(lines) for name, lines in tables.items()}
    settings = (_SAMPLES / f"points.{language}.yaml").read_text("utf-8").replace("{title}", schemes[0].title)
    fill_folder(folder, {**files, SETTINGS: settings.encode()})
    members, events = tables[MEMBERS.name][1:], tables[EVENTS.name][1:]
    return Made(
        folder=folder,
        title=schemes[0].title,
        schemes=tuple(scheme.id for scheme in schemes),
        files=(SETTINGS, *files),
        members=len(members),
        events=len(events),
        first_member=members[0].split(",")[0] if members else "",
    )


def _refuse_occupied(folder: Path) -> None:
    """A folder may hold what is hidden (`.git`), nothing else."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise FileError(folder.as_posix(), "it is a file, not a folder", "name a new folder")
    try:
        there = sorted(path.name for path in folder.iterdir())
    except OSError as error:
        raise FileError(
            folder.as_posix(), "it cannot be read: {why}", "check the folder", why=error.strerror
        ) from error
    names = [name for name in there if not name.startswith(".") and name.lower() not in _OF_THE_SYSTEM]
    if names:
        shown = ", ".join(names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")
        raise Refused("{folder} is not empty: {names}", "name a new folder", folder=folder.as_posix(), names=shown)


def _rules_folder() -> Path:
    """The shipped rule files: in the installed package, or beside it where it runs from the repository."""
    packaged = _SAMPLES / "rules"
    return packaged if packaged.is_dir() else _SAMPLES.parents[1] / "rules"


def _rule_files(template: str) -> list[Path]:
    folder = _rules_folder()
    return [folder / f"{name}{ending}" for name in TEMPLATES[template] for ending in (".yaml", ".test.yaml")]


def _schemes(template: str) -> list[Scheme]:
    folder = _rules_folder()
    found = {
        scheme.id: scheme for scheme in load_schemes([folder / f"{n}.yaml" for n in TEMPLATES[template]], folder)[0]
    }
    return [found[name] for name in TEMPLATES[template]]


def _has(template: str, spec: TableSpec) -> bool:
    return (_SAMPLES / template / f"{spec.name}.csv").is_file()


def _table(template: str, spec: TableSpec, language: Language, *, empty: bool) -> list[str]:
    """The lines of a sample table: headings in the workspace's language, then the rows."""
    heading, *rows = (_SAMPLES / template / f"{spec.name}.csv").read_text("utf-8").splitlines()
    if language == "en":
        ids = {column.title: column.id for column in spec.columns}
        heading = ",".join(ids.get(title, title) for title in heading.split(","))
    return [heading] if empty else [heading, *rows]


def _csv(lines: list[str]) -> bytes:
    """As Excel and WPS open it: with a byte order mark and CRLF."""
    return ("\ufeff" + "".join(f"{line}\r\n" for line in lines)).encode()
