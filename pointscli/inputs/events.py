"""The event log's rows as entries: one for every member that an event names.

Tables are read column by column: a text that stands a thousand times is worked out once.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from pointscli.inputs.log_rows import Bad, Record
from pointscli.inputs.table import RawTable
from pointscli.inputs.vocabulary import Accepts, Memo, Vocabulary
from pointscli.model.items import Item, Version
from pointscli.model.log import DAY_PLACES, KIND_PLACES, Entries
from pointscli.model.names import item_key
from pointscli.model.period import month_number
from pointscli.model.problem import Problem
from pointscli.model.units import POINT_PER_FILE_UNIT, QUANTITY

REFUSED = -1
"""Record number of an id whose row was refused."""
Value = TypeVar("Value")


class Records(Sequence[Record]):
    """The rows behind the records, by number: table after table."""

    def __init__(self) -> None:
        """Start with no table."""
        self._tables: list[tuple[RawTable, list[int]]] = []
        self._firsts: list[int] = []
        self._length = 0

    def add(self, table: RawTable, rows: list[int]) -> None:
        """Number the good rows of a table."""
        self._tables.append((table, rows))
        self._firsts.append(self._length)
        self._length += len(rows)

    def __len__(self) -> int:
        """Number of records."""
        return self._length

    def __getitem__(self, number: int) -> Record:  # type: ignore[override]
        """The row of a record."""
        place = bisect_right(self._firsts, number) - 1
        table, rows = self._tables[place]
        return Record(table, rows[number - self._firsts[place]])


@dataclass(slots=True)
class EventRows:
    """What reading found: entries, the records behind them, ids, and how many rows were refused."""

    entries: Entries = field(default_factory=Entries)
    records: Records = field(default_factory=Records)
    first_entry: list[int] = field(default_factory=list)
    """First entry of each record."""
    items: list[Item] = field(default_factory=list)
    """The item of each entry."""
    ids: dict[str, int] = field(default_factory=dict)
    """Given id → record (`REFUSED`: a row that was refused)."""
    unnamed: set[str] = field(default_factory=set)
    """`FILE:LINE` of the rows without an id."""
    problems: list[Problem] = field(default_factory=list)
    refused: int = 0


@dataclass(frozen=True, slots=True)
class _Columns:
    """A table's columns, each text in its meaning."""

    id: list[str]
    date: Sequence[int | Bad]
    member: Sequence[tuple[int, ...] | Bad]
    item: Sequence[tuple[Item, ...] | Bad]
    quantity: Sequence[int | Bad]
    points: Sequence[int | Bad | None]
    level: Sequence[int | None]
    matter: Sequence[int | None]
    stage: list[str]
    evidence: list[str]


