"""One row of the roster by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pointscli.inputs.grammar import CellError, dropped_time, parse_date, split_members, visible
from pointscli.inputs.identity import check_id
from pointscli.inputs.table import RawTable
from pointscli.model.problem import Place, Problem, Severity


@dataclass(frozen=True, slots=True)
class RosterRow:
    """A roster row that can be used, before its member has an index."""

    table: RawTable
    row: int
    id: str
    name: str
    since: date | None
    until: date | None

    @property
    def line(self) -> int:
        """Its start line."""
        return self.table.lines[self.row]

    @property
    def source(self) -> str:
        """`FILE:LINE`, for the other row in a finding."""
        return f"{self.table.path}:{self.line}"

    def place(self, column: str) -> Place:
        """The place of one of its cells."""
        return self.table.place(self.row, column)


def read_row(table: RawTable, index: int, problems: list[Problem]) -> RosterRow | None:
    """Read one row's own cells; None with the findings if one is wrong."""
    found: list[Problem] = []
    member_id, name = _text(table, index, "id"), _text(table, index, "name")
    if wrong := check_id(member_id):
        found.append(wrong.at(table.place(index, "id")))
    if len(split_members(name)) > 1:
        found.append(_separated_name(table.place(index, "name"), name))
    since, until = (_day(table, index, column, found) for column in ("since", "until"))
    if since and until and since > until:
        found.append(_backward(table.place(index, "until"), since, until))
    problems += found
    if any(problem.severity is Severity.ERROR for problem in found):
        return None
    return RosterRow(table, index, member_id, name, since, until)


def _text(table: RawTable, index: int, column: str) -> str:
    number = table.index(column)
    return visible(table.rows[index][number]) if number is not None else ""


def _day(table: RawTable, index: int, column: str, found: list[Problem]) -> date | None:
    text = _text(table, index, column)
    if not text:
        return None
    try:
        day = parse_date(text)
    except CellError as error:
        found.append(error.at(table.place(index, column)))
        return None
    if dropped := dropped_time(text):
        found.append(dropped.at(table.place(index, column), Severity.WARNING))
    return day


def _separated_name(place: Place, name: str) -> Problem:
    return Problem(
        "separator-in-name",
        place,
        "the name {value} holds a character that separates members; the log must give the id instead",
        "write the name without ; ； and 、",
        (("value", name),),
        Severity.WARNING,
    )


def _backward(place: Place, since: date, until: date) -> Problem:
    return Problem(
        "backward-spell",
        place,
        "the spell ends on {until}, before it starts on {since}",
        "exchange or correct the two dates",
        (("since", since.isoformat()), ("until", until.isoformat())),
    )
