"""Reads Parquet through DuckDB: a connection that may open this one file and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
    try:
        with open_fenced(path) as file:
            types = _types(file)
            if wrong := _wrong_types(types, shown, spec):
                return None, wrong
            if file.footer_count() * len(types) > MOST_CELLS:
                return None, [_oversized(shown)]
            # PARQUET has no lines: a record is named by its number.
            records = file.rows(
                "select cast(columns(*) as varchar) from read_parquet($path, hive_partitioning = false)"
            )
    except DamagedParquetError:
        return None, [_damaged(shown)]
    rows = [["" if cell is None else cell for cell in record] for record in records]
    for number, (_, kind) in enumerate(types):
        if kind in _FLOATS:
            for row in rows:
                row[number] = double_text(row[number])
    titles = [title for title, _ in types]
    return Grid("parquet", [titles, *rows], range(len(rows) + 1), RecordPositions(shown), header=0), []


class DamagedParquetError(Exception):
    """A file that is no Parquet, or only a part of one."""


class ParquetFile:
    """A Parquet file in a connection that can open nothing else."""

    def __init__(self, connection: DuckDBPyConnection, pattern: str) -> None:
        """Take an open connection."""
        self._connection, self._pattern = connection, pattern

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a query over the file `$path`."""
        return self._connection.execute(query, {"path": self._pattern}).fetchall()

    def types(self) -> list[tuple[str, str]]:
        """Title and type of each column; a repeated title has another name here."""
        described = self.rows("describe select * from read_parquet($path, hive_partitioning = false)")
        return [(str(row[0]), str(row[1])) for row in described]

    def titles(self) -> list[str]:
        """The titles of the outermost columns as they stand in the file."""
        titles, inside = [], 0
        for name, children in self.rows("select name, num_children from parquet_schema($path)")[1:]:
            if not inside:
                titles.append(str(name))
            inside = max(inside - 1, 0) + (children or 0)
        return titles

    def count(self) -> int:
        """How many records there are."""
        return int(self.rows("select count(*) from read_parquet($path, hive_partitioning = false)")[0][0])

    def footer_count(self) -> int:
        """How many records the file says there are: a few bytes can stand for any number that are alike."""
        return int(self.rows("select sum(num_rows) from parquet_file_metadata($path)")[0][0] or 0)

    def texts(self, column: int, most: int) -> set[str]:
        """Different texts of a column in the first records."""
        query = f"select distinct c::varchar from (select c{column} as c {self._source()} limit {most})"  # noqa: S608  (numbers)
        return {text for (text,) in self.rows(query) if text}

    def ends(self, column: int) -> set[str]:
        """The least and the greatest text of a column."""
        least, greatest = self.rows(f"select min(c{column})::varchar, max(c{column})::varchar {self._source()}")[0]
        return {text for text in (least, greatest) if text}

    def _source(self) -> str:
        named = ", ".join(f"c{number}" for number in range(len(self.types())))
        return f"from read_parquet($path, hive_partitioning = false) as t({named})"


@contextmanager
def open_fenced(path: Path) -> Iterator[ParquetFile]:
    """Open a Parquet file and nothing else; DamagedParquetError if anything asked of it has no answer."""
    import duckdb  # noqa: PLC0415 - only where there is such a file

    place = str(path.resolve())
    pattern = _GLOB.sub(r"[\1]", place)  # DuckDB takes every path for a pattern
    try:
        with duckdb.connect(config={"autoinstall_known_extensions": "false"}) as connection:
            _fence(connection, (place, pattern))
            yield ParquetFile(connection, pattern)
    except duckdb.Error as error:
        raise DamagedParquetError from error


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


def _types(file: ParquetFile) -> list[tuple[str, str]]:
    """Title and type of each column; DuckDB renames a repeated title, so titles come from the file's own schema."""
    return [(title, kind) for title, (_, kind) in zip(file.titles(), file.types(), strict=True)]


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