class EventReader:
    """Reads tables one after the other; `finish` puts the events in their order."""

    def __init__(self, words: Vocabulary, accepts: Accepts) -> None:
        """Start with nothing read."""
        self.words, self.accepts = words, accepts
        self.found = EventRows()
        self._named: dict[str, Record] = {}
        self._keys: list[tuple[int, str, int]] = []
        self._stage: Memo[tuple[int, str], int | Bad | None] = Memo(
            lambda key: find_stage(words.index.versions[key[0]], key[1])
        )
        self._month: Memo[int, int] = Memo(lambda day: month_number(date.fromordinal(day)))

    def read(self, table: RawTable) -> None:
        """Read a table; a row with any finding is refused whole, with all its findings."""
        columns = self._columns(table)
        bad: dict[int, list[tuple[Bad, str]]] = {}
        for name in ("date", "member", "item", "quantity", "points"):
            for row, value in enumerate(getattr(columns, name)):
                if type(value) is Bad:
                    column = "scheme" if value.name == "unknown-scheme" else name
                    bad.setdefault(row, []).append((value, column))
        targets = self._route(columns, bad)
        self._check_rows(columns, targets, bad)
        self._check_ids(table, columns, bad)
        for row, found in bad.items():
            self.found.problems += [why.at(table, row, column) for why, column in found]
            if columns.id[row]:
                self.found.ids.setdefault(columns.id[row], REFUSED)
        self.found.refused += len(bad)
        self._add(table, columns, targets, [row for row in range(len(table.rows)) if row not in bad])

    def finish(self) -> EventRows:
        """Order the events of a day: given ids by code point, then rows without one by file and row."""
        nth = [0] * len(self._keys)
        for place, number in enumerate(sorted(range(len(self._keys)), key=self._keys.__getitem__)):
            nth[number] = 2 * place
        entries = self.found.entries
        entries.place = [place + nth[record] for place, record in zip(entries.place, entries.record, strict=True)]
        return self.found

    # -- one table

    def _columns(self, table: RawTable) -> _Columns:
        words = self.words
        cells = {name: table.index(name) for name in _NAMES}

        def texts(name: str) -> list[str]:
            place = cells[name]
            return [""] * len(table.rows) if place is None else [row[place].strip() for row in table.rows]

        dates = texts("date")
        days = [words.day[text] for text in dates]
        timed = words.timed
        if timed:
            rows = (row for row, text in enumerate(dates) if text in timed)
            self.found.problems += [timed[dates[row]].at(table, row, "date") for row in rows]
        items = zip(texts("item"), texts("scheme"), (words.era[day] for day in days), strict=True)
        return _Columns(
            id=texts("id"),
            date=days,
            member=[words.members[text] for text in texts("member")],
            item=[words.item[key] if type(day) is int else () for key, day in zip(items, days, strict=True)],
            quantity=[words.number[text] if text else QUANTITY for text in texts("quantity")],
            points=[words.number[text] if text else None for text in texts("points")],
            level=[words.level[text] for text in texts("level")],
            matter=[words.matter[text] for text in texts("matter")],
            stage=texts("stage"),
            evidence=texts("evidence"),
        )

    def _route(self, columns: _Columns, bad: dict[int, list[tuple[Bad, str]]]) -> list[tuple[Item, ...]]:
        """For each row the item of each member: of the one scheme that has it, or that accepts the member that day."""
        targets: list[tuple[Item, ...]] = []
        for row, (items, members) in enumerate(zip(columns.item, columns.member, strict=True)):
            if row in bad or isinstance(items, Bad) or isinstance(members, Bad):
                targets.append(())
            elif len(items) == 1:
                targets.append(items * len(members))
            else:
                chosen = self._choose(items, members, columns.date[row])  # type: ignore[arg-type]
                if isinstance(chosen, Bad):
                    bad[row] = [(chosen, "item")]
                targets.append(() if isinstance(chosen, Bad) else chosen)
        return targets

    def _choose(self, items: tuple[Item, ...], members: tuple[int, ...], day: int) -> tuple[Item, ...] | Bad:
        chosen = []
        for member in members:
            accepting = [item for item in items if self.accepts(item.version, member, day)]
            if len(accepting) > 1:
                schemes = ", ".join(self.words.index.versions[item.version].scheme for item in accepting)
                return Bad(
                    "scheme-required",
                    "item {value} is in several schemes: {schemes}",
                    "write the scheme's id in the scheme column",
                    (("value", items[0].id), ("schemes", schemes)),
                )
            chosen.append(accepting[0] if accepting else items[0])
        return tuple(chosen)

    def _check_rows(
        self, columns: _Columns, targets: list[tuple[Item, ...]], bad: dict[int, list[tuple[Bad, str]]]
    ) -> None:
        """Evidence where an item requires it, and stages that the item's scheme has."""
        for row, items in enumerate(targets):
            for item in items:
                if item.evidence_required and not columns.evidence[row]:
                    bad.setdefault(row, []).append((_no_evidence(item), "evidence"))
                    break
            stage = columns.stage[row]
            if stage:
                wrong = [found for item in items if isinstance(found := self._stage[item.version, stage], Bad)]
                if wrong:
                    bad.setdefault(row, []).append((wrong[0], "stage"))

    def _check_ids(self, table: RawTable, columns: _Columns, bad: dict[int, list[tuple[Bad, str]]]) -> None:
        """Every id is given once; of two rows with the same one the second is refused, and both places are named."""
        for row, event_id in enumerate(columns.id):
            if not event_id:
                self.found.unnamed.add(Record(table, row).where)
            elif event_id in self._named:
                why = Bad(
                    "duplicate-event-id",
                    "event id {value} is used again",
                    "it is first used at {first}; give every event its own id",
                    (("value", event_id), ("first", self._named[event_id].where)),
                )
                bad.setdefault(row, []).append((why, "id"))
            else:
                self._named[event_id] = Record(table, row)

    def _add(self, table: RawTable, columns: _Columns, targets: list[tuple[Item, ...]], rows: list[int]) -> None:
        """Make entries of the good rows."""
        found, entries = self.found, self.found.entries
        first = len(found.records)
        found.records.add(table, rows)
        entry = len(entries)
        for number, row in enumerate(rows, first):
            event_id = columns.id[row]
            if event_id:
                found.ids[event_id] = number
                self._keys.append((0, event_id, 0))
            else:
                self._keys.append((1, table.path, row))
            found.first_entry.append(entry)
            entry += len(targets[row])
        expanded = [
            (number, row, member, item)
            for number, row in enumerate(rows, first)
            for member, item in zip(columns.member[row], targets[row], strict=True)  # type: ignore[arg-type]
        ]
        days = [columns.date[row] for _, row, _, _ in expanded]
        entries.record += [number for number, _, _, _ in expanded]
        entries.member += [member for _, _, member, _ in expanded]
        entries.node += [item.node for _, _, _, item in expanded]
        entries.month += [self._month[day] for day in days]  # type: ignore[index]
        entries.place += [day * DAY_PLACES + KIND_PLACES for day in days]  # type: ignore[operator]
        entries.quantity += _taken(columns.quantity, expanded)  # type: ignore[arg-type]
        entries.level += _taken(columns.level, expanded)
        entries.points += [
            None if points is None else points * POINT_PER_FILE_UNIT  # type: ignore[operator]
            for points in _taken(columns.points, expanded)
        ]
        entries.matter += _taken(columns.matter, expanded)
        entries.named += [len(targets[row]) for _, row, _, _ in expanded]
        entries.stage += [self._stage[item.version, columns.stage[row]] for _, row, _, item in expanded]  # type: ignore[misc]
        found.items += [item for _, _, _, item in expanded]


def _taken(column: Sequence[Value], expanded: Iterable[tuple[int, int, int, Item]]) -> list[Value]:
    return [column[row] for _, row, _, _ in expanded]


def find_stage(version: Version, text: str) -> int | Bad | None:
    """Index of a stage by id or title; empty is the first one, without a review there is none."""
    if not version.stages:
        return None
    if not text:
        return 0
    found = version.stages.get(item_key(text))
    if found is None:
        return Bad(
            "unknown-stage",
            "scheme {scheme} has no stage {value}",
            "its stages are: {stages}",
            (("scheme", version.scheme), ("value", text), ("stages", ", ".join(version.stage_ids))),
        )
    return found


def _no_evidence(item: Item) -> Bad:
    return Bad(
        "no-evidence",
        "an event of {item} needs evidence",
        "write what proves it in the evidence column",
        (("item", item.title),),
    )


_NAMES = ("id", "date", "member", "item", "quantity", "level", "points", "matter", "evidence", "stage", "scheme")
