"""What a case of the catalogue is: the files of a small workspace, by what they change in a plain one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

RULES = """\
language: 1
scheme: party
title: 党员积分
effective: {from: 2021-01-01}
settle: month
score:
  items:
    talk: {title: 党课, points: 2, aliases: [讲课]}
    help: {title: 志愿服务, points: 1.5, unit: 小时}
    gift: {title: 捐助, points: {from: 0, to: 9, step: 0.5}}
    late: {title: 迟到, points: -1}
ranking: {ties: competition}
"""
MEMBERS = """\
id,name,since,until
M1,张三,,
M2,李四,,
M3,阿依古丽·买买提,,
M4,𬱖三,,
M5,王五,2021-06-01,2021-08-31
M6,龴六,,
"""
HEADER = "id,date,member,item,quantity,reason\n"
PLAIN = "E1,2021-07-01,M1,talk,1,主题党日\n"
NEXT = "E9,2021-07-09,M2,help,2,社区志愿服务\n"
CHINESE = "编号,日期,党员,事项,数量,事由\nE1,2021-07-01,张三,党课,1,参加支部组织的集中学习和讨论\n"


@dataclass(frozen=True)
class Case:
    """The files that a case adds to the plain workspace, or takes away (None)."""

    files: Mapping[str, str | bytes | None]
    kept: str = ""
    """Why the program does otherwise than the catalogue asks, if it does."""


def events(*rows: str, header: str = HEADER, kept: str = "") -> Case:
    """A log of these rows."""
    return Case({"events.csv": header + "".join(rows)}, kept)


def log(data: str | bytes, name: str = "events.csv", kept: str = "") -> Case:
    """A log of these bytes."""
    return Case({"events.csv": None, name: data}, kept)


def row(**cells: str) -> str:
    """A row with other cells, and a good one after it."""
    whole = {"id": "E1", "date": "2021-07-01", "member": "M1", "item": "talk", "quantity": "1", "reason": ""} | cells
    return ",".join(whole.values()) + "\n"


def cell(column: str, text: str, kept: str = "") -> Case:
    """A log in which one cell of the first row is this text."""
    return events(row(**{column: text}), NEXT, kept=kept)


def number(text: str, kept: str = "") -> Case:
    """A log with this quantity."""
    return cell("quantity", text, kept) if "," not in text else cell("quantity", f'"{text}"', kept)


def day(text: str, kept: str = "") -> Case:
    """A log with this date."""
    return cell("date", text, kept)
