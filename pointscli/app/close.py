"""`close`: what a scheme carries into the next year, as one opening event a member, written once.

A carried amount is the published score of the year × share, cut to the 4 decimals that files can hold (ties up), and
at most `max`. Only amounts above 0 are carried.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from pointscli.app.close_result import Closed, Opening
from pointscli.app.inputs import Inputs, read_inputs
from pointscli.app.new_events import (
    Book,
    Standing,
    Standings,
    accepted_on,
    amount_column,
    check_new,
    item_cells,
    items_on,
    look,
    node_of,
    target_file,
    write_new,
)
from pointscli.app.question import Asked
from pointscli.app.tally import tally_inputs
from pointscli.app.unsettled import refuse_unsettled
from pointscli.app.workspace import Sources, open_workspace
from pointscli.journal.audit import Act
from pointscli.journal.workspace_lock import locked
from pointscli.model.card import plain_sum
from pointscli.model.items import Item
from pointscli.model.log import DAY_PLACES
from pointscli.model.period import Period
from pointscli.model.problem import Refused, UsageError
from pointscli.model.tally import Standing as Score
from pointscli.model.tally import Tally
from pointscli.outputs.card_words import CardWords
from pointscli.outputs.rule_words import number
from pointscli.outputs.titles import Words
from pointscli.scheme.plan import version_at_end
from pointscli.scheme.types import Scheme

UNITS = 10**4
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command line says."""

    year: Period
    today: date
    scheme: str | None = None
    to: Path | None = None
    anyway: bool = False
    dry_run: bool = False


def close_year(root: Path, sources: Sources, wanted: Wanted, act: Act) -> Closed:
    """Write the opening events that are not there yet, alone in the workspace from reading to writing.

    Raises:
        FindingsError: The files have errors, or an opening event would be one.
        Refused: The year is not over, something waits or is under objection, or an event there says another amount.
        FileError: Nothing was written.
    """
    if wanted.dry_run:
        return _close(root, sources, wanted, act)
    with locked(root, act):
        return _close(root, sources, wanted, act)


def _close(root: Path, sources: Sources, wanted: Wanted, act: Act) -> Closed:
    workspace = open_workspace(root, sources)
    before = look(workspace)
    book = Book(workspace, read_inputs(workspace), before)
    openings: list[Opening] = []
    for scheme in _carrying(book.inputs, wanted):
        openings += _Closing(book, scheme, wanted, act).openings()
    events = [one.cells for one in openings if one.state == "planned"]
    target = target_file(workspace, _opening_day(wanted.year), wanted.to) if events else None
    check_new(book.inputs, events)
    if target is not None and not wanted.dry_run:
        write_new(book, act, events, target)
        openings = [replace(one, state="written") if one.state == "planned" else one for one in openings]
    ids = tuple(book.inputs.roster.members[one.member].id for one in openings)
    return Closed(tuple(openings), workspace.shown(target) if target else "", workspace.language, wanted.year, ids)


def _opening_day(year: Period) -> date:
    return date(year.end.year + 1, 1, 1)


def _carrying(inputs: Inputs, wanted: Wanted) -> list[Scheme]:
    """The versions in force at the year's end that carry points; Refused if there is none, or the year is not over."""
    known = sorted({scheme.id for scheme in inputs.schemes})
    if wanted.scheme is not None and wanted.scheme not in known:
        hint = "the schemes are: {known}"
        raise UsageError("there is no scheme {scheme}", hint, scheme=wanted.scheme, known=", ".join(known))
    if wanted.today <= wanted.year.end:
        raise Refused(
            "{period} is not over on {day}",
            "close it when it is: what still happens in it changes the scores",
            period=wanted.year.label,
            day=wanted.today.isoformat(),
        )
    found = [_at_end(inputs, name, wanted.year) for name in known if wanted.scheme in (None, name)]
    carrying = [scheme for scheme in found if scheme is not None and scheme.carry is not None]
    if not carrying:
        hint = "a rule file says it with the key carry"
        raise Refused("no scheme carries points from {period} into the next year", hint, period=wanted.year.label)
    return carrying


def _at_end(inputs: Inputs, name: str, year: Period) -> Scheme | None:
    try:
        return version_at_end(inputs.schemes, name, year)[1]
    except UsageError:
        return None


