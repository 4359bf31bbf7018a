"""A tally → the table of its ranking, with the columns of the published CSV."""

from __future__ import annotations

from pointscli.model.table import Cell, Column, Table
from pointscli.model.tally import Standing, Tally
from pointscli.outputs.titles import Words

ROSTER = ("branch", "group", "kind")
"""Roster columns that are printed."""


def ranking_table(tally: Tally, words: Words, *, ids: bool = False) -> Table:
    """One row a listed member. `ids`: the member's kind as an id (`full`), not as a word (正式党员)."""
    columns = (
        Column("rank", words.title("rank"), "integer"),
        *(Column(each, words.title(each)) for each in ("member", "name", *ROSTER)),
        *(Column(heading.id, heading.title, "number") for heading in (*tally.columns, *tally.derived)),
        Column("score", words.title("score"), "number"),
        Column("grade", words.title("grade")),
        Column("stars", words.title("stars"), "integer"),
        Column("outcomes", words.title("outcomes")),
    )
    rows = tuple(_row(standing, tally, None if ids else words) for standing in tally.listing)
    return Table(_title(tally, words), columns, rows)


def _row(standing: Standing, tally: Tally, words: Words | None) -> tuple[Cell, ...]:
    branch, group, kind = (standing.row.get(column, "") for column in ROSTER)
    derived = standing.derived or (None,) * len(tally.derived)
    return (
        standing.rank,
        standing.member,
        standing.name,
        branch,
        group,
        words.kind(kind) if words else kind,
        *standing.columns,
        *derived,
        standing.score,
        standing.grade,
        standing.stars,
        ";".join(standing.outcomes),
    )


def _title(tally: Tally, words: Words) -> str:
    return f"{tally.title} {words.period(tally.period)}"
