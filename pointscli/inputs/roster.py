"""The roster: members, their spells, and how a cell of the log names a member."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from types import MappingProxyType

from pointscli.inputs import roster_findings as findings
from pointscli.inputs.grammar import name_key, visible
from pointscli.inputs.headers import header_key
from pointscli.inputs.identity import NearMisses, folded_id, lookalike_key
from pointscli.inputs.roster_rows import RosterRow, read_row
from pointscli.inputs.table import RawTable
from pointscli.model.problem import Problem

KINDS = {
    "full": "正式党员",
    "probationary": "预备党员",
    "activist": "入党积极分子",
    "development_target": "发展对象",
    "applicant": "入党申请人",
}
_KIND_IDS = {header_key(word): kind for kind, title in KINDS.items() for word in (kind, title)}


@lru_cache(maxsize=1 << 10)
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


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A name that several members bear: `M001 张三`, `M007 张三`."""

    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """A text that is nobody's id or name, and members it may mean."""

    near: tuple[str, ...]


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

    def find(self, text: str) -> int | Ambiguous | Unknown:
        """The index of the member whose id, or whose name if only one bears it, a text is."""
        found = self._by_key.get(name_key(text), ())
        if len(found) == 1:
            return found[0]
        if found:
            return Ambiguous(tuple(map(self.title, found)))
        return Unknown(tuple(self.title(index) for index in self._near.search(text)))

    def title(self, index: int) -> str:
        """`M001 张三`, for messages."""
        member = self.members[index]
        return f"{member.id} {member.name}"

    @cached_property
    def _near(self) -> NearMisses:
        return NearMisses(
            (text, index) for index, member in enumerate(self.members) for text in (member.id, member.name)
        )


def read_roster(tables: Iterable[RawTable]) -> tuple[Roster, list[Problem]]:
    """Join all roster tables into one roster, with every finding; a row with an error is not in it."""
    tables = list(tables)
    problems: list[Problem] = []
    read = [(table, index) for table in tables for index in range(len(table.rows))]
    rows = [row for table, index in read if (row := read_row(table, index, problems))]
    grouped: dict[str, list[RosterRow]] = {}
    for row in _check_collisions(rows, problems):
        grouped.setdefault(row.id, []).append(row)
    by_id = {member_id: _check_overlaps(spells, problems) for member_id, spells in grouped.items()}
    _check_names(by_id, problems)
    return _build(tables, by_id, len(read)), problems


def _check_collisions(rows: list[RosterRow], problems: list[Problem]) -> list[RosterRow]:
    """Rows whose id differs from an earlier one only in width, case or blanks are wrong; the others go on."""
    first: dict[str, RosterRow] = {}
    good = []
    for row in rows:
        other = first.setdefault(folded_id(row.id), row)
        if other.id == row.id:
            good.append(row)
        else:
            problems.append(findings.collision(row, other))
    return good


def _check_overlaps(spells: list[RosterRow], problems: list[Problem]) -> list[RosterRow]:
    """Of two spells of a member that share a day, the later row is wrong; the others go on."""
    good: list[RosterRow] = []
    starts: list[date] = []
    in_time: list[RosterRow] = []
    for row in spells:
        place = bisect_right(starts, row.since or date.min)
        near = in_time[max(place - 1, 0) : place + 1]  # good spells share no day: only the neighbours can
        other = next((other for other in near if _overlap(row, other)), None)
        if other is None:
            good.append(row)
            starts.insert(place, row.since or date.min)
            in_time.insert(place, row)
        else:
            problems.append(findings.overlapping(row, other))
    return good


def _overlap(one: RosterRow, other: RosterRow) -> bool:
    return (one.since or date.min) <= (other.until or date.max) and (other.since or date.min) <= (one.until or date.max)


def _check_names(by_id: Mapping[str, list[RosterRow]], problems: list[Problem]) -> None:
    """Names: changed within an id, equal to another's id, or like another's name but not the same."""
    ids = {name_key(member_id): member_id for member_id in by_id}
    alike: dict[str, RosterRow] = {}
    for member_id, spells in by_id.items():
        for row in spells:
            key = name_key(row.name)
            if row is not spells[0] and key != name_key(spells[0].name):
                problems.append(findings.changed_name(row, spells[0]))
            if ids.get(key, member_id) != member_id:
                problems.append(findings.name_is_id(row))
            other = alike.setdefault(lookalike_key(row.name), row)
            if other is not row and name_key(other.name) != key and other.id != row.id:
                problems.append(findings.similar_name(row, other))
    _check_similar_ids(by_id, problems)


def _check_similar_ids(by_id: Mapping[str, list[RosterRow]], problems: list[Problem]) -> None:
    first: dict[str, RosterRow] = {}
    for member_id, spells in by_id.items():
        other = first.setdefault(member_id.lstrip("0"), spells[0])
        if other.id != member_id:
            problems.append(findings.similar_id(spells[0], other))


def _build(tables: list[RawTable], by_id: Mapping[str, list[RosterRow]], read: int) -> Roster:
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
