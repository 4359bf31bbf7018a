"""Tables of a paper as a workbook, a sheet each: what the office goes on working with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from pointscli.model.paper import Paper
from pointscli.model.table import Table
from pointscli.outputs.look import Look
from pointscli.outputs.notice_words import NoticeWords
from pointscli.outputs.notice_xlsx import signed_lines
from pointscli.outputs.xlsx_book import Sheet, workbook

_NUMBERING = re.compile(r"^(?:[一二三四五六七八九十]+、|[0-9]+\. )")


def tables_workbook(paper: Paper, tables: Sequence[tuple[str, Table]], made: date) -> bytes:
    """The file; every sheet has the paper's heading, marks and check code."""
    signed = signed_lines(paper, NoticeWords(paper.language))
    sheets = [
        Sheet(
            _NUMBERING.sub("", name),
            f"{paper.heading}  {_NUMBERING.sub('', name)}",
            (paper.title,),
            paper.marks,
            table,
            signed,
            bars=_bars(table),
        )
        for name, table in tables
    ]
    return workbook(sheets, Look(language=paper.language, to_file=True), made)


def _bars(table: Table) -> tuple[int, int] | None:
    """Names and means, if there are any to draw from 0 on."""
    place = next((i for i, column in enumerate(table.columns) if column.id == "mean"), None)
    if place is None or any(isinstance(row[place], Decimal) and row[place] < 0 for row in table.rows):  # type: ignore[operator]
        return None
    return 0, place
