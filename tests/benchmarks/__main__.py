"""Run the benchmarks: python -m tests.benchmarks [--quick] [--size N …] [--tool NAME …] [-o FILE.md]."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any

from .measure import take_turns
from .report import Found
from .sizes import TOOLS, measure_size, points_job
from .small import measure_small
from .workspace import Shape, shape_of, write_workspace

_SIZES = (2_000, 10_000, 100_000, 1_000_000, 10_000_000)
_QUICK = (2_000, 20_000)
_SHAPES: tuple[dict[str, Any], ...] = (
    {"capped": 0.0},
    {"capped": 1.0},
    {"depth": 4},
    {"windows": ("month", "quarter")},
    {"windows": ("month", "quarter", "year"), "depth": 4, "capped": 1.0},
)


def main() -> None:
    """Measure, and write the tables, with a plot beside them."""
    chosen = _arguments()
    rounds = chosen.rounds or (3 if chosen.quick else 7)
    with tempfile.TemporaryDirectory() as scratch:
        folder = chosen.keep or Path(scratch)
        small = {} if chosen.only_sizes else measure_small(folder, rounds)
        sizes = {}
        for events in chosen.size or (_QUICK if chosen.quick else _SIZES):
            print(f"{events:,} events", file=sys.stderr)
            sizes[events] = measure_size(folder / str(events), shape_of(events), chosen.tool or tuple(TOOLS), rounds)
        shapes = {}
        for number, more in enumerate(() if chosen.quick or chosen.only_sizes else _SHAPES):
            shape: Shape = shape_of(100_000, **more)
            place = write_workspace(folder / f"shape-{number}", shape)
            shapes[shape] = take_turns({"points": points_job(place)}, min(rounds, 3))["points"]
    found = Found(small, sizes, shapes, rounds)
    if chosen.output is None:
        print(found.page("speed.svg"))
    else:
        found.write(chosen.output)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "python -m tests.benchmarks", description="What `points` costs, beside tallies by hand."
    )
    parser.add_argument("--quick", action="store_true", help="small sizes and few rounds: under a minute")
    parser.add_argument("--size", type=int, action="append", help="a log of so many events, instead of the usual sizes")
    parser.add_argument("--tool", choices=TOOLS, action="append", help="a hand-written tally, instead of all")
    parser.add_argument("--rounds", type=int, help="how often each command is run")
    parser.add_argument("--only-sizes", action="store_true", help="not the small commands, and no other shapes")
    parser.add_argument(
        "--keep", type=Path, metavar="DIR", help="generate workspaces here, and use those that are there"
    )
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE.md", help="where the tables go, with the plot beside them"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
