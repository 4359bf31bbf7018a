"""Which file of the event log takes a new event."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from pointscli.app.workspace import Workspace
from pointscli.inputs.contents import SUFFIXES
from pointscli.inputs.files import table_files
from pointscli.inputs.headers import EVENTS
from pointscli.model.period import Kind, Period, parse_period
from pointscli.model.problem import Refused

_APPENDED = ("csv", "jsonl")
_NAMED = (".csv", ".jsonl")


def choose_target(workspace: Workspace, day: date, named: Path | None) -> Path:
    """The file named; else the one whose name is the day's month (or a longer period), the only one, or a new one.

    Refused if the workspace would not read it.
    """
    if named is not None:
        return _named(workspace, named)
    files = [path for path in workspace.events if SUFFIXES.get(path.suffix.lower()) in _APPENDED]
    for kind in Kind:
        for path in files:
            if parse_period(path.stem, kind) == Period.containing(kind, day):
                return path
    single = len(workspace.events) == 1 and bool(files)
    is_found = _is_found(workspace)
    is_beside = is_found and single and _at_root_beside_folder(workspace)
    if single and not is_beside and parse_period(files[0].stem) is None:
        return files[0]
    if is_found:
        return workspace.root / EVENTS.name / f"{Period.containing(Kind.MONTH, day).label}.csv"
    if single:
        return files[0]
    raise Refused(
        "no file of the event log is for {day}",
        "say which one with --to: {files}",
        day=day.isoformat(),
        files=", ".join(map(workspace.shown, files)) or "-",
    )


def _named(workspace: Workspace, named: Path) -> Path:
    """The file as the workspace calls it; Refused if it is none of the event log's."""
    for path in _places(workspace, named):
        found = next((known for known in workspace.events if _same(known, path)), None)
        if found is not None:
            return found
    for path in _places(workspace, named):
        own = workspace.root
        is_found = _same(path.parent, own / EVENTS.name) or (_same(path.parent, own) and path.stem == EVENTS.name)
        if is_found and path.suffix.lower() in _NAMED and _is_found(workspace):
            return path
    hint = "name one of its files, or a new CSV or JSONL file in {folder}/"
    raise Refused("{path} would not be read as part of the event log", hint, path=named.as_posix(), folder=EVENTS.name)


def _places(workspace: Workspace, named: Path) -> Iterator[Path]:
    """A path is meant from the workspace's folder, or from where the command runs."""
    yield workspace.root / named
    yield named


def _same(one: Path, other: Path) -> bool:
    return os.path.abspath(one) == os.path.abspath(other)  # noqa: PTH100  (links are kept)


def _is_found(workspace: Workspace) -> bool:
    """Whether the log is what lies in the usual places, so that a new file there is read too."""
    return list(workspace.events) == table_files(workspace.root, EVENTS)


def _at_root_beside_folder(workspace: Workspace) -> bool:
    """Whether the only file lies beside a folder for the log."""
    return workspace.events[0].parent == workspace.root and (workspace.root / EVENTS.name).is_dir()
