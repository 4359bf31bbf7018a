"""Every code about data: its bad example fires at the mark, its good one does not, and no name is without a code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pointscli.inputs.codes import CODES
from pointscli.model.code import Code
from pointscli.model.problem import Problem
from tests.inputs.gallery import RECIPES, findings, found_place, unmark, write

PACKAGE = Path(__file__).parent.parent.parent / "pointscli"
NAME = re.compile(r"[a-z]+(?:-[a-z0-9]+)+|namesakes|password")
MAKERS = {"Problem", "Bad", "CellError", "WorkbookError", "_LineError", "_unknown"}
APP = ("inputs.py", "faults.py", "nominations.py", "membership.py", "workspace.py", "inside.py", "data_*.py")
VANISHING = "unreadable-file"
"""Its example is a file that goes away after it was found."""
TABLES_OF_NAMES = ("faults.py", "data_decisions.py")
"""Files that keep names as keys of a dict."""


@pytest.mark.parametrize("code", CODES.values(), ids=lambda code: code.name)
def test_the_bad_example_fires_at_the_mark(code: Code, tmp_path: Path) -> None:
    _, place = unmark(code.bad)
    assert place is not None
    write(tmp_path, code.bad, code.name)
    found = [problem for problem in _findings(code, tmp_path) if problem.name == code.name]
    assert [found_place(problem) for problem in found][:1] == [place]
    assert {problem.severity for problem in found} == {code.severity}


def _findings(code: Code, folder: Path) -> list[Problem]:
    return findings(folder, vanishing=code.name == VANISHING)


@pytest.mark.parametrize("code", CODES.values(), ids=lambda code: code.name)
def test_the_good_example_does_not(code: Code, tmp_path: Path) -> None:
    write(tmp_path, code.good)
    found = findings(tmp_path)
    assert code.name not in [problem.name for problem in found]
    assert [problem for problem in found if problem.severity == "error"] == []


def test_codes_are_unique_and_in_their_hundreds() -> None:
    numbers = [code.code for code in CODES.values()]
    assert len(set(numbers)) == len(numbers)
    assert all(re.fullmatch("P[456][0-9]{2}", number) for number in numbers)
    assert all(name == code.name for name, code in CODES.items())


def test_every_code_says_what_why_and_how() -> None:
    for code in CODES.values():
        assert all(text and "{" not in text for text in (code.what, code.why, code.how)), code.name
        assert bool(code.saved) == (code.name in {*RECIPES, VANISHING}), code.name


def test_every_name_in_the_source_has_a_code_and_the_reverse() -> None:
    assert set(names_in_source()) == set(CODES)


def names_in_source() -> Iterator[str]:
    """The names of findings: what the makers of findings are given first, the keys of tables of them, a CODE."""
    paths = list((PACKAGE / "inputs").glob("*.py"))
    paths += [path for pattern in APP for path in (PACKAGE / "app").glob(pattern)]
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            yield from filter(NAME.fullmatch, _named(node, path.name))


def _named(node: ast.AST, file: str) -> Iterator[str]:
    if isinstance(node, ast.Call) and _maker(node.func) and node.args:
        first = node.args[0]
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield first.value
    if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
        yield from (str(node.value.value) for one in node.targets if isinstance(one, ast.Name) and one.id == "CODE")
    if isinstance(node, ast.Dict) and file in TABLES_OF_NAMES:
        yield from (key.value for key in node.keys if isinstance(key, ast.Constant) and isinstance(key.value, str))


def _maker(function: ast.expr) -> bool:
    name = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
    return name in MAKERS or name == "error"
