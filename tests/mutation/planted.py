"""`python -m tests.mutation.planted`: eight faults that people make, planted one at a time in a copy of the tree.

For each the suite's own command is run until a test fails, and the test is named; 1 if one is not noticed. A number
begins with that one.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
SUITE = (
    "tests/test_conformance.py",
    "tests/inputs",
    "tests/test_oracle.py",
    "tests/engine",
    "tests/outputs",
    "tests/cli",
)
"""The order in which the suite is asked: what is told first is told in the user's own terms."""


@dataclass(frozen=True, slots=True)
class Plant:
    """A fault: what is replaced by what in which file."""

    title: str
    path: str
    right: str
    wrong: str


PLANTS = (
    Plant("a bound off by one", "pointscli/engine/stages/bounded.sql", "i.high, min(", "i.high + 1000000000, min("),
    Plant(
        "ties by the order of rows",
        "pointscli/engine/stages/ranked.sql",
        "else rank() over (",
        "else row_number() over (",
    ),
    Plant(
        "rounding in binary floating point",
        "pointscli/engine/database.py",
        "cut(half_up(n, 1000), (10 ** (6 - decimals))::bigint, rounding) * (10 ** (9 - decimals))::bigint",
        "(round(n / 1e9::double, decimals) * 10 ** 9)::bigint",
    ),
    Plant(
        "a lost last row",
        "pointscli/inputs/csv_file.py",
        "return Records(rows, range(1, len(rows) + 1))",
        "return Records(rows[: len(rows) - (text[-1] != chr(10))], range(1, len(rows) + (text[-1] == chr(10))))",
    ),
    Plant(
        "a swapped column",
        "pointscli/app/tally.py",
        "decimals) for figure in plan.figures.columns]),",
        "decimals) for figure in reversed(plan.figures.columns)]),",
    ),
    Plant(
        "a cap before combine",
        "pointscli/engine/run.py",
        """            if any(level_of[row.node] == level for row in tables.combines):
                self._pass("combined", "flow", level=level)
""",
        """            for ordinal in sorted({row.ordinal for row in tables.bounds if level_of[row.node] == level}):
                self._pass("bounded", "flow", level=level, ordinal=ordinal)
            if any(level_of[row.node] == level for row in tables.combines):
                self._pass("combined", "flow", level=level)
""",
    ),
    Plant(
        "a later event changes an earlier period",
        "pointscli/engine/stages/decided.sql",
        "when e.place >= (q.cut + 1) * 34359738368 then 'later'",
        "when false then 'later'",
    ),
    Plant(
        "rounding twice",
        "pointscli/engine/stages/settled.sql",
        "g.number, g.amount",
        "g.number, published(g.amount, q.decimals, q.rounding)::bigint as amount",
    ),
)


def main() -> int:
    """Plant each; 1 if a fault is not noticed."""
    missed = 0
    for plant in PLANTS[int(sys.argv[1]) if len(sys.argv) > 1 else 0 :]:
        with tempfile.TemporaryDirectory() as folder:
            tree = Path(folder) / "tree"
            shutil.copytree(ROOT, tree, ignore=shutil.ignore_patterns(".git", "mutants", "__pycache__", ".*_cache"))
            _plant(tree, plant)
            found = _first_failure(tree)
        print(f"{plant.title}: {found or 'NOT NOTICED'}", flush=True)
        missed += not found
    return 1 if missed else 0


def _plant(tree: Path, plant: Plant) -> None:
    path = tree / plant.path
    text = path.read_text("utf-8")
    if text.count(plant.right) != 1:
        raise SystemExit(f"{plant.path} has changed: where is {plant.right!r}?")
    path.write_text(text.replace(plant.right, plant.wrong), "utf-8")


def _first_failure(tree: Path) -> str:
    """The first test that fails, empty if none does."""
    environment = {**os.environ, "PYTHONPATH": str(tree)}
    for part in SUITE:
        command = (sys.executable, "-m", "pytest", "-x", "-q", "--no-header", "-p", "no:cacheprovider", part)
        done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False)
        named = re.search(r"^(?:FAILED|ERROR) (.*?)(?: - .*)?$", done.stdout, re.MULTILINE)
        if named:
            return named[1]
    return ""


if __name__ == "__main__":
    sys.exit(main())
