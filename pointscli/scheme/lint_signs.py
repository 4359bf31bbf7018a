"""Deductions that add and additions that deduct, by their titles.

Few words are taken at their word: 扣分, 减分 and the like, 加分, 奖分. A weight below 0 turns the sign, so such nodes
are passed over, and so are items that give deductions back (抵扣, 补回 …).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pointscli.model.problem import Problem
from pointscli.scheme.draft import ReadNode
from pointscli.scheme.intervals import Interval
from pointscli.scheme.lint_subject import Subject, value_of, warn
from pointscli.scheme.reach import price_amounts
from pointscli.scheme.types import PercentPrice

_DEDUCTS = re.compile("扣减?分|减分|扣减|倒扣|负面清单|(?i:deduct|penalt)")
_ADDS = re.compile("加分|奖分|奖励积?分|(?i:bonus)")
_GIVES_BACK = re.compile("不扣|免扣|少扣|抵|补|返|恢复|挽回|整改|撤销|(?i:refund|restor)")
_TAKES_BACK = re.compile("不加|取消|撤销|收回|虚假|(?i:revok|cancel)")


def lint_signs(subject: Subject) -> Iterator[Problem]:
    """The title of an item, or of the section around it, says the opposite of its points."""
    turned = {one.node.id for one in subject.nodes if one.node.weight is not None and one.node.weight < 0}
    mixed = _mixed_sections(subject)
    for one in subject.leaves:
        if turned.intersection((one.node.id, *one.above)):
            continue
        amounts = _amounts(one)
        words = _words(subject, one, mixed)
        if amounts.low >= 0 and amounts.high > 0 and words == "deducts":
            message = "{id} is a deduction by its title, but its points add"
            hint = "write a minus sign before the points, or change the title"
            yield warn("deduction-adds", value_of(one, "points"), message, hint, id=one.node.id)
        if amounts.high <= 0 and amounts.low < 0 and words == "adds":
            message = "{id} adds points by its title, but its points deduct"
            hint = "delete the minus sign before the points, or change the title"
            yield warn("bonus-deducts", value_of(one, "points"), message, hint, id=one.node.id)


def _words(subject: Subject, one: ReadNode, mixed: set[str]) -> str:
    """`deducts` or `adds` by the nearest title that says either; empty if none does, or if it says both."""
    if _GIVES_BACK.search(one.node.title) or _TAKES_BACK.search(one.node.title):
        return ""
    for name in (one.node.id, *reversed(one.above)):
        title = subject.by_id[name].node.title
        deducts, adds = bool(_DEDUCTS.search(title)), bool(_ADDS.search(title))
        if deducts or adds:
            unclear = (deducts and adds) or name in mixed
            return "" if unclear else "deducts" if deducts else "adds"
    return ""


def _mixed_sections(subject: Subject) -> set[str]:
    """Sections in which about as many items add as deduct: nothing to judge by."""
    signs: dict[str, list[int]] = {}
    for one in subject.leaves:
        amounts = _amounts(one)
        sign = (amounts.low >= 0 and amounts.high > 0) - (amounts.high <= 0 and amounts.low < 0)
        for name in one.above if sign else ():
            signs.setdefault(name, []).append(sign)
    counts = {name: sorted((found.count(1), found.count(-1))) for name, found in signs.items()}
    return {name for name, (fewer, more) in counts.items() if fewer * 2 > more}


def _amounts(one: ReadNode) -> Interval:
    price = one.node.points
    if isinstance(price, PercentPrice):
        return Interval(price.percent, price.percent)
    return price_amounts(price) if price else Interval()
