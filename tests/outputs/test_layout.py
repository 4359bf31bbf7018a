from __future__ import annotations

import pytest
import wcwidth

from pointscli.model.table import Column
from pointscli.outputs.layout import fit, flow, wrap, wrap_evenly

COLUMNS = (
    Column("rank", "名次", "integer"),
    Column("name", "姓名"),
    Column("kind", "类别"),
    Column("study", "政治理论学习", "number"),
    Column("work", "作用", "number"),
    Column("score", "总分", "number"),
    Column("grade", "等次"),
)
ROWS = [["1", "阿依古丽·买买提", "正式党员", "10.00", "8.00", "18.00", "优秀"]]

FITS = [
    (64, 2, "rank name kind study work score grade"),
    (63, 1, "rank name kind study work score grade"),
    (58, 1, "rank name kind study work score grade"),
    (52, 1, "rank name kind study work score grade"),
    (51, 1, "rank name study work score grade"),
    (43, 1, "rank name study work score grade"),
    (42, 1, "rank name study score grade"),
    (37, 1, "rank name score grade"),
    (30, 1, "rank name score"),
    (10, 1, "rank name score"),
]


@pytest.mark.parametrize(("width", "gap", "shown"), FITS)
def test_fit(width: int, gap: int, shown: str) -> None:
    found = fit(COLUMNS, [column.title for column in COLUMNS], ROWS, width, wcwidth.wcswidth)
    assert (found.gap, " ".join(COLUMNS[i].id for i in found.shown)) == (gap, shown)
    assert sorted(found.shown + found.hidden) == list(range(len(COLUMNS)))


WRAPS = [
    ("总分 97.50 ≥ 95", 11, ["总分 97.50", "≥ 95"]),
    ("得分97.50，高于95。", 8, ["得分", "97.50，", "高于95。"]),
    ("机关第一党支部", 10, ["机关第一党", "支部"]),
    ("机关（第一）支部", 6, ["机关", "（第", "一）支", "部"]),
    ("123456789", 4, ["123456789"]),
    ("", 4, [""]),
]


@pytest.mark.parametrize(("text", "width", "lines"), WRAPS)
def test_wrap(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width, wcwidth.wcswidth) == lines


def test_wrap_evenly() -> None:
    assert wrap_evenly("政治理论学习", 10, wcwidth.wcswidth) == ["政治理", "论学习"]
    assert wrap_evenly("总分", 10, wcwidth.wcswidth) == ["总分"]
    assert wrap_evenly("分", 1, wcwidth.wcswidth) == ["分"]
    assert wrap_evenly("x", 5, wcwidth.wcswidth) == ["x"]


def test_flow() -> None:
    items = ["张伟", "阿依古丽·买买提", "王芳"]
    assert flow("  一支部  ", items, "、", 30, wcwidth.wcswidth) == ["  一支部  张伟、", "    阿依古丽·买买提、王芳"]
    assert flow("  一支部  ", items, "、", 12, wcwidth.wcswidth) == [
        "  一支部",
        "    张伟、",
        "    阿依古丽·买买提、",
        "    王芳",
    ]
    assert flow("", items, "  ", 5, wcwidth.wcswidth) == items
