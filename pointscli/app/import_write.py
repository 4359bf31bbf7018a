"""Where imported events go, and how they get there: all files of an import or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pointscli.app.import_forms import Asked, Imported, NewEvent, plan_import
from pointscli.app.import_settings import ImportSettings, save_import_settings
from pointscli.app.record import make_folder
from pointscli.app.record_target import choose_target
from pointscli.app.workspace import SETTINGS, Sources, Workspace, find_workspace
from pointscli.inputs.headers import EVENTS
from pointscli.inputs.rows_out import render_rows
from pointscli.journal.append import seen
from pointscli.journal.audit import Act, Write, append_audited, replace_audited
from pointscli.journal.workspace_lock import locked


@dataclass(frozen=True, slots=True)
class Written:
    """A file and how many events were added to it."""

    shown: str
    count: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """Where the events are to go, and what is to be kept of the mapping."""

    to: Path | None = None
    keep: ImportSettings | None = None
    """Words to be written into the settings."""


def run_import(root: Path, sources: Sources, asked: Asked, wanted: Wanted, act: Act) -> tuple[Imported, list[Written]]:
    """Read forms and add what is new to the log, alone in the workspace from reading to writing.

    Raises:
        FindingsError: Something is wrong in a form; nothing was added.
        FileError: A file could not be written; nothing was added.
        Refused: No file takes the events or has a column for what they say, or the settings cannot be added to.
    """
    find_workspace(root, sources)  # there must be a folder before anything is written to it
    with locked(root, act):
        space, _ = find_workspace(root, sources)
        before = tuple(seen(path) for path in space.events)
        imported = plan_import(root, sources, asked)
        targets: dict[Path, list[NewEvent]] = {}
        for event in imported.events:
            targets.setdefault(choose_target(space, event.day, wanted.to), []).append(event)
        writes = [_render(space, path, events) for path, events in targets.items()]
        _keep(root, wanted.keep, act)
        for path in targets:
            make_folder(path)
        if writes:
            append_audited(root, act, writes, before)
    return imported, [Written(space.shown(path), len(events)) for path, events in targets.items()]


def _render(space: Workspace, path: Path, events: Sequence[NewEvent]) -> Write:
    rows = [event.cells for event in events]
    return Write(path, *render_rows(path, EVENTS, rows, space.language, shown=space.shown(path)))


def _keep(root: Path, words: ImportSettings | None, act: Act) -> None:
    """Write words into the settings, if they are not there yet: before the events, for they do no harm alone."""
    if words is None:
        return
    path = root / SETTINGS
    settings = save_import_settings(root, words)
    if not path.is_file() or path.read_bytes() != settings:
        replace_audited(root, act, path, settings)
