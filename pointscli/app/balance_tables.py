"""Balances as tables: of all members, one member's statement, the gifts in stock, the sheet for the counter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal
from itertools import groupby
from typing import NamedTuple

from pointscli.app.balances import Books
from pointscli.app.inputs import Inputs
from pointscli.app.membership import accepts
from pointscli.app.workspace import Language
from pointscli.inputs.roster import Spell
from pointscli.inputs.roster_cells import allowed_values, cell_text, cell_values
from pointscli.model.balance import ZERO, Account
from pointscli.model.order import printed_order
from pointscli.model.period import Period
from pointscli.model.table import Cell, Column, Table
from pointscli.outputs import json_format
from pointscli.outputs.balance_words import BalanceWords
from pointscli.outputs.document import Document
from pointscli.outputs.look import Look
from pointscli.outputs.page import Block, Page
from pointscli.outputs.rule_words import number
from pointscli.scheme.result_types import Gift


class _Line(NamedTuple):
    """An entry of a statement; on one day points open before they are spent, and lapse after it."""

    day: date
    order: int
    matter: str
    amount: Decimal
    lapses: date | None


def balance_table(books: Books, inputs: Inputs, language: Language, branches: Sequence[str] = ()) -> Table:
    """A row a member whom the scheme scores on that day."""
    say = BalanceWords(language)
    rows: list[tuple[Cell, ...]] = []
    for holder, spell in _holders(books, inputs, branches):
        account = books.account(holder)
        opening = account.next_opening(books.day)
        lapse = account.lapse(books.day) if account.balance(books.day) > 0 else None
        figures = (account.opened(books.day), account.used(books.day), account.balance(books.day))
        rows.append(
            (
                inputs.roster.members[holder].id,
                spell.cells.get("name", ""),
                cell_text(spell.cells, "branch"),
                *(_number(books, figure) for figure in figures),
                _number(books, opening[1]) if opening else None,
                opening[0].isoformat() if opening else "",
                lapse.isoformat() if lapse else "",
            )
        )
    columns = (
        *(Column(name, say.words.title(name)) for name in ("member", "name", "branch")),
        *(Column(name, say(name), "number") for name in ("opened", "spent", "balance", "opening")),
        *(Column(name, say(name)) for name in ("opens", "lapses")),
    )
    title = say("balances", scheme=books.scheme.title, day=books.day.isoformat())
    return Table(title, columns, tuple(rows), _marks(books, say))


def statement_table(books: Books, inputs: Inputs, language: Language, member: int) -> Table:
    """What opened, what was redeemed and what lapsed since the expiry window before this one; then what will open."""
    say = BalanceWords(language)
    balance = ZERO
    rows: list[tuple[Cell, ...]] = []
    for line in _statement(books, books.account(member), say):
        opened = line.day <= books.day
        balance += line.amount if opened else 0
        rows.append(
            (
                line.day.isoformat(),
                line.matter,
                _number(books, line.amount) if line.amount > 0 else None,
                _number(books, -line.amount) if line.amount < 0 else None,
                _number(books, balance) if opened else None,
                line.lapses.isoformat() if line.lapses else "",
            )
        )
    kinds = {"plus": "number", "minus": "number", "balance": "number"}
    names = ("date", "matter", "plus", "minus", "balance", "lapses")
    columns = tuple(Column(name, say(name), kinds.get(name, "text")) for name in names)  # type: ignore[arg-type]
    title = say("statement", scheme=books.scheme.title, member=inputs.roster.title(member), day=books.day.isoformat())
    return Table(title, columns, tuple(rows), _marks(books, say))


def _statement(books: Books, account: Account, say: BalanceWords) -> list[_Line]:
    expires = books.redemption.expires
    since = date.min
    if expires:
        before = Period.containing(expires, books.day).start - timedelta(days=1)
        since = Period.containing(expires, before).start
    lines = []
    ends: dict[date, Decimal] = {}
    for one in account.earned:
        if one.opens >= since and one.amount:
            matter = say("earned" if one.opens <= books.day else "unopened", window=say.words.period(one.window))
            lines.append(_Line(one.opens, 0, matter, one.amount, one.lapses))
            if one.lapses:
                ends[one.lapses] = ends.get(one.lapses, ZERO) + one.amount
    for taken in account.spent:
        if since <= taken.day <= books.day:
            matter = say("taken", gift=taken.title, cost=number(taken.cost), count=taken.count)
            more = [text for text in (taken.id, taken.by) if text]
            matter = say("remark", text=matter, more=say.words.join(more)) if more else matter
            lines.append(_Line(taken.day, 1, matter, -taken.amount, None))
            if taken.lapses:
                ends[taken.lapses] = ends.get(taken.lapses, ZERO) - taken.amount
    for end, rest in ends.items():
        if end < books.day and rest:
            lines.append(_Line(end, 2, say("lapsed" if rest > 0 else "overdrawn"), -rest, None))
    return sorted(lines, key=lambda line: line[:2])


def gifts_table(books: Books, language: Language) -> Table:
    """A row a gift: what it costs, how many there were, were taken and are left."""
    say = BalanceWords(language)
    rows = [
        (gift.id, gift.title, gift.cost, gift.stock, books.taken.get(gift.id, 0), books.left(gift.id))
        for gift in books.redemption.gifts
    ]
    columns = (
        *(Column(name, say(name)) for name in ("gift", "gift_title")),
        Column("cost", say("cost"), "number"),
        *(Column(name, say(name), "integer") for name in ("stock", "redeemed", "left")),
    )
    title = say("gifts", scheme=books.scheme.title, day=books.day.isoformat())
    return Table(title, columns, tuple(rows), _marks(books, say))


def sheet_table(books: Books, inputs: Inputs, language: Language, branches: Sequence[str] = ()) -> Table:
    """The sheet of the counter as one table: balance, how many of each gift it is enough for, and blank columns."""
    say = BalanceWords(language)
    gifts = _in_stock(books)
    rows: list[tuple[Cell, ...]] = []
    for holder, spell in _holders(books, inputs, branches):
        balance = books.account(holder).balance(books.day)
        rows.append(
            (
                cell_text(spell.cells, "branch"),
                inputs.roster.members[holder].id,
                spell.cells.get("name", ""),
                _number(books, balance),
                *(_affordable(books, balance, gift) for gift in gifts),
                *("", "", "", ""),
            )
        )
    columns = (
        *(Column(name, say.words.title(name)) for name in ("branch", "member", "name")),
        Column("balance", say("balance"), "number"),
        *(Column(gift.id, say("price", gift=gift.title, cost=number(gift.cost)), "integer") for gift in gifts),
        *(Column(name, say(name)) for name in ("take", "count", "sign", "by")),
    )
    return Table(say("sheet"), columns, tuple(rows), _marks(books, say))


def sheet_document(
    books: Books, inputs: Inputs, language: Language, window: Period, branches: Sequence[str] = ()
) -> Document:
    """The same to print and sign, a part a branch: when it holds and what is in stock stand above it."""
    table = sheet_table(books, inputs, language, branches)
    page = _sheet_page(books, table, window, BalanceWords(language))
    json = json_format.render(table, Look(language)).rstrip("\n")
    return Document(page, table, json, books.day)


def _sheet_page(books: Books, table: Table, window: Period, say: BalanceWords) -> Page:
    facts = [say("on", day=books.day.isoformat())]
    expires = books.redemption.expires
    if expires:
        facts.append(say("until", day=Period.containing(expires, books.day).end.isoformat()))
    facts += (_price(books, gift, say) for gift in _in_stock(books))
    rest = list(range(1, len(table.columns)))
    blocks = []
    for branch, rows in groupby(table.rows, key=lambda row: row[0]):
        part = replace(table, rows=tuple(rows)).select(rest)
        blocks.append(Block(str(branch or say("nobody")), (), part))
    heading = (books.scheme.title, table.title, say.words.period(window))
    return Page(heading, tuple(facts), table.marks, tuple(blocks) or (Block("", (), table.select(rest)),))


def _price(books: Books, gift: Gift, say: BalanceWords) -> str:
    left = books.left(gift.id)
    return say("price_free" if left is None else "price_left", gift=gift.title, cost=number(gift.cost), left=left)


def _in_stock(books: Books) -> list[Gift]:
    """The gifts of which there are some, in the order of the rules."""
    return [gift for gift in books.redemption.gifts if (left := books.left(gift.id)) is None or left > 0]


def _affordable(books: Books, balance: Decimal, gift: Gift) -> int:
    """How many of a gift a balance is enough for, at most as many as there are."""
    enough = max(int((balance / gift.cost).to_integral_value(ROUND_FLOOR)), 0)
    left = books.left(gift.id)
    return enough if left is None else min(enough, left)


def _holders(books: Books, inputs: Inputs, branches: Sequence[str]) -> Iterator[tuple[int, Spell]]:
    """Members whom the scheme scores on the day, by branch, Party group and id, with their roster rows."""
    found = [
        (spell.member, spell)
        for spell in inputs.roster.spells
        if spell.holds(books.day) and accepts(books.scheme.members, spell) and _is_asked(spell, branches)
    ]
    members = inputs.roster.members
    yield from sorted(
        found,
        key=lambda one: (
            printed_order(cell_text(one[1].cells, "branch")),
            printed_order(cell_text(one[1].cells, "group")),
            members[one[0]].id,
        ),
    )


def _is_asked(spell: Spell, branches: Sequence[str]) -> bool:
    allowed = allowed_values("branch", tuple(branches))
    return not branches or not cell_values(spell.cells, "branch").isdisjoint(allowed)


def _number(books: Books, value: Decimal) -> Decimal:
    """An amount with the places that scores are published with; with more only where it has more."""
    places = Decimal(1).scaleb(-books.scheme.decimals)
    rounded = value.quantize(places)
    return rounded if rounded == value else value


def _marks(books: Books, say: BalanceWords) -> tuple[str, ...]:
    return (say.words.text("partial"),) if books.partial else ()
