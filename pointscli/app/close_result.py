"""What closing a year made: one opening a member, and the table of them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pointscli.model.period import Period
from pointscli.model.table import Cell, Column, Table
from pointscli.outputs.card_words import CardWords
from pointscli.outputs.titles import Language, Words


@dataclass(frozen=True, slots=True)
class Opening:
    """What becomes of one member: the amount carried, the event's id, and its state."""

    scheme: str
    member: int
    name: str
    score: Decimal
    points: Decimal
    id: str
    state: str
    """planned, written, there, left_out or nothing."""
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Closed:
    """The result of closing a year."""

    openings: tuple[Opening, ...]
    file: str
    language: Language
    year: Period
    ids: tuple[str, ...]
    """Of the members of the openings."""

    def count(self, state: str) -> int:
        """How many are in a state."""
        return sum(one.state == state for one in self.openings)

    def table(self) -> Table:
        """A row a member."""
        texts, words = CardWords(self.language), Words(self.language)
        columns = (
            *(Column(key, words.title(key)) for key in ("member", "name")),
            Column("scheme", texts.text("scheme")),
            Column("score", words.title("score"), "number"),
            Column("points", texts.text("points"), "number"),
            Column("event", texts.text("event")),
            Column("state", texts.text("state")),
        )
        rows: list[tuple[Cell, ...]] = [
            (member, one.name, one.scheme, one.score, one.points, one.id, texts.text(one.state))
            for member, one in zip(self.ids, self.openings, strict=True)
        ]
        return Table(texts.text("closing", period=words.period(self.year)), columns, tuple(rows))
