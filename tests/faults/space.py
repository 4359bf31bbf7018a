"""A small workspace for every command that writes, and those commands: the same bytes whenever they are run."""

from __future__ import annotations

import json
from pathlib import Path

from pointscli.journal.chain import CHAIN
from tests.cli.running import good, write_csv

RULES = """\
language: 1
scheme: saving
title: 积分储蓄办法
effective: {from: 2020-01-01}
settle: quarter
rollup: {year: sum}
carry: {into: opening, share: 20%, max: 20}
score:
  items:
    opening: {title: 上年结转, points: {from: 0, to: 30}}
    work: {title: 工作, points: {from: -50, to: 200}}
review:
  stages: {declared: 申报, verified: 审核, public: 公示}
  counts_from: verified
redemption:
  from: [work]
  opens: quarter
  expires: year
  gifts:
    soap: {title: 香皂, cost: 5, stock: 200}
"""
MEMBERS = [{"id": "C1", "name": "甲"}, {"id": "C2", "name": "乙"}, {"id": "C3", "name": "丙"}]
EVENTS = [
    {
        "id": f"E{number}",
        "date": "2021-02-01",
        "member": member,
        "item": "工作",
        "points": "60",
        "stage": "verified",
        "reason": "值班",
        "evidence": "签到表",
        "by": "王芳",
    }
    for number, member in enumerate(("C1", "C2", "C3"), 1)
]
FORM = "姓名,发生日期,积分项目,分数,事由\n甲,2021-05-06,工作,3,义诊\n乙,2021-05-07,工作,4,义诊\n"
TORN = "E9,2021-03-01,C1,工"
CLERK = ("--by", "王芳")
COMMANDS: dict[str, tuple[str, ...]] = {
    "record": ("record", "-m", "C1", "-i", "工作", "-d", "2021-03-04", "--points", "7", "--reason", "抢修", *CLERK),
    "review": ("review", "E1", "--approve", "public", "--date", "2021-03-05", *CLERK),
    "redeem": ("redeem", "C1", "香皂", "--date", "2021-04-09", *CLERK),
    "import": ("import", "form.csv", "--map", "分数=points", "--save-map", *CLERK),
    "close": ("close", "--year", "2021", "--anyway", *CLERK),
    "publish": ("publish", "--quarter", "2021Q1", "--audience", "wall", *CLERK),
    "tally": ("tally", "--quarter", "2021Q1", "-o", "result.csv"),
    "repair": ("repair", *CLERK),
}
State = dict[str, object]


def write_space(folder: Path) -> Path:
    """A workspace in which something has been recorded, decided and redeemed before."""
    (folder / "rules").mkdir(parents=True)
    (folder / "rules" / "saving.yaml").write_text(RULES, "utf-8")
    (folder / "points.yaml").write_text("title: 小组\nlanguage: zh\n", "utf-8")
    write_csv(folder / "members.csv", MEMBERS)
    write_csv(folder / "events.csv", EVENTS)
    (folder / "form.csv").write_text(FORM, "utf-8")
    (folder / "result.csv").write_text("old\n", "utf-8")
    good(
        *("-C", folder, "record", "-m", "C2", "-i", "工作", "-d", "2021-03-03", "--points", "5", "--reason", "扫雪"),
        *CLERK,
    )
    good("-C", folder, "review", "E2", "--approve", "public", "--date", "2021-03-04", *CLERK)
    good("-C", folder, "redeem", "C3", "香皂", "--date", "2021-04-08", *CLERK)
    return folder


def arguments(command: str, folder: Path) -> list[str]:
    """The command in a workspace; files are named with their folder."""
    words = COMMANDS[command]
    return ["-C", str(folder), *(str(folder / word) if word.endswith(".csv") else word for word in words)]


def tear(folder: Path) -> None:
    """Leave a record unfinished, as a power cut does."""
    with (folder / "events.csv").open("ab") as file:
        file.write(TORN.encode())


def state(folder: Path) -> State:
    """Every file but the lock and temporary ones; of the audit file only what does not change with the clock."""
    found: State = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not name.startswith("points.lock") and ".points-" not in name:
            found[name] = entries(path) if name == CHAIN else path.read_bytes()
    return found


def entries(path: Path) -> list[str]:
    """The entries of an audit file without times and what follows from them."""
    lines = [json.loads(line) for line in path.read_bytes().splitlines()]
    return [
        json.dumps({key: value for key, value in line.items() if key not in ("at", "prev")}, sort_keys=True)
        for line in lines
    ]
