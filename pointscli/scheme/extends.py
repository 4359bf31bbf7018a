"""`extends`: a rule file that starts from another one, merged key by key; every value keeps the place it comes from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePosixPath, PureWindowsPath

from pointscli.model.problem import Problem
from pointscli.scheme.reading import problem
from pointscli.scheme.rule_files import RuleFiles
from pointscli.scheme.tree import Entry, Mapping, Scalar, Tree, show

EXTENDS = "extends"
MOST_FILES = 20
"""Of which one starts from the next."""
NOT_INHERITED = ("scheme", "title", "effective", EXTENDS)

_MERGED_AT_TOP = ("outcomes", "derive")
"""Mappings at the top whose keys are merged, each value whole."""

MergeValue = Callable[[str, Tree, Tree, list[Problem]], Tree]
"""What becomes of a key that both have: its name, the own value, the inherited one."""

Wrong = tuple[str, str, str, dict[str, str]]
"""Name, message, hint and further values of a problem."""

Loaded = tuple[Mapping | None, list[Problem]]


def merge_extended(files: RuleFiles, path: Path) -> Loaded:
    """The tree of a rule file with everything that it inherits, and what is wrong on the way."""
    chain: list[tuple[Mapping, Path]] = []
    problems: list[Problem] = []
    following: Path | None = path
    while following is not None:
        tree, found = files.tree(following)
        problems += found
        if tree is None:
            return None, problems
        chain.append((tree, following))
        following = _extended_path(files, chain, problems)
        if following is None and tree.entry(EXTENDS) is not None:
            return None, problems
    merged = chain[-1][0]
    for tree, _ in reversed(chain[:-1]):
        merged = _merge_top(tree, merged, problems)
    return merged, problems


def _extended_path(files: RuleFiles, chain: list[tuple[Mapping, Path]], problems: list[Problem]) -> Path | None:
    """The file that the last file of the chain extends; None if it extends none or may not."""
    tree, path = chain[-1]
    entry = tree.entry(EXTENDS)
    if entry is None:
        return None
    text = entry.value.text.strip() if isinstance(entry.value, Scalar) and not entry.value.is_null else ""
    wrong = _wrong_spelling(text) or _wrong_target(files, chain, path.parent / text)
    if wrong:
        name, message, hint, args = wrong
        problems.append(problem(name, entry.value.place, message, hint, value=show(text), **args))
        return None
    return path.parent / text


def _wrong_spelling(text: str) -> Wrong | None:
    if not text:
        hint = "write a path relative to this file, such as base.yaml"
        return "bad-extends", "extends needs the path of another rule file", hint, {}
    if "\\" in text or not text.isprintable() or PurePosixPath(text).is_absolute() or PureWindowsPath(text).drive:
        hint = "write a path relative to this file, with forward slashes"
        return "bad-extends", "the path {value} cannot be used", hint, {}
    return None


def _wrong_target(files: RuleFiles, chain: list[tuple[Mapping, Path]], target: Path) -> Wrong | None:
    real = target.resolve()
    if not real.is_relative_to(files.root.resolve()):
        hint = "copy the file into the workspace and extend the copy"
        return "extends-outside", "{value} lies outside the workspace", hint, {}
    if real in [path.resolve() for _, path in chain]:
        names = " → ".join([*(files.shown(path) for _, path in chain), files.shown(real)])
        message = "these files extend each other in a circle: {files}"
        return "extends-circle", message, "remove extends from one of them", {"files": names}
    if len(chain) >= MOST_FILES:
        message = "more than {limit} files start from one another"
        return "bad-extends", message, "copy what is needed into one file", {"limit": str(MOST_FILES)}
    if not target.is_file():
        hint = "the path is relative to this file: check its spelling"
        return "missing-file", "there is no file {value}", hint, {}
    return None


def _merge_top(own: Mapping, base: Mapping, problems: list[Problem]) -> Mapping:
    inherited = Mapping(tuple(one for one in base if one.name not in NOT_INHERITED), base.place, base.end)
    return _merge(own, inherited, problems, _merge_top_value)


def _merge_top_value(key: str, own: Tree, base: Tree, problems: list[Problem]) -> Tree:
    if not isinstance(own, Mapping) or not isinstance(base, Mapping):
        return own
    if key == "score":
        return _merge(own, base, problems, _merge_node_value)
    if key in _MERGED_AT_TOP:
        return _merge(own, base, problems, _replace)
    if key == "redemption":
        return _merge(own, base, problems, _merge_redemption_value)
    return own


def _merge_node_value(key: str, own: Tree, base: Tree, problems: list[Problem]) -> Tree:
    if key == "items" and isinstance(own, Mapping) and isinstance(base, Mapping):
        return _merge(own, base, problems, _merge_node)
    return own


def _merge_node(_key: str, own: Tree, base: Tree, problems: list[Problem]) -> Tree:
    if isinstance(own, Mapping) and isinstance(base, Mapping):
        return _merge(own, base, problems, _merge_node_value)
    return own


def _merge_redemption_value(key: str, own: Tree, base: Tree, problems: list[Problem]) -> Tree:
    if key == "gifts" and isinstance(own, Mapping) and isinstance(base, Mapping):
        return _merge(own, base, problems, _replace)
    return own


def _replace(_key: str, own: Tree, _base: Tree, _problems: list[Problem]) -> Tree:
    return own


def _merge(own: Mapping, base: Mapping, problems: list[Problem], merge_value: MergeValue) -> Mapping:
    """The base's keys in their order, replaced or removed where the own mapping says so, then the own new ones."""
    merged = {entry.name: entry for entry in base}
    for entry in own:
        inherited = merged.get(entry.name)
        removes = isinstance(entry.value, Scalar) and entry.value.is_null and not entry.value.broken
        if removes and inherited is not None:
            del merged[entry.name]
        elif removes:
            message = "there is no inherited {key} to remove"
            hint = "check the spelling, or write a value"
            problems.append(problem("nothing-to-remove", entry.place, message, hint, key=show(entry.name)))
        elif inherited is None:
            merged[entry.name] = entry
        else:
            merged[entry.name] = Entry(entry.key, merge_value(entry.name, entry.value, inherited.value, problems))
    return Mapping(tuple(merged.values()), own.place, own.end)
