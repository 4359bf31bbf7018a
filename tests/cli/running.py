"""Runs `points` in this process or in one of its own, and writes the small workspaces that it runs in."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from typer.core import TyperGroup
from typer.main import get_command
from typer.testing import CliRunner

from pointscli.cli.main import app
from tests.case_files import Record, tally_arguments, write_rules, write_tables

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "pointscli")
ENGLISH = {"POINTS_LANG": "en", "NO_COLOR": "1"}
Rows = Sequence[Mapping[str, str]]


@dataclass(frozen=True)
class Answer:
    """What a command left: exit code and streams."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode()

    @property
    def json(self) -> Record:
        found: Record = json.loads(self.out, parse_float=Decimal)
        return found


def run(*arguments: str | Path, env: Mapping[str, str] | None = None, typed: str = "") -> Answer:
    """Run the command line in this process; an exception that it lets through is the test's failure."""
    whole = {**ENGLISH, **(env or {})}
    runner, code = CliRunner(), 0
    with runner.isolation(typed, env=whole) as (out, err, _):
        command = _command(tuple(sorted(whole.items())))
        try:
            command.main([str(one) for one in arguments], prog_name=runner.get_default_prog_name(command))
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
        sys.stdout.flush()
        sys.stderr.flush()
        return Answer(code, out.getvalue(), err.getvalue().decode("utf-8", "replace").replace("\r\n", "\n"))


@cache
def _command(env: tuple[tuple[str, str], ...]) -> TyperGroup:
    """The command line as it is built in an environment; to build it anew takes longer than most commands."""
    del env
    built = get_command(app)
    assert isinstance(built, TyperGroup)
    return built


def good(*arguments: str | Path, env: Mapping[str, str] | None = None) -> Answer:
    """Run a command that must succeed."""
    answer = run(*arguments, env=env)
    assert answer.code == 0, answer.err
    return answer


def run_process(
    *arguments: str | Path, env: Mapping[str, str] | None = None, cwd: Path = ROOT, command: Sequence[str] = COMMAND
) -> Answer:
    """Run the command line in a process of its own."""
    whole = {**os.environ, "PYTHONPATH": str(ROOT), **ENGLISH, **(env or {})}
    done = subprocess.run([*command, *map(str, arguments)], cwd=cwd, env=whole, capture_output=True, check=False)
    return Answer(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))


def run_shell(script: str, folder: Path, env: Mapping[str, str] | None = None) -> Answer:
    """Run a shell script in which `points` is the command line, in a folder."""
    line = f'points() {{ "{sys.executable}" -m pointscli "$@"; }}\n{script}'
    return run_process(env=env, cwd=folder, command=("bash", "-c", line))


def write_csv(path: Path, rows: Rows, columns: Sequence[str] | None = None) -> None:
    """Write rows as plain UTF-8 CSV."""
    path.parent.mkdir(parents=True, exist_ok=True)
    names = columns or list(dict.fromkeys(key for row in rows for key in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, lineterminator="\n", restval="")
        writer.writeheader()
        writer.writerows(rows)


def write_case(folder: Path, case: Record) -> Path:
    """Write a case of the oracle's generator or one in its form as a workspace."""
    if isinstance(case.get("schemes"), list):
        case = {**case, "schemes": {f"{number}.yaml": scheme for number, scheme in enumerate(case["schemes"])}}
    write_rules(folder, case)
    write_tables(folder, case)
    return folder


def tally_case(folder: Path, check: Record) -> Record | None:
    """The JSON of a check's tally; None if the workspace has no answer to it."""
    answer = run(*tally_arguments(folder, check))
    return None if answer.code else answer.json
