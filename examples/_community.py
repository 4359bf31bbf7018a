"""examples/community: service projects, ties at the bottom three, quarterly redemption. Excel's CSV by month."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from random import Random

from examples import _files as files
from examples._life import Meeting, Town, chance, habits, live, meet
from examples._model import Event, Person, Redemption, Workspace, numbered, quarter_of
from examples._people import Change, Seats, roster

KINDS = ("正式党员", "预备党员", "入党积极分子", "发展对象")
PLACES = ("晨光里小区", "柳岸花园", "钟楼东街", "钟楼西街", "老粮站大院", "河湾新村")

SEATS = Seats(
    prefix="C",
    places=(
        ("晨光里党支部", "第一党小组"),
        ("柳岸党支部", "第一党小组"),
        ("钟楼街党支部", "第一党小组"),
        ("晨光里党支部", "第二党小组"),
        ("柳岸党支部", "第二党小组"),
        ("钟楼街党支部", "夕阳红党小组"),
    ),
    kinds=(("正式党员", 30), ("预备党员", 3), ("入党积极分子", 4), ("发展对象", 2)),
    changes={
        5: Change(exempt="年满八十且行动不便，支部大会同意免考"),
        10: Change(moved=date(2021, 6, 16), branch="钟楼街党支部", group="第一党小组"),
        13: Change(joined=date(2021, 4, 12)),
        17: Change(left=date(2021, 9, 30)),
        34: Change(moved=date(2021, 7, 1), kind="发展对象"),
    },
    zeal={0: 2.2, 3: 2.6},
    extra={seat: (("grid", f"{seat % 6 + 1}号网格"),) for seat in range(39)},
)
IDLE = ("C020", "C024", "C026", "C029")  # the last two end equal in everything

MEETINGS = (
    Meeting("参加联席会议", 12, ("{month}月聚议听联席会议：{place}停车", "{month}月联席会议：{place}绿化"), 0.5),
)

QUIET_YEAR = (
    Event(date(2021, 5, 12), ("C020",), "参加联席会议", reason="5月聚议听联席会议", evidence="签到表", by="郑记录"),
    Event(date(2021, 3, 8), ("C024",), "政策宣传", reason="妇女节政策咨询", evidence="现场照片", by="郑记录"),
    *(
        Event(date(2021, month, 15), (member,), "文体乐民", level="参加", reason=f"{month}月邻里节", by="郑记录")
        for member in ("C026", "C029")
        for month in (6, 9, 12)
    ),
)

GIFTS = (("吹风机", 40), ("热水壶", 30), ("雨伞", 20), ("洗衣液", 15), ("毛巾", 8), ("香皂", 5), ("抽纸", 4))
SAVER = 1.4  # who has more zeal than this waits for the last fair and takes the dearest gift
FAIRS = {1: date(2021, 4, 9), 2: date(2021, 7, 9), 3: date(2021, 10, 12)}


SURE = {  # item: what it is counted with, points, events a month of which no bound can take anything away
    "政策宣传": ("policy", 2, 4),
    "入户宣传": ("policy", 2, 4),
    "微心愿": ("wish", 3, 1),
    "城市精细化管理": ("city", 1, 6),
    "文明劝导": ("city", 1, 6),
}


def surely_earned(events: list[Event], quarter: int) -> Counter[str]:
    """Give a floor of what each member may spend from the quarter on."""
    earned: Counter[str] = Counter()
    seen: Counter[tuple[str, int, str]] = Counter()
    for event in (e for e in events if quarter_of(e.day) == quarter and e.item in SURE):
        kind, points, often = SURE[event.item]
        seen[event.members[0], event.day.month, kind] += 1
        if seen[event.members[0], event.day.month, kind] <= often:
            earned[event.members[0]] += points
    return earned


def redeem(rng: Random, people: tuple[Person, ...], events: list[Event]) -> tuple[Redemption, ...]:
    """At each quarter's fair some members spend part of what they surely have."""
    purse: Counter[str] = Counter()
    scarce = Counter({"吹风机": 3, "热水壶": 12})
    made: list[Redemption] = []
    for quarter, fair in FAIRS.items():
        purse += surely_earned(events, quarter)
        for person in people:
            choice = [(gift, cost) for gift, cost in GIFTS if cost <= purse[person.id] and scarce.get(gift, 1) > 0]
            saves = person.zeal > SAVER and quarter < max(FAIRS)
            if choice and person.on(fair) and not saves and (person.zeal > SAVER or chance(rng, 0.7)):
                gift, cost = choice[0] if person.zeal > SAVER else rng.choice(choice)
                purse[person.id] -= cost
                if gift in scarce:
                    scarce[gift] -= 1
                made.append(Redemption(f"DH{len(made) + 1:03d}", fair, person.id, gift, "1", "许经办"))
    return tuple(made)


def build() -> Workspace:
    """Make the year."""
    rng = Random("community 2021")
    people = roster(rng, SEATS)
    town = Town(people, ("郑记录", "韩记录", "何记录"), PLACES, KINDS, idle=frozenset(IDLE))
    events = [*live(rng, town, habits("community")), *meet(rng, town, MEETINGS), *QUIET_YEAR]
    return Workspace(
        name="community",
        title="春风社区党员量化积分（示例）",
        rules=("community",),
        people=people,
        events=numbered(events, "SQ"),
        redemptions=redeem(rng, people, events),
    )


def write(folder: Path, rules: Path) -> Workspace:
    """Write the folder."""
    workspace = build()
    files.clear(folder)
    files.write_setup(folder, rules, workspace)
    files.write_csv(folder / "members.csv", "members", files.member_rows(workspace.people), files.EXCEL)
    months = files.by_period(files.event_rows(workspace), lambda day: f"{day:%Y-%m}")
    for name, rows in months.items():
        files.write_csv(folder / "events" / f"{name}.csv", "events", rows, files.EXCEL)
    names = files.labels(workspace.people)
    spent: list[files.Row] = [
        {"id": r.id, "date": r.day, "member": names[r.member], "gift": r.gift, "count": r.count, "by": r.by}
        for r in workspace.redemptions
    ]
    files.write_csv(folder / "redemptions.csv", "redemptions", spent, files.EXCEL)
    return workspace
