"""Spark gives the same answers as DuckDB, to the byte, or a sentence that says why not.

Everything that needs a session is in one test: a second process would start a second Java.
POINTS_SPARK=all runs every check of tests/conformance, more random workspaces and a million events.
"""

from __future__ import annotations

import gc
import os
import shutil
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml

from pointscli.engine import spark, spark_log
from pointscli.engine.database import Database
from pointscli.engine.spark import LARGE, SparkDatabase, SparkEngine
from pointscli.engine.spark_text import translate
from pointscli.model.problem import Refused
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


JAVAS: dict[str, tuple[str, list[str]]] = {
    "an old one": (
        "#!/bin/sh\necho 'openjdk version \"1.8.0_402\"' >&2\n",
        ["Spark needs Java 17 or newer", "is Java 8", "openjdk-17"],
    ),
    "no program": ("\0", ["Spark needs Java, and ", "bin/java does not run", "openjdk-17"]),
    "one that cannot start": (
        "#!/bin/sh\ntest $1 = -version && echo 'version \"17.0.1\"' && exit\necho Error: no room for a heap\nexit 1\n",
        ["Spark does not start at local[*]: no room for a heap", "check --spark-master"],
    ),
}


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Spark leaves a pipe to it open
@pytest.mark.skipif(os.name == "nt", reason="scripts stand for Java")
@pytest.mark.parametrize(("script", "says"), JAVAS.values(), ids=JAVAS.keys())
def test_with_another_java(script: str, says: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This must stand before the test that starts a session: it is kept, and asks for no Java again."""
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text(script, "utf-8")
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    answer = run("--lang", "en", "-C", ROOT / "examples" / "community", "tally", "--quarter", "2021Q3", *SPARK)
    gc.collect()
    assert answer.code == 2
    assert [text for text in says if text not in answer.err] == [], answer.err
    assert "Traceback" not in answer.err


def test_a_workspace_that_is_wrong_needs_no_spark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All that is wrong is named, but no decision is called one of an unknown event: nobody has looked for events."""
    monkeypatch.setenv("JAVA_HOME", "/nowhere")
    here = write_small(tmp_path / "small")
    (here / "members.csv").write_text("id,nam\nA1,甲\n", "utf-8")
    answer = run("--lang", "en", "-C", here, "--events", "file:///log.csv", "tally", *SPARK)
    assert answer.code == 1
    assert "members.csv:1: error" in answer.err
    assert "missing-column" in answer.err
    assert "unknown-event" not in answer.err


NEAR: dict[str, tuple[str, str, int, bool]] = {
    "a large CSV file": ("local[*]", "log.csv", LARGE, True),
    "a small one": ("local[*]", "log.csv", LARGE - 1, False),
    "another format": ("local[*]", "log.xlsx", LARGE, False),
    "a name for a pattern": ("local[*]", "log[1].csv", LARGE, False),
    "a name that is hidden": ("local[*]", "_log.csv", LARGE, False),
    "on a cluster": ("spark://host:7077", "log.csv", LARGE, False),
}


@pytest.mark.parametrize(("master", "name", "size", "read"), NEAR.values(), ids=NEAR.keys())
def test_files_that_spark_reads_itself(master: str, name: str, size: int, tmp_path: Path, *, read: bool) -> None:
    with (tmp_path / name).open("wb") as file:
        file.truncate(size)
    assert SparkEngine(master).near([tmp_path / name]) == (((tmp_path / name).as_uri(),) if read else ())


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
    found += read_near(tmp_path, monkeypatch)
    if ALL:
        folder = write_workspace(tmp_path / "million", shape_of(1_000_000))
        asked = ("-C", folder, "tally", "--quarter", PERIOD, "-f", "csv")
        found += unlike("a million events", run(*asked), run(*asked, *SPARK))
    assert found == []
    assert exact_types() == []
    with pytest.raises(Refused, match=r"Spark gave up: .*nothing"):
        on_spark().rows("select n from nothing")
    assert capfd.readouterr() == ("", ""), "Spark speaks"


def on_spark() -> SparkDatabase:
    """Tables in the session that the commands have started."""
    from pyspark.sql import SparkSession  # noqa: PLC0415  (may not be installed)

    session = SparkSession.getActiveSession()
    assert session is not None
    return SparkDatabase(session, small=True)


def exact_types() -> list[str]:
    """Columns of the last tables on Spark that are not exact (decimals are whole)."""
    db = on_spark()
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
MATTERS = """\
language: 1
scheme: matters
title: 事
effective: {from: 2021-01-01}
settle: month
score: {combine: {highest: matter}, items: {help: {title: 志愿服务, points: 2}}}
"""
HEADER = "id,date,member,item,quantity,level,reason,evidence\n"
TEXTS = """\
E2,2021/7/2,A1;A2,志愿服务,,,,
E3,2021年7月3日,A2,讲课,,组织,,
"""
ROWS = """\
E1,2021-07-01,A1,help,1.5,,甲,
E4,2021-06-30,A2,help,,,,
E5,2021-07-09,A1,gift,,,,收据
"""
GOOD = HEADER + TEXTS + ROWS
NOT_PRICED = "events that cannot be priced: E9 (level-missing)"
WRONG: dict[str, tuple[str, str, int, str]] = {
    "a short row": (RULES, GOOD + "E9,2021-07-01\n", 1, "1 rows of the event log are damaged"),
    "an unknown member": (RULES, GOOD + "E9,2021-07-01,王二,help,,,,\n", 1, "王二"),
    "an id twice": (RULES, GOOD + "E1,2021-07-01,A1,help,,,,\n", 1, "given twice"),
    "evidence that is only a space": (
        *(RULES, GOOD + "E9,2021-07-01,A1,gift,,,,\u3000\n", 1),
        "1 rows of the event log need evidence",
    ),
    "no level": (RULES, GOOD + "E9,2021-07-01,A1,talk,,,,\n", 1, NOT_PRICED),
    "a column too few": (RULES, GOOD.replace("item", "what"), 1, "[missing-column]"),
    "matters": (MATTERS, HEADER + "E1,2021-07-01,A1,help,,,,\n", 1, "cannot be combined by matter"),
    "no file": (RULES, "", 3, "Spark cannot read it"),
}
"""Rules, log, exit code, and what is said."""


def write_small(folder: Path, rules: str = RULES) -> Path:
    (folder / "rules").mkdir(parents=True)
    (folder / "rules" / "small.yaml").write_text(rules, "utf-8")
    (folder / "members.csv").write_text("id,name\nA1,甲\nA2,乙\n", "utf-8")
    (folder / "reviews.csv").write_text("date,event,decision,by\n2021-07-10,E5,reject,W\n", "utf-8")
    return folder


def read_by_spark(folder: Path) -> list[str]:
    """The same log as a file and a folder of Parquet by year and month, and logs that are wrong."""
    here = write_small(folder / "small")
    logs = {name: folder / f"{name}.csv" for name in ("whole", "texts", "rows")}
    for path, text in zip(logs.values(), (GOOD, HEADER + TEXTS, HEADER + ROWS), strict=True):
        path.write_text(text, "utf-8")
    write_parquet(logs["rows"], folder / "log.parquet", "quantity::decimal(9, 1)")
    want = run("-C", here, "--events", logs["whole"], "tally", "-f", "csv")
    assert (want.code, "2021-07" in want.err) == (0, True), want.err
    both = [word for path in (logs["texts"], folder / "log.parquet") for word in ("--events", path.as_uri())]
    found = unlike("CSV and Parquet", want, run("-C", here, *both, "tally", "-f", "csv", *SPARK))
    write_parquet(logs["rows"], folder / "binary.parquet", "quantity::double")
    found += refused("binary", here, (folder / "binary.parquet").as_uri(), 1, "quantity holds binary fractions")
    broken = write_small(folder / "broken")
    (broken / "members.csv").write_text("id,name\nA1,甲\nA1,乙\n", "utf-8")
    found += refused("a wrong roster", broken, logs["whole"].as_uri(), 1, "members.csv:3:")
    return found + read_wrong_logs(folder)


def read_wrong_logs(folder: Path) -> list[str]:
    found = []
    for number, (name, (rules, text, code, says)) in enumerate(WRONG.items()):
        here, log = write_small(folder / f"wrong{number}", rules), folder / f"wrong{number}.csv"
        (here / "reviews.csv").unlink()
        if text:
            log.write_text(text, "utf-8")
        found += refused(name, here, log.as_uri(), code, says)
    return found


def refused(name: str, here: Path, log: str, code: int, says: str) -> list[str]:
    answer = run("--lang", "en", "-C", here, "--events", log, "tally", "-f", "csv", "--month", "2021-07", *SPARK)
    as_it_should_be = answer.code == code and says in answer.err and (code == 1 or log in answer.err)
    return [] if as_it_should_be else [f"{name}: {answer}"]


def read_near(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Large files of the workspace: what Spark refuses is read with care, so that the row is named."""
    log, found = folder / "near.csv", []
    with monkeypatch.context() as patch:
        for module in (spark, spark_log):
            patch.setattr(module, "LARGE", 0)
        for title in ("reason", "reasom"):  # a text without a meaning; a title as well
            log.write_text(GOOD.replace("reason", title) + "E9,2021-07-01,A9,help,,,,\n", "utf-8")
            found += refused(f"near, {title}", folder / "small", str(log), 1, f"{log}:7:15: error")
    return found


def write_parquet(log: Path, folder: Path, quantity: str) -> None:
    """The log as files in folders, with dates and numbers as such."""
    import duckdb  # noqa: PLC0415  (the engine may be fenced off from files)

    text = (
        f"copy (select * replace (date::date as date, {quantity} as quantity), month(date::date) as m"  # noqa: S608
        f" from read_csv('{log}', all_varchar = true)) to '{folder}' (format parquet, partition_by (m))"
    )
    with duckdb.connect() as connection:
        connection.execute(text)
