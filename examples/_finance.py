"""examples/finance-bureau: monthly declarations and the panel's decisions. GB18030 log by quarter, Chinese words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

from examples import _files as files
from examples._life import Meeting, Town, chance, habits, live, mark, marks, meet
from examples._model import Decision, Event, Workspace, month_end, numbered, quarter_end, quarter_of
from examples._people import Change, Seats, roster

SEATS = Seats(
    prefix="F",
    places=(
        ("预算国库党支部", "预算党小组"),
        ("综合党支部", "办公室党小组"),
        ("预算国库党支部", "国库党小组"),
        ("监督评价党支部", "监督党小组"),
        ("综合党支部", "会计党小组"),
    ),
    kinds=(("正式党员", 28), ("预备党员", 4)),
    changes={
        3: Change(moved=date(2021, 8, 9), branch="综合党支部", group="会计党小组"),
        8: Change(joined=date(2021, 5, 6)),
        13: Change(left=date(2021, 6, 30)),
        20: Change(exempt="全年脱产学习"),
    },
    zeal={0: 2.3, 5: 2.1, 10: 1.9},
)

DECLARED = ("群团活动", "工青妇活动", "志愿活动", "宣传信息", "投稿", "表彰奖励")
MEETINGS = (
    Meeting("参加主题党日", 5, ("{month}月主题党日",), 0.95),
    Meeting("参加集中学习", 11, ("{month}月第一次集中学习",), 0.92),
    Meeting("参加三会一课", 16, ("{month}月党员大会", "{month}月党小组会"), 0.95),
    Meeting("参加三会一课", 20, ("党课：党史专题", "党课：纪律教育"), 0.9, months=(2, 3, 5, 6, 8, 9, 11, 12)),
    Meeting("按月交纳党费", 22, ("{month}月党费",), 0.97, evidence="党费收缴表"),
    Meeting("参加集中学习", 25, ("{month}月最后一次集中学习",), 0.85),
)
BAD_YEAR = (
    Event(date(2021, 9, 14), ("F019",), "受通报批评", level="市级", reason="资金拨付滞后", evidence="通报文件"),
    Event(date(2021, 10, 21), ("F019",), "受通报批评", level="局级", reason="考勤造假", evidence="通报文件"),
    *(
        Event(date(2021, 10, day), ("F027",), "无故缺席组织生活", reason="未参加组织生活")
        for day in (9, 15, 20, 26)
    ),
    Event(date(2021, 10, 28), ("F027",), "工作任务超期", points="-3", reason="绩效自评报告迟报"),
)  # fmt: skip
PANEL = "考评小组"
LOWEST = ("局级", "县级")


def stage(event: Event) -> Event:
    """Members declare what earns; the panel enters deductions and marks itself."""
    declared = event.item in DECLARED or event.item.startswith(("参加", "按月"))
    return replace(event, stage="个人申报" if declared else "考评小组认定", by=event.by if declared else PANEL)


def decide(rng: Random, events: tuple[Event, ...]) -> list[Decision]:
    """At each month's end the panel verifies what was declared; after the quarter it is announced."""
    made = []
    for event in (e for e in events if e.item in DECLARED):
        day = min(month_end(event.day.year, event.day.month) + timedelta(days=3), date(2021, 12, 31))
        if chance(rng, 0.04):
            made.append(Decision(day, event.id, "驳回", by=PANEL, reason="佐证材料不全"))
            continue
        if event.level not in LOWEST and chance(rng, 0.06):
            made.append(Decision(day, event.id, "更正", level="局级", by=PANEL, reason="按主办单位级次认定"))
        made.append(Decision(day, event.id, "同意", "考评小组认定", by=PANEL))
        told = quarter_end(event.day) + timedelta(days=6)
        if told.year == event.day.year:
            made.append(Decision(told, event.id, "同意", "按季通报", by="支部委员会"))
            if chance(rng, 0.03):
                made += contest(rng, event, told)
    return made


def contest(rng: Random, event: Event, told: date) -> list[Decision]:
    """Let colleagues object to what was announced; the panel upholds it or turns it down."""
    decision, reason = rng.choice((("维持", "材料属实"), ("驳回", "经复核，活动未实际参加")))
    return [
        Decision(told + timedelta(days=1), event.id, "异议", by="党员群众", reason="对级次有疑问"),
        Decision(told + timedelta(days=3), event.id, decision, by=PANEL, reason=reason),
    ]


def build() -> Workspace:
    """Make the year."""
    rng = Random("finance-bureau 2021")
    people = roster(rng, SEATS)
    town = Town(people, ("预算支部专管员", "综合支部专管员", "监督支部专管员"))
    ends = (date(2021, 3, 29), date(2021, 6, 28), date(2021, 9, 28), date(2021, 12, 28))
    blank = Event(ends[0], (), "", reason="汇总平均分")
    events = [
        *live(rng, town, habits("finance-bureau")),
        *meet(rng, town, MEETINGS),
        *marks(rng, town, "党员互评", ends, lambda r, p: replace(blank, points=mark(r, p, 70, 100))),
        *marks(rng, town, "考评小组评议", ends, lambda r, p: replace(blank, points=mark(r, p, 72, 98))),
        *BAD_YEAR,
    ]
    log = numbered([stage(event) for event in events], "CZ")
    return Workspace(
        name="finance-bureau",
        title="财政局支部党员积分（示例）",
        rules=("finance-bureau",),
        people=people,
        events=log,
        decisions=tuple(decide(rng, log)),
    )


def write(folder: Path, rules: Path) -> Workspace:
    """Write the folder."""
    workspace = build()
    files.clear(folder)
    files.write_setup(folder, rules, workspace)
    files.write_csv(folder / "members.csv", "members", files.member_rows(workspace.people), files.EXCEL)
    quarters = files.by_period(files.event_rows(workspace), lambda day: f"2021年第{quarter_of(day)}季度")
    for name, rows in quarters.items():
        files.write_csv(folder / "events" / f"{name}.csv", "events", rows, files.GB18030)
    files.write_csv(folder / "reviews.csv", "reviews", files.review_rows(workspace), files.EXCEL)
    return workspace
