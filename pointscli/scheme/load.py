"""Rule files to schemes: the way in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pointscli.model.problem import Problem, Severity, sort_problems
from pointscli.scheme.checks_versions import check_versions
from pointscli.scheme.extends import merge_extended
from pointscli.scheme.read_scheme import read_scheme
from pointscli.scheme.rule_files import RuleFiles
from pointscli.scheme.tree import Mapping
from pointscli.scheme.types import Scheme
from pointscli.scheme.yaml_tree import parse_tree


def load_schemes(paths: Sequence[Path], root: Path) -> tuple[list[Scheme], list[Problem]]:
    """The schemes of some rule files, and everything that is wrong with the files, each finding once.

    A file with an error gives no scheme. `root` is the workspace: places show paths below it, `extends` stays in it.
    """
    files = RuleFiles(root)
    versions: list[tuple[Scheme, Mapping]] = []
    problems: list[Problem] = []
    for path in files.without_copies(paths, problems):
        tree, found = merge_extended(files, path)
        scheme, wrong = read_scheme(tree) if tree else (None, [])
        problems += found + wrong
        if tree and scheme and not has_errors(found):
            versions.append((scheme, tree))
    problems += check_versions(versions)
    return [scheme for scheme, _ in versions], sort_problems(list(dict.fromkeys(problems)))


def load_text(text: bytes, path: str) -> tuple[Scheme | None, list[Problem]]:
    """The scheme of one rule file that extends no other."""
    tree, problems = parse_tree(text, path)
    if tree is None:
        return None, sort_problems(problems)
    if extends := tree.entry("extends"):
        message, hint = "extends needs a file to start from", "load it from the workspace"
        problems.append(Problem("bad-extends", extends.place, message, hint))
    scheme, found = read_scheme(tree)
    return None if has_errors(problems) else scheme, sort_problems(problems + found)


def has_errors(problems: list[Problem]) -> bool:
    """Whether there are errors among the findings, not only warnings."""
    return any(problem.severity is Severity.ERROR for problem in problems)
