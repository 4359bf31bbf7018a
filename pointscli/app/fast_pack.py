"""A copy of a large, plain event log as Parquet, sorted by member: made by `points pack`, read instead of the log.

The copy is used only if the digests of every file of the log and of the copy itself are those noted beside it; then
what was found when it was made still holds: every line is a record, and no id is given twice.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pointscli import __version__
from pointscli.app.workspace import Workspace
from pointscli.engine.fast_log import COLUMNS, File, pack_files
from pointscli.inputs.fast_csv import PlainFile, open_plain
from pointscli.inputs.fast_parquet import open_parquet
from pointscli.journal.atomic import replace_file
from pointscli.model.problem import FileError, PointsError, Refused

FOLDER, COPY, NOTE = ".points", "events.parquet", "events.json"
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Packed:
    """What was packed, and into how many bytes."""

    path: Path
    files: int
    records: int
    size: int


def find_pack(workspace: Workspace) -> list[PlainFile] | None:
    """The copy, with the findings of the log's headers; None if there is none, or it is not this log's."""
    folder = workspace.root / FOLDER
    try:
        note = json.loads((folder / NOTE).read_bytes())
        if (note["format"], note["version"]) != (_FORMAT, __version__):
            return None
        sizes = [[workspace.shown(path), path.stat().st_size] for path in workspace.events]
        if sizes != [[one["path"], one["size"]] for one in note["files"]]:
            return None
        digests = [_digest(path) for path in (*workspace.events, folder / COPY)]
        if digests != [*(one["sha256"] for one in note["files"]), note["sha256"]]:
            return None
        heads = [open_plain(path, workspace.shown(path), whole=False) for path in workspace.events]
        copy = open_parquet(folder / COPY, COPY)
    except (OSError, ValueError, KeyError, TypeError, PointsError):
        return None
    if copy is None or None in heads or copy.records != note["records"]:
        return None
    problems = tuple(problem for head in heads if head for problem in head.problems)
    return [replace(copy, problems=problems, packed=True)]


def write_pack(workspace: Workspace, files: Sequence[PlainFile]) -> Packed:
    """Write the copy of files that have been read without a finding; FileError if that is not possible."""
    digests = [_digest(file.path) for file in files]
    ordered = sorted(files, key=lambda file: file.shown)
    columns = [name for name in COLUMNS if any(name in file.columns for file in files)]
    data = pack_files([File(one.path, one.columns, one.delimiter) for one in ordered], columns)
    if digests != [_digest(file.path) for file in files]:
        raise Refused("the event log was changed while it was being read", "run the command again")
    folder = workspace.root / FOLDER
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise FileError(FOLDER, "it cannot be written: {why}", "check the folder", why=why) from error
    note = {
        "format": _FORMAT,
        "version": __version__,
        "records": sum(file.records for file in files),
        "files": [
            {"path": file.shown, "size": file.path.stat().st_size, "sha256": digest}
            for file, digest in zip(files, digests, strict=True)
        ],
        "sha256": hashlib.sha256(data).hexdigest(),
    }
    replace_file(folder / COPY, data)
    replace_file(folder / NOTE, (json.dumps(note, ensure_ascii=False, indent=1) + "\n").encode())
    return Packed(folder / COPY, len(files), int(note["records"]), len(data))  # type: ignore[call-overload]


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
