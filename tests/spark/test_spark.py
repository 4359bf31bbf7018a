"""Spark gives the same answers as DuckDB, to the byte, or a sentence that says why not.

Everything that needs a session is in one test: a second process would start a second Java.
POINTS_SPARK=all runs every check of tests/conformance, more random workspaces and a million events.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml

from pointscli.engine.database import Database
from pointscli.engine.spark_text import translate
from tests.benchmarks.workspace import PERIOD, shape_of, write_workspace
from tests.case_files import TABLES, Record, tally_arguments, write_rules, write_tables
from tests.cli.running import Answer, run
from tests.oracle.generate import seeded_case

ROOT = Path(__file__).parents[2]
STAGES = sorted((ROOT / "pointscli" / "engine" / "stages").glob("*.sql"))
ALL = os.environ.get("POINTS_SPARK") == "all"
CHOSEN = ("price-percent-windows", "combine-mean", "rounding-half-even", "outcome-confirm-chain")
"""Files that together reach most stages; their last checks are run."""
RANDOM = range(40) if ALL else range(3, 4)
QUIET = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""Java compiles a little and collects in one thread: what is small is done sooner."""
SPARK = ("--engine", "spark")


def needs_java() -> None:
    if shutil.which("java") is None:
        pytest.skip("there is no Java for Spark here")
    if find_spec("pyspark") is None or find_spec("sqlglot") is None:
        pytest.skip("points[spark] is not installed")


# -- words


@pytest.mark.parametrize("path", STAGES, ids=lambda path: path.stem)
def test_a_stage_translates_without_binary_fractions(path: Path) -> None:
    text = translate(path.read_text("utf-8")).text.lower()
    assert not {"/", "double", "float", "pow(", "power(", "sign(", "signum(", "int128"} & set(text.split())
    assert all(word not in text for word in (" / ", "double", "float", "power(", "sign(", "int128", "half_up("))


# -- messages

MISSING: dict[str, tuple[dict[str, str], list[str]]] = {
    "no Java where JAVA_HOME says": ({"JAVA_HOME": "/nowhere"}, ["Spark needs Java", "/nowhere", "openjdk-17"]),
    "no Java at all": ({"PATH": "/nowhere"}, ["Spark needs Java, and there is none", "openjdk-17"]),
}


