"""Findings that a comment in a rule file asks to leave out: only warnings, for an error stops a computation anyway."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from pointscli.app.check_paths import Area
from pointscli.app.codes import code_of, name_of
from pointscli.app.inside import ordinary_bytes
from pointscli.app.workspace import SETTINGS
from pointscli.model.problem import Place, Problem, Related, Severity
from pointscli.scheme.rule_files import SUFFIXES
from pointscli.scheme.suppress import Suppression, Wanted, find_suppressions

RULES_ONLY = ("P1", "P2", "P3", "P7")
"""Codes of findings that rule files have by themselves; the others are only found together with the data."""


def apply_suppressions(problems: Sequence[Problem], area: Area, today: date, *, with_data: bool) -> list[Problem]:
    """The findings that are left, and what is wrong with the comments."""
    left = list(problems)
    for path, file in _rule_files(problems, area):
        try:
            data = ordinary_bytes(file)
        except OSError:
            continue  # the loader has said so
        found, wrong = find_suppressions(data, path)
        left += wrong
        for one in found:
            left = _apply(one, left, today, with_data=with_data)
    return left


def _rule_files(problems: Sequence[Problem], area: Area) -> Iterator[tuple[str, Path]]:
    """Every YAML file that was read: named, of the workspace, or extended by one of them."""
    space = area.workspace
    files = {space.shown(path): path for path in (*space.rules, space.root / SETTINGS)}
    files = {path: file for path, file in files.items() if file.is_file()}
    for path in dict.fromkeys(problem.place.path for problem in problems):
        if path.lower().endswith(SUFFIXES):
            files.setdefault(path, space.root / path)
    yield from files.items()


def _apply(one: Suppression, problems: list[Problem], today: date, *, with_data: bool) -> list[Problem]:
    left = problems
    for wanted in one.wanted:
        if not _is_known(wanted.name, problems):
            left = [*left, _note(wanted, "unknown-ignore", "there is no kind of finding {value}", _KNOWN)]
            continue
        hit = [problem for problem in left if _is_meant(problem, wanted, one)]
        errors = [problem for problem in hit if problem.severity is Severity.ERROR]
        if errors:
            related = (Related(errors[0].place, "this error"),)
            left = [
                *left,
                _note(wanted, "ignored-error", "{value} is an error, which cannot be ignored", _MEND, related),
            ]
        elif one.until is not None and one.until < today:
            message = "ignoring {value} was to end on {until}"
            left = [*left, _note(wanted, "expired-ignore", message, _RENEW, until=one.until.isoformat())]
        elif hit:
            left = [problem for problem in left if problem not in hit]
        elif with_data or code_of(_name(wanted.name)).startswith(RULES_ONLY):
            left = [*left, _note(wanted, "unused-ignore", "there is no {value} here to ignore", _DELETE)]
    return left


_KNOWN = "names stand in brackets in each finding"
_MEND = "mend it: no scores can be computed as long as it is there"
_RENEW = "mend the finding, or set a later day"
_DELETE = "delete it from the comment; it must stand in the line, in the line above, or above the block's key"


def _is_known(word: str, problems: Sequence[Problem]) -> bool:
    return name_of(word) is not None or any(word.lower() == problem.name for problem in problems)


def _name(word: str) -> str:
    """The readable name of a name or code."""
    return name_of(word) or word.lower()


def _is_meant(problem: Problem, wanted: Wanted, one: Suppression) -> bool:
    place = problem.place
    return (
        problem.name == _name(wanted.name)
        and place.path == wanted.place.path
        and one.first <= place.line <= one.last
        and not problem.name.endswith("-ignore")
    )


def _note(
    wanted: Wanted, name: str, message: str, hint: str, related: tuple[Related, ...] = (), **args: str
) -> Problem:
    values = (("value", wanted.name), *args.items())
    place: Place = wanted.place
    return Problem(name, place, message, hint, values, Severity.WARNING, wanted.end, related)
