"""A small tally made by hand: three branches, ties, namesakes, rare names, an exempt member, nominations."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pointscli.model.period import Kind, Period
from pointscli.model.table import Cell, Column, Table
from pointscli.model.tally import Heading, Nominee, OutcomeGroup, OutcomeList, Standing, Tally

A, B, C = "机关第一党支部", "炼油二车间党支部", "离退休职工党支部"

# rank, id, name, branch, party group, kind, base, duty, contribution, discipline, grade, stars, outcomes
MEMBERS: list[tuple[int | None, str, str, str, str, str, str, str, str, str, str | None, int | None, str]] = [
    (1, "M001", "张伟", A, "第一党小组", "full", "60.00", "25.00", "12.50", "0.00", "优秀", 5, "five_star commended"),
    (2, "M002", "阿依古丽·买买提", A, "第一党小组", "full", "60.00", "25.00", "10.00", "0.00", "优秀", 5, "five_star"),
    (2, "M003", "𬱖三", A, "第二党小组", "full", "60.00", "24.00", "11.00", "0.00", "优秀", 5, "five_star"),
    (4, "M004", "欧阳娜娜", A, "第二党小组", "probationary", "60.00", "12.00", "0.00", "-5.50", "合格", 2, ""),
    (1, "M005", "李强", B, "", "full", "60.00", "20.00", "3.00", "0.00", "合格", 3, "commended"),
    (2, "M006", "张伟", B, "", "full", "60.00", "8.00", "0.00", "0.00", "基本合格", 1, "support_talk"),
    (2, "M007", "王芳", B, "", "full", "60.00", "8.00", "0.00", "0.00", "基本合格", 1, "support_talk"),
    (4, "M008", "古丽·阿卜杜热合曼", B, "", "full", "60.00", "4.00", "0.00", "-105.25", "不合格", None, "support_talk"),
    (1, "M009", "陈①", C, "", "full", "60.00", "30.00", "1.00", "-1.00", "优秀", 4, ""),
    (None, "M010", "ئايگۈل", C, "", "full", "60.00", "0.00", "0.00", "0.00", None, None, ""),
]
EXEMPT = {"M010": "长期病假"}
OBJECTIONS = {"M004": 1, "M008": 2}
INDEX = {"M001": "5.00", "M002": "4.00", "M003": "4.40"}
TITLES = {"base": "基础分", "duty": "履职分", "contribution": "贡献加分", "discipline": "纪律扣分"}


def standing(index: int, *, derived: bool) -> Standing:
    rank, member, name, branch, group, kind, *numbers = MEMBERS[index][:10]
    grade, stars, outcomes = MEMBERS[index][10:]
    columns = tuple(Decimal(str(number)) for number in numbers)
    row = {"id": member, "name": name, "branch": branch, "group": group, "kind": kind}
    index_value = Decimal(INDEX[member]) if member in INDEX else None
    return Standing(
        member=member,
        name=name,
        row=row | {"exempt": EXEMPT.get(member, "")},
        group=branch,
        score=sum(columns, Decimal()),
        columns=columns,
        earned=sum(columns[1:], Decimal()),
        derived=(index_value,) if derived else (),
        rank=rank,
        grade=grade,
        stars=stars,
        outcomes=tuple(outcomes.split()),
        objections=OBJECTIONS.get(member, 0),
    )


OUTCOMES = (
    OutcomeList(
        id="five_star",
        title="五星党员",
        action="挂牌表彰",
        groups=(OutcomeGroup(A, ("M001", "M002", "M003"), 2), OutcomeGroup(B, (), 2), OutcomeGroup(C, (), 2)),
        confirms=True,
        nominated=(Nominee("M009", "verified", "小组初评"), Nominee("M005", "declared", "个人自评")),
        reasons={"M001": "总分 97.50 ≥ 95", "M002": "总分 95.00 ≥ 95", "M003": "总分 95.00 ≥ 95"},
    ),
    OutcomeList("commended", "表彰", "", (OutcomeGroup("", ("M001", "M005"), 2),)),
    OutcomeList(
        id="support_talk",
        title="帮扶谈话",
        action="党委书记谈话",
        groups=(OutcomeGroup("", ("M006", "M007", "M008"), 2),),
        reasons={"M006": "倒数第 2", "M007": "倒数第 2", "M008": "倒数第 1"},
    ),
    OutcomeList("veto", "一票否决", "", (OutcomeGroup("", ()),)),
)


def tally(*, derived: bool = False, preview: str = "", partial: bool = False) -> Tally:
    """The sample, ranked within branches."""
    return Tally(
        scheme="state-enterprise",
        version="2021",
        title="国有企业党员积分管理办法",
        period=Period.containing(Kind.QUARTER, date(2021, 8, 1)),
        as_of=date(2021, 9, 30),
        decided=date(2021, 10, 8),
        settle="month",
        decimals=2,
        partial=partial,
        columns=tuple(Heading(*pair) for pair in TITLES.items()),
        standings=tuple(standing(i, derived=derived) for i in range(len(MEMBERS))),
        outcomes=OUTCOMES,
        derived=(Heading("index", "归一化"),) if derived else (),
        preview=preview,
    )


def table(*rows: tuple[Cell, ...]) -> Table:
    """A table as `--by` makes it."""
    columns = (Column("dimension", "维度"), Column("score", "总分", "number"), Column("count", "人数", "integer"))
    return Table("各维度得分", columns, rows)
