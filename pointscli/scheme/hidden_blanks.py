"""Blanks that look like spaces and are none: tabs, non-breaking and full-width spaces, characters without width."""

from __future__ import annotations

import re
from bisect import bisect_right

from pointscli.model.problem import Place, Problem
from pointscli.scheme.source_text import split_lines
from pointscli.scheme.tree import Mark

_BLANKS = re.compile("[\t\u00a0\u1680\u180e\u2000-\u200f\u202a-\u202f\u205f-\u2064\u2066-\u206f\u3000\ufeff]+")
_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#")
_MESSAGES = {
    "\t": ("tab", "a tab stands here", "use spaces; a tab that belongs to a text needs quotes around the text"),
    "\u3000": (
        "full-width-space",
        "a full-width space stands here",
        "use a half-width space; a full-width one that belongs to a text needs quotes around the text",
    ),
    "\u00a0": (
        "non-breaking-space",
        "a non-breaking space stands here",
        "use an ordinary space; one that belongs to a text needs quotes around the text",
    ),
}
_OTHER = ("hidden-character", "a character that cannot be seen ({code}) stands here", "delete it")


def find_hidden_blanks(text: str, path: str, quoted: list[tuple[Mark, Mark]], until: int | None) -> list[Problem]:
    """Those outside quotes and comments, up to the last line understood."""
    if not _BLANKS.search(text):
        return []
    found = []
    for number, line in enumerate(split_lines(text)[:until], 1):
        if _BLANKS.search(line):
            found += [_problem(path, number, run) for run in _runs(line, number, quoted)]
    return found


def has_hidden_blanks(text: str) -> bool:
    """Whether a text contains any."""
    return bool(_BLANKS.search(text))


def _runs(line: str, number: int, quoted: list[tuple[Mark, Mark]]) -> list[re.Match[str]]:
    comment = next((c.start() for c in _COMMENT.finditer(line) if not _within(number, c.start(), quoted)), len(line))
    return [run for run in _BLANKS.finditer(line, 0, comment) if not _within(number, run.start(), quoted)]


def _within(number: int, index: int, quoted: list[tuple[Mark, Mark]]) -> bool:
    """Whether a character lies in a quoted text; they are in order and do not overlap."""
    mark = (number, index + 1)
    before = bisect_right(quoted, mark, key=lambda span: span[0])
    return before > 0 and mark < quoted[before - 1][1]


def _problem(path: str, number: int, run: re.Match[str]) -> Problem:
    name, message, hint = _MESSAGES.get(run[0][0], _OTHER)
    args = (("code", f"U+{ord(run[0][0]):04X}"),) if name == _OTHER[0] else ()
    return Problem(name, Place(path, number, run.start() + 1), message, hint, args)
