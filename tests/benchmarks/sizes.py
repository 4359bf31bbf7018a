"""The same tally by `points` and by hand, at every size."""

from __future__ import annotations

import csv
import importlib.util
import sys
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from .measure import Cost, Job, run_once, take_turns
from .workspace import PERIOD, Shape, write_workspace

HAND = Path(__file__).parent / "hand"
TOOLS = {"duckdb": "DuckDB SQL", "polars": "Polars", "pandas": "pandas", "python": "plain Python"}
_MANY = 1_000_000
"""From this size on fewer rounds are enough."""

Standings = dict[str, tuple[str, str, str]]


def measure_size(folder: Path, shape: Shape, tools: Sequence[str], rounds: int) -> dict[str, Cost]:
    """Costs by tool; every tool's standings must be those of `points`."""
    write_workspace(folder, shape)
    jobs = {"points": points_job(folder)}
    if shape.events >= _MANY:
        jobs["points, packed log"] = points_job(_packed(folder))
    wanted = [name for name in tools if shape.by_hand and importlib.util.find_spec(_MODULES.get(name, "csv"))]
    jobs |= {TOOLS[name]: hand_job(f"with_{name}", folder) for name in wanted}
    costs = take_turns(jobs, min(rounds, 3) if shape.events >= _MANY else rounds)
    expected = _of_points(folder / "points.csv")
    for name in wanted:
        if _by_hand(folder / f"with_{name}.csv") != expected:
            sys.exit(f"{TOOLS[name]} and points disagree at {shape}")
    return costs


def _packed(folder: Path) -> Path:
    """The same workspace beside it, with a packed copy of the log."""
    other = folder.with_name(f"{folder.name}-packed")
    other.mkdir(exist_ok=True)
    for name in ("rules", "members.csv", "events"):
        (other / name).unlink(missing_ok=True)
        (other / name).symlink_to((folder / name).resolve())
    run_once(Job((sys.executable, "-m", "pointscli", "-C", str(other), "pack")))
    return other


def points_job(folder: Path) -> Job:
    """`points tally` as a user runs it."""
    asked = ("tally", "--quarter", PERIOD, "-f", "csv", "--headers", "ids", "-o", str(folder / "points.csv"))
    return Job((sys.executable, "-m", "pointscli", "-C", str(folder), *asked))


def hand_job(name: str, folder: Path) -> Job:
    """A hand-written tally."""
    return Job((sys.executable, str(HAND / f"{name}.py"), str(folder), str(folder / f"{name}.csv")))


_MODULES = {"polars": "polars", "pandas": "pandas"}


def _of_points(path: Path) -> Standings:
    """Member → score in hundredths, rank, whether on the list of the last."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {
            row["member"]: (str(int(Decimal(row["score"]) * 100)), row["rank"], str(int(bool(row["outcomes"]))))
            for row in csv.DictReader(file)
        }


def _by_hand(path: Path) -> Standings:
    with path.open(encoding="utf-8", newline="") as file:
        return {row["id"]: (row["cents"], row["rank"], row["last"]) for row in csv.DictReader(file)}
