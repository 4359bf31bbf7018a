"""What a scheme file says, as plain values."""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from .periods import Period, period_of

Conditions = dict[str, list[str]]
KIND_WORDS = {
    "正式党员": "full",
    "预备党员": "probationary",
    "入党积极分子": "activist",
    "发展对象": "development_target",
    "入党申请人": "applicant",
}


@dataclass(frozen=True)
class Grant:
    """Points posted by themselves."""

    points: Fraction | None
    column: str
    values: dict[str, Fraction]
    default: Fraction
    window: str


@dataclass(frozen=True)
class Price:
    """How one event is priced."""

    form: str  # flat, percent, levels, range, bands, count, total
    number: Fraction = Fraction(0)
    levels: dict[str, Fraction] = field(default_factory=dict)
    low: Fraction = Fraction(0)
    high: Fraction = Fraction(0)
    step: Fraction | None = None
    table: tuple[tuple[Fraction, Fraction], ...] = ()
    steps: tuple[Fraction, ...] = ()
    window: str = ""


@dataclass(frozen=True)
class Ceiling:
    """An event of the leaf bounds a node from above."""

    of: str
    at: Fraction
    windows: tuple[str, ...]


@dataclass
class Node:
    """A section or a leaf item."""

    id: str
    title: str
    items: list["Node"]
    grant: Grant | None
    price: Price | None
    combine: str
    combine_window: str
    least: dict[str, Fraction]
    most: dict[str, Fraction]
    weight: Fraction | None
    times: dict[str, int]
    free: dict[str, int]
    each: Fraction | None
    prorate: bool
    max_quantity: Fraction | None
    split: bool
    evidence: bool
    counts_from: str | None
    ceiling: Ceiling | None
    aliases: list[str]

    def walk(self) -> list["Node"]:
        """This node and all below it, in printed order."""
        return [self, *(node for child in self.items for node in child.walk())]


@dataclass
class Version:
    """One rule file."""

    id: str
    title: str
    label: str | None
    start: date
    end: date | None
    settle: str
    members: Conditions
    active: str
    rollup: dict[str, Any]
    decimals: int
    rounding: str
    root: Node
    ranking: dict[str, Any] | None
    grades: dict[str, Any]
    stars: dict[str, Any]
    derive: dict[str, Any]
    outcomes: dict[str, Any]
    review: dict[str, Any] | None

    def covers(self, day: date) -> bool:
        """Whether this version is in force on the day."""
        return self.start <= day and (self.end is None or day <= self.end)

    def contains(self, period: Period) -> bool:
        """Whether the whole period lies inside `effective`."""
        return self.covers(period.start) and self.covers(period.end)

    def settlement(self, day: date) -> Period:
        """The settlement period of a day."""
        return period_of(day, self.settle)

    def leaves(self) -> list[Node]:
        """The leaf items."""
        return [node for node in self.root.walk() if not node.items]

    def leaf_named(self, text: str) -> Node | None:
        """The leaf that an item cell names by id, title or alias."""
        return next((leaf for leaf in self.leaves() if text in (leaf.id, leaf.title, *leaf.aliases)), None)

    @property
    def stages(self) -> list[str]:
        """The review stages in order; none without `review`."""
        return list(self.review["stages"]) if self.review else []


def text_of(value: object) -> str:
    """A cell as text; an empty one is ''."""
    return "" if value is None else str(value).strip()


def split_cell(text: str) -> list[str]:
    """The values of a cell of several values."""
    for mark in "；、":
        text = text.replace(mark, ";")
    return [part.strip() for part in text.split(";") if part.strip()]


def canonical(column: str, text: str) -> str:
    """A value in comparable form: `kind` has two words for each."""
    return KIND_WORDS.get(text, text) if column == "kind" else text


def accepts(conditions: Conditions, cells: dict[str, str]) -> bool:
    """Whether a roster row meets {column: [values]}, all columns."""
    for column, wanted in conditions.items():
        words = {canonical(column, word) for word in wanted}
        if not words & {canonical(column, word) for word in split_cell(cells.get(column, ""))}:
            return False
    return True


def conditions(raw: dict[str, Any] | None) -> Conditions:
    """Read {column: [values]} (a single value is a list of one)."""
    found = {}
    for column, values in (raw or {}).items():
        found[column] = [text_of(value) for value in (values if isinstance(values, list) else [values])]
    return found
