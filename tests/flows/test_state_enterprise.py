"""Article 4, state enterprises: approved step by step, the mean of the months, a general meeting each quarter."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from tests.flows.clerk import (
    MONTHS,
    QUARTERS,
    Amount,
    Clerk,
    Quarters,
    ends_quarter,
    in_quarter,
    last_day,
    numbers,
    quarter_of,
    read_table,
)

ROSTER = """
编号 姓名   支部       类别         单位
E01  高远   投资党支部 正式党员     县投公司
E02  林静   投资党支部 正式党员     县投公司
E03  何立   投资党支部 正式党员     县投公司
E04  罗成   投资党支部 正式党员     县投公司
E05  谢春   城投党支部 正式党员     城投公司
E06  唐宁   城投党支部 正式党员     城投公司
E07  许诺   城投党支部 预备党员     城投公司
E08  邓放   城投党支部 入党积极分子 城投公司
"""
EVERY_MONTH = """
{month}-06 E01、E02、E03、E04、E05、E06、E07、E08 党课
{month}-20 E01、E02、E03、E04、E05、E06、E07 按月交纳党费
{month}-25 E01、E05 月度任务完成率 n=100
{month}-25 E02、E06 月度任务完成率 n=90
{month}-25 E03 月度任务完成率 n=80
{month}-26 E01、E05 重点工作 level=牵头
"""
ONCE = {
    "2021-02": "2021-02-10 E03 迟到早退 reason=例会迟到",
    "2021-03": "2021-03-11 E01 合理化建议 level=采纳 matter=集中采购",
    "2021-04": "2021-04-15 E07 无故缺席组织生活 reason=未请假",
    "2021-05": "2021-05-12 E02、E06 新闻宣传 level=市级 evidence=剪报 matter=防汛报道",
    "2021-06": "2021-06-09 E08 合理化建议 level=提出 matter=班车",
    "2021-07": "2021-07-01 E05 获得荣誉 level=县级 evidence=证书",
    "2021-08": "2021-08-18 E01 合理化建议 level=见效 matter=集中采购",
    "2021-09": "2021-09-16 E06 受通报批评 evidence=通报",
    "2021-11": "2021-11-22 E04 受党纪处分 evidence=处分决定",
}
# 平月：基础 100 或 80 + 党课 1 + 党费 1 + 任务 5、4、3 + 重点 3
PLAIN: Mapping[str, Amount] = {
    "E01": 110,
    "E02": 106,
    "E03": 105,
    "E04": 102,
    "E05": 90,
    "E06": 86,
    "E07": 82,
    "E08": 81,
}
MONTHLY: Mapping[tuple[str, str], Amount] = {
    ("2021-04", "E07"): "79.6",  # 80 的 3% 是 2.4
    ("2021-05", "E02"): "107.5",  # 两人合写，市级 3÷2
    ("2021-05", "E06"): "87.5",
    ("2021-08", "E01"): 112,  # 同一建议就高：见效 4，已计 2
    ("2021-11", "E04"): 60,  # 102 − 20 = 82，处分封顶 60
}
BY_QUARTER: Quarters = {  # 各月平均
    "E01": ("110.67", 110, "110.67", 110),  # (110+110+112)÷3，采纳 2
    "E02": (106, "106.5", 106, 106),  # (106+107.5+106)÷3
    "E03": ("104.67", 105, 105, 105),  # (105+104+105)÷3，扣 100 的 1%
    "E04": (102, 102, 102, 60),  # (102+60+102)÷3 = 88，处分当季封顶 60
    "E05": (90, 90, "91.33", 90),  # (94+90+90)÷3，县级荣誉 4
    "E06": (86, "86.5", "83.33", 86),  # (86+87.5+86)÷3，(86+86+78)÷3，扣 80 的 10%
    "E07": (82, "81.2", 82, 82),  # (79.6+82+82)÷3
    "E08": (81, 81, 81, 81),
}
BY_YEAR: Mapping[str, Amount] = {  # 各季平均
    "E01": "110.33",  # (110.666666667+110)×2÷4 = 110.3333
    "E02": "106.13",  # (106×3+106.5)÷4 = 106.125
    "E03": "104.92",  # (104.666666667+105×3)÷4 = 104.9167
    "E04": 60,  # (102×3+60)÷4 = 91.5，处分当年封顶 60
    "E05": "90.33",  # (90×3+91.333333333)÷4
    "E06": "85.46",  # (86+86.5+83.333333333+86)÷4 = 85.4583
    "E07": "81.8",  # (82×3+81.2)÷4
    "E08": 81,
}
RANKS = {"E01": 1, "E02": 2, "E03": 3, "E04": 4, "E05": 1, "E06": 2, "E07": 3, "E08": None}
LISTS = {
    "excellent": ["E01", "E05"],  # 履职 10 分的两人；四人、三人的三分之一各 1 名
    "innovator": [],  # E01 加分平均不到 1.5
    "training": ["E01", "E02", "E05", "E06"],  # 各支部前两名
}
STAGES = ("记录员登记", "一岗双责领导审批", "支委会初评", "党员大会评定", "公示")


def test_a_year_of_the_state_enterprises(tmp_path: Path) -> None:
    clerk = Clerk(tmp_path / "国企", "state-enterprise", ROSTER, "积分记录员")
    for month in MONTHS:
        ids = clerk.diary(EVERY_MONTH.format(month=month) + ONCE.get(month, ""))
        approve_month(clerk, month, ids[-1])
        if ends_quarter(month):
            end_quarter(clerk, quarter_of(month))
    end_year(clerk)


def approve_month(clerk: Clerk, month: str, last: str) -> None:
    """The leader in charge approves or refuses, then the branch committee; a step cannot be left out."""
    day = last_day(month)
    if month == "2021-01":
        said = clerk.refused("review", last, "--approve", "支委会初评", "--by", "支委会", "--date", day)
        assert "would skip 一岗双责领导审批" in said
        # 尚未审批：只有基础分
        assert clerk.scores(month) == numbers({one: 100 if one < "E05" else 80 for one in PLAIN})
    if month == "2021-06":
        clerk("review", last, "--reject", "--reason", "与去年建议重复", "--by", "分管领导", "--date", day)
    clerk.approve_all(STAGES[0], month, "分管领导", day)
    clerk.approve_all(STAGES[1], month, "支委会", day)
    if any(month == one for one, member in MONTHLY):
        wanted = {**PLAIN} | {member: score for (one, member), score in MONTHLY.items() if one == month}
        assert clerk.scores(month) == numbers(wanted)


def end_quarter(clerk: Clerk, quarter: str) -> None:
    """The general meeting confirms the quarter, which is published and ranked by the mean of its months."""
    number = QUARTERS.index(quarter)
    if number == 0:
        assert clerk.scores(quarter, "--stage", STAGES[3]) == numbers(
            {one: 100 if one < "E05" else 80 for one in PLAIN}
        )
    day = ("2021-04-06", "2021-07-06", "2021-10-08", "2022-01-06")[number]
    clerk.approve_all(STAGES[2], quarter, "党员大会", day)
    clerk.approve_all(STAGES[3], quarter, "党委", day)
    clerk.publish(quarter)
    rows = read_table(clerk.folder / "published" / quarter / "state-enterprise" / "ranking.csv")
    found = {row["编号"]: Decimal(row["总分"]) for row in rows}
    assert found == in_quarter(BY_QUARTER, quarter)


def end_year(clerk: Clerk) -> None:
    tally = clerk.outside("tally", "--year", "2021", "--format", "json").json
    assert {row["member"]: row["score"] for row in tally["members"]} == numbers(BY_YEAR)
    assert {row["member"]: row["rank"] for row in tally["members"]} == RANKS
    assert {row["member"]: row["grade"] for row in tally["members"]}["E04"] == "基本合格"
    assert {name: sorted(found) for name, found in tally["outcomes"].items()} == LISTS
    clerk.publish("2021")
    assert clerk.waiting() == []
    card = clerk("card", "E04", "--quarter", "2021Q4").text
    assert all(word in card for word in ("受党纪处分", "60.00", "2021年11月小计"))
    found = clerk.adds_up("E04", "2021")
    assert [row["score"] for row in found["periods"]] == [*[102] * 10, 60, 102]
    # 处分 −20，封顶再减 22，都在这一条名下
    assert [one["credited"] for one in found["postings"] if one["item"] == "veto"] == [-20, -22]
    clerk.adds_up("E01", "2021")
    assert clerk.is_in_order()
