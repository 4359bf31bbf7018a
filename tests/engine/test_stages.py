"""The engine as a whole: integers only, every stage in use and in order, every entry accounted for, no way out."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pointscli.engine import fast_run
from pointscli.engine.database import Database
from pointscli.engine.run import COLUMNS
from tests.case_files import Record
from tests.cli.rich import PERIOD, write_rich
from tests.cli.running import ROOT, good, tally_case, write_case
from tests.cli.variants import Watched, people, random_case

STAGES = Path(__file__).parents[2] / "pointscli" / "engine" / "stages"
SEEDS = range(8)
INEXACT = re.compile(r"DOUBLE|FLOAT|REAL|DECIMAL|NUMERIC", re.IGNORECASE)
INEXACT_FUNCTIONS = {"/", "avg", "mean", "^", "**", "pow", "power", "sqrt", "exp", "ln", "log", "round", "random"}
CLOCKS = {"now", "today", "current_date", "current_timestamp", "get_current_timestamp", "random", "uuid"}
TABLE_FUNCTIONS = {"unnest", "range"}


@dataclass
class Seen:
    """What one run did: tables loaded, stages run (name, table), types of all tables at the end."""

    loaded: list[str] = field(default_factory=list)
    ran: list[tuple[str, str]] = field(default_factory=list)
    types: dict[str, dict[str, str]] = field(default_factory=dict)
    late: list[str] = field(default_factory=list)
    """Stages that read a table which nothing before them had made."""


class WatchedDatabase(Database):
    """A database that notes what is done with it."""

    runs: list[Seen] = []  # noqa: RUF012  (shared on purpose: the engine makes the instances)

    def __init__(self, threads: int | None = None) -> None:
        super().__init__(threads)
        self.seen = Seen()
        WatchedDatabase.runs.append(self.seen)

    def load(self, table: str, columns: Any) -> None:
        super().load(table, columns)
        self.seen.loaded.append(table)

    def stage(self, name: str, into: str | None = None) -> None:
        self._note(name, into or name)
        super().stage(name, into)

    def append(self, name: str, into: str | None = None) -> None:
        self._note(name, into or name)
        super().append(name, into)

    def close(self) -> None:
        tables = [str(row[0]) for row in self.rows("select table_name from duckdb_tables()")]
        self.seen.types = {table: self.column_types(table) for table in tables}
        super().close()

    def _note(self, name: str, table: str) -> None:
        made = {*self.seen.loaded, *(table for _, table in self.seen.ran)}
        self.seen.late += [f"{name} reads {read}" for read in sorted(reads(name) - made)]
        self.seen.ran.append((name, table))


@lru_cache(maxsize=64)
def syntax(stage: str) -> Any:
    """The syntax tree of a stage file."""
    with duckdb.connect() as connection:
        text = (STAGES / f"{stage}.sql").read_text("utf-8")
        row = connection.execute("select json_serialize_sql(?)", [text]).fetchone()
    assert row is not None
    tree = json.loads(row[0])
    assert tree["error"] is False, tree
    assert len(tree["statements"]) == 1
    return tree


def walk(tree: Any) -> Iterator[dict[str, Any]]:
    if isinstance(tree, dict):
        yield tree
        for value in tree.values():
            yield from walk(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from walk(value)


def reads(stage: str) -> set[str]:
    """Tables that a stage reads, without its own subqueries."""
    nodes = list(walk(syntax(stage)))
    own = {entry["key"] for node in nodes for entry in node.get("cte_map", {}).get("map", [])}
    return {node["table_name"] for node in nodes if node.get("type") == "BASE_TABLE"} - own


def functions(stage: str) -> set[str]:
    return {str(node["function_name"]) for node in walk(syntax(stage)) if "function_name" in node}


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> list[Seen]:
    """Runs over the rich workspace, by dimension too, and over random ones."""
    WatchedDatabase.runs.clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pointscli.engine.run.Database", WatchedDatabase)
        rich = write_rich(tmp_path_factory.mktemp("rich") / "w")
        good("-C", rich, "tally", *PERIOD, "--by", "dimension")
        good("-C", ROOT / "examples" / "community", "tally", *PERIOD)  # much of the language is not used here
        for seed in SEEDS:
            case = random_case(seed)
            folder = write_case(tmp_path_factory.mktemp("case"), case)
            assert tally_case(folder, case["checks"][0]) is not None
    return list(WatchedDatabase.runs)


STAGE_NAMES = sorted(path.stem for path in STAGES.glob("*.sql"))


def test_no_table_holds_anything_but_exact_numbers(runs: list[Seen]) -> None:
    assert len(runs) == len(SEEDS) + 2
    inexact = [
        f"{table}.{column} {kind}"
        for seen in runs
        for table, columns in seen.types.items()
        for column, kind in columns.items()
        if INEXACT.search(kind)
    ]
    assert inexact == []
    kinds = {kind for seen in runs for columns in seen.types.values() for kind in columns.values()}
    assert {"BIGINT", "VARCHAR", "BOOLEAN"} <= kinds
    assert all(len(seen.types) > 40 for seen in runs)


def test_the_check_would_see_a_double() -> None:
    db = Database()
    db.load("a", {"n": ("bigint", [1, 2])})
    db.rows("create table b as select n / 2 as half, n::decimal(9, 2) as cent, [n * 1.5] as list from a")
    assert [bool(INEXACT.search(kind)) for kind in db.column_types("b").values()] == [True, True, True]
    db.close()


OF_LARGE_LOGS = ("bucketed", "climb", "idle", "monthly", "rates", "sums", "usable", "variants")


def test_every_stage_is_used(runs: list[Seen]) -> None:
    """Those of coverage, of explanations and of large logs run for these only."""
    others = ("cover_", "trace_", *OF_LARGE_LOGS)
    tallied = [name for name in STAGE_NAMES if not name.startswith(others)]
    assert sorted({name for seen in runs for name, _ in seen.ran}) == tallied


def test_every_stage_of_large_logs_is_named() -> None:
    text = Path(fast_run.__file__).read_text("utf-8")
    found = [name for name in STAGE_NAMES if name.startswith(OF_LARGE_LOGS)]
    assert [name for name in found if f'"{name}"' not in text] == []


def test_a_stage_reads_only_what_stands_before_it(runs: list[Seen]) -> None:
    assert [late for seen in runs for late in seen.late] == []


def test_stages_do_not_depend_on_each_other_in_a_circle(runs: list[Seen]) -> None:
    """Only a stage that rewrites a table reads what a later one of the fold makes."""
    makers: dict[str, set[str]] = {}
    for name, table in {one for seen in runs for one in seen.ran}:
        makers.setdefault(table, set()).add(name)
    for seen in runs:
        first = {table: place for place, (_, table) in reversed(list(enumerate(seen.ran)))}
        for place, (name, table) in enumerate(seen.ran):
            for read in reads(name) & first.keys():
                assert first[read] < place or read == table or name in makers[read], f"{name} reads {read}"


@pytest.mark.parametrize("stage", COLUMNS)
def test_a_stage_left_out_leaves_the_same_table(stage: str, runs: list[Seen]) -> None:
    ran = [seen for seen in runs if (stage, stage) in seen.ran]
    skipped = [seen for seen in runs if seen not in ran]
    assert ran
    assert skipped
    assert {tuple(seen.types[stage].items()) for seen in ran} == {tuple(seen.types[stage].items()) for seen in skipped}


@pytest.mark.parametrize("stage", STAGE_NAMES)
def test_a_stage_reads_tables_and_computes_exactly(stage: str) -> None:
    nodes = list(walk(syntax(stage)))
    assert reads(stage)
    assert functions(stage) & (INEXACT_FUNCTIONS | CLOCKS) == set()
    casts = {str(node["type_expr"]["type_name"]) for node in nodes if "type_expr" in node}
    assert {name for name in casts if INEXACT.search(name)} == set()
    tables = {str(node["function"]["function_name"]) for node in nodes if node.get("type") == "TABLE_FUNCTION"}
    assert tables <= TABLE_FUNCTIONS


@pytest.mark.parametrize("seed", [*SEEDS, *range(100, 108)])
def test_every_entry_ends_in_one_pile(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pointscli.app.tally.Computation", Watched)
    case: Record = random_case(seed)
    write_case(tmp_path, case)
    entries = sum(len(people(row)) for row in case["events"])
    for check in random.Random(seed).sample(case["checks"], 2):
        assert tally_case(tmp_path, check) is not None
        piles = Watched.last.piles
        assert sum(piles.values()) == entries, piles
        assert all(number > 0 for number in piles.values())


FORBIDDEN = {
    "a file": "from read_csv('{path}')",
    "a text": "from read_text('{path}')",
    "a file as a table": "from '{path}'",
    "a folder": "from glob('{folder}/*')",
    "writing a file": "copy (select 1) to '{folder}/out.csv'",
    "exporting": "export database '{folder}/out'",
    "another database": "attach '{folder}/other.duckdb' as other",
    "installing": "install httpfs",
    "loading": "load '{path}'",
    "the network": "from read_csv('http://127.0.0.1:1/x.csv')",
    "opening the fence": "set enable_external_access = true",
    "unlocking": "set lock_configuration = false",
    "other threads": "set threads = 4",
    "a variable of ours": "from outside",
    "a pragma": "pragma enable_profiling = 'json'",
}


@pytest.mark.parametrize("statement", [pytest.param(text, id=name) for name, text in FORBIDDEN.items()])
def test_the_connection_reaches_nothing(statement: str, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("a,b\n1,2\n", "utf-8")
    outside = [{"a": 1}]
    db = Database()
    with pytest.raises(duckdb.Error):
        db.rows(statement.format(path=path, folder=tmp_path))
    db.close()
    assert [one.name for one in tmp_path.iterdir()] == ["in.csv"]
    assert outside


LOADED = {
    "no rows": {"a": ("bigint", []), "b": ("varchar", [])},
    "one row": {"a": ("bigint", [1]), "b": ("varchar", ["x"])},
    "one value": {"a": ("bigint", [1, 1, 1]), "b": ("varchar", ["x", "x", "x"]), "c": ("boolean", [True] * 3)},
    "nulls": {"a": ("bigint", [None, None]), "b": ("varchar", [None, ""])},
    "large": {"a": ("bigint", [2**63 - 1, -(2**63)]), "b": ("varchar", ["𬱖", "'; drop table t"])},
}


@pytest.mark.parametrize("columns", [pytest.param(columns, id=name) for name, columns in LOADED.items()])
def test_what_is_loaded_is_there(columns: dict[str, tuple[str, list[Any]]]) -> None:
    db = Database()
    db.load("t", columns)
    assert db.rows("from t") == list(zip(*(values for _, values in columns.values()), strict=True))
    assert db.column_types("t") == {name: kind.upper() for name, (kind, _) in columns.items()}
    db.close()


@pytest.mark.parametrize(
    ("number", "decimals", "half_up", "half_even", "down"),
    [
        (2_445_000_000, 2, 245, 244, 244),
        (2_444_999_600, 2, 245, 244, 244),
        (2_444_999_400, 2, 244, 244, 244),
        (-2_445_000_000, 2, -245, -244, -244),
        (2_435_000_000, 2, 244, 244, 243),
        (500_000_000, 0, 1, 0, 0),
        (-500_000_000, 0, -1, 0, 0),
        (1_500_000_000, 0, 2, 2, 1),
        (-1_000_000, 2, 0, 0, 0),
        (123_456_789, 4, 1235, 1235, 1234),
        (9_007_199_254_740_993_000, 4, 90_071_992_547_410, 90_071_992_547_410, 90_071_992_547_409),
    ],
)
def test_published_numbers_round_once(number: int, decimals: int, half_up: int, half_even: int, down: int) -> None:
    db = Database()
    unit = 10 ** (9 - decimals)
    for rounding, expected in (("half_up", half_up), ("half_even", half_even), ("down", down)):
        found = db.rows(f"select published({number}::bigint, {decimals}, '{rounding}')::bigint")
        assert found == [(expected * unit,)], rounding
    db.close()
