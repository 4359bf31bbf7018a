# ruff: noqa: S608 - the SQL is put together from our own words only
"""An event log that Spark reads itself, by path or URL: texts become numbers by dictionaries of our own grammar.

Spark knows no lines, so nothing is mended here: a row that is not whole, or a text without a meaning, is refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pointscli.engine.run import Fault
from pointscli.engine.spark import LARGE, SparkComputation, SparkDatabase
from pointscli.engine.spark_session import explained
from pointscli.model.log import DAY_PLACES, KIND_PLACES, EventLog
from pointscli.model.membership import Membership
from pointscli.model.plan import Plan

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

READ = ("date", "member", "item", "quantity", "points", "level", "stage", "scheme")
"""Columns whose texts have a meaning."""
_KEPT = ("id", *READ, "evidence")
_DAMAGED = "points damaged record"
_CSV = {
    "header": "true",
    "quote": '"',
    "escape": '"',
    "mode": "PERMISSIVE",
    "columnNameOfCorruptRecord": _DAMAGED,
    "enforceSchema": "false",  # every file of a folder has the same header, or it is refused
    "encoding": "UTF-8",
    "ignoreLeadingWhiteSpace": "false",
    "ignoreTrailingWhiteSpace": "false",
    "maxCharsPerColumn": "131072",
}
_TABLES = {
    "days": "text varchar, day bigint, month bigint, era bigint",
    "people": "text varchar, member bigint, nth bigint, named bigint",
    "things": "text varchar, scheme varchar, era bigint, node bigint, version bigint, proved boolean",
    "quantities": "text varchar, value bigint",
    "amounts": "text varchar, value bigint",
    "grades": "text varchar, value bigint",
    "phases": "text varchar, version bigint, value bigint",
    "firsts": "version bigint, value bigint",
}
"""Dictionaries, and the first stage of each version."""


@dataclass(frozen=True, slots=True)
class Gaps:
    """What a reading found: rows, and how many of them are not as they should be."""

    records: int
    rows: int
    entries: int
    damaged: int
    unknown: int
    unproved: int
    unnamed: int
    odd: int
    ids: int


class SparkLog:
    """The log as the table `noted`: one row is an event for one member."""

    def __init__(self, session: SparkSession) -> None:
        """Begin with no file."""
        self.db = SparkDatabase(session, small=False)
        self._session = self.db.session
        # A row is whole or not whatever is asked of it.
        self._session.conf.set("spark.sql.csv.parser.columnPruning.enabled", "false")
        # The name of a folder is a text as well: 0012 is not 12.
        self._session.conf.set("spark.sql.sources.partitionColumnTypeInference.enabled", "false")
        self._parts: list[DataFrame] = []
        self.columns: set[str] = set()
        self.size = self._bytes = 0

    # -- reading

    def head(self, path: str) -> tuple[str, ...]:
        """The titles of a Parquet file or folder, or the first line of a CSV."""
        with explained(path):
            if _is_parquet(path):
                return tuple(self._session.read.parquet(path).columns)
            first = self._session.read.text(path).first()
        return (str(first[0]).removeprefix("\ufeff"),) if first else ()

    def add(self, path: str, titles: Sequence[str], columns: Sequence[str], delimiter: str) -> None:
        """Read a file or folder as well; `columns` are the ids of its titles."""
        from pyspark.sql import functions as f  # noqa: PLC0415  (takes a second)
        from pyspark.sql.types import StringType, StructField, StructType  # noqa: PLC0415  (the same)

        if _is_parquet(path):
            found = self._session.read.parquet(path)
            damaged = f.lit(False)  # noqa: FBT003  (a cell)
        else:
            fields = [StructField(title, StringType()) for title in (*titles, _DAMAGED)]
            found = self._session.read.schema(StructType(fields)).options(**_CSV, sep=delimiter).csv(path)
            damaged = f.col(f"c{len(titles)}").isNotNull()
        names = [f"c{number}" for number in range(len(found.columns))]
        found = found.toDF(*names)
        cells = [f.col(name).cast("string") for name in names[: len(titles)]]
        whole = f.concat_ws(" ", *cells)
        for sign in ("\ufffd", '"', "\n", "\r", "\0"):
            damaged |= whole.contains(sign)
        place = {column: number for number, column in enumerate(columns)}
        self.columns |= place.keys() & set(_KEPT)
        kept = [
            f.nullif(cells[place[name]], f.lit("")).alias(name)
            if name in place
            else f.lit(None).cast("string").alias(name)
            for name in _KEPT
        ]
        self._bytes += int(found._jdf.queryExecution().optimizedPlan().stats().sizeInBytes())  # noqa: SLF001
        self._parts.append(found.select(*kept, damaged.alias("damaged"), f.input_file_name().alias("file")))

    def floats(self, path: str) -> list[str]:
        """The titles of columns of a Parquet file that hold no exact numbers."""
        if not _is_parquet(path):
            return []
        return [name for name, kind in self._session.read.parquet(path).dtypes if kind in ("double", "float")]

    def texts(self) -> dict[str, set[str]]:
        """Every text of every column that has a meaning."""
        if self._bytes < LARGE:
            self.db.shrink()
        columns = [name for name in READ if name in self.columns]
        pairs = ", ".join(f"named_struct('c', '{name}', 't', {name})" for name in columns)
        rows = self._rows(f"select distinct e.c, e.t from (select explode(array({pairs})) as e from raw)")
        found: dict[str, set[str]] = {name: set() for name in columns}
        for column, text in rows:
            if text is not None:
                found[str(column)].add(str(text))
        return found

    def load(self, known: Mapping[str, Sequence[tuple[object, ...]]]) -> None:
        """Read the files in terms of the dictionaries."""
        for table, described in _TABLES.items():
            columns = [part.split(" ") for part in described.split(", ")]
            values = zip(*known[table], strict=True) if known[table] else ([] for _ in columns)
            self.db.load(table, {name: (kind, v) for (name, kind), v in zip(columns, values, strict=True)})
        self.db.keep("noted", self._query(_NOTED))

    def gaps(self, id_pattern: str) -> Gaps:
        """What is missing or irregular."""
        records = self._rows("select count(*) from raw")[0][0]
        row = self._rows(_GAPS.replace("PATTERN", id_pattern.replace("\\", "\\\\")))[0]
        self.size = row[1]
        return Gaps(records, *row)

    def examples(self) -> list[tuple[str, ...]]:
        """Files with rows that are not as they should be."""
        return self._rows(f"select distinct file from noted where {_WRONG} order by file limit 3")  # type: ignore[return-value]

    # -- what is asked of it

    def find(self, ids: Sequence[str]) -> list[tuple[int, str, int, int, int, int]]:
        """The entries of some ids: number, id, member, node, day, month."""
        self.db.load("asked", {"id": ("varchar", list(ids))})
        return self._rows(  # type: ignore[return-value]
            "select n.entry, n.id, n.member, n.node, n.day, n.month from noted n semi join asked a on a.id = n.id"
            " order by n.id, n.entry"
        )

    def last_day(self, nodes: Sequence[int], until: int) -> int | None:
        """The last day up to `until` with an event at one of some nodes."""
        listed = ", ".join(map(str, nodes)) or "null"
        return self._rows(f"select max(day) from noted where day <= {until} and node in ({listed})")[0][0]

    def make_entries(self) -> None:
        """The table `entries`: events in the order of their days and, on a day, of their ids."""
        self.db.keep("entries", self._query(_ENTRIES))

    def close(self) -> None:
        """Give the memory back."""
        self.db.close()

    def _query(self, text: str) -> DataFrame:
        whole = self._parts[0]
        for part in self._parts[1:]:
            whole = whole.unionAll(part)
        self.db.name("raw", whole)
        return self.db.query(text)

    def _rows(self, text: str) -> list[tuple[int, ...]]:
        with explained():
            return [tuple(row) for row in self._query(text).collect()]


class SparkLogComputation(SparkComputation):
    """The stages over a log that Spark has read."""

    def __init__(
        self, plan: Plan, membership: Membership, log: EventLog, noted: SparkLog, places: Sequence[int]
    ) -> None:
        """Load everything; `places` are the numbers in `noted` of the entries in `log`."""
        self.noted = noted
        decisions = replace(log.decisions, entry=[places[entry] for entry in log.decisions.entry])
        super().__init__(plan, membership, replace(log, decisions=decisions), noted.db)
        self.size = noted.size

    def faults(self) -> list[Fault]:
        """No events, or those found, by id, in the words of `faults`."""
        for stage in ("active", "replayed", "decided", "leveled", "faults"):
            self.db.stage(stage)
        found = self.db.rows(
            "select n.id, f.reason from faults as f join noted as n on n.entry = f.entry order by n.id limit 10"
        )
        if found:
            raise Unpriced([(str(event), str(reason)) for event, reason in found])
        return []

    def _load_entries(self, log: EventLog) -> None:
        del log
        self.noted.make_entries()


class Unpriced(Exception):  # noqa: N818  (the log is wrong, not the program)
    """Events that cannot be priced: id and reason."""

    def __init__(self, found: list[tuple[str, str]]) -> None:
        """Keep the first of them."""
        self.found = found
        super().__init__(str(found))


def _is_parquet(path: str) -> bool:
    return path.rstrip("/").endswith((".parquet", ".pq"))


_OPTIONAL = "case when r.{0} is null then {1} else {2}.value end"
_SEEN = r"(?U)[^\s\x1c-\x1f]"
_NOTED = f"""
select /*+ broadcast(d, p, t, q, a, g, s, o) */
    monotonically_increasing_id() as entry, r.id, r.file, r.damaged,
    p.member, p.nth, p.named, d.day, d.month, t.node,
    {_OPTIONAL.format("quantity", "10000", "q")} as quantity,
    {_OPTIONAL.format("points", "null", "a")} as points,
    {_OPTIONAL.format("level", "null", "g")} as level,
    {_OPTIONAL.format("stage", "o.value", "s")} as stage,
    p.text is null or d.text is null or t.text is null or o.version is null
        or (r.quantity is not null and q.text is null) or (r.points is not null and a.text is null)
        or (r.level is not null and g.text is null) or (r.stage is not null and s.text is null) as unknown,
    coalesce(t.proved, false) and not coalesce(r.evidence, '') rlike r'{_SEEN}' as unproved
from raw as r
left join days as d on d.text = r.date
left join people as p on p.text = r.member
left join things as t on t.text = r.item and t.scheme = coalesce(r.scheme, '') and t.era = d.era
left join quantities as q on q.text = r.quantity
left join amounts as a on a.text = r.points
left join grades as g on g.text = r.level
left join phases as s on s.text = r.stage and s.version = t.version
left join firsts as o on o.version = t.version
"""
_WRONG = "damaged or unknown or unproved or id is null"
_GAPS = """
select
    count(*) filter (where nth = 0 or nth is null), count(*),
    count(*) filter (where damaged), count(*) filter (where unknown), count(*) filter (where unproved),
    count(*) filter (where id is null), count(*) filter (where not regexp_like(id, '^(PATTERN)$')),
    count(distinct id)
from noted
"""
_ENTRIES = f"""
select
    n.entry, n.member, n.node, n.month,
    n.day * {DAY_PLACES} + {KIND_PLACES} + 2 * rank() over (partition by n.day order by n.id) as place,
    n.quantity, n.level, n.points, cast(null as bigint) as matter, n.named, n.stage
from noted as n
"""
