"""Spends a member's points on a gift: read, check and append under the workspace's lock, or refuse with the figures."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NoReturn

from pointscli.app.balances import Books, Moment, keep_books
from pointscli.app.data_redemptions import RedemptionLog, read_redemptions
from pointscli.app.inputs import read_inputs
from pointscli.app.members import find_member
from pointscli.app.redemptions import Offer, Offers, in_force, known_gifts, redeeming_scheme, spell_on
from pointscli.app.workspace import Sources, Workspace, open_workspace
from pointscli.inputs.headers import REDEMPTIONS
from pointscli.inputs.rows_out import render_rows
from pointscli.journal.append import seen
from pointscli.journal.audit import Write, append_audited
from pointscli.journal.workspace_lock import Act, locked
from pointscli.model.problem import Problem, Refused, UsageError
from pointscli.outputs.rule_words import number

COMMAND = "redeem"
_NUMBERED = re.compile(r"(.*?)([0-9]+)", re.DOTALL)
_WRITABLE = (".csv", ".jsonl")


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants at the counter."""

    member: str
    gift: str
    count: int
    day: date
    today: date
    by: str
    scheme: str | None = None
    file: Path | None = None
    """The log to write to, where there are several."""
    again: bool = False
    """Whether the same may be handed over to the same member on one day twice."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was taken, and what is left."""

    id: str
    member: str
    """`M001 张三`."""
    gift: str
    cost: Decimal
    count: int
    day: date
    before: Decimal
    stock: int | None
    """Left after it; None: not counted."""
    path: str
    warnings: tuple[Problem, ...]

    @property
    def total(self) -> Decimal:
        """Points spent."""
        return self.cost * self.count

    @property
    def after(self) -> Decimal:
        """The balance now."""
        return self.before - self.total


def redeem(root: Path, sources: Sources, wish: Wish, now: Callable[[], str], *, dry_run: bool = False) -> Receipt:
    """Spend the points; `now` is the moment for the audit file. With `dry_run` nothing is written, or locked.

    Everything is read under the lock, a log that another clerk has just begun too.

    Raises:
        Refused: It exceeds the balance or the stock, nothing is open, or there is no such member or gift.
        FindingsError: A row of a log is wrong.
        FileError: It cannot be written; nothing was.
    """
    if wish.count < 1:
        raise Refused("{count} is not a number of gifts", "give a whole number from 1 on", count=wish.count)
    if wish.day > wish.today:
        raise Refused("{day} is after today", "give the day on which the gift is handed over", day=wish.day)
    if dry_run:
        return _Counter(open_workspace(root, sources), wish).receipt
    act = Act(wish.by, now(), COMMAND)
    with locked(root, act):
        workspace = open_workspace(root, sources)
        path = _target(workspace, wish.file)
        before = seen(path)
        counter = _Counter(workspace, wish)
        head, data = render_rows(path, REDEMPTIONS, [counter.row], workspace.language, shown=workspace.shown(path))
        append_audited(root, act, [Write(path, head, data)], [before])
    return counter.receipt


