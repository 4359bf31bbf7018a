"""Findings about roster rows that do not agree with each other; each names both lines."""

from __future__ import annotations

from pointscli.inputs.roster_rows import RosterRow
from pointscli.model.problem import Problem, Severity


def collision(row: RosterRow, other: RosterRow) -> Problem:
    """Two ids that differ only in how they are written."""
    return Problem(
        "colliding-id",
        row.place("id"),
        "the id {value} differs from {other} ({where}) only in width, case or blanks",
        "if it is one member, write the id the same way in both rows; if not, choose another id",
        (("value", row.id), ("other", other.id), ("where", other.source)),
    )


def overlapping(row: RosterRow, other: RosterRow) -> Problem:
    """Two spells of a member that share days."""
    values = (("id", row.id), ("where", other.source), ("line", str(row.line)))
    return Problem(
        "overlapping-spells",
        row.place("since" if row.table.index("since") is not None else "id"),
        "two spells of {id} overlap: line {line} and {where}",
        "end the earlier spell (until) before the later one starts (since), or delete one of the two",
        values,
    )


def changed_name(row: RosterRow, first: RosterRow) -> Problem:
    """One id, two names."""
    return Problem(
        "changed-name",
        row.place("name"),
        "{id} is called {value} here and {other} in {where}",
        "if one person changed the name, leave it; if not, correct the id",
        (("id", row.id), ("value", row.name), ("other", first.name), ("where", first.source)),
        Severity.WARNING,
    )


def name_is_id(row: RosterRow) -> Problem:
    """A name that is another member's id."""
    return Problem(
        "name-is-id",
        row.place("name"),
        "the name {value} of {id} is also another member's id",
        "give that member another id",
        (("value", row.name), ("id", row.id)),
    )


def similar_name(row: RosterRow, other: RosterRow) -> Problem:
    """Two members whose names look the same."""
    return Problem(
        "similar-name",
        row.place("name"),
        "the name {value} ({id}) looks like {other} ({other_id}, {where}) but is written with other characters",
        "if it is one person, correct the name and the id; if not, leave it",
        (
            ("value", row.name),
            ("id", row.id),
            ("other", other.name),
            ("other_id", other.id),
            ("where", other.source),
        ),
        Severity.WARNING,
    )


def similar_id(row: RosterRow, other: RosterRow) -> Problem:
    """Two ids that differ in leading zeros."""
    return Problem(
        "similar-id",
        row.place("id"),
        "the id {value} is {other} ({where}) with other leading zeros",
        "if a spreadsheet has dropped the zeros, put them back",
        (("value", row.id), ("other", other.id), ("where", other.source)),
        Severity.WARNING,
    )