@pytest.mark.parametrize(("environment", "says"), MISSING.values(), ids=MISSING.keys())
def test_without_java(environment: dict[str, str], says: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    if find_spec("pyspark") is None or find_spec("sqlglot") is None:
        pytest.skip("points[spark] is not installed")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    answer = run("--lang", "en", "-C", ROOT / "examples" / "community", "tally", "--quarter", "2021Q3", *SPARK)
    assert answer.code == 2
    assert [text for text in says if text not in answer.err] == [], answer.err
    assert "Traceback" not in answer.err


@pytest.mark.parametrize("name", ["pyspark", "sqlglot"])
def test_without_the_extra(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, name, None)
    for module in [module for module in sys.modules if module.startswith("pointscli.engine.spark")]:
        monkeypatch.delitem(sys.modules, module)
    answer = run("--lang", "en", "-C", ROOT / "examples" / "community", "tally", "--quarter", "2021Q3", *SPARK)
    assert (answer.code, "pip install 'points[spark]'" in answer.err) == (2, True)


@pytest.mark.skipif(os.name == "nt", reason="a script stands for an old Java")
def test_with_an_old_java(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text("#!/bin/sh\necho 'openjdk version \"1.8.0_402\"' >&2\n", "utf-8")
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    answer = run("--lang", "en", "-C", ROOT / "examples" / "community", "tally", "--quarter", "2021Q3", *SPARK)
    assert answer.code == 2
    assert "Spark needs Java 17 or newer" in answer.err
    assert "is Java 8" in answer.err


def test_the_master_belongs_to_spark() -> None:
    answer = run("--lang", "en", "tally", "--spark-master", "local[1]")
    assert (answer.code, "--engine spark" in answer.err) == (2, True)


# -- results


def write_case(folder: Path, case: Record) -> Path:
    schemes = case["schemes"] if "schemes" in case else [case["scheme"]]
    named = schemes if isinstance(schemes, dict) else {f"{n}.yaml": scheme for n, scheme in enumerate(schemes)}
    write_rules(folder, {"schemes": named})
    write_tables(folder, case)
    return folder


def conformance(folder: Path) -> Iterator[tuple[str, list[str]]]:
    for path in sorted((ROOT / "tests" / "conformance").glob("*.yaml")):
        case: Record = yaml.safe_load(path.read_text("utf-8"))
        checks = list(enumerate(case["checks"], 1))
        for number, check in checks if ALL else checks[-1:] if path.stem in CHOSEN else ():
            name = f"{path.stem}#{number}"
            here = write_case(folder / name, case | {key: check[key] for key in (*TABLES, "schemes") if key in check})
            yield name, tally_arguments(here, check)


def random_workspaces(folder: Path) -> Iterator[tuple[str, list[str]]]:
    for seed in RANDOM:
        case = seeded_case(seed)
        here = write_case(folder / f"random-{seed}", case)
        for check in case["checks"][: 3 if ALL else 1]:
            yield f"random {seed} {check['period']}", tally_arguments(here, check)


def unlike(name: str, want: Answer, have: Answer) -> list[str]:
    return [] if have == want else [f"{name}: {have}\nexpected {want}"]


def test_the_same_to_the_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    needs_java()
    monkeypatch.setenv("JDK_JAVA_OPTIONS", QUIET)
    found = []
    for name, arguments in (*conformance(tmp_path), *random_workspaces(tmp_path)):
        found += unlike(name, run(*arguments), run(*arguments, *SPARK))
    found += read_by_spark(tmp_path)
    if ALL:
        folder = write_workspace(tmp_path / "million", shape_of(1_000_000))
        asked = ("-C", folder, "tally", "--quarter", PERIOD, "-f", "csv")
        found += unlike("a million events", run(*asked), run(*asked, *SPARK))
    assert found == []
    assert exact_types() == []
    assert capfd.readouterr() == ("", ""), "Spark speaks"


def exact_types() -> list[str]:
    """Columns of the last tables on Spark that are not exact (decimals are whole)."""
    from pyspark.sql import SparkSession  # noqa: PLC0415  (may not be installed)

    from pointscli.engine.spark import SparkDatabase  # noqa: PLC0415  (the same)

    session = SparkSession.getActiveSession()
    assert session is not None
    db = SparkDatabase(session, small=True)
    db.load("a", {"n": ("bigint", [7, -7, 2**62]), "d": ("bigint", [2, 2, 1])})
    db.load("params", {"rounding": ("varchar", ["half_even"])})
    text = (
        "select half_up(n, d) as h, n // d as q, published(n, 2, 'half_up') as p, sum(n) over () as s from a order by n"
    )
    plain = Database()
    plain.load("a", {"n": ("bigint", [7, -7, 2**62]), "d": ("bigint", [2, 2, 1])})
    found = [] if db.rows(text) == plain.rows(text) else [f"{db.rows(text)} / {plain.rows(text)}"]
    plain.close()
    kinds = [field.dataType.simpleString() for field in db.query(translate(text).text).schema.fields]
    db.close()
    return found + [kind for kind in kinds if kind not in ("bigint", "int", "decimal(38,0)")]


# -- logs that Spark reads itself

ONLY_SPACE = "E9,2021-07-01,A1,gift,,,,\u3000\n".encode()
DAMAGED: dict[str, tuple[bytes, str]] = {
    "a short row": (b"E9,2021-07-01\n", "1 rows of the event log are damaged"),
    "an unknown member": ("E9,2021-07-01,王二,help,,,,\n".encode(), "王二"),
    "an id twice": (b"E1,2021-07-01,A1,help,,,,\n", "given twice"),
    "evidence that is only a space": (ONLY_SPACE, "1 rows of the event log need evidence"),
    "no level": (b"E9,2021-07-01,A1,talk,,,,\n", "events that cannot be priced: E9 ("),
}
RULES = """\
language: 1
scheme: small
title: 小
effective: {from: 2021-01-01}
settle: month
score:
  max: 50
  items:
    help: {title: 志愿服务, points: 2, max: {month: 7}}
    gift: {title: 捐助, points: 1, evidence: required}
    talk: {title: 讲课, points: {levels: {组织: 3, 参加: 1}}}
ranking: {within: all, ties: competition}
"""
HEADER = "id,date,member,item,quantity,level,reason,evidence\n"
ROWS = """\
E1,2021-07-01,A1,help,1.5,,甲,
E2,2021/7/2,A1;A2,志愿服务,,,,
E3,2021年7月3日,A2,讲课,,组织,,
E4,2021-08-01,A2,help,,,,
E5,2021-07-09,A1,gift,,,,收据
"""


def read_by_spark(folder: Path) -> list[str]:
    """The same log as a file, as a folder of Parquet by year and month, and damaged."""
    here = folder / "small"
    (here / "rules").mkdir(parents=True)
    (here / "rules" / "small.yaml").write_text(RULES, "utf-8")
    (here / "members.csv").write_text("id,name\nA1,甲\nA2,乙\n", "utf-8")
    log = folder / "log.csv"
    log.write_text(HEADER + ROWS, "utf-8")
    columns = ("-f", "csv", "--month", "2021-07")
    want = run("-C", here, "--events", log, "tally", *columns)
    assert want.code == 0, want.err
    last = ("tally", "-f", "csv")  # the last month with events, and what was decided
    (here / "reviews.csv").write_text("date,event,decision,by\n2021-08-02,E4,reject,乙\n", "utf-8")
    found = unlike(
        "CSV", run("-C", here, "--events", log, *last), run("-C", here, "--events", log.as_uri(), *last, *SPARK)
    )
    (here / "reviews.csv").unlink()
    write_parquet(log, folder / "log.parquet")
    address = (folder / "log.parquet").as_uri()
    found += unlike("Parquet", want, run("-C", here, "--events", address, "tally", *columns, *SPARK))
    for number, (row, says) in enumerate(DAMAGED.values()):
        wrong = folder / f"wrong{number}.csv"
        wrong.write_bytes((HEADER + ROWS).encode() + row)
        answer = run("--lang", "en", "-C", here, "--events", wrong.as_uri(), "tally", *columns, *SPARK)
        if answer.code != 1 or says not in answer.err:
            found.append(f"{says}: {answer}")
    found += unread_by_spark(here, folder)
    answer = run("--lang", "en", "-C", here, "--events", (folder / "no.csv").as_uri(), "tally", *columns, *SPARK)
    if answer.code != 3 or "no.csv" not in answer.err:
        found.append(f"a file that is not there: {answer}")
    return found


def unread_by_spark(here: Path, folder: Path) -> list[str]:
    """Logs that are refused by their columns, and a workspace that has errors besides its log."""
    (folder / "untitled.csv").write_text("甲,乙\n1,2\n", "utf-8")
    write_parquet(folder / "log.csv", folder / "floats.parquet", "double")
    broken = folder / "broken"
    shutil.copytree(here, broken)
    (broken / "members.csv").write_text("id,name\nA1,甲\nA1,乙\n", "utf-8")
    (broken / "reviews.csv").write_text("date,event,decision,by\n2021-08-02,E4,reject,乙\n", "utf-8")
    found = []
    for space, name, says in (
        (here, "untitled.csv", "untitled.csv:1:"),
        (here, "floats.parquet", "column quantity holds binary fractions, which are no exact numbers"),
        (broken, "log.csv", "members.csv:3:"),
    ):
        address = (folder / name).as_uri()
        answer = run("--lang", "en", "-C", space, "--events", address, "tally", "--month", "2021-07", *SPARK)
        if answer.code != 1 or says not in answer.err or "unknown-event" in answer.err:
            found.append(f"{says}: {answer}")
    return found


def write_parquet(log: Path, folder: Path, number: str = "decimal(9, 1)") -> None:
    """The log as files in folders, with dates and decimals as such."""
    import duckdb  # noqa: PLC0415  (the engine may be fenced off from files)

    day = "translate(date, '年月/日', '---')::date"
    text = (
        f"copy (select * replace ({day} as date, quantity::{number} as quantity), month({day}) as m"  # noqa: S608
        f" from read_csv('{log}', all_varchar = true)) to '{folder}' (format parquet, partition_by (m))"
    )
    with duckdb.connect() as connection:
        connection.execute(text)
