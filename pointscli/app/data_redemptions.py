"""The redemption log: who redeemed which gift by which version's price, and whether points and stock were enough."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pointscli.app.inputs import Inputs, read_leniently
from pointscli.app.redemptions import Offer, Offers, known_gifts
from pointscli.app.workspace import Workspace
from pointscli.inputs.files import repeated_files
from pointscli.inputs.grammar import split_members
from pointscli.inputs.headers import REDEMPTIONS
from pointscli.inputs.log_rows import Bad, Cells
from pointscli.inputs.table import RawTable
from pointscli.model.balance import Account, Spending
from pointscli.model.problem import FindingsError, Problem, Severity, UsageError
from pointscli.model.units import QUANTITY
from pointscli.outputs.rule_words import number

COLUMNS = ("date", "member", "gift", "count", "id", "by")
Found = tuple[Bad, str]


@dataclass(frozen=True, slots=True)
class _Row:
    """Cells of a redemption without blanks around them."""

    date: str
    member: str
    gift: str
    count: str
    id: str
    by: str


@dataclass(frozen=True, slots=True)
class Redeemed:
    """A redemption that is in order, priced by the version in force on its day."""

    day: date
    member: int
    offer: Offer
    count: int
    id: str
    by: str
    table: RawTable
    row: int

    @property
    def spending(self) -> Spending:
        """What it takes from the member's points."""
        gift, lapses = self.offer.gift, self.offer.lapses(self.day)
        return Spending(self.day, lapses, self.id, gift.id, gift.title, self.count, gift.cost, self.by)

    def at(self, bad: Bad, column: str) -> Problem:
        """A finding at one of its cells."""
        return bad.at(self.table, self.row, column)


@dataclass(frozen=True, slots=True)
class RedemptionLog:
    """Every redemption that is in order, in the order of the files, all findings, and the ids in use."""

    rows: tuple[Redeemed, ...] = ()
    problems: tuple[Problem, ...] = ()
    ids: tuple[str, ...] = ()

    @property
    def errors(self) -> list[Problem]:
        """Findings that leave a redemption without a price or a member."""
        return [problem for problem in self.problems if problem.severity is Severity.ERROR]


def check_redemptions(inputs: Inputs, workspace: Workspace, today: date) -> list[Problem]:
    """Every finding in the redemption log: of its tables, of their rows, of stock and of balances."""
    if not workspace.redemptions:
        return []
    log = read_redemptions(inputs, workspace, today)
    return [*log.problems, *_find_overdrawn(inputs, log, today)]


def read_redemptions(inputs: Inputs, workspace: Workspace, today: date) -> RedemptionLog:
    """Read the log; what is wrong in a row is a finding, and the row is left out."""
    reader = _Reader(inputs, today)
    problems = repeated_files(workspace.redemptions, workspace.shown)
    for path in workspace.redemptions:
        table, found = read_leniently(path, workspace.shown(path), REDEMPTIONS)
        problems += found
        if table is not None:
            problems += reader.read(table)
    return RedemptionLog(tuple(reader.rows), tuple(problems), tuple(reader.ids))


