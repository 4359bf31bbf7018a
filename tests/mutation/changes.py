"""The small faults that are put into SQL: one word or sign changed at a time, comments and names left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"--[^\n]*|'(?:[^']|'')*'|<>|<=|>=|//|::\w+|\w+(?:\.\w+)?|[-+*/%<>=(),.]",
)
_SWAPPED = {
    "<": ("<=", ">"),
    "<=": ("<",),
    ">": (">=", "<"),
    ">=": (">",),
    "=": ("<>",),
    "<>": ("=",),
    "+": ("-",),
    "-": ("+",),
    "*": ("+",),
    "//": ("*",),
    "%": ("+",),
    "and": ("or",),
    "or": ("and",),
    "not": ("",),
    "distinct": ("",),
    "desc": ("asc",),
    "asc": ("desc",),
    "least": ("greatest",),
    "greatest": ("least",),
    "min": ("max",),
    "max": ("min",),
    "sum": ("max",),
    "arg_max": ("arg_min",),
    "arg_min": ("arg_max",),
    "rank": ("dense_rank", "row_number"),
    "dense_rank": ("rank",),
    "row_number": ("rank",),
    "lag": ("lead",),
    "lead": ("lag",),
    "left": ("",),
    "semi": ("anti",),
    "anti": ("semi",),
    "abs": ("",),
    "sign": ("",),
    "true": ("false",),
    "false": ("true",),
    "first": ("last",),
    "last": ("first",),
    "union": ("except",),
}
_KEPT = {
    "*": re.compile(r"(select|\.|exclude|\()\s*$"),
    "left": re.compile(r"\bleft\s*\($"),
    "first": re.compile(r"\b(?!nulls)\w+\s*$"),
    "last": re.compile(r"\b(?!nulls)\w+\s*$"),
}
"""What stands before a sign that is no operator: `select *`, `count(*)`, a column called first."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A text with one fault; the line of it, what stood there and what stands there now."""

    stage: str
    line: int
    column: int
    was: str
    now: str
    text: str

    @property
    def label(self) -> str:
        """`bounded:20:9 least → greatest`."""
        return f"{self.stage}:{self.line}:{self.column} {self.was} → {self.now or '(nothing)'}"


def mutants(stage: str, text: str) -> Iterator[Mutant]:
    """Every text that differs in one place."""
    for token in _TOKEN.finditer(text):
        before = text[: token.start()]
        for now in _becomes(token[0], before):
            line, column = before.count("\n") + 1, token.start() - before.rfind("\n")
            yield Mutant(stage, line, column, token[0], now, before + now + text[token.end() :])


def _becomes(word: str, before: str) -> tuple[str, ...]:
    low = word.lower()
    if low.isdigit():
        return (str(int(low) + 1),)
    if low in _KEPT and _KEPT[low].search(before):
        return ()
    return _SWAPPED.get(low, ())
