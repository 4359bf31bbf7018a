"""Pieces of rule files for tests: a case writes only what it is about, the rest is filled in behind it."""

from __future__ import annotations

import re
from textwrap import dedent

from pointscli.model.problem import Problem
from pointscli.scheme.load import load_text
from pointscli.scheme.types import Scheme

FILE = "rules/case.yaml"
REST = {
    "language": "language: 1",
    "scheme": "scheme: case",
    "title": "title: 测试",
    "effective": "effective: {from: 2021-01-01}",
    "settle": "settle: quarter",
    "score": "score: {items: {work: {title: 工作, points: 1}, "
    "study: {title: 学习, items: {note: {title: 笔记, points: 2}}}}}",
}

Found = list[tuple[str, int, int]]


def unmark(text: str) -> tuple[str, Found]:
    """A snippet without its «names», and where they stood: what is expected to be found, in order."""
    expected: Found = []
    lines = dedent(text).strip("\n").split("\n")
    for number in range(1, len(lines) + 1):
        while mark := re.search("«(.*?)»", lines[number - 1]):
            expected += [(name, number, mark.start() + 1) for name in mark[1].split()]
            lines[number - 1] = lines[number - 1].replace(mark[0], "", 1)
    return "\n".join(lines), sorted(expected, key=lambda one: (one[1:], one[0]))


def complete(snippet: str) -> str:
    """The snippet from line 1, and behind it the required keys that it leaves out; `-key:` leaves one out for good."""
    text = dedent(snippet).lstrip("\n")
    omitted = set(re.findall(r"^-(\w+):$", text, re.MULTILINE))
    text = re.sub(r"^-\w+:\n?", "", text, flags=re.MULTILINE)
    written = set(re.findall(r"^(\w+)[:：]", text, re.MULTILINE)) | omitted
    lines = [line for key, line in REST.items() if key not in written]
    return "\n".join([text.rstrip("\n"), *lines] if text.strip() else lines) + "\n"


def load(text: str | bytes) -> tuple[Scheme | None, list[Problem]]:
    """Load a text as one file; every message and hint must be fillable."""
    scheme, problems = load_text(text if isinstance(text, bytes) else text.encode(), FILE)
    for problem in problems:
        assert problem.place.path == FILE
        assert "{" not in problem.text(problem.message).replace(dict(problem.args).get("value", ""), "")
        assert problem.text(problem.hint)
    return scheme, problems


def good(snippet: str) -> Scheme:
    """The scheme of a snippet without any finding."""
    scheme, problems = load(complete(snippet))
    assert [(problem.text(problem.message), problem.place) for problem in problems] == []
    assert scheme is not None
    return scheme


def found(snippet: str) -> Found:
    """Name, line and column of everything that is wrong with a snippet."""
    return places(load(complete(snippet))[1])


def places(problems: list[Problem]) -> Found:
    """Name, line and column of findings."""
    return [(problem.name, problem.place.line, problem.place.column) for problem in problems]