class _Reader:
    """Reads tables in order and counts what left the stock."""

    def __init__(self, inputs: Inputs, today: date) -> None:
        self.inputs, self.today = inputs, today
        self.offers = Offers(inputs)
        self.rows: list[Redeemed] = []
        self.ids: list[str] = []
        self._taken: dict[tuple[str, str], int] = {}

    def read(self, table: RawTable) -> list[Problem]:
        """Findings of a table."""
        cells = Cells(table, COLUMNS)
        return [
            bad.at(table, place, column)
            for place, row in enumerate(table.rows)
            for bad, column in self._row(_Row(*cells.of(row)), table, place)
        ]

    def _row(self, row: _Row, table: RawTable, place: int) -> Iterator[Found]:
        """A row's findings; one that is refused takes nothing from the stock."""
        self.ids += [row.id] if row.id else []
        found = list(self._wrong(row))
        offers = () if found else self._offers(row)
        if not found and len(offers) != 1:
            found.append((self._unpriced(row, offers), "gift"))
        yield from found
        if not found:
            day, count = date.fromordinal(_int(self.inputs.words.day[row.date])), self._count(row)
            member = self._members(row)[0]
            taken = Redeemed(day, member, offers[0], _int(count) // QUANTITY, row.id, row.by, table, place)
            self.rows.append(taken)
            yield from self._amount(taken)

    def _count(self, row: _Row) -> int | Bad:
        return self.inputs.words.number[row.count] if row.count else QUANTITY

    def _members(self, row: _Row) -> tuple[int, ...]:
        found = self.inputs.words.members[row.member]
        return () if isinstance(found, Bad) else found

    def _wrong(self, row: _Row) -> Iterator[Found]:
        count = self._count(row)
        for value, column in ((self.inputs.words.day[row.date], "date"), (count, "count")):
            if isinstance(value, Bad):
                yield value, column
        if isinstance(count, int) and (count <= 0 or count % QUANTITY):
            hint = "write how many, a whole number from 1 on"
            yield Bad("bad-count", "{value} is not a number of gifts", hint, (("value", row.count),)), "count"
        yield from self._member(row.member)
        if not self.offers.named(row.gift):
            args = (("value", row.gift), ("known", known_gifts(self.offers.all)))
            yield Bad("unknown-gift", "no scheme has the gift {value}", "the gifts are: {known}", args), "gift"

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

    def _offers(self, row: _Row) -> tuple[Offer, ...]:
        day = date.fromordinal(_int(self.inputs.words.day[row.date]))
        return self.offers.find(row.gift, day, self._members(row)[0])

    def _unpriced(self, row: _Row, offers: Sequence[Offer]) -> Bad:
        """Why a redemption has no price: no version with the gift is in force that day, or several schemes have it."""
        if offers:
            schemes = ", ".join(offer.scheme.id for offer in offers)
            message = "several schemes have the gift {value}: {schemes}"
            hint = "give it another title in one of the rule files, and write that here"
            return Bad("ambiguous-gift", message, hint, (("value", row.gift), ("schemes", schemes)))
        named = self.offers.named(row.gift)
        spans = ", ".join(dict.fromkeys(f"{offer.scheme.id} {offer.span}" for offer in named))
        message = "no version of a scheme with the gift {value} is in force on this date"
        hint = "check the date, or effective: in the rule file: {spans}"
        return Bad("redemption-not-in-force", message, hint, (("value", row.gift), ("spans", spans)))

    def _amount(self, row: Redeemed) -> Iterator[Found]:
        """A date after today, and more than the stock."""
        if row.day > self.today:
            args = (("day", row.day.isoformat()),)
            message, hint = "the redemption is dated {day}, after today", "correct the date"
            yield Bad("future-redemption", message, hint, args, Severity.WARNING), "date"
        gift = row.offer.gift
        key = row.offer.scheme.id, gift.id
        taken = self._taken[key] = self._taken.get(key, 0) + row.count
        if gift.stock is not None and taken > gift.stock:
            given = (("gift", gift.title), ("stock", str(gift.stock)), ("over", str(taken - gift.stock)))
            message = "{over} more of {gift} are redeemed than the {stock} in stock"
            hint = "check the count, or stock: in the rule file"
            yield Bad("over-stock", message, hint, given, Severity.WARNING), "gift"


def _find_overdrawn(inputs: Inputs, log: RedemptionLog, today: date) -> Iterator[Problem]:
    """Redemptions above the balance of their day; none where errors in the logs leave no balance to compare with."""
    if not log.rows or inputs.errors:
        return
    from pointscli.app.balances import earned_for  # noqa: PLC0415  (computes; most workspaces have no redemptions)

    try:
        earned = earned_for(inputs, log.rows, today)
    except (FindingsError, UsageError):
        return  # what is wrong is told elsewhere
    spent: dict[tuple[str, int], tuple[Spending, ...]] = {}
    for row in sorted(log.rows, key=lambda row: row.day):
        key = row.offer.scheme.id, row.member
        before = Account(earned.get(key, ()), spent.get(key, ())).balance(row.day)
        one = row.spending
        spent[key] = (*spent.get(key, ()), one)
        if one.amount > before:
            args = {"member": inputs.roster.title(row.member), "balance": number(before), "gift": one.title}
            args |= {"cost": number(one.cost), "count": str(one.count), "total": number(one.amount)}
            args |= {"over": number(one.amount - before)}
            message = "{member} had {balance} points on that day; {gift} {cost} × {count} = {total}: {over} too many"
            hint = "check member, gift and count, or the events behind the points; the balance shows negative"
            yield row.at(Bad("over-balance", message, hint, tuple(args.items()), Severity.WARNING), "gift")


def _int(value: int | Bad) -> int:
    """A value that was found to be right."""
    if isinstance(value, Bad):
        raise AssertionError(value.message)  # noqa: TRY004  (a mistake of ours)
    return value
