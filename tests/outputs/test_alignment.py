"""Columns stand under each other on a real terminal, and no name or number is cut at any width."""

from __future__ import annotations

import re
import unicodedata

import pytest
import wcwidth

from pointscli.model.tally import Tally
from pointscli.outputs.formats import FORMATS
from pointscli.outputs.look import Look
from pointscli.outputs.outcomes import Outcomes
from tests.outputs.sample import MEMBERS, tally

RULE = re.compile(r"^-+( +-+)+$")


def cells(text: str, *, wide_ambiguous: bool = False) -> str:
    """The text with one character a cell: a wide character is followed by NUL, a combining one is gone."""
    out = ""
    for char in text:
        wide = wide_ambiguous and unicodedata.east_asian_width(char) == "A" and not unicodedata.combining(char)
        size = 2 if wide else max(wcwidth.wcwidth(char), 0)
        out += char + "\0" if size == 2 else char * size
    return out


def tables(text: str) -> list[list[str]]:
    """The tables of a screen: title line, rule and what follows up to an empty line."""
    lines = text.split("\n")
    found = []
    for i, line in enumerate(lines):
        if RULE.match(line):
            found.append(lines[i - 1 : lines.index("", i)])
    return found


def assert_aligned(lines: list[str], *, wide_ambiguous: bool = False) -> None:
    gaps = [i for i, char in enumerate(lines[1]) if char == " "]
    for line in lines:
        grid = cells(line, wide_ambiguous=wide_ambiguous).ljust(len(lines[1]))
        assert len(grid) <= len(lines[1]), line
        assert all(grid[i] == " " for i in gaps), line


@pytest.mark.parametrize("width", [30, 60, 80, 100, 120, 200])
@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize("result", [tally(), tally(derived=True), Outcomes(tally())])
def test_terminal(result: Tally | Outcomes, width: int, *, wide: bool) -> None:
    text = FORMATS["table"](result, Look(width=width, wide_ambiguous=wide))
    found = tables(text)
    assert len(found) == 3
    for lines in found:
        assert_aligned(lines, wide_ambiguous=wide)


@pytest.mark.parametrize("wide", [False, True])
def test_plain(*, wide: bool) -> None:
    title, rule, *rest = FORMATS["plain"](tally(), Look(wide_ambiguous=wide)).split("\n\n")[1].split("\n")
    assert not rest
    rows = [line for line in FORMATS["plain"](tally(), Look(wide_ambiguous=wide)).split("\n") if " M0" in line]
    assert len(rows) == len(MEMBERS)
    assert_aligned([title, rule, *rows], wide_ambiguous=wide)


@pytest.mark.parametrize("width", range(30, 140, 3))
def test_names_and_numbers_stay_whole(width: int) -> None:
    text = FORMATS["table"](tally(), Look(width=width))
    for standing in tally().standings:
        assert re.search(rf"{standing.member} {{1,2}}{standing.name} +.*{standing.score}", text), standing.name
    for number in re.findall(r"-?[0-9.]+", text):
        assert re.fullmatch(r"-|-?[0-9]+(\.[0-9]{2})?|[0-9]{4}-[0-9]{2}-[0-9]{2}|-[0-9]+|[.]", number), number


@pytest.mark.parametrize("width", range(46, 140, 5))
def test_width_is_kept(width: int) -> None:
    text = FORMATS["table"](tally(), Look(width=width))
    assert max(wcwidth.wcswidth(line) for line in text.split("\n")) <= width
