"""Writes computed values into a test file in place of the expected ones; every other byte stays as it is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pointscli.app.case_differences import Difference
from pointscli.app.rule_tests import Outcome
from pointscli.scheme.tree import NULLS, Mark, Scalar

_LINE_END = re.compile(r"\r\n|\r|\n")
_MARK = b"\xef\xbb\xbf"
_PLAIN = re.compile(r"[\w一-鿿（）.-]+")
_SPECIAL = ("true", "false", *NULLS)


def updatable(outcomes: Sequence[Outcome]) -> list[Difference]:
    """The differences that can be mended by writing the computed value."""
    found = [one for outcome in outcomes for one in outcome.differences if not outcome.case.todo]
    return [one for one in found if one.tree is not None and one.problem is None and one.what != "listed"]


def updated(data: bytes, differences: Sequence[Difference]) -> bytes:
    """The file with the computed values spliced in, from the last to the first."""
    text = data.decode("utf-8-sig")
    starts = [0, *(found.end() for found in _LINE_END.finditer(text))]

    def offset(mark: Mark) -> int:
        return starts[mark[0] - 1] + mark[1] - 1

    edits = {
        (offset((one.tree.place.line, one.tree.place.column)), offset(one.tree.end)): _written(one)
        for one in differences
        if one.tree is not None
    }
    for (start, end), value in sorted(edits.items(), reverse=True):
        text = text[:start] + value + text[end:]
    return (_MARK if data.startswith(_MARK) else b"") + text.encode()


def _written(difference: Difference) -> str:
    """A computed value as YAML."""
    if not isinstance(difference.tree, Scalar):
        names = [one for one in difference.got.removeprefix("[").removesuffix("]").split(", ") if one]
        return f"[{', '.join(map(_quoted, names))}]"
    return difference.got if difference.got == "null" else _quoted(difference.got)


def _quoted(text: str) -> str:
    if _PLAIN.fullmatch(text) and not text.startswith("-") and text not in _SPECIAL:
        return text
    try:
        float(text)
    except ValueError:
        return "'" + text.replace("'", "''") + "'"
    return text
