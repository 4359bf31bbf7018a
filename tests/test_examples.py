"""The example workspaces: each scheme in every format, the commands that their README names, the script behind them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pointscli.cli.main import app
from tests.case_files import Record

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
SCHEMES = {
    "community": "community",
    "social-insurance": "social-insurance",
    "social-insurance-activists": "social-insurance",
    "finance-bureau": "finance-bureau",
    "state-enterprise": "state-enterprise",
    "poverty-relief": "poverty-relief",
}
"""Scheme → its workspace."""
HEAD = ["format", "scheme", "version", "title", "period", "as_of", "decided", "settle", "partial", "columns", "members"]
MEMBER = ["rank", "member", "name", "branch", "group", "kind", "score", "columns", "earned", "grade", "stars"]
COMMANDS = re.findall(r"^points (.+)$", (EXAMPLES / "README.md").read_text("utf-8"), re.MULTILINE)


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, list(arguments), env={"POINTS_LANG": "en", "NO_COLOR": "1"})
    assert result.exit_code == 0, result.stderr
    return result.stdout


@pytest.mark.parametrize("period", [("--quarter", "2021Q3"), ("--year", "2021"), ("--month", "2021-07")], ids=" ".join)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_scheme_in_every_format(scheme: str, period: tuple[str, str]) -> None:
    workspace = EXAMPLES / SCHEMES[scheme]
    asked = ("-C", str(workspace), "tally", *period, "--scheme", scheme)
    answer: Record = json.loads(run(*asked, "--format", "json"), parse_float=Decimal)
    names = [name for name in answer if name not in ("outcomes", "nominated")]
    assert names == HEAD
    members = answer["members"]
    assert len(members) > 3
    shown = run(*asked)
    for row in members:
        assert [name for name in row if name != "derived"] == [*MEMBER, "outcomes"]
        assert row["name"] in shown
    lines = run(*asked, "--format", "csv").splitlines()
    assert [line.split(",")[1] for line in lines[1:]] == [row["member"] for row in members]
    assert len(lines[0].split(",")) == 10 + len(answer["columns"]) + len(members[0].get("derived", {}))


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_of_the_readme(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert run(*command.split())


def test_the_script_writes_the_same_again(tmp_path: Path) -> None:
    for path in ("examples", "rules"):
        shutil.copytree(ROOT / path, tmp_path / path, ignore=shutil.ignore_patterns("__pycache__"))
    written = {path: path.read_bytes() for path in (tmp_path / "examples").rglob("*") if path.is_file()}
    subprocess.run([sys.executable, "-B", str(tmp_path / "examples" / "generate.py")], check=True, capture_output=True)
    now = {path: path.read_bytes() for path in (tmp_path / "examples").rglob("*") if path.is_file()}
    assert sorted(now) == sorted(written)
    assert [path for path, content in now.items() if content != written[path]] == []


@pytest.mark.parametrize(("scheme", "workspace"), SCHEMES.items())
def test_the_workspace_has_the_shipped_rules(scheme: str, workspace: str) -> None:
    name = f"rules/{scheme}.yaml"
    assert (EXAMPLES / workspace / name).read_bytes() == (ROOT / name).read_bytes()
