"""Article 2, a social insurance centre: eight dimensions, five stars step by step, activists by a scheme of theirs."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from tests.case_files import Record
from tests.flows.clerk import MONTHS, QUARTERS, Clerk, ends_quarter, last_day, numbers, quarter_of

ROSTER = """
编号 姓名   支部     党小组   类别
S01  韩晓   第一支部 第一小组 正式党员
S02  叶青   第一支部 第一小组 正式党员
S03  马骏   第一支部 第二小组 正式党员
S04  宋岩   第一支部 第二小组 正式党员
S05  江澜   第二支部 第一小组 正式党员
S06  石磊   第二支部 第一小组 正式党员
S07  温和   第二支部 第一小组 预备党员
A01  方舟   第一支部 第一小组 入党积极分子
A02  陶然   第二支部 第一小组 发展对象
A03  尹明   第二支部 第一小组 入党申请人
"""
EVERY_MONTH = """
{month}-05 S01、S02、S05 参加集中学习 n=2 reason=周五学习
{month}-05 S03、S06 参加集中学习 reason=周五学习
{month}-10 A01、A02 培养联系人谈话
{month}-18 A01、A02 列席主题党日
{month}-28 S01、S02、S05 文明服务窗口 reason=窗口月评
"""
# 每季末办公室交来一张表
EVERY_QUARTER = """
S01、S02、S03、S05,撰写学习心得,,,
A01,撰写学习心得,2,,
S01、S02、S05,网上学习积分,300,,
S03、S06,网上学习积分,150,,
S01、S02、S05、A01,岗位季度考核,95,,
S03、S06,岗位季度考核,88,,
A02,岗位季度考核,85,,
S04、S07,岗位季度考核,75,,
A03,岗位季度考核,60,,
S01、S02、S05、A01,社保扶贫攻坚,,牵头,
S03,社保扶贫攻坚,,骨干,
S01、S02、S05、S06、A01,志愿服务,4,,
S01、S02、S05,结对帮扶走访,2,,
S01、S02、S03、S05,到社区报到服务,2,,
A01、A02,思想汇报,,,
A01、A02,参加党课,3,,
A03,参加党课,,,
"""
ONCE = {
    "2021-02": "2021-02-20 S07 党费迟交",
    "2021-03": "2021-03-15 S04 缺席党员大会",
    "2021-04": "2021-04-22 S05、S06 信息稿件 level=市级 matter=暖心社保",
    "2021-05": "2021-05-19 S05 请假 reason=家中有事",
    "2021-06": "2021-06-25 S01 获得表彰 level=局级 evidence=证书",
    "2021-07": """
        2021-07-08 S02 缺席党小组会 reason=未请假
        2021-07-20 A01 集中培训结业考试 n=95
        2021-07-20 A02 集中培训结业考试 n=85
    """,
    "2021-09": """
        2021-09-09 S04 缺席党员大会
        2021-09-15 S02 合理化建议 level=采纳 matter=一窗通办
        2021-09-22 A03 违反纪律
    """,
    "2021-12": """
        2021-12-15 S01、S02、S05 承诺践诺 level=全部兑现
        2021-12-15 S03 承诺践诺 level=大部兑现
        2021-12-20 S01 团结协作互评 points=90
        2021-12-20 S02 团结协作互评 points=80
        2021-12-20 S05 团结协作互评 points=100
        2021-12-20 S03 团结协作互评 points=70
        2021-12-20 S04 团结协作互评 points=50
        2021-12-20 A01 群众测评 points=90
        2021-12-20 A02 群众测评 points=80
    """,
}
DIMENSIONS = ("belief", "obligation", "post", "org_life", "discipline", "service", "conduct", "pioneer")
# S01、S02、S05：学习 10 + 心得 4 + 网上 2 = 16→15；义务 4+4+到社区 3+承诺 2 = 13→12；岗位 16+攻坚 6 = 22→20；
# 服务 志愿 6 + 结对 4 = 10→8；作风 窗口 6 + 互评 = 7 以上→7
YEAR = {
    "S01": (15, 12, 20, 16, 14, 8, 7, 3),  # 95；局级表彰 3
    "S02": (15, 12, 20, 15, 14, 8, 7, 1),  # 92；缺席小组会 −1；建议采纳 1
    "S03": (10, 12, 18, 16, 14, 0, "1.4", 0),  # 71.4；6+4；8+3+1；14+4；70×0.02
    "S04": (-4, 8, 12, 13, 14, 0, 1, 0),  # 44；网上每季 −1；缺席大会两次共 −3
    "S05": (15, 12, 20, 16, 14, 8, 7, "0.5"),  # 92.5；首次请假不扣；合写 1÷2
    "S06": (6, 8, 14, 16, 14, 6, 0, "0.5"),  # 64.5
    "S07": (-4, 7, 12, 16, 14, 0, 0, 0),  # 45；党费迟交 −1
}
ACTIVISTS = {
    "A01": "98.5",  # 思想 12+12→20；理论 12+8+8→20；活动 12+8→15；岗位 24+8→25；群众 90×0.15；作风 5
    "A02": "87",  # 思想 20；理论 12+6；活动 12；岗位 5×4；群众 80×0.15；作风 5
    "A03": "20",  # 理论 1×4；岗位 3×4；作风 5−1
}
CHAIN = (("党小组", "小组初评"), ("支部委员会", "支部审核"), ("党总支", "总支审议"), ("党总支", "公示"))
MEMBERS, OTHERS = ("--scheme", "social-insurance"), ("--scheme", "social-insurance-activists")


def test_a_year_of_the_social_insurance_centre(tmp_path: Path) -> None:
    clerk = Clerk(tmp_path / "社保中心", "social-insurance", ROSTER)
    for month in MONTHS:
        clerk.diary(EVERY_MONTH.format(month=month) + ONCE.get(month, ""))
        if ends_quarter(month):
            record_sheet(clerk, month, tmp_path / f"{month}.csv")
        if month == "2021-01":
            assert {row["stage"] for row in clerk.waiting()} == {"本人登记"}
            assert clerk.scores(month, *MEMBERS)["S01"] == 38  # 只有起始分
        clerk.approve_all("本人登记", month, "记分员", last_day(month))
        if ends_quarter(month):
            check_quarter(clerk, quarter_of(month))
    check_year(clerk)
    choose_five_stars(clerk)
    end_year(clerk)


def record_sheet(clerk: Clerk, month: str, sheet: Path) -> None:
    """A sheet of the office is recorded whole; a second time it is refused."""
    rows = [f"{month}-25,{line}" for line in EVERY_QUARTER.strip().splitlines()]
    sheet.write_text("\n".join(["日期,党员,事项,数量,级别,依据", *rows, ""]), "utf-8")
    said = clerk("record", "--from", sheet, "--by", "办公室").text
    assert said.count("recorded") == len(rows)
    if month == "2021-03":
        said = clerk.refused("record", "--from", sheet, "--by", "办公室")
        assert said.count("[suspected-duplicate]") == len(rows)


def check_quarter(clerk: Clerk, quarter: str) -> None:
    """Members check the handbook against the scorekeeper's figures."""
    found = clerk.tally(quarter, *MEMBERS)["members"]
    score = next(Decimal(row["score"]) for row in found if row["member"] == "S06")
    # 学习 1.5；岗位 3.5；志愿 2、2、2、0；一季度另有起始 38，二季度另有稿件 0.5
    assert score == Decimal(("45", "7.5", "7", "5")[QUARTERS.index(quarter)])
    if quarter == "2021Q1":
        clerk.publish(quarter, *MEMBERS)


