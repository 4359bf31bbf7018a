"""Decisions as rows of the review log: which file, which words, all or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pointscli.app.workspace import Workspace
from pointscli.inputs.files import table_files
from pointscli.inputs.headers import REVIEWS
from pointscli.inputs.reviews import DECISIONS
from pointscli.inputs.rows_out import render_rows
from pointscli.journal.audit import Write
from pointscli.model.problem import Refused

APPENDED = (".csv", ".jsonl")
"""Formats to which rows can be added at the end."""
_HEAD = 4096
_CHINESE = {decision: word for word, decision in DECISIONS.items() if not word.isascii()}


@dataclass(frozen=True, slots=True)
class Row:
    """One decision: cells by column id; the stage by its id and by its title."""

    cells: Mapping[str, str]
    stage: tuple[str, str] = ("", "")
    is_next: bool = True
    """Whether an approval without a stage says the same."""


def target_file(workspace: Workspace, to: Path | None) -> Path:
    """The file that decisions are added to: the last one that is read, or a new one; Refused where none would do."""
    known = workspace.reviews
    path = _inside(workspace.root, to) if to else (known[-1] if known else workspace.root / f"{REVIEWS.name}.csv")
    shown = workspace.shown(path)
    if path.suffix.lower() not in APPENDED:
        hint = "save it as CSV UTF-8 under the name reviews.csv, or name another file with --to"
        raise Refused("{file}: rows cannot be added to a file of this format", hint, file=shown)
    if path in known:
        if path != known[-1]:
            later = workspace.shown(known[-1])
            hint = "decisions hold in the order in which they are read: add to {later}"
            raise Refused("{file} is read before {later}", hint, file=shown, later=later)
        return path
    if not _would_be_read_last(workspace, path):
        hint = "name it under reviews: in points.yaml as the last one, or leave out --to"
        raise Refused("{file} would not be read as the last file of the review log", hint, file=shown)
    return path


def _inside(root: Path, to: Path) -> Path:
    """A file named from where the clerk is, or from the workspace."""
    here = to.absolute()
    return root / here.relative_to(root.absolute()) if here.is_relative_to(root.absolute()) else root / to


def _would_be_read_last(workspace: Workspace, path: Path) -> bool:
    found = tuple(table_files(workspace.root, REVIEWS))
    by_name = path.parent == workspace.root and path.stem == REVIEWS.name
    return by_name and found == workspace.reviews and all(path > other for other in found)


def render(workspace: Workspace, path: Path, rows: Sequence[Row]) -> Write:
    """The bytes of the rows, in the file's own words, or those of the workspace's language."""
    in_ids = _is_in_ids(path) if path.is_file() else workspace.language == "en"
    written = [_cells(row, in_ids=in_ids, with_stage=True) for row in rows]
    shown = workspace.shown(path)
    try:
        return Write(path, *render_rows(path, REVIEWS, written, workspace.language, shown=shown))
    except Refused:
        if not all(row.is_next for row in rows):
            raise
        # A log without the column `stage`: an empty one is the next stage.
        written = [_cells(row, in_ids=in_ids, with_stage=False) for row in rows]
        return Write(path, *render_rows(path, REVIEWS, written, workspace.language, shown=shown))


def _cells(row: Row, *, in_ids: bool, with_stage: bool) -> dict[str, str]:
    cells = dict(row.cells)
    decision = cells["decision"]
    cells["decision"] = decision if in_ids else _CHINESE[decision]
    cells["stage"] = (row.stage[0] if in_ids else row.stage[1]) if with_stage else ""
    return {column: text for column, text in cells.items() if text}


def _is_in_ids(path: Path) -> bool:
    """Whether a log's columns, and so its decisions, are named in English."""
    with path.open("rb") as file:
        return b"decision" in file.read(_HEAD).replace(b"\0", b"").lower()
