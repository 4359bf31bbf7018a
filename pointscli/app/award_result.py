"""What awards as events made: one award a member, and the table of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pointscli.model.period import Period
from pointscli.model.table import Cell, Column, Table
from pointscli.outputs.card_words import CardWords
from pointscli.outputs.titles import Language, Words


@dataclass(frozen=True, slots=True)
class Award:
    """What becomes of one member's award: an event, or why there is none."""

    member: str
    name: str
    outcome: str
    state: str
    """planned, written, there or refused."""
    cells: dict[str, str]
    why: str = ""


@dataclass(frozen=True, slots=True)
class Awarded:
    """The result of writing awards as events."""

    awards: tuple[Award, ...]
    file: str
    stage: str
    """The first stage of the review that the events have yet to go through; empty: they count at once."""
    stale: tuple[str, ...]
    """Events there of members who are on the list no more."""
    nominated: int
    """So many are nominated only: no stage has confirmed them yet."""
    table: Table

    def count(self, state: str) -> int:
        """How many are in a state."""
        return sum(one.state == state for one in self.awards)


def award_table(awards: Sequence[Award], language: Language, period: Period) -> Table:
    """A row a member."""
    texts, words = CardWords(language), Words(language)
    keys = ("item", "level", "points", "date", "reason", "evidence")
    columns = (
        *(Column(key, words.title(key)) for key in ("member", "name", "title")),
        *(Column(key, texts.text(key)) for key in keys),
        Column("event", texts.text("event")),
        Column("state", texts.text("state")),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            one.member,
            one.name,
            one.outcome,
            *(one.cells.get(key, "") for key in keys),
            one.cells.get("id", ""),
            texts.text(one.state, why=one.why),
        )
        for one in awards
    ]
    return Table(texts.text("awarding", period=words.period(period)), columns, tuple(rows))
