"""Article 3, a finance bureau: forms every month, verified by a panel, announced each quarter, excellent by places."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped]

from tests.cli.running import good, write_csv
from tests.flows.clerk import (
    MONTHS,
    Clerk,
    Quarters,
    ends_quarter,
    in_quarter,
    in_year,
    last_day,
    quarter_of,
    read_table,
)

ROSTER = """
编号 姓名   支部           类别
F01  许千里 预算国库党支部 正式党员
F02  苏晚舟 预算国库党支部 正式党员
F03  周大江 预算国库党支部 正式党员
F04  姜荷   预算国库党支部 正式党员
F05  戴春   预算国库党支部 正式党员
F06  孟秋   综合党支部     正式党员
F07  彭远   综合党支部     正式党员
F08  曹立   综合党支部     正式党员
F09  袁方   监督评价党支部 预备党员
F10  于静   监督评价党支部 正式党员
F11  潘宁   监督评价党支部 正式党员
F12  杜衡   综合党支部     正式党员
F13  范舟   监督评价党支部 正式党员
"""
EVERYBODY = "、".join(line.split()[0] for line in ROSTER.split("\n")[2:-1])
SIGNED = """
{month}-07 {meeting} 参加三会一课
{month}-12 {party_day} 参加主题党日
{month}-20 {everybody} 按月交纳党费
"""
ONCE = {
    "2021-02": "2021-02-07 F08 无故缺席组织生活",
    "2021-04": "2021-04-12 F11 请假未参加",
    "2021-05": "2021-05-12 F11 请假未参加",
    "2021-06": "2021-06-12 F11 请假未参加",  # 第三次，扣 0.5
    "2021-09": "2021-09-16 F05 受通报批评 level=局级 evidence=通报",
    "2021-12": f"""
        2021-12-27 F01 党员互评 points=80
        2021-12-28 F01 党员互评 points=90
        2021-12-28 {EVERYBODY.replace("F01、", "")} 党员互评 points=85
        2021-12-29 {EVERYBODY.replace("F08、", "")} 考评小组评议 points=90
        2021-12-29 F08 考评小组评议 points=60
    """,
}
HEAD = ("序号", "姓名", "发生日期", "积分项目", "级次", "申报分值", "事由", "证明材料")
Declared = tuple[str, str, str, int]
EVERY_MONTH: tuple[Declared, ...] = (
    ("许千里", "志愿活动", "县级", 2),
    ("苏晚舟", "宣传信息", "县级", 1),
    ("孟秋", "志愿活动", "市级", 4),
    ("彭远", "信息稿件", "市级", 2),
    ("袁方", "志愿活动", "省级", 6),
)
EVERY_QUARTER: tuple[Declared, ...] = (
    ("周大江", "工青妇活动", "市级", 5),
    ("戴春", "群团活动", "省级", 8),
    ("于静", "志愿活动", "市级", 4),
    ("潘宁", "志愿活动", "县级", 2),
)
DECLARED_ONCE: dict[str, tuple[Declared, ...]] = {
    "2021-03": (("姜荷", "表彰奖励", "局级", 3),),
    "2021-06": (("曹立", "群团活动", "国家级", 10),),  # 考评小组驳回
    "2021-11": (("姜荷", "表彰奖励", "县级", 5),),  # 同年就高，再加 2
}
# 每季基本分 3×3 = 9；四季度评议 85×0.04 + 90×0.06 = 8.8
BY_QUARTER: Quarters = {
    "F01": (15, 15, 15, "23.8"),  # 志愿 2×3
    "F02": (12, 12, 12, "20.8"),  # 信息 1×3；九月申报省级，更正为县级
    "F03": (14, 14, 14, "22.8"),  # 群团 5
    "F04": (12, 9, 9, "19.8"),  # 表彰 3，再加 2
    "F05": (17, 17, 14, "25.8"),  # 群团 8；通报批评 −3
    "F06": (21, 21, 21, "29.8"),  # 志愿 4×3
    "F07": (15, 15, 15, "23.8"),  # 信息 2×3
    "F08": (7, 9, 9, 16),  # 少一次 8、扣 1；群团不认定；评议 3.4 + 3.6
    "F09": (27, 27, 27, "35.8"),  # 志愿 6×3
    "F10": (13, 13, 13, "21.8"),  # 志愿 4
    "F11": (11, "7.5", 11, "19.8"),  # 志愿 2；二季度党日少三次 −3，第三次请假 −0.5
    "F12": (9, 9, 9, "17.8"),
    "F13": (9, 9, 9, "17.8"),
}
STARS = {  # 各支部前三名，并列的都算
    "2021Q1": ["F01", "F03", "F05", "F06", "F07", "F09", "F10", "F11", "F12"],
    "2021Q2": ["F01", "F03", "F05", "F06", "F07", "F08", "F09", "F10", "F12", "F13"],
    "2021Q3": ["F01", "F03", "F05", "F06", "F07", "F08", "F09", "F10", "F11", "F12"],
    "2021Q4": ["F01", "F03", "F05", "F06", "F07", "F09", "F10", "F11", "F12"],
}
# 名额 3、2、2。预算：F05 73.8 受过批评，不评，取 68.8、64.8、56.8；监督：F09 116.8 是预备党员，不评
EXCELLENT = ["F01", "F02", "F03", "F06", "F07", "F10", "F11"]
BUREAU = """\
language: 1
scheme: bureau
title: 局机关个人积分制管理办法
effective: {from: 2021-01-01}
settle: year
score:
  items:
    duty: {title: 本职工作, points: {from: 0, to: 100}}
    honour: {title: 获评优秀党员, points: 5, evidence: required, aliases: [优秀党员加分]}
