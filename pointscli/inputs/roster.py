"""The roster: members, their spells, and how a cell of the log names a member."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from types import MappingProxyType

from pointscli.inputs.grammar import GrammarError, dropped_time, name_key, parse_date, split_members, visible
from pointscli.inputs.headers import header_key
from pointscli.inputs.identity import check_id, folded_id, lookalike_key
from pointscli.inputs.table import RawTable
from pointscli.model.problem import Place, Problem, Severity

KINDS = {
    "full": "正式党员",
    "probationary": "预备党员",
    "activist": "入党积极分子",
    "development_target": "发展对象",
    "applicant": "入党申请人",
}
_KIND_IDS = {header_key(word): kind for kind, title in KINDS.items() for word in (kind, title)}


def kind_id(text: str) -> str:
    """The id of a kind written in either word; any other text as it stands, trimmed."""
    return _KIND_IDS.get(header_key(text), text.strip())


@dataclass(frozen=True, slots=True)
class Member:
    """One member: an id, and the name of the latest spell."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Spell:
    """One row of the roster: what holds for a member from a day to a day, both inclusive, None = open."""

    member: int
    """Index in `Roster.members`."""
    since: date | None
    until: date | None
    cells: Mapping[str, str]
    """The row by column id, trimmed; unknown columns by their title."""
    path: str
    line: int

    def holds(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Roster:
    """All members by id, and all spells by member and start."""

    members: tuple[Member, ...]
    spells: tuple[Spell, ...]
    columns: tuple[str, ...]
    """Every column of any roster file, known ones first."""
    rejected: int = 0
    """Rows with a finding that are not in it."""
    _by_key: Mapping[str, tuple[int, ...]] = field(default_factory=dict, repr=False, compare=False)

    def find(self, text: str) -> int | tuple[int, ...]:
        """The index of the member whose id or only name a text is; the candidates if several bear it; () if nobody."""
        found = self._by_key.get(name_key(text), ())
        return found[0] if len(found) == 1 else found

    def near(self, text: str, most: int = 3) -> tuple[int, ...]:
        """Members whom an unknown text may mean: lost zeros, another width or case, a similar character, a slip."""
        key = lookalike_key(text)
        if found := self._by_lookalike.get(key) or self._by_lookalike.get(key.lstrip("0")):
            return found[:most]
        names = get_close_matches(key, self._by_lookalike, n=most, cutoff=0.6)
        return tuple(dict.fromkeys(index for name in names for index in self._by_lookalike[name]))[:most]

    def title(self, index: int) -> str:
        """`M001 张三`, for messages."""
        member = self.members[index]
        return f"{member.id} {member.name}"

    @cached_property
    def _by_lookalike(self) -> Mapping[str, tuple[int, ...]]:
        found: defaultdict[str, dict[int, None]] = defaultdict(dict)
        for index, member in enumerate(self.members):
            for key in (lookalike_key(member.id), lookalike_key(member.id).lstrip("0"), lookalike_key(member.name)):
                found[key][index] = None
        return {key: tuple(indexes) for key, indexes in found.items()}


@dataclass(frozen=True, slots=True)
class _Row:
    """A roster row that can be used, before its member has an index."""

    table: RawTable
    row: int
    id: str
    name: str
    since: date | None
    until: date | None

    @property
    def line(self) -> int:
        return self.table.lines[self.row]

    @property
    def source(self) -> str:
        return f"{self.table.path}:{self.line}"

    def place(self, column: str) -> Place:
        return self.table.place(self.row, column)


def read_roster(tables: Iterable[RawTable]) -> tuple[Roster, list[Problem]]:
    """Join all roster tables into one roster, with every finding; a row with an error is not in it."""
    tables = list(tables)
    problems: list[Problem] = []
    read = [(table, index) for table in tables for index in range(len(table.rows))]
    rows = [row for table, index in read if (row := _read_row(table, index, problems))]
    grouped: dict[str, list[_Row]] = {}
    for row in _check_collisions(rows, problems):
        grouped.setdefault(row.id, []).append(row)
    by_id = {member_id: _check_overlaps(spells, problems) for member_id, spells in grouped.items()}
    _check_names(by_id, problems)
    return _build(tables, by_id, len(read)), problems


def _read_row(table: RawTable, index: int, problems: list[Problem]) -> _Row | None:
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
    return _Row(table, index, member_id, name, since, until)


def _text(table: RawTable, index: int, column: str) -> str:
    number = table.index(column)
    return visible(table.rows[index][number]) if number is not None else ""


def _day(table: RawTable, index: int, column: str, found: list[Problem]) -> date | None:
    text = _text(table, index, column)
    if not text:
        return None
    try:
        day = parse_date(text)
    except GrammarError as error:
        found.append(error.at(table.place(index, column)))
        return None
    if dropped := dropped_time(text):
        found.append(dropped.at(table.place(index, column), Severity.WARNING))
    return day


def _check_collisions(rows: list[_Row], problems: list[Problem]) -> list[_Row]:
    """Rows whose id differs from an earlier one only in width, case or blanks are wrong; the others go on."""
    first: dict[str, _Row] = {}
    good = []
    for row in rows:
        other = first.setdefault(folded_id(row.id), row)
        if other.id == row.id:
            good.append(row)
        else:
            problems.append(_collision(row, other))
    return good


def _check_overlaps(spells: list[_Row], problems: list[Problem]) -> list[_Row]:
    """Of two spells of a member that share a day, the later row is wrong; the others go on."""
    good: list[_Row] = []
    for row in spells:
        other = next((other for other in good if _overlap(row, other)), None)
        if other is None:
            good.append(row)
        else:
            problems.append(_overlapping(row, other))
    return good


def _overlap(one: _Row, other: _Row) -> bool:
    return (one.since or date.min) <= (other.until or date.max) and (other.since or date.min) <= (one.until or date.max)


def _check_names(by_id: Mapping[str, list[_Row]], problems: list[Problem]) -> None:
    """Names: changed within an id, equal to another's id, or like another's name but not the same."""
    ids = {name_key(member_id): member_id for member_id in by_id}
    alike: dict[str, _Row] = {}
    for member_id, spells in by_id.items():
        for row in spells:
            key = name_key(row.name)
            if key != name_key(spells[0].name):
                problems.append(_changed_name(row, spells[0]))
            if ids.get(key, member_id) != member_id:
                problems.append(_name_is_id(row))
            other = alike.setdefault(lookalike_key(row.name), row)
            if name_key(other.name) != key and other.id != row.id:
                problems.append(_similar_name(row, other))
    _check_similar_ids(by_id, problems)


def _check_similar_ids(by_id: Mapping[str, list[_Row]], problems: list[Problem]) -> None:
    first: dict[str, _Row] = {}
    for member_id, spells in by_id.items():
        other = first.setdefault(member_id.lstrip("0"), spells[0])
        if other.id != member_id:
            problems.append(_similar_id(spells[0], other))


def _build(tables: list[RawTable], by_id: Mapping[str, list[_Row]], read: int) -> Roster:
    members, spells = [], []
    by_key: dict[str, dict[int, None]] = {}
    for index, member_id in enumerate(sorted(by_id)):
        rows = sorted(by_id[member_id], key=lambda row: row.since or date.min)
        members.append(Member(member_id, rows[-1].name))
        for row in rows:
            by_key.setdefault(name_key(row.name), {})[index] = None
            cells = dict(zip(row.table.columns, map(visible, row.table.rows[row.row]), strict=True))
            spells.append(Spell(index, row.since, row.until, MappingProxyType(cells), row.table.path, row.line))
    for index, member in enumerate(members):
        by_key[name_key(member.id)] = {index: None}  # an id is never ambiguous
    columns = tuple(dict.fromkeys(column for table in tables for column in table.columns))
    keys = {key: tuple(indexes) for key, indexes in by_key.items()}
    return Roster(tuple(members), tuple(spells), columns, read - len(spells), keys)


# --- findings ---------------------------------------------------------------------------------


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


def _collision(row: _Row, other: _Row) -> Problem:
    return Problem(
        "colliding-id",
        row.place("id"),
        "the id {value} differs from {other} ({where}) only in width, case or blanks",
        "write the same id in the same way, and different ids more differently",
        (("value", row.id), ("other", other.id), ("where", other.source)),
    )


def _overlapping(row: _Row, other: _Row) -> Problem:
    values = (("id", row.id), ("where", other.source), ("line", str(row.line)))
    return Problem(
        "overlapping-spells",
        row.place("since" if row.table.index("since") is not None else "id"),
        "the spells of {id} in line {line} and in {where} share days",
        "end the earlier spell (until) before the later one starts (since), or delete one of the two",
        values,
    )


def _changed_name(row: _Row, first: _Row) -> Problem:
    return Problem(
        "changed-name",
        row.place("name"),
        "{id} is called {value} here and {other} in {where}",
        "if it is one person who changed name, nothing need be done; else correct the id",
        (("id", row.id), ("value", row.name), ("other", first.name), ("where", first.source)),
        Severity.WARNING,
    )


def _name_is_id(row: _Row) -> Problem:
    return Problem(
        "name-is-id",
        row.place("name"),
        "the name {value} of {id} is also another member's id",
        "give that member another id",
        (("value", row.name), ("id", row.id)),
    )


def _similar_name(row: _Row, other: _Row) -> Problem:
    return Problem(
        "similar-name",
        row.place("name"),
        "the name {value} ({id}) looks like {other} ({other_id}, {where}) but is written with other characters",
        "if it is one person, correct the name and the id; else nothing need be done",
        (
            ("value", row.name),
            ("id", row.id),
            ("other", other.name),
            ("other_id", other.id),
            ("where", other.source),
        ),
        Severity.WARNING,
    )


def _similar_id(row: _Row, other: _Row) -> Problem:
    return Problem(
        "similar-id",
        row.place("id"),
        "the id {value} is {other} ({where}) with other leading zeros",
        "if a spreadsheet has dropped the zeros, put them back",
        (("value", row.id), ("other", other.id), ("where", other.source)),
        Severity.WARNING,
    )
