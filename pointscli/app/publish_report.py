"""The report (通报) to the general meeting: sums, comparison with the period before, lists, what is open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from pointscli.app.publish_basis import Basis, filled, mean_of
from pointscli.app.publish_before import movement, period_before, report_before
from pointscli.app.publish_counts import events, objections
from pointscli.app.tally import Report
from pointscli.model.notice import List
from pointscli.model.order import printed_order
from pointscli.model.paper import Fields, Grid, Leaf, NameLists, Paper, Part, Prose
from pointscli.model.table import Cell, Column, Table
from pointscli.model.tally import Standing
from pointscli.model.units import published

Values = Mapping[str, Sequence[Decimal]]
"""Name of a row → the members' numbers."""


def build_report(basis: Basis) -> Paper:
    """One leaf with numbered chapters."""
    words = basis.words
    before = report_before(basis)
    chapters: list[tuple[str, list[Part]]] = [
        ("overall", _overall(basis, before)),
        ("by_branch", _by_branch(basis, before)),
        ("by_column", _by_column(basis, before)),
        ("by_dimension", _by_dimension(basis, before)),
        ("by_grade", _steps(basis, before, "grade", lambda one: one.grade or "")),
        ("by_stars", _steps(basis, before, "stars", lambda one: "" if one.stars is None else str(one.stars))),
        ("movement", _movement(basis, before)),
        ("results", _results(basis)),
        ("objections", [objections(basis)]),
        ("events", [events(basis)]),
        ("open", [Prose("", basis.notice.marks or (words.text("nothing_open"),))]),
    ]
    parts: list[Part] = []
    for nth, (key, found) in enumerate(((key, found) for key, found in chapters if found), 1):
        parts += [Prose(words.numbered(nth, words.text(key)), ()), *found]
    heading = words.text("report", period=basis.period)
    return basis.paper(heading, [Leaf(heading, basis.notice.facts, tuple(parts), basis.notice.signature.lines)])


def _overall(basis: Basis, before: Report | None) -> list[Part]:
    words, number = basis.words, basis.number
    scores = [one.score for one in basis.tally.standings]
    prior = basis.titles.period(period_before(basis))
    if not scores:
        return [Prose("", (words.text("nobody"),))]
    mean = mean_of(scores, basis.tally.decimals)
    pairs = [
        (words.text("members"), str(len(scores))),
        (words.text("mean"), number(mean)),
        (words.text("most"), number(max(scores))),
        (words.text("least"), number(min(scores))),
    ]
    if before is None or not before.tally.standings:
        return [Fields(tuple(pairs)), Prose("", (words.text("no_period_before", period=prior),))]
    then = mean_of([one.score for one in before.tally.standings], basis.tally.decimals)
    pairs += [
        (words.text("mean_before"), number(then)),
        (words.text("change"), _signed(basis, mean - then)),
        (words.text("members_before"), str(len(before.tally.standings))),
    ]
    return [Fields(tuple(pairs)), Prose("", (words.text("compared", period=prior),))]


def _signed(basis: Basis, change: Decimal) -> str:
    return ("+" if change > 0 else "") + basis.number(change)


def _table(basis: Basis, head: str, now: Values, before: Values | None) -> Grid:
    """A row a name: members, mean, greatest, least; with the mean of the period before where it had the name."""
    words, decimals = basis.words, basis.tally.decimals
    rows: list[tuple[Cell, ...]] = []
    for name, values in now.items():
        mean = mean_of(values, decimals)
        old = (before or {}).get(name)
        then = mean_of(old, decimals) if old else None
        change = "" if then is None else _signed(basis, mean - then)
        rows.append((name, len(values), mean, then, change, max(values), min(values)))
    columns = (
        Column("name", head),
        Column("count", words.text("members"), "integer"),
        Column("mean", words.text("mean"), "number"),
        Column("mean_before", words.text("mean_before"), "number"),
        Column("change", words.text("change"), "number"),
        Column("most", words.text("most"), "number"),
        Column("least", words.text("least"), "number"),
    )
    return Grid(filled("", columns, rows))


def _by_branch(basis: Basis, before: Report | None) -> list[Part]:
    """Only where the audience sees branches and there are several."""
    now = _branches(basis.tally.standings)
    if len(now) < 2 or "branch" not in basis.profile.columns:  # noqa: PLR2004 - one branch is the whole
        return []
    then = _branches(before.tally.standings) if before else None
    return [_table(basis, basis.titles.title("branch"), now, then)]


