"""Civil months, quarters, halves and years, and dates as the files write them."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

KINDS = ("month", "quarter", "half", "year")
LENGTH = {"month": 1, "quarter": 3, "half": 6, "year": 12}
MARKS = (("-", "-", ""), ("/", "/", ""), (r"\.", r"\.", ""), ("年", "月", "日"))
PERIOD = re.compile(r"(\d{4})(?:-?Q([1-4])|-?H([12])|-(\d{1,2}))?", re.IGNORECASE)
DAY = re.compile(r"(\d{4})(?:" + "|".join(f"{a}(\\d{{1,2}}){b}(\\d{{1,2}}){c}" for a, b, c in MARKS) + ")")


@dataclass(frozen=True, order=True)
class Period:
    """A civil period."""

    start: date
    end: date
    kind: str

    def holds(self, day: date) -> bool:
        """Whether the day lies inside."""
        return self.start <= day <= self.end

    @property
    def label(self) -> str:
        """The canonical name: 2021, 2021H1, 2021Q3, 2021-07."""
        year, month = self.start.year, self.start.month
        tail = {"month": f"-{month:02d}", "quarter": f"Q{(month + 2) // 3}", "half": f"H{(month + 5) // 6}"}
        return f"{year:04d}{tail.get(self.kind, '')}"


@cache
def period_of(day: date, kind: str) -> Period:
    """The period of that kind in which the day lies."""
    length = LENGTH[kind]
    first = (day.month - 1) // length * length + 1
    last = first + length - 1
    return Period(date(day.year, first, 1), date(day.year, last, calendar.monthrange(day.year, last)[1]), kind)


def parts(period: Period, kind: str) -> list[Period]:
    """The periods of a shorter (or the same) kind inside the period, in order."""
    months = range(period.start.month, period.end.month + 1, LENGTH[kind])
    return [period_of(date(period.start.year, month, 1), kind) for month in months]


def parse_period(text: object) -> Period:
    """Read 2021, 2021H1, 2021Q3 or 2021-07."""
    match = PERIOD.fullmatch(str(text).strip())
    if not match:
        raise ValueError(f"not a period: {text!r}")
    year, quarter, half, month = match.groups()
    if quarter:
        return period_of(date(int(year), int(quarter) * 3, 1), "quarter")
    if half:
        return period_of(date(int(year), int(half) * 6, 1), "half")
    if month:
        return period_of(date(int(year), int(month), 1), "month")
    return period_of(date(int(year), 1, 1), "year")


def parse_day(value: object) -> date:
    """Read a date in one of the accepted spellings."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    match = DAY.fullmatch(str(value).strip())
    if not match:
        raise ValueError(f"not a date: {value!r}")
    year, month, day = (int(group) for group in match.groups() if group is not None)
    return date(year, month, day)


def shortest_first(kinds: set[str]) -> list[str]:
    """Windows in the order in which bounds are applied."""
    return [kind for kind in KINDS if kind in kinds]
