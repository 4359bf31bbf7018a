"""Everything that a node says as flat settings under paths of keys, so that two versions can be compared."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from pointscli.model.period import Kind
from pointscli.scheme.types import (
    BandPrice,
    CombineBy,
    CountPrice,
    FixedPrice,
    LevelPrice,
    Limit,
    Node,
    PercentPrice,
    Price,
    RangePrice,
    TotalPrice,
)

ENDLESS = Fraction(10**18)
"""More than any number of a rule file: what a missing upper bound allows."""
KeyPath = tuple[str, ...]


class Setting(NamedTuple):
    """A setting as text; with a `sense`, its number, where +1 means that a higher one is better for members."""

    text: str
    value: Fraction = Fraction(0)
    sense: int = 0
    absent: Fraction = Fraction(0)
    """The number that holds where the setting is missing."""
    allowed: frozenset[str] = frozenset()
    """Of a filter: what it lets in; a missing filter lets everything in."""
    is_said: bool = False
    """It is only printed: no score or list depends on it."""


Settings = dict[KeyPath, Setting]


def node_settings(node: Node, settle: Kind, stages: Sequence[str], inherited: str = "") -> Settings:
    """The settings of a node; `inherited` is the dimension of what is above it."""
    sign = polarity(node)
    found: Settings = {("title",): said(node.title)} if node.title else {}
    texts = {"clause": node.clause, "unit": node.unit, "aliases": ", ".join(node.aliases)}
    texts["dimension"] = "" if node.dimension == inherited else node.dimension
    found |= {(key,): said(text) for key, text in texts.items() if text}
    found |= _price(node.points)
    found |= grant_settings(node, settle)
    found |= _bounds(node, settle)
    found |= _pricing(node, sign)
    found |= _limits("times", node.times, settle, sign, ENDLESS) | _limits(
        "free", node.free, settle, -sign, Fraction(0)
    )
    if node.combine.how is not CombineBy.SUM:
        window = "matter" if node.combine.matter else str(node.combine.window or settle)
        found["combine",] = Setting(f"{node.combine.how}: {window}", Fraction(0), max(sign, 0), Fraction(1))
    if node.counts_from:
        place = stages.index(node.counts_from) if node.counts_from in stages else 0
        found["counts_from",] = Setting(node.counts_from, Fraction(place), -sign, Fraction(place))
    if node.ceiling:
        per = ", ".join(node.ceiling.per or (settle,))
        found["ceiling", "of"] = Setting(node.ceiling.of)
        found["ceiling", "at"] = Setting(plain(node.ceiling.at), Fraction(node.ceiling.at), 1, ENDLESS)
        found["ceiling", "per"] = Setting(per)
    return found


def said(text: str) -> Setting:
    """A setting that is only printed."""
    return Setting(text, is_said=True)


def polarity(node: Node) -> int:
    """1 if its events can only give points, −1 if they can only cost, 0 if both or neither."""
    amounts = _amounts(node.points)
    signs = {(amount > 0) - (amount < 0) for amount in amounts} - {0}
    return signs.pop() if len(signs) == 1 else 0


def plain(value: Decimal | Fraction) -> str:
    """A number without zeros at the end; a fraction as `1/3`."""
    if isinstance(value, Fraction):
        shown = Decimal(value.numerator) / value.denominator
        if Fraction(shown) != value:
            return str(value)
        value = shown
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def price_text(price: Price | None) -> str:
    """A price on one line."""
    rows = [f"{key[-1]}: {one.text}" if len(key) > 1 else one.text for key, one in _price(price).items()]
    return ", ".join(rows)


def _amounts(price: Price | None) -> list[Decimal]:
    match price:
        case FixedPrice(points):
            return [points]
        case PercentPrice(percent):
            return [percent]
        case RangePrice(low, high):
            return [low, high]
        case LevelPrice(rows) | BandPrice(rows) | TotalPrice(rows):
            return [points for _, points in rows]
        case CountPrice(totals):
            return list(totals)
        case _:
            return []


def _price(price: Price | None) -> Settings:
    found: Settings = {}
    match price:
        case FixedPrice(points):
            found["points",] = _points(points)
        case PercentPrice(percent):
            found["points",] = Setting(f"{plain(percent)}%", Fraction(percent), 1)
        case LevelPrice(levels):
            found = {("points", "levels", level): _points(points) for level, points in levels}
        case RangePrice(low, high, step):
            found = {("points", "from"): _points(low), ("points", "to"): _points(high)}
            found |= {("points", "step"): Setting(plain(step))} if step else {}
        case BandPrice(bands):
            found = {("points", "bands", plain(low)): _points(points) for low, points in bands}
        case CountPrice(totals):
            found = {("points", "count", str(n)): _points(total) for n, total in enumerate(totals, 1)}
        case TotalPrice(bands):
            found = {("points", "total", plain(low)): _points(points) for low, points in bands}
    if isinstance(price, CountPrice | TotalPrice) and price.per:
        found["points", "per"] = Setting(str(price.per))
    return found


def _points(points: Decimal) -> Setting:
    return Setting(plain(points), Fraction(points), 1)


def grant_settings(node: Node, settle: Kind) -> Settings:
    """What a node grants."""
    grant = node.grant
    if grant is None:
        return {}
    found: Settings = {("grant",): _points(grant.points)} if grant.points is not None else {}
    if grant.by:
        found["grant", "by"] = Setting(grant.by)
        found |= {("grant", "values", value): _points(points) for value, points in grant.values}
        found["grant", "default"] = _points(grant.default)
    found["grant", "per"] = Setting(str(grant.per or settle))
    return found


def _bounds(node: Node, settle: Kind) -> Settings:
    found: Settings = {}
    for bound in node.bounds:
        window = str(bound.window or settle)
        if bound.max is not None:
            found["max", window] = Setting(plain(bound.max), Fraction(bound.max), 1, ENDLESS)
        if bound.min is not None:
            found["min", window] = Setting(plain(bound.min), Fraction(bound.min), 1, -ENDLESS)
    return found


def _pricing(node: Node, sign: int) -> Settings:
    found: Settings = {}
    if node.each is not None:
        found["each",] = Setting(plain(node.each), Fraction(node.each), -sign, Fraction(1))
    if node.prorate:
        found["prorate",] = Setting("true", Fraction(1), sign)
    if node.weight is not None:
        found["weight",] = Setting(plain(node.weight), node.weight, sign or int(not node.is_leaf), Fraction(1))
    if node.max_quantity is not None:
        found["max_quantity",] = Setting(plain(node.max_quantity), Fraction(node.max_quantity), sign, ENDLESS)
    if node.split:
        found["shared",] = Setting("split", Fraction(1), -sign)
    if node.evidence_required:
        found["evidence",] = Setting("required", Fraction(1), -sign)
    return found


def _limits(key: str, limits: Sequence[Limit], settle: Kind, sense: int, absent: Fraction) -> Settings:
    return {
        (key, str(limit.window or settle)): Setting(str(limit.count), Fraction(limit.count), sense, absent)
        for limit in limits
    }
