"""A scheme's printed table as one HTML file that needs nothing else and prints on A4."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import takewhile

from pointscli.model.sheet import Sheet, SheetRow, SheetSection
from pointscli.outputs.cells import visible
from pointscli.outputs.look import Look

TEMPLATE = "sheet.html.j2"


@dataclass(frozen=True, slots=True)
class _Merged:
    """A section's cell over several rows and columns."""

    section: SheetSection
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the table: the sections that begin in it, the leaf, the columns that its content takes."""

    begun: tuple[_Merged, ...]
    row: SheetRow
    columns: int


def render(sheet: Sheet, look: Look) -> str:
    """The page, every text of the scheme escaped."""
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 - takes 50 ms, and the other formats do without

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["visible"] = visible
    template = environment.from_string(files(__package__).joinpath(TEMPLATE).read_text("utf-8"))
    depth = max((len(row.sections) for row in sheet.rows), default=0)
    lang = "zh-CN" if look.language == "zh" else "en"
    return template.render(sheet=sheet, lines=_lines(sheet.rows, depth), depth=depth, lang=lang) + "\n"


def _lines(rows: Sequence[SheetRow], depth: int) -> list[_Line]:
    lines = []
    before: tuple[SheetSection, ...] = ()
    for place, row in enumerate(rows):
        begun = []
        for level, section in enumerate(row.sections):
            path = row.sections[: level + 1]
            if before[: level + 1] != path:
                size = sum(1 for _ in takewhile(lambda one, path=path: _below(one, path), rows[place:]))  # type: ignore[misc]
                begun.append(_Merged(section, size, _width(section, level, depth)))
        before = row.sections
        covered = sum(_width(section, level, depth) for level, section in enumerate(row.sections))
        lines.append(_Line(tuple(begun), row, depth - covered + 1))
    return lines


def _below(row: SheetRow, path: tuple[SheetSection, ...]) -> bool:
    return row.sections[: len(path)] == path


def _width(section: SheetSection, level: int, depth: int) -> int:
    """A section above leaf items only takes all columns that are left."""
    return depth - level if section.only_leaves else 1