def _branches(standings: Sequence[Standing]) -> dict[str, list[Decimal]]:
    found: dict[str, list[Decimal]] = {}
    for one in standings:
        found.setdefault(one.row.get("branch", ""), []).append(one.score)
    return {name: found[name] for name in sorted(found, key=printed_order)}


def _by_column(basis: Basis, before: Report | None) -> list[Part]:
    if not basis.tally.standings:
        return []
    then = _columns(before) if before else None
    return [_table(basis, basis.words.text("part"), _columns(basis.derived.report), then)]


def _columns(report: Report) -> dict[str, list[Decimal]]:
    """Columns by their titles: another version may have others."""
    tally = report.tally
    return {
        heading.title or heading.id: [one.columns[i] for one in tally.standings]
        for i, heading in enumerate(tally.columns)
        if tally.standings
    }


def _by_dimension(basis: Basis, before: Report | None) -> list[Part]:
    now = _dimensions(basis.derived.report)
    if not now:
        return []
    return [_table(basis, basis.titles.title("dimension"), now, _dimensions(before) if before else None)]


def _dimensions(report: Report) -> dict[str, list[Decimal]]:
    """Dimension → every member's points in it, 0 where there are none."""
    tally = report.tally
    return {
        name: [published(report.sums.get((one.member, nth), 0), tally.decimals) for one in tally.standings]
        for nth, name in enumerate(report.dimensions)
        if name and tally.standings
    }


def _steps(basis: Basis, before: Report | None, key: str, of: Callable[[Standing], str]) -> list[Part]:
    """How many members have each grade or number of stars, now and before; the highest first."""
    steps = basis.scheme.grades if key == "grade" else basis.scheme.stars
    now = Counter(of(one) for one in basis.tally.standings)
    if key not in basis.profile.columns or not any(name for name in now):
        return []
    then = Counter(of(one) for one in before.tally.standings) if before else Counter()
    words = basis.words
    ordered = sorted(steps, key=lambda one: (one.at is not None, one.at or Decimal(0)), reverse=True)
    rows = [(one.name, now[one.name], then[one.name] if before else None) for one in ordered]
    if now[""] or then[""]:
        rows.append((words.text("without"), now[""], then[""] if before else None))
    columns = (
        Column("name", basis.titles.title(key)),
        Column("count", words.text("members"), "integer"),
        Column("before", words.text("members_before"), "integer"),
    )
    return [Grid(filled("", columns, rows))]


def _movement(basis: Basis, before: Report | None) -> list[Part]:
    if before is None or not basis.tally.ranked:
        return []
    found = movement(basis, before.tally.standings)
    return [*found] or [Prose("", (basis.words.text("no_movement"),))]


def _results(basis: Basis) -> list[Part]:
    """The lists as the notice has them for this audience."""
    found: list[Part] = [_list(basis, one) for one in basis.notice.lists]
    return found or [Prose("", (basis.words.text("no_results"),))]


def _list(basis: Basis, one: List) -> NameLists:
    words = basis.words
    facts = [words.text("action", action=one.action)] if one.action else []
    if not one.shown:
        facts.append(words.text("counted_only"))
    elif not any(names.names for names in one.lists):
        facts.append(words.text("nobody"))
    return NameLists(words.text("list_count", title=one.title, count=one.count), tuple(facts), one.lists)


def report_tables(paper: Paper) -> list[tuple[str, Table]]:
    """The tables of a report with the headings of their chapters, for a workbook."""
    found: list[tuple[str, Table]] = []
    chapter = ""
    for part in paper.leaves[0].parts:
        if isinstance(part, Prose) and part.heading:
            chapter = part.heading
        if isinstance(part, Grid):
            found.append((part.table.title or chapter, _with_numbers(part.table)))
    return found


def _with_numbers(table: Table) -> Table:
    """The table with changes as numbers again: a spreadsheet shows no sign but computes with them."""
    kinds = [column.kind for column in table.columns]
    rows = tuple(
        tuple(
            (Decimal(cell) if cell else None) if isinstance(cell, str) and kind == "number" else cell
            for cell, kind in zip(row, kinds, strict=True)
        )
        for row in table.rows
    )
    return replace(table, rows=rows)
