"""Whatever can make a finding, its name stands in a register: nobody ever sees the code P000."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pointscli.app.codes import UNKNOWN, code_of

PACKAGE = Path(__file__).parent.parent.parent / "pointscli"
NAME = re.compile(r"[a-z]+(?:-[a-z0-9]+)*")
MAKERS = {
    "Bad",
    "CellError",
    "Problem",
    "WorkbookError",
    "_LineError",
    "_problem",
    "_unknown",
    "error",
    "problem",
    "unknown",
    "unknown_word",
    "warn",
}
"""Functions and classes whose first argument is the name of a finding."""
USAGE = "usage"
"""In results of rule tests only: what a case asks for does not exist."""


def names() -> Iterator[tuple[str, str, int]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        if "codes" in path.parts or path.name.endswith("codes.py"):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and _called(node.func) in MAKERS and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str) and NAME.fullmatch(first.value):
                    yield first.value, path.relative_to(PACKAGE).as_posix(), first.lineno


def _called(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


FOUND = list(names())


def test_names_were_found() -> None:
    found = {name for name, _, _ in FOUND}
    assert {"unknown-key", "max-never-reached", "not-nominated", "unreadable-file", "bad-date"} <= found


@pytest.mark.parametrize("name", sorted({name for name, _, _ in FOUND} - {USAGE}))
def test_a_name_has_a_code(name: str) -> None:
    assert code_of(name) != UNKNOWN, [(path, line) for one, path, line in FOUND if one == name]
