"""The redemption log: who redeemed which gift, and whether the stock was enough.

Whether the balance was enough is for `points balance`, which works out what was earned when.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pointscli.app.inputs import Inputs, read_leniently
from pointscli.app.workspace import Workspace
from pointscli.inputs.files import repeated_files
from pointscli.inputs.grammar import split_members
from pointscli.inputs.headers import REDEMPTIONS
from pointscli.inputs.log_rows import Bad, Cells
from pointscli.inputs.table import RawTable
from pointscli.model.names import item_key
from pointscli.model.problem import Problem, Severity
from pointscli.model.units import QUANTITY
from pointscli.scheme.result_types import Gift

COLUMNS = ("date", "member", "gift", "count")
Found = tuple[Bad, str]


@dataclass(frozen=True, slots=True)
class _Row:
    """A redemption: day, gifts that its word may mean (scheme, gift), count."""

    day: int
    gifts: tuple[tuple[str, Gift], ...]
    count: int


def check_redemptions(inputs: Inputs, workspace: Workspace, today: date) -> list[Problem]:
    """Every finding in the redemption log: of its tables, and of their rows."""
    checker = _Checker(inputs, today)
    problems = repeated_files(workspace.redemptions, workspace.shown)
    for path in workspace.redemptions:
        table, found = read_leniently(path, workspace.shown(path), REDEMPTIONS)
        problems += found
        if table is not None:
            problems += checker.read(table)
    return problems


class _Checker:
    """Reads tables in order and counts what left the stock."""

    def __init__(self, inputs: Inputs, today: date) -> None:
        self.inputs, self.today = inputs, today.toordinal()
        self._left: dict[tuple[str, str], int] = {}

    def read(self, table: RawTable) -> list[Problem]:
        """Findings of a table."""
        cells = Cells(table, COLUMNS)
        return [
            bad.at(table, number, column)
            for number, row in enumerate(table.rows)
            for bad, column in self._row(cells.of(row))
        ]

    def _row(self, cells: list[str]) -> Iterator[Found]:
        """A row's findings; one that is refused takes nothing from the stock."""
        found = list(self._wrong(cells))
        yield from found
        words = self.inputs.words
        day, count = words.day[cells[0]], words.number[cells[3]] if cells[3] else QUANTITY
        if not found and isinstance(day, int) and isinstance(count, int):
            yield from self._amount(_Row(day, self._gifts(cells[2]), count // QUANTITY))

    def _wrong(self, cells: list[str]) -> Iterator[Found]:
        words = self.inputs.words
        day, count = words.day[cells[0]], words.number[cells[3]] if cells[3] else QUANTITY
        for value, column in ((day, "date"), (count, "count")):
            if isinstance(value, Bad):
                yield value, column
        if isinstance(count, int) and (count <= 0 or count % QUANTITY):
            hint = "write how many, a whole number from 1 on"
            yield Bad("bad-count", "{value} is not a number of gifts", hint, (("value", cells[3]),)), "count"
        yield from self._member(cells[1])
        if not self._gifts(cells[2]):
            yield _unknown_gift(self.inputs, cells[2]), "gift"

    def _member(self, text: str) -> Iterator[Found]:
        found = self.inputs.words.members[text]
        if isinstance(found, Bad):
            yield found, "member"
        elif len(split_members(text)) > 1:
            hint = "write a row for each of them"
            yield (
                Bad("several-redeemers", "several members in one redemption: {value}", hint, (("value", text),)),
                ("member"),
            )

    def _gifts(self, text: str) -> tuple[tuple[str, Gift], ...]:
        key = item_key(text)
        return tuple(
            (scheme.id, gift)
            for scheme in self.inputs.schemes
            if scheme.redemption
            for gift in scheme.redemption.gifts
            if key in (item_key(gift.id), item_key(gift.title))
        )

    def _amount(self, row: _Row) -> Iterator[Found]:
        """A date after today, and more than the stock."""
        if row.day > self.today:
            args = (("day", date.fromordinal(row.day).isoformat()),)
            message, hint = "the redemption is dated {day}, after today", "correct the date"
            yield Bad("future-redemption", message, hint, args, Severity.WARNING), "date"
        if len({scheme for scheme, _ in row.gifts}) != 1:
            return
        scheme, gift = row.gifts[-1]
        if gift.stock is not None:
            before = self._left.get((scheme, gift.id), gift.stock)
            left = self._left[scheme, gift.id] = before - row.count
            if left < 0 < row.count:
                given = (("gift", gift.title), ("stock", str(gift.stock)), ("over", str(-left)))
                message = "{over} more of {gift} are redeemed than the {stock} in stock"
                hint = "check the count, or stock: in the rule file"
                yield Bad("over-stock", message, hint, given, Severity.WARNING), "gift"


def _unknown_gift(inputs: Inputs, text: str) -> Bad:
    known = {gift.id: gift.title for s in inputs.schemes if s.redemption for gift in s.redemption.gifts}
    args = (("value", text), ("known", ", ".join(f"{gift} {title}" for gift, title in known.items()) or "-"))
    return Bad("unknown-gift", "no scheme has the gift {value}", "the gifts are: {known}", args)
