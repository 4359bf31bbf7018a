"""Rule files that are right: every form of every key, read to the value that it means."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from pointscli.model.period import Kind
from pointscli.model.problem import Place
from pointscli.scheme.result_types import Carry, Derive, Gift, Ranking, Redemption, Review, Step, Ties
from pointscli.scheme.types import (
    Active,
    BandPrice,
    Bound,
    Ceiling,
    Combine,
    CombineBy,
    CountPrice,
    FixedPrice,
    Grant,
    LevelPrice,
    Limit,
    PercentPrice,
    RangePrice,
    Rollup,
    RollupBy,
    Rounding,
    Scheme,
    TotalPrice,
    walk,
)
from tests.scheme.snippets import FILE, good

D = Decimal


def leaf(keys: str) -> Any:
    """The leaf `x` of a scheme, from its keys in flow style."""
    return good(f"score: {{items: {{x: {{title: 事项, {keys}}}, y: {{title: 其他, points: 1}}}}}}").score.items[0]


def node(keys: str) -> Any:
    """The section `x` of a scheme, from its keys in flow style."""
    text = f"score: {{items: {{x: {{title: 板块, items: {{y: {{title: 事项, points: 1}}}}, {keys}}}}}}}"
    return good(text).score.items[0]


TOP: list[tuple[str, str, object]] = [
    ("version: 1.10", "version", "1.10"),
    ("version: no", "version", "no"),
    ("version: 2021年版", "version", "2021年版"),
    ("source: |\n  第一行\n  第二行\n", "source", "第一行 第二行"),
    ("title: '张　三'", "title", "张　三"),
    ("scheme: no", "id", "no"),
    ("members: {kind: full, branch: [一支部, 001]}", "members", (("kind", ("full",)), ("branch", ("一支部", "001")))),
    ("active: whole", "active", Active.WHOLE),
    ("settle: month", "settle", Kind.MONTH),
    ("decimals: 0", "decimals", 0),
    ('decimals: "6"', "decimals", 6),
    ("rounding: half_even", "rounding", Rounding.HALF_EVEN),
    ("effective: {from: 2021年7月1日}", "effective_from", date(2021, 7, 1)),
    ("effective: {from: 2021/7/1, to: 2021.12.31}", "effective_to", date(2021, 12, 31)),
    (
        "rollup: {half: sum, year: {of: half, by: mean}}",
        "rollup",
        ((Kind.HALF, Rollup(RollupBy.SUM)), (Kind.YEAR, Rollup(RollupBy.MEAN, Kind.HALF))),
    ),
    ("rollup: {year: {of: quarter, by: last}}", "rollup", ((Kind.YEAR, Rollup(RollupBy.LAST)),)),
    ("ranking: {ties: dense}", "ranking", Ranking(Ties.DENSE)),
    (
        "ranking: {ties: competition, within: [branch, group], tie_break: study, only: {kind: full}}",
        "ranking",
        Ranking(Ties.COMPETITION, ("branch", "group"), ("study",), (("kind", ("full",)),)),
    ),
    (
        "ranking: {ties: dense, within: all, tie_break: [work, note]}",
        "ranking",
        Ranking(Ties.DENSE, (), ("work", "note")),
    ),
    (
        'grades: {优秀: ">90", 良好: ">= 85.5", 合格: 60, "不合格": null}',
        "grades",
        (Step("优秀", D(90), strict=True), Step("良好", D("85.5")), Step("合格", D(60)), Step("不合格", None)),
    ),
    ("grades: {好: '≥90', 很好: '＞ 95'}", "grades", (Step("好", D(90)), Step("很好", D(95), strict=True))),
    ("stars: {5: 95, 4: 90}", "stars", (Step("5", D(95)), Step("4", D(90)))),
    (
        "derive: {index: {title: 归一化, of: work, to: 5, within: branch}, best: {title: 最好, of: earned, to: 1}}",
        "derive",
        (Derive("index", "归一化", "work", D(5), ("branch",)), Derive("best", "最好", "earned", D(1))),
    ),
    (
        "review: {stages: {declared: 申报, approved: 审核}, counts_from: approved}",
        "review",
        Review((("declared", "申报"), ("approved", "审核")), "approved"),
    ),
    (
        "review: {stages: {declared: 申报}, counts_from: declared, objection: suspended}",
        "review",
        Review((("declared", "申报"),), "declared", suspends=True),
    ),
    (
        "redemption: {from: [work], opens: quarter, expires: year, gifts: {cup: {title: 杯子, cost: 5.5, stock: 20}}}",
        "redemption",
        Redemption(("work",), Kind.QUARTER, Kind.YEAR, (Gift("cup", "杯子", D("5.5"), 20),)),
    ),
    (
        "redemption: {from: score, opens: month, expires: never, gifts: {cup: {title: 杯子, cost: 5}}}",
        "redemption",
        Redemption(("score",), Kind.MONTH, None, (Gift("cup", "杯子", D(5), None),)),
    ),
    (
        "redemption: {gifts: {cup: {title: 杯子, cost: 5, stock: 0}}}",
        "redemption",
        Redemption((), Kind.QUARTER, None, (Gift("cup", "杯子", D(5), 0),)),
    ),
    ("rollup: {year: sum}\ncarry: {into: work, share: 20%, max: 20}", "carry", Carry("work", Fraction(1, 5), D(20))),
]

LEAVES: list[tuple[str, str, object]] = [
    ("points: 2", "points", FixedPrice(D(2))),
    ("points: '-0.5'", "points", FixedPrice(D("-0.5"))),
    ("points: {levels: {国家级: 10, 省级: 8}}", "points", LevelPrice((("国家级", D(10)), ("省级", D(8))))),
    ("points: {levels: {A: 1}}, each: 500, prorate: true", "each", D(500)),
    ("points: 1, each: 0.5, prorate: true", "prorate", True),
    ("points: 1, each: 0.5, prorate: false", "prorate", False),
    ("points: {from: -10, to: -0.5, step: 0.5}", "points", RangePrice(D(-10), D("-0.5"), D("0.5"))),
    ("points: {from: 3, to: 3}", "points", RangePrice(D(3), D(3), None)),
    ("points: {bands: {90: 1.5, 60: 0.5}}", "points", BandPrice(((D(60), D("0.5")), (D(90), D("1.5"))))),
    ("points: {count: [-3, -5, -10], per: month}", "points", CountPrice((D(-3), D(-5), D(-10)), Kind.MONTH)),
    ("points: {count: [1]}", "points", CountPrice((D(1),), None)),
    ("points: {total: {8: 0, 0: -1}, per: year}", "points", TotalPrice(((D(0), D(-1)), (D(8), D(0))), Kind.YEAR)),
    ("points: {total: {-1: -2, 3: 1}}", "points", TotalPrice(((D(-1), D(-2)), (D(3), D(1))), None)),
    ("points: -5%", "points", PercentPrice(D(-5))),
    ("points: -5%, each: 2", "each", D(2)),
    ("grant: 5", "grant", Grant(D(5))),
    ("grant: {points: 5, per: year}", "grant", Grant(D(5), per=Kind.YEAR)),
    (
        "grant: {by: class, values: {甲类: 80, 乙类: 60}, default: 30}",
        "grant",
        Grant(None, "class", (("甲类", D(80)), ("乙类", D(60))), D(30)),
    ),
    ("grant: {by: post, values: {书记: 5}}", "grant", Grant(None, "post", (("书记", D(5)),), D(0))),
    ("points: 1, combine: mean", "combine", Combine(CombineBy.MEAN)),
    ("points: 1, combine: {highest: year}", "combine", Combine(CombineBy.HIGHEST, Kind.YEAR)),
    ("points: 1, combine: {highest: quarter}", "combine", Combine(CombineBy.HIGHEST)),
    ("points: 1, combine: {highest: matter}", "combine", Combine(CombineBy.HIGHEST, matter=True)),
    ("points: 1, combine: {latest: matter}", "combine", Combine(CombineBy.LATEST, matter=True)),
    ("points: 1, max: 4", "bounds", (Bound(None, None, D(4)),)),
    (
        "points: 1, max: {month: 4, year: 12}, min: {year: -3}",
        "bounds",
        (Bound(Kind.MONTH, None, D(4)), Bound(Kind.YEAR, D(-3), D(12))),
    ),
    ("points: 1, max: {quarter: 4}, min: 0", "bounds", (Bound(None, D(0), D(4)),)),
    ("points: 1, weight: 1/3", "weight", Fraction(1, 3)),
    ("points: 1, weight: 60%", "weight", Fraction(3, 5)),
    ("points: 1, weight: -0.5", "weight", Fraction(-1, 2)),
    ("points: 1, aliases: 别名", "aliases", ("别名",)),
    ("points: 1, aliases: [别名, no]", "aliases", ("别名", "no")),
    ("points: 1, unit: 小时", "unit", "小时"),
    ("points: 1, clause: 第六条（二）", "clause", "第六条（二）"),
    ("points: 1, dimension: 学习", "dimension", "学习"),
    ("points: 1, times: 2", "times", (Limit(None, 2),)),
    ("points: 1, times: {month: 2, year: 10}", "times", (Limit(Kind.MONTH, 2), Limit(Kind.YEAR, 10))),
    ("points: 1, free: {quarter: 1}", "free", (Limit(None, 1),)),
    ("points: 1, max_quantity: 2.5", "max_quantity", D("2.5")),
    ("points: 1, shared: split", "split", True),
    ("points: 1, shared: each", "split", False),
    ("points: 1, evidence: required", "evidence_required", True),
    ("ceiling: {of: score, at: 60}", "ceiling", Ceiling("score", D(60))),
    ("ceiling: {of: y, at: 0, per: year}, points: -1", "ceiling", Ceiling("y", D(0), (Kind.YEAR,))),
    ("ceiling: {of: x, at: 0, per: [quarter, year]}", "ceiling", Ceiling("x", D(0), (Kind.QUARTER, Kind.YEAR))),
]


def cases(table: list[tuple[str, str, object]]) -> list[Any]:
    """A table as parameters, named by their text."""
    return [pytest.param(*case, id=case[0][:60]) for case in table]


@pytest.mark.parametrize(("text", "key", "value"), cases(TOP))
def test_top(text: str, key: str, value: object) -> None:
    assert getattr(good(text), key) == value


@pytest.mark.parametrize(("text", "key", "value"), cases(LEAVES))
def test_leaf(text: str, key: str, value: object) -> None:
    assert getattr(leaf(text), key) == value


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("grant: 10, min: 0", "bounds", (Bound(None, D(0), None),)),
        ("combine: {lowest: month}", "combine", Combine(CombineBy.LOWEST, Kind.MONTH)),
        ("weight: 0.6", "weight", Fraction(3, 5)),
    ],
)
def test_section(text: str, key: str, value: object) -> None:
    assert getattr(node(text), key) == value


def test_defaults() -> None:
    scheme = good("")
    assert scheme == Scheme(
        id="case",
        title="测试",
        place=Place(FILE, 1, 1),
        effective_from=date(2021, 1, 1),
        effective_to=None,
        settle=Kind.QUARTER,
        score=scheme.score,
    )


def test_tree() -> None:
    scheme = good(
        """
        score:
          min: 0
          max: 100
          dimension: 总
          items:
            study:
              title: 学习
              dimension: 学习
              items:
                session: {title: 集中学习, points: 2}
                note: {title: 笔记, points: 1, dimension: 笔记}
            work: {title: 工作, points: 1}
        """
    )
    nodes = [
        (one.id, one.title, one.dimension, one.is_leaf, one.place.line, one.place.column) for one in walk(scheme.score)
    ]
    assert nodes == [
        ("score", "", "总", False, 1, 1),
        ("study", "学习", "学习", False, 6, 5),
        ("session", "集中学习", "学习", True, 10, 9),
        ("note", "笔记", "笔记", True, 11, 9),
        ("work", "工作", "总", True, 12, 5),
    ]
    assert scheme.score.bounds == (Bound(None, D(0), D(100)),)


def test_counts_from_the_last_stage_if_not_said() -> None:
    scheme = good("review: {stages: {declared: 申报, approved: 审核}}")
    assert scheme.review is not None
    assert scheme.review.counts_from == "approved"


def test_counts_from() -> None:
    scheme = good(
        """
        review: {stages: {declared: 申报, approved: 审核}, counts_from: approved}
        score: {items: {x: {title: 签到, points: 1, counts_from: declared}}}
        """
    )
    assert scheme.score.items[0].counts_from == "declared"
