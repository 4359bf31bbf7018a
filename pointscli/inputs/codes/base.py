"""A small workspace that every example starts from, and short ways to change one file of it."""

from __future__ import annotations

from collections.abc import Mapping

from pointscli.model.code import Code
from pointscli.model.problem import Severity

RULES = """\
language: 1
scheme: party
title: 党员积分
effective: {from: 2021-01-01}
settle: quarter
score:
  items:
    talk: {title: 党课, points: 2}
"""
MEMBERS = "id,name\nM1,张三\nM2,李四\n"
EVENTS = "id,date,member,item\nE1,2021-07-01,M1,talk\n"
REVIEW = "review: {stages: {declared: 申报, verified: 认定, approved: 审核}, counts_from: verified}\n"
ERROR, WARNING = Severity.ERROR, Severity.WARNING

Files = Mapping[str, str]
Text = tuple[str, str, str]
"""What, why, how."""


def files(changed: Files | None = None, without: tuple[str, ...] = ()) -> Files:
    """The workspace with some files changed, added or left out."""
    found = {"rules/a.yaml": RULES, "members.csv": MEMBERS, "events.csv": EVENTS, **(changed or {})}
    return {name: text for name, text in found.items() if name not in without}


def rules(item: str = "", rest: str = "") -> Files:
    """The rule file with another item line and further keys."""
    line = "    talk: {title: 党课, points: 2}\n"
    return {"rules/a.yaml": RULES.replace(line, f"    {item}\n" if item else line) + rest}


def members(*rows: str, header: str = "id,name") -> Files:
    """The roster."""
    return {"members.csv": _lines(header, rows)}


def events(*rows: str, header: str = "id,date,member,item") -> Files:
    """The event log."""
    return {"events.csv": _lines(header, rows)}


def reviews(*rows: str, header: str = "date,event,decision,stage,by") -> Files:
    """The review log."""
    return {"reviews.csv": _lines(header, rows)}


def redemptions(*rows: str, header: str = "date,member,gift,count") -> Files:
    """The redemption log."""
    return {"redemptions.csv": _lines(header, rows)}


def register(*codes: Code) -> dict[str, Code]:
    """Codes by name."""
    return {code.name: code for code in codes}


def code(number: str, name: str, text: Text, bad: Files, good: Files | None = None) -> Code:
    """An error whose good example is the unchanged workspace if none is given."""
    return Code(number, name, ERROR, *text, files(bad), files(good))


def warning(number: str, name: str, text: Text, bad: Files, good: Files | None = None) -> Code:
    """The same for a warning."""
    return Code(number, name, WARNING, *text, files(bad), files(good))


def saved(number: str, name: str, text: Text, bad: Files, how: str, severity: Severity = ERROR) -> Code:
    """A code whose bad example is text saved in a way that the text does not show."""
    return Code(number, name, severity, *text, files(bad), files(), how)


def _lines(header: str, rows: tuple[str, ...]) -> str:
    return "\n".join((header, *rows)) + "\n"