"""


def test_a_year_of_the_finance_bureau(tmp_path: Path) -> None:
    clerk = Clerk(tmp_path / "财政局", "finance-bureau", ROSTER, "积分专员")
    for month in MONTHS:
        signed = {
            "meeting": EVERYBODY.replace("F08、", "") if month == "2021-02" else EVERYBODY,
            "party_day": EVERYBODY.replace("F11、", "") if quarter_of(month) == "2021Q2" else EVERYBODY,
        }
        clerk.diary(SIGNED.format(month=month, everybody=EVERYBODY, **signed) + ONCE.get(month, ""))
        declare(clerk, month, tmp_path / f"{month}申报表.xlsx")
        verify_month(clerk, month)
        if ends_quarter(month):
            announce(clerk, quarter_of(month))
    end_year(clerk)
    award(clerk, tmp_path / "局机关")


def declare(clerk: Clerk, month: str, form: Path) -> None:
    """On the last study day members hand in what they did; the same form twice adds nothing."""
    rows = EVERY_MONTH + (EVERY_QUARTER if month[-2:] in {"02", "05", "08", "11"} else ())
    rows += DECLARED_ONCE.get(month, ())
    if month == "2021-09":
        rows = tuple(("苏晚舟", "宣传信息", "省级", 5) if row[0] == "苏晚舟" else row for row in rows)
    write_form(form, month, rows)
    said = clerk("import", form, "--by", clerk.by).err
    assert f"{len(rows)} added" in said
    if month == "2021-01":
        before = clerk.state()
        assert "there was nothing to add" in clerk("import", form, "--by", clerk.by).err
        assert clerk.state() == before


def write_form(path: Path, month: str, rows: tuple[Declared, ...]) -> None:
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet("申报表")
    page.merge_range("A1:H1", "市财政局党员积分申报表")
    page.write_row("A2", ["申报月份：", month])
    page.write_row("A3", HEAD)
    year, number = month.split("-")
    for place, (name, item, level, points) in enumerate(rows, 1):
        day = f"{year}年{int(number)}月{place + 10}日"
        page.write_row(place + 2, 0, (place, name, day, item, level, points, f"{number}月{item}", "剪报或证书"))
    page.write_row(len(rows) + 3, 0, ("合计", "", "", "", "", sum(row[3] for row in rows)))
    page.write_row(len(rows) + 4, 0, ("填表人签字：",))
    book.close()


def verify_month(clerk: Clerk, month: str) -> None:
    """The panel goes through what was declared: some of it is refused or corrected, the rest verified."""
    waiting = clerk.waiting("--month", month, "--stage", "个人申报")
    decided = ("--by", "考评小组", "--date", last_day(month))
    if month == "2021-06":
        (event,) = [row["event"] for row in waiting if row["name"] == "曹立" and row["what"] == "群团活动"]
        clerk("review", event, "--reject", "--reason", "证明材料不符", *decided)
    if month == "2021-09":
        (event,) = [row["event"] for row in waiting if row["name"] == "苏晚舟" and row["what"] == "宣传信息"]
        clerk("review", event, "--amend", "level=县级", "--reason", "县级媒体刊发", *decided)
    if month == "2021-01":
        # 申报的尚未认定，签到的已经计分
        assert set(clerk.scores(month).values()) == {Decimal(3)}
    clerk.approve_all("个人申报", month, "考评小组", last_day(month))


def announce(clerk: Clerk, quarter: str) -> None:
    day = {"2021Q1": "2021-04-08", "2021Q2": "2021-07-08", "2021Q3": "2021-10-09", "2021Q4": "2022-01-07"}[quarter]
    clerk.approve_all("考评小组认定", quarter, "支部书记", day)
    clerk.publish(quarter, "--final")
    rows = read_table(clerk.folder / "published" / quarter / "finance-bureau" / "ranking.csv")
    assert {row["编号"]: Decimal(row["总分"]) for row in rows} == in_quarter(BY_QUARTER, quarter)
    listed = read_table(clerk.folder / "published" / quarter / "finance-bureau" / "outcomes.csv")
    ids = {row["姓名"]: row["编号"] for row in rows}
    assert sorted(ids[row["姓名"]] for row in listed) == STARS[quarter]


def end_year(clerk: Clerk) -> None:
    """So many excellent members as the branch has places; the best by contribution is recommended."""
    tally = clerk.outside("tally", "--year", "2021", "--format", "json").json
    assert {row["member"]: row["score"] for row in tally["members"]} == in_year(BY_QUARTER)
    # 奉献分：F06 48，F09 72 是预备党员
    found = {name: sorted(members) for name, members in tally["outcomes"].items()}
    assert found == {"excellent": EXCELLENT, "yimeng_model": ["F06"]}
    clerk.publish("2021", "--final")
    assert clerk.waiting() == []
    assert "宣传信息（县级）" in clerk("card", "F02", "--month", "2021-09").text
    assert all(word in clerk("card", "F08", "--month", "2021-06").text for word in ("未计分事项", "驳回"))
    rows = clerk.adds_up("F02", "2021")["postings"]
    # 基本 36 条，信息 12 条，评议 2 条
    assert len(rows) == 50
    assert clerk.is_in_order()


def award(clerk: Clerk, bureau: Path) -> None:
    """An excellent member of the branch has a bonus item in the bureau's own scheme, once however often it is run."""
    (bureau / "rules").mkdir(parents=True)
    (bureau / "rules" / "bureau.yaml").write_text(BUREAU, "utf-8")
    write_csv(bureau / "members.csv", read_table(clerk.folder / "members.csv"))
    write_csv(bureau / "events.csv", [], ("id", "date", "member", "item", "points", "reason", "evidence", "by"))
    good("-C", bureau, "record", "--member", "许千里", "--item", "本职工作", "--points", "88", "--date", "2021-12-30")
    words = ("outcomes", "--year", "2021", "--outcome", "excellent", "--as-events", "优秀党员加分", "--into", bureau)
    assert "7 events were written" in clerk(*words, "--by", "机关党委").err
    rows = read_table(bureau / "events.csv")
    assert {row["evidence"] for row in rows[1:]} == {"财政局支部党员积分制管理实施方案（2021年版）2021年度评定结果"}
    again = clerk(*words, "--by", "机关党委").err
    assert "7 events are there already" in again
    assert read_table(bureau / "events.csv") == rows
    tally = good("-C", bureau, "tally", "--year", "2021", "--format", "json").json
    wanted = {one: 5 if one in EXCELLENT else 0 for one in BY_QUARTER} | {"F01": 93}  # 88 + 5
    assert {row["member"]: row["score"] for row in tally["members"]} == wanted
    good("-C", bureau, "check", "--audit", "--strict")
