"""The tables of a workspace and the names of their columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from pointscli.model.normal import normal
from pointscli.model.problem import Place, Problem, Severity

CellKind = Literal["text", "key", "number", "date"]


@dataclass(frozen=True, slots=True)
class Column:
    """A known column: its id, its Chinese title, what its cells are, and words that people write for it by mistake.

    `key` cells are ids and names: no control characters, and no number that a spreadsheet has cut.
    """

    id: str
    title: str
    kind: CellKind = "text"
    required: bool = False
    mistaken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A table: its name (also the file name without suffix) and its columns in the order of the documentation."""

    name: str
    columns: tuple[Column, ...]

    def column(self, column_id: str) -> Column | None:
        """The known column of an id."""
        return next((column for column in self.columns if column.id == column_id), None)

    @property
    def required(self) -> tuple[str, ...]:
        """Ids of the columns that every row needs."""
        return tuple(column.id for column in self.columns if column.required)


MEMBERS = TableSpec(
    "members",
    (
        Column(
            "id",
            "编号",
            "key",
            required=True,
            mistaken=(
                "党员编号",
                "工号",
                "member",
            ),
        ),
        Column("name", "姓名", "key", required=True, mistaken=("党员姓名", "名字", "党员")),
        Column("branch", "支部", "text", mistaken=("党支部", "所在支部", "支部名称", "所属支部", "所在党支部")),
        Column("group", "党小组", "text", mistaken=("小组", "所在党小组")),
        Column("kind", "类别", "text", mistaken=("人员类别", "党员类别", "type")),
        Column("class", "分类", "text", mistaken=("党员分类",)),
        Column("post", "职务", "text", mistaken=("党内职务", "position")),
        Column("grid", "网格", "text"),
        Column("since", "起始日期", "date", mistaken=("开始日期", "起始时间", "start", "from")),
        Column("until", "截止日期", "date", mistaken=("结束日期", "截止时间", "end", "to")),
        Column("exempt", "免考原因", "text", mistaken=("免考", "免考核", "免考核原因")),
    ),
)

EVENTS = TableSpec(
    "events",
    (
        Column("id", "编号", "key", mistaken=("事件编号", "记录编号")),
        Column("date", "日期", "date", required=True, mistaken=("时间", "发生日期", "活动日期", "活动时间", "day")),
        Column("member", "党员", "key", required=True, mistaken=("姓名", "党员姓名", "党员编号", "name", "members")),
        Column("item", "事项", "key", required=True, mistaken=("积分事项", "项目", "事项名称", "items", "rule")),
        Column("quantity", "数量", "number", mistaken=("次数", "时长", "count", "qty", "amount")),
        Column("level", "级别", "text", mistaken=("等级", "层级", "grade")),
        Column("points", "分值", "number", mistaken=("分数", "得分", "积分", "加分", "score", "point")),
        Column("matter", "同一事项", "text"),
        Column(
            "reason",
            "事由",
            "text",
            mistaken=(
                "原因",
                "理由",
            ),
        ),
        Column("evidence", "依据", "text", mistaken=("佐证", "证明材料", "佐证材料")),
        Column("by", "记录人", "text", mistaken=("登记人", "填报人", "经办人")),
        Column("stage", "阶段", "text"),
        Column("scheme", "方案", "text", mistaken=("积分方案",)),
    ),
)

REVIEWS = TableSpec(
    "reviews",
    (
        Column("date", "日期", "date", required=True, mistaken=("时间", "决定日期", "审核日期", "day")),
        Column(
            "event", "事项编号", "key", required=True, mistaken=("编号", "事件", "事件编号", "事项", "id", "events")
        ),
        Column("decision", "决定", "text", required=True, mistaken=("审核意见", "审核结果", "结果")),
        Column("stage", "阶段", "text"),
        Column("quantity", "数量", "number", mistaken=("count", "qty")),
        Column("level", "级别", "text", mistaken=("等级",)),
        Column("points", "分值", "number", mistaken=("分数", "得分", "积分", "score", "point")),
        Column("by", "决定人", "text", required=True, mistaken=("审核人", "审批人", "经办人")),
        Column(
            "reason",
            "理由",
            "text",
            mistaken=(
                "原因",
                "事由",
            ),
        ),
    ),
)

REDEMPTIONS = TableSpec(
    "redemptions",
    (
        Column("id", "编号", "key"),
        Column("date", "日期", "date", required=True, mistaken=("时间", "兑换日期", "day")),
        Column("member", "党员", "key", required=True, mistaken=("姓名", "党员姓名", "党员编号", "name")),
        Column("gift", "礼品", "key", required=True, mistaken=("奖品", "物品", "兑换礼品", "item")),
        Column("count", "数量", "number", mistaken=("次数", "quantity", "qty")),
        Column("by", "经办人", "text", mistaken=("记录人",)),
    ),
)

SPECS = {spec.name: spec for spec in (MEMBERS, EVENTS, REVIEWS, REDEMPTIONS)}

