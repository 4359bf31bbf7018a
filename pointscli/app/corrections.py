"""What a correction changes: the lines of the folder that it amends against the new ones."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pointscli.app.digests import SHORT, canonical
from pointscli.app.manifest import NAME, digest_of, read_manifest
from pointscli.app.notice import Veil
from pointscli.model.table import Cell, Column, Table
from pointscli.model.tally import Tally
from pointscli.outputs.notice_words import NoticeWords
from pointscli.outputs.titles import Language, Words

FIGURES = ("score", "rank", "grade", "stars", "outcomes")


def correction_table(
    before: Mapping[str, Any], tally: Tally, after: Mapping[str, str], veil: Veil, language: Language
) -> Table:
    """One row a figure of a member that differs: what it was, what it is."""
    words, fixed = NoticeWords(language), Words(language)
    titles = {one.id: one.title for one in tally.columns}
    old: Mapping[str, str] = before.get("results", {})
    rows: list[tuple[Cell, ...]] = []
    for member in sorted({*old, *after}):
        have, now = _figures(old.get(member, "")), _figures(after.get(member, ""))
        if old.get(member) == canonical(after.get(member, ""))[:SHORT]:
            continue  # a masked publication keeps digests only
        if not have:
            now = {figure: now[figure] for figure in ("score", "rank") if figure in now}
        for figure in dict.fromkeys([*now, *have]):
            if have.get(figure, "") != now.get(figure, ""):
                title = titles.get(figure) or fixed.title(figure)
                rows.append((veil.member(member), veil.name(member), title, have.get(figure, ""), now.get(figure, "")))
    columns = (
        *(Column(each, fixed.title(each)) for each in ("member", "name")),
        *(Column(each, words.text(each)) for each in ("figure", "before", "after")),
    )
    return Table(words.text("changes"), columns, tuple(rows))


def _figures(line: str) -> dict[str, str]:
    """The parts of a line of results; `None` reads as nothing."""
    pairs = (part.partition("=") for part in line.split(" ") if "=" in part)
    return {name: "" if value == "None" else value for name, _, value in pairs}


def find_before(folders: list[Path], digest: str) -> Path | None:
    """The folder whose manifest has a digest."""
    return next((folder for folder in folders if digest and digest_of(folder) == digest), None)


def manifest_of(folder: Path | None) -> Mapping[str, Any]:
    """The manifest of a folder; nothing if there is none."""
    return read_manifest(folder, folder.name) if folder is not None and (folder / NAME).is_file() else {}
