"""examples/social-insurance: two rule files over one log, five-star chain. GB18030 roster, JSONL by quarter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

from examples import _files as files
from examples._life import Meeting, Town, chance, habits, live, mark, marks, meet
from examples._model import MEMBERS, Decision, Event, Person, Workspace, numbered, quarter_of
from examples._people import Change, Seats, roster

APPLICANTS = ("入党申请人", "入党积极分子", "发展对象")
QUARTER_DAYS = (date(2021, 3, 26), date(2021, 6, 25), date(2021, 9, 24), date(2021, 12, 24))

SEATS = Seats(
    prefix="S",
    places=(
        ("第一党支部", "养老党小组"),
        ("第二党支部", "稽核党小组"),
        ("第一党支部", "工伤党小组"),
        ("第二党支部", "信息党小组"),
        ("第一党支部", "综合党小组"),
        ("第二党支部", "服务大厅党小组"),
    ),
    kinds=(("正式党员", 28), ("预备党员", 2), ("入党积极分子", 7), ("发展对象", 2), ("入党申请人", 2)),
    changes={
        6: Change(moved=date(2021, 5, 17), branch="第二党支部", group="信息党小组"),
        11: Change(joined=date(2021, 4, 6)),
        14: Change(left=date(2021, 9, 30)),
        22: Change(exempt="长期病休，支部大会同意不参加积分"),
        37: Change(moved=date(2021, 7, 1), kind="预备党员"),
        39: Change(moved=date(2021, 4, 1), kind="入党积极分子"),
    },
    zeal={0: 2.0, 1: 1.95, 3: 1.9, 8: 1.9, 10: 1.85, 17: 1.9, 25: 1.8, 30: 1.8, 33: 1.7},
)

MEETINGS = (
    Meeting("study_session", 6, ("{month}月第一次集中学习",), 0.9),
    Meeting("study_session", 20, ("{month}月第二次集中学习",), 0.8),
)
VETO = Event(
    date(2021, 8, 19),
    ("S020",),
    "veto_discipline",
    reason="酒后驾车受党内警告处分",
    evidence="处分决定书",
    by="纪检委员",
)

NOMINEES = {  # who meets the five-star conditions, and the stage that the nomination has reached
    "S001": "public",
    "S002": "public",
    "S011": "public",
    "S018": "public",
    "S026": "public",
    "S022": "general_branch",
    "S008": "branch",
    "S004": "branch",
    "S009": "group",
    "S025": "self",
}
REJECTED = {"S004": (date(2022, 1, 18), "党总支", "年内两次迟报台账")}
CHAIN = (
    ("self", "本人", date(2022, 1, 4)),
    ("group", "党小组组长", date(2022, 1, 7)),
    ("branch", "支部委员会", date(2022, 1, 12)),
    ("general_branch", "党总支", date(2022, 1, 18)),
    ("public", "党总支", date(2022, 1, 25)),
)


def quarterly(rng: Random, town: Town, activists: Town) -> list[Event]:
    """Marks that everybody gets by quarter or by year."""
    halves, tests = (date(2021, 6, 28), date(2021, 12, 28)), (date(2021, 5, 21), date(2021, 11, 19))

    def quarter(r: Random, p: Person) -> Event:
        return blank(quantity=mark(r, p, 62, 100), reason="岗位季度考核得分")

    def tested(r: Random, p: Person) -> Event:
        return blank(quantity=mark(r, p, 50, 100), reason="闭卷测试得分")

    def voted(r: Random, p: Person) -> Event:
        return blank(points=mark(r, p, 65, 100), reason="测评平均分")

    def promised(r: Random, p: Person) -> Event:
        return blank(level=pledge(r, p), reason="承诺践诺评定")

    return [
        *marks(rng, town, "post_mark", QUARTER_DAYS, quarter),
        *marks(rng, activists, "post_mark", QUARTER_DAYS, quarter),
        *marks(rng, town, "skill_test", tests, tested),
        *marks(rng, activists, "training_exam", tests[1:], tested),
        *marks(rng, town, "teamwork", halves, voted),
        *marks(rng, activists, "masses_mark", halves, voted),
        *marks(rng, town, "pledge", halves, promised),
    ]


def blank(quantity: str = "", points: str = "", level: str = "", reason: str = "") -> Event:
    """Give an event whose date, member and item are still to be filled in."""
    return Event(QUARTER_DAYS[0], (), "", quantity, level, points, reason=reason, by="总支组织委员")


def pledge(rng: Random, person: Person) -> str:
    """How far somebody kept the year's promise."""
    kept = person.zeal + rng.uniform(-0.3, 0.5)
    return ("未兑现", "大部兑现", "全部兑现")[min(2, int(kept * 2))]


