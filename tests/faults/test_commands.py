"""Every command that writes, while a call of the system fails or the process is killed: old or new, and once.

The suite takes a few faults of each command; POINTS_FAULTS=all takes every one.
"""

from __future__ import annotations

import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.faults.judging import Flow, flow_of, suffer
from tests.faults.space import COMMANDS, write_space
from tests.faults.tracing import STRACE, Fault

ALL = os.environ.get("POINTS_FAULTS") == "all"
FEW = 3
LEAST = {"record": {"write": 3, "fsync": 2}, "publish": {"write": 8, "rename": 7}, "tally": {"fsync": 2, "rename": 1}}

pytestmark = pytest.mark.skipif(STRACE is None, reason="strace is not installed")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_space(tmp_path_factory.mktemp("faults") / "base")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_call_fails(command: str, base: Path, tmp_path: Path) -> None:
    flow = flow_of(command, base, tmp_path)
    kinds = Counter(call.name for call in flow.calls)
    assert all(kinds[name] >= count for name, count in LEAST.get(command, {}).items()), kinds
    faults = flow.faults if ALL else few(flow)

    def one(number: int) -> str:
        try:
            suffer(flow, faults[number], tmp_path / f"{command}-{number + 1}")
        except AssertionError as error:
            return f"{faults[number]}\n    {error}"
        return ""

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        wrong = [text for text in pool.map(one, range(len(faults))) if text]
    assert not wrong, f"{len(wrong)} of {len(faults)}:\n" + "\n".join(wrong)


def few(flow: Flow) -> list[Fault]:
    """Some of the calls that write, spread over the whole command: every one is killed or fails in one way."""
    writing = [
        call for call in flow.calls if call.writes and "points.lock" not in call.line and "EEXIST" not in call.line
    ]
    step = max(len(writing) // FEW, 1)
    chosen = writing[len(writing) % step :: step]
    return [list(call.faults)[number % len(list(call.faults))] for number, call in enumerate(chosen)]
