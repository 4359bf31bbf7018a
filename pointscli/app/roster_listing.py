"""Who is scored by which scheme in a period, who is ranked or exempt, and whom no scheme scores.

Only rules and roster decide it: what is wrong in the logs does not stop the listing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pointscli.app.inputs import Inputs, read_inputs
from pointscli.app.membership import accepts
from pointscli.app.question import Asked, Note, choose_scheme
from pointscli.app.workspace import Workspace
from pointscli.inputs.roster import Spell
from pointscli.inputs.roster_cells import allowed_values, cell_text, cell_values, column_id
from pointscli.model.log import DAY_PLACES
from pointscli.model.order import printed_order
from pointscli.model.period import Kind, Period
from pointscli.model.problem import FindingsError, UsageError
from pointscli.model.table import Cell, Column, Table
from pointscli.outputs.card_words import CardWords
from pointscli.outputs.titles import Language, Words
from pointscli.scheme.plan import version_at_end
from pointscli.scheme.types import Active, Scheme

COLUMNS = ("member", "name", "branch", "group", "kind", "scheme", "scored", "count", "listed", "ranked")
DETAILS = ("exempt", "since", "until", "remark")
Filters = Mapping[str, list[str] | None]


@dataclass(frozen=True, slots=True)
class Listing:
    """The listing, and what is to be said beside it."""

    table: Table
    notes: tuple[Note, ...]


def list_roster(workspace: Workspace, asked: Asked, columns: Filters, where: Sequence[tuple[str, str]]) -> Listing:
    """List everybody on the roster in the period, by branch, group and id.

    FindingsError if rules or roster are wrong; UsageError if the period has not begun.
    """
    inputs = read_inputs(workspace)
    rosters = {workspace.shown(path) for path in workspace.members}
    wrong = [problem for problem in inputs.errors if problem.place.path in rosters]
    if wrong:
        raise FindingsError(wrong)
    period, notes = _period(asked, inputs)
    as_of = min(period.end, asked.as_of or max(asked.today, period.start))
    if as_of < period.start:
        hint = "give a later --as-of, or ask for an earlier period"
        raise UsageError("{period} has not begun on {day}", hint, period=period.label, day=as_of.isoformat())
    wanted = _wanted(columns, where, inputs.roster.columns)
    lister = _Lister(inputs, period, as_of, workspace.language)
    rows = [row for spell, row in lister.rows(asked.scheme) if _passes(spell, wanted)]
    title = lister.texts.text("roster", period=lister.words.period(period))
    return Listing(Table(title, lister.columns(), tuple(rows)), tuple(notes))


def _period(asked: Asked, inputs: Inputs) -> tuple[Period, list[Note]]:
    """The period asked for; else the year of the last event (of the scheme asked for)."""
    if asked.scheme is not None:
        choose_scheme(asked, inputs.schemes)
    if asked.period is not None:
        return asked.period, []
    versions, last = inputs.index.versions, (asked.as_of or asked.today).toordinal()
    rows = zip(inputs.events.entries.place, inputs.events.items, strict=True)
    days = [place // DAY_PLACES for place, item in rows if asked.scheme in (None, versions[item.version].scheme)]
    latest = max((day for day in days if day <= last), default=last)
    period = Period.containing(Kind.YEAR, date.fromordinal(latest))
    return period, [Note("no period given: {period}, the last one with events", (("period", period.label),))]


def _wanted(columns: Filters, where: Sequence[tuple[str, str]], known: Sequence[str]) -> list[tuple[str, list[str]]]:
    """Every filter as a column with the values allowed in it."""
    asked = {column: list(values) for column, values in columns.items() if values}
    for column, value in where:
        asked.setdefault(column, []).append(value)
    for column in asked:
        if column_id(column) not in known:
            hint = "its columns are: {known}"
            raise UsageError("the roster has no column {column}", hint, column=column, known=", ".join(known))
    return list(asked.items())


def _passes(spell: Spell, wanted: Iterable[tuple[str, list[str]]]) -> bool:
    return all(
        not cell_values(spell.cells, column).isdisjoint(allowed_values(column, tuple(values)))
        for column, values in wanted
    )


class _Lister:
    """The rows of a listing."""

    def __init__(self, inputs: Inputs, period: Period, as_of: date, language: Language) -> None:
        self.inputs, self.period, self.as_of = inputs, period, as_of
        self.texts, self.words = CardWords(language), Words(language)
        self.spells: dict[int, list[Spell]] = {}
        for spell in inputs.roster.spells:
            if _overlaps(spell, period.start, as_of):
                self.spells.setdefault(spell.member, []).append(spell)

    def columns(self) -> tuple[Column, ...]:
        roster = {"member", "name", "branch", "group", "kind"}
        return tuple(
            Column(
                key,
                self.words.title(key) if key in roster else self.texts.text(key),
                "integer" if key == "count" else "text",
            )
            for key in (*COLUMNS, *DETAILS)
        )

    def rows(self, only: str | None) -> Iterator[tuple[Spell, tuple[Cell, ...]]]:
        """One row a member and scheme that scores it; without a scheme asked for, also those whom none scores."""
        ids = dict.fromkeys(scheme.id for scheme in self.inputs.schemes if only in (None, scheme.id))
        for number in sorted(self.spells, key=self._order):
            found = [row for scheme in ids for row in self._scored(number, scheme)]
            if not found and only is None:
                spell = self.spells[number][-1]
                found = [(spell, self._row(spell, {"remark": self.texts.text("nobody")}))]
            yield from found

    def _order(self, number: int) -> tuple[object, ...]:
        cells = self.spells[number][-1].cells
        keys = (printed_order(cell_text(cells, column)) for column in ("branch", "group"))
        return (*keys, self.inputs.roster.members[number].id)

    def _scored(self, number: int, scheme_id: str) -> Iterator[tuple[Spell, tuple[Cell, ...]]]:
        """The row of a member under a scheme, if it is active in any settlement period, or listed."""
        versions = [scheme for scheme in self.inputs.schemes if scheme.id == scheme_id]
        periods = [one for scheme in versions for one in self._settled(scheme) if self._spell(scheme, number, one)]
        accepted = [one for one in self.spells[number] if any(accepts(scheme.members, one) for scheme in versions)]
        try:
            _, final = version_at_end(versions, scheme_id, self.period)
        except UsageError:
            return
        spell = self._spell(final, number, self.period)
        if spell is None and not periods:
            return
        shown = spell or (accepted or self.spells[number])[-1]
        cells: dict[str, Cell] = {
            "scheme": scheme_id,
            "scored": self.texts.text("and").join(self._runs(periods)),
            "count": len(periods),
            "listed": self.texts.text("yes" if spell else "no"),
            **self._ranked(final, spell),
        }
        why = "" if spell else self.texts.text(f"at_{final.active}")
        remarks = (why, cells.get("remark"), self._moved(shown))
        cells["remark"] = self.texts.text("comma").join(str(one) for one in remarks if one)
        yield shown, self._row(shown, cells)

    def _ranked(self, scheme: Scheme, spell: Spell | None) -> dict[str, Cell]:
        """Whether a member who is listed takes part in ranking and outcomes, and if not, why."""
        if spell is None:
            return {"ranked": self.texts.text("no")}
        why = spell.cells.get("exempt", "").strip()
        if why:
            return {"ranked": self.texts.text("no"), "exempt": why}
        if scheme.ranking is None:
            return {"ranked": self.texts.text("no"), "remark": self.texts.text("unranked")}
        if not accepts(scheme.ranking.only, spell):
            return {"ranked": self.texts.text("no"), "remark": self.texts.text("outside")}
        return {"ranked": self.texts.text("yes")}

    def _moved(self, spell: Spell) -> str:
        """Where a member was before, inside the period."""
        spells = self.spells[spell.member]
        place = spells.index(spell)
        if not place:
            return ""
        old, new = (
            {key: cell_text(one.cells, key) for key in ("branch", "kind")} for one in spells[place - 1 : place + 1]
        )
        parts = []
        if old["branch"] != new["branch"]:
            parts.append(self.texts.text("was_in", branch=old["branch"]))
        if old["kind"] != new["kind"]:
            parts.append(self.texts.text("was", kind=self.words.kind(old["kind"])))
        return self.texts.text("comma").join(parts)

    def _row(self, spell: Spell, cells: Mapping[str, Cell]) -> tuple[Cell, ...]:
        roster = {key: cell_text(spell.cells, key) for key in ("branch", "group")}
        whole: dict[str, Cell] = {
            "member": self.inputs.roster.members[spell.member].id,
            "name": spell.cells.get("name", ""),
            **roster,
            "kind": self.words.kind(spell.cells.get("kind", "")),
            "since": spell.since.isoformat() if spell.since else "",
            "until": spell.until.isoformat() if spell.until else "",
            **cells,
        }
        return tuple(whole.get(key) for key in (*COLUMNS, *DETAILS))

    def _settled(self, scheme: Scheme) -> list[Period]:
        """The settlement periods that touch the period, have begun, and lie where the version is in force."""
        first = Period.containing(scheme.settle, self.period.start).number
        last = Period.containing(scheme.settle, self.as_of).number
        inside = [Period(scheme.settle, number) for number in range(first, last + 1)]
        end = scheme.effective_to or date.max
        return [one for one in inside if scheme.effective_from <= one.start and one.end <= end]

    def _spell(self, scheme: Scheme, number: int, period: Period) -> Spell | None:
        """The roster row by which a member is active in a period; None if it is not."""
        start, stop = period.start, min(period.end, self.as_of)
        rows = [
            spell for spell in self.spells[number] if _overlaps(spell, start, stop) and accepts(scheme.members, spell)
        ]
        match scheme.active:
            case Active.START:
                rows = [spell for spell in rows if spell.since is None or spell.since <= start]
            case Active.END:
                rows = [spell for spell in rows if spell.until is None or spell.until >= stop]
            case Active.WHOLE if sum(_days(spell, start, stop) for spell in rows) <= (stop - start).days:
                rows = []
        return max(rows, key=lambda spell: spell.since or date.min, default=None)

    def _runs(self, periods: Sequence[Period]) -> list[str]:
        """`2021年1月至2021年3月` for each run of periods without a gap."""
        runs: list[list[Period]] = []
        for period in sorted(periods, key=lambda one: one.first_month):
            if runs and period.first_month == runs[-1][-1].first_month + runs[-1][-1].kind.size:
                runs[-1].append(period)
            else:
                runs.append([period])
        return [
            run[0].label if len(run) == 1 else self.texts.text("to", first=run[0].label, last=run[-1].label)
            for run in runs
        ]


def _overlaps(spell: Spell, start: date, stop: date) -> bool:
    return (spell.since is None or spell.since <= stop) and (spell.until is None or spell.until >= start)


def _days(spell: Spell, start: date, stop: date) -> int:
    return (min(spell.until or stop, stop) - max(spell.since or start, start)).days + 1
