"""What whole processes cost: wall, CPU and the most memory, of commands that take turns."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
# An installed program is compiled; a checkout need not be, and some machines forbid Python to keep what it compiled.
_KEPT = tempfile.TemporaryDirectory()
_COMPILED = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": _KEPT.name}


@dataclass(frozen=True)
class Cost:
    """Of one run: seconds and megabytes."""

    wall: float
    cpu: float
    memory: float


@dataclass(frozen=True)
class Job:
    """A command to be run, and what is to be done before each run and is not measured."""

    command: Sequence[str]
    prepare: Callable[[], object] = lambda: None
    environment: Mapping[str, str] | None = None


def take_turns(jobs: Mapping[str, Job], rounds: int) -> dict[str, Cost]:
    """Medians of jobs that are run in turn, so that a slow minute of the machine falls on all of them."""
    costs: dict[str, list[Cost]] = {name: [] for name in jobs}
    for _ in range(rounds):
        for name, job in jobs.items():
            job.prepare()
            costs[name].append(run_once(job))
    return {name: _median(found) for name, found in costs.items()}


def run_once(job: Job) -> Cost:
    """Run a command to its end; what it says goes nowhere. A failure ends the benchmark, with its message."""
    paths = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    environment = {**os.environ, **_COMPILED, "POINTS_LANG": "en", "PYTHONPATH": paths, **(job.environment or {})}
    began = time.perf_counter()
    with subprocess.Popen(job.command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        said = process.stderr.read()
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(job.command)}: {said.decode(errors='replace')}")
    return Cost(wall, used.ru_utime + used.ru_stime, _megabytes(used))


def _megabytes(used: resource.struct_rusage) -> float:
    """The most memory: the kernel counts kilobytes, macOS bytes."""
    return used.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(
        statistics.median(cost.wall for cost in costs),
        statistics.median(cost.cpu for cost in costs),
        statistics.median(cost.memory for cost in costs),
    )
