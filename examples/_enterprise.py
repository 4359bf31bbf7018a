"""examples/state-enterprise: two companies, percent deductions, approval chain, a veto. XLSX log by quarter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

from examples import _files as files
from examples._life import Meeting, Town, chance, habits, live, mark, marks, meet
from examples._model import MEMBERS, MONTHS, YEAR, Decision, Event, Workspace, month_end, numbered, quarter_of
from examples._people import Change, Seats, roster

INVESTMENT, CITY = (("单位", "县投公司"),), (("单位", "城投公司"),)
COMMITTEE = "支委会初评"
MOBILE = (15, 26, 37)
COUNT = 44


def company(seat: int) -> tuple[tuple[str, str], ...]:
    """Name the seat's company, and say whether it is a mobile member's."""
    mobile = (("class", "流动党员"),) if seat in MOBILE else (("class", "在册党员"),)
    return (INVESTMENT, INVESTMENT, CITY, CITY)[seat % 4] + mobile


SEATS = Seats(
    prefix="E",
    places=(
        ("县投机关党支部", "综合党小组"),
        ("县投项目党支部", "产业党小组"),
        ("城投机关党支部", "综合党小组"),
        ("城投工程党支部", "工程党小组"),
    ),
    kinds=(("正式党员", 36), ("预备党员", 4), ("入党积极分子", 4)),
    changes={
        6: Change(moved=date(2021, 9, 1), branch="城投工程党支部", group="工程党小组"),
        11: Change(joined=date(2021, 3, 15)),
        14: Change(left=date(2021, 8, 31)),
        19: Change(moved=date(2021, 6, 7), branch="县投项目党支部", group="产业党小组", extra=company(1)),
        24: Change(exempt="产假及哺乳期，支部大会同意"),
        40: Change(moved=date(2021, 10, 18), kind="预备党员"),
    },
    zeal={1: 2.2, 2: 2.3, 4: 2.1, 7: 2.0},
    extra={seat: company(seat) for seat in range(COUNT)},
)

BONUS = ("合理化建议", "获得荣誉", "新闻宣传")
PENALTIES = ("迟到早退", "无故缺席组织生活", "未按时交纳党费", "工作推诿拖延", "受通报批评", "受党纪处分")
MEETINGS = (
    Meeting("参加主题党日", 4, ("{month}月主题党日",), 0.95),
    Meeting("党员大会", 10, ("{month}月党员大会",), 0.92),
    Meeting("党课", 16, ("廉洁从业党课", "党史专题党课"), 0.85, months=(1, 3, 4, 6, 7, 9, 10, 12)),
    Meeting("参加集中学习", 19, ("{month}月集中学习",), 0.9),
    Meeting("按月交纳党费", 22, ("{month}月党费",), 0.97, evidence="党费收缴表"),
)
BAD_DAYS = (
    Event(date(2021, 7, 23), ("E021",), "受党纪处分", reason="公车私用", evidence="处分决定书", by="纪检委员"),
    Event(date(2021, 4, 15), ("E032",), "受通报批评", reason="安全责任落实不力", evidence="通报文件", by="纪检委员"),
)


def staged(event: Event) -> Event:
    """Routine rows come from the committee's own sheets; what adds or deducts starts with the recorder."""
    routine = event.item not in (*BONUS, *PENALTIES)
    return replace(event, stage=COMMITTEE if routine else "")


def decide(rng: Random, events: tuple[Event, ...]) -> list[Decision]:
    """Leaders approve, the committee reviews by month, the general meeting by quarter."""
    made = []
    for event in (e for e in events if not e.stage):
        end = month_end(event.day.year, event.day.month)
        made.append(Decision(event.day, event.id, "同意", "一岗双责领导审批", by="分管领导"))
        if event.item in BONUS and chance(rng, 0.04):
            made.append(Decision(end, event.id, "驳回", by="支委会", reason="与岗位职责无关"))
            continue
        if event.item == "新闻宣传" and event.level != "公司" and chance(rng, 0.1):
            made.append(Decision(end, event.id, "更正", level="公司", by="支委会", reason="仅公司内网刊发"))
        made.append(Decision(end, event.id, "同意", COMMITTEE, by="支委会"))
        made += settle(rng, event)
    return made


def settle(rng: Random, event: Event) -> list[Decision]:
    """What happens to an entry after its quarter; the last quarter's meeting is still to come."""
    meeting = date(YEAR, quarter_of(event.day) * 3, 28) + timedelta(days=5)
    if meeting.year != YEAR:
        return []
    made = [
        Decision(meeting, event.id, "同意", "党员大会评定", by="党员大会"),
        Decision(meeting + timedelta(days=2), event.id, "同意", "公示", by="支部委员会"),
    ]
    if chance(rng, 0.03):
        made.append(Decision(meeting + timedelta(days=4), event.id, "异议", by="职工群众", reason="认为事实不清"))
        if event.item in PENALTIES:
            made.append(Decision(meeting + timedelta(days=8), event.id, "驳回", by="党委", reason="经核实系因公请假"))
        else:
            made.append(Decision(meeting + timedelta(days=8), event.id, "维持", by="党委", reason="事实清楚"))
    return made


def mobile_reports(town: Town) -> list[Event]:
    """Give each mobile member a report in most months."""
    return [
        Event(date(YEAR, month, 18), (f"E{seat + 1:03d}",), "流动党员报到", reason="电话汇报", by=town.recorders[0])
        for seat in MOBILE
        for month in MONTHS
        if (seat + month) % 5
    ]


def build() -> Workspace:
    """Make the year."""
    rng = Random("state-enterprise 2021")
    people = roster(rng, SEATS)
    recorders = ("县投积分记录员", "县投积分记录员", "城投积分记录员", "城投积分记录员")
    town = Town(people, recorders, kinds=(*MEMBERS, "入党积极分子"))
    month_ends = [date(YEAR, month, 27) for month in MONTHS]
    task = Event(month_ends[0], (), "", reason="月度重点任务清单完成率", by="人力资源部")
    events = [
        *live(rng, town, habits("state-enterprise")),
        *meet(rng, town, MEETINGS),
        *marks(rng, town, "月度任务完成率", month_ends, lambda r, p: replace(task, quantity=mark(r, p, 70, 102))),
        *mobile_reports(town),
        *BAD_DAYS,
    ]
    log = numbered([staged(event) for event in events], "GQ")
    return Workspace(
        name="state-enterprise",
        title="国有企业党员积分（示例）",
        rules=("state-enterprise",),
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
    for name, rows in files.by_period(files.event_rows(workspace), lambda day: f"2021Q{quarter_of(day)}").items():
        files.write_xlsx(folder / "events" / f"{name}.xlsx", rows)
    files.write_csv(folder / "reviews.csv", "reviews", files.review_rows(workspace), files.EXCEL)
    return workspace
