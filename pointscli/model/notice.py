"""A published notice (公示): what every document of a published folder is made of, for one audience.

Names are as the audience may see them; nothing in it says who a masked name is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from pointscli.model.period import Period
from pointscli.model.table import Table
from pointscli.model.tally import Heading

Audience = Literal["wall", "web", "internal"]
"""Who sees it: the notice board of the unit, the public network, the office itself (never masked)."""


@dataclass(frozen=True, slots=True)
class Detail:
    """A credited posting, with its reason (加分、扣分事由)."""

    date: date
    section: str
    item: str
    reason: str
    evidence: str
    points: Decimal
    """What the score was credited, exact."""
    priced: Decimal
    note: str
    """What a cap or another rule made of it; empty if it counts in full."""


@dataclass(frozen=True, slots=True)
class Row:
    """A member's line; `member` is empty where the audience sees no numbers."""

    rank: int | None
    member: str
    name: str
    branch: str
    group: str
    kind: str
    columns: tuple[Decimal, ...]
    derived: tuple[Decimal | None, ...]
    score: Decimal
    grade: str
    stars: int | None
    outcomes: tuple[str, ...]
    """Titles of the lists that the member is on."""
    exempt: str
    """What is said of it, such as `免考：产假`; empty if the member is not exempt."""
    objections: int
    details: tuple[Detail, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """The rows of one ranking group; the heading is empty if all are ranked together."""

    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """Names under a label: a group, 提名, or nothing."""

    label: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class List:
    """An outcome list. `shown` False: only counted for this audience."""

    title: str
    action: str
    count: int
    shown: bool
    lists: tuple[Names, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """The block at the end: 制表人, 审核人, 公示期, 监督电话 and what else the workspace says."""

    organisation: str
    lines: tuple[tuple[str, str], ...]
    """Label and value, in order; an empty value leaves room to write."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Everything a document shows, in the workspace's language."""

    language: Literal["zh", "en"]
    audience: Audience
    title: str
    """Of the scheme."""
    heading: str
    """What it is: `2021年第三季度积分公示`."""
    period: Period
    as_of: date
    facts: tuple[str, ...]
    marks: tuple[str, ...]
    """未定稿 and why; empty: final."""
    decimals: int
    columns: tuple[Heading, ...]
    derived: tuple[Heading, ...]
    ranked: bool
    sections: tuple[Section, ...]
    lists: tuple[List, ...]
    summaries: tuple[Table, ...]
    """By branch, by dimension, compared with the period before: tables with their own titles."""
    signature: Signature
    code: str
    """校验码, `7F3A-9C21-…`."""
    checkpoint: str
    """Code of the record chain when it was published; empty without one."""
