"""Writes a workspace as the offices' own programs would: Excel's CSV, GB18030, UTF-16 text, JSONL, XLSX."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

import xlsxwriter  # type: ignore[import-untyped]
import yaml

from examples._model import Person, Workspace

Cell = str | date
Row = dict[str, Cell]
DateStyle = Callable[[date], str]

TITLES: Final[dict[str, dict[str, str]]] = {
    table: dict(pair.split(":") for pair in pairs.split())
    for table, pairs in {
        "members": "id:编号 name:姓名 branch:支部 group:党小组 kind:类别 class:分类 grid:网格 单位:单位 "
        "since:起始日期 until:截止日期 exempt:免考原因",
        "events": "id:编号 date:日期 member:党员 item:事项 quantity:数量 level:级别 points:分值 matter:同一事项 "
        "reason:事由 evidence:依据 by:记录人 stage:阶段",
        "reviews": "date:日期 event:事项编号 decision:决定 stage:阶段 quantity:数量 level:级别 points:分值 "
        "by:决定人 reason:理由",
        "redemptions": "id:编号 date:日期 member:党员 gift:礼品 count:数量 by:经办人",
    }.items()
}


def iso(day: date) -> str:
    """2021-07-01."""
    return day.isoformat()


def slashed(day: date) -> str:
    """2021/7/1, as Excel saves it."""
    return f"{day.year}/{day.month}/{day.day}"


def dotted(day: date) -> str:
    """2021.7.1."""
    return f"{day.year}.{day.month}.{day.day}"


def written(day: date) -> str:
    """2021年7月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


@dataclass(frozen=True, slots=True)
class Style:
    """How one table is written; `ids`: English heads."""

    encoding: str = "utf-8"
    separator: str = ","
    end: str = "\r\n"
    ids: bool = False
    dates: DateStyle = iso


EXCEL = Style("utf-8-sig", dates=slashed)
GB18030 = Style("gb18030", dates=dotted)
UNICODE_TEXT = Style("utf-16", "\t", dates=written)
PLAIN = Style(end="\n", ids=True)


def clear(folder: Path) -> None:
    """Start from an empty folder."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "rules").mkdir(parents=True)
    (folder / "events").mkdir()


def write_setup(folder: Path, rules: Path, workspace: Workspace) -> None:
    """points.yaml and copies of the shipped rule files."""
    settings = {"title": workspace.title, "language": "zh"}
    text = yaml.safe_dump(settings, allow_unicode=True, sort_keys=False)
    (folder / "points.yaml").write_bytes(text.encode())
    for name in workspace.rules:
        (folder / "rules" / f"{name}.yaml").write_bytes((rules / f"{name}.yaml").read_bytes())


def member_rows(people: Iterable[Person]) -> list[Row]:
    """One row a member and spell."""
    return [
        {
            "id": person.id,
            "name": person.name,
            "branch": spell.branch,
            "group": spell.group,
            "kind": spell.kind,
            "since": spell.since or "",
            "until": spell.until or "",
            "exempt": spell.exempt,
            **dict(spell.extra),
        }
        for person in people
        for spell in person.spells
    ]


def event_rows(workspace: Workspace, *, by_id: bool = False, joint: str = "、") -> list[Row]:
    """Rows of the log; members by id, or by name where only one bears it."""
    names = labels(workspace.people, by_id=by_id)
    return [
        {
            "id": event.id,
            "date": event.day,
            "member": joint.join(names[member] for member in event.members),
            "item": event.item,
            "quantity": event.quantity,
            "level": event.level,
            "points": event.points,
            "matter": event.matter,
            "reason": event.reason,
            "evidence": event.evidence,
            "by": event.by,
            "stage": event.stage,
        }
        for event in workspace.events
    ]


def labels(people: Iterable[Person], *, by_id: bool = False) -> dict[str, str]:
    """What the log calls each member: the name, but the id of namesakes."""
    everybody = list(people)
    borne = [person.name for person in everybody]
    return {p.id: p.id if by_id or borne.count(p.name) > 1 else p.name for p in everybody}


def review_rows(workspace: Workspace) -> list[Row]:
    """Rows of the review log, in order of date."""
    return [
        {
            "date": d.day,
            "event": d.event,
            "decision": d.decision,
            "stage": d.stage,
            "quantity": d.quantity,
            "level": d.level,
            "points": d.points,
            "by": d.by,
            "reason": d.reason,
        }
        for d in sorted(workspace.decisions, key=lambda d: d.day)
    ]


def write_csv(path: Path, table: str, rows: Sequence[Row], style: Style) -> None:
    """Write the columns that some row fills."""
    columns = [name for name in TITLES[table] if any(row.get(name) for row in rows)]
    text = io.StringIO()
    writer = csv.writer(text, delimiter=style.separator, lineterminator=style.end)
    writer.writerow(columns if style.ids else [TITLES[table][name] for name in columns])
    for row in rows:
        cells = [row.get(name, "") for name in columns]
        writer.writerow([style.dates(cell) if isinstance(cell, date) else cell for cell in cells])
    path.write_bytes(text.getvalue().encode(style.encoding))


def write_jsonl(path: Path, rows: Iterable[Row]) -> None:
    """One object a line, without the empty cells; numbers as numbers."""
    lines = []
    for row in rows:
        full = {name: cell.isoformat() if isinstance(cell, date) else cell for name, cell in row.items() if cell}
        typed = {name: json.loads(cell) if name in NUMBERS else cell for name, cell in full.items()}
        lines.append(json.dumps(typed, ensure_ascii=False))
    path.write_bytes("".join(line + "\n" for line in lines).encode())


NUMBERS: Final = ("quantity", "points")


def write_xlsx(path: Path, rows: Sequence[Row]) -> None:
    """A workbook with text ids, real dates and real numbers."""
    book = xlsxwriter.Workbook(str(path), {"in_memory": True})
    book.set_properties({"created": datetime(2021, 1, 1)})  # noqa: DTZ001
    sheet = book.add_worksheet("积分登记")
    head, as_date = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    columns = [name for name in TITLES["events"] if any(row.get(name) for row in rows)]
    for place, name in enumerate(columns):
        sheet.write_string(0, place, TITLES["events"][name], head)
    for line, row in enumerate(rows, 1):
        for place, name in enumerate(columns):
            cell = row.get(name, "")
            if isinstance(cell, date):
                sheet.write_datetime(line, place, cell, as_date)
            elif name in NUMBERS and cell:
                sheet.write_number(line, place, float(cell))
            elif cell:
                sheet.write_string(line, place, cell)
    sheet.freeze_panes(1, 0)
    sheet.set_column(1, len(columns) - 1, 16)
    book.close()


def by_period(rows: Iterable[Row], name: Callable[[date], str]) -> dict[str, list[Row]]:
    """Sort rows into files named after their date."""
    files: dict[str, list[Row]] = {}
    for row in rows:
        day = row["date"]
        if isinstance(day, date):
            files.setdefault(name(day), []).append(row)
    return files
