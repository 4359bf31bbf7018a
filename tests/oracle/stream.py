"""The streams of one member under one version of a scheme."""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from .log import Deed
from .model import Grant, Node, Version, canonical, split_cell
from .periods import Period, parts, period_of, shortest_first
from .postings import EVENT, GRANT, TOTAL, Hit, Posting, bounded, combined, weighted
from .pricing import amount, total_in, worth
from .reached import changed
from .roster import Spell
from .scheme import longer


@dataclass(frozen=True)
class RawGrant:
    """A grant as posted, before any bound."""

    node: str
    window: Period
    day: date
    amount: Fraction


@dataclass
class Ledger:
    """What one member has under one version: active periods, deeds, grants, streams."""

    version: Version
    horizon: date
    active: dict[Period, Spell]
    deeds: list[Deed]
    grants: list[RawGrant] = field(default_factory=list)
    streams: dict[str, list[Posting]] = field(default_factory=dict)

    def value(self, node: str, period: Period) -> Fraction:
        """The sum of a node's stream dated in the period; 0 for a node that this version lacks."""
        stream = self.streams.get(node, [])
        return sum((posting.amount for posting in stream if period.holds(posting.day)), Fraction(0))

    def hits(self, node: str) -> list[Hit]:
        """The ceilings on a node, with their windows."""
        return [
            Hit(deed.key, window, deed.leaf.ceiling.at)
            for deed in self.deeds
            if deed.leaf.ceiling and deed.leaf.ceiling.of == node
            for window in deed.leaf.ceiling.windows
        ]


def fill(ledger: Ledger) -> None:
    """Post the grants, then compute every node's stream."""
    for node in ledger.version.root.walk():
        if node.grant:
            ledger.grants += raw_grants(node.id, node.grant, ledger)
    stream_of(ledger.version.root, ledger)


def raw_grants(node: str, grant: Grant, ledger: Ledger) -> list[RawGrant]:
    """The postings of one grant."""
    settle = ledger.version.settle
    found = []
    given: set[Period] = set()
    for period, row in sorted(ledger.active.items()):
        points = grant_points(grant, row)
        if not longer(grant.window, settle):
            found += [
                RawGrant(node, window, window.start, points)
                for window in parts(period, grant.window)
                if window.start <= ledger.horizon
            ]
            continue
        window = period_of(period.start, grant.window)
        if window not in given:
            given.add(window)
            found.append(RawGrant(node, window, period.start, points))
    return found


def grant_points(grant: Grant, row: Spell) -> Fraction:
    """The points that a roster row gets: of several values in the cell, the highest."""
    if grant.points is not None:
        return grant.points
    table = {canonical(grant.column, value): number for value, number in grant.values.items()}
    words = [canonical(grant.column, word) for word in split_cell(row.cells.get(grant.column, ""))]
    matched = [table[word] for word in words if word in table]
    return max(matched) if matched else grant.default


def stream_of(node: Node, ledger: Ledger) -> list[Posting]:
    """What the node passes on."""
    settle = ledger.version.settle
    postings = grant_postings(node, ledger)
    if node.items:
        postings += [posting for child in node.items for posting in stream_of(child, ledger)]
    elif node.price:
        postings += total_postings(node, ledger) if node.price.form == "total" else event_postings(node, ledger)
    postings = ordered(postings)
    how = f"{node.combine} {'matter' if node.combine_window == 'matter' else 'window'}"
    postings = changed(how, postings, combined(postings, node.combine, node.combine_window))
    hits = ledger.hits(node.id)
    if node.id == "score":
        hits = [hit for hit in hits if not longer(hit.window, settle)]
    postings = ordered(postings + [Posting(key, "", Fraction(0)) for key in sorted({hit.key for hit in hits})])
    for window in shortest_first({*node.least, *node.most, *(hit.window for hit in hits)}):
        here = [hit for hit in hits if hit.window == window]
        after = bounded(postings, window, node.least.get(window), node.most.get(window), here)
        bound = f"ceiling of a {'score' if node.id == 'score' else 'node'}" if here else f"bounds of a {window}"
        postings = changed(bound, postings, after)
    if node.weight is not None:
        postings = changed("weight", postings, weighted(postings, node.weight, settle))
    ledger.streams[node.id] = postings
    return postings


def ordered(postings: list[Posting]) -> list[Posting]:
    """Date, class, event id, place in the file."""
    return sorted(postings, key=lambda posting: posting.key)


def place_of(node: Node, ledger: Ledger) -> int:
    """The node's place in the rule file."""
    return [other.id for other in ledger.version.root.walk()].index(node.id)


def grant_postings(node: Node, ledger: Ledger) -> list[Posting]:
    """The node's own grants."""
    place = place_of(node, ledger)
    return [
        Posting((grant.day, GRANT, "", place), "", grant.amount) for grant in ledger.grants if grant.node == node.id
    ]


def leaf_deeds(node: Node, ledger: Ledger) -> list[Deed]:
    """The worthy events of a leaf in order."""
    return worth(sorted((deed for deed in ledger.deeds if deed.leaf is node), key=lambda deed: deed.key))


def event_postings(node: Node, ledger: Ledger) -> list[Posting]:
    """The priced events of a leaf."""
    deeds = leaf_deeds(node, ledger)
    return [
        Posting(
            (deed.event.day, EVENT, deed.event.id, deed.event.place),
            deed.event.cells.get("matter", ""),
            amount(deeds, index, granted_by(deed.event.day, ledger)),
        )
        for index, deed in enumerate(deeds)
    ]


def granted_by(day: date, ledger: Ledger) -> Fraction:
    """The raw grants whose window contains the day and that are posted by then."""
    return sum((g.amount for g in ledger.grants if g.window.holds(day) and g.day <= day), Fraction(0))


def total_postings(node: Node, ledger: Ledger) -> list[Posting]:
    """The posted totals of the windows that are over, on their last days."""
    if node.price is None:
        raise AssertionError(node.id)
    deeds, kind, place = leaf_deeds(node, ledger), node.price.window, place_of(node, ledger)
    days = []
    for period in sorted(ledger.active):
        if longer(kind, ledger.version.settle):
            days += [period.end] if period_of(period.end, kind).end == period.end else []
        else:
            days += [window.end for window in parts(period, kind)]
    return [
        Posting((day, TOTAL, "", place), "", total_in(deeds, node.price, day)) for day in days if day <= ledger.horizon
    ]
