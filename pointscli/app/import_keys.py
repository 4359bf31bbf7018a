"""What an event is, in one key: the same row imported again has the same id, whoever imports it and from where."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pointscli.app.inputs import Inputs
from pointscli.inputs.log_rows import Record
from pointscli.model.log import DAY_PLACES
from pointscli.model.names import item_key
from pointscli.model.normal import normal
from pointscli.model.units import POINT_PER_FILE_UNIT, QUANTITY

_DIGITS = 12
_TEXTS = ("reason", "evidence", "matter", "scheme")


@dataclass(frozen=True, slots=True)
class Read:
    """A row of a log or a form in the terms of the roster and the rules."""

    record: Record
    members: tuple[int, ...]
    day: date
    node: int
    item: str
    title: str
    quantity: int
    points: int | None
    """In 10⁻⁴, as quantities are."""

    @property
    def level(self) -> str:
        """The level's word."""
        return self.record.cell("level").strip()


def read_records(inputs: Inputs, numbers: Sequence[int]) -> Iterator[Read]:
    """Records by their numbers."""
    entries, events = inputs.events.entries, inputs.events
    for number in numbers:
        first = events.first_entry[number]
        count = entries.named[first]
        points = entries.points[first]
        yield Read(
            record=events.records[number],
            members=tuple(entries.member[first : first + count]),
            day=date.fromordinal(entries.place[first] // DAY_PLACES),
            node=entries.node[first],
            item=events.items[first].id,
            title=events.items[first].title,
            quantity=entries.quantity[first],
            points=None if points is None else points // POINT_PER_FILE_UNIT,
        )


def content_key(inputs: Inputs, read: Read) -> str:
    """Everything that makes an event what it is, as text; who wrote it down and its stage do not."""
    members = sorted(inputs.roster.members[member].id for member in read.members)
    texts = [_plain(read.record.cell(name)) for name in _TEXTS]
    numbers = [file_number(read.quantity), "" if read.points is None else file_number(read.points)]
    return json.dumps([members, read.day.isoformat(), read.item, item_key(read.level), numbers, texts])


class Ids:
    """Ids from keys: of equal rows in one file each has its own."""

    def __init__(self) -> None:
        """A file begins."""
        self._seen: Counter[str] = Counter()

    def give(self, key: str) -> str:
        """The id of the next row with a key."""
        self._seen[key] += 1
        nth = self._seen[key]
        text = key if nth == 1 else f"{key} {nth}"
        return "I" + hashlib.sha256(text.encode()).hexdigest()[:_DIGITS].upper()


def file_number(units: int) -> str:
    """A number of 10⁻⁴ as files have it: `2`, `0.5`, `-1.25`."""
    whole, rest = divmod(abs(units), QUANTITY)
    text = f"{whole}.{rest:04d}".rstrip("0").rstrip(".") if rest else str(whole)
    return f"-{text}" if units < 0 else text


def _plain(text: str) -> str:
    return " ".join(normal("NFKC", text).split())
