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
PARQUET = ", Parquet"
"""How a job is called that reads the log as Parquet."""
_PARQUET = ("duckdb", "polars")
"""Tools that read it."""
_MANY = 1_000_000
"""From this size on fewer rounds are enough."""

Standings = dict[str, tuple[str, str, str]]


def measure_size(folder: Path, shape: Shape, tools: Sequence[str], rounds: int) -> dict[str, Cost]:
    """Costs by tool; every tool's standings must be those of `points`."""
    write_workspace(folder, shape)
    jobs = {"points": points_job(folder)}
    wanted = [name for name in tools if shape.by_hand and importlib.util.find_spec(_MODULES.get(name, "csv"))]
    jobs |= {TOOLS[name]: hand_job(f"with_{name}", folder) for name in wanted}
    places = {folder: wanted}
    if shape.events >= _MANY:
        jobs["points, packed log"] = points_job(_packed(folder))
        jobs["points --memory 1GB"] = points_job(folder, "--memory", "1GB")
        parquet = _as_parquet(folder)
        places[parquet] = [name for name in wanted if name in _PARQUET]
        jobs[f"points{PARQUET}"] = points_job(parquet)
        jobs |= {TOOLS[name] + PARQUET: hand_job(f"with_{name}", parquet) for name in places[parquet]}
    costs = take_turns(jobs, min(rounds, 3) if shape.events >= _MANY else rounds)
    expected = _of_points(folder / "points.csv")
    for place, names in places.items():
        for name in names:
            if _by_hand(place / f"with_{name}.csv") != expected:
                sys.exit(f"{TOOLS[name]} and points disagree at {shape}")
    return costs


def _packed(folder: Path) -> Path:
    """The same workspace beside it, with a packed copy of the log."""
    other = _beside(folder, "packed", "rules", "members.csv", "events")
    run_once(Job((sys.executable, "-m", "pointscli", "-C", str(other), "pack")))
    return other


def _as_parquet(folder: Path) -> Path:
    """The same workspace beside it, with the log as Parquet."""
    other = _beside(folder, "parquet", "rules", "members.csv", "hand.json")
    (other / "events").mkdir(exist_ok=True)
    made = other / "events" / "2025.parquet"
    read = f"read_csv('{folder}/events/*.csv', types = {{'quantity': 'int', 'date': 'date'}})"
    copy = f"set threads = 1; copy (from {read}) to '{made}' (format parquet)"
    if not made.exists():
        run_once(Job((sys.executable, "-c", f"import duckdb; duckdb.execute({copy!r})")))
    return other


def _beside(folder: Path, what: str, *names: str) -> Path:
    """A folder with the same files by other names: a workspace may not reach out of itself by links."""
    other = folder.with_name(f"{folder.name}-{what}")
    for name in names:
        for path in [folder / name, *(folder / name).glob("*")]:
            here = other / path.relative_to(folder)
            if path.is_file() and not here.exists():
                here.parent.mkdir(parents=True, exist_ok=True)
                here.hardlink_to(path)
    return other


def points_job(folder: Path, *more: str) -> Job:
    """`points tally` as a user runs it."""
    asked = ("tally", "--quarter", PERIOD, "-f", "csv", "--headers", "ids", "-o", str(folder / "points.csv"))
    return Job((sys.executable, "-m", "pointscli", "-C", str(folder), *asked, *more))


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
