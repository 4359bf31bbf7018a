"""The measured costs as a page of Markdown tables."""

from __future__ import annotations

import datetime as dt
import os
import platform
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version

from .measure import Cost
from .small import BESIDE
from .workspace import Shape

Sizes = Mapping[int, Mapping[str, Cost]]


def report(small: Mapping[str, Cost], sizes: Sizes, shapes: Mapping[Shape, Cost], rounds: int) -> str:
    """Everything measured, with the machine and the day."""
    parts = [_machine(rounds)]
    if small:
        parts.append(_small(small))
    if sizes:
        parts.append(_sizes(sizes))
    if shapes:
        parts.append(_shapes(shapes))
    return "\n".join(parts)


def _machine(rounds: int) -> str:
    today = dt.datetime.now(tz=dt.UTC).date()
    libraries = ", ".join(f"{name} {found}" for name in _LIBRARIES if (found := _version(name)))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"Measured on {today}: {platform.system()}, {os.cpu_count()} cores, {memory:.0f} GiB, "
        f"Python {platform.python_version()}, {libraries}. Whole processes, medians of {rounds} rounds in turn "
        "(3 from a million events on). Only ratios within one table mean something elsewhere.\n"
    )


def _small(costs: Mapping[str, Cost]) -> str:
    rows = []
    for name, cost in costs.items():
        beside = BESIDE.get(name)
        ratio = f"{cost.cpu / costs[beside].cpu:.2f} × {beside}" if beside else ""
        rows.append((name, f"{cost.wall:.2f}", f"{cost.cpu:.2f}", f"{cost.memory:.0f}", ratio))
    return _table(("command", "wall s", "CPU s", "MB", "CPU beside"), rows)


def _sizes(sizes: Sizes) -> str:
    rows = []
    for events, costs in sizes.items():
        best = min(_FAST & costs.keys(), key=lambda name: costs[name].wall, default="points")
        for name, cost in costs.items():
            rows.append(
                (
                    f"{events:,}" if name == "points" else "",
                    name,
                    f"{cost.wall:.2f}",
                    f"{cost.cpu:.2f}",
                    f"{cost.memory:.0f}",
                    f"{cost.wall / costs[best].wall:.2f}",
                    f"{cost.cpu / costs[best].cpu:.2f}",
                )
            )
    heads = ("events", "", "wall s", "CPU s", "MB", "wall ÷ faster of DuckDB, Polars", "CPU ÷ the same")
    return _table(heads, rows)


def _shapes(shapes: Mapping[Shape, Cost]) -> str:
    rows = [
        (
            f"{shape.events:,}",
            f"{shape.members:,}",
            f"{shape.capped:.0%}",
            str(shape.depth),
            ", ".join(shape.windows),
            f"{cost.wall:.2f}",
            f"{cost.cpu:.2f}",
            f"{cost.memory:.0f}",
        )
        for shape, cost in shapes.items()
    ]
    return _table(("events", "members", "bounded", "levels", "windows", "wall s", "CPU s", "MB"), rows)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


_FAST = {"DuckDB SQL", "Polars"}
"""What `points` is held against."""
_LIBRARIES = ("duckdb", "polars", "pandas", "typer")


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
