"""The notice as a workbook: the ranking, one sheet a branch, the lists, the details, summaries with charts.

The signature block stands under the ranking and under each branch: those are the sheets that are posted.
"""

from __future__ import annotations

from dataclasses import replace

from pointscli.model.notice import Notice
from pointscli.model.paper import Paper
from pointscli.model.table import Column, Table
from pointscli.outputs.look import Look
from pointscli.outputs.notice_tables import details_table, outcomes_table, ranking_table
from pointscli.outputs.notice_words import NoticeWords
from pointscli.outputs.trend_chart import histogram
from pointscli.outputs.xlsx_book import Sheet, workbook


def notice_workbook(notice: Notice) -> bytes:
    """The file; the same notice gives the same bytes."""
    look = Look(language=notice.language, to_file=True)
    words = NoticeWords(notice.language)
    ranking = ranking_table(notice)
    signed = signed_lines(notice, words)
    sheets = [_sheet(notice, look.words.text("scores"), notice.heading, ranking, signed)]
    sheets += [
        _sheet(notice, branch, f"{notice.heading}  {branch}", table, signed) for branch, table in _branches(ranking)
    ]
    outcomes = outcomes_table(notice)
    if outcomes.rows:
        sheets.append(_sheet(notice, outcomes.title, f"{notice.heading}  {outcomes.title}", outcomes, signed))
    details = details_table(notice)
    if details.rows:
        sheets.append(_sheet(notice, details.title, f"{notice.heading}  {details.title}", details))
    for table in notice.summaries:
        sheet = _sheet(notice, table.title, f"{notice.heading}  {table.title}", table)
        sheets.append(replace(sheet, bars=(0, len(table.columns) - 1)))
    spread = _distribution(notice, look, words)
    if spread.rows:
        sheet = _sheet(notice, spread.title, f"{notice.heading}  {spread.title}", spread)
        sheets.append(replace(sheet, bars=(0, 1)))
    return workbook(sheets, look, notice.period.end)


def _distribution(notice: Notice, look: Look, words: NoticeWords) -> Table:
    """How many have how much: the chart that every notice has, one branch or many."""
    scores = tuple(row.score for section in notice.sections for row in section.rows if not row.exempt)
    columns = (
        Column("score", look.words.title("score")),
        Column("count", look.words.title("count"), "integer"),
    )
    return Table(words.text("distribution"), columns, tuple(histogram(scores)) if scores else ())


def _sheet(notice: Notice, name: str, heading: str, table: Table, notes: tuple[str, ...] = ()) -> Sheet:
    return Sheet(name, f"{notice.title}  {heading}", notice.facts, notice.marks, table, notes)


def _branches(ranking: Table) -> list[tuple[str, Table]]:
    """The ranking branch by branch, if there are several."""
    place = next((i for i, column in enumerate(ranking.columns) if column.id == "branch"), None)
    if place is None:
        return []
    names = list(dict.fromkeys(str(row[place]) for row in ranking.rows if row[place]))
    if len(names) < 2:  # noqa: PLR2004 - one branch is the whole list
        return []
    kept = [i for i in range(len(ranking.columns)) if i != place]
    return [
        (name, replace(ranking, rows=tuple(row for row in ranking.rows if row[place] == name)).select(kept))
        for name in names
    ]


def signed_lines(notice: Notice | Paper, words: NoticeWords) -> tuple[str, ...]:
    """Who made it, who checked it, until when questions are heard, and how to check it."""
    block = notice.signature
    line = "    ".join(f"{label}: {value or '____________'}" for label, value in block.lines)
    lines = [line if notice.language == "en" else line.replace(": ", "：")]
    if block.organisation:
        lines.append(block.organisation)
    lines.append(f"{words.text('code')} {notice.code}")
    if notice.checkpoint:
        lines.append(f"{words.text('checkpoint')} {notice.checkpoint}")
    return tuple(lines)
