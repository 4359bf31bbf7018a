"""Digests of what a publication rests on: raw bytes of files, and the meaning of every row.

A row's digest is that of its cells as typed, so that saving a file again in another program changes none of them,
and a change is told row by row.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path

from pointscli.app.inputs import Inputs
from pointscli.inputs.roster import Spell
from pointscli.model.log import DAY_PLACES
from pointscli.model.problem import FileError

SHORT = 16
"""Hexadecimal digits of a row's digest: 64 bits, for telling changes apart, not for proof; files have the whole."""


def file_digest(path: Path, shown: str) -> tuple[int, str]:
    """Size and SHA-256 of a file."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FileError(shown, "it cannot be read: {why}", "check the file", why=error.strerror) from error
    return len(data), hashlib.sha256(data).hexdigest()


def canonical(value: object) -> str:
    """SHA-256 of a value as JSON with sorted keys."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()  # a file name may be no text


def event_digests(inputs: Inputs, versions: frozenset[int], last: date) -> dict[str, str]:
    """Event (id, or place of its row) → digest of what it says, for some versions of schemes, dated up to a day."""
    entries = inputs.events.entries
    end = (last.toordinal() + 1) * DAY_PLACES
    levels = list(inputs.words.levels)
    matters = list(inputs.words.matter)
    found: dict[str, list[object]] = {}
    for entry, record in enumerate(entries.record):
        item = inputs.events.items[entry]
        if item.version not in versions or entries.place[entry] >= end:
            continue
        row = inputs.events.records[record]
        name = row.cell("id").strip() or row.where
        level, matter = entries.level[entry], entries.matter[entry]
        facts = [
            inputs.roster.members[entries.member[entry]].id,
            entries.place[entry] // DAY_PLACES,
            item.id,
            entries.quantity[entry],
            None if level is None else levels[level],
            entries.points[entry],
            None if matter is None else matters[matter],
            entries.named[entry],
            entries.stage[entry],
            row.cell("reason").strip(),
            row.cell("evidence").strip(),
        ]
        found.setdefault(name, []).append(facts)
    return {name: canonical(facts)[:SHORT] for name, facts in sorted(found.items())}


def member_digests(inputs: Inputs, last: date) -> dict[str, str]:
    """Member id → digest of the roster rows that began by a day, as they stood then: who leaves later had not left."""
    rows: dict[str, list[object]] = {}
    for spell in inputs.roster.spells:
        if spell.since is None or spell.since <= last:
            rows.setdefault(inputs.roster.members[spell.member].id, []).append(_spell(spell, last))
    return {member: canonical(found)[:SHORT] for member, found in sorted(rows.items())}


def _spell(spell: Spell, last: date) -> object:
    cells = {column: value.strip() for column, value in spell.cells.items() if value.strip()}
    until = "" if spell.until is None or spell.until >= last else str(spell.until)
    return {**cells, "since": str(spell.since or ""), "until": until}


def decision_digests(inputs: Inputs, events: Collection[str]) -> Sequence[str]:
    """Digests of the decisions about some events, in file order, then of those about nominations, led by the name."""
    decisions = inputs.reviews.decisions
    levels = list(inputs.words.levels)
    seen: dict[int, tuple[str, str]] = {}
    for number, (seq, entry) in enumerate(zip(decisions.seq, decisions.entry, strict=True)):
        row = inputs.events.records[inputs.events.entries.record[entry]]
        name = row.cell("id").strip() or row.where
        if name not in events:
            continue
        level = decisions.level[number]
        facts = [getattr(decisions, column)[number] for column in ("day", "decision", "stage", "quantity", "points")]
        facts.append(None if level is None else levels[level])
        seen.setdefault(seq, (name, canonical([name, *facts])[:SHORT]))
    found = [f"{name} {digest}" for _, (name, digest) in sorted(seen.items())]
    for one in inputs.reviews.nominations:
        name = f"{one.outcome}/{one.period}/{one.member}"
        found.append(f"{name} {canonical([one.scheme, name, one.day, one.decision, one.stage])[:SHORT]}")
    return found
