"""A scheme's printed table as a page, for the formats that show pages: terminal, plain text, Markdown."""

from __future__ import annotations

from pointscli.model.sheet import Sheet, SheetRow, SheetSection
from pointscli.model.table import Column, Table
from pointscli.outputs.page import Block, NameLists, Names, Page
from pointscli.outputs.titles import Words

COLUMN_IDS = ("section", "content", "scoring", "limit", "basis")
BETWEEN = " / "


def sheet_page(sheet: Sheet, words: Words) -> Page:
    """One row a leaf item; the sections above it stand in its first column where they begin."""
    columns = tuple(Column(name, title) for name, title in zip(COLUMN_IDS, sheet.columns, strict=True))
    before: tuple[SheetSection, ...] = ()
    rows = []
    for row in sheet.rows:
        rows.append((_sections(row, before, words), row.content, row.scoring, row.limit, row.basis))
        before = row.sections
    table = Table("", columns, tuple(rows))
    notes = tuple(NameLists(note.heading, (), tuple(Names("", (line,)) for line in note.lines)) for note in sheet.notes)
    return Page((sheet.title,), sheet.facts, (), (Block("", (), table),), notes)


def _sections(row: SheetRow, before: tuple[SheetSection, ...], words: Words) -> str:
    """The path of sections where it differs from the row above, with their own rules where they begin.

    A leaf that stands in no section is one by itself.
    """
    if not row.sections:
        return row.content
    if row.sections == before:
        return ""
    same = 0
    while same < min(len(before), len(row.sections)) and before[same] == row.sections[same]:
        same += 1
    shown = [_section(section, words, full=i >= same) for i, section in enumerate(row.sections)]
    return BETWEEN.join(shown)


def _section(section: SheetSection, words: Words, *, full: bool) -> str:
    more = words.join([*([section.basis] if section.basis else []), *section.notes])
    return words.text("remark", name=section.title, remark=more) if full and more else section.title