def staged(rng: Random, events: tuple[Event, ...]) -> tuple[Event, ...]:
    """Most entries were checked on the spot; some wait for the scorekeeper."""
    waiting = [chance(rng, 0.2) for _ in events]
    return tuple(replace(e, stage="" if wait else "checked") for e, wait in zip(events, waiting, strict=True))


def check(rng: Random, events: tuple[Event, ...]) -> list[Decision]:
    """The scorekeeper goes through the entries that wait, and hears a few objections."""
    made = []
    for event in (e for e in events if not e.stage and e.day < QUARTER_DAYS[-1]):
        day = event.day + timedelta(days=rng.randint(1, 6))
        if event.item in REJECTABLE and chance(rng, 0.06):
            made.append(Decision(day, event.id, "reject", by="记分员", reason="依据与事项不符"))
        else:
            made.append(Decision(day, event.id, "approve", "checked", by="记分员"))
    articles = [e for e in events if e.item == "article" and e.level == "省级"]
    made += [
        Decision(e.day + timedelta(days=8), e.id, "amend", level="市级", by="总支宣传委员", reason="实为市级报纸刊发")
        for e in articles[:2]
    ]
    complaint = next(e for e in events if e.item == "complaint")
    made += [
        Decision(complaint.day + timedelta(days=9), complaint.id, "object", by="本人", reason="投诉与本人无关"),
        Decision(complaint.day + timedelta(days=15), complaint.id, "dismiss", by="支部委员会", reason="工单录音属实"),
    ]
    return made


REJECTABLE = frozenset({"pairing", "neighbourhood", "study_note", "volunteer", "relief_project", "mentor_talk"})


def nominate() -> list[Decision]:
    """Decisions on the five-star nominations, stage by stage."""
    made = []
    for member, reached in NOMINEES.items():
        for stage, by, day in CHAIN:
            made.append(Decision(day, f"five_star/2021/{member}", "approve", stage, by=by))
            if stage == reached:
                break
        if member in REJECTED:
            day, by, reason = REJECTED[member]
            made.append(Decision(day, f"five_star/2021/{member}", "reject", by=by, reason=reason))
    return made


def build() -> Workspace:
    """Make the year."""
    rng = Random("social-insurance 2021")
    people = roster(rng, SEATS)
    recorders = ("本人", "养老组记分员", "稽核组记分员")
    town = Town(people, recorders, kinds=MEMBERS, quarterly=True)
    activists = Town(people, recorders, kinds=APPLICANTS, quarterly=True)
    both = Town(people, recorders, kinds=(*MEMBERS, *APPLICANTS), quarterly=True)
    events = [
        *live(rng, town, habits("social-insurance members")),
        *live(rng, both, habits("social-insurance everybody")),  # goes to the scheme that takes the member
        *live(rng, activists, habits("social-insurance activists")),
        *meet(rng, town, MEETINGS),
        *quarterly(rng, town, activists),
        VETO,
    ]
    log = staged(rng, numbered(events, "SI-"))
    return Workspace(
        name="social-insurance",
        title="社保中心党员与入党积极分子积分（示例）",
        rules=("social-insurance", "social-insurance-activists"),
        people=people,
        events=log,
        decisions=(*check(rng, log), *nominate()),
    )


def write(folder: Path, rules: Path) -> Workspace:
    """Write the folder."""
    workspace = build()
    files.clear(folder)
    files.write_setup(folder, rules, workspace)
    files.write_csv(folder / "members.csv", "members", files.member_rows(workspace.people), files.GB18030)
    rows = files.event_rows(workspace, by_id=True, joint=";")
    for name, part in files.by_period(rows, lambda day: f"2021Q{quarter_of(day)}").items():
        files.write_jsonl(folder / "events" / f"{name}.jsonl", part)
    files.write_csv(folder / "reviews.csv", "reviews", files.review_rows(workspace), files.PLAIN)
    return workspace
