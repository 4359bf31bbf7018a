"""What each command loads: nothing that it does not use, for loading is most of what a small command costs."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from pointscli.cli.main import Root
from pointscli.cli.rules_app import Rules
from tests.cli.running import ENGLISH, ROOT

HEAVY = frozenset({
    "_duckdb", "asyncio", "duckdb", "filelock", "importlib.metadata", "jinja2", "matplotlib", "multiprocessing",
    "numpy", "pandas", "plotext", "polars", "py4j", "pydantic", "pypinyin", "pyspark", "python_calamine", "rich",
    "sqlglot", "tabulate", "xlsxwriter", "yaml", "zipfile",
})  # fmt: skip
COMPUTED = {"_duckdb", "yaml"}
PRINTED = {"importlib.metadata", "tabulate", "zipfile"}
"""What tabulate takes: it looks for its own version, with a module that loads the rest."""
LISTED = """
import os, sys
stdout = os.dup(1)
sys.stdout = open(os.devnull, "w")
from pointscli.cli.entry import main
code = 0
try:
    main()
except SystemExit as ended:
    code = ended.code or 0
os.write(stdout, " ".join([str(code), *sorted(sys.modules)]).encode())
"""
COMMUNITY = ("-C", str(ROOT / "examples" / "community"))
QUARTER = ("--quarter", "2021Q3")
RULE_FILE = str(ROOT / "rules" / "community.yaml")

CASES: dict[str, tuple[Sequence[str], set[str]]] = {
    "--version": (("--version",), set()),
    "--help": (("--help",), {"rich"}),
    "tally --help": (("tally", "--help"), {"rich"}),
    "rules --help": (("rules", "--help"), {"rich"}),
    "rules show --help": (("rules", "show", "--help"), {"rich"}),
    "csv": ((*COMMUNITY, "tally", *QUARTER, "-f", "csv"), COMPUTED),
    "json": ((*COMMUNITY, "outcomes", *QUARTER, "-f", "json"), COMPUTED),
    "table": ((*COMMUNITY, "tally", *QUARTER), COMPUTED | PRINTED),
    "html": ((*COMMUNITY, "tally", *QUARTER, "-f", "html"), COMPUTED | {"jinja2", "zipfile"}),
    "xlsx": ((*COMMUNITY, "tally", *QUARTER, "-f", "xlsx"), COMPUTED | {"xlsxwriter", "zipfile"}),
    "check": ((*COMMUNITY, "check"), COMPUTED),
    "explain": ((*COMMUNITY, "explain", "C001", *QUARTER), COMPUTED),
    "stats": ((*COMMUNITY, "stats", *QUARTER), COMPUTED),
    "rules show": (("rules", "show", RULE_FILE, "-f", "plain"), {"yaml"} | PRINTED),
    "rules schema": (("rules", "schema"), set()),
}


def loaded(*arguments: str) -> tuple[int, set[str]]:
    """The exit code of a command, and the modules loaded at its end, in a process of its own."""
    command = (sys.executable, "-c", LISTED, *arguments)
    done = subprocess.run(command, capture_output=True, check=True, cwd=ROOT, env={**os.environ, **ENGLISH})
    code, *modules = done.stdout.decode().split()
    return int(code), set(modules)


@pytest.mark.skipif("COVERAGE_PROCESS_CONFIG" in os.environ, reason="what measures coverage loads much itself")
@pytest.mark.parametrize(("arguments", "expected"), CASES.values(), ids=CASES.keys())
def test_only_what_is_used_is_loaded(arguments: Sequence[str], expected: set[str]) -> None:
    code, modules = loaded(*arguments)
    assert code == 0
    assert modules & HEAVY == expected


def test_help_loads_no_command() -> None:
    ours = {module for module in loaded("--help")[1] if module.startswith("pointscli.")}
    assert ours == {"pointscli.locale", "pointscli.cli"} | {
        f"pointscli.cli.{name}" for name in ("commands", "entry", "exits", "main", "plain_values", "words")
    }


def test_a_small_plain_tally_loads_neither_the_quick_way_nor_pages() -> None:
    _, modules = loaded(*COMMUNITY, "tally", *QUARTER, "-f", "csv")
    needless = (
        "app.fast_inputs",
        "app.one_member",
        "cli.progress",
        "engine.fast_log",
        "engine.fast_run",
        "outputs.page",
    )
    assert not modules & {f"pointscli.{name}" for name in needless}


def test_every_command_is_where_its_entry_says() -> None:
    for entry in (*Root.entries, *Rules.entries):
        module = entry.place.partition(":")[0]
        assert (Path(ROOT) / "pointscli" / "cli" / f"{module}.py").is_file(), entry
