"""Which way a change goes for members: looser, tighter, one or the other as it comes, or no way at all."""

from __future__ import annotations

from pointscli.model.rule_change import Direction
from pointscli.scheme.intervals import NOTHING, ZERO, Interval
from pointscli.scheme.reach import grant_amounts, price_amounts
from pointscli.scheme.result_types import Outcome
from pointscli.scheme.settings import Setting, polarity
from pointscli.scheme.settings_results import outcome_polarity
from pointscli.scheme.types import Node, walk

_WIDER = {1: Direction.LOOSENS, -1: Direction.TIGHTENS}


def of_sign(better: int) -> Direction:
    """Better for members above 0, worse below; 0: it depends."""
    return _WIDER.get((better > 0) - (better < 0), Direction.CHANGES)


def of_settings(old: Setting | None, new: Setting | None) -> Direction:
    """Of a setting that one of the two lacks or says otherwise."""
    one = new or old
    if one is None or one.is_said:
        return Direction.NEUTRAL
    if not one.sense:
        return Direction.CHANGES
    if one.allowed:
        return of_sign(one.sense * _wider(old, new))
    before, after = old.value if old else one.absent, new.value if new else one.absent
    return of_sign(one.sense * ((after > before) - (after < before)))


def of_price_forms(old: Node, new: Node, granted: tuple[Interval, Interval]) -> Direction:
    """Of another form of price: what one event can be worth at least and at most."""
    before, after = (
        price_amounts(node.points, all_) if node.points else NOTHING
        for node, all_ in zip((old, new), granted, strict=True)
    )
    return of_intervals(before, after)


def of_intervals(before: Interval, after: Interval) -> Direction:
    """Neither end may be lower for it to be better, and the reverse."""
    ends = ((before.low, after.low), (before.high, after.high))
    moves = {(new > old) - (new < old) for old, new in ends} - {0}
    return of_sign(moves.pop()) if len(moves) == 1 else Direction.CHANGES


def of_node(node: Node, *, added: bool) -> Direction:
    """Of a node that only one of the two has; what stands in a section is told by itself."""
    if not node.is_leaf:
        acts = node.bounds or node.weight is not None or node.grant or node.combine.how != "sum"
        return Direction.CHANGES if acts else Direction.NEUTRAL
    sign = polarity(node) if node.points else 0
    if node.grant is not None:
        amounts = grant_amounts(node.grant)
        granted = (amounts.high > 0) - (amounts.low < 0)
        sign = granted if not node.points or granted == sign else 0
    if node.ceiling is not None:
        sign = -1 if sign <= 0 and (sign or node.points is None) else 0
    return of_sign(sign if added else -sign)


def of_outcome(outcome: Outcome, *, added: bool) -> Direction:
    """Of a list that only one of the two has."""
    good = outcome_polarity(outcome)
    return of_sign(good if added else -good)


def granted_in_all(root: Node) -> Interval:
    """What all grants of a scheme make together, of which percent prices take their part."""
    grants = [grant_amounts(node.grant).with_zero() for node in walk(root) if node.grant]
    return Interval(sum((one.low for one in grants), ZERO), sum((one.high for one in grants), ZERO))


def _wider(old: Setting | None, new: Setting | None) -> int:
    """1 if a filter lets in more than before; a missing one lets in everything."""
    if old is None or new is None:
        return 1 if new is None else -1
    return (new.allowed > old.allowed) - (new.allowed < old.allowed)
