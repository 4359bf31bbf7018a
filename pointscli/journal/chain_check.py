"""Compares the chain with itself, with the files as they are now, and with a code printed earlier."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pointscli.journal.atomic import unreadable
from pointscli.journal.chain import CHAIN, digest, printed_code
from pointscli.model.problem import Place, Problem, Severity, UsageError

_CODE = re.compile(r"([0-9]+)-([0-9A-F]{4}(?:-[0-9A-F]{4}){3})")
_MOST = 10
"""So many differing records of a file are named."""


@dataclass(frozen=True, slots=True)
class Record:
    """Bytes of a file as an entry has them; the whole file from its beginning, or a part."""

    start: int
    end: int
    sha256: str
    seq: int
    by: str
    at: str
    line: int
    """The line of the entry in the chain."""


@dataclass(slots=True)
class Trail:
    """What the chain says of every file, after its last entry; and what is wrong with the chain itself."""

    records: dict[str, list[Record]] = field(default_factory=dict)
    breaks: list[Problem] = field(default_factory=list)
    lines: list[tuple[int, str]] = field(default_factory=list)
    """Number and digest of every entry, by line."""
    entries: int = 0

    def holds(self, name: str, data: bytes) -> bool:
        """Whether a file (or its beginning) is what was recorded."""
        found = self.records.get(name, [])
        return bool(found) and all(digest(data[one.start : one.end]) == one.sha256 for one in found)


def read_trail(root: Path) -> Trail:
    """Read the whole chain."""
    try:
        data = (root / CHAIN).read_bytes()
    except FileNotFoundError:
        return Trail()
    except OSError as error:
        raise unreadable(CHAIN, error) from error
    lines = data.split(b"\n")
    rest = lines.pop()
    if rest and _entry(rest):  # nothing but its end is missing, which the next entry adds
        lines.append(rest)
        rest = b""
    reader = _Reader(Trail())
    for number, line in enumerate(lines, 1):
        reader.take(number, line)
    if rest:
        reader.wrong("chain-unreadable", len(lines) + 1, "the last entry is not finished", "run points repair")
    return reader.trail


class _Reader:
    """Takes the chain entry by entry."""

    def __init__(self, trail: Trail) -> None:
        self.trail = trail
        self.seq, self.digest = 0, ""
        self.lost = False
        """Whether the line before could not be read."""

    def wrong(self, name: str, line: int, message: str, hint: str, **args: object) -> None:
        """Keep a break of the chain."""
        filled = tuple((key, str(value)) for key, value in args.items())
        self.trail.breaks.append(Problem(name, Place(CHAIN, line), message, hint, filled))

    def take(self, number: int, line: bytes) -> None:
        """Take one line."""
        entry = _entry(line)
        if entry is None:
            hint = "it was changed after it was written: take the audit file from a copy of the folder"
            self.wrong("chain-unreadable", number, "this line is not an entry of the audit file", hint)
            self.lost = True
            self.digest = digest(line)
            return
        self._compare(number, entry)
        self.seq, self.digest, self.lost = entry["seq"], digest(line), False
        self.trail.lines.append((self.seq, self.digest))
        self.trail.entries += 1
        for part in entry["files"]:
            self._part(number, entry, part)

    def _compare(self, number: int, entry: dict[str, Any]) -> None:
        """Whether an entry follows the one before it."""
        seq, expected = entry["seq"], self.seq + 1
        hint = "compare with an older copy of the folder; what the notices printed tells which one is right"
        if seq > expected and not (self.lost and seq == expected + 1):
            message = (
                "the entries {first} to {last} were deleted" if seq > expected + 1 else "entry {first} was deleted"
            )
            self.wrong("chain-gap", number, message, hint, first=expected, last=seq - 1)
        elif seq < expected:
            self.wrong("chain-gap", number, "entry {seq} stands here again", hint, seq=seq)
        elif entry["prev"] != self.digest and not self.lost:
            message = "entry {seq} was changed after it was written"
            self.wrong("chain-changed", max(number - 1, 1), message, hint, seq=max(seq - 1, 1))

    def _part(self, number: int, entry: dict[str, Any], part: dict[str, Any]) -> None:
        """Keep what an entry says of a file."""
        name = part["path"]
        if part.get("torn"):
            return
        records = self.trail.records.setdefault(name, [])
        if part.get("outside"):
            self._outside(number, entry, part)
        if part.get("gone"):
            del self.trail.records[name]
            return
        whole = "size" in part
        start = 0 if whole else part["offset"]
        end = part["size"] if whole else start + part["length"]
        if whole:
            records.clear()
        records.append(Record(start, end, part["sha256"], entry["seq"], entry["by"], entry["at"], number))

    def _outside(self, number: int, entry: dict[str, Any], part: dict[str, Any]) -> None:
        message = "{path} was changed outside the tool before entry {seq} of {by}, {at}"
        if part.get("gone"):
            message = "{path} was removed or renamed outside the tool before entry {seq} of {by}, {at}"
        elif "offset" in part:
            message = "{length} bytes were added to {path} outside the tool before entry {seq} of {by}, {at}"
        args = {"path": part["path"], "seq": entry["seq"], "by": entry["by"], "at": entry["at"]}
        if "offset" in part:
            args["length"] = part["length"]
        hint = "it was edited by hand, or a command was interrupted; if nobody knows of it, compare with a copy"
        filled = tuple((key, str(value)) for key, value in args.items())
        self.trail.breaks.append(
            Problem("changed-outside", Place(CHAIN, number), message, hint, filled, Severity.WARNING)
        )


def _entry(line: bytes) -> dict[str, Any] | None:
    """An entry with everything that is read of it; None if it is none."""
    try:
        entry = json.loads(line)
        entry["seq"] = int(entry["seq"])
        parts = entry["files"]
        fits = all(isinstance(entry[key], str) for key in ("at", "by", "prev")) and all(map(_fits, parts))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):
        return None
    return entry if fits else None


def _fits(part: dict[str, Any]) -> bool:
    numbers = ("size",) if "size" in part else ("offset", "length")
    return isinstance(part["path"], str) and (
        bool(part.get("gone"))
        or (all(isinstance(part[key], int) for key in numbers) and isinstance(part["sha256"], str))
    )


def check_chain(root: Path, against: str | None = None) -> list[Problem]:
    """Everything that is not as it was recorded: edits, deletions, a cut end, files changed outside the tool."""
    wanted = _parse_code(against) if against is not None else None
    trail = read_trail(root)
    found = list(trail.breaks)
    if wanted is not None:
        found += _compare_code(trail, *wanted)
    for name, records in trail.records.items():
        found += _compare_file(root, name, records, trail.entries)
    return found


def _parse_code(text: str) -> tuple[int, str]:
    plain = unicodedata.normalize("NFKC", text).strip().upper().replace("—", "-").replace("–", "-")
    match = _CODE.fullmatch(plain)
    if not match:
        hint = "copy it from the notice, like 42-7F3A-0C11-9B2E-55D0"
        raise UsageError("{value} is not the code of a notice", hint, value=text)
    return int(match[1]), plain


def _compare_code(trail: Trail, seq: int, code: str) -> Iterator[Problem]:
    """Whether the chain holds the entry whose code was printed."""
    codes = {number: printed_code(number, found) for number, found in trail.lines}
    last = max(codes, default=0)
    args = (("seq", str(seq)), ("last", str(last)))
    hint = "take the audit file and the logs from a copy that was made after the notice"
    line = next((at for at, (number, _) in enumerate(trail.lines, 1) if number == seq), len(trail.lines) or 1)
    if seq not in codes:
        message = "the end was cut off: entry {seq} was printed on a notice, and the audit file ends at entry {last}"
        if seq <= last:
            message = "entry {seq} was printed on a notice and is not in the audit file"
        yield Problem("not-as-printed", Place(CHAIN, line), message, hint, args)
    elif codes[seq].lstrip("0") != code.lstrip("0"):
        message = (
            "entry {seq} is not the one whose code was printed: the audit file was written anew, or the code is misread"
        )
        yield Problem("not-as-printed", Place(CHAIN, line), message, hint, args)


def _compare_file(root: Path, name: str, records: Sequence[Record], last: int) -> Iterator[Problem]:
    """Whether a file is what was recorded."""
    path = root / name
    if not path.is_file():
        record = records[-1]
        args = (("path", name), ("seq", str(record.seq)), ("by", record.by), ("at", record.at))
        message = "{path} is not there any more: last recorded by {by}, {at} (entry {seq})"
        hint = "put it back, or take it from a copy"
        yield Problem("recorded-missing", Place(CHAIN, record.line), message, hint, args)
        return
    try:
        data = path.read_bytes()
    except OSError as error:
        raise unreadable(name, error) from error
    hint = "if nobody knows of it, compare with a copy of the file; corrections belong into points review"
    wrong = [one for one in records if digest(data[one.start : one.end]) != one.sha256]
    size = records[-1].end
    shifted = len(data) != size
    for record in wrong[: 1 if shifted else _MOST]:
        yield _differs(name, data, record, hint)
    if not wrong and len(data) > size:
        added = (("length", str(len(data) - size)), ("seq", str(last)))
        message = "{length} bytes were added outside the tool after entry {seq}"
        hint = "they were written by hand, or a command was interrupted; the next command notes them"
        place = Place(name, data.count(b"\n", 0, size) + 1)
        yield Problem("changed-outside", place, message, hint, added, Severity.WARNING)


def _differs(name: str, data: bytes, record: Record, hint: str) -> Problem:
    first = data.count(b"\n", 0, record.start) + 1
    end = max(data.count(b"\n", 0, max(record.end - 1, 0)) + 1, first)
    message = "changed after it was recorded: line {first} is not what {by} wrote, {at} (entry {seq})"
    if end > first:
        message = "changed after it was recorded: lines {first} to {last} are not what {by} wrote, {at} (entry {seq})"
    args = (
        ("first", str(first)),
        ("last", str(end)),
        ("by", record.by),
        ("at", record.at),
        ("seq", str(record.seq)),
    )
    return Problem("recorded-changed", Place(name, first), message, hint, args)
