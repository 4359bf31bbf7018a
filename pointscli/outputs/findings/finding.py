"""Findings as the writers take them: every text is in the reader's language already, every place is complete."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from pointscli.model.problem import Edit

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Spot:
    """Part of a file: line and column from 1 (0 = unknown), `end` after its last character (0, 0 = unknown)."""

    path: str
    line: int = 0
    column: int = 0
    end: tuple[int, int] = (0, 0)

    @property
    def label(self) -> str:
        """`PATH:LINE:COLUMN`, as far as known."""
        return ":".join([self.path, *(str(number) for number in (self.line, self.column) if number)])


@dataclass(frozen=True, slots=True)
class Beside:
    """Another place that a finding speaks of."""

    spot: Spot
    message: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding."""

    code: str
    name: str
    severity: Severity
    spot: Spot
    message: str
    hint: str = ""
    related: tuple[Beside, ...] = ()
    fix: tuple[Edit, ...] = ()
    fingerprint: str = ""
    """The same for the same mistake, wherever in its file it stands."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What is known of a kind of finding."""

    code: str
    name: str
    severity: Severity
    what: str = ""
    why: str = ""
    how: str = ""


@dataclass(frozen=True, slots=True)
class Findings:
    """Findings with what their writers need to show them."""

    found: tuple[Finding, ...]
    rest: int = 0
    """So many more are not shown."""
    errors: int = 0
    warnings: int = 0
    files: int = 0
    """So many files were checked."""
    fixable: int = 0
    lines: Callable[[str], Sequence[str]] = field(default=lambda _path: ())
    """A file's lines, none if it has no text."""
    rules: Mapping[str, Rule] = field(default_factory=dict)
    """By code, those of the findings."""
    translate: Callable[[str], str] = str
    version: str = ""
    colour: bool = False
