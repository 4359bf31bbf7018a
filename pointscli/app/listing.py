"""Which members are listed, and sums by group or dimension. Neither changes a rank."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from pointscli.app.tally import Report
from pointscli.inputs.roster_cells import allowed_values, cell_text, cell_values, column_id
from pointscli.model.order import printed_order
from pointscli.model.problem import UsageError
from pointscli.model.table import Cell, Column, Table
from pointscli.model.tally import Standing, Tally
from pointscli.model.units import published
from pointscli.outputs.titles import Language, Words


def filter_listing(report: Report, columns: Mapping[str, list[str] | None], where: Sequence[tuple[str, str]]) -> Report:
    """List only members whose roster row has one of the values in every column asked for."""
    asked = {column: list(values) for column, values in columns.items() if values}
    for column, value in where:
        asked.setdefault(column, []).append(value)
    if not asked:
        return report
    standings = report.tally.standings
    known = sorted({column for one in standings for column in one.row})
    for column in asked:
        if standings and column_id(column) not in known:
            raise UsageError(
                "the roster has no column {column}", "its columns are: {known}", column=column, known=", ".join(known)
            )
    listed = frozenset(one.member for one in standings if all(_has(one, *pair) for pair in asked.items()))
    return replace(report, tally=replace(report.tally, listed=listed))


def _has(standing: Standing, column: str, values: list[str]) -> bool:
    return not cell_values(standing.row, column).isdisjoint(allowed_values(column, tuple(values)))


def sum_by(report: Report, by: str, language: Language) -> Table:
    """Sums of the listed members' published numbers: one row a branch, Party group or dimension."""
    from pointscli.outputs.page import marks  # noqa: PLC0415  (a tally without sums need not load pages)

    words = Words(language)
    title = f"{report.tally.title} {words.period(report.tally.period)}"
    if by == "dimension":
        table = _by_dimension(report, words)
    else:
        table = _by_column(report.tally, ("branch", "group") if by == "group" else ("branch",), words)
    return replace(table, title=title, marks=marks(report.tally, words))


def _by_column(tally: Tally, columns: tuple[str, ...], words: Words) -> Table:
    groups: dict[tuple[str, ...], list[Standing]] = {}
    for one in tally.listing:
        groups.setdefault(tuple(cell_text(one.row, column) for column in columns), []).append(one)
    rows: list[tuple[Cell, ...]] = []
    for key in sorted(groups, key=lambda key: [printed_order(text) for text in key]):
        members = groups[key]
        sums = [sum((one.columns[i] for one in members), _zero(tally)) for i in range(len(tally.columns))]
        score = sum((one.score for one in members), _zero(tally))
        rows.append((*key, len(members), *sums, score, _mean(score, len(members), tally)))
    return Table(
        "",
        (
            *(Column(column, words.title(column)) for column in columns),
            Column("count", words.title("count"), "integer"),
            *(Column(heading.id, heading.title, "number") for heading in tally.columns),
            Column("score", words.title("score"), "number"),
            Column("mean", words.title("mean"), "number"),
        ),
        tuple(rows),
    )


def _by_dimension(report: Report, words: Words) -> Table:
    tally = report.tally
    listed = {one.member for one in tally.listing}
    rows: list[tuple[Cell, ...]] = []
    for number in (*range(1, len(report.dimensions)), 0):
        values = [
            published(units, tally.decimals)
            for (member, dimension), units in report.sums.items()
            if dimension == number and member in listed
        ]
        if values or number:
            score = sum(values, _zero(tally))
            counted = _counted(values)
            rows.append((report.dimensions[number] or "-", counted, score, _mean(score, len(listed), tally)))
    return Table(
        "",
        (
            Column("dimension", words.title("dimension")),
            Column("count", words.title("count"), "integer"),
            Column("score", words.title("score"), "number"),
            Column("mean", words.title("mean"), "number"),
        ),
        tuple(rows),
    )


def _counted(values: Iterable[Decimal]) -> int:
    """Members with points other than 0."""
    return sum(1 for value in values if value)


def _zero(tally: Tally) -> Decimal:
    return Decimal(0).scaleb(-tally.decimals)


def _mean(total: Decimal, count: int, tally: Tally) -> Decimal:
    quotient = total / count if count else total
    return quotient.quantize(Decimal(1).scaleb(-tally.decimals), ROUND_HALF_UP)
