"""The tests beside the shipped schemes pass, and reach every element of their rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from pointscli.scheme.rule_files import scheme_paths
from tests.cli.running import ROOT, run

SCHEMES = scheme_paths(ROOT / "rules")


def test_there_are_six() -> None:
    assert len(SCHEMES) == 6


@pytest.mark.parametrize("path", SCHEMES, ids=lambda path: path.stem)
def test_tests_pass_and_reach_everything(path: Path) -> None:
    answer = run("-C", ROOT, "rules", "coverage", path, "--fail-under", "100%")
    assert answer.code == 0, answer.text + answer.err
