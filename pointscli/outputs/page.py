"""A result as a page for people: what is said above the table, the table in blocks, the lists under it.

Plain text, Markdown and the terminal show the same page, each in its way.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import groupby

from pointscli.model.table import Cell, Table
from pointscli.model.tally import OutcomeGroup, OutcomeList, Standing, Tally
from pointscli.outputs.look import Look
from pointscli.outputs.outcomes import Outcomes, outcome_rows, outcomes_table
from pointscli.outputs.ranking import ranking_table
from pointscli.outputs.tables import Result
from pointscli.outputs.titles import Words


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the table under a heading; all blocks of a page have the same columns."""

    heading: str
    facts: tuple[str, ...]
    table: Table


@dataclass(frozen=True, slots=True)
class Names:
    """Names behind a label (a group, 提名, or nothing)."""

    label: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NameLists:
    """Lists of names under a heading."""

    heading: str
    facts: tuple[str, ...]
    lists: tuple[Names, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that is shown, in order; `marks` say why it must not be published as it is."""

    heading: tuple[str, ...]
    facts: tuple[str, ...]
    marks: tuple[str, ...]
    blocks: tuple[Block, ...]
    lists: tuple[NameLists, ...] = ()


def page_of(result: Result, look: Look) -> Page:
    """The page of a result."""
    match result:
        case Tally():
            return _ranking_page(result, look.words)
        case Outcomes():
            return _outcomes_page(result.tally, look.words)
        case Table():
            return Page(
                (result.title,) if result.title else (), (), result.marks, (Block("", (), result.without_empty()),)
            )


def _ranking_page(tally: Tally, words: Words) -> Page:
    table = _for_people(ranking_table(tally, words), tally, words)
    blocks: list[Block] = []
    start = 0
    for group, standings in groupby(tally.listing, key=lambda standing: standing.group):
        end = start + len(list(standings))
        blocks.append(Block(group, (), replace(table, rows=table.rows[start:end])))
        start = end
    called = _Names(tally, words)
    outcomes = [_outcome_lists(outcome, tally, words, called) for outcome in tally.outcomes]
    lists = [one for one in outcomes if one.lists or tally.listed is None]
    return Page(
        (tally.title, words.period(tally.period)),
        (*_facts(tally, words), _people(tally, words)),
        marks(tally, words),
        tuple(blocks) or (Block("", (), table),),
        (*lists, *_remarks(tally, words, called)),
    )


def _for_people(table: Table, tally: Tally, words: Words) -> Table:
    """The ranking with outcomes by their titles, without columns that say nothing."""
    titles = {outcome.id: outcome.title for outcome in tally.outcomes}
    listing = tally.listing
    rows = []
    for standing, row in zip(listing, table.rows, strict=True):
        named = words.join([titles.get(each, each) for each in standing.outcomes])
        unranked = words.text("unranked") if tally.ranked and standing.rank is None else row[0]
        rows.append((unranked, *row[1:-1], named))
    kept = replace(table, rows=tuple(rows)).without_empty()
    if listing and all(standing.group and standing.group == standing.row.get("branch") for standing in listing):
        kept = kept.select([i for i, column in enumerate(kept.columns) if column.id != "branch"])
    return kept


def _outcomes_page(tally: Tally, words: Words) -> Page:
    table = outcomes_table(tally, words)
    start, rows = 0, []
    for outcome in tally.outcomes:
        count = sum(1 for _ in outcome_rows(outcome, tally, words, ids=False))
        rows.append((outcome, _nobody_less(table.rows[start : start + count], tally)))
        start += count
    shown = replace(table, rows=tuple(row for _, part in rows for row in part)).without_empty()
    ids = {column.id for column in shown.columns} - {"outcome", "title", "action"}
    indices = [i for i, column in enumerate(table.columns) if column.id in ids]
    blocks = (
        Block(_counted(outcome, words), _outcome_facts(outcome, words), replace(table, rows=part).select(indices))
        for outcome, part in rows
        if part or tally.listed is None
    )
    heading = (tally.title, words.period(tally.period), words.text("outcome_lists"))
    return Page(heading, _facts(tally, words), marks(tally, words), tuple(blocks))


def _nobody_less(rows: tuple[tuple[Cell, ...], ...], tally: Tally) -> tuple[tuple[Cell, ...], ...]:
    """The rows of listed members."""
    return tuple(row for row in rows if tally.listed is None or row[3] in tally.listed)


def _facts(tally: Tally, words: Words) -> tuple[str, ...]:
    facts = [words.text("scheme", scheme=tally.scheme)]
    if tally.version:
        facts.append(words.text("version", version=tally.version))
    facts.append(words.text("as_of", date=tally.as_of.isoformat()))
    if tally.decided:
        facts.append(words.text("decided", date=tally.decided.isoformat()))
    return tuple(facts)


def _people(tally: Tally, words: Words) -> str:
    listed, total = len(tally.listing), len(tally.standings)
    phrase = "people" if listed == total else "listed"
    return words.text(phrase, count=listed, total=total)


def marks(tally: Tally, words: Words) -> tuple[str, ...]:
    """Why a tally must not be published as it is: a preview, rows left out, not over, objections."""
    objections = sum(standing.objections for standing in tally.standings)
    reasons = {
        "preview": tally.preview,
        "partial": tally.partial,
        "running": tally.as_of < tally.period.end,
        "objected": objections,
    }
    values = {"stage": tally.preview, "end": tally.period.end.isoformat(), "count": objections}
    return tuple(words.text(phrase, **values) for phrase, holds in reasons.items() if holds)


def _remarks(tally: Tally, words: Words, called: _Names) -> list[NameLists]:
    """Who is exempt and why, and about whom objections are open."""
    exempt = [called.remarked(one, one.row["exempt"]) for one in tally.listing if one.row.get("exempt")]
    objected = [
        called.remarked(one, words.text("objection_count", count=one.objections))
        for one in tally.listing
        if one.objections
    ]
    found = {"exempt": exempt, "objections": objected}
    return [NameLists(words.text(key), (), (Names("", tuple(names)),)) for key, names in found.items() if names]


def _outcome_lists(outcome: OutcomeList, tally: Tally, words: Words, called: _Names) -> NameLists:
    each = _seats_each(outcome, words)
    facts, lists = [each], []
    for group in outcome.groups:
        names = tuple(called.name(member) for member in group.members if _is_listed(member, tally))
        seats = _seats(group, words, each=each)
        label = words.text("remark", name=group.group, remark=seats) if group.group and seats else group.group
        facts += [seats] if not group.group else []
        lists += [Names(label, names)] if names else []
    nominated = [one for one in outcome.nominated if _is_listed(one.member, tally)]
    if nominated:
        items = tuple(words.text("remark", name=called.name(n.member), remark=n.stage_title) for n in nominated)
        lists.append(Names(words.text("nominated"), items))
    shown = tuple(fact for fact in (*facts, _action(outcome, words)) if fact)
    return NameLists(_counted(outcome, words), shown, tuple(lists))


def _outcome_facts(outcome: OutcomeList, words: Words) -> tuple[str, ...]:
    """The places of every group with a word to say, and the action."""
    each = _seats_each(outcome, words)
    facts = [each]
    for group in outcome.groups:
        seats = _seats(group, words, each=each)
        named = seats and group.group and group.members
        facts.append(words.text("in_group", group=group.group, text=seats) if named else "" if group.group else seats)
    return tuple(fact for fact in (*facts, _action(outcome, words)) if fact)


def _is_listed(member: str, tally: Tally) -> bool:
    return tally.listed is None or member in tally.listed


def _counted(outcome: OutcomeList, words: Words) -> str:
    return words.text("counted", title=outcome.title, count=len(outcome.members))


def _seats_each(outcome: OutcomeList, words: Words) -> str:
    """The number of places, if it is the same in several groups."""
    asked = {group.asked for group in outcome.groups}
    if len(outcome.groups) == 1 or len(asked) != 1 or None in asked:
        return ""
    return words.text("asked_each", asked=asked.pop())


def _seats(group: OutcomeGroup, words: Words, *, each: str) -> str:
    """What is to be said of a group's places: nothing if `each` says it and ties did not enlarge the list."""
    taken = len(group.members)
    if group.asked is None or (each and taken <= group.asked):
        return ""
    return words.text("enlarged" if taken > group.asked else "asked", asked=group.asked, taken=taken)


def _action(outcome: OutcomeList, words: Words) -> str:
    return words.text("action", action=outcome.action) if outcome.action else ""


class _Names:
    """How members are called in running text: by name, with the id where several bear it."""

    def __init__(self, tally: Tally, words: Words) -> None:
        self._words = words
        self._names = {standing.member: standing.name for standing in tally.standings}
        self._bearers = Counter(self._names.values())

    def name(self, member: str) -> str:
        name = self._names.get(member, member)
        return name if self._bearers[name] <= 1 else self._words.text("remark", name=name, remark=member)

    def remarked(self, standing: Standing, remark: str) -> str:
        return self._words.text("remark", name=self.name(standing.member), remark=remark)
