"""Comments that ask to leave out a finding: `# points: ignore[NAME, …] until=DATE reason="…"`.

At the end of a line it is for that line; alone on a line, for the next line that says something, and if a key begins
there, for the key's whole block.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import yaml

from pointscli.model.problem import Place, Problem, Severity
from pointscli.scheme.mended import read_mended
from pointscli.scheme.source_text import split_lines
from pointscli.scheme.tree import Listing, Mapping, Mark, Tree
from pointscli.scheme.yaml_errors import mark_of

_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#\s*points\s*[:：]\s*ignore\b(?P<rest>.*)$")
_NAMES = re.compile(r"\s*\[(?P<names>[^\]]*)\](?P<rest>.*)$")
_UNTIL = re.compile(r"\buntil\s*=\s*(?P<until>[^\s\"]+)")
_REASON = re.compile(r"""\breason\s*=\s*(?:"(?P<a>[^"]*)"|'(?P<b>[^']*)'|“(?P<c>[^”]*)”)""")
_NAME = re.compile(r"[^,，、\s]+")
_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
FORM = 'write it like # points: ignore[{example}] reason="…"'
EXAMPLE = "unused-level"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A name or code in the brackets, and where it stands."""

    name: str
    place: Place
    end: Mark


@dataclass(frozen=True, slots=True)
class Suppression:
    """A comment that can be used: what it leaves out, in which lines, until which day (inclusive)."""

    wanted: tuple[Wanted, ...]
    first: int
    last: int
    until: date | None
    until_place: Place | None


def find_suppressions(data: bytes, path: str) -> tuple[list[Suppression], list[Problem]]:
    """The comments of a rule file, and what is wrong with them."""
    if b"points" not in data or b"ignore" not in data:
        return [], []
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return [], []
    lines = split_lines(text)
    texts = _texts(text)
    hits = [(number, hit) for number, line in enumerate(lines, 1) if (hit := _comment(number, line, texts))]
    blocks = _blocks(data, path) if hits else {}
    following = _next_lines(lines) if hits else []
    found: list[Suppression] = []
    problems: list[Problem] = []
    for number, hit in hits:
        first = number if lines[number - 1][: hit.start()].strip() else following[number]
        last = blocks.get(first, first) if first != number else first
        one = _read(hit, Place(path, number, hit.start() + 1), first, last, problems)
        found += [one] if one else []
    return found, problems


def _comment(number: int, line: str, texts: Sequence[tuple[Mark, Mark]]) -> re.Match[str] | None:
    """The comment of a line, if there is one and it is not part of a text."""
    if "ignore" not in line:
        return None
    for sign in re.finditer("#", line):
        hit = _COMMENT.match(line, sign.start())
        mark = (number, sign.start() + 1)
        if hit and not _is_inside(mark, texts):
            return hit
    return None


def _is_inside(mark: Mark, texts: Sequence[tuple[Mark, Mark]]) -> bool:
    """Whether a place is in one of the texts, which are in their order."""
    before = bisect_right(texts, mark, key=lambda span: span[0])
    return before > 0 and mark < texts[before - 1][1]


def _texts(text: str) -> list[tuple[Mark, Mark]]:
    """From where to where the file's values go, as far as it can be read."""
    found: list[tuple[Mark, Mark]] = []
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            if isinstance(event, yaml.ScalarEvent):
                found.append(_span(event))  # noqa: PERF401  (what came before an error is kept)
    except yaml.YAMLError:
        return found
    return found


def _span(event: yaml.ScalarEvent) -> tuple[Mark, Mark]:
    return mark_of(event.start_mark) or (1, 1), mark_of(event.end_mark) or (1, 1)


def _blocks(data: bytes, path: str) -> dict[int, int]:
    """The last line of the block of each key, by the key's line; the outermost of a line wins."""
    tree, _ = read_mended(data, path)
    found: dict[int, int] = {}
    for first, last in _spans(tree):
        found[first] = max(found.get(first, 0), last)
    return found


def _spans(tree: Tree | None) -> Iterator[tuple[int, int]]:
    if isinstance(tree, Mapping):
        for entry in tree:
            yield entry.place.line, max(entry.value.end[0], entry.place.line)
            yield from _spans(entry.value)
    elif isinstance(tree, Listing):
        for item in tree.items:
            yield item.place.line, max(item.end[0], item.place.line)
            yield from _spans(item)


def _next_lines(lines: Sequence[str]) -> list[int]:
    """For each line number the next line that is neither empty nor a comment; itself if there is none."""
    found = list(range(len(lines) + 1))
    for number in range(len(lines) - 1, 0, -1):
        says = lines[number].strip() and lines[number].lstrip()[0] != "#"
        later = found[number + 1]
        found[number] = number + 1 if says else later if later > number + 1 else number
    return found


def _read(hit: re.Match[str], place: Place, first: int, last: int, problems: list[Problem]) -> Suppression | None:
    end = (place.line, hit.end() + 1)
    names = _NAMES.match(hit["rest"])
    if names is None or not names["names"].strip():
        hint = 'write in brackets what is to be ignored: # points: ignore[{example}] reason="…"'
        problems.append(_wrong("blanket-ignore", place, end, "this does not say which finding to ignore", hint))
        return None
    base = hit.start("rest") + 1
    wanted = tuple(
        Wanted(one[0], Place(place.path, place.line, base + one.start()), (place.line, base + one.end()))
        for one in _NAME.finditer(hit["rest"], names.start("names"), names.end("names"))
    )
    rest = names["rest"]
    reason = _REASON.search(rest)
    if reason is None or not any(text and text.strip() for text in reason.groups()):
        hint = 'add reason="…" after the bracket, so that others know why'
        problems.append(_wrong("ignore-without-reason", place, end, "this does not say why it is to be ignored", hint))
        return None
    rest = _REASON.sub("", rest)
    until = _UNTIL.search(rest)
    day = _day(until["until"]) if until else None
    left = _UNTIL.sub("", rest).strip()
    if left or (until and day is None):
        problems.append(_wrong("bad-ignore", place, end, "{value} cannot be understood here", FORM, left or until))
        return None
    return Suppression(wanted, first, last, day, place if until else None)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _wrong(
    name: str, place: Place, end: Mark, message: str, hint: str, value: str | re.Match[str] | None = ""
) -> Problem:
    text = value if isinstance(value, str) else value["until"] if value else ""
    return Problem(name, place, message, hint, (("value", text), ("example", EXAMPLE)), Severity.WARNING, end)
