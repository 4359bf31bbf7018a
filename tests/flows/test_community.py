"""Article 1, a community: records every day, a notice and gifts each quarter, lists at the year's end."""

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
    in_year,
    numbers,
    quarter_of,
    read_table,
)

ROSTER = """
编号 姓名   支部       党小组   类别
C01  王小春 春晖党支部 第一小组 正式党员
C02  李大海 春晖党支部 第一小组 正式党员
C03  赵青   春晖党支部 第一小组 正式党员
C04  钱文   春晖党支部 第二小组 正式党员
C05  孙立   春晖党支部 第二小组 正式党员
C06  周敏   秋实党支部 第一小组 正式党员
C07  吴江   秋实党支部 第一小组 正式党员
C08  郑和平 秋实党支部 第一小组 正式党员
C09  冯雪   秋实党支部 第一小组 正式党员
C10  陈光   秋实党支部 第二小组 正式党员
C11  褚红   秋实党支部 第二小组 正式党员
C12  卫东   秋实党支部 第二小组 正式党员
C13  蒋南   秋实党支部 第二小组 预备党员
C14  沈宁   春晖党支部 第二小组 入党积极分子
C15  韩松   秋实党支部 第二小组 发展对象
"""
# 聚议听 1；宣传 2；民情 6×0.5=3；文明劝导 4 小时 4
EVERY_MONTH = """
{month}-08 C01、C02、C03、C04、C05、C06、C08、C09、C10、C11、C14 聚议听联席会
{month}-11 C01、C02、C05、C14 政策宣传 reason=疫苗接种宣传
{month}-15 C02、C06 民情收集 n=6
{month}-20 C14 文明劝导 n=4
"""
# 包保走访 4×0.5=2；文体 组织 3、参加 1；援助 3 小时 6；心愿 3；管理 4；随叫随到 6÷2=3
EVERY_QUARTER = (
    """
{month}-03 C13 网格包保走访 n=4
{month}-16 C03 文体乐民 level=组织
{month}-16 C04、C07 文体乐民 level=参加
""",
    """
{month}-17 C08 法律援助 n=3
{month}-18 C14、C15 认领微心愿
""",
    """
{month}-21 C01、C09、C12 城市精细化管理 n=4
{month}-22 C08 随叫随到志愿服务 n=6
""",
)
ONCE = {
    "2021-02": "2021-02-19 C10 微心愿 matter=王奶奶的轮椅",
    "2021-03": "2021-03-25 C11 好家庭好家风传承 level=社区",
    # 同一纠纷先按一般 2，后按疑难 4，就高只再加 2
    "2021-05": """
        2021-05-18 C05 纠纷调解 level=一般 matter=三号楼漏水
        2021-05-27 C05 纠纷调解 level=疑难 matter=三号楼漏水
    """,
    # 700 元计 7，每季封顶 5；250 元计 2
    "2021-07": """
        2021-07-24 C01 扶危济困助学捐助 n=700 reason=河南洪灾捐款
        2021-07-24 C13 扶危济困助学捐助 n=250 reason=河南洪灾捐款
    """,
    # 8+8=16，每季封顶 12
    "2021-08": """
        2021-08-05 C12 承担急难险重任务 points=8 evidence=防汛值守表 reason=防汛值守
        2021-08-12 C12 关键时刻发挥重要作用 points=8 evidence=防疫值守表 reason=封控小区值守
        2021-08-19 C10 微心愿 matter=李爷爷的收音机
    """,
    # 两人共同调解 4÷2
    "2021-09": "2021-09-03 C05、C06 纠纷调解 level=疑难 matter=停车位",
    "2021-10": "2021-10-29 C02 日常表现特别优秀 points=1.5 evidence=支部会议纪要",
    # 就高：六分，三月已计二分，再加四分
    "2021-11": "2021-11-25 C11 好家庭好家风传承 level=区级",
}
# 每月合计：十一人到会 11 + 四人宣传 8 + 两人民情 6 + 劝导 4 = 29；
# 季首月另加 2+3+1+1=7，季中月 6+3+3=12；再加当月的单项。季末月看整个季度。
TOTALS: Mapping[str, Amount] = {
    "2021-01": 36,
    "2021-02": 44,  # 41 + 心愿 3
    "2021-05": 45,  # 41 + 调解 4
    "2021-08": 56,  # 41 + 加分 12 + 心愿 3
    "2021-10": "37.5",  # 36 + 加分 1.5
}
# 各季度：奉献 + 聚议听
BY_QUARTER: Quarters = {
    "C01": (13, 13, 18, 13),  # 宣传 6 + 管理 4 + 到会 3；三季度捐助 5
    "C02": (18, 18, 18, "19.5"),  # 宣传 6 + 民情 9 + 到会 3；四季度加分 1.5
    "C03": (6, 6, 6, 6),  # 文体 3 + 到会 3
    "C04": (4, 4, 4, 4),  # 文体 1 + 到会 3
    "C05": (9, 13, 11, 9),  # 宣传 6 + 到会 3；调解 4、2
    "C06": (12, 12, 14, 12),  # 民情 9 + 到会 3；调解 2
    "C07": (1, 1, 1, 1),  # 文体 1
    "C08": (12, 12, 12, 12),  # 援助 6 + 到会 3 + 随叫随到 3
    "C09": (7, 7, 7, 7),  # 管理 4 + 到会 3
    "C10": (6, 3, 6, 3),  # 到会 3；心愿 3
    "C11": (5, 3, 3, 7),  # 到会 3；家风 2、再加 4
    "C12": (4, 4, 16, 4),  # 管理 4；加分 12
    "C13": (2, 2, 4, 2),  # 走访 2；捐助 2
    "C14": (24, 24, 24, 24),  # 宣传 6 + 劝导 12 + 心愿 3 + 到会 3
    "C15": (3, 3, 3, 3),  # 心愿 3
}
# 奉献积分（全年总分减去聚议听）前十名：
# C02 61.5、C01 45、C06 38、C05 30、C12 28、C08 24、C09 16、C03 12、C10 6、C11 6；
# 其后 C04 4、C07 4、C13 2。C14 84 是积极分子，不在表彰之列，过八十分优先培养。
LISTS = {
    "commended": ["C01", "C02", "C03", "C05", "C06", "C08", "C09", "C10", "C11", "C12"],
    "support_talk": ["C04", "C07", "C13"],  # 16、4、10
    "cultivation": ["C14"],
}


