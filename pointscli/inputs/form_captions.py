"""What stands above a form's table and holds for all its rows: whose form it is, and of which day or month."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pointscli.inputs.grammar import FIRST_YEAR, LAST_YEAR
from pointscli.model.normal import normal

_LABEL = r"(?:申\s*报\s*人(?:姓名)?|被考核人|党员姓名|申报党员|姓\s*名|党员)"
_NAMED = re.compile(rf"(?:^|\s|[;；,，|]){_LABEL}\s*:\s*(.*?)(?=\s{{2,}}|\t|[;；,，|]|\s+\S{{1,8}}:|$)")
_ALONE = re.compile(rf"{_LABEL}\s*:?")
_DAY = re.compile(
    r"([0-9]{4})\s*[年./-]\s*([0-9]{1,2})(?:\s*[月./-]\s*([0-9]{1,2})(?![0-9])|\s*月|(?![0-9]))", re.ASCII
)
_OTHER_LABEL = re.compile(r"(?:所在|所属)?(?:支部|党支部|党小组|小组|部门|单位|职务|日期|时间|月份|电话|联系电话)")
_NOT_OF_EVENTS = re.compile(r"(填|制表|打印|报送|审核|签)[^0-9]{0,6}$")


@dataclass(frozen=True, slots=True)
class Caption:
    """A text above the table that fills a column which the table has not, and where it stands."""

    text: str
    index: int
    field: int


@dataclass(frozen=True, slots=True)
class Captions:
    """What the rows above a table say; a field is None if they say nothing, or not one thing only."""

    member: Caption | None = None
    date: Caption | None = None
    names_member: bool = False
    """Whether there is a place for a member's name, filled in or not."""


def read_captions(rows: Sequence[Sequence[str]], indexes: Iterable[int]) -> Captions:
    """Look through the rows above a table."""
    members: list[Caption] = []
    days: list[Caption] = []
    months: list[Caption] = []
    for index in indexes:
        members += _members(rows[index], index)
        for caption, whole in _dates(rows[index], index):
            (days if whole else months).append(caption)
    named = [caption for caption in members if caption.text]
    return Captions(_only(named), _only([*days, *months]) or _day_of_month(days, months), bool(members))


def has_label(row: Sequence[str]) -> bool:
    """Whether a row says whose form it is."""
    return any(_NAMED.search(_plain(cell)) or _ALONE.fullmatch(_plain(cell)) for cell in row if cell.strip())


def _members(row: Sequence[str], index: int) -> Iterator[Caption]:
    """Names after a label, in the same cell or in the next one that is filled."""
    for field, cell in enumerate(row):
        text = _plain(cell)
        if _ALONE.fullmatch(text):
            after = next((i for i in range(field + 1, len(row)) if row[i].strip()), None)
            name = row[after].strip() if after is not None else ""
            yield Caption(name if _is_name(name) else "", index, field if after is None else after)
        else:
            yield from (Caption(found[1].strip(), index, field) for found in _NAMED.finditer(text))


def _is_name(text: str) -> bool:
    """Whether what follows a label is not the next label, or a date."""
    plain = _plain(text)
    return not (plain.endswith(":") or _OTHER_LABEL.fullmatch(plain) or _DAY.search(plain))


def _dates(row: Sequence[str], index: int) -> Iterator[tuple[Caption, bool]]:
    """Days, and months as their last day; not those on which the form was filled in."""
    before = ""
    for field, cell in enumerate(row):
        text = _plain(cell)
        for found in _DAY.finditer(text):
            label = text[: found.start()] or before
            if _NOT_OF_EVENTS.search(label.rstrip(": ")):
                continue
            year, month = int(found[1]), int(found[2])
            if FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12:  # noqa: PLR2004 - months of a year
                last = calendar.monthrange(year, month)[1]
                day = int(found[3]) if found[3] else last
                if 1 <= day <= last:
                    yield Caption(date(year, month, day).isoformat(), index, field), bool(found[3])
        before = text or before


def _only(found: Sequence[Caption]) -> Caption | None:
    """The caption if all say the same."""
    return found[0] if len({caption.text for caption in found}) == 1 else None


def _day_of_month(days: Sequence[Caption], months: Sequence[Caption]) -> Caption | None:
    """The one day that is in the one month which is also named."""
    day, month = _only(days), _only(months)
    return day if day and month and day.text[:7] == month.text[:7] else None


def _plain(cell: str) -> str:
    return normal("NFKC", cell).strip()
