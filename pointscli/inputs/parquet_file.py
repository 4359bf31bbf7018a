"""Reads Parquet through DuckDB: a connection that may open this one file and nothing else."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING

from pointscli.inputs.grid import Grid
from pointscli.inputs.headers import TableSpec, header_key, known_names
from pointscli.inputs.positions import RecordPositions
from pointscli.model.problem import Place, Problem

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MOST_CELLS = 20_000_000
_FLOATS = ("DOUBLE", "FLOAT")
_PLAIN_TYPE = re.compile(
    r"VARCHAR|U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?|DECIMAL\(.*\)|DATE|TIMESTAMP(?:_S|_MS|_NS)?|BOOLEAN|DOUBLE|FLOAT"
    r"|ENUM\(.*\)|UUID|\"NULL\"",
    re.DOTALL,
)
_GLOB = re.compile(r"([\[*?])")


def read_parquet(path: Path, shown: str, spec: TableSpec) -> tuple[Grid | None, list[Problem]]:
    """Take a Parquet file apart: texts, decimals and dates as they are, DOUBLE as its shortest decimal text."""
    import duckdb  # noqa: PLC0415 - only where there is such a file

    place = str(path.resolve())
    pattern = _GLOB.sub(r"[\1]", place)  # DuckDB takes every path for a pattern
    try:
        with duckdb.connect(config={"autoinstall_known_extensions": "false"}) as connection:
            _fence(connection, (place, pattern))
            types = _types(connection, pattern)
            if wrong := _wrong_types(types, shown, spec):
                return None, wrong
            if _cells(connection, pattern, len(types)) > MOST_CELLS:
                return None, [_oversized(shown)]
            # PARQUET has no lines: a record is named by its number.
            query = "select cast(columns(*) as varchar) from read_parquet(?, hive_partitioning = false)"
            records = connection.execute(query, [pattern]).fetchall()
    except duckdb.Error:
        return None, [_damaged(shown)]
    rows = [["" if cell is None else cell for cell in record] for record in records]
    for number, (_, kind) in enumerate(types):
        if kind in _FLOATS:
            for row in rows:
                row[number] = double_text(row[number])
    titles = [title for title, _ in types]
    return Grid("parquet", [titles, *rows], range(len(rows) + 1), RecordPositions(shown), header=0), []


def double_text(text: str) -> str:
    """A DOUBLE's shortest text without exponent and without a needless `.0`; the number grammar judges it."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    if not number.is_finite():
        return text
    plain = format(number, "f")
    return plain.removesuffix(".0")


def _fence(connection: DuckDBPyConnection, allowed: tuple[str, ...]) -> None:
    listed = ", ".join("'" + path.replace("'", "''") + "'" for path in allowed)
    connection.execute("set autoload_known_extensions = false")
    connection.execute("set python_enable_replacements = false")
    connection.execute(f"set allowed_paths = [{listed}]")
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")


def _types(connection: DuckDBPyConnection, pattern: str) -> list[tuple[str, str]]:
    """Title and type of each column; DuckDB renames a repeated title, so titles come from the file's own schema."""
    described = connection.execute("describe select * from read_parquet(?, hive_partitioning = false)", [pattern])
    types = [(str(row[0]), str(row[1])) for row in described.fetchall()]
    schema = connection.execute("select name, num_children from parquet_schema(?)", [pattern]).fetchall()
    titles, inside = [], 0
    for name, children in schema[1:]:
        if not inside:
            titles.append(str(name))
        inside = max(inside - 1, 0) + (children or 0)
    if len(titles) != len(types):
        return types
    return [(title, kind) for title, (_, kind) in zip(titles, types, strict=True)]


def _cells(connection: DuckDBPyConnection, pattern: str, columns: int) -> int:
    """Cells of the table: a few bytes can stand for any number of rows that are alike."""
    counted = connection.execute("select sum(num_rows) from parquet_file_metadata(?)", [pattern]).fetchone()
    return columns * int(counted[0] or 0) if counted else 0


def _wrong_types(types: list[tuple[str, str]], shown: str, spec: TableSpec) -> list[Problem]:
    known = known_names(spec)
    return [
        Problem(
            "wrong-column-type",
            Place(shown, 0, number),
            "the column {column} has the type {type}",
            "write it as text, decimal or date",
            (("column", title), ("type", kind[:40])),
        )
        for number, (title, kind) in enumerate(types, 1)
        if header_key(title) in known and not _PLAIN_TYPE.fullmatch(kind)
    ]


def _oversized(shown: str) -> Problem:
    return Problem(
        "oversized-parquet",
        Place(shown),
        "the Parquet file is too large: more than {most} cells",
        "write only the columns of the table, or split it into several files",
        (("most", str(MOST_CELLS)),),
    )


def _damaged(shown: str) -> Problem:
    return Problem(
        "damaged-parquet", Place(shown), "the Parquet file cannot be read", "write it again, or take another copy"
    )