def test_a_year_of_the_community(tmp_path: Path) -> None:
    clerk = Clerk(tmp_path / "社区", "community", ROSTER)
    for number, month in enumerate(MONTHS):
        text = EVERY_MONTH + EVERY_QUARTER[number % 3]
        clerk.diary(text.format(month=month) + ONCE.get(month, ""))
        if ends_quarter(month):
            end_quarter(clerk, quarter_of(month))
        elif month in TOTALS:
            assert sum(clerk.scores(month).values()) == Decimal(TOTALS[month])
    end_year(clerk)


def end_quarter(clerk: Clerk, quarter: str) -> None:
    """The scores are posted in the community, then the gifts are handed out."""
    clerk.publish(quarter)
    posted = read_table(clerk.folder / "published" / quarter / "community" / "ranking.csv")
    scores = {row["编号"]: Decimal(row["总分"]) for row in posted}
    assert scores == in_quarter(BY_QUARTER, quarter)
    GIFTS[quarter](clerk)


def balances(clerk: Clerk, day: str) -> dict[str, Decimal]:
    rows = clerk("balance", "--date", day, "--format", "json", "--headers", "ids").json["rows"]
    return {row["member"]: Decimal(row["balance"]) for row in rows}


def gifts_of_spring(clerk: Clerk) -> None:
    """What was earned in the quarter opens when it is over; nobody can spend more than that."""
    early = clerk.refused("redeem", "C02", "洗衣液", "--date", "2021-03-31", "--by", "居委会")
    assert "no points are open on 2021-03-31" in early
    assert "15 points open on 2021-04-01" in early
    held = balances(clerk, "2021-04-09")
    spendable = (10, 15, 3, 1, 6, 9, 1, 6, 4, 3, 2, 4, 0, 21, 3)  # 一季度的奉献积分
    assert held == dict(zip(BY_QUARTER, spendable, strict=True))
    sheet = clerk("balance", "--sheet", "--quarter", "2021Q1").text
    assert all(word in sheet for word in ("抽纸", "吹风机 40分", "李大海", "沈宁", "本人签字"))
    before = clerk("tally", "--quarter", "2021Q1", "--format", "json").out
    take(clerk, "2021-04-09", "C02 洗衣液", "C14 雨伞", "C01 毛巾")
    assert clerk("tally", "--quarter", "2021Q1", "--format", "json").out == before
    said = clerk.refused("redeem", "C03", "抽纸", "--date", "2021-04-09", "--by", "居委会")
    assert "C03 赵青: balance 3, 抽纸 4 × 1 = 4: 1 short" in said
    left = {**held, **numbers({"C02": 0, "C14": 1, "C01": 2})}
    assert balances(clerk, "2021-04-09") == left


