"""examples/poverty-relief: full marks and deductions, talks and plaques by quarter, objections. Four file formats."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

from examples import _files as files
from examples._life import Meeting, Town, habits, live, mark, marks, meet
from examples._model import Decision, Event, Workspace, numbered, quarter_of
from examples._people import Change, Seats, roster

SEATS = Seats(
    prefix="P",
    places=(
        ("机关党支部", "综合党小组"),
        ("搬迁后扶党支部", "搬迁党小组"),
        ("机关党支部", "项目党小组"),
        ("驻村工作队党支部", "驻村党小组"),
    ),
    kinds=(("正式党员", 24), ("预备党员", 3)),
    changes={
        5: Change(moved=date(2021, 5, 10), branch="驻村工作队党支部", group="驻村党小组"),
        8: Change(joined=date(2021, 7, 5)),
        13: Change(left=date(2021, 6, 30)),
        19: Change(exempt="重病住院，党员大会同意"),
    },
    zeal={0: 2.6, 3: 2.4, 6: 2.5, 11: 2.3, 17: 2.2, 22: 0.4, 23: 0.4},
)

MEETINGS = (Meeting("party_day_attended", 10, ("{month}月主题党日", "{month}月主题党日：党史学习"), 0.93),)
OCTOBER, DECEMBER = date(2021, 10, 1), date(2021, 12, 1)
NEVER_PAID = "P024"
AT_THE_LINE = "P027"  # ends the year at exactly 90, which is not above 90
SPECIAL = (
    *(Event(date(2021, m, 27), (NEVER_PAID,), "党费迟交", reason=f"{m}月党费未交", by="组织委员") for m in range(1, 6)),
    Event(date(2021, 6, 30), (NEVER_PAID,), "dues_half_year", reason="六个月未交", evidence="收缴表", by="组织委员"),
    Event(date(2021, 12, 6), (AT_THE_LINE,), "household_visit", "1", reason="走访监测户", by="机关记录员"),
    Event(date(2021, 8, 26), ("P023",), "criticism", level="区级", reason="脱岗被通报", evidence="通报", by="组织委员"),
)
HEARD = (  # 事项、顺序、审核结论
    ("work_delay", 0, ("dismiss", "支部会议", "迟报属实")),
    ("work_delay", 1, ("amend", "支部会议", "时限计算有误，减轻")),
    ("meeting_absent", 0, ("reject", "党员大会", "当日在村救灾，补假")),
    ("honour", 0, ("dismiss", "党员大会", "证书真实")),
    ("meeting_late", 2, ("dismiss", "支部会议", "签到表属实")),
)
STILL_OPEN = ("business", "article")


def staged(event: Event) -> Event:
    """Three quarters have been reported; of the last, two months are on the wall and December is not yet."""
    return replace(event, stage="" if event.day >= DECEMBER else "posted" if event.day >= OCTOBER else "reported")


def hear(events: tuple[Event, ...]) -> list[Decision]:
    """Give the objections, each with what the branch decided, and two in the last quarter that are still open."""
    made = []
    for item, place, (decision, by, reason) in HEARD:
        event = [e for e in events if e.item == item][place]
        points = "-0.5" if decision == "amend" else ""
        made.append(Decision(after(event.day, 5), event.id, "object", by="本人", reason="对该项有异议"))
        made.append(Decision(after(event.day, 12), event.id, decision, points=points, by=by, reason=reason))
    for item in STILL_OPEN:
        event = [e for e in events if e.item == item][-1]
        made.append(Decision(date(2021, 12, 31), event.id, "object", by="党员群众", reason="请核对级别"))
    return made


def quarter_name(day: date) -> str:
    """Name the day's file."""
    return f"2021Q{quarter_of(day)}"


def after(day: date, days: int) -> date:
    """Some days later, but within the year."""
    return min(date.fromordinal(day.toordinal() + days), date(2021, 12, 31))


def build() -> Workspace:
    """Make the year."""
    rng = Random("poverty-relief 2021")
    people = roster(rng, SEATS)
    town = Town(people, ("机关记录员", "后扶记录员", "驻村记录员"), quarterly=True)
    tests = (date(2021, 3, 19), date(2021, 5, 21), date(2021, 6, 18), date(2021, 9, 17), date(2021, 12, 10))
    test = Event(tests[0], (), "", reason="党史学习测试", by="宣传委员")
    events = [
        *live(rng, town, habits("poverty-relief")),
        *meet(rng, town, MEETINGS),
        *marks(rng, town, "history_study", tests, lambda r, p: replace(test, quantity=mark(r, p, 50, 100))),
        *SPECIAL,
    ]
    log = numbered([staged(event) for event in events], "FP-")
    return Workspace(
        name="poverty-relief",
        title="区扶贫办党员积分（示例）",
        rules=("poverty-relief",),
        people=people,
        events=log,
        decisions=tuple(hear(log)),
    )


def write(folder: Path, rules: Path) -> Workspace:
    """Write the folder: plain CSV, Excel's CSV, JSONL and Excel's Unicode text, one a quarter."""
    workspace = build()
    files.clear(folder)
    files.write_setup(folder, rules, workspace)
    files.write_csv(folder / "members.csv", "members", files.member_rows(workspace.people), files.PLAIN)
    events = folder / "events"
    quarters = files.by_period(files.event_rows(workspace, by_id=True, joint=";"), quarter_name)
    named = files.by_period(files.event_rows(workspace), quarter_name)
    files.write_csv(events / "2021Q1.csv", "events", quarters["2021Q1"], files.PLAIN)
    files.write_csv(events / "2021Q2.csv", "events", named["2021Q2"], files.EXCEL)
    files.write_jsonl(events / "2021Q3.jsonl", quarters["2021Q3"])
    files.write_csv(events / "2021Q4.csv", "events", named["2021Q4"], files.UNICODE_TEXT)
    files.write_csv(folder / "reviews.csv", "reviews", files.review_rows(workspace), files.PLAIN)
    return workspace
