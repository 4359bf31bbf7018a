"""Blanks that look like spaces and are none: tabs, non-breaking and full-width spaces, characters without width."""

from __future__ import annotations

import re
from bisect import bisect_right

from pointscli.model.problem import Edit, Place, Problem
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
_SPACES = {"\t": " ", "\u3000": " ", "\u00a0": " ", "\u2007": " ", "\u202f": " ", "\u200b": "", "\ufeff": ""}
"""Blanks that can be mended, and the spaces that they stand for."""
_OTHER = ("hidden-character", "a character that cannot be seen ({code}) stands here", "delete it")


def find_hidden_blanks(text: str, path: str, quoted: list[tuple[Mark, Mark]], until: int | None) -> list[Problem]:
    """Those outside quotes and comments, up to the last line understood."""
    if not _BLANKS.search(text):
        return []
    found = []
    for number, line in enumerate(split_lines(text)[:until], 1):
        if _BLANKS.search(line):
            found += [_problem(path, number, run, line) for run in _runs(line, number, quoted)]
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


def _problem(path: str, number: int, run: re.Match[str], line: str) -> Problem:
    name, message, hint = _MESSAGES.get(run[0][0], _OTHER)
    args = (("code", f"U+{ord(run[0][0]):04X}"),) if name == _OTHER[0] else ()
    start, end = (number, run.start() + 1), (number, run.end() + 1)
    text = _plain(run[0], is_indent=not line[: run.start()].strip())
    fix = () if text is None else (Edit(start, end, text),)
    return Problem(name, Place(path, *start), message, hint, args, end=end, fix=fix)


def _plain(run: str, *, is_indent: bool) -> str | None:
    """What a run of blanks is meant to be: as wide in front of a line as it looks; None where that is not certain."""
    if any(blank not in _SPACES for blank in run) or (is_indent and "\t" in run):
        return None
    return "".join("  " if is_indent and blank == "\u3000" else _SPACES[blank] for blank in run)
