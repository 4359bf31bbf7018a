"""Groups are printed as people count them, not as characters are numbered."""

from __future__ import annotations

import random

import pytest

from pointscli.model.order import printed_order

ORDERS = {
    "Chinese numerals": "一支部 二支部 第二支部 第十支部 第十一支部 第二十支部 第九十九支部 第一百支部 第一百零三支部",
    "digits": "支部1 支部2 支部010 支部10 支部100",
    "digits as wide as characters": "支部１ 支部2 支部１０",
    "a number inside": "3组1号 3组12号 20组1号",
    "no number": "党群支部 机关支部",
}


@pytest.mark.parametrize("name", ORDERS)
def test_printed_order(name: str) -> None:
    texts = ORDERS[name].split()
    mixed = random.Random(0).sample(texts, len(texts))
    assert sorted(mixed, key=printed_order) == texts
