"""Asks at a terminal for what the options do not say: members, item, day, and what the item's price needs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from pointscli.inputs.grammar import CellError, parse_date, parse_number
from pointscli.model.problem import FindingsError, Refused
from pointscli.scheme.types import BandPrice, FixedPrice, LevelPrice, Node, PercentPrice, RangePrice, TotalPrice

if TYPE_CHECKING:
    from pointscli.app.record import Desk, Draft
    from pointscli.cli.world import World
    from pointscli.model.items import Item

T = TypeVar("T")
_COUNTED = (FixedPrice, LevelPrice, BandPrice, TotalPrice, PercentPrice)
_MOST = 12
_YES, _NO = ("y", "yes", "是", "好"), ("n", "no", "否", "不")


class Prompts:
    """The questions of one event."""

    def __init__(self, world: World, desk: Desk) -> None:
        """Ask about a workspace."""
        self.world, self.desk = world, desk

    def draft(self, members: Sequence[str], cells: dict[str, str]) -> Draft:
        """Ask until the event has no errors; what the options say is not asked."""
        from pointscli.app.record import draft_event  # noqa: PLC0415  (help must not load the readers)

        cells, named = dict(cells), list(members)
        while True:
            named = named or self._members()
            self._fill(cells)
            try:
                return draft_event(self.desk, named, cells)
            except FindingsError as error:
                self.world.say_problems(error.problems)
                wrong = {problem.place.path.removeprefix("--") for problem in error.problems}
                if not wrong & {*cells, "member", "level", "points", "evidence"}:
                    raise
                cells = {column: text for column, text in cells.items() if column not in wrong}
                named = [] if "member" in wrong else named

    def _fill(self, cells: dict[str, str]) -> None:
        if "date" not in cells:
            cells["date"] = self._date()
        day = _day(cells["date"])
        if "item" not in cells:
            item = self._item(day, cells.get("scheme", ""))
            cells["item"] = item.title
        found = self.desk.choices.items(cells["item"], day, cells.get("scheme", ""))
        if len(found) == 1:
            self._price(self.desk.choices.node(found[0]), cells)
        if "reason" not in cells:
            cells["reason"] = self._ask("Reason (Enter: none)")
        required = any(item.evidence_required for item in found)
        if "evidence" not in cells or (required and not cells["evidence"]):
            label = "Evidence" if required else "Evidence (Enter: none)"
            cells["evidence"] = self._until(label, lambda text: text if text or not required else None)

    def _members(self) -> list[str]:
        chosen: list[int] = []
        label = "Member (id, name or pinyin initials)"
        while True:
            text = self._ask(label)
            if not text and chosen:
                return [self.desk.roster.members[number].id for number in chosen]
            found = self.desk.choices.members(text, partly=True) if text else ()
            if not found:
                self.world.say("nobody fits; type an id, a name or pinyin initials")
                continue
            number = self._choose(found, self.desk.choices.member_title)
            if number is None:
                continue
            if number not in chosen:
                chosen.append(number)
            self.world.say("  {member}", member=self.desk.choices.member_title(number))
            label = "Another member (Enter: no more)"

    def _item(self, day: date | None, scheme: str) -> Item:
        while True:
            text = self._ask("Item (words of its title, or its id)")
            found = self.desk.choices.items(text, day, scheme) if text else ()
            if not found:
                self.world.say("no item fits; type words of its title")
                continue
            if (item := self._choose(found, lambda one: f"{one.title}: {self._scoring(one)}")) is not None:
                return item

    def _date(self) -> str:
        today = self.world.today.isoformat()
        return self._until("Date (Enter: {today})", lambda text: _iso(text or today), today=today)

    def _price(self, node: Node, cells: dict[str, str]) -> None:
        """What the item's price is worked out from."""
        match node.points:
            case LevelPrice(levels) if not cells.get("level"):
                words = [level for level, _ in levels]
                self.world.say("Levels: {levels}", levels=self._numbered(words))
                cells["level"] = self._until("Level (number or word)", lambda text: _picked(words, text))
            case RangePrice(low, high) if not cells.get("points"):
                cells["points"] = self._until("Points ({low} to {high})", _number, low=low, high=high)
        if isinstance(node.points, _COUNTED) and "quantity" not in cells:
            label = "Quantity in {unit} (Enter: 1)" if node.unit else "Quantity (Enter: 1)"
            cells["quantity"] = self._until(label, lambda text: _number(text) if text else "", unit=node.unit)

    def _choose(self, found: Sequence[T], title: Callable[[T], str]) -> T | None:
        """The only one, or the one whose number is typed; None: ask for other words."""
        if len(found) == 1:
            return found[0]
        for number, one in enumerate(found[:_MOST], 1):
            self.world.say("  {number}. {title}", number=number, title=title(one))
        if len(found) > _MOST:
            self.world.say("  … {count} in all; more words tell them apart", count=len(found))
        text = self._ask("Number (Enter: other words)")
        return found[int(text) - 1] if text in map(str, range(1, min(len(found), _MOST) + 1)) else None

    def _numbered(self, words: Sequence[str]) -> str:
        return "  ".join(f"{number}. {word}" for number, word in enumerate(words, 1))

    def _scoring(self, item: Item) -> str:
        from pointscli.app.record_preview import scoring_sentence  # noqa: PLC0415  (loads the computation)

        return scoring_sentence(self.desk, item, self.desk.workspace.language)

    def _ask(self, label: str, **args: object) -> str:
        return ask(self.world, label, **args)

    def _until(self, label: str, read: Callable[[str], str | None], **args: object) -> str:
        """Ask until an answer can be read."""
        while True:
            text = read(self._ask(label, **args))
            if text is not None:
                return text
            self.world.say("this cannot be read; once more, please")


def ask(world: World, label: str, **args: object) -> str:
    """One answer, without blanks around it; Refused if nobody answers any more."""
    from rich.console import Console  # noqa: PLC0415  (only at a terminal)

    text = world.translate(label).format(**args)
    console = Console(stderr=True, no_color=world.no_color, highlight=False)
    try:
        return console.input(f"{text}: ", markup=False, emoji=False).strip()
    except EOFError:
        raise Refused("nothing was recorded: the answers ended", "give the event as options instead") from None


def confirm(world: World) -> bool:
    """Whether the event is to be recorded."""
    while True:
        answer = ask(world, "Record it? y/n").casefold()
        if answer in _YES or answer in _NO:
            return answer in _YES


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except CellError:
        return None


def _iso(text: str) -> str | None:
    day = _day(text)
    return day.isoformat() if day else None


def _number(text: str) -> str | None:
    try:
        parse_number(text)
    except CellError:
        return None
    return text


def _picked(words: Sequence[str], text: str) -> str | None:
    """A word by its number, or as typed."""
    if text.isdigit() and 1 <= int(text) <= len(words):
        return words[int(text) - 1]
    return text if text in words else None
