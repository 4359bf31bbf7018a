"""A rule file that YAML cannot read, read as if its certain slips were mended, so that they hide nothing behind them.

All places are those of the file as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pointscli.model.problem import Edit, Place, Problem
from pointscli.model.splice import splice
from pointscli.scheme.tree import Entry, Listing, Mapping, Mark, Scalar, Tree
from pointscli.scheme.yaml_tree import parse_tree

ROUNDS = 20
"""A reader of YAML stops at the first slip, so there is a round for each."""
MOST_BYTES = 1_000_000
"""Bytes read in all rounds together, so that a large broken file does not take long."""


def read_mended(data: bytes, path: str) -> tuple[Mapping | None, list[Problem]]:
    """The tree and everything wrong with the file as YAML; a tree in spite of slips that have an edit."""
    tree, problems = parse_tree(data, path)
    edits: list[Edit] = []
    known: set[Edit] = set()
    for _ in range(min(ROUNDS, MOST_BYTES // (len(data) + 1))):
        new = [edit for edit in dict.fromkeys(e for one in problems for e in one.fix) if edit not in known]
        if not new or (tree is None and not all(problem.fix for problem in problems)):
            break
        edits += new
        known.update(new)
        mended, _ = splice(data, [[edit] for edit in edits])
        read, found = parse_tree(mended, path)
        if tree is not None and read is None:
            break
        back = _Back(edits)
        problems += [back.problem(problem) for problem in found]
        tree = back.mapping(read) if read else None
    return tree, list(dict.fromkeys(problems))


class _Back:
    """From places in the mended text to those in the file."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._lines: dict[int, list[Edit]] = {}
        for edit in sorted(edits, key=lambda one: one.start):
            self._lines.setdefault(edit.start[0], []).append(edit)

    def problem(self, problem: Problem) -> Problem:
        """A finding with its places in the file."""
        fix = tuple(Edit(self.mark(edit.start), self.mark(edit.end), edit.text) for edit in problem.fix)
        end = self.mark(problem.end) if problem.end[0] else problem.end
        related = tuple(replace(one, place=self._place(one.place)) for one in problem.related)
        return replace(problem, place=self._place(problem.place), end=end, fix=fix, related=related)

    def mapping(self, tree: Mapping) -> Mapping:
        """A mapping with the places of the file."""
        entries = tuple(Entry(self._scalar(entry.key), self._tree(entry.value)) for entry in tree)
        return Mapping(entries, self._place(tree.place), self.mark(tree.end))

    def mark(self, mark: Mark) -> Mark:
        """A place in the file: in a replaced text, where that begins."""
        line, column = mark
        longer = 0
        for edit in self._lines.get(line, ()):
            start = edit.start[1] + longer
            if column < start:
                break
            if column < start + len(edit.text):
                return edit.start
            longer += len(edit.text) - (edit.end[1] - edit.start[1])
        return line, column - longer

    def _tree(self, tree: Tree) -> Tree:
        match tree:
            case Mapping():
                return self.mapping(tree)
            case Listing():
                return Listing(tuple(map(self._tree, tree.items)), self._place(tree.place), self.mark(tree.end))
            case _:
                return self._scalar(tree)

    def _scalar(self, scalar: Scalar) -> Scalar:
        return replace(scalar, place=self._place(scalar.place), end=self.mark(scalar.end))

    def _place(self, place: Place) -> Place:
        return Place(place.path, *self.mark((place.line, place.column)))
