"""Choices that Hypothesis makes, so that what fails shrinks to a small case."""

from functools import cache
from typing import Any

from hypothesis import strategies as st

from .choices import Choices
from .generate import make_case
from .rewriting import REWRITINGS, Row, extending, numbered


class Drawn(Choices):
    """Every choice is one small integer of the example."""

    def __init__(self, draw: st.DrawFn) -> None:
        """Where the integers come from."""
        self.draw = draw

    def below(self, number: int) -> int:
        """One of 0 … number-1; what fails shrinks towards 0."""
        return self.draw(_numbers(number))


@cache
def _numbers(number: int) -> st.SearchStrategy[int]:
    return st.integers(0, number - 1)


@st.composite
def cases(draw: st.DrawFn, /, **size: int) -> dict[str, Any]:
    """Valid cases, as `make_case` makes them."""
    return make_case(Drawn(draw), **size)


@st.composite
def rewritten(draw: st.DrawFn) -> tuple[Row, Row, tuple[Row, Row] | None, list[str]]:
    """A case, the same written otherwise, its scheme in two files (or None), and what was done to it."""
    choices = Drawn(draw)
    case = numbered(make_case(choices))
    other, done = case, []
    for way in REWRITINGS:
        if choices.chance(0.6):
            other = way(choices, other)
            done.append(way.__name__)
    rules = extending(choices, case["scheme"]) if "scheme" in case and choices.chance(0.6) else None
    return case, other, rules, done


@st.composite
def world_of_many(draw: st.DrawFn) -> tuple[Row, str]:
    """A case, and one of its worlds."""
    choices = Drawn(draw)
    case = numbered(make_case(choices))
    return case, choices.choice(sorted({row["grid"] for row in case["members"]}))
