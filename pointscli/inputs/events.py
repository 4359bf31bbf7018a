"""The event log's rows as entries: one for every member that an event names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from pointscli.inputs.vocabulary import Accepts, Vocabulary
from pointscli.inputs.log_rows import Bad, Cells, Record
from pointscli.inputs.table import RawTable
from pointscli.model.items import Item, Version
from pointscli.model.log import DAY_PLACES, KIND_PLACES, Entries
from pointscli.model.names import item_key
from pointscli.model.period import month_number
from pointscli.model.problem import Problem
from pointscli.model.units import POINT_PER_FILE_UNIT, QUANTITY

COLUMNS = ("id", "date", "member", "item", "quantity", "level", "points", "matter", "evidence", "stage", "scheme")
REFUSED = -1
"""Record number of an id whose row was refused."""


@dataclass(slots=True)
class EventRows:
    """What reading found: entries, the records behind them, ids, and how many rows were refused."""

    entries: Entries = field(default_factory=Entries)
    records: list[Record] = field(default_factory=list)
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


class EventReader:
    """Reads tables one after the other; `finish` puts the events in their order."""

    def __init__(self, words: Vocabulary, accepts: Accepts) -> None:
        """Start with nothing read."""
        self.words, self.accepts = words, accepts
        self.found = EventRows()
        self._named: dict[str, Record] = {}
        self._months: dict[int, int] = {}
        self._stages: dict[tuple[int, str], int | None | Bad] = {}

    def read(self, table: RawTable) -> None:
        """Read a table; a row with any finding is refused whole, with all its findings."""
        cells = Cells(table, COLUMNS)
        for number, row in enumerate(table.rows):
            self._row(table, number, cells.of(row))

    def finish(self) -> EventRows:
        """Order the events of a day: given ids by code point, then rows without one by file and row."""
        found = self.found
        names = {record: event_id for event_id, record in found.ids.items() if record != REFUSED}
        keys: list[tuple[int, str, int]] = []
        for number, record in enumerate(found.records):
            name = names.get(number)
            keys.append((1, record.table.path, record.row) if name is None else (0, name, 0))
        nth = [0] * len(keys)
        for place, number in enumerate(sorted(range(len(keys)), key=keys.__getitem__)):
            nth[number] = place
        entries = found.entries
        days = zip(entries.place, entries.record, strict=True)
        entries.place = [place + 2 * nth[record] for place, record in days]
        return found

    # -- one row

    def _row(self, table: RawTable, number: int, cells: Sequence[str]) -> None:
        words = self.words
        quantity, points = cells[4], cells[6]
        day = words.day(cells[1])
        values = (
            day,
            words.members(cells[2]),
            words.item(cells[3], cells[10], words.era(day)) if type(day) is int else (),
            words.number(quantity) if quantity else QUANTITY,
            words.number(points) if points else None,
        )
        if cells[1] in words.timed:
            self.found.problems.append(words.timed[cells[1]].at(table, number, "date"))
        bad = [(value, column) for value, column in zip(values, _READ, strict=True) if isinstance(value, Bad)]
        targets: tuple[Item, ...] | Bad = ()
        if not bad:
            targets = self._route(values[2], values[1], day)  # type: ignore[arg-type]
            bad = self._unfit(targets, cells)
        if self._is_known(cells[0], table, number) or bad:
            self.found.problems += [why.at(table, number, column) for why, column in bad]
            self._refuse(cells[0])
            return
        self._add(Record(table, number), cells, targets, values)  # type: ignore[arg-type]

    def _route(self, items: tuple[Item, ...], members: tuple[int, ...], day: int) -> tuple[Item, ...] | Bad:
        """The item for each member: of the one scheme that has it, or that accepts the member on that day."""
        if len(items) == 1:
            return items * len(members)
        chosen = []
        for member in members:
            accepting = [item for item in items if self.accepts(item.version, member, day)]
            if len(accepting) > 1:
                schemes = ", ".join(self.words.items.versions[item.version].scheme for item in accepting)
                return Bad(
                    "scheme-required",
                    "item {value} is in several schemes: {schemes}",
                    "write the scheme's id in the scheme column",
                    (("value", items[0].id), ("schemes", schemes)),
                )
            chosen.append(accepting[0] if accepting else items[0])
        return tuple(chosen)

    def _unfit(self, targets: tuple[Item, ...] | Bad, cells: Sequence[str]) -> list[tuple[Bad, str]]:
        """What is wrong with the row as a whole."""
        if isinstance(targets, Bad):
            return [(targets, "item")]
        bad: list[tuple[Bad, str]] = []
        if not cells[8] and any(item.evidence_required for item in targets):
            bad.append((_no_evidence(targets[0]), "evidence"))
        if cells[9]:
            stages = (self._stage(item.version, cells[9]) for item in targets)
            bad += [(stage, "stage") for stage in stages if isinstance(stage, Bad)][:1]
        return bad

    def _stage(self, version: int, text: str) -> int | None | Bad:
        """Index of the stage at which an event was recorded; without a review there is none."""
        key = (version, text)
        if key not in self._stages:
            self._stages[key] = find_stage(self.words.items.versions[version], text)
        return self._stages[key]

    def _is_known(self, event_id: str, table: RawTable, number: int) -> bool:
        """Whether the id was given before; both places are named."""
        record = Record(table, number)
        if not event_id:
            self.found.unnamed.add(record.where)
            return False
        first = self._named.setdefault(event_id, record)
        if first == record:
            return False
        bad = Bad(
            "duplicate-event-id",
            "event id {value} is used again",
            "it is first used at {first}; give every event its own id",
            (("value", event_id), ("first", first.where)),
        )
        self.found.problems.append(bad.at(table, number, "id"))
        return True

    def _refuse(self, event_id: str) -> None:
        self.found.refused += 1
        if event_id:
            self.found.ids.setdefault(event_id, REFUSED)

    def _add(
        self,
        record: Record,
        cells: Sequence[str],
        targets: tuple[Item, ...],
        values: tuple[int, tuple[int, ...], object, int, int | None],
    ) -> None:
        found, words = self.found, self.words
        day, members, _, quantity, points = values
        number = len(found.records)
        found.records.append(record)
        found.first_entry.append(len(found.entries))
        if cells[0]:
            found.ids[cells[0]] = number
        month = self._months.get(day)
        if month is None:
            month = self._months[day] = month_number(date.fromordinal(day))
        entries = found.entries
        for member, item in zip(members, targets, strict=True):
            entries.record.append(number)
            entries.member.append(member)
            entries.node.append(item.node)
            entries.month.append(month)
            entries.place.append(day * DAY_PLACES + KIND_PLACES)
            entries.quantity.append(quantity)
            entries.level.append(words.level(cells[5]) if cells[5] else None)
            entries.points.append(None if points is None else points * POINT_PER_FILE_UNIT)
            entries.matter.append(words.matter(cells[7]) if cells[7] else None)
            entries.named.append(len(members))
            entries.stage.append(self._stage(item.version, cells[9]))  # type: ignore[arg-type]
            found.items.append(item)


def find_stage(version: Version, text: str) -> int | None | Bad:
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


_READ = ("date", "member", "item", "quantity", "points")
"""Columns of the values that a row is read into."""
