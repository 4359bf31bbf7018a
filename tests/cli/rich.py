"""One workspace with all price forms, namesakes, rare names, several branches, a review, and about 200 events."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

from tests.cli.running import write_csv

Row = dict[str, str]

SCHEME = """\
language: 1
scheme: rich
title: 支部积分办法
version: 2021年版
effective: {from: 2021-01-01}
members: {kind: [正式党员, 预备党员]}
settle: month
rollup: {quarter: mean, year: {of: quarter, by: sum}}
decimals: 2
review:
  stages: {declared: 申报, verified: 认定, approved: 审核}
  counts_from: verified
  objection: suspended
score:
  items:
    base: {title: 基础分, grant: {by: class, values: {甲类: 30, 乙类: 20}, default: 25}}
    duty:
      title: 履职分
      max: {month: 20, year: 90}
      items:
        meeting: {title: 组织生活, points: 2, times: {month: 3}, aliases: [三会一课, 支部会议]}
        study: {title: 理论学习, points: {bands: {0: 0, 2: 0.5, 5: 1.5, 10: 3}}, unit: 小时, aliases: [自学]}
        lecture: {title: 讲授党课, points: {from: 0.5, to: 5, step: 0.5}, combine: {highest: quarter}}
        hours: {title: 服务时长, points: 0.3, each: 0.5, prorate: true, max_quantity: 8, unit: 小时, dimension: 服务}
    pioneer:
      title: 先锋分
      weight: 2/3
      items:
        honour: {title: 荣誉, points: {levels: {国家级: 10, 省级: 8, 市级: 5}}, combine: {highest: matter}}
        donate: {title: 捐助, points: 1, each: 100, max: {quarter: 5}, unit: 元, dimension: 服务}
        rescue: {title: 抢险, points: 4, shared: split, evidence: required, dimension: 服务}
    fault:
      title: 扣分
      min: {month: -25}
      items:
        late: {title: 迟到早退, points: {count: [-1, -2.5, -5], per: quarter}, free: {quarter: 1}}
        absent: {title: 无故缺席, points: -5%}
        reading: {title: 读书打卡, points: {total: {0: -1, 2: 0, 6: 1}, per: quarter}}
        veto: {title: 一票否决, ceiling: {of: score, at: 10, per: quarter}}
ranking: {within: branch, ties: competition, tie_break: [duty, pioneer]}
grades: {优秀: 45, 合格: 30, 不合格: null}
stars: {5: 60, 4: 50, 3: 40, 2: 30, 1: 20}
derive: {index: {title: 先锋指数, of: pioneer, to: 5, within: all}}
outcomes:
  leading: {title: 先锋模范, period: quarter, where: {score: ">= 30"}, except: [veto], share: 1/2, within: branch}
  helped: {title: 帮扶谈话, period: quarter, bottom: 3, within: all, action: 书记谈话}
  flag: {title: 流动红旗, period: quarter, top: 2, by: pioneer, within: all, confirm: approved}
"""
ALIASES = {"meeting": ("三会一课", "支部会议"), "study": ("自学",)}
TITLES = {
    "meeting": "组织生活",
    "study": "理论学习",
    "lecture": "讲授党课",
    "hours": "服务时长",
    "honour": "荣誉",
    "donate": "捐助",
    "rescue": "抢险",
    "late": "迟到早退",
    "absent": "无故缺席",
    "reading": "读书打卡",
    "veto": "一票否决",
}
NAMES = [
    "张伟",
    "张伟",
    "䶮波",
    "𬱖三",
    "阿依古丽·买买提",
    "欧阳娜",
    "王芳",
    "李强",
    "刘洋",
    "陈静",
    "赵一",
    "孙二",
    "周三",
]
"""In order of the ids M001 …; the first two are namesakes."""
MEMBERS: list[Row] = [
    {
        "id": f"M{number:03d}",
        "name": name,
        "branch": ("一支部", "二支部", "三支部")[number % 3],
        "group": f"第{number % 2 + 1}党小组",
        "kind": "预备党员" if number % 5 == 0 else "正式党员",
        "class": ("甲类", "乙类", "甲类;乙类", "")[number % 4],
        "since": "",
        "until": "",
        "exempt": "长期患病" if name == "孙二" else "",
    }
    for number, name in enumerate(NAMES, 1)
]
MEMBERS[6] |= {"until": "2021-08-15"}
MEMBERS.append({**MEMBERS[6], "branch": "三支部", "since": "2021-08-16", "until": ""})
IDS = [row["id"] for row in MEMBERS[:-1]]
COLUMNS = (
    "id",
    "date",
    "member",
    "item",
    "quantity",
    "level",
    "points",
    "matter",
    "reason",
    "evidence",
    "by",
    "stage",
)
PERIOD = ("--quarter", "2021Q3")


def make_events(seed: int = 1, count: int = 200) -> list[Row]:
    """A log: every item, many of a day and member, some shared, with ids in no order of date."""
    rng = random.Random(seed)
    rows = []
    for number in range(1, count + 1):
        item = list(TITLES)[number % len(TITLES)]
        if item == "veto" and rng.random() < 0.8:
            item = "meeting"
        day = date(2021, 6, 20) + timedelta(days=rng.randrange(110))
        names = rng.sample(IDS, rng.choice([1, 1, 1, 2, 3]))
        row = dict.fromkeys(COLUMNS, "") | {"id": f"E{number * 37 % 1000:03d}", "date": day.isoformat()}
        row |= {"member": ";".join(names), "item": item, "by": "记录员", "reason": f"{TITLES[item]}，第{number}次"}
        rows.append(row | _price_cells(rng, item) | {"stage": rng.choice(["declared", "verified", "审核", "verified"])})
    return rows


def _price_cells(rng: random.Random, item: str) -> Row:
    match item:
        case "honour":
            return {"level": rng.choice(["国家级", "省级", "市级"]), "matter": rng.choice(["甲事", "乙事", ""])}
        case "lecture":
            return {"points": rng.choice(["0.5", "1", "2.5", "5"])}
        case "study" | "hours":
            return {"quantity": rng.choice(["1.25", "3", "5", "9.5"])}
        case "donate":
            return {"quantity": rng.choice(["99", "250", "1000", "20.5"])}
        case "rescue":
            return {"evidence": "照片"}
        case _:
            return {"quantity": "2"} if item == "reading" else {}


EVENTS = make_events()
REVIEWS: list[Row] = [
    {"date": "2021-09-01", "event": EVENTS[place]["id"], "decision": word, "stage": stage, "by": "书记", "reason": ""}
    for place, (word, stage) in enumerate(
        [("同意", "approved"), ("驳回", ""), ("异议", ""), ("approve", ""), ("reject", ""), ("object", "")] * 4
    )
] + [
    {"date": "2021-09-02", "event": EVENTS[2]["id"], "decision": "维持", "stage": "", "by": "书记", "reason": "属实"},
    {
        "date": "2021-10-02",
        "event": "flag/2021Q3/M005",
        "decision": "同意",
        "stage": "approved",
        "by": "书记",
        "reason": "",
    },
]


def write_rich(folder: Path, *, events: bool = True) -> Path:
    """Write the workspace (without its log, if a test writes that in its own way)."""
    (folder / "rules").mkdir(parents=True)
    (folder / "rules" / "rich.yaml").write_text(SCHEME, "utf-8")
    write_csv(folder / "members.csv", MEMBERS)
    write_csv(folder / "reviews.csv", REVIEWS)
    if events:
        write_csv(folder / "events.csv", EVENTS)
    return folder
