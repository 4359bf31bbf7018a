"""What is known of a kind of finding, beside the finding itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pointscli.model.problem import Severity


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of finding: stable code and readable name, with the text of `points check --explain`.

    `what`, `why` and `how` are English sentences and keys of the message catalogue. `bad` and `good` are small
    workspaces (file name → text); in `bad` the finding's first place is marked with `«»` before the character where
    it begins. A test runs both.
    """

    code: str
    name: str
    severity: Severity
    what: str
    why: str
    how: str
    bad: Mapping[str, str]
    good: Mapping[str, str]
    saved: str = ""
    """How `bad` is saved where its text does not show what is wrong: a sentence of the catalogue; a test does it."""