class _Closing:
    """The openings of one scheme."""

    def __init__(self, book: Book, scheme: Scheme, wanted: Wanted, act: Act) -> None:
        if scheme.carry is None:
            raise AssertionError(scheme.id)
        self.book, self.inputs, self.scheme, self.wanted, self.act = book, book.inputs, scheme, wanted, act
        self.log = Standings(book.inputs)
        self.carry, self.day = scheme.carry, _opening_day(wanted.year)
        self.texts, self.words = CardWords(book.workspace.language), Words(book.workspace.language)

    def openings(self) -> list[Opening]:
        """Every member of the year; Refused where something stands against it."""
        asked = Asked(self.wanted.today, self.wanted.year, self.scheme.id)
        result = tally_inputs(self.inputs, asked, self.book.workspace.language).tally
        if not self.wanted.anyway:
            refuse_unsettled(self.inputs, self.scheme.id, self.wanted.year)
        item = self._item()
        column = amount_column(node_of(self.inputs, item))
        if column is None:
            raise Refused(
                "an event of {item} cannot say how many points are carried",
                "give the item a range of points, from 0 to what may be carried",
                item=item.title,
            )
        numbers = {member.id: number for number, member in enumerate(self.inputs.roster.members)}
        by_hand = self._by_hand(item)
        found = [
            self._opening(result, score, numbers[score.member], item, column, by_hand) for score in result.standings
        ]
        self._refuse_changed(found, column, by_hand)
        return found

    def _item(self) -> Item:
        found = items_on(self.inputs, self.carry.into, self.scheme.id, self.day)
        exact = [item for item in found if item.id == self.carry.into]
        if not exact:
            raise Refused(
                "no version of {scheme} in force on {day} has the item {item}",
                "write the rule file of the next year first",
                scheme=self.scheme.id,
                day=self.day.isoformat(),
                item=self.carry.into,
            )
        return exact[0]

    def _opening(
        self, tally: Tally, score: Score, member: int, item: Item, column: str, by_hand: dict[int, str]
    ) -> Opening:
        event_id = f"carry-{self.wanted.year.label}-{self.scheme.id}-{score.member}"
        points = carried_points(score.score, self.carry.share, self.carry.max)
        there = self.log.find(event_id) is not None or member in by_hand
        state = "there" if there else "planned"
        if not points and not there:
            state = "nothing"
        elif points and not there and not accepted_on(self.inputs, item.version, member, self.day):
            state = "left_out"
        cells = {
            "id": event_id,
            "date": self.day.isoformat(),
            "member": score.member,
            **item_cells(self.inputs, item, self.day),
            column: number(points),
            "reason": self._reason(tally, score),
            "by": self.act.by,
            **self._further(tally, score, item),
        }
        return Opening(self.scheme.id, member, score.name, score.score, points, event_id, state, cells)

    def _reason(self, tally: Tally, score: Score) -> str:
        share = self.carry.share * 100
        shown = f"{share.numerator}%" if share.denominator == 1 else number(self.carry.share)
        period = self.words.period(tally.period)
        text = self.texts.text("carried", period=period, score=str(score.score), share=shown)
        if self.carry.max is None:
            return text
        return self.texts.text("carried_most", text=text, most=self.carry.max)

    def _further(self, tally: Tally, score: Score, item: Item) -> dict[str, str]:
        """Evidence where the item needs it; the stage from which it counts, for nothing is left to be reviewed."""
        node, review = node_of(self.inputs, item), self.inputs.schemes[item.version].review
        cells = {}
        if node.evidence_required:
            period = self.words.period(tally.period)
            cells["evidence"] = self.texts.text("score_of", scheme=tally.title, period=period, score=str(score.score))
        if review is not None:
            counting = node.counts_from or review.counts_from
            if counting != review.stages[0][0]:
                cells["stage"] = dict(review.stages)[counting]
        return cells

    def _by_hand(self, item: Item) -> dict[int, str]:
        """Members with an opening event of another id on that day (not rejected), and that id."""
        events = self.inputs.events
        found: dict[int, str] = {}
        first = self.day.toordinal()
        for entry, one in enumerate(events.items):
            if one.node == item.node and events.entries.place[entry] // DAY_PLACES == first:
                record = events.records[events.entries.record[entry]]
                event_id = record.cell("id").strip() or record.where
                standing = self.log.find(event_id)
                if not event_id.startswith(f"carry-{self.wanted.year.label}-") and not (standing and standing.rejected):
                    found[events.entries.member[entry]] = event_id
        return found

    def _refuse_changed(self, found: Sequence[Opening], column: str, by_hand: dict[int, str]) -> None:
        """Refuse if an event that is there says another amount than the scores make now."""
        wanted = {one.member: one for one in found}
        changed = []
        for number_, member in enumerate(self.inputs.roster.members):
            own = f"carry-{self.wanted.year.label}-{self.scheme.id}-{member.id}"
            event_id = own if own in self.inputs.events.ids else by_hand.get(number_, own)
            standing = self.log.find(event_id)
            opening = wanted.get(number_)
            points = opening.points if opening else Decimal(0)
            if standing is not None and not standing.rejected and points not in _amounts(standing, column):
                changed.append((event_id, self.inputs.roster.title(number_), _amounts(standing, column)[-1], points))
        if changed:
            lines = [f"{title}: {number(old)} → {number(new)}" for _, title, old, new in changed]
            event_id, _, _, points = changed[0]
            raise Refused(
                "opening events of {count} members say other points than the scores of {period} make now: {list}",
                "correct them: points review {event} {decision} --reason … --by …",
                count=len(changed),
                period=self.wanted.year.label,
                list=shortened(lines),
                event=event_id,
                decision=f"--amend {column}={number(points)}" if points else "--reject",
            )


def carried_points(score: Decimal, share: Fraction, most: Decimal | None) -> Decimal:
    """Share of a score in 10⁻⁴, half up, at most `most`; 0 for what is not above 0."""
    units = max((Fraction(score) * share * UNITS * 2 + 1) // 2, 0)
    points = Decimal(int(units)).scaleb(-4)
    return plain_sum((min(points, most) if most is not None else points,))


def shortened(lines: Sequence[str]) -> str:
    """The first lines, and that there are more."""
    return "; ".join([*lines[:_SHOWN], *(["…"] if len(lines) > _SHOWN else [])])


def _amounts(standing: Standing, column: str) -> list[Decimal]:
    """The amount as written, and the one that a decision has put in its place."""
    written = standing.written[column] or ("1" if column == "quantity" else "0")
    return [Decimal(text) for text in (written, standing.amended.get(column)) if text]
