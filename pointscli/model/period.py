"""Civil months, quarters, halves and years: the windows in which everything is counted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Kind(StrEnum):
    """A kind of period."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"

    @property
    def size(self) -> int:
        """Length in months."""
        return {"month": 1, "quarter": 3, "half": 6, "year": 12}[self.value]


def month_number(day: date) -> int:
    """Months since year 0: a window of `size` months has the number `month // size`."""
    return day.year * 12 + day.month - 1


def first_day(month: int) -> date:
    """First day of a month number."""
    return date(month // 12, month % 12 + 1, 1)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One period: its kind and its number (`month number // size`)."""

    kind: Kind
    number: int

    @classmethod
    def containing(cls, kind: Kind, day: date) -> Period:
        """The period of a kind in which a day lies."""
        return cls(kind, month_number(day) // kind.size)

    @property
    def first_month(self) -> int:
        """Its first month number."""
        return self.number * self.kind.size

    @property
    def start(self) -> date:
        """Its first day."""
        return first_day(self.first_month)

    @property
    def end(self) -> date:
        """Its last day."""
        return first_day(self.first_month + self.kind.size) - timedelta(days=1)

    @property
    def year(self) -> Period:
        """The calendar year it lies in."""
        return Period(Kind.YEAR, self.first_month // 12)

    @property
    def label(self) -> str:
        """`2021-07`, `2021Q3`, `2021H2` or `2021`."""
        year, month = divmod(self.first_month, 12)
        match self.kind:
            case Kind.MONTH:
                return f"{year:04d}-{month + 1:02d}"
            case Kind.QUARTER:
                return f"{year:04d}Q{month // 3 + 1}"
            case Kind.HALF:
                return f"{year:04d}H{month // 6 + 1}"
            case Kind.YEAR:
                return f"{year:04d}"

    def inside(self, kind: Kind) -> list[Period]:
        """The periods of a shorter (or the same) kind that make it up, in order."""
        first = self.first_month // kind.size
        return [Period(kind, first + i) for i in range(self.kind.size // kind.size)]


_NUMBERS = {numeral: nth for nth, numeral in enumerate("一二三四五六七八九十", 1)}
_NUMBERS |= {"十一": 11, "十二": 12, "上": 1, "下": 2, "": 1}
LAST_YEAR = 2999
"""Of a period, as of the dates in rule files."""
_NUMERALS = r"([0-9]{1,2}|十[一二]?|[一二三四五六七八九])"
_SPELLINGS = {
    Kind.MONTH: (r"(\d{4})[-/.](\d{1,2})", rf"(\d{{4}})年{_NUMERALS}月份?"),
    Kind.QUARTER: (r"(\d{4})-?q([1-4])", rf"(\d{{4}})年第?{_NUMERALS}季度?"),
    Kind.HALF: (r"(\d{4})-?h([12])", r"(\d{4})年([上下])半年"),
    Kind.YEAR: (r"(\d{4})()", r"(\d{4})年度?()"),
}


def parse_period(text: str, kind: Kind | None = None) -> Period | None:
    """Read `2021-07`, `2021Q3`, `2021-q3`, `2021年第三季度`, `2021年上半年`, `2021` …; None: it is none."""
    plain = text.strip().lower().translate({0xFF10 + i: str(i) for i in range(10)})
    for one in [kind] if kind else list(Kind):
        for spelling in _SPELLINGS[one]:
            if found := re.fullmatch(spelling, plain, re.ASCII):
                year, nth = int(found[1]), _NUMBERS.get(found[2]) or int(found[2])
                if nth <= 12 // one.size and nth >= 1 and 1 <= year <= LAST_YEAR:
                    return Period(one, year * (12 // one.size) + nth - 1)
    return None
