"""Digests of what a publication rests on: raw bytes of files, and the meaning of every row.

A row's digest is that of its cells as typed, so that saving a file again in another program changes none of them,
and a change is told row by row.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from pointscli.app.inputs import Inputs
from pointscli.inputs.roster import Spell
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
    return hashlib.sha256(text.encode()).hexdigest()


def event_digests(inputs: Inputs, versions: frozenset[int]) -> dict[str, str]:
    """Event (id, or place of its row) → digest of what it says, for the events of some versions of schemes."""
    entries = inputs.events.entries
    levels = list(inputs.words.levels)
    matters = list(inputs.words.matter)
    found: dict[str, list[object]] = {}
    for entry, record in enumerate(entries.record):
        item = inputs.events.items[entry]
        if item.version not in versions:
            continue
        row = inputs.events.records[record]
        name = row.cell("id").strip() or row.where
        level, matter = entries.level[entry], entries.matter[entry]
        facts = [
            inputs.roster.members[entries.member[entry]].id,
            entries.place[entry] >> 35,
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


def member_digests(inputs: Inputs) -> dict[str, str]:
    """Member id → digest of all roster rows."""
    rows: dict[str, list[object]] = {}
    for spell in inputs.roster.spells:
        rows.setdefault(inputs.roster.members[spell.member].id, []).append(_spell(spell))
    return {member: canonical(found)[:SHORT] for member, found in sorted(rows.items())}


def _spell(spell: Spell) -> object:
    cells = {column: value.strip() for column, value in spell.cells.items() if value.strip()}
    return {**cells, "since": str(spell.since or ""), "until": str(spell.until or "")}


def decision_digests(inputs: Inputs) -> Sequence[str]:
    """Digests of all decisions, in file order, each led by the event or nomination that it is about."""
    decisions = inputs.reviews.decisions
    levels = list(inputs.words.levels)
    seen: dict[int, tuple[str, str]] = {}
    for number, (seq, entry) in enumerate(zip(decisions.seq, decisions.entry, strict=True)):
        row = inputs.events.records[inputs.events.entries.record[entry]]
        name = row.cell("id").strip() or row.where
        level = decisions.level[number]
        facts = [getattr(decisions, column)[number] for column in ("day", "decision", "stage", "quantity", "points")]
        facts.append(None if level is None else levels[level])
        seen.setdefault(seq, (name, canonical([name, *facts])[:SHORT]))
    found = [f"{name} {digest}" for _, (name, digest) in sorted(seen.items())]
    for one in inputs.reviews.nominations:
        name = f"{one.outcome}/{one.period}/{one.member}"
        found.append(f"{name} {canonical([one.scheme, name, one.day, one.decision, one.stage])[:SHORT]}")
    return found


def rule_digests(inputs: Inputs, sources: Mapping[str, Path]) -> dict[str, str]:
    """Rule file → SHA-256 of its bytes."""
    paths = {scheme.place.path for scheme in inputs.schemes}
    return {shown: file_digest(path, shown)[1] for shown, path in sorted(sources.items()) if shown in paths or path}
