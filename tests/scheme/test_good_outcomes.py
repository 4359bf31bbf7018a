"""Outcomes that are right: every form of every key, read to the value that it means."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from pointscli.model.period import Kind
from pointscli.scheme.result_types import Condition, Confirm, Places
from tests.scheme.snippets import good

D = Decimal

OUTCOMES: list[tuple[str, str, object]] = [
    ("period: year", "period", (Kind.YEAR,)),
    ("period: [half, year]", "period", (Kind.HALF, Kind.YEAR)),
    ('where: {score: ">= 95"}', "where", (Condition("score", ">=", D(95)),)),
    (
        'where: {work: [">= 10", "<20"], score: 5}',
        "where",
        (Condition("work", ">=", D(10)), Condition("work", "<", D(20)), Condition("score", "=", D(5))),
    ),
    (
        'where: [{work: "> 1"}, {work: "!= 3", earned: "==2"}]',
        "where",
        (Condition("work", ">", D(1)), Condition("work", "!=", D(3)), Condition("earned", "=", D(2))),
    ),
    (
        'where: {work: ["≥ 1", "≤2", "＞ 0", "＜9", "≠ 5", "＝ 1.5"]}',
        "where",
        (
            Condition("work", ">=", D(1)),
            Condition("work", "<=", D(2)),
            Condition("work", ">", D(0)),
            Condition("work", "<", D(9)),
            Condition("work", "!=", D(5)),
            Condition("work", "=", D("1.5")),
        ),
    ),
    (
        'where: {rank: "<= 3", stars: 5, index: "= -1"}',
        "where",
        (Condition("rank", "<=", D(3)), Condition("stars", "=", D(5)), Condition("index", "=", D(-1))),
    ),
    (
        'where: {grade: [优秀, "!= 合格"]}',
        "where",
        (Condition("grade", "=", None, "优秀"), Condition("grade", "!=", None, "合格")),
    ),
    ("except: work", "excepts", ("work",)),
    ("except: [work, study]", "excepts", ("work", "study")),
    ("only: {kind: [full], branch: 一支部}", "only", (("kind", ("full",)), ("branch", ("一支部",)))),
    ("top: 3", "top", Places(3)),
    ("top: {一支部: 3, 二支部: 2}", "top", Places(None, (("一支部", 3), ("二支部", 2)))),
    ("bottom: 3, within: all", "bottom", Places(3)),
    ("top: 3, within: all", "within", ()),
    ("top: 3", "within", None),
    ("top: 3, within: [branch, group]", "within", ("branch", "group")),
    ("share: 1/3", "share", Fraction(1, 3)),
    ("share: 0.2, top: 5", "share", Fraction(1, 5)),
    ("top: 1, by: index", "by", "index"),
    ("top: 1, ties: exclude", "ties_exclude", True),
    ("top: 1, action: 党委书记谈话", "action", "党委书记谈话"),
    ("confirm: approved", "confirm", Confirm("approved")),
    ("confirm: {at: approved}", "confirm", Confirm("approved")),
    (
        "confirm: {at: public, stages: {named: 提名, public: 公示}}",
        "confirm",
        Confirm("public", (("named", "提名"), ("public", "公示"))),
    ),
]
AROUND = """
rollup: {half: sum, year: sum}
ranking: {ties: dense, within: branch}
grades: {优秀: 90, 合格: 60}
stars: {5: 90}
derive: {index: {title: 归一化, of: work, to: 5}}
review: {stages: {declared: 申报, approved: 审核}, counts_from: approved}
"""


@pytest.mark.parametrize(("text", "key", "value"), [pytest.param(*case, id=case[0][:60]) for case in OUTCOMES])
def test_outcome(text: str, key: str, value: object) -> None:
    outcome = good(f"{AROUND}outcomes: {{listed: {{title: 名单, {text}}}}}").outcomes[0]
    assert getattr(outcome, key) == value
