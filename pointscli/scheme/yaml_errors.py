"""What the YAML reader could not read, in words of our own and at the line that is to blame."""

from __future__ import annotations

import re
from typing import Protocol

import yaml

from pointscli.model.problem import Edit, Place, Problem
from pointscli.scheme.source_text import split_lines
from pointscli.scheme.tree import Mark


class _Marked(Protocol):
    """A mark of either loader."""

    @property
    def line(self) -> int:
        """The line from 0."""

    @property
    def column(self) -> int:
        """The column from 0."""


_ENGLISH_KEY = re.compile(r"""\s*(?:-\s+)?["']?[A-Za-z_][A-Za-z0-9_-]*["']?\s*(?=：)""")
_ANY_KEY = re.compile(r"[^:#]*?(?=：)")

# Part of what the reader says -> (whether the beginning is to blame rather than the end, message, hint).
_EXPLAINED: tuple[tuple[str, bool, str, str], ...] = (
    (
        "could not find expected ':'",
        True,
        "there is no colon after this key",
        "write the key, a colon and a space, then the value",
    ),
    (
        "mapping values are not allowed",
        False,
        "a colon cannot stand here",
        "check the indentation, and the space after the colon in the line above; text with a colon in it needs quotes",
    ),
    ("escape character", True, "this backslash cannot be read", "put the text into single quotes instead"),
    ("quoted scalar", True, "the quote that opens here is never closed", "add the closing quote"),
    ("tab character", False, "a tab stands where spaces are needed", "use spaces"),
    (
        "block scalar",
        True,
        "a value that begins with > or | needs quotes",
        'write it in quotes, like ">= 90"',
    ),
    (
        "while parsing a flow",
        False,
        "a comma or a closing bracket is missing before this",
        "close every bracket, and separate values with a half-width comma and a space",
    ),
    ("cannot start any token", False, "a value cannot begin with this character", "put the value into quotes"),
    ("node content", False, "a value is missing before this", "check the brackets and commas of this line"),
    ("<document start>", False, "there is text after the end of the document", "delete the line of three dots"),
    (
        "while parsing a block",
        False,
        "this does not fit the lines above it",
        "indent it like its neighbours, with spaces; text with quotes or brackets inside needs quotes around it",
    ),
)


def explain(error: yaml.YAMLError, text: str, path: str) -> list[Problem]:
    """The findings for one syntax error: full-width colons if they are to blame, else the error itself."""
    lines = split_lines(text)
    start, end = mark_of(getattr(error, "context_mark", None)), mark_of(getattr(error, "problem_mark", None))
    end = _inside(lines, end or start or (len(lines), 1))
    start = _inside(lines, start or end)
    said = f"{getattr(error, 'context', None) or ''} {getattr(error, 'problem', None) or error}"
    blamed, message, hint = _explanation(said, start, end)
    if blamed == end and "flow" in said and _leaves_bracket_open(lines, start, end):
        blamed, message, hint = start, "the bracket that opens here is never closed", "add the closing bracket"
    before = lines[end[0] - 1][: end[1] - 1]
    if "flow" in said and "，" in before and blamed == end:
        blamed = end[0], before.rindex("，") + 1
        message, hint = "a full-width comma stands here", "write a half-width comma and a space"
    elif "mapping values are not allowed" in said and ": " in before:
        message = "a second colon cannot stand in this line"
        hint = "begin a new line for the next key; text with a colon in it needs quotes"
    colons = _full_width_colons(lines, blamed, end)
    if colons:
        message = "a full-width colon stands here where YAML needs a half-width one"
        hint = "write a half-width colon and a space"
        return [_full_width_colon(path, mark, lines, message, hint) for mark in colons]
    return [Problem("yaml-syntax", Place(path, *blamed), message, hint)]


def is_open_quote(problem: Problem) -> bool:
    """Whether the finding is a quote without end: then nothing after it can be judged."""
    return problem.message == "the quote that opens here is never closed"


def mark_of(mark: _Marked | None) -> Mark | None:
    """A mark of the YAML reader, which counts from 0, as line and column."""
    return (mark.line + 1, mark.column + 1) if mark else None


def _explanation(said: str, start: Mark, end: Mark) -> tuple[Mark, str, str]:
    for part, begins, message, hint in _EXPLAINED:
        if part in said:
            return (start if begins else end), message, hint
    return end, "this cannot be read as YAML", "compare the line with its neighbours: colons, spaces, brackets, quotes"


def _leaves_bracket_open(lines: list[str], start: Mark, end: Mark) -> bool:
    """Whether the reader left the lines of the bracket: at the end of the text, or at a line indented no more."""
    if not "\n".join(lines[end[0] - 1 :])[end[1] - 1 :].strip():
        return True
    return end[0] > start[0] and _indent(lines[end[0] - 1]) <= _indent(lines[start[0] - 1])


def _inside(lines: list[str], mark: Mark) -> Mark:
    """The mark, or the end of the last line that says something where it lies behind that."""
    last = max((number for number, line in enumerate(lines, 1) if line.strip()), default=1)
    return mark if mark[0] <= last else (last, len(lines[last - 1].rstrip()) + 1)


def _full_width_colon(path: str, mark: Mark, lines: list[str], message: str, hint: str) -> Problem:
    line, column = mark
    end = (line, column + 1)
    rest = lines[line - 1][column:]
    fix = Edit(mark, end, ":" if not rest or rest[0] in " \u3000\u00a0" else ": ")
    return Problem("full-width-colon", Place(path, line, column), message, hint, end=end, fix=(fix,))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _full_width_colons(lines: list[str], blamed: Mark, end: Mark) -> list[Mark]:
    """Full-width colons after keys: near the error after any text, elsewhere after an English word."""
    near = {line for line in (blamed[0] - 1, blamed[0], end[0] - 1, end[0]) if 0 < line <= len(lines)}
    culprits = [(line, key.end() + 1) for line in sorted(near) if (key := _ANY_KEY.match(lines[line - 1]))]
    if not culprits:
        return []
    others = [
        (number, key.end() + 1)
        for number, line in enumerate(lines, 1)
        if number not in near and (key := _ENGLISH_KEY.match(line))
    ]
    return sorted(culprits + others)
