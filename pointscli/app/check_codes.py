"""What is known of the kinds of finding about the comments that leave out other findings."""

from __future__ import annotations

from collections.abc import Mapping

from pointscli.model.code import Code
from pointscli.model.problem import Severity

_RULES = """\
language: 1
scheme: party
title: 党员积分
effective: {from: 2021-01-01}
settle: quarter
score:
  items:
    talk: {title: 党课, points: 2}
    visit: {title: 走访, points: 1}
"""
_MEMBERS = "id,name\nM1,张三\n"
_EVENTS = "id,date,member,item\nE1,2021-07-01,M1,talk\n"
_VISIT = "    visit: {title: 走访, points: 1}"
_TALK = "    talk: {title: 党课, points: 2}"
_WHY = ' reason="本年未开展"'
_GOOD = " # points: ignore[unused-items]" + _WHY


def _files(rules: str) -> Mapping[str, str]:
    return {"rules/a.yaml": rules, "members.csv": _MEMBERS, "events.csv": _EVENTS}


def _commented(comment: str, line: str = _VISIT) -> Mapping[str, str]:
    """The workspace with a comment behind an item: the one that no event uses, or another."""
    return _files(_RULES.replace(line, line + comment))


def _code(code: str, name: str, text: tuple[str, str, str], bad: str | Mapping[str, str]) -> Code:
    broken = _commented(bad) if isinstance(bad, str) else bad
    return Code(code, name, Severity.WARNING, *text, bad=broken, good=_commented(_GOOD))


_ALL = (
    _code(
        "P701",
        "blanket-ignore",
        (
            "A comment asks to ignore findings without saying which.",
            "It would hide mistakes that nobody has seen yet.",
            "Write the names of the findings in brackets after ignore.",
        ),
        " «»# points: ignore" + _WHY,
    ),
    _code(
        "P702",
        "ignore-without-reason",
        (
            "A comment asks to ignore a finding without saying why.",
            "Whoever reads the rules next year cannot tell whether the reason still holds.",
            'Add reason="…" after the bracket.',
        ),
        " «»# points: ignore[unused-items]",
    ),
    _code(
        "P703",
        "bad-ignore",
        (
            "Part of a comment that ignores a finding cannot be understood.",
            "The comment has no effect until it is right.",
            'Write it like # points: ignore[unused-items] until=2030-12-31 reason="…"; until may be left out.',
        ),
        " «»# points: ignore[unused-items] until=明年" + _WHY,
    ),
    _code(
        "P704",
        "unknown-ignore",
        (
            "A comment asks to ignore a kind of finding that does not exist.",
            "It has no effect; probably the name is misspelt.",
            "Copy the name from the brackets of the finding.",
        ),
        " # points: ignore[«»no-such-finding]" + _WHY,
    ),
    _code(
        "P705",
        "unused-ignore",
        (
            "A comment asks to ignore a finding that is not there.",
            "Either the mistake was mended and the comment forgotten, or the comment stands in the wrong place.",
            "Delete it, or move it to the line of the finding, the line above it, or above the key of its block.",
        ),
        _commented(" # points: ignore[«»unused-items]" + _WHY, _TALK),
    ),
    _code(
        "P706",
        "expired-ignore",
        (
            "The day until which a comment ignores a finding is over.",
            "The finding was to be mended by then, and is shown again.",
            "Mend the finding and delete the comment, or set a later day.",
        ),
        " # points: ignore[«»unused-items] until=2021-12-31" + _WHY,
    ),
    _code(
        "P707",
        "ignored-error",
        (
            "A comment asks to ignore an error.",
            "An error stops every computation; hiding it in the check would only move the surprise.",
            "Mend the error and delete the comment; only warnings can be ignored.",
        ),
        _files(_RULES.replace(_VISIT, _VISIT.replace("1", "１") + ' # points: ignore[«»bad-number] reason="待改"')),
    ),
)
CODES: Mapping[str, Code] = {code.name: code for code in _ALL}
