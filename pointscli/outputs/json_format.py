"""JSON, as documented and versioned by `format`: numbers keep their decimal places, one member a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal

from pointscli.model.table import Cell, Table
from pointscli.model.tally import Heading, Standing, Tally
from pointscli.outputs.cells import cell_text, escaped_json, number_text
from pointscli.outputs.look import Look
from pointscli.outputs.outcomes import Outcomes, outcomes_table
from pointscli.outputs.ranking import ROSTER
from pointscli.outputs.tables import Result

FORMAT = 1


def render(result: Result, look: Look) -> str:
    """The whole result; the tally's own layout for a tally, columns and rows for any other table."""
    match result:
        case Tally():
            text = _tally(result)
        case Outcomes():
            text = _table(outcomes_table(result.tally, look.words, ids=True))
        case Table():
            text = _table(result)
    return escaped_json(text) + "\n"


def member_lines(tally: Tally) -> list[str]:
    """One JSON object a listed member."""
    return [_member(standing, tally) for standing in tally.listing]


def row_lines(table: Table) -> list[str]:
    """One JSON object a row, by column id."""
    return [
        _object({column.id: _cell(cell) for column, cell in zip(table.columns, row, strict=True)}) for row in table.rows
    ]


def _tally(tally: Tally) -> str:
    head = {
        "format": FORMAT,
        "scheme": tally.scheme,
        "version": tally.version or None,
        "title": tally.title,
        "period": tally.period.label,
        "as_of": tally.as_of.isoformat(),
        "decided": tally.decided.isoformat() if tally.decided else None,
        "settle": tally.settle,
        "partial": tally.partial,
    }
    if tally.preview:
        head["preview"] = tally.preview
    tail = {"outcomes": json_text({outcome.id: list(outcome.members) for outcome in tally.outcomes})}
    confirming = [outcome for outcome in tally.outcomes if outcome.confirms]
    if confirming or tally.confirms:
        tail["nominated"] = json_text({one.id: {n.member: n.stage for n in one.nominated} for one in confirming})
    return _blocks(
        _pairs({key: json_text(value) for key, value in head.items()}),
        f'"columns": {_headings(tally.columns)}',
        f'"members": {_list(member_lines(tally))}',
        _pairs(tail),
    )


def _member(standing: Standing, tally: Tally) -> str:
    row = {key: json_text(standing.row.get(key, "")) for key in ROSTER}
    member = {
        "rank": json_text(standing.rank),
        "member": json_text(standing.member),
        "name": json_text(standing.name),
        **row,
        "score": number_text(standing.score, tally.decimals),
        "columns": _numbers(tally.columns, standing.columns, tally.decimals),
        "earned": number_text(standing.earned, tally.decimals),
        "grade": json_text(standing.grade),
        "stars": json_text(standing.stars),
    }
    if tally.derived:
        values = standing.derived or (None,) * len(tally.derived)
        member["derived"] = _numbers(tally.derived, values, tally.decimals)
    return _object(member | {"outcomes": json_text(list(standing.outcomes))})


def _table(table: Table) -> str:
    columns = tuple(Heading(column.id, column.title) for column in table.columns)
    return _blocks(f'"format": {FORMAT}', f'"columns": {_headings(columns)}', f'"rows": {_list(row_lines(table))}')


def _cell(cell: Cell) -> str:
    return cell_text(cell) if isinstance(cell, Decimal) else json_text(cell)


def _headings(headings: tuple[Heading, ...]) -> str:
    return json_text([{"id": heading.id, "title": heading.title} for heading in headings])


def _numbers(headings: tuple[Heading, ...], values: Iterable[Decimal | None], decimals: int) -> str:
    texts = ("null" if value is None else number_text(value, decimals) for value in values)
    return _object({heading.id: text for heading, text in zip(headings, texts, strict=True)})


def _blocks(*blocks: str) -> str:
    return "{" + ",\n ".join(blocks) + "}"


def _list(lines: list[str]) -> str:
    return "[\n  " + ",\n  ".join(lines) + "]" if lines else "[]"


def _object(pairs: Mapping[str, str]) -> str:
    return "{" + _pairs(pairs) + "}"


def _pairs(pairs: Mapping[str, str]) -> str:
    """Keys with values that are JSON text already."""
    return ", ".join(f"{json_text(key)}: {text}" for key, text in pairs.items())


def json_text(value: object) -> str:
    """JSON of anything but a Decimal."""
    return json.dumps(value, ensure_ascii=False)
