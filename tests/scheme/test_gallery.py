"""Every kind of finding about rule files: its bad example has it where `«»` stands, its good example has not."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from pointscli.model.code import Code
from pointscli.model.problem import Problem
from pointscli.scheme.codes import CODES
from pointscli.scheme.codes.examples import MARK
from pointscli.scheme.lints import lint
from pointscli.scheme.load import load_schemes

PACKAGE = Path(__file__).parent.parent.parent / "pointscli" / "scheme"
ELSEWHERE = ("read_cases.py", "suppress.py", "suppressions.py", "fixes.py")
"""Modules for files of another kind; their names are registered beside them."""
NAME = re.compile(r"[a-z]+[a-z0-9]*(-[a-z0-9]+)+")
ONE_WORD = {"tab"}
NO_FINDINGS = {"us-ascii", "utf-8", "utf-8-sig", "branch-2021", "in-place"}


def write(workspace: Mapping[str, str], folder: Path) -> list[Path]:
    """The files on the disk, without marks; the rule files among them."""
    for name, text in workspace.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.replace(MARK, "").encode("utf-8", "surrogateescape"))
    tops = dict.fromkeys("/".join(name.split("/")[:2]) for name in workspace)
    return [folder / name for name in tops if name.startswith("rules/")]


def findings(workspace: Mapping[str, str], folder: Path) -> list[Problem]:
    schemes, problems = load_schemes(write(workspace, folder), folder)
    found = problems + lint(schemes)
    for problem in found:
        assert problem.text(problem.message)
        assert problem.text(problem.hint)
    return found


def marked(workspace: Mapping[str, str]) -> tuple[str, int, int]:
    """File, line and column of the mark; line 0 if the file as a whole is meant."""
    for name, text in workspace.items():
        if MARK in text:
            before = text[: text.index(MARK)]
            return name, before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    return "rules/a.yaml", 0, 0


@pytest.mark.parametrize("code", CODES.values(), ids=list(CODES))
def test_examples(code: Code, tmp_path: Path) -> None:
    found = [problem for problem in findings(code.bad, tmp_path / "bad") if problem.name == code.name]
    assert found
    place = found[0].place
    assert (place.path, place.line, place.column) == marked(code.bad)
    assert found[0].severity is code.severity
    good = findings(code.good, tmp_path / "good")
    assert [problem.name for problem in good if problem.name == code.name or problem.severity == "error"] == []


def names_in_source() -> Iterator[str]:
    for path in PACKAGE.glob("*.py"):
        if path.name in ELSEWHERE or path.name.startswith(("settings", "schema", "compare", "read_cases")):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                text = node.value
                if (NAME.fullmatch(text) and text not in NO_FINDINGS) or text in ONE_WORD:
                    yield text


def test_every_name_has_a_code() -> None:
    assert sorted(set(names_in_source()) ^ set(CODES)) == []


def test_codes_are_unique_and_ordered_by_family() -> None:
    codes = Counter(code.code for code in CODES.values())
    assert [code for code, count in codes.items() if count > 1] == []
    assert all(re.fullmatch(r"P[123][0-9]{2}", code) for code in codes)
    assert all(name == code.name for name, code in CODES.items())


def test_texts_are_short_sentences() -> None:
    for code in CODES.values():
        for text in (code.what, code.why, code.how):
            assert text.endswith("."), text
            assert len(text) <= 140, text
