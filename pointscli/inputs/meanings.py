"""What each text of an event log means, by the same rules as row by row; a text that is wrong has no meaning here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from pointscli.inputs.events import find_stage
from pointscli.inputs.fast_csv import is_seen
from pointscli.inputs.log_rows import Bad
from pointscli.inputs.vocabulary import Memo, Vocabulary
from pointscli.model.dictionaries import Dictionaries
from pointscli.model.period import month_number
from pointscli.model.units import POINT_PER_FILE_UNIT, QUANTITY

COLUMNS = ("date", "member", "item", "quantity", "points", "level", "stage", "scheme")
_USUAL_NUMBERS = 100


class Meanings:
    """Texts by column, and what they mean."""

    def __init__(self, words: Vocabulary) -> None:
        """Start with what every log says."""
        self.words = words
        self.texts: dict[str, dict[str, None]] = {column: {} for column in COLUMNS}
        self.learn("scheme", ("",))
        self.learn("quantity", map(str, range(_USUAL_NUMBERS + 1)))

    def learn(self, column: str, texts: Iterable[str]) -> None:
        """Take texts of a column into the dictionaries."""
        if column in self.texts:
            self.texts[column].update(dict.fromkeys(texts))

    def learn_days_between(self) -> None:
        """Take every day from the first to the last one known, as ISO text."""
        known = [day for text in self.texts["date"] if isinstance(day := self._day(text), int)]
        days = range(min(known, default=0), max(known, default=-1) + 1)
        self.learn("date", (date.fromordinal(day).isoformat() for day in days))

    @property
    def eras(self) -> dict[tuple[int, ...], int]:
        """Sets of versions in force on the known days, numbered."""
        found = (self.words.era[day] for text in self.texts["date"] if isinstance(day := self._day(text), int))
        return {era: number for number, era in enumerate(dict.fromkeys(found))}

    def rows(self) -> Dictionaries:
        """The dictionaries of all texts so far."""
        words, texts = self.words, self.texts
        return Dictionaries(
            days=list(self._days()),
            people=list(self._people()),
            things=list(self._things()),
            quantities=[
                (text, number) for text in texts["quantity"] if isinstance(number := self._quantity(text), int)
            ],
            amounts=[(text, points) for text in texts["points"] if not isinstance(points := self._points(text), Bad)],
            grades=[(text, words.level[text.strip()]) for text in texts["level"]],
            phases=list(self._phases()),
            firsts=[(number, stage) for number, stage in self._firsts().items() if not isinstance(stage, Bad)],
        )

    def _day(self, text: str) -> int | Bad | None:
        """The day; None for what is to be looked at: characters that cannot be seen, a time of day."""
        day = self.words.day[text.strip()]
        return day if is_seen(text) and text.strip() not in self.words.timed else None

    def _days(self) -> Iterator[tuple[str, int, int, int]]:
        eras = self.eras
        months: Memo[int, int] = Memo(lambda day: month_number(date.fromordinal(day)))
        for text in self.texts["date"]:
            day = self._day(text)
            if isinstance(day, int):
                yield text, day, months[day], eras[self.words.era[day]]

    def _people(self) -> Iterator[tuple[str, int, int, int]]:
        """Ids of members first: each is one member's, and nobody else's name."""
        known = {member.id: number for number, member in enumerate(self.words.roster.members)}
        yield from ((text, number, 0, 1) for text, number in known.items())
        for text in filter(lambda text: text not in known, self.texts["member"]):
            members = self.words.members[text.strip()]
            if not isinstance(members, Bad) and is_seen(text):
                for place, found in enumerate(members):
                    yield text, found, place, len(members)

    def _firsts(self) -> dict[int, int | Bad | None]:
        return {number: find_stage(version, "") for number, version in enumerate(self.words.index.versions)}

    def _things(self) -> Iterator[tuple[str, str, int, int, int, bool]]:
        eras = self.eras
        for text in filter(is_seen, self.texts["item"]):
            for scheme in self.texts["scheme"]:
                for era, number in eras.items():
                    items = self.words.item[text.strip(), scheme.strip(), era]
                    if not isinstance(items, Bad) and len(items) == 1:
                        yield text, scheme, number, items[0].node, items[0].version, items[0].evidence_required

    def _phases(self) -> Iterator[tuple[str, int, int | None]]:
        for text in self.texts["stage"]:
            for number, version in enumerate(self.words.index.versions):
                stage = find_stage(version, text.strip())
                if not isinstance(stage, Bad):
                    yield text, number, stage

    def _quantity(self, text: str) -> int | Bad:
        return self.words.number[text.strip()] if text.strip() else QUANTITY

    def _points(self, text: str) -> int | Bad | None:
        if not text.strip():
            return None
        points = self.words.number[text.strip()]
        return points if isinstance(points, Bad) else points * POINT_PER_FILE_UNIT
