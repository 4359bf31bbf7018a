"""`points review --list`: what waits at which stage and since when, as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from pointscli.app.review import Docket
from pointscli.app.review_rows import iso
from pointscli.app.review_select import spell_on
from pointscli.app.review_subjects import Subject, named
from pointscli.inputs.roster_cells import cell_text
from pointscli.model.table import Cell, Column, Table
from pointscli.outputs.titles import Language, Words

_TITLES: dict[str, tuple[str, str]] = {
    "waiting": ("待审核事项", "Waiting for review"),
    "objections": ("未处理的异议", "Open objections"),
    "event": ("事项编号", "Event"),
    "members": ("党员编号", "Member IDs"),
    "what": ("事项", "Item"),
    "date": ("日期", "Date"),
    "stage": ("现处阶段", "Stage"),
    "counts": ("是否计分", "Counts"),
    "yes": ("是", "yes"),
    "no": ("否", "no"),
    "since": ("起始日", "Since"),
    "days": ("已等天数", "Days"),
    "objector": ("异议人", "Objected by"),
    "objection": ("异议理由", "Objection"),
    "quantity": ("数量", "Quantity"),
    "level": ("级别", "Level"),
    "points": ("分值", "Points"),
    "reason": ("事由", "Reason"),
    "evidence": ("依据", "Evidence"),
    "by": ("记录人", "Recorded by"),
    "scheme": ("方案", "Scheme"),
}
_CLAIMED = ("quantity", "level", "points", "reason", "evidence", "by")
_NUMBERS = ("quantity", "points")


@dataclass(frozen=True, slots=True)
class Showing:
    """In which language, for which day the days are counted (None: not at all), and whether these are objections."""

    language: Language
    today: date | None = None
    objections: bool = False
    is_short: bool = False
    """For people: of many names the first."""


def waiting_table(docket: Docket, subjects: Sequence[Subject], showing: Showing) -> Table:
    """One row an event or nomination."""
    builder = _Rows(docket, showing)
    rows = tuple(tuple(builder.row(subject)) for subject in subjects)
    columns = tuple(builder.column(name) for name in builder.names)
    title = _title("objections" if showing.objections else "waiting", showing.language)
    return Table(title, columns, rows)


def _title(name: str, language: Language) -> str:
    return _TITLES[name][language == "en"] if name in _TITLES else Words(language).title(name)


class _Rows:
    """Cells of subjects by column."""

    def __init__(self, docket: Docket, showing: Showing) -> None:
        self._docket, self._showing = docket, showing
        several = len({scheme.id for scheme in docket.inputs.schemes}) > 1
        why = ("objector", "objection") if showing.objections else ()
        days = ("days",) if showing.today else ()
        names = ("event", "name", "date", "what", *_CLAIMED[:3], "stage", "counts", "since", *days, *why)
        self.names = (*names, "members", "branch", *_CLAIMED[3:], *(("scheme",) if several else ()))
        self._spells = {member: [] for member in range(len(docket.inputs.roster.members))}  # type: ignore[var-annotated]
        for spell in docket.inputs.roster.spells:
            self._spells[spell.member].append(spell)

    def column(self, name: str) -> Column:
        """The column of a name."""
        kind = "number" if name in _NUMBERS else "integer" if name == "days" else "text"
        return Column(name, _title(name, self._showing.language), kind)  # type: ignore[arg-type]

    def row(self, subject: Subject) -> list[Cell]:
        """The cells of a subject."""
        state, roster, day = subject.state, self._docket.inputs.roster, date.fromordinal(subject.day)
        since = state.opened if self._showing.objections else state.since
        separator = Words(self._showing.language).text("separator")
        branches = [cell_text(spell_on(self._spells[member], day).cells, "branch") for member in subject.members]
        cells: dict[str, Cell] = {
            "event": subject.id,
            "name": named(subject.names, separator) if self._showing.is_short else separator.join(subject.names),
            "date": subject.period.label if subject.period else day.isoformat(),
            "what": subject.what,
            "stage": subject.reached,
            "counts": _title("yes" if subject.counts else "no", self._showing.language),
            "since": iso(since),
            "members": separator.join(roster.members[member].id for member in subject.members),
            "branch": separator.join(dict.fromkeys(branches)),
            "scheme": subject.scheme,
            **{name: subject.cells.get(name, "") for name in _CLAIMED},
        }
        cells |= {name: _number(str(cells[name])) for name in _NUMBERS}
        if self._showing.today:
            cells["days"] = self._showing.today.toordinal() - since
        if self._showing.objections and state.objected is not None:
            cells["objector"], cells["objection"] = self._docket.who(subject, state.objected)
        return [cells[name] for name in self.names]


def _number(text: str) -> Cell:
    """A number as it was written; None if there is none."""
    if not text:
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


def stage_counts(subjects: Sequence[Subject]) -> list[tuple[str, int]]:
    """How many wait at each stage, in the order of the list."""
    counts: dict[str, int] = {}
    for subject in subjects:
        counts[subject.reached] = counts.get(subject.reached, 0) + 1
    return list(counts.items())
