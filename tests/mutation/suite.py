"""The cases that have to notice: every check of the conformance suite, then random workspaces against the oracle."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from tests import test_conformance, test_oracle

Case = Callable[[], None]
"""A test that raises where it fails."""


def cases(seeds: int) -> list[tuple[str, Case]]:
    """Name and test of each case, the quick ones first."""
    checks = {
        check.label: _in_a_folder(lambda folder, one=check: test_conformance.test_conformance(one, folder))  # type: ignore[misc]
        for check in test_conformance._checks()  # noqa: SLF001  (the same checks, without a runner around them)
    }
    workspaces = {
        f"oracle {seed}": _in_a_folder(lambda folder, one=seed: test_oracle.test_engine_and_oracle_agree(one, folder))  # type: ignore[misc]
        for seed in range(seeds)
    }
    return [*checks.items(), *workspaces.items()]


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
