"""The one place that talks to DuckDB: in memory, fenced off from files and network, integers only."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pointscli.model.problem import Refused

if TYPE_CHECKING:
    import duckdb
else:
    # The package around this module loads relations, their sources and its own metadata: three times the time of the
    # module, for nothing that is used here.
    try:
        import _duckdb as duckdb
    except ImportError:  # pragma: no cover (a DuckDB whose module has another name)
        import duckdb

_STAGES = Path(__file__).with_name("stages")
_SQL_TYPES = {"int": "bigint", "str": "varchar", "bool": "boolean"}
_FENCE = (
    "set python_enable_replacements = false",
    "set enable_external_access = false",
)
_LOCK = "set lock_configuration = true"
_AS_WRITTEN = "set disabled_optimizers = 'join_order,build_side_probe_side'"
_GLOB = re.compile(r"([\[*?])")
_MACROS = (
    # Nearest integer to n ÷ d, halves away from zero: what every quotient is cut to.
    "create macro half_up(n, d) as sign(n) * ((2 * abs(n::hugeint) + d) // (2 * d))",
    # The same where n is known to be small: no 128-bit arithmetic.
    "create macro half_up_small(n, d) as sign(n) * (abs(n) // d + (2 * (abs(n) % d) >= d)::int)",
    # A number as printed: to 6 places half up, then to `decimals` by the scheme's rounding; still in 10⁻⁹.
    # Each use of an argument is a copy of its text, and takes time to plan. `unit` is a power of ten: half is exact.
    """create macro cut(n, unit, rounding) as sign(n) * ((abs(n) + case rounding
        when 'half_up' then unit // 2
        when 'down' then 0
        else greatest(unit // 2 - 1 + (abs(n) // unit) % 2, 0)
    end) // unit)""",
    """create macro published(n, decimals, rounding) as
        cut(half_up(n, 1000), (10 ** (6 - decimals))::bigint, rounding) * (10 ** (9 - decimals))::bigint""",
)


class Unreadable(Exception):  # noqa: N818  (the file may be right: it is only not plain)
    """A file that was said to be regular is not."""


class OutOfMemory(Refused):
    """A statement needs more memory than there may be used, even with a folder to put tables aside."""

    def __init__(self) -> None:
        super().__init__(
            "the memory is not enough for this log",
            "give more with --memory, or free space in the folder for temporary files",
        )


class TooMuch(Refused):
    """Points add up to more than a number of 64 bits holds in parts of 10⁻⁹."""

    def __init__(self) -> None:
        super().__init__(
            "the points of one member add up to more than 9000000000",
            "look for points, weights and quantities that are far too large",
        )


_SHARE = 0.55
"""Of the memory that a process may use: what is left for tables, beside Python's own."""
_LEAST = 100_000_000


class Database:
    """A DuckDB connection that runs stage files."""

    def __init__(
        self, threads: int | None = None, readable: Sequence[Path] = (), *, spills: bool = False, memory: int = 0
    ) -> None:
        """Open an empty database in memory that can reach nothing outside but the files named.

        With `spills` it puts aside what has no room in a folder of its own; `memory`: bytes that the process may use.
        """
        config: dict[str, str | bool | int | float | list[str]] = {
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        }
        if threads is not None:
            config["threads"] = threads
        self._aside = _folder() if spills else None
        if self._aside is not None:
            config |= {"temp_directory": self._aside.name, "preserve_insertion_order": "false"}
        if memory:
            config["memory_limit"] = f"{max(int(memory * _SHARE), _LEAST)}B"
        self._connection = duckdb.connect(":memory:", config=config)
        self._begun: set[str] = set()
        """Tables that are there: what is appended goes into them."""
        for statement in (*_MACROS, *_allow(readable), *_FENCE, _AS_WRITTEN if readable else _LOCK):
            self._connection.execute(statement)

    def finish_reading(self) -> None:
        """Let the planner order joins again: while a file is read, the dictionaries are what is hashed."""
        for statement in ("reset disabled_optimizers", _LOCK):
            self._connection.execute(statement)

    def close(self) -> None:
        """Give the memory back, and what was put aside."""
        self._connection.close()
        if self._aside is not None:
            self._aside.cleanup()

    def _execute(self, statement: str, values: Mapping[str, object] | None = None) -> duckdb.DuckDBPyConnection:
        try:
            return self._connection.execute(statement, values)
        except duckdb.OutOfMemoryException as error:
            raise OutOfMemory from error
        except (duckdb.ConversionException, duckdb.OutOfRangeException) as error:
            raise TooMuch from error

    def load(self, table: str, columns: Mapping[str, tuple[str, Sequence[object]]]) -> None:
        """Create a table from columns: name → (SQL type, values); a column of one value is not sent row by row."""
        if not any(len(column) for _, column in columns.values()):
            described = ", ".join(f'"{name}" {kind}' for name, (kind, _) in columns.items())
            self._execute(f"create or replace table {table} ({described})")
            return
        parts, values = [], {}
        for name, (kind, column) in columns.items():
            if isinstance(column, range):
                parts.append(f"unnest(range({column.start}, {column.stop}))::{kind} as {name}")
            elif len(column) > 1 and parts and column.count(column[0]) == len(column):
                parts.append(f"${name}::{kind} as {name}")
                values[name] = column[0]
            else:
                parts.append(f"unnest(${name}::{kind}[]) as {name}")
                values[name] = list(column)
        self._execute(f"create or replace table {table} as select {', '.join(parts)}", values)

    def load_rows(self, table: str, row: type[NamedTuple], rows: Sequence[tuple[object, ...]]) -> None:
        """Create a table from values of one NamedTuple class: its fields are the columns."""
        kinds = [_SQL_TYPES[kind.__forward_arg__.partition(" ")[0]] for kind in row.__annotations__.values()]
        names = row.__annotations__.keys()
        values = zip(*rows, strict=True) if rows else ([] for _ in names)
        self.load(table, {name: (kind, column) for name, kind, column in zip(names, kinds, values, strict=True)})

    def stage(self, name: str, into: str | None = None) -> None:
        """Run a stage file as the table of its name (or over the table `into`)."""
        self._execute(f"create or replace table {into or name} as {_text(name)}")
        self._begun.add(into or name)

    def append(self, name: str, into: str | None = None) -> None:
        """Add a stage's rows to the table of its name (or to `into`), which the first call creates."""
        table = into or name
        begin = f"insert into {table}" if table in self._begun else f"create table {table} as"
        self._execute(f"{begin} {_text(name)}")
        self._begun.add(table)

    def outline(self, name: str, text: str = "") -> None:
        """The table of a stage (or of a query) without any row."""
        self._execute(f"create or replace table {name} as from ({text or _text(name)}) limit 0")
        self._begun.add(name)

    def view(self, name: str, text: str = "") -> None:
        """Let a stage (or a query) be worked out anew wherever it is used, instead of kept as a table."""
        self._execute(f"create or replace view {name} as {text or _text(name)}")

    def run(self, statement: str, values: Mapping[str, object] | None = None) -> None:
        """Run a statement that gives no rows."""
        self._execute(statement, values)

    def read(self, statement: str, values: Mapping[str, object]) -> list[tuple[Any, ...]]:
        """Run a statement that reads a file; Unreadable if the file is not as it was said to be."""
        try:
            return self._execute(statement, values).fetchall()
        except (duckdb.Error, TooMuch) as error:
            raise Unreadable(str(error)) from error

    def select(self, name: str) -> list[tuple[int, ...]]:
        """All rows of a stage file that nothing needs as a table."""
        return self.rows(_text(name))

    def rows(self, query: str, values: Mapping[str, object] | None = None) -> list[tuple[int, ...]]:
        """All rows of a query over finished tables."""
        return self._execute(query, values).fetchall()

    def column_types(self, table: str) -> dict[str, str]:
        """Column names and SQL types of a table."""
        described = self._execute(f"describe {table}").fetchall()
        return {str(row[0]): str(row[1]) for row in described}


def _folder() -> tempfile.TemporaryDirectory[str] | None:
    """A folder of our own for tables that have no room in memory; None if there is nowhere to put it."""
    try:
        return tempfile.TemporaryDirectory(prefix="points-", ignore_cleanup_errors=True)
    except OSError:
        return None


def pattern_of(path: Path) -> str:
    """A path as DuckDB's readers take it: they take every path for a pattern."""
    return _GLOB.sub(r"[\1]", str(path.resolve()))


def _allow(readable: Sequence[Path]) -> list[str]:
    """Let the readers open these files and no others."""
    names = [name for path in readable for name in (str(path.resolve()), pattern_of(path))]
    listed = ", ".join("'" + name.replace("'", "''") + "'" for name in names)
    return [f"set allowed_paths = [{listed}]"] if names else []


def _text(stage: str) -> str:
    return (_STAGES / f"{stage}.sql").read_text("utf-8")
