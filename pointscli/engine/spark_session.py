"""The Spark session of the process: one, started when the first computation asks, silent on the terminal."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from pointscli.model.problem import FileError, Refused, UsageError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

JAVA = 17
"""The oldest Java that Spark 4 runs on."""
_HINT = "install Java {java} (Debian: apt-get install openjdk-17-jre-headless) and let JAVA_HOME or PATH lead to it"
_CLASS = re.compile(r"^.*?(?:Exception|Error): ")
"""What stands before the sentence of an error."""
_SETTINGS = {
    "spark.app.name": "points",
    "spark.buffer.pageSize": "1m",  # every sort takes one, however little it sorts
    "spark.log.level": "OFF",
    "spark.sql.constraintPropagation.enabled": "false",  # costs time, and fails at a union of postings
    "spark.sql.ansi.enabled": "true",  # a number that does not fit is an error
    "spark.sql.session.timeZone": "UTC",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}
_LOUD = ("SQLQueryContextLogger", "DataFrameQueryContextLogger")
"""Loggers that print every error with its Java stack, whoever catches it."""
_LOCAL = {"spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1"}
"""A session of this machine alone listens to nobody else."""


def start_session(master: str, java_home: str | None) -> SparkSession:
    """The session of this process; UsageError if Spark cannot run here."""
    _require_java(java_home)
    with warnings.catch_warnings(), tempfile.TemporaryFile() as log, _silence(log):
        # Spark warns about pandas, which nothing here uses.
        warnings.simplefilter("ignore")
        from pyspark.errors import PySparkException  # noqa: PLC0415  (takes a second)
        from pyspark.logger import PySparkLogger  # noqa: PLC0415  (the same)
        from pyspark.sql import SparkSession  # noqa: PLC0415  (the same)

        for name in _LOUD:
            PySparkLogger.getLogger(name).disabled = True
        builder = SparkSession.builder.master(master)
        for name, value in (_SETTINGS | (_LOCAL if master.startswith("local") else {})).items():
            builder = builder.config(name, value)
        try:
            session = builder.getOrCreate()
            session.createDataFrame([(1,)], "one int")  # loads the rest of it
        except (PySparkException, OSError, RuntimeError, _java_errors()) as error:
            raise UsageError(
                "Spark does not start at {master}: {why}",
                "check --spark-master: local[*] is this machine, spark://HOST:7077 or yarn a cluster",
                master=master,
                why=_last_line(log) or str(error).partition("\n")[0],
            ) from error
    return session


@contextmanager
def explained(path: str = "") -> Iterator[None]:
    """Make a sentence of what Spark says when it cannot go on (over a file, if there is a path)."""
    from pyspark.errors import PySparkException  # noqa: PLC0415  (takes a second)

    try:
        yield
    except (PySparkException, _java_errors()) as error:
        why = next((line for line in str(error).splitlines() if "Exception" in line or "[" in line), str(error))
        why = _CLASS.sub("", why.strip())[:300]
        if path:
            hint = "check the path or URL, and that Spark may read there"
            raise FileError(path, "Spark cannot read it: {why}", hint, why=why) from error
        hint = "look at Spark's own log; the same command without --engine spark needs no cluster"
        raise Refused("Spark gave up: {why}", hint, why=why) from error


def require_packages() -> None:
    """UsageError if what Spark needs of Python is not installed; asked before the modules that import it."""
    if find_spec("pyspark") is None or find_spec("sqlglot") is None:
        raise UsageError("Spark is not installed", "install it with: pip install 'points[spark]'")


def _require_java(home: str | None) -> None:
    """Ask the Java that Spark would start for its version."""
    found = shutil.which("java", path=str(Path(home) / "bin")) if home else shutil.which("java")
    if found is None:
        if home:
            raise UsageError("Spark needs Java, and JAVA_HOME ({home}) has none", _HINT, home=home, java=JAVA)
        raise UsageError("Spark needs Java, and there is none", _HINT, java=JAVA)
    try:
        asked = subprocess.run([found, "-version"], capture_output=True, check=False, timeout=60)
    except (OSError, subprocess.SubprocessError) as error:
        raise UsageError("Spark needs Java, and {path} does not run", _HINT, path=found, java=JAVA) from error
    said = (asked.stderr + asked.stdout).decode("utf-8", "replace")
    # 17.0.15, or 1.8.0 in the old way of counting.
    number = re.search(r'version "(?:1\.)?(\d+)', said)
    if number is None or int(number[1]) < JAVA:
        version = number[1] if number else "?"
        raise UsageError(
            "Spark needs Java {java} or newer; {path} is Java {version}", _HINT, path=found, version=version, java=JAVA
        )


def _java_errors() -> type[Exception]:
    from py4j.protocol import Py4JError  # noqa: PLC0415  (comes with Spark)

    return Py4JError  # type: ignore[no-any-return]


@contextmanager
def _silence(log: BinaryIO) -> Iterator[None]:
    """Let the Java that is started here write to a file: it keeps the streams that it gets."""
    kept = [(number, os.dup(number)) for number in (1, 2)]
    try:
        for number, _ in kept:
            os.dup2(log.fileno(), number)
        yield
    finally:
        for number, copy in kept:
            os.dup2(copy, number)
            os.close(copy)


def _last_line(log: BinaryIO) -> str:
    """The last thing that Java said of an error."""
    log.seek(0)
    lines = log.read().decode("utf-8", "replace").splitlines()
    said = [line.strip() for line in lines if "Exception" in line or "Error" in line]
    return _CLASS.sub("", said[0])[:300] if said else ""
