"""What a scheme file says, as frozen values. Field names are the language's own keys."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from pointscli.model.period import Kind
from pointscli.model.problem import Place
from pointscli.scheme.result_types import Carry, Derive, Filter, Outcome, Ranking, Redemption, Review, Step
from pointscli.scheme.tree import Mapping


class Active(StrEnum):
    """When a member belongs to a period: on the roster at its start, its end, on any day, on the whole of it."""

    START = "start"
    END = "end"
    ANY = "any"
    WHOLE = "whole"


class Rounding(StrEnum):
    """How published numbers are cut to `decimals` (half_up: ties away from zero; down: toward zero)."""

    HALF_UP = "half_up"
    HALF_EVEN = "half_even"
    DOWN = "down"


class RollupBy(StrEnum):
    """How a longer period comes from shorter ones."""

    SUM = "sum"
    MEAN = "mean"
    LAST = "last"


class CombineBy(StrEnum):
    """What a node makes of its postings before its bounds."""

    SUM = "sum"
    HIGHEST = "highest"
    LOWEST = "lowest"
    MEAN = "mean"
    LATEST = "latest"


# --- prices -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FixedPrice:
    """points × quantity."""

    points: Decimal


@dataclass(frozen=True, slots=True)
class LevelPrice:
    """By the event's level, × quantity; (level, points) in printed order."""

    levels: tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True, slots=True)
class RangePrice:
    """The event's own points, inside low … high, in steps counted from `low` (`step` None: any)."""

    low: Decimal
    high: Decimal
    step: Decimal | None


@dataclass(frozen=True, slots=True)
class BandPrice:
    """By the event's quantity: the greatest lower bound reached; ascending (lower bound, points)."""

    bands: tuple[tuple[Decimal, Decimal], ...]


@dataclass(frozen=True, slots=True)
class CountPrice:
    """The total after 1, 2, 3 … events of the window; `per` None: the settlement period."""

    totals: tuple[Decimal, ...]
    per: Kind | None


@dataclass(frozen=True, slots=True)
class TotalPrice:
    """By the total quantity of the window, posted on its last day; ascending (lower bound, points)."""

    bands: tuple[tuple[Decimal, Decimal], ...]
    per: Kind | None


@dataclass(frozen=True, slots=True)
class PercentPrice:
    """Percent (−5 for −5%) of the member's raw grants, × quantity."""

    percent: Decimal


Price = FixedPrice | LevelPrice | RangePrice | BandPrice | CountPrice | TotalPrice | PercentPrice

# --- nodes ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Grant:
    """Points posted by itself: flat, or by the values of a roster column; `per` None: the settlement period."""

    points: Decimal | None = None
    by: str | None = None
    values: tuple[tuple[str, Decimal], ...] = ()
    default: Decimal = Decimal(0)
    per: Kind | None = None


@dataclass(frozen=True, slots=True)
class Combine:
    """`window` None: the settlement period; `matter`: only among events of the same matter within the year."""

    how: CombineBy
    window: Kind | None = None
    matter: bool = False


@dataclass(frozen=True, slots=True)
class Bound:
    """Bounds of a node's total in one window; `window` None: the settlement period."""

    window: Kind | None
    min: Decimal | None
    max: Decimal | None


@dataclass(frozen=True, slots=True)
class Limit:
    """A number of events in one window (`times`, `free`); `window` None: the settlement period."""

    window: Kind | None
    count: int


@dataclass(frozen=True, slots=True)
class Ceiling:
    """An event of this leaf bounds node `of` (or `score`) to `at`; `per` empty: the settlement period."""

    of: str
    at: Decimal
    per: tuple[Kind, ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """A section (has `items`), or a leaf that events name. The root has the id `score` and an empty title."""

    id: str
    title: str
    place: Place
    items: tuple[Node, ...] = ()
    clause: str = ""
    grant: Grant | None = None
    points: Price | None = None
    each: Decimal | None = None
    prorate: bool = False
    combine: Combine = field(default_factory=lambda: Combine(CombineBy.SUM))
    bounds: tuple[Bound, ...] = ()
    """One a window; in any order."""
    weight: Fraction | None = None
    dimension: str = ""
    """Its own or the inherited one."""
    aliases: tuple[str, ...] = ()
    unit: str = ""
    times: tuple[Limit, ...] = ()
    free: tuple[Limit, ...] = ()
    max_quantity: Decimal | None = None
    split: bool = False
    """`shared: split`."""
    evidence_required: bool = False
    counts_from: str | None = None
    ceiling: Ceiling | None = None

    @property
    def is_leaf(self) -> bool:
        """Whether events may name it."""
        return not self.items


# --- results ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rollup:
    """How one longer kind of period is made, through `of` (None: the settlement kind)."""

    by: RollupBy
    of: Kind | None = None


@dataclass(frozen=True, slots=True)
class Scheme:
    """One version of a scheme: one rule file (after `extends`)."""

    id: str
    title: str
    place: Place
    """Of the file's first line."""
    effective_from: date
    effective_to: date | None
    settle: Kind
    score: Node
    version: str = ""
    source: str = ""
    members: Filter = ()
    active: Active = Active.END
    rollup: tuple[tuple[Kind, Rollup], ...] = ()
    decimals: int = 2
    rounding: Rounding = Rounding.HALF_UP
    ranking: Ranking | None = None
    grades: tuple[Step, ...] = ()
    stars: tuple[Step, ...] = ()
    derive: tuple[Derive, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    review: Review | None = None
    redemption: Redemption | None = None
    carry: Carry | None = None
    tree: Mapping | None = field(default=None, compare=False, repr=False)
    """What it was read from."""


def walk(node: Node) -> list[Node]:
    """A node and all below it, in printed order."""
    return [node, *(below for item in node.items for below in walk(item))]


def key_paths(root: Node) -> dict[str, tuple[str, ...]]:
    """Id of a node → the keys that lead to it in the file."""
    found: dict[str, tuple[str, ...]] = {root.id: ("score",)}
    for node in walk(root):
        found |= {child.id: (*found[node.id], "items", child.id) for child in node.items}
    return found
