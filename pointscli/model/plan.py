"""The rules as plan tables: what the engine's SQL joins. Field names are SQL columns.

Points are integers of 10⁻⁹, quantities of 10⁻⁴, windows a `size` in months (1, 3, 6 or 12); a window's
number is `month number // size`. Nodes and versions are numbered through all rule files of a workspace.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from pointscli.model.plan_results import (
    ConditionRow,
    DeriveRow,
    ExceptRow,
    FigureRow,
    Figures,
    KeyRow,
    OutcomeRow,
    PlaceRow,
    RollupRow,
    StepRow,
)


class VersionRow(NamedTuple):
    """A version of a scheme; `here`: of the scheme that is asked for."""

    version: int
    here: bool
    settle: int
    active: str
    filter: int
    suspends: bool
    last_stage: int | None


class NodeRow(NamedTuple):
    """A node; its postings enter the fold at `start`, the nearest node (or itself) that does something."""

    node: int
    version: int
    id: str
    start: int
    counts_from: int | None
    dimension: int


class FoldRow(NamedTuple):
    """A node that the fold stops at; what it passes on goes `up` (the root: to itself); level 0 is the root."""

    node: int
    up: int
    level: int


class PriceRow(NamedTuple):
    """How a leaf's events are priced; unused fields are null."""

    node: int
    form: str
    points: int | None = None
    each: int | None = None
    prorate: bool = False
    low: int | None = None
    high: int | None = None
    step: int | None = None
    size: int | None = None
    max_quantity: int | None = None
    split: bool = False


class LevelRow(NamedTuple):
    """Points of a level (by its key, see `names.item_key`)."""

    node: int
    level: str
    points: int


class BandRow(NamedTuple):
    """Points from a quantity on (`bands` and `total`)."""

    node: int
    low: int
    points: int


class CountRow(NamedTuple):
    """The total after n events; the last n holds on."""

    node: int
    n: int
    total: int
    final: bool


class SlotRow(NamedTuple):
    """Numbers of events that count (`times`) or are allowed (`free`) in a window."""

    node: int
    size: int
    times: int | None
    free: int | None


class GrantRow(NamedTuple):
    """A grant's window and, if it does not depend on the roster row, its points."""

    node: int
    version: int
    size: int
    points: int | None


class CombineRow(NamedTuple):
    """highest, lowest, mean or latest, within a window and, if `matter`, among events of one matter."""

    node: int
    how: str
    size: int
    matter: bool


class BoundRow(NamedTuple):
    """A node's bound in one window; ordinal 1 is the shortest."""

    node: int
    ordinal: int
    size: int
    min: int | None
    max: int | None


class CeilingRow(NamedTuple):
    """An event of `leaf` bounds `node` in the windows of `size`; `rolled`: bounds the rolled-up score."""

    leaf: int
    node: int
    size: int
    at: int
    rolled: bool


class WeightRow(NamedTuple):
    """A node's factor num/den, telescoped within the settlement period."""

    node: int
    num: int
    den: int
    size: int


@dataclass(frozen=True, slots=True)
class Tables:
    """All plan tables of one computation; a field is a table."""

    versions: tuple[VersionRow, ...]
    nodes: tuple[NodeRow, ...]
    fold: tuple[FoldRow, ...]
    prices: tuple[PriceRow, ...]
    levels: tuple[LevelRow, ...]
    bands: tuple[BandRow, ...]
    counts: tuple[CountRow, ...]
    slots: tuple[SlotRow, ...]
    grants: tuple[GrantRow, ...]
    combines: tuple[CombineRow, ...]
    bounds: tuple[BoundRow, ...]
    ceilings: tuple[CeilingRow, ...]
    weights: tuple[WeightRow, ...]
    figures: tuple[FigureRow, ...]
    rollups: tuple[RollupRow, ...]
    derives: tuple[DeriveRow, ...]
    rank_keys: tuple[KeyRow, ...]
    steps: tuple[StepRow, ...]
    outcomes: tuple[OutcomeRow, ...]
    places: tuple[PlaceRow, ...]
    conditions: tuple[ConditionRow, ...]
    excepts: tuple[ExceptRow, ...]


class WindowRow(NamedTuple):
    """A window in which membership counts: `role` is settle, through (a rollup's middle) or asked.

    `start` and `stop` are day ordinals; `stop` is the earlier of the window's end and the as-of date.
    """

    role: str
    version: int
    size: int
    number: int
    first_month: int
    start: int
    stop: int


class ParamsRow(NamedTuple):
    """What was asked: one row, joined like any other table. Days are ordinals, months month numbers."""

    cut: int
    year_month: int
    first_month: int
    last_month: int
    size: int
    settle: int
    decimals: int
    rounding: str
    ties: str
    ranked: bool
    rank_filter: int
    rank_grouping: int
    preview: int | None
    earned: int
    rank: int
    stars: int
    grade: int


Filter = tuple[tuple[str, tuple[str, ...]], ...]
"""Roster columns with the values allowed: all columns must hold."""


class RatedGrant(NamedTuple):
    """A grant whose points depend on a roster column."""

    node: int
    column: str
    values: tuple[tuple[str, int], ...]
    default: int


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything about the rules that one computation needs; filters and groupings are numbered from 0 (everyone)."""

    tables: Tables
    windows: tuple[WindowRow, ...]
    params: ParamsRow
    filters: tuple[Filter, ...]
    groupings: tuple[tuple[str, ...], ...]
    rated: tuple[RatedGrant, ...]
    figures: Figures
    dimensions: tuple[str, ...]
    """Labels, numbered as in `nodes`; 0 is none."""
    depth: int
    """The deepest level of the fold."""