def check_year(clerk: Clerk) -> None:
    """The eight dimensions of every member, and the activists by their own scheme."""
    tally = clerk.outside("tally", "--year", "2021", *MEMBERS, "--format", "json").json
    found = {row["member"]: [row["columns"][one] for one in DIMENSIONS] for row in tally["members"]}
    assert found == {member: [Decimal(str(one)) for one in row] for member, row in YEAR.items()}
    sums = {member: sum(Decimal(str(one)) for one in row) for member, row in YEAR.items()}
    assert {row["member"]: row["score"] for row in tally["members"]} == sums
    assert tally["outcomes"]["five_star"] == []
    assert tally["nominated"]["five_star"] == {"S01": "self", "S02": "self", "S05": "self"}
    # 七人的五分之一为一人
    assert tally["outcomes"]["staff_appraisal"] == ["S01"]
    others = clerk.tally("2021", *OTHERS)
    assert {row["member"]: row["score"] for row in others["members"]} == numbers(ACTIVISTS)
    assert {row["member"]: row["rank"] for row in others["members"]} == {"A01": 1, "A02": 2, "A03": 3}
    assert {name: sorted(one) for name, one in others["outcomes"].items()} == {
        "admission": ["A01", "A02"],
        "extension": ["A03"],
    }
    handbook = clerk("card", "S02", "--year", "2021", *MEMBERS).text
    assert all(word in handbook for word in ("周五学习", "缺席党小组会", "未请假", "92.0"))


