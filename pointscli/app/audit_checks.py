"""`points check --audit`: the audit file against itself, the files as they are now, and a code from a notice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from pointscli.app.check import Checked
from pointscli.app.check_paths import Area
from pointscli.journal.audit import check_chain, checkpoint
from pointscli.journal.chain import CHAIN
from pointscli.model.problem import FileError, Place, Problem, Severity, UsageError, sort_problems

_COPY = "conflict-copy"
_COPY_MARK = re.compile(r" ?[（(]\d+[)）]$| ?- ?(副本|复制|copy)|[ _（(-].*(冲突|衝突|conflict)", re.IGNORECASE)
"""What follows the name of a file in the name of its copy."""


def add_audit(checked: Checked, areas: Sequence[Area], against: str | None) -> str:
    """Add what is wrong with the records of changes to other findings; the code of the last entry, if there is one."""
    roots = {area.workspace.root: area.prefix for area in areas}
    area_of = {area.workspace.root: area for area in areas}
    told = {problem.place for problem in checked.problems if problem.name == _COPY}
    if against is not None and len(roots) > 1:
        raise UsageError("a code belongs to one workspace, and several are checked", "name one with -C")
    for root, prefix in roots.items():
        there = (root / CHAIN).is_file()
        checked.count += there
        found = [*check_chain(root, against), *_copies(area_of[root])]
        if not there and not found:
            found = [_no_chain()]
        for problem in found:
            shown = prefix + problem.place.path
            if problem.name != _COPY or Place(shown) not in told:
                checked.problems.append(replace(problem, place=replace(problem.place, path=shown)))
            checked.files[shown] = root / problem.place.path
    checked.problems = sort_problems(checked.problems)
    return _code(next(iter(roots))) if len(roots) == 1 else ""


def _copies(area: Area) -> Iterator[Problem]:
    """Copies beside a log or the audit file that a shared folder or a file manager made, read or not."""
    space = area.workspace
    logs = (space.root / CHAIN, *space.events, *space.reviews, *space.redemptions)
    beside: dict[Path, list[Path]] = {}
    for log in logs:
        if log.parent not in beside:
            beside[log.parent] = sorted(log.parent.iterdir())
        for path in beside[log.parent]:
            rest = path.stem.removeprefix(log.stem)
            if path.suffix == log.suffix and rest != path.stem and _COPY_MARK.match(rest):
                yield Problem(
                    _COPY,
                    Place(space.shown(path)),
                    "the name says that this is a copy which a shared folder made because two people wrote at once",
                    "join the two files into one and delete the copy",
                )


def _code(root: Path) -> str:
    try:
        return checkpoint(root)
    except FileError:
        return ""  # among the findings


def _no_chain() -> Problem:
    return Problem(
        "no-audit-file",
        Place(CHAIN),
        "there is no audit file: nothing tells whether the logs are as they were recorded",
        "the next record begins one; if there was one before, take it from a copy",
        severity=Severity.WARNING,
    )
