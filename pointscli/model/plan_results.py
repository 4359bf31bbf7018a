"""What follows from the scores, as plan tables: figures, rollup steps, rank keys, grades, outcome lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class FigureRow(NamedTuple):
    """The node whose total a figure is, one a version (figure 0 is the score)."""

    figure: int
    node: int


class RollupRow(NamedTuple):
    """One step from periods of `of` months to periods of `size` months."""

    step: int
    of: int
    size: int
    by: str


class DeriveRow(NamedTuple):
    """A derived figure: value of `of` ÷ the group's largest × `scale`."""

    figure: int
    of: int
    scale: int
    grouping: int


class KeyRow(NamedTuple):
    """The figures that order members, the first decides first (the ranking's; an outcome puts its `by` before)."""

    ordinal: int
    figure: int


class StepRow(NamedTuple):
    """A grade or star (`what`), the highest reached holds; `at` null: always reached; `value`: number of stars."""

    what: str
    ordinal: int
    at: int | None
    strict: bool
    value: int


class OutcomeRow(NamedTuple):
    """A list; `number`, `share_num/share_den` null: no such limit; `named`: places by group in `places`."""

    outcome: int
    by: int
    bottom: bool
    number: int | None
    named: bool
    share_num: int | None
    share_den: int | None
    positive: bool
    exclude: bool
    filter: int
    grouping: int


class PlaceRow(NamedTuple):
    """Named places of a group."""

    outcome: int
    name: str
    number: int


class ConditionRow(NamedTuple):
    """A condition on a figure."""

    outcome: int
    figure: int
    op: str
    value: int


class ExceptRow(NamedTuple):
    """A leaf whose counted events exclude from an outcome."""

    outcome: int
    node: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Numbers of the figures: the score, the columns, further nodes, then these."""

    columns: tuple[int, ...]
    derived: tuple[int, ...]
    inner: tuple[tuple[str, int], ...]
    """Further nodes that rankings and lists name, by id."""
    earned: int
    rank: int
    stars: int
    grade: int
