"""Puts every row of a form into its pile: records, and what a form has besides them, each row by its number."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from pointscli.inputs.form_captions import Captions, has_label, read_captions
from pointscli.inputs.form_layout import Layout
from pointscli.inputs.form_words import MINUS, PLUS
from pointscli.model.names import item_key
from pointscli.model.normal import normal

_SUM = r"(?:合计|小计|总计|共计|累计)(?:得分|积分|分值|分)?(?::.*)?"
_TOTAL = re.compile(rf"(?:(?:本[月季年页期]|全年|[0-9]{{1,2}}月)?{_SUM}|(?:total|subtotal|sum)(?::.*)?)")
_LOOSE_TOTAL = re.compile(rf"(?:.{{0,6}}{_SUM}|(?:total|subtotal|sum)(?::.*)?)")
"""What a line begins with may be `张三小计`; an item may be called `学时累计`."""
_SIGNATURE = re.compile(
    r".*(?:签字|签名|签章|盖章|公章)(?:处|栏)?(?:[:(].*|\))?"
    r"|.*(?:审核|审批|审议|评议|认定|考评|支部|小组|党委|总支|机关|个人)[^:]{0,8}意见(?:[:(].*)?"
    r"|(?:制表|填表|填报|审核|复核|审批|负责|经办|统计|报送|联系)(?:(?:人|日期|时间|单位)(?::.*)?|:.*)"
    r"|(?:备注|说明|注|填表说明|注意事项)(?:[:1-9(].*)?"
    r"|[0-9]*年[0-9]*月[0-9]*日"
)
_SECTION = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|第[一二三四五六七八九十]+[部章节]).*"
)
_BLANKS = re.compile(r"\s+")
_REQUIRED = ("date", "member", "item")
_AMOUNTS = ("quantity", "points", PLUS, MINUS)
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?", re.ASCII)
_FEWEST = 2


class Pile(StrEnum):
    """Where a row of a form ends."""

    RECORD = "record"
    BLANK = "blank"
    TITLE = "title"
    HEADING = "heading"
    TOTAL = "total"
    SIGNATURE = "signature"


@dataclass(slots=True)
class Sorted:
    """The indexes of a sheet's rows by pile, and the captions that hold for each record."""

    piles: dict[Pile, list[int]] = field(default_factory=lambda: {pile: [] for pile in Pile})
    captions: dict[int, Captions] = field(default_factory=dict)


def sort_rows(
    rows: Sequence[Sequence[str]],
    layout: Layout,
    wide: Collection[int],
    flawed: Collection[int],
    items: Collection[str],
) -> Sorted:
    """Sort all rows.

    `wide` have cells merged over several columns, `flawed` have findings even if they look empty. A row with one of
    the `items` (by `item_key`) is a record, whatever its words sound like.
    """
    sorter = _Sorter(rows, layout, wide, flawed, items)
    for index in range(len(rows)):
        sorter.add(index)
    return sorter.found


