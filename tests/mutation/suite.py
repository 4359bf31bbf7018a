"""The cases that have to notice: every check of the conformance suite, then random workspaces against the oracle."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import Phase

from tests import test_conformance, test_oracle
from tests.case_files import Record

Case = Callable[[], None]
"""A test that raises where it fails."""
GENERATED = "oracle, part"
"""How the names of generated cases begin."""


def cases(parts: int) -> list[tuple[str, Case]]:
    """Name and test of each case; first those of the oracle, which look at every number."""
    checks = {
        check.label: _in_a_folder(lambda folder, one=check: test_conformance.test_conformance(one, folder))  # type: ignore[misc]
        for check in test_conformance._checks()  # noqa: SLF001  (the same checks, without a runner around them)
    }
    generated = {
        f"{GENERATED} {part}.{number}": _in_a_folder(lambda folder, one=case: _agree(one, folder))  # type: ignore[misc]
        for part in range(parts)
        for number, case in enumerate(_generated(part))
    }
    return [*generated.items(), *checks.items()]


def _generated(part: int) -> list[Record]:
    """The workspaces of a part as the suite makes them."""
    found: list[Record] = []

    def keep(case: Record) -> None:
        found.append(case)

    test_oracle.on_generated(part, keep, Phase.generate)
    return found


def _agree(case: Record, folder: Path) -> None:
    assert test_oracle.disagreement(folder, case) == []


def _in_a_folder(test: Callable[[Path], None]) -> Case:
    def run() -> None:
        with tempfile.TemporaryDirectory() as folder:
            test(Path(folder))

    return run


def fails(case: Case) -> bool:
    """Whether the test notices something."""
    try:
        case()
    except Exception:  # noqa: BLE001  (an error anywhere is noticed)
        return True
    return False
