"""A small notice made by hand: two branches, ties, an exempt member, a correction, room for hostile texts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from pointscli.model.notice import Detail, List, Names, Notice, Row, Section, Signature
from pointscli.model.period import Kind, Period
from pointscli.model.table import Column, Table
from pointscli.model.tally import Heading

A, B = "机关第一党支部", "炼油二车间党支部"
HOSTILE = {
    "script": ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    "attribute": ('"><img src=x onerror=alert(1)>', '"><img src=x onerror=alert(1)>'),
    "style": ("</style></script><b>", "</style></script><b>"),
    "template": ("{{ 7*7 }}{% raw %}", "{{ 7*7 }}{% raw %}"),
    "entity": ("&lt;b&gt;", "&lt;b&gt;"),
    "formula": ('=HYPERLINK("http://x")', '=HYPERLINK("http://x")'),
    "control": ("a\x1b[31mb\x07", "a␛[31mb␇"),
    "bidi": ("\u202e四三张\u2066", "<U+202E>四三张<U+2066>"),
    "long": ("x" * 300, "x" * 300),
    "comment": ("<!--", "<!--"),
}
"""Name → text and how people see it."""


def detail(day: int, points: str, text: str = "七月主题党日", note: str = "") -> Detail:
    number = Decimal(points)
    return Detail(date(2021, 7, day), "履职分", "参加主题党日", text, "签到表", number, number, note)


def row(rank: int | None, member: str, name: str, branch: str, numbers: str, details: int = 2) -> Row:
    duty, discipline = map(Decimal, numbers.split())
    return Row(
        rank=rank,
        member=member,
        name=name,
        branch=branch,
        group="",
        kind="正式党员",
        columns=(duty, discipline),
        derived=(Decimal("1.50"),) if rank else (None,),
        score=duty + discipline,
        grade="优秀" if rank == 1 else "合格",
        stars=5 if rank == 1 else None,
        outcomes=("五星党员",) if rank == 1 else (),
        exempt="" if rank else "免考：长期病假",
        objections=2 if rank == 3 else 0,
        details=tuple(detail(1 + n, str(n + 1)) for n in range(details)),
    )


SECTIONS = (
    Section(
        A,
        (
            row(1, "M001", "张伟", A, "25.00 0.00", 3),
            row(2, "M002", "阿依古丽·买买提", A, "9.50 0.00"),
            row(2, "M003", "欧阳娜娜", A, "14.50 -5.00"),
            row(None, "M010", "ئايگۈل", A, "0.00 0.00", 0),
        ),
    ),
    Section(B, (row(1, "M005", "李强", B, "100.00 0.00"), row(2, "M006", "王芳", B, "8.00 -105.25"))),
)
LISTS = (
    List("五星党员", "挂牌表彰", 2, shown=True, lists=(Names(A, ("张伟",)), Names(B, ("李强",)))),
    List("帮扶谈话", "", 3, shown=False, lists=()),
)
BY_BRANCH = Table(
    "各支部情况",
    (Column("branch", "支部"), Column("count", "人数", "integer"), Column("mean", "人均", "number")),
    ((A, 4, Decimal("11.00")), (B, 2, Decimal("1.38"))),
)


def notice(**changed: object) -> Notice:
    """The sample, ranked within branches, with what a test changes."""
    sample = Notice(
        language="zh",
        audience="wall",
        title="国有企业党员积分管理办法",
        heading="2021年第三季度积分通报",
        period=Period.containing(Kind.QUARTER, date(2021, 8, 1)),
        as_of=date(2021, 9, 30),
        facts=("版本 2021", "共 6 人"),
        marks=("未定稿：有 2 条异议待处理",),
        decimals=2,
        columns=(Heading("duty", "履职分"), Heading("discipline", "纪律扣分")),
        derived=(Heading("index", "归一化"),),
        ranked=True,
        sections=SECTIONS,
        lists=LISTS,
        summaries=(BY_BRANCH,),
        signature=Signature("中共某某委员会", (("制表人", ""), ("审核人", "王芳"), ("监督电话", "0997-1234567"))),
        code="7F3A-9C21-0B44-E1D0",
        checkpoint="A1B2-C3D4-0000-1111",
    )
    return replace(sample, **changed)  # type: ignore[arg-type]


def spoiled(text: str) -> Notice:
    """The sample with a text wherever a user's text can be."""
    sample = notice()
    credit = Detail(date(2021, 7, 1), text, text, text, text, Decimal(1), Decimal(1), text)
    first = replace(
        SECTIONS[0].rows[0],
        member=text,
        name=text,
        branch=text,
        group=text,
        kind=text,
        grade=text,
        outcomes=(text,),
        exempt=text,
        details=(credit,),
    )
    branches = replace(BY_BRANCH, title=text, columns=(Column("branch", text), *BY_BRANCH.columns[1:]))
    return replace(
        sample,
        title=text,
        heading=text,
        facts=(text,),
        marks=(text,),
        columns=tuple(Heading(one.id, text) for one in sample.columns),
        sections=(Section(text, (first, *SECTIONS[0].rows[1:])),),
        lists=(List(text, text, 1, shown=True, lists=(Names(text, (text,)), Names("", (text,)))),),
        summaries=(replace(branches, rows=((text, 4, Decimal(1)), *BY_BRANCH.rows)),),
        signature=Signature(text, ((text, text),)),
        code=text,
        checkpoint=text,
    )
