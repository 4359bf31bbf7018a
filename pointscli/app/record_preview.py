"""What a new event would do to its members' scores, before it is recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pointscli.app.derivation import derive
from pointscli.app.member_log import member_inputs
from pointscli.app.question import Asked
from pointscli.app.record import Desk, Draft, make_ids, read_log
from pointscli.app.record_rows import with_id
from pointscli.app.rule_sentences import NodeSentences
from pointscli.app.tally import tally_inputs
from pointscli.app.workspace import Language
from pointscli.journal.audit import next_number
from pointscli.model.derivation import Derivation
from pointscli.model.items import Item
from pointscli.model.period import Period
from pointscli.model.problem import FindingsError
from pointscli.outputs.rule_words import RuleWords


@dataclass(frozen=True, slots=True)
class Left:
    """What is left under a maximum after the event."""

    title: str
    window: Period
    left: Decimal
    most: Decimal


@dataclass(frozen=True, slots=True)
class Effect:
    """What an event does for one member; None: it posts nothing, or the member is not listed."""

    member: str
    period: Period
    priced: Decimal | None
    credited: Decimal | None
    why: str
    """Why it posts nothing; empty if it does."""
    before: Decimal | None
    after: Decimal | None
    left: tuple[Left, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """All that is shown before an event is recorded."""

    item: str
    scoring: str
    day: date
    effects: tuple[Effect, ...]
    errors: int = 0
    """The log has so many errors in rows of these members: no score can be computed."""


def scoring_sentence(desk: Desk, item: Item, language: Language) -> str:
    """How an item is scored, in one line."""
    scheme = desk.schemes[item.version]
    return NodeSentences(scheme, RuleWords(language)).scoring(desk.choices.node(item))


def preview_event(desk: Desk, draft: Draft) -> Preview:
    """The price of an event, what bounds leave of it, and the scores before and after."""
    language = desk.workspace.language
    (day,) = draft.days()
    item = draft.inputs.events.items[0]
    preview = Preview(item.title, scoring_sentence(desk, item, language), day, ())
    log = read_log(desk, draft)
    event_id = make_ids([day], next_number(desk.workspace.root), log)[0]
    table = with_id(draft.table, [event_id])
    old = member_inputs(desk.workspace, desk.schemes, desk.roster, log)
    new = member_inputs(desk.workspace, desk.schemes, desk.roster, log, table)
    effects = []
    entries = draft.inputs.events
    try:
        for version in sorted({one.version for one in entries.items}):
            scheme = desk.schemes[version]
            members = [
                m for m, one in zip(entries.entries.member, entries.items, strict=True) if one.version == version
            ]
            period = Period.containing(scheme.settle, day)
            asked = Asked(max(desk.today, day), period, scheme.id)
            before = {one.member: one.score for one in tally_inputs(old, asked, language).tally.standings}
            after = derive(new, asked, language, members)
            for number in members:
                member_id = desk.roster.members[number].id
                title = desk.choices.member_title(number, day)
                effects.append(_effect(title, after.members[member_id], event_id, before.get(member_id)))
    except FindingsError as error:
        return Preview(preview.item, preview.scoring, day, (), len(error.problems))
    return Preview(preview.item, preview.scoring, day, tuple(effects))


def _effect(title: str, found: Derivation, event_id: str, before: Decimal | None) -> Effect:
    posting = next((one for one in found.postings if one.source and one.source.event == event_id), None)
    idle = next((one for one in found.idle if one.source.event == event_id), None)
    path = posting.path if posting else idle.path if idle else ()
    left = tuple(
        Left(room.title, room.window, room.max - room.total, room.max)
        for room in found.rooms
        if room.max is not None and room.node in (*path, "score")
    )
    return Effect(
        member=title,
        period=found.period,
        priced=posting.priced if posting else None,
        credited=posting.credited if posting else None,
        why=idle.why if idle else "",
        before=before,
        after=found.score,
        left=left,
    )
