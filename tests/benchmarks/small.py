"""What commands cost in a small workspace, beside the least that such a program can cost."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from .measure import Cost, Job, run_once, take_turns
from .sizes import HAND, hand_job, points_job
from .workspace import PERIOD, shape_of, write_workspace

SMALL = 2_000
_COMPLETION = {"_POINTS_COMPLETE": "complete_bash", "COMP_WORDS": "points t", "COMP_CWORD": "1"}
BESIDE = {
    "points --help": "bare Typer --help",
    "points --version": "bare Typer --version",
    "points tally": "DuckDB SQL, same imports",
}
"""What a command is compared with."""


def measure_small(folder: Path, rounds: int) -> dict[str, Cost]:
    """Costs by command."""
    source = write_workspace(folder / "small", shape_of(SMALL))
    copy = folder / "copy"

    def fresh() -> None:
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(source, copy)

    member = ("-m", "M000001", "-i", "item_0_1", "-d", "2025-03-30")
    jobs = {
        "bare Python": Job((sys.executable, "-c", "pass")),
        "bare Typer --help": Job((sys.executable, str(HAND / "bare.py"), "--help")),
        "points --help": _points("--help"),
        "bare Typer --version": Job((sys.executable, str(HAND / "bare.py"), "--version")),
        "points --version": _points("--version"),
        "completion": Job(_points().command, environment=_COMPLETION),
        "DuckDB SQL": hand_job("with_duckdb", source),
        "DuckDB SQL, same imports": hand_job("with_typer", source),
        "points tally": points_job(source),
        "points check": _points("-C", str(source), "check"),
        "points explain": _points("-C", str(source), "explain", "M000001", "--quarter", PERIOD),
        "points record": _points("-C", str(copy), "record", *member, prepare=fresh),
        "points publish": _points(
            "-C", str(copy), "publish", "--quarter", PERIOD, "--audience", "internal", prepare=fresh
        ),
    }
    return take_turns({name: job for name, job in jobs.items() if _runs(name, job)}, rounds)


def _runs(name: str, job: Job) -> bool:
    """Whether a command can be measured at all; this run also compiles what it imports."""
    job.prepare()
    try:
        run_once(job)
    except RuntimeError as error:
        print(f"{name} is left out: {error}", file=sys.stderr)
        return False
    return True


def _points(*arguments: str, prepare: object = None) -> Job:
    command = (sys.executable, "-m", "pointscli", *arguments)
    return Job(command, prepare) if callable(prepare) else Job(command)
