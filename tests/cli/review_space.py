"""A small workspace with a chain of three stages, and what has been decided in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.cli.running import write_csv

SCHEME = """
language: 1
scheme: w
title: 小组
effective: {from: 2021-01-01}
settle: month
rollup: {year: sum}
score:
  items:
    work:
      title: 工作
      items:
        help: {title: 志愿服务, points: 2}
        article: {title: 投稿, points: {from: 1, to: 5}}
        honour: {title: 获奖, points: {levels: {市级: 3, 县级: 1}}}
        lesson: {title: 党课, points: 1, counts_from: declared}
review:
  stages: {declared: 个人申报, verified: 小组认定, approved: 支部审核, public: 公示}
  counts_from: approved
outcomes:
  star: {title: 星级党员, period: year, where: {score: ">= 2"}, confirm: {at: approved}}
ranking: {ties: competition}
"""
UNREVIEWED = """
language: 1
scheme: free
title: 不审核
effective: {from: 2021-01-01}
settle: month
score: {items: {walk: {title: 健步, points: 1}}}
"""
EVENTS = (
    {"id": "E1", "date": "2021-07-05", "member": "M1", "item": "志愿服务"},
    {"id": "E2", "date": "2021-07-06", "member": "张三;李四", "item": "投稿"},
    {"id": "E3", "date": "2021-07-07", "member": "M2", "item": "获奖", "level": "县级"},
    {"id": "E4", "date": "2021-08-02", "member": "M2", "item": "党课"},
    {"id": "E5", "date": "2021-08-03", "member": "M1", "item": "健步"},
    {"id": "", "date": "2021-08-04", "member": "M1", "item": "志愿服务", "reason": "清理河道"},
)
MEMBERS = (
    {"id": "M1", "name": "张三", "branch": "一支部"},
    {"id": "M2", "name": "李四", "branch": "二支部"},
)
COLUMNS = ("date", "event", "decision", "stage", "quantity", "level", "points", "by", "reason")
Rows = Sequence[Mapping[str, str]]


def row(day: str, event: str, decision: str, stage: str = "", **cells: str) -> dict[str, str]:
    return {"date": day, "event": event, "decision": decision, "stage": stage, "by": "组长", **cells}


def write_space(folder: Path, reviews: Rows = ()) -> Path:
    """Rules with and without review, two members, six events, and these decisions."""
    (folder / "rules").mkdir(parents=True)
    (folder / "rules/w.yaml").write_text(SCHEME, "utf-8")
    (folder / "rules/free.yaml").write_text(UNREVIEWED, "utf-8")
    write_csv(folder / "members.csv", MEMBERS)
    write_csv(folder / "events.csv", EVENTS)
    if reviews:
        write_csv(folder / "reviews.csv", reviews, COLUMNS)
    return folder
