"""Excel workbooks: every table a sheet that prints on A4, numbers as numbers, texts never as formulas.

The same result gives the same bytes: the workbook says that it was made at the end of the period.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pointscli.model.table import Column, Table
from pointscli.model.tally import Tally
from pointscli.outputs.look import Look
from pointscli.outputs.outcomes import Outcomes
from pointscli.outputs.page import Page, page_of
from pointscli.outputs.ranking import ranking_table
from pointscli.outputs.tables import Result, table_of
from pointscli.outputs.xlsx_book import NO_DATE, Sheet, workbook


def render(result: Result, look: Look) -> bytes:
    """The workbook of a result: a tally's ranking and outcome lists, or the one table."""
    page = page_of(result, look)
    match result:
        case Tally():
            first = _sheet(look.words.text("scores"), page, _listing(result, look))
            sheets = [replace(first, notes=_notes(page, look))]
            if result.outcomes:
                sheets.append(_outcomes(result, look))
            return workbook(sheets, look, result.period.end)
        case Outcomes():
            return workbook([_outcomes(result.tally, look)], look, result.tally.period.end)
        case Table():
            return workbook([_sheet(result.title, page, result.without_empty())], look, NO_DATE)


def render_page(page: Page, look: Look, made: date = NO_DATE) -> bytes:
    """Every block of a page as a sheet of its own."""
    heading = page.heading[0] if page.heading else ""
    sheets = [_sheet(block.heading or heading, page, block.table, block.heading, *block.facts) for block in page.blocks]
    return workbook(sheets, look, made)


def _sheet(name: str, page: Page, table: Table, *more: str) -> Sheet:
    heading = "  ".join(filter(None, (*page.heading, *more)))
    return Sheet(name, heading, page.facts, page.marks, table)


def _listing(tally: Tally, look: Look) -> Table:
    """The ranking as one list, with the column in which members are ranked if it is not the branch."""
    table = ranking_table(tally, look.words, ids=look.ids)
    titles = {} if look.ids else {outcome.id: outcome.title for outcome in tally.outcomes}
    join = ";".join if look.ids else look.words.join
    rows = []
    for standing, row in zip(tally.listing, table.rows, strict=True):
        within = "" if standing.group == standing.row.get("branch") else standing.group
        rows.append((row[0], within, *row[1:-1], join([titles.get(one, one) for one in standing.outcomes])))
    first, *others = table.columns
    columns = (first, Column("within", look.words.title("within")), *others)
    return replace(table, columns=columns, rows=tuple(rows)).without_empty()


def _notes(page: Page, look: Look) -> tuple[str, ...]:
    """Who is exempt, and about whom objections are open; the outcomes have a sheet of their own."""
    words = look.words
    remarks = [one for one in page.lists if one.heading in (words.text("exempt"), words.text("objections"))]
    names = [words.join([item for part in one.lists for item in part.items]) for one in remarks]
    return tuple(words.text("in_group", group=one.heading, text=text) for one, text in zip(remarks, names, strict=True))


def _outcomes(tally: Tally, look: Look) -> Sheet:
    page = page_of(Outcomes(tally), look)
    table = table_of(Outcomes(tally), look)
    if tally.listed is not None:
        table = replace(table, rows=tuple(row for row in table.rows if row[3] in tally.listed))
    table = table.without_empty()
    if not look.ids:
        table = table.select([i for i, column in enumerate(table.columns) if column.id != "outcome"])
    return _sheet(look.words.text("outcome_lists"), page, table)
