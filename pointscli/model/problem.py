"""A finding in the user's files, and the few reasons why a command cannot go on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad a finding is: an error stops a computation, a warning is only said."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file: path as the user gave it, line and column from 1 (0 = unknown)."""

    path: str
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that a finding speaks of, such as the first of two definitions; `message` is a template too."""

    place: Place
    message: str


@dataclass(frozen=True, slots=True)
class Edit:
    """Text that replaces what stands from a position to another (line and column from 1, the end not included)."""

    start: tuple[int, int]
    end: tuple[int, int]
    text: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding.

    `name` is its readable name (`unknown-key`; the stable code is found by it in `model.codes`).
    `message` and `hint` are English templates and the keys of the message catalogue; `args` fills
    the `{…}` in both, after translation.
    """

    name: str
    place: Place
    message: str
    hint: str = ""
    args: tuple[tuple[str, str], ...] = ()
    severity: Severity = Severity.ERROR
    end: tuple[int, int] = (0, 0)
    """Line and column after its last character; (0, 0): not known."""
    related: tuple[Related, ...] = ()
    fix: tuple[Edit, ...] = ()
    """Edits of its file that mend it without changing anything else; empty: nothing safe is known."""

    def text(self, template: str) -> str:
        """Fill a (translated) template with this problem's values."""
        return template.format(**dict(self.args)) if self.args else template


def sort_problems(problems: list[Problem]) -> list[Problem]:
    """Order findings by path, line, column, name and text: the same in every run."""
    return sorted(problems, key=lambda p: (p.place.path, p.place.line, p.place.column, p.name, p.message, p.args))


class PointsError(Exception):
    """A command cannot go on; caught once, in `cli`."""


class FindingsError(PointsError):
    """The input is wrong: all its problems (exit 1)."""

    def __init__(self, problems: list[Problem]) -> None:
        """Keep the findings in order of place."""
        self.problems = sort_problems(problems)
        super().__init__(f"{len(self.problems)} findings")


class UsageError(PointsError):
    """The command was asked for something that does not exist (exit 2)."""

    def __init__(self, message: str, hint: str = "", **args: object) -> None:
        """Keep a template, a hint and what fills them."""
        self.message, self.hint = message, hint
        self.args_ = {key: str(value) for key, value in args.items()}
        super().__init__(message.format(**self.args_))


class FileError(PointsError):
    """A file cannot be read or written (exit 3)."""

    def __init__(self, path: str, reason: str, hint: str = "", **args: object) -> None:
        """Keep the file, why, and what to do; `reason` is a template."""
        self.path, self.reason, self.hint = path, reason, hint
        self.args_ = {key: str(value) for key, value in args.items()}
        super().__init__(f"{path}: {reason}")


class Refused(PointsError):  # noqa: N818  (nothing went wrong: the command says no)
    """A command declines to do what was asked, with the figures that stand against it (exit 1)."""

    def __init__(self, message: str, hint: str = "", **args: object) -> None:
        """Keep a template, a hint and what fills them."""
        self.message, self.hint = message, hint
        self.args_ = {key: str(value) for key, value in args.items()}
        super().__init__(message.format(**self.args_))
