"""Record cards (积分登记表) of everybody in the period: a page for each, names as the audience may see them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from pointscli.app.card import card_of
from pointscli.app.publish_basis import Basis
from pointscli.model.card import Card
from pointscli.model.derivation import Idle, Posting, Source
from pointscli.model.paper import Grid, Leaf, Paper
from pointscli.model.tally import Standing
from pointscli.outputs.card import card_document

_KEPT = 2
"""Lines of the notice's signature block that a card has: who prepared it, who checked it."""
Line = TypeVar("Line", Posting, Idle)


def build_cards(basis: Basis) -> Paper:
    """A leaf for each member, in the order of the ranking."""
    numbers = {member.id: number for number, member in enumerate(basis.inputs.roster.members)}
    groups = basis.groups()
    leaves = [_leaf(one, numbers[one.member], basis, groups) for one in basis.tally.standings]
    return basis.paper(basis.words.text("cards", period=basis.period), leaves, landscape=True, dense=True)


def _leaf(one: Standing, number: int, basis: Basis, groups: Counter[str]) -> Leaf:
    words = basis.words
    card = _veiled(card_of(basis.inputs, basis.derived, number), basis)
    page = card_document(card, basis.notice.language).page
    running = "  ".join((basis.veil.name(one.member), *page.heading))
    grids = [Grid(replace(block.table, title=block.heading), sums=True, running=running) for block in page.blocks]
    sign = (*basis.notice.signature.lines[:_KEPT], (words.text("checked"), ""))
    return Leaf(words.text("card"), (basis.period,), (basis.who(one, groups), *grids), sign)


def _veiled(card: Card, basis: Basis) -> Card:
    """The card as the audience may see it; what did not count, and who recorded it, is for the office only."""
    office = basis.notice.audience == "internal"
    periods = tuple(
        replace(
            period,
            entries=tuple(
                replace(entry, posting=_veil_one(entry.posting, basis, office=office)) for entry in period.entries
            ),
        )
        for period in card.periods
    )
    idle: Sequence[Idle] = card.idle if office else ()
    return replace(card, periods=periods, idle=tuple(_veil_one(one, basis, office=office) for one in idle))


def _veil_one(one: Line, basis: Basis, *, office: bool) -> Line:
    source: Source | None = one.source
    if source is None:
        return one
    veil = basis.veil
    shown = replace(
        source,
        reason=veil.text(source.reason),
        evidence=veil.text(source.evidence) if basis.profile.evidence else "",
        matter=veil.text(source.matter),
        by=veil.text(source.by) if office else "",
    )
    return replace(one, source=shown)
