"""Where findings in rule files end, for those whose finder knew only where they begin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from pointscli.model.problem import Problem
from pointscli.scheme.mended import read_mended
from pointscli.scheme.rule_files import SUFFIXES
from pointscli.scheme.tree import Listing, Mapping, Mark, Scalar, Tree


def complete_ends(problems: Sequence[Problem], root: Path) -> list[Problem]:
    """The findings, those that begin where a text of their rule file begins ending with it."""
    texts: dict[str, dict[Mark, Mark]] = {}
    for path in {problem.place.path for problem in problems if _is_open(problem)}:
        texts[path] = _texts(root / path)
    return [
        replace(problem, end=texts[problem.place.path].get((problem.place.line, problem.place.column), (0, 0)))
        if _is_open(problem)
        else problem
        for problem in problems
    ]


def _is_open(problem: Problem) -> bool:
    return not problem.end[0] and problem.place.column > 0 and problem.place.path.lower().endswith(SUFFIXES)


def _texts(file: Path) -> dict[Mark, Mark]:
    try:
        tree, _ = read_mended(file.read_bytes(), file.name)
    except OSError:
        return {}
    return {(scalar.place.line, scalar.place.column): scalar.end for scalar in _scalars(tree)}


def _scalars(tree: Tree | None) -> Iterator[Scalar]:
    match tree:
        case Scalar():
            yield tree
        case Mapping():
            for entry in tree:
                yield entry.key
                yield from _scalars(entry.value)
        case Listing():
            for item in tree.items:
                yield from _scalars(item)
