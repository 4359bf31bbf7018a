"""The measured costs as a page of Markdown tables."""

from __future__ import annotations

import datetime as dt
import os
import platform
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from .chinese import WORDS
from .measure import Cost
from .plot import plot
from .sizes import PARQUET
from .small import BESIDE
from .workspace import Shape

Sizes = Mapping[int, Mapping[str, Cost]]
Say = Callable[[str], str]
_FAST = {"DuckDB SQL", "Polars"}
"""What `points` is held against."""
_LIBRARIES = ("duckdb", "polars", "pandas", "typer")
_MEASURED = (
    "Measured on {day}: {system}, {cores} cores, {memory:.0f} GiB, Python {python}, {libraries}. Whole processes, "
    "medians of {rounds} rounds in turn (at most 3 from a million events on). Only ratios within one table mean "
    "something on another machine."
)
_MARKS = "<!-- measured -->\n", "<!-- end of measured -->\n"


@dataclass(frozen=True)
class Found:
    """Everything measured."""

    small: Mapping[str, Cost]
    sizes: Sizes
    shapes: Mapping[Shape, Cost]
    rounds: int

    def page(self, drawing: str, say: Say = str) -> str:
        """All tables and the plot."""
        tables = [_small(self.small, say), _sizes(self.sizes, say), _shapes(self.shapes, say)]
        plot = f"![{say('Wall seconds against events')}]({drawing})\n"
        return "\n".join([_machine(self.rounds, say), *filter(None, tables), plot])

    def write(self, output: Path) -> None:
        """Write a page and its plot; where the page has marks (and its Chinese one), only what is between them."""
        drawing = output.with_suffix(".svg")
        drawing.write_text(plot(self.sizes), "utf-8")
        chinese = output.with_suffix(".zh-CN.md")
        _replace(output, self.page(drawing.name))
        if chinese.is_file():
            _replace(chinese, self.page(drawing.name, lambda text: WORDS.get(text, text)))


def _replace(page: Path, text: str) -> None:
    old = page.read_text("utf-8") if page.is_file() else ""
    before, begin, rest = old.partition(_MARKS[0])
    _, end, after = rest.partition(_MARKS[1])
    page.write_text(f"{before}{begin}\n{text}\n{end}{after}" if end else text, "utf-8")


def _machine(rounds: int, say: Say) -> str:
    text = say(_MEASURED).format(
        day=dt.datetime.now(tz=dt.UTC).date(),
        system=platform.system(),
        cores=os.cpu_count(),
        memory=os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30,
        python=platform.python_version(),
        libraries=", ".join(f"{name} {found}" for name in _LIBRARIES if (found := _version(name))),
        rounds=rounds,
    )
    return text + "\n"


def _small(costs: Mapping[str, Cost], say: Say) -> str:
    rows = []
    for name, cost in costs.items():
        beside = BESIDE.get(name, "")
        ratio = f"{cost.cpu / costs[beside].cpu:.2f} × {say(beside)}" if beside in costs else ""
        rows.append((say(name), *_figures(cost), ratio))
    return _table(("command", "wall s", "CPU s", "MB", "CPU beside"), rows, say)


def _sizes(sizes: Sizes, say: Say) -> str:
    rows = []
    for events, costs in sizes.items():
        for name, cost in costs.items():
            form = PARQUET if name.endswith(PARQUET) else ""
            rivals = {rival + form for rival in _FAST} & costs.keys()
            best = costs[min(rivals, key=lambda rival: costs[rival].wall, default="points")]
            ratios = f"{cost.wall / best.wall:.2f}", f"{cost.cpu / best.cpu:.2f}"
            rows.append((f"{events:,}" if name == "points" else "", say(name), *_figures(cost), *ratios))
    heads = ("events", "tally by", "wall s", "CPU s", "MB", "wall ÷ faster of DuckDB, Polars", "CPU ÷ the same")
    return _table(heads, rows, say)


def _shapes(shapes: Mapping[Shape, Cost], say: Say) -> str:
    rows = [
        (
            f"{one.events:,}",
            f"{one.members:,}",
            f"{one.capped:.0%}",
            str(one.depth),
            ", ".join(one.windows),
            *_figures(cost),
        )
        for one, cost in shapes.items()
    ]
    return _table(("events", "members", "bounded", "levels", "windows", "wall s", "CPU s", "MB"), rows, say)


def _figures(cost: Cost) -> tuple[str, str, str]:
    return f"{cost.wall:.2f}", f"{cost.cpu:.2f}", f"{cost.memory:.0f}"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], say: Say) -> str:
    if not rows:
        return ""
    lines = [[say(head) for head in heads], ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
