"""Small workspaces for the texts of codes: an example writes what it is about, the required rest is filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pointscli.model.code import Code
from pointscli.model.problem import Severity

MARK = "«»"
"""Stands before the character where the finding begins."""
Workspace = Mapping[str, str]
HEAD = {
    "language": "language: 1",
    "scheme": "scheme: example",
    "title": "title: 示例",
    "effective": "effective: {from: 2021-01-01}",
    "settle": "settle: quarter",
}
SCORE = "score: {items: {work: {title: 工作, points: 1}, study: {title: 学习, points: 2}}}"


def raw(files: Workspace) -> Workspace:
    """Files as they are."""
    return files


def files(parts: Mapping[str, str]) -> Workspace:
    """Several rule files by name; one that extends another needs no more than it says."""
    return {f"rules/{name.removeprefix(MARK)}.yaml": _complete(text, name) for name, text in parts.items()}


def rules(text: str, after: str = "") -> Workspace:
    """One rule file with the required keys that the example leaves out."""
    return {"rules/a.yaml": _complete(text) + after}


def leaf(keys: str, *, at_points: bool = False) -> Workspace:
    """One rule file with one leaf item; `at_points`: the finding stands at the key `points`."""
    shown = keys.replace("points:", f"{MARK}points:", 1) if at_points else keys
    return rules(f"score:\n  items:\n    work: {{title: 工作, {shown}}}")


def outcome(keys: str) -> Workspace:
    """One rule file with one outcome."""
    return rules(f"outcomes:\n  best: {{title: 优秀, {keys}}}")


def error(  # noqa: PLR0913  (the parts of a text)
    code: str, name: str, *, what: str, why: str, how: str, bad: Workspace, good: Workspace
) -> Code:
    """A kind of error."""
    return Code(code, name, Severity.ERROR, what, why, how, bad, good)


def warning(  # noqa: PLR0913  (the parts of a text)
    code: str, name: str, *, what: str, why: str, how: str, bad: Workspace, good: Workspace
) -> Code:
    """A kind of warning."""
    return Code(code, name, Severity.WARNING, what, why, how, bad, good)


def table(*codes: Code) -> dict[str, Code]:
    """Kinds by readable name."""
    return {code.name: code for code in codes}


def _complete(text: str, name: str = "") -> str:
    written = set(re.findall(r"^(?:«»)?(\w+)(?:«»)?[:：]", text, re.MULTILINE))
    inherits = "extends" in written and "a" in name
    needed = ("scheme", "title", "effective") if inherits else tuple(HEAD)
    head = [HEAD[key] for key in needed if key not in written]
    score = [] if inherits or "score" in written else [SCORE]
    whole = "\n".join([*head, *([text] if text else []), *score]) + "\n"
    return f"{MARK}{whole}" if name.startswith(MARK) else whole
