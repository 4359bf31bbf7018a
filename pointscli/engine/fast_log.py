# ruff: noqa: S608 - the SQL is put together from our own words only
"""The event log of plain files, taken apart by DuckDB: texts become numbers by dictionaries that the reader gives.

A text that no dictionary knows makes a number that is not there: `gaps` says in which columns, `unknown` which texts.
Rows become one narrow table, `noted`: one row is an event for one member.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from pointscli.engine.database import Database, Unreadable, pattern_of
from pointscli.engine.fast_codes import Codes, first_quantity, load_codes, load_variants
from pointscli.model.dictionaries import Dictionaries
from pointscli.model.log import DAY_PLACES, KIND_PLACES

LONGEST_LINE = 131_072
_MOST_DIGITS, _MOST_BITS = 9, 1000
"""How long and how sparse numbers may be for a bit each."""
COLUMNS = ("id", "date", "member", "item", "quantity", "points", "level", "stage", "scheme", "evidence")
_BLANKS = (
    "chr(9)||chr(10)||chr(11)||chr(12)||chr(13)||chr(28)||chr(29)||chr(30)||chr(31)||' '||chr(133)||chr(160)"
    + "".join(f"||chr({code})" for code in (5760, *range(8192, 8203), 8232, 8233, 8239, 8287, 12288))
)
_PARTS = {"quantity": "quantities", "points": "amounts", "level": "grades", "stage": "phases"}
"""Columns that may be empty, and their dictionaries."""


@dataclass(frozen=True, slots=True)
class File:
    """A plain file: its columns by id, its separator (none: it is Parquet)."""

    path: Path
    columns: tuple[str, ...]
    delimiter: str


_TABLES = {
    "days": {"c0": "varchar", "c1": "integer", "c2": "smallint", "c3": "integer"},
    "people": {"c0": "varchar", "c1": "integer", "c2": "smallint", "c3": "smallint"},
    "things": {
        "c0": "varchar",
        "c1": "varchar",
        "c2": "integer",
        "c3": "integer",
        "c4": "integer",
        "c5": "boolean",
    },
}


class FastLog:
    """Plain files as the table `noted`, in the database in which they will be counted."""

    def __init__(self, files: Sequence[File], *, wants_evidence: bool, memory: int = 0, packed: bool = False) -> None:
        """Open a database that can read these files and nothing else."""
        self.files, self.wants_evidence = files, wants_evidence
        self.packed = packed
        """Whether ids are known to be different: they are read only if something asks for them."""
        self.has_eras = self.has_several = self.has_ids = False
        self.db = Database(readable=[file.path for file in files], spills=True, memory=memory)
        self.columns = {name for file in files for name in file.columns if name in COLUMNS}
        self.entries = 0
        self.codes = Codes(())
        self.first_quantity = 0

    def close(self) -> None:
        """Give the memory back."""
        self.db.close()

    def load(self, known: Dictionaries, *, has_eras: bool) -> None:
        """Read the files in terms of the dictionaries; Unreadable at the first irregular line."""
        self.has_eras, self.has_several = has_eras, any(number > 1 for *_, number in known.people)
        for name, columns in _TABLES.items():
            rows = getattr(known, name)
            values = zip(*rows, strict=True) if rows else ([] for _ in columns)
            self.db.run(f"drop table if exists {name}")
            self.db.load(name, {c: (kind, v) for (c, kind), v in zip(columns.items(), values, strict=True)})
        self.codes, self.first_quantity = load_codes(self.db, known), first_quantity(known)
        self._note()

    def _note(self) -> None:
        self.db.run("drop table if exists noted")
        for number, file in enumerate(self.files):
            begin = "insert into noted" if number else "create table noted as"
            parts, source = self._source(file)
            listed = ", ".join(f"{text} as {name}" for name, text in parts.items())
            self.db.read(f"{begin} select {listed} {source}", {"path": pattern_of(file.path)})

    def _read_again(self) -> None:
        """The same with the ids."""
        self.packed = False
        self._note()
        self.has_ids = "id" in self.columns and self.db.rows("select count(*) from noted where id is null") == [(0,)]

    def _source(self, file: File) -> tuple[dict[str, str], str]:
        """The columns of `noted` and where they come from; an optional column that no file has is not among them."""
        has, scheme = set(file.columns).__contains__, "''"
        if has("scheme"):
            scheme = "coalesce(r.scheme, '')"
        joins = ["people p on p.c0 = r.member", "days d on d.c0 = r.date"]
        joins.append(f"things t on t.c0 = r.item and t.c1 = {scheme}" + (" and t.c2 = d.c3" if self.has_eras else ""))
        values = ["t.c3"]
        for column, table in _PARTS.items():
            empty = self.first_quantity if column == "quantity" else 0
            if has(column):
                joins.append(f"{table} on {table}.c0 = r.{column}")
                values.append(f"case when r.{column} is null then {empty} else {table}.c1 end")
            else:
                values.append(str(empty))
        parts = {
            "member": "p.c1",
            **({"nth": "p.c2"} if self.has_several else {}),
            "day": "d.c1",
            "month": "d.c2",
            "code": self.codes.expression([*values, "p.c3"]),
        }
        if self.wants_evidence:
            unproved = f"coalesce(trim(r.evidence, {_BLANKS}), '') = ''" if has("evidence") else "true"
            parts["unproved"] = f"coalesce(t.c5 and {unproved}, false)"
        # DuckDB looks at the bytes of a column only if somebody asks for it.
        if not self.packed:
            parts["spare"] = " and ".join(f"r.{name} is null" for name in _names(file))
        if "id" in self.columns and not self.packed:
            parts["id"] = "r.id" if has("id") else "null::varchar"
        return parts, f"from {_reading(file)} r left join " + " left join ".join(joins)

    def unknown(self) -> dict[str, set[str]]:
        """Texts that no dictionary knows, by column; items and schemes with all their partners."""
        found: dict[str, set[str]] = {}
        for file in self.files:
            has = set(file.columns).__contains__
            _, source = self._source(file)
            asked = {"member": "p.c0 is null", "date": "d.c0 is null", "item": "t.c0 is null", "scheme": "t.c0 is null"}
            asked |= {column: f"{table}.c0 is null" for column, table in _PARTS.items()}
            names = [name for name in asked if has(name)]
            listed = ", ".join(
                f"list(distinct r.{name}) filter ({asked[name]} and r.{name} is not null)" for name in names
            )
            row = self.db.read(f"select {listed} {source}", {"path": pattern_of(file.path)})[0]
            for name, texts in zip(names, row, strict=True):
                found.setdefault(name, set()).update(texts or ())
        return found

    def gaps(self, records: int, id_pattern: str) -> Gaps:
        """What is missing or irregular in `noted`."""
        has_id = "id" in self.columns and not self.packed
        counts = [
            "(nth = 0) is not false" if self.has_several else "true",
            "member is null or day is null or code is null",
            "unproved" if self.wants_evidence else "false",
            "id is not null" if has_id else "false",
            "not regexp_full_match(id, $pattern)" if has_id else "false",
            "true",
        ]
        listed = ", ".join(f"count(*) filter ({condition})" for condition in counts)
        values = {"pattern": id_pattern} if has_id else None
        row = self.db.rows(f"select {listed} from noted", values)[0]
        first, unknown, unproved, ids, odd_ids, self.entries = row
        self.has_ids = ids > 0
        return Gaps(
            lost=first != records or (not unknown and not load_variants(self.db, self.codes)),
            unknown=unknown > 0,
            unproved=unproved > 0,
            ids=ids == self.entries,
            no_ids=not ids,
            odd_ids=odd_ids > 0,
        )

    def repeats(self, records: int) -> bool:
        """Whether an id may be given twice (two ids of one hash are taken for such)."""
        if not self.has_several and self._are_numbers(records):
            return False
        return self.db.rows("select count(distinct hash(id)) from noted") != [(records,)]

    def _are_numbers(self, records: int) -> bool:
        """Whether the ids are different numbers behind what all have in common: a bit for each is enough to tell."""
        low, high = (str(text) for text in self.db.rows("select min(id), max(id) from noted")[0])
        same = next(
            (place for place, (one, other) in enumerate(zip(low, high, strict=False)) if one != other), len(low)
        )
        digits = len(high) - same
        if not 0 < digits <= _MOST_DIGITS or 10**digits > records * _MOST_BITS:
            return False
        number = f"try_cast(substr(id, {same + 1}) as uinteger)"
        query = f"select bit_count(bitstring_agg({number}, 0::uinteger, {10**digits - 1}::uinteger)) from noted"
        try:
            return self.db.read(query, {}) == [(records,)]
        except Unreadable:
            return False  # a number out of the range: ids of different lengths

    def find(self, ids: Sequence[str]) -> list[tuple[int, str, int, int, int, int]]:
        """The entries of some ids: number, id, member, node, day, month."""
        if "id" not in self.columns:
            return []
        self.db.load("asked", {"id": ("varchar", ids)})
        return self.db.rows(  # type: ignore[return-value]
            "select n.rowid, n.id, n.member, v.node, n.day, n.month from noted as n join variants as v using (code)"
            " where n.id in (select id from asked) order by n.id, n.rowid"
        )

    def last_day(self, nodes: Sequence[int], until: int) -> int | None:
        """The last day up to `until` with an event at one of some nodes."""
        listed = ", ".join(map(str, nodes)) or "null"
        found = self.db.rows(
            f"select max(n.day) from noted as n semi join (from variants where node in ({listed})) as v"
            f" on v.code = n.code where n.day <= {until}"
        )
        return found[0][0]

    def count_in(self, *, ordered: bool) -> None:
        """Number the entries in the order of their ids where that matters; joins have lost that of the file."""
        if ordered and self.packed:
            self._read_again()
        if ordered and not self.has_ids:
            raise Unreadable
        if ordered:
            self.db.run("create table ranks as select rowid as entry, rank() over (order by id) as nth from noted")
        if self.has_ids:
            self.db.run("alter table noted drop column id")
        number, source = ("k.nth", " join ranks as k on k.entry = n.rowid") if ordered else ("n.rowid", "")
        self.db.view(
            "logged",
            "select n.rowid as entry, n.member::bigint as member, v.node, n.month::bigint as month,"
            f" n.day * {DAY_PLACES} + {KIND_PLACES} + 2 * {number} as place, v.quantity, v.level, v.points,"
            f" null::bigint as matter, v.named, v.stage from noted as n join variants as v on v.code = n.code{source}",
        )


@dataclass(frozen=True, slots=True)
class Gaps:
    """What a reading lacks."""

    lost: bool
    """The records are not as many as the lines."""
    unknown: bool
    unproved: bool
    ids: bool
    no_ids: bool
    odd_ids: bool


def pack_files(files: Sequence[File], columns: Sequence[str]) -> bytes:
    """The columns of plain files as one Parquet file, sorted: the same bytes from the same records."""
    first = [name for name in ("member", "date", "item") if name in columns]
    listed = ", ".join([*first, *(name for name in columns if name not in first)])
    with TemporaryDirectory(prefix="points-", ignore_cleanup_errors=True) as folder:
        target = Path(folder) / "packed.parquet"
        db = Database(threads=1, readable=[*(file.path for file in files), target], spills=True)
        try:
            db.run("set preserve_insertion_order = true")
            db.run("create table packed (" + ", ".join(f"{name} varchar" for name in columns) + ")")
            for file in files:
                cells = (f"r.{name}" if name in file.columns else "null" for name in columns)
                reading = f"insert into packed select {', '.join(cells)} from {_reading(file)} r"
                db.read(reading, {"path": pattern_of(file.path)})
            place = str(target.resolve()).replace("'", "''")
            db.run(f"copy (select {listed} from packed order by all) to '{place}' (format parquet, compression zstd)")
        finally:
            db.close()
        return target.read_bytes()


def _reading(file: File) -> str:
    """The call that reads a file: every option is given, nothing is guessed."""
    if not file.delimiter:
        cells = ", ".join(f"nullif(c{number}::varchar, '') as {name}" for number, name in enumerate(_names(file)))
        named = ", ".join(f"c{number}" for number in range(len(file.columns)))
        return f"(select {cells} from read_parquet($path, hive_partitioning = false) as t({named}))"
    columns = ", ".join(f"'{name}': 'VARCHAR'" for name in _names(file))
    delimiter = {"\t": "\\t"}.get(file.delimiter, file.delimiter)
    return (
        f"read_csv($path, auto_detect = false, header = false, skip = 1, columns = {{{columns}}},"
        f" delim = '{delimiter}', quote = '', escape = '', comment = '', nullstr = '', strict_mode = true,"
        f" null_padding = false, ignore_errors = false, max_line_size = {LONGEST_LINE})"
    )


def _names(file: File) -> list[str]:
    """Names of a file's columns: what people write in a header never becomes SQL."""
    known = set(COLUMNS)
    return [name if name in known else f"x{number}" for number, name in enumerate(file.columns)]
