"""A small scheme with its tests, as a folder of rule files."""

from __future__ import annotations

from pathlib import Path

SCHEME = """language: 1
scheme: small
title: 学习积分
effective: {from: 2021-01-01}
settle: month
rollup: {year: sum}
decimals: 1
score:
  items:
    study: {title: 学习, points: 2, max: {month: 4, year: 6}, times: 3}
    prize: {title: 获奖, points: {levels: {市级: 3, 县级: 1}}, combine: {highest: year}}
ranking: {ties: competition}
grades: {好: 5, 差: null}
outcomes:
  best: {title: 最好, period: year, where: {score: ">= 5"}, top: 1}
"""
TESTS = """- name: 学习每月最多四分
  members: [{name: 张三}, {name: 李四}]
  events:
    - {date: 2021-01-05, member: 张三, item: 学习, repeat: 3}  # 2+2+2，封顶 4
    - {date: [2021-02-01, 2021-03-01], member: [张三, 李四], item: 学习}
  period: 2021
  expect:
    members:
      张三: {score: 6, rank: 1, grade: 好, columns: {study: 6, prize: 0}, outcomes: [best]}
      李四: 4
    outcomes: {best: [张三]}
- name: 不认识的级别
  members: [{name: 张三}]
  events: |
    date,member,item,level
    2021-01-05,张三,获奖,省级
  period: 2021
  expect: {error: level-unknown}
"""


def write(folder: Path, tests: str = TESTS, scheme: str = SCHEME) -> Path:
    """Write `rules/small.yaml` and its tests; the folder is a workspace that has nothing else."""
    rules = folder / "rules"
    rules.mkdir()
    (rules / "small.yaml").write_text(scheme, "utf-8")
    (rules / "small.test.yaml").write_bytes(tests.encode())
    return folder
