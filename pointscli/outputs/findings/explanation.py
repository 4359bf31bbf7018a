"""What a kind of finding means: for `points check --explain` and for the reference page."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence

from pointscli.model.code import Code
from pointscli.outputs.cells import escaped_json

Translate = Callable[[str], str]
MARK = "«»"
"""Stands in a bad example before the character where the finding begins."""


def as_text(codes: Sequence[Code], translate: Translate) -> str:
    """For people to read."""
    return "\n".join("".join(line + "\n" for line in _lines(code, translate)) for code in codes)


def as_json(codes: Sequence[Code], translate: Translate) -> str:
    """As a JSON list, for a name may be of two kinds: one in rule files, one in data."""
    found = [_record(code, translate) for code in codes]
    return escaped_json(json.dumps(found, ensure_ascii=False, indent=1)) + "\n"


def _record(code: Code, translate: Translate) -> dict[str, object]:
    return {
        "code": code.code,
        "name": code.name,
        "severity": str(code.severity),
        "what": translate(code.what),
        "why": translate(code.why),
        "how": translate(code.how),
        "bad": {path: text.replace(MARK, "") for path, text in code.bad.items()},
        "good": dict(code.good),
    }


def _lines(code: Code, say: Translate) -> Iterator[str]:
    yield f"{code.code} [{code.name}] {say(str(code.severity))}"
    yield ""
    yield say(code.what)
    yield ""
    yield say(code.why)
    yield ""
    yield f"{say('How to mend it')}: {say(code.how)}"
    differing = [path for path in {**code.bad, **code.good} if code.bad.get(path) != code.good.get(path)]
    yield from _example(say("Wrong"), {path: code.bad[path] for path in differing if path in code.bad})
    yield from _example(say("Right"), {path: code.good[path] for path in differing if path in code.good})


def _example(title: str, files: Mapping[str, str]) -> Iterator[str]:
    """The files of an example, the line of the finding marked."""
    for path, text in files.items():
        yield ""
        yield f"{title} ({path}):"
        yield ""
        for line in text.rstrip("\n").split("\n"):
            sign = ">" if MARK in line else " "
            yield f"  {sign} {line.replace(MARK, '')}".rstrip()
