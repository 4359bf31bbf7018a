"""The headings of the office's own sheets and declaration forms, and which column of the event log each one means."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pointscli.inputs.headers import EVENTS, CellKind, Column, TableSpec, header_key

ORDINAL, PLUS, MINUS, NONE = "ordinal", "plus", "minus", "none"
"""Fields that the log has not: the number of the line, points given and taken in columns of their own, and nothing."""
KINDS: dict[str, CellKind] = {
    **{column.id: column.kind for column in EVENTS.columns},
    PLUS: "number",
    MINUS: "number",
}

_USUAL: dict[str, tuple[str, ...]] = {
    ORDINAL: ("序号", "序", "行号", "no", "no.", "#"),
    "id": ("事件编号", "记录编号"),
    "date": ("时间", "发生日期", "发生时间", "活动日期", "活动时间", "登记时间", "登记日期"),
    "member": ("姓名", "党员姓名", "申报人", "申报人姓名", "申报党员", "名字", "参加人", "参加人员", "被考核人"),
    "item": (
        *("项目", "项目名称", "积分项目", "积分项目名称", "积分事项", "积分内容", "事项名称", "申报项目", "申报事项"),
        *("加分项目", "加分事项", "扣分项目", "加减分项目", "加减分事项", "加扣分项目", "计分项目"),
        *("指标", "指标内容", "考核指标", "三级指标"),
    ),
    "quantity": ("次数", "时长", "服务时长", "小时数", "学时", "篇数", "件数", "场次"),
    "level": ("级次", "层级", "等级", "活动级别", "奖励级别"),
    "points": (
        *("申报分值", "申报分", "申报积分", "申报得分", "申请分值", "自评分", "认定分值", "认定分", "核定分值"),
        *("分数", "得分", "得分情况", "积分", "赋分", "加减分", "加减分值", "加扣分", "加扣分值"),
    ),
    PLUS: ("加分", "加分值", "加分分值", "奖励加分", "奖励分"),
    MINUS: ("减分", "扣分", "减分值", "扣分值", "扣减分", "惩处减分"),
    "reason": (
        *("事件", "活动内容", "活动名称", "具体内容", "具体事由", "主要内容", "事由说明", "原因", "理由"),
        *("加减分事由", "加扣分事由", "加分事由", "申报事由", "申报理由"),
    ),
    "evidence": (
        *("佐证", "佐证材料", "证明", "证明材料", "支撑材料", "附件", "证据"),
        *("加分依据", "加减分依据", "加扣分依据", "事件依据"),
    ),
    "by": ("记录员", "登记人", "填报人", "经办人", "记分员", "积分记录员", "审核人"),
}
_WEAK: dict[str, tuple[str, ...]] = {
    "date": ("申报日期", "申报时间", "填写日期", "记录日期"),
    "item": ("考核项目", "考核内容"),
    "reason": ("说明", "备注说明", "情况说明", "内容"),
    "by": ("审核签字", "审核签名", "支部书记审核签名", "认定人"),
}
"""Headings that mean a column only where no better one is there."""
_UNASKED = frozenset({"stage"})
"""What a form says of its review is not taken over: read only where it is asked for."""
_UNIT = re.compile(r"\([^()]*\)$")
_BLANKS = re.compile(r"[\s*]+")
_EXPLICIT, _OWN, _USUALLY, _WEAKLY = range(4)


@dataclass(frozen=True, slots=True)
class Meaning:
    """The field that a heading means, and how sure that is: the smaller, the surer."""

    field: str
    rank: int


def form_key(text: str) -> str:
    """What a form's heading is compared by: without blanks, line breaks, stars, and a unit in brackets at its end."""
    return _UNIT.sub("", _BLANKS.sub("", header_key(text))).rstrip(":")


class Headings:
    """The headings that are known, with those that the user named for this form."""

    def __init__(self, columns: Mapping[str, str]) -> None:
        """Know a form whose headings mean some fields (`NONE`: nothing)."""
        self._known: dict[str, Meaning] = {}
        for rank, words in ((_WEAKLY, _WEAK), (_USUALLY, _USUAL)):
            for field, names in words.items():
                self._known |= {form_key(name): Meaning(field, rank) for name in names}
        for column in EVENTS.columns:
            if column.id not in _UNASKED:
                self._known |= {form_key(name): Meaning(column.id, _OWN) for name in (column.id, column.title)}
        self._known |= {form_key(name): Meaning(field, _EXPLICIT) for name, field in columns.items()}

    def find(self, cell: str) -> Meaning | None:
        """What a heading means, None if it is not known."""
        return self._known.get(form_key(cell))

    def named(self, cells: Sequence[str]) -> int:
        """How many fields of the log a row's cells name."""
        found = {meaning.field for cell in cells if (meaning := self.find(cell))}
        return len(found - {ORDINAL, NONE})

    def spec(self) -> TableSpec:
        """All headings as the columns of a table: what the delimiter of a text file is found by."""
        return TableSpec("form", tuple(Column(word, word) for word in self._known))


def field_named(text: str) -> str | None:
    """The field that a user names by its id or its title; None if there is none."""
    key = header_key(text)
    names = {
        header_key(name): column.id
        for column in EVENTS.columns
        if column.id != "id"
        for name in (column.id, column.title)
    }
    extra = {"id": "id", PLUS: PLUS, "加分": PLUS, MINUS: MINUS, "减分": MINUS, NONE: NONE, "不读": NONE, "编号": "id"}
    return names.get(key) or extra.get(key)


def field_names() -> tuple[str, ...]:
    """The fields that can be named."""
    return (*(column.id for column in EVENTS.columns), PLUS, MINUS, NONE)


def field_title(field: str, *, chinese: bool) -> str:
    """What people call a field."""
    if not chinese:
        return field
    column = EVENTS.column(field)
    return column.title if column else {PLUS: "加分", MINUS: "减分"}.get(field, field)