class _Counter:
    """Checks a wish against everything that is in the files now."""

    def __init__(self, workspace: Workspace, wish: Wish) -> None:
        """Read all files and check; Refused if it cannot be."""
        self.wish = wish
        self.inputs = read_inputs(workspace)
        self.log = read_redemptions(self.inputs, workspace, wish.today)
        self.member = find_member(self.inputs.roster, wish.member)
        offers = Offers(self.inputs)
        offer = self._offer(offers)
        self._refuse_stranger(offer)
        self.books = keep_books(
            self.inputs, self.log, offer.scheme.id, Moment(wish.day, until=wish.today), [self.member]
        )
        self.id = next_id(self.log)
        self.row = {
            "id": self.id,
            "date": wish.day.isoformat(),
            "member": self.inputs.roster.members[self.member].id,
            "gift": self._word(offers, offer),
            "count": str(wish.count),
            "by": wish.by,
        }
        self.receipt = self._check(offer, workspace.shown(_target(workspace, wish.file)))
        self._refuse_again(offer)

    def _offer(self, offers: Offers) -> Offer:
        """The gift by the price of the day."""
        wish = self.wish
        scheme = redeeming_scheme(self.inputs, wish.scheme, wish.day) if wish.scheme else None
        found = [
            one for one in offers.find(wish.gift, wish.day, self.member) if scheme is None or one.scheme.id == scheme
        ]
        if len(found) > 1:
            known = ", ".join(sorted(one.scheme.id for one in found))
            raise UsageError("several schemes apply: {known}", "say which one with --scheme", known=known)
        if found:
            return found[0]
        if not offers.all:
            redeeming_scheme(self.inputs, None, wish.day)  # says that there is nothing to spend points on
        now = [one for one in offers.all if in_force(one.scheme, wish.day) and scheme in (None, one.scheme.id)]
        if offers.named(wish.gift) and not now:
            spans = ", ".join(dict.fromkeys(f"{one.scheme.id} {one.span}" for one in offers.named(wish.gift)))
            hint = "the rules with this gift hold on: {spans}"
            raise Refused("no gift can be redeemed on {day}", hint, day=wish.day, spans=spans)
        hint = "the gifts are: {known}"
        raise Refused("there is no gift {value} on {day}", hint, value=wish.gift, day=wish.day, known=known_gifts(now))

    def _word(self, offers: Offers, offer: Offer) -> str:
        """The gift as the log is to name it, so that it is read as the same."""
        for word in (offer.gift.title, offer.gift.id):
            if offers.find(word, self.wish.day, self.member) == (offer,):
                return word
        known = ", ".join(one.scheme.id for one in offers.named(offer.gift.id))
        hint = "give it another title in one of the rule files"
        raise Refused(
            "the log could not tell whose gift {gift} is: {known} have it", hint, gift=offer.gift.title, known=known
        )

    def _refuse_stranger(self, offer: Offer) -> None:
        """Refuse who is not on the roster that day, or not scored by the scheme."""
        roster, day = self.inputs.roster, self.wish.day
        if spell_on(self.inputs, offer.scheme, self.member, day):
            return
        title = roster.title(self.member)
        if not any(spell.member == self.member and spell.holds(day) for spell in roster.spells):
            hint = "check the date, or since and until of the roster row"
            raise Refused("{member} is not on the roster on {day}", hint, member=title, day=day)
        hint = "check the roster row, or members: in the rule file"
        raise Refused("scheme {scheme} does not score {member}", hint, scheme=offer.scheme.id, member=title)

    def _refuse_again(self, offer: Offer) -> None:
        """Refuse what the log has already, as after a command that was cut short behind its writing."""
        wish = self.wish
        same = (self.member, offer.gift.id, wish.day, wish.count)
        for one in self.log.rows:
            if not wish.again and (one.member, one.offer.gift.id, one.day, one.count) == same:
                place = one.table.place(one.row, "gift")
                where = f"{place.path}:{place.line}"
                told = {"gift": offer.gift.title, "count": wish.count, "member": self.receipt.member}
                message = "this looks like {first} ({where}) again: {gift} × {count} of {member}, same day"
                hint = "if it was handed over twice, redeem it with --again"
                raise Refused(message, hint, first=one.id or where, where=where, **told)

    def _check(self, offer: Offer, path: str) -> Receipt:
        """The receipt; Refused with the figures if points or stock are not enough."""
        wish, gift = self.wish, offer.gift
        account = self.books.account(self.member)
        before, left = account.balance(wish.day), self.books.left(gift.id)
        receipt = Receipt(
            id=self.id,
            member=self.inputs.roster.title(self.member),
            gift=gift.title,
            cost=gift.cost,
            count=wish.count,
            day=wish.day,
            before=before,
            stock=None if left is None else left - wish.count,
            path=path,
            warnings=self.books.warnings,
        )
        if receipt.total > account.available(wish.day, offer.lapses(wish.day)):
            _refuse_balance(receipt, self.books, self.member, account.available(wish.day, offer.lapses(wish.day)))
        if left is not None and left < wish.count:
            hint = "choose another gift, or fewer; the stock is in the rule file"
            raise Refused(
                "{gift}: {count} wanted, {left} of {stock} left",
                hint,
                gift=gift.title,
                count=wish.count,
                left=max(left, 0),
                stock=gift.stock,
            )
        return receipt


def _refuse_balance(receipt: Receipt, books: Books, member: int, available: Decimal) -> NoReturn:
    """Say what there is, what it costs, and when more opens."""
    account, day = books.account(member), receipt.day
    opening = account.next_opening(day)
    hint = "{amount} points open on {opens}" if opening else "no further points are waiting to open"
    args = {
        "member": receipt.member,
        "day": day,
        "balance": number(receipt.before),
        "gift": receipt.gift,
        "cost": number(receipt.cost),
        "count": receipt.count,
        "total": number(receipt.total),
        "short": number(receipt.total - available),
        "later": number(receipt.before - available),
        "amount": number(opening[1]) if opening else "",
        "opens": opening[0] if opening else "",
    }
    if available < receipt.before:
        message = "{member}: balance {balance}, but redemptions of later days need {later} of it; {gift} {cost} × {count} = {total}: {short} short"  # noqa: E501  (one sentence)
    elif not account.opened(day) and not account.used(day):
        message = "{member}: no points are open on {day}; {gift} {cost} × {count} = {total}"
    else:
        message = "{member}: balance {balance}, {gift} {cost} × {count} = {total}: {short} short"
    raise Refused(message, hint, **args)


def next_id(log: RedemptionLog) -> str:
    """The id after the last numbered one of the log, in its style (`DH051` → `DH052`), that nothing has yet."""
    numbered = [found for one in log.ids if (found := _NUMBERED.fullmatch(one))]
    if not numbered:
        return "R0001"
    head, digits = numbered[-1].groups()
    largest = max(int(found[2]) for found in numbered if found[1] == head)
    return f"{head}{largest + 1:0{len(digits)}d}"


def _target(workspace: Workspace, file: Path | None) -> Path:
    """The log to write to: the one named, the only one that can be appended to, or a new `redemptions.csv`."""
    logs = workspace.redemptions
    if file is not None:
        meant = {file.resolve(), (workspace.root / file).resolve()}
        found = next((path for path in logs if path.resolve() in meant), None)
        if found is None and not logs and file.name in ("redemptions.csv", "redemptions.jsonl"):
            found = workspace.root / file.name
        if found is None:
            known = ", ".join(map(workspace.shown, logs)) or "redemptions.csv"
            message = "{path} is no redemption log of this workspace: nobody would read it"
            raise UsageError(message, "the logs are: {known}", path=file, known=known)
        return found
    if not logs:
        return workspace.root / "redemptions.csv"
    writable = [path for path in logs if path.suffix.lower() in _WRITABLE]
    if len(writable) > 1:
        known = ", ".join(map(workspace.shown, writable))
        raise UsageError("there are several redemption logs: {known}", "say which one with --to", known=known)
    return writable[0] if writable else logs[0]
