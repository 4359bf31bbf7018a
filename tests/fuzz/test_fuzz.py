"""The readers against the kept corpus, and for a few seconds against new inputs where there is a fuzzer (Linux).

POINTS_FUZZ_SECONDS says for how many seconds each target is fuzzed (default 1; 0 only replays).
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz.__main__ import CORPUS
from tests.fuzz.targets import TARGETS

ROOT = Path(__file__).parents[2]
SECONDS = os.environ.get("POINTS_FUZZ_SECONDS", "1")
MOST_BYTES = 400_000


@pytest.mark.parametrize("name", TARGETS)
def test_kept_inputs(name: str) -> None:
    kept = sorted((CORPUS / name).iterdir())
    assert kept
    for path in kept:
        try:
            TARGETS[name].check(path.read_bytes())
        except Exception as error:
            raise AssertionError(f"{path.relative_to(ROOT)}: {error!r}") from error


def test_the_corpus_is_small() -> None:
    assert {path.name for path in CORPUS.iterdir()} == set(TARGETS)
    assert sum(path.stat().st_size for path in CORPUS.rglob("*") if path.is_file()) < MOST_BYTES


@pytest.mark.skipif(SECONDS == "0", reason="asked only to replay")
@pytest.mark.skipif(importlib.util.find_spec("atheris") is None, reason="there is no fuzzer here")
def test_new_inputs(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.fuzz", "--seconds", SECONDS, "--crashes", str(tmp_path)]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    longest = 60 + len(TARGETS) * (int(SECONDS) + 60)
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, check=False, timeout=longest)
    said = done.stderr.decode("utf-8", "replace")
    assert done.returncode == 0, said[-4000:]
    assert said.count("DONE") == len(TARGETS)
