"""Choices that Hypothesis makes, so that what fails shrinks to a small case."""

from functools import cache
from typing import Any

from hypothesis import strategies as st

from .choices import Choices
from .generate import make_case


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
def cases(draw: st.DrawFn, **size: int) -> dict[str, Any]:
    """Valid cases, as `make_case` makes them."""
    return make_case(Drawn(draw), **size)
