"""An event from a command's options as a table of one row: the usual readers take it, and findings name the options."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pointscli.app.choices import Choices, several_items, several_members
from pointscli.inputs.grammar import CellError, parse_date
from pointscli.inputs.grid import Grid
from pointscli.inputs.headers import EVENTS
from pointscli.inputs.log_rows import Bad
from pointscli.inputs.table import RawTable, shape
from pointscli.inputs.vocabulary import Vocabulary
from pointscli.model.names import item_key
from pointscli.model.problem import Place, Problem

SHOWN = "points record"
"""Stands for a file's name where the row has none yet."""
COLUMNS = tuple(column.id for column in EVENTS.columns)
Cells = Mapping[str, str]


class _Options:
    """Cells by the options that give them."""

    def place(self, line: int, field: int) -> Place:  # noqa: ARG002  (the form of all positions)
        return Place(SHOWN if COLUMNS[field] == "id" else f"--{COLUMNS[field]}")

    def record(self, line: int) -> Place:  # noqa: ARG002  (the same)
        return Place(SHOWN)


def option_table(cells: Cells) -> tuple[RawTable, list[Problem]]:
    """The row as the usual reader shapes it, with what is wrong with its cells by themselves."""
    row = [cells.get(column, "") for column in COLUMNS]
    table, problems = shape(Grid("utf-8", [list(COLUMNS), row], [1, 2], _Options(), header=0), SHOWN, EVENTS)
    if table is None:
        raise AssertionError(problems)
    return table, [problem for problem in problems if problem.name != "no-records"]


def resolve(choices: Choices, members: Sequence[str], cells: Cells) -> tuple[dict[str, str], list[Problem]]:
    """The cells with members as ids and the item as its title; words that fit several are findings."""
    problems: list[Problem] = []
    ids = []
    for word in members:
        found = choices.members(word)
        if len(found) > 1:
            problems.append(several_members(choices, word, found))
        ids.append(choices.roster.members[found[0]].id if len(found) == 1 else word.strip())
    row = {column: text.strip() for column, text in cells.items() if text.strip()} | {"member": ";".join(ids)}
    return row | _resolve_item(choices, row, problems), problems


def _resolve_item(choices: Choices, row: Cells, problems: list[Problem]) -> dict[str, str]:
    """The item's title; the day as files write it; no scheme where only one has the item."""
    text, scheme = row.get("item", ""), row.get("scheme", "")
    cells: dict[str, str] = {}
    day = None
    try:
        day = parse_date(row.get("date", ""))
        cells["date"] = day.isoformat()
    except CellError:
        problems += _unknown_item(choices, text, scheme)  # the reader says what is wrong with the date
    found = choices.items(text, day, scheme)
    names = {item.id for item in found}
    if len(names) > 1:
        problems.append(several_items(text, found))
    elif names:
        cells["item"] = found[0].title
        versions = choices.index.versions
        having = {versions[item.version].scheme for item in choices.index.names[item_key(found[0].title)]}
        if having == {scheme}:
            cells["scheme"] = ""
    return cells


def _unknown_item(choices: Choices, text: str, scheme: str) -> list[Problem]:
    """What is wrong with an item whatever the day: without one the reader does not look for it."""
    versions = tuple(range(len(choices.index.versions)))
    found = Vocabulary(choices.roster, choices.index).item[text, scheme, versions]
    if not text or not isinstance(found, Bad) or choices.items(text, None, scheme):
        return []
    column = "scheme" if found.name == "unknown-scheme" else "item"
    return [Problem(found.name, Place(f"--{column}"), found.message, found.hint, found.args)]


def with_id(table: RawTable, ids: Sequence[str]) -> RawTable:
    """The table with ids in the rows that have none."""
    place = table.index("id")
    if place is None:
        columns = (*table.columns, "id")
        rows = [[*row, event_id] for row, event_id in zip(table.rows, ids, strict=True)]
        return replace(table, columns=columns, rows=rows)
    rows = [
        [*row[:place], row[place].strip() or event_id, *row[place + 1 :]]
        for row, event_id in zip(table.rows, ids, strict=True)
    ]
    return replace(table, rows=rows)
