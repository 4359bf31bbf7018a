"""A plot of cost against size, both logarithmic, as SVG."""

from __future__ import annotations

import math
from collections.abc import Mapping
from xml.sax.saxutils import escape

from .measure import Cost

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 720, 420, 60, 130, 30, 50
_COLOURS = {
    "points": "#c00000",
    "DuckDB SQL": "#806000",
    "Polars": "#0060c0",
    "pandas": "#7030a0",
    "plain Python": "#408040",
}


def plot(sizes: Mapping[int, Mapping[str, Cost]]) -> str:
    """Wall seconds of every tool at every size."""
    walls = [cost.wall for costs in sizes.values() for cost in costs.values()]
    x = _Axis(min(sizes), max(sizes), _LEFT, _WIDTH - _RIGHT)
    y = _Axis(min(walls), max(walls), _HEIGHT - _BOTTOM, _TOP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-size="12">',
        "<style>text { font-family: sans-serif }</style>",
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="white"/>',
    ]
    for power in x.powers():
        parts += _line(x.at(power), _TOP, x.at(power), _HEIGHT - _BOTTOM)
        parts += _text(x.at(power), _HEIGHT - _BOTTOM + 18, f"{power:,.0f}", "middle")
    for power in y.powers():
        parts += _line(_LEFT, y.at(power), _WIDTH - _RIGHT, y.at(power))
        parts += _text(_LEFT - 6, y.at(power) + 4, f"{power:g} s", "end")
    parts += _text((_LEFT + _WIDTH - _RIGHT) / 2, _HEIGHT - 12, "events", "middle")
    labels: list[float] = []
    for name, colour in _COLOURS.items():
        points = [(x.at(size), y.at(costs[name].wall)) for size, costs in sizes.items() if name in costs]
        if points:
            parts += _curve(points, name, colour, labels)
    return "\n".join([*parts, "</svg>", ""])


class _Axis:
    """A logarithmic axis, from the power of ten below the least to the one above the most."""

    def __init__(self, least: float, most: float, start: float, end: float) -> None:
        self._low, self._high = math.floor(math.log10(least)), max(math.ceil(math.log10(most)), 0)
        self._start, self._end = start, end

    def powers(self) -> list[float]:
        return [10.0**power for power in range(self._low, self._high + 1)]

    def at(self, value: float) -> float:
        share = (math.log10(value) - self._low) / (self._high - self._low)
        return self._start + share * (self._end - self._start)


def _curve(points: list[tuple[float, float]], name: str, colour: str, labels: list[float]) -> list[str]:
    """A line with dots and its name at the right, moved down where another name is."""
    place = points[-1][1] + 4
    while any(abs(place - other) < 14 for other in labels):
        place += 2
    labels.append(place)
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dots = [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points]
    line = f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
    return [line, *dots, *_text(points[-1][0] + 10, place, name, "start", colour)]


def _line(x1: float, y1: float, x2: float, y2: float) -> list[str]:
    return [f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="#dddddd"/>']


def _text(x: float, y: float, text: str, anchor: str, colour: str = "#333333") -> list[str]:
    return [f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{escape(text)}</text>']