def gifts_of_summer(clerk: Clerk) -> None:
    """A kettle costs what two quarters bring: it must wait."""
    said = clerk.refused("redeem", "李大海", "热水壶", "--date", "2021-07-09", "--by", "居委会")
    assert "balance 15, 热水壶 30 × 1 = 30: 15 short" in said
    take(clerk, "2021-07-09", "C14 雨伞")


def gifts_of_autumn(clerk: Clerk) -> None:
    take(clerk, "2021-10-11", "C02 热水壶", "C12 香皂")
    # C01 10−8+10+15=27；C02 15+15+15−15−30=0；C12 4+4+16−5=19；C14 21×3−20−20=23
    held = balances(clerk, "2021-10-11")
    assert {one: held[one] for one in ("C01", "C02", "C12", "C14")} == {"C01": 27, "C02": 0, "C12": 19, "C14": 23}
    stock = clerk("balance", "--gifts", "--date", "2021-10-11").text
    assert next(line.split() for line in stock.splitlines() if "热水壶" in line)[-1] == "11"


def gifts_of_winter(clerk: Clerk) -> None:
    """What was not spent in 2021 has lapsed; what the last quarter brought can be spent in 2022."""
    held = balances(clerk, "2021-12-31"), balances(clerk, "2022-01-10")
    assert [one["C01"] for one in held] == [27, 10]
    assert held[1]["C11"] == 4


def take(clerk: Clerk, day: str, *wishes: str) -> None:
    for wish in wishes:
        clerk("redeem", *wish.split(), "--date", day, "--by", "居委会")


GIFTS = dict(zip(QUARTERS, (gifts_of_spring, gifts_of_summer, gifts_of_autumn, gifts_of_winter), strict=True))


def end_year(clerk: Clerk) -> None:
    """The first ten by contribution are commended, the last three are talked to, and gifts changed no score."""
    tally = clerk.outside("tally", "--year", "2021", "--format", "json").json
    assert {row["member"]: row["score"] for row in tally["members"]} == in_year(BY_QUARTER)
    assert {name: sorted(found) for name, found in tally["outcomes"].items()} == LISTS
    # 总分相同先比奉献积分：C12、C09 同为 28，28 比 16；C10、C11 处处相同，名次并列
    ranks = {row["member"]: row["rank"] for row in tally["members"]}
    assert [ranks[one] for one in ("C14", "C02", "C12", "C09", "C10", "C11", "C07")] == [1, 2, 7, 8, 10, 10, 15]
    clerk.publish("2021", "--with", "commendation")
    talks = ("publish", "--year", "2021", "--with", "talks", "--by", "书记")
    assert "they are not for wall" in clerk.refused(*talks, "--audience", "wall", code=2)
    clerk(*talks, "--audience", "internal")
    card = clerk("card", "C05", "--year", "2021").text
    assert all(word in card for word in ("纠纷调解", "42.0", "记分员"))
    explained = clerk.adds_up("C05", "2021")
    assert [one["credited"] for one in explained["postings"] if one["item"] == "mediation"] == [2, 2, 2]
    assert clerk.is_in_order()