MOST_COLUMNS = 1000
"""Columns with a title, or different keys of a JSONL file."""
_SEARCHED_ROWS = 10
_SIMILAR = 0.8


def header_key(text: str) -> str:
    """What a header is compared by: NFKC, without surrounding blanks and invisible marks, case folded."""
    return normal("NFKC", text).strip("\ufeff\u200b \t\r\n\u3000").strip().casefold()


def known_names(spec: TableSpec) -> dict[str, str]:
    """Every accepted header of a table (in its compared form) with the column's id."""
    return {header_key(name): column.id for column in spec.columns for name in (column.id, column.title)}


def find_header(rows: Iterable[Sequence[str]], spec: TableSpec) -> int | None:
    """The index of the header row: of the first ten rows that are not blank, the one that knows most columns."""
    known = known_names(spec)
    best, best_count, seen = None, 0, 0
    for index, row in enumerate(rows):
        seen += any(cell.strip() for cell in row)
        if seen > _SEARCHED_ROWS:
            break
        count = len({known[key] for key in map(header_key, row) if key in known})
        if count > best_count:
            best, best_count = index, count
    return best


def match_header(
    cells: Sequence[str], spec: TableSpec, place: Callable[[int], Place], whole: Place
) -> tuple[tuple[str, ...], list[Problem]]:
    """Name the columns of a header row: known ones by id, others by their own text, blank ones `column-N`.

    `place` finds a cell by its index, `whole` is the header line. Any error makes the table unreadable.
    """
    if (titles := sum(map(bool, map(str.strip, cells)))) > MOST_COLUMNS:
        return (), [_too_many(titles, whole)]
    known = known_names(spec)
    columns: list[str] = []
    first: dict[str, int] = {}
    problems: list[Problem] = []
    for number, cell in enumerate(cells, 1):
        text = cell.strip("\ufeff\u200b").strip()
        name = known.get(header_key(cell)) or text or f"column-{number}"
        if first.setdefault(name, number - 1) < number - 1:
            problems.append(_duplicate(text, name, cells[first[name]].strip(), place(number - 1)))
        columns.append(name)
    unknown = [index for index, name in enumerate(columns) if spec.column(name) is None and cells[index].strip()]
    missing = [column for column in spec.columns if column.id not in first]
    meant = {index: column for index in unknown if (column := _nearest(columns[index], missing))}
    for column in missing:
        if column.required:
            guess = next((index for index in meant if meant[index] is column), None)
            problems.append(_missing(column, columns[guess] if guess is not None else "", whole))
    problems += [
        _unknown(columns[index], column, place(index)) for index, column in meant.items() if not column.required
    ]
    return tuple(columns), problems


def no_header(spec: TableSpec, place: Place) -> Problem:
    """The finding for a table without a header."""
    return Problem(
        "no-header",
        place,
        "no header line in the first ten rows of the {table} table",
        "the first line names the columns, at least: {columns}",
        (
            ("table", spec.name),
            ("columns", ", ".join(f"{column.id} ({column.title})" for column in spec.columns if column.required)),
        ),
    )


def _too_many(count: int, whole: Place) -> Problem:
    return Problem(
        "too-many-columns",
        whole,
        "the header has {count} columns, and {most} are the most",
        "delete the columns that do not belong to the table, or look for a missing line break",
        (("count", str(count)), ("most", str(MOST_COLUMNS))),
    )


def _nearest(text: str, columns: Sequence[Column]) -> Column | None:
    """The column that an unknown header looks like a mistake for."""
    key = header_key(text)
    bare = "".join(char for char in key if char.isalnum())
    for column in columns:
        if bare in {column.id, column.title} or key in column.mistaken or bare in column.mistaken:
            return column
    scored = [
        (SequenceMatcher(None, key, name).ratio(), -i) for i, column in enumerate(columns) for name in (column.id,)
    ]
    ratio, index = max(scored, default=(0.0, 0))
    return columns[-index] if ratio >= _SIMILAR else None


def _duplicate(text: str, name: str, first: str, place: Place) -> Problem:
    return Problem(
        "duplicate-column",
        place,
        "the column {value} appears twice (first as {first})",
        "delete or rename one of the two",
        (("value", text or name), ("first", first or name)),
    )


def _missing(column: Column, guess: str, whole: Place) -> Problem:
    args = (("column", column.id), ("title", column.title))
    message = "the column {column} ({title}) is missing"
    if guess:
        return Problem(
            "missing-column",
            whole,
            message,
            "rename the column {guess} to {title} or {column}",
            (*args, ("guess", guess)),
        )
    return Problem("missing-column", whole, message, "add the column and fill it in every row", args)


def _unknown(text: str, column: Column, place: Place) -> Problem:
    return Problem(
        "unknown-column",
        place,
        "the column {value} is not used for counting",
        "if {title} ({column}) is meant, rename it so",
        (("value", text), ("title", column.title), ("column", column.id)),
        Severity.WARNING,
    )
