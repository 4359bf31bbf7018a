"""The stages on Spark: the tables of a computation are views of a session, the statements those of the stage files."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pointscli.engine.database import Database, _text
from pointscli.engine.run import ONE_PART, Computation
from pointscli.engine.spark_session import explained, start_session
from pointscli.engine.spark_text import SINGLE, cell_name, translate
from pointscli.model.log import EventLog
from pointscli.model.membership import Membership
from pointscli.model.plan import Plan

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

LARGE = 8 << 20
"""Bytes of an event log from which on Spark reads it itself."""
_KINDS = {"varchar": "string", "bigint[]": "array<bigint>"}
_ROWS = 50_000
"""Rows that go to Spark in one text."""
_PLAIN = re.compile(r"^[^\[\]{}*?%\\]+/[^_./\[\]{}*?%\\][^/\[\]{}*?%\\]*\.(csv|parquet)$")
"""Paths that mean themselves to Hadoop, which leaves out files whose names begin with a line or a point."""
_SMALL = {
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.autoBroadcastJoinThreshold": "-1",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.defaultSizeInBytes": "1000",
    "spark.sql.leafNodeDefaultParallelism": "1",
    "spark.sql.maxSinglePartitionBytes": "9223372036854775807",
    "spark.sql.shuffle.partitions": "1",
}
"""For tables of one part: what is planned and compiled takes longer than what is computed."""


@dataclass(frozen=True, slots=True)
class SparkEngine:
    """Makes computations that run on the Spark at an address."""

    master: str = "local[*]"
    java_home: str | None = None
    urls: tuple[str, ...] = ()
    """Event logs that Spark reads itself instead of the workspace's."""

    def __call__(self, plan: Plan, membership: Membership, log: EventLog) -> Computation:
        """The computation of a log; UsageError if Spark cannot run here."""
        db = SparkDatabase(self.start(), small=len(log.entries) < ONE_PART)
        return SparkComputation(plan, membership, log, db)

    def near(self, paths: Sequence[Path]) -> tuple[str, ...]:
        """The URLs of large files that Spark can read itself: none, unless it runs on this machine."""
        if not self.master.startswith("local") or sum(path.stat().st_size for path in paths) < LARGE:
            return ()
        names = [path.resolve().as_posix() for path in paths]
        is_plain = all(_PLAIN.search(name) for name in names)
        return tuple(f"file://{name if name.startswith('/') else '/' + name}" for name in names) if is_plain else ()

    def start(self) -> SparkSession:
        """The session; UsageError if Spark cannot run here."""
        return start_session(self.master, self.java_home)


class SparkComputation(Computation):
    """The same stages over a session."""

    def __init__(self, plan: Plan, membership: Membership, log: EventLog, db: SparkDatabase) -> None:
        """Load everything."""
        self._spark = db
        super().__init__(plan, membership, log)

    def _open(self, threads: int | None) -> Database:
        del threads
        return self._spark


class SparkDatabase(Database):
    """Tables and stage files on a Spark session."""

    def __init__(self, session: SparkSession, *, small: bool) -> None:
        """Begin without a table; `small`: every table is one part."""
        self.session = session.newSession()
        self._small = False
        self._cells: dict[str, object] = {}
        self._frames: dict[str, DataFrame] = {}
        if small:
            self.shrink()

    def shrink(self) -> None:
        """Let every table be one part from now on."""
        self._small = True
        for name, value in _SMALL.items():
            self.session.conf.set(name, value)

    def close(self) -> None:
        """Give the memory back."""
        for name in self._frames:
            self.session.catalog.dropTempView(name)
        self._frames.clear()

    def load(self, table: str, columns: Mapping[str, tuple[str, Sequence[object]]]) -> None:
        """Create a table from columns: name → (SQL type, values)."""
        if table in SINGLE:
            self._cells |= {cell_name(table, name): values[0] for name, (_, values) in columns.items()}
        schema = ", ".join(f"`{name}` {_KINDS.get(kind, kind)}" for name, (kind, _) in columns.items())
        rows = list(zip(*(values for _, values in columns.values()), strict=True))
        query = f"select inline(from_json(:text, 'array<struct<{schema}>>', map('mode', 'FAILFAST')))"
        parts = []
        for first in range(0, len(rows) or 1, _ROWS):
            # As text: rows of Python would be taken apart by a Python on the other side.
            part = [dict(zip(columns, row, strict=True)) for row in rows[first : first + _ROWS]]
            parts.append(self.session.sql(query, args={"text": json.dumps(part, ensure_ascii=False)}))
        self.keep(table, reduce(type(parts[0]).unionAll, parts), now=False)

    def stage(self, name: str, into: str | None = None) -> None:
        """Run a stage file as the table of its name (or over the table `into`)."""
        self.keep(into or name, self._select(_text(name)))

    def append(self, name: str, into: str | None = None) -> None:
        """Add a stage's rows to the table of its name (or to `into`), which the first call creates."""
        found = self._select(_text(name))
        before = self._frames.get(into or name)
        self.keep(into or name, found if before is None else before.unionAll(found))

    def rows(self, query: str, values: Mapping[str, object] | None = None) -> list[tuple[int, ...]]:
        """All rows of a query over finished tables."""
        del values  # of tables of events only, which Spark reads elsewhere
        with explained():
            found = self._select(query).collect()
        return [tuple(int(cell) if isinstance(cell, Decimal) else cell for cell in row) for row in found]

    # -- running

    def _select(self, text: str) -> DataFrame:
        query = translate(text)
        cells: dict[str, Any] = {cell_name(*cell): self._cells[cell_name(*cell)] for cell in query.cells}
        return self.session.sql(query.text, args=cells)

    # -- for logs that Spark reads itself

    def query(self, text: str) -> DataFrame:
        """A query in Spark's own words."""
        return self.session.sql(text)

    def name(self, table: str, frame: DataFrame) -> None:
        """Give a frame a name in queries."""
        frame.createOrReplaceTempView(table)

    def keep(self, table: str, frame: DataFrame, *, now: bool = True) -> None:
        """Compute a table once, however often it is read."""
        with explained():
            kept = (frame.coalesce(1) if self._small else frame).localCheckpoint(eager=now)
        kept.createOrReplaceTempView(table)
        self._frames[table] = kept
