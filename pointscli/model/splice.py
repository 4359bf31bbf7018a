"""Edits of a text at positions: every other byte stays as it was."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence
from itertools import accumulate, pairwise

from pointscli.model.problem import Edit

Span = tuple[int, int, str]
"""From an index to another, and the new text."""
BOM = b"\xef\xbb\xbf"


def splice(data: bytes, fixes: Sequence[Sequence[Edit]]) -> tuple[bytes, int]:
    """The bytes after the edits, and how many of the fixes were applied: none that touches an earlier one."""
    mark = BOM if data.startswith(BOM) else b""
    text = data[len(mark) :].decode("utf-8")
    starts = _line_starts(text)
    taken: list[Span] = []
    known: set[Span] = set()
    done = 0
    for fix in fixes:
        wanted = list(dict.fromkeys((_index(starts, edit.start), _index(starts, edit.end), edit.text) for edit in fix))
        new = [edit for edit in wanted if edit not in known]
        if any(start < 0 or end < start or end > len(text) for start, end, _ in new) or _overlaps(new, taken):
            continue
        for edit in new:
            insort(taken, edit)
        known.update(new)
        done += 1
    pieces, at = [], 0
    for start, end, new_text in taken:
        pieces += [text[at:start], new_text]
        at = end
    return mark + "".join([*pieces, text[at:]]).encode(), done


def _overlaps(new: Sequence[Span], taken: Sequence[Span]) -> bool:
    """Whether an edit shares a character with another, or inserts where another does; `taken` is in order."""
    near = list(new)
    for one in new:
        place = bisect_left(taken, one)
        near += taken[max(place - 1, 0) : place + 1]
    spans = sorted({(start, end, text) for start, end, text in near})
    return any(after[0] < before[1] or after[:2] == before[:2] for before, after in pairwise(spans))


def _line_starts(text: str) -> list[int]:
    """The index of each line's first character, lines counted as everywhere in rule files."""
    pieces = text.replace("\r\n", "\n\n").replace("\r", "\n") if "\r" in text else text
    lines = _lengths(text) if pieces != text else [len(line) + 1 for line in text.split("\n")]
    return [0, *accumulate(lines)]


def _lengths(text: str) -> list[int]:
    """The lengths of lines with their ends, which may be CRLF, LF or CR."""
    lengths, start, at = [], 0, 0
    while at < len(text):
        if text[at] in "\r\n":
            at += 2 if text.startswith("\r\n", at) else 1
            lengths.append(at - start)
            start = at
        else:
            at += 1
    return [*lengths, len(text) - start]


def _index(starts: Sequence[int], mark: tuple[int, int]) -> int:
    line, column = mark
    return starts[line - 1] + column - 1 if 1 <= line <= len(starts) else -1
