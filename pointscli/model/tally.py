"""The result of a tally, as frozen values with published numbers: what every writer is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from pointscli.model.period import Period


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of a result: id and printed title."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A member in a period. Numbers are rounded as published and carry exactly `decimals` places."""

    member: str
    name: str
    row: Mapping[str, str]
    """The roster row that makes the member belong: column id → cell (branch, group, kind, own columns)."""
    group: str
    """The ranking group's printed name; empty if ranked among all."""
    score: Decimal
    columns: tuple[Decimal, ...]
    earned: Decimal
    derived: tuple[Decimal | None, ...] = ()
    inner: tuple[tuple[str, Decimal], ...] = ()
    """Points of nodes inside the columns, by id, where a ranking or a list names them."""
    rank: int | None = None
    grade: str | None = None
    stars: int | None = None
    outcomes: tuple[str, ...] = ()
    objections: int = 0
    """Open objections against the member's events and nominations of the period."""


@dataclass(frozen=True, slots=True)
class Nominee:
    """Who meets an outcome that is not confirmed yet, and the stage (id, title) reached."""

    member: str
    stage: str
    stage_title: str


@dataclass(frozen=True, slots=True)
class OutcomeGroup:
    """One group's list: members in order; `asked` is how many were asked for (None: no number)."""

    group: str
    members: tuple[str, ...]
    asked: int | None = None


@dataclass(frozen=True, slots=True)
class OutcomeList:
    """The members of one outcome, by group; `nominated` are those still on their way."""

    id: str
    title: str
    action: str
    groups: tuple[OutcomeGroup, ...]
    confirms: bool = False
    nominated: tuple[Nominee, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)
    """Member → the figures that decided, e.g. `总分 95.00 ≥ 95`: of all who meet it, confirmed or not."""
    met: tuple[OutcomeGroup, ...] = ()
    """Those who meet it, confirmed or not."""

    @property
    def members(self) -> tuple[str, ...]:
        """All members listed, group by group."""
        return tuple(member for group in self.groups for member in group.members)


@dataclass(frozen=True, slots=True)
class Tally:
    """A period's result: standings in published order (group, rank, id) and the outcome lists."""

    scheme: str
    version: str
    title: str
    period: Period
    as_of: date
    decided: date | None
    settle: str
    decimals: int
    partial: bool
    columns: tuple[Heading, ...]
    standings: tuple[Standing, ...]
    outcomes: tuple[OutcomeList, ...]
    derived: tuple[Heading, ...] = ()
    preview: str = ""
    """Title of the stage from which events were counted for this preview; empty: no preview."""
    ranked: bool = True
    """Whether the scheme ranks at all."""
    confirms: bool = False
    """Whether any outcome of the scheme has `confirm`."""
    listed: frozenset[str] | None = None
    """The members to list (None: all): filters the listing, never the ranking or the outcome lists."""

    def figure(self, standing: Standing, name: str) -> Decimal | int | str | None:
        """A standing's figure by the name that rules use."""
        named = dict(standing.inner)
        named.update(zip((one.id for one in self.columns), standing.columns, strict=True))
        if name in named:
            return named[name]
        derived = dict(zip((one.id for one in self.derived), standing.derived, strict=True))
        if name in derived:
            return derived[name]
        value: Decimal | int | str | None = getattr(standing, name)
        return value

    @property
    def listing(self) -> tuple[Standing, ...]:
        """The standings to list, in published order."""
        return tuple(one for one in self.standings if self.listed is None or one.member in self.listed)
