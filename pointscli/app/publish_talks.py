"""Talk notices (谈话提醒通知单): a page for each member on a list of the last, with room to write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from pointscli.app.notice import is_bottom
from pointscli.app.publish_basis import Basis, filled, mean_of
from pointscli.model.card import plain_sum
from pointscli.model.derivation import Derivation
from pointscli.model.paper import Grid, Leaf, Paper, Part, Prose, Room
from pointscli.model.table import Cell, Column, Table
from pointscli.model.tally import OutcomeList, Standing
from pointscli.scheme.types import Bound, Node

MOST_DEDUCTIONS, MOST_ROOMS = 6, 4
"""Rows of a notice's tables, so that it stays on one page."""


def build_talks(basis: Basis) -> Paper:
    """A leaf for each member, in the order of the ranking."""
    words = basis.words
    rules = {one.id: one for one in basis.scheme.outcomes}
    bottom = [one for one in basis.tally.outcomes if is_bottom(rules[one.id], basis.scheme)]
    groups = basis.groups()
    leaves = []
    for standing in basis.tally.standings:
        lists = [one for one in bottom if standing.member in one.members]
        if lists:
            leaves.append(_leaf(standing, lists, basis, groups))
    heading = words.text("talks", period=basis.period)
    if not leaves:
        line = words.text("none_to_talk", period=basis.period)
        leaves.append(Leaf(heading, (), (Prose("", (line,)),), basis.notice.signature.lines))
    return basis.paper(heading, leaves, dense=True)


def _leaf(one: Standing, lists: list[OutcomeList], basis: Basis, groups: Counter[str]) -> Leaf:
    words = basis.words
    derivation = basis.derived.members[one.member]
    lines = [words.text("dear", name=one.name)]
    for each in lists:
        named = {"title": basis.notice.title, "period": basis.period, "list": each.title or each.id}
        lines.append(words.text("listed", **named, reason=each.reasons.get(one.member, "")))
        if each.action:
            lines.append(words.text("measure", action=each.action))
    lines.append(words.text("please"))
    rooms = _rooms(derivation, basis)
    parts: list[Part] = [
        basis.who(one, groups),
        Prose("", tuple(lines)),
        _deductions(derivation, basis),
        Grid(_parts(one, basis)),
        *([Grid(rooms)] if rooms.rows else []),
        Room(words.text("talk_notes"), 3),
        Room(words.text("answer"), 2),
    ]
    sign = tuple((words.text(each), "") for each in ("talker", "talked", "talked_at", "talked_where"))
    return Leaf(words.text("talk"), (basis.period,), tuple(parts), sign)


def _deductions(derivation: Derivation, basis: Basis) -> Part:
    """The negative credits, the largest ones first to stay; in order of their dates."""
    words = basis.words
    found = [one for one in derivation.postings if one.credited < 0]
    if not found:
        return Prose(words.text("deducted"), (words.text("no_deductions"),))
    largest = sorted(range(len(found)), key=lambda i: (found[i].credited, i))[:MOST_DEDUCTIONS]
    rows = [
        (
            one.date.isoformat(),
            one.title,
            basis.veil.text(one.source.reason) if one.source else "",
            basis.veil.text(one.source.evidence) if one.source else "",
            one.credited,
        )
        for one in (found[i] for i in sorted(largest))
    ]
    notice_words = {"date": "day", "item": "item", "reason": "reason", "evidence": "evidence"}
    columns = [Column(key, basis.notice_words.text(phrase)) for key, phrase in notice_words.items()]
    columns.append(Column("score", basis.notice_words.text("points"), "number"))
    left = len(found) - len(rows)
    notes = (words.text("more_deductions", count=left),) if left else ()
    return Grid(filled(words.text("deducted"), columns, rows, ("date", "item", "reason")), notes)


def _parts(one: Standing, basis: Basis) -> Table:
    """Each column and the score, beside the mean of those who are ranked with the member."""
    words, tally = basis.words, basis.tally
    others = [each for each in tally.standings if each.group == one.group]
    rows: list[tuple[Cell, ...]] = []
    titles = [heading.title or heading.id for heading in tally.columns]
    for i, title in enumerate(titles):
        mean = mean_of([each.columns[i] for each in others], tally.decimals)
        rows.append((title, one.columns[i], mean, one.columns[i] - mean))
    mean = mean_of([each.score for each in others], tally.decimals)
    rows.append((basis.titles.title("score"), one.score, mean, one.score - mean))
    among = words.text("mean_in", group=one.group) if one.group else words.text("mean_all")
    heads = (words.text("own"), among, words.text("gap"))
    columns = (
        Column("part", words.text("part")),
        *(Column(f"figure{i}", head, "number") for i, head in enumerate(heads)),
    )
    return Table(words.text("parts"), columns, tuple(rows))


@dataclass(frozen=True, slots=True)
class _Left:
    """What a section or item could still have brought in the period."""

    path: tuple[str, ...]
    title: str
    total: Decimal
    cap: Decimal

    @property
    def left(self) -> Decimal:
        return self.cap - self.total


def _rooms(derivation: Derivation, basis: Basis) -> Table:
    """The largest unused maxima; of a section and what stands below it, only one."""
    words = basis.words
    chosen: list[_Left] = []
    found = [one for one in _unused(basis.scheme.score, (), derivation, basis) if one.left > 0]
    for one in sorted(found, key=lambda one: (-one.left, one.path)):
        if not any(_is_along(one.path, other.path) for other in chosen):
            chosen.append(one)
    rows = [(one.title, one.total, one.cap, plain_sum((one.left,))) for one in chosen[:MOST_ROOMS]]
    heads = (words.text("gained"), words.text("cap"), words.text("left"))
    columns = (
        Column("part", words.text("part")),
        *(Column(f"figure{i}", head, "number") for i, head in enumerate(heads)),
    )
    return Table(words.text("room"), columns, tuple(rows))


def _is_along(path: tuple[str, ...], other: tuple[str, ...]) -> bool:
    shorter = min(len(path), len(other))
    return path[:shorter] == other[:shorter]


def _unused(node: Node, above: tuple[str, ...], derivation: Derivation, basis: Basis) -> Iterator[_Left]:
    """Every node below the root with a maximum: of its bounds, the one that leaves least."""
    for each in node.items:
        path = (*above, each.id)
        tops = [bound for bound in each.bounds if bound.max is not None and bound.max > 0]
        if tops:
            lefts = [_left(each, path, bound, derivation, basis) for bound in tops]
            yield min(lefts, key=lambda one: one.left)
        yield from _unused(each, path, derivation, basis)


def _left(node: Node, path: tuple[str, ...], bound: Bound, derivation: Derivation, basis: Basis) -> _Left:
    """A maximum for every window in the period (one, if the window is longer than it)."""
    kind, period = bound.window or basis.scheme.settle, derivation.period
    windows = max(1, period.kind.size // kind.size)
    totals = [one.total for one in derivation.rooms if one.node == node.id and one.window.kind is kind]
    return _Left(path, node.title, plain_sum(totals), plain_sum([bound.max] * windows))
