"""Seeded workspaces of any size, in the program's formats, with the plain numbers that the tallies by hand use."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from .measure import ROOT

PERIOD = "2025Q1"


@dataclass(frozen=True)
class Shape:
    """What a workspace is like; the same shape and seed give the same bytes."""

    events: int
    members: int
    capped: float = 0.5
    """Share of items, and of sections, whose points are bounded."""
    depth: int = 2
    """Levels below the score: 2 is sections with items, each more is a group in between."""
    windows: tuple[str, ...] = ("month",)
    """In which bounds hold: month, quarter, year."""
    seed: int = 1

    @property
    def by_hand(self) -> bool:
        """Whether the hand-written tallies can do it: two levels, bounds by the month."""
        return self.depth == 2 and self.windows == ("month",)


def shape_of(events: int, **more: Any) -> Shape:
    """A shape in the proportion of a real log: a hundred events a member and quarter, no fewer than fifty members."""
    return Shape(events, max(50, events // 100), **more)


def write_workspace(folder: Path, shape: Shape) -> Path:
    """Write a workspace, unless the same one is there already."""
    stamp = folder / "shape.json"
    wanted = json.dumps(asdict(shape))
    if stamp.is_file() and stamp.read_text("utf-8") == wanted:
        return folder
    (folder / "rules").mkdir(parents=True, exist_ok=True)
    (folder / "events").mkdir(exist_ok=True)
    sections = _sections(shape)
    (folder / "rules" / "bench.yaml").write_text(_scheme(shape, sections), "utf-8")
    (folder / "hand.json").write_text(json.dumps(sections), "utf-8")
    items = [item["id"] for section in sections for item in section["items"]]
    # In a process of its own: what a measured process takes is counted from what its parent has.
    arguments = (str(folder), str(shape.events), str(shape.members), str(shape.seed), *items)
    subprocess.run((sys.executable, "-m", "tests.benchmarks.tables", *arguments), check=True, cwd=ROOT)
    stamp.write_text(wanted, "utf-8")
    return folder


def _sections(shape: Shape) -> list[dict[str, Any]]:
    """Five sections of eight items; points and bounds in half points, the last section takes away."""
    bounded = round(shape.capped * 8)
    found = []
    for number in range(5):
        sign = -1 if number == 4 else 1
        items = [
            {
                "id": f"item_{number}_{place}",
                "points": sign * (1 + (place + number) % 4),
                "bound": sign * (4 + 2 * place) if place < bounded else None,
            }
            for place in range(8)
        ]
        limit = sign * 30 if number < round(shape.capped * 5) or sign < 0 else None
        found.append({"id": f"section_{number}", "bound": limit, "items": items})
    return found


def _scheme(shape: Shape, sections: list[dict[str, Any]]) -> str:
    lines = [
        "language: 1",
        "scheme: bench",
        "title: 测速办法",
        "effective: {from: 2025-01-01}",
        "settle: month",
        "rollup: {quarter: mean}",
        "ranking: {within: branch, ties: competition}",
        "outcomes:",
        "  last: {title: 末三名, period: quarter, bottom: 3, within: branch}",
        "score:",
        "  grant: 60",
        "  max: 100",
        "  min: 0",
        "  items:",
    ]
    for section in sections:
        lines += _section(shape, section)
    return "\n".join(lines) + "\n"


def _section(shape: Shape, section: dict[str, Any]) -> list[str]:
    lines, indent = [f"    {section['id']}:", f"      title: {section['id']}"], " " * 6
    lines += _bound(shape, section["bound"], indent)
    for level in range(shape.depth - 2):
        lines += [f"{indent}items:", f"{indent}  {section['id']}_group_{level}:"]
        indent += " " * 4
        lines.append(f"{indent}title: {section['id']}_group_{level}")
    lines.append(f"{indent}items:")
    for item in section["items"]:
        lines += [f"{indent}  {item['id']}:", f"{indent}    title: {item['id']}"]
        lines.append(f"{indent}    points: {item['points'] / 2}")
        lines += _bound(shape, item["bound"], indent + " " * 4)
    return lines


def _bound(shape: Shape, half_points: int | None, indent: str) -> list[str]:
    if half_points is None:
        return []
    months = {"month": 1.0, "quarter": 2.5, "year": 8.0}
    windows = ", ".join(f"{window}: {half_points / 2 * months[window]:g}" for window in shape.windows)
    return [f"{indent}{'max' if half_points > 0 else 'min'}: {{{windows}}}"]