class _Sorter:
    """Goes down a sheet; a heading that is repeated may begin a form of somebody else."""

    def __init__(
        self,
        rows: Sequence[Sequence[str]],
        layout: Layout,
        wide: Collection[int],
        flawed: Collection[int],
        items: Collection[str],
    ) -> None:
        self.rows, self.layout, self.wide, self.flawed, self.items = rows, layout, wide, flawed, items
        self.found = Sorted()
        heading = range(layout.first, layout.last + 1)
        self.headings = [[_key(cell) for cell in rows[index]] for index in heading]
        repeated = [index for index in range(layout.last + 1, len(rows)) if self._is_heading(rows[index])]
        self.above = {index: list(range(layout.first)) if index == layout.first else [] for index in heading}
        self.above |= {index: self._rows_above(index) for index in repeated}
        self.titles = {index for above in self.above.values() for index in above}
        self.captions = Captions()
        self.signed = False

    def add(self, index: int) -> None:
        """Sort one row."""
        pile = self._pile(index, self.rows[index])
        self.found.piles[pile].append(index)
        if pile is Pile.HEADING:
            self._begin(index)
        elif pile is Pile.RECORD:
            self.found.captions[index] = self.captions
        self.signed = pile is Pile.SIGNATURE or (self.signed and pile is Pile.BLANK)

    def _begin(self, index: int) -> None:
        """A table begins: with captions of its own, or as the one before goes on over the page."""
        captions = read_captions(self.rows, self.above[index])
        if captions.names_member or captions.date:
            kept = self.captions
            self.captions = Captions(
                captions.member if captions.names_member else kept.member, captions.date or kept.date
            )

    def _pile(self, index: int, row: Sequence[str]) -> Pile:
        if self.layout.first <= index <= self.layout.last or index in self.above:
            return Pile.HEADING
        if index < self.layout.first or index in self.titles:
            return Pile.TITLE if self._filled(row) else Pile.BLANK
        if self._has_item(row) or self._has_all(row):
            return Pile.RECORD
        if self._is_total(row):
            return Pile.TOTAL
        filled = self._filled(row)
        if not filled:
            return Pile.RECORD if index in self.flawed else Pile.BLANK
        return self._loose(index, _key(row[filled[0]]), len(filled), row)

    def _loose(self, index: int, text: str, count: int, row: Sequence[str]) -> Pile:
        """The pile of a row that lacks a day, member or item, by its first text."""
        if not self._has_amount(row) and (_SIGNATURE.fullmatch(text) or (self.signed and count == 1)):
            return Pile.SIGNATURE
        if count == 1 and (index in self.wide or _SECTION.fullmatch(text)):
            return Pile.TITLE
        return Pile.RECORD

    def _filled(self, row: Sequence[str]) -> list[int]:
        """The fields that say something; the number of a line does not: empty lines of a form are often numbered."""
        return [
            i
            for i, cell in enumerate(row)
            if (key := _key(cell)) and not (i == self.layout.ordinal and _NUMBER.fullmatch(key))
        ]

    def _has_amount(self, row: Sequence[str]) -> bool:
        places = (self.layout.fields.get(name, -1) for name in _AMOUNTS)
        return any(0 <= place < len(row) and _NUMBER.fullmatch(_key(row[place])) for place in places)

    def _has_item(self, row: Sequence[str]) -> bool:
        place = self.layout.fields.get("item", -1)
        return 0 <= place < len(row) and item_key(row[place]) in self.items

    def _has_all(self, row: Sequence[str]) -> bool:
        """Whether day, member and item, as far as the form has columns for them, say something of their own."""
        places = [self.layout.fields[name] for name in _REQUIRED if name in self.layout.fields]
        texts = [_key(row[place]) if place < len(row) else "" for place in places]
        return bool(texts) and all(text and not _is_word(text) for text in texts)

    def _is_total(self, row: Sequence[str]) -> bool:
        """Whether the first text, or the number or name of the line, says that it is a total."""
        first = next((cell for cell in row if cell.strip()), "")
        places = {self.layout.ordinal, *(self.layout.fields.get(name, -1) for name in _REQUIRED)}
        keys = [_key(row[place]) for place in places if 0 <= place < len(row)]
        return bool(_LOOSE_TOTAL.fullmatch(_key(first)) or any(map(_TOTAL.fullmatch, keys)))

    def _is_heading(self, row: Sequence[str]) -> bool:
        """Whether a row repeats a line of the heading."""
        said = [(i, key) for i, cell in enumerate(row) if (key := _key(cell))]
        return len(said) >= _FEWEST and any(
            all(i < len(heading) and heading[i] == key for i, key in said) for heading in self.headings
        )

    def _rows_above(self, index: int) -> list[int]:
        """The titles and labels right above a repeated heading."""
        found = []
        for above in range(index - 1, self.layout.last, -1):
            row = self.rows[above]
            filled = [cell for cell in row if cell.strip()]
            if self._is_heading(row) or (len(filled) > 1 and not has_label(row)):
                break
            if len(filled) == 1 and (_is_word(_key(filled[0])) and not has_label(row)):
                break
            found.append(above)
        return found[::-1]


def _is_word(text: str) -> bool:
    """Whether a text belongs to a total or a signature."""
    return bool(_TOTAL.fullmatch(text) or _SIGNATURE.fullmatch(text))


def _key(cell: str) -> str:
    return _BLANKS.sub("", normal("NFKC", cell)).casefold()
