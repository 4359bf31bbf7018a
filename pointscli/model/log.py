"""The event log and the review log as columns of integers: one entry is an event for one member."""

from __future__ import annotations

from dataclasses import dataclass, field

DAY_PLACES = 2**35
"""Places of a day in the order of postings: `day * DAY_PLACES + kind * KIND_PLACES + 2 * order (+ 1: a ceiling)`."""
KIND_PLACES = 2**33
"""Places of one kind of posting in a day: grants 0, events 1, posted totals 2."""


@dataclass(slots=True)
class Entries:
    """Columns of equal length: `record` is the row's number in the log, `named` how many members it names.

    Quantities in 10⁻⁴, points in 10⁻⁹, level and matter as numbers of `EventLog.levels` and of matters.
    """

    record: list[int] = field(default_factory=list)
    member: list[int] = field(default_factory=list)
    node: list[int] = field(default_factory=list)
    month: list[int] = field(default_factory=list)
    place: list[int] = field(default_factory=list)
    quantity: list[int] = field(default_factory=list)
    level: list[int | None] = field(default_factory=list)
    points: list[int | None] = field(default_factory=list)
    matter: list[int | None] = field(default_factory=list)
    named: list[int] = field(default_factory=list)
    stage: list[int | None] = field(default_factory=list)

    def __len__(self) -> int:
        """Number of entries."""
        return len(self.record)


@dataclass(slots=True)
class Decisions:
    """Columns of the review log's decisions about events, one row an entry and decision, in file order."""

    entry: list[int] = field(default_factory=list)
    seq: list[int] = field(default_factory=list)
    day: list[int] = field(default_factory=list)
    decision: list[str] = field(default_factory=list)
    stage: list[int | None] = field(default_factory=list)
    quantity: list[int | None] = field(default_factory=list)
    level: list[int | None] = field(default_factory=list)
    points: list[int | None] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class NominationDecision:
    """A decision about a nomination `OUTCOME/PERIOD/MEMBER` (scheme empty: not said)."""

    scheme: str
    outcome: str
    period: str
    member: str
    day: int
    decision: str
    stage: str


@dataclass(frozen=True, slots=True)
class EventLog:
    """The typed logs; `levels` are the level words by number (see `names.item_key`)."""

    entries: Entries
    levels: tuple[str, ...]
    decisions: Decisions
    nominations: tuple[NominationDecision, ...]