def five_stars(clerk: Clerk) -> tuple[list[str], Record]:
    tally = clerk.tally("2021", *MEMBERS)
    return tally["outcomes"]["five_star"], tally["nominated"]["five_star"]


def choose_five_stars(clerk: Clerk) -> None:
    """Self-assessment, group, branch, general branch, public notice; an objection in the notice is heard."""
    early = clerk.refused("review", name("S05"), "--approve", "公示", "--by", "党总支", "--date", "2022-01-04")
    assert "would skip 小组初评、支部审核、总支审议" in early
    for number, (by, stage) in enumerate(CHAIN):
        nominees = [name(one) for one in ("S01", "S02", "S05")]
        clerk("review", *nominees, "--approve", stage, "--by", by, "--date", f"2022-01-{number * 5 + 5:02d}")
        chosen, nominated = five_stars(clerk)
        wanted = (
            {}
            if stage == "公示"
            else dict.fromkeys(("S01", "S02", "S05"), ("group", "branch", "general_branch")[number])
        )
        assert (sorted(chosen), nominated) == ([] if wanted else ["S01", "S02", "S05"], wanted)
    reason = ("--reason", "七月缺席过党小组会")
    told = clerk("review", name("S02"), "--object", *reason, "--by", "群众", "--date", "2022-01-22").text
    assert "an objection is open" in told
    assert [row["event"] for row in clerk.waiting("--objections")] == [name("S02")]
    said = clerk.refused("publish", "--year", "2021", *MEMBERS, "--audience", "wall", "--final")
    assert "1 objections are open" in said
    heard = ("--reason", "已按办法扣一分，不影响评定", "--by", "党总支", "--date", "2022-01-26")
    clerk("review", name("S02"), "--dismiss", *heard)
    assert clerk.waiting("--objections") == []
    assert sorted(five_stars(clerk)[0]) == ["S01", "S02", "S05"]


def name(member: str) -> str:
    return f"five_star/2021/{member}"


def end_year(clerk: Clerk) -> None:
    assert clerk.waiting() == []
    clerk.publish("2021", *MEMBERS, "--final")
    clerk.publish("2021", *OTHERS, "--final")
    shown = clerk("outcomes", "--year", "2021", *MEMBERS).text
    assert all(word in shown for word in ("五星党员（3 人）", "颁发荣誉奖章", "韩晓", "叶青", "江澜"))
    clerk.adds_up("S02", "2021", *MEMBERS)
    clerk.adds_up("A01", "2021", *OTHERS)
    assert clerk.is_in_order()
