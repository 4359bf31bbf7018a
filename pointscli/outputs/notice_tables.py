"""The tables of a published folder: ranking.csv, details.csv, outcomes.csv, for machines and for Excel."""

from __future__ import annotations

from pointscli.model.notice import Notice, Row
from pointscli.model.table import Cell, Column, Table
from pointscli.outputs.notice_words import NoticeWords
from pointscli.outputs.titles import Words

WHO = ("member", "name", "branch", "group", "kind")


def ranking_table(notice: Notice) -> Table:
    """One row a member; columns that this audience does not see are left out."""
    words = Words(notice.language)
    table = Table(
        notice.heading,
        (
            Column("rank", words.title("rank"), "integer"),
            *(Column(each, words.title(each)) for each in WHO),
            *(Column(one.id, one.title or one.id, "number") for one in (*notice.columns, *notice.derived)),
            Column("score", words.title("score"), "number"),
            Column("grade", words.title("grade")),
            Column("stars", words.title("stars"), "integer"),
            Column("outcomes", words.title("outcomes")),
        ),
        tuple(_ranking_row(row) for section in notice.sections for row in section.rows),
        notice.marks,
    )
    return without_empty(table, keep=("rank", "name", "score"))


def _ranking_row(row: Row) -> tuple[Cell, ...]:
    who = (row.member, row.name, row.branch, row.group, row.kind)
    return (row.rank, *who, *row.columns, *row.derived, row.score, row.grade, row.stars, ";".join(row.outcomes))


def details_table(notice: Notice) -> Table:
    """One row a credited posting, with its reason and what a cap made of it."""
    words, fixed = NoticeWords(notice.language), Words(notice.language)
    texts = ("section", "item", "reason", "evidence")
    table = Table(
        words.text("details"),
        (
            *(Column(each, fixed.title(each)) for each in ("member", "name", "branch")),
            Column("date", words.text("day")),
            *(Column(each, words.text(each)) for each in texts),
            *(Column(each, words.text(each), "number") for each in ("priced", "points")),
            Column("note", words.text("note")),
        ),
        tuple(
            (
                row.member,
                row.name,
                row.branch,
                one.date.isoformat(),
                one.section,
                one.item,
                one.reason,
                one.evidence,
                one.priced,
                one.points,
                one.note,
            )
            for section in notice.sections
            for row in section.rows
            for one in row.details
        ),
        notice.marks,
    )
    return without_empty(table, keep=("name", "date", "item", "reason", "points"))


def outcomes_table(notice: Notice) -> Table:
    """One row a member and list; a list that is only counted has one row with its number."""
    fixed, words = Words(notice.language), NoticeWords(notice.language)
    rows: list[tuple[Cell, ...]] = []
    for one in notice.lists:
        if not one.shown:
            rows.append((one.title, "", words.text("members_unit", count=one.count), one.action))
        for names in one.lists:
            rows += [(one.title, names.label, name, one.action) for name in names.names]
    columns = (
        Column("title", fixed.title("title")),
        Column("group", fixed.title("within")),
        Column("name", fixed.title("name")),
        Column("action", fixed.title("action")),
    )
    return Table(fixed.text("outcome_lists"), columns, tuple(rows), notice.marks)


def without_empty(table: Table, keep: tuple[str, ...]) -> Table:
    """The table without columns in which nobody has anything, except some."""
    kept = [
        i
        for i, column in enumerate(table.columns)
        if column.id in keep or any(row[i] not in (None, "") for row in table.rows)
    ]
    return table.select(kept)
