"""The page about CI: its examples are YAML that says what it means, and its recipe fails on a broken rule file."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.running import ROOT, run

PAGES = ("ci.md", "ci.zh-CN.md")
FENCE = re.compile(r"^```yaml (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^(?:- |\s*-? ?run: |\s+)?points ((?:rules )?[a-z]+)(.*)$", re.MULTILINE)


def files(page: str) -> dict[str, str]:
    """The files that a page shows."""
    return dict(FENCE.findall((ROOT / "pointscli" / "docs" / page).read_text("utf-8")))


@pytest.mark.parametrize("page", PAGES)
def test_examples_are_yaml(page: str) -> None:
    found: dict[str, Any] = {name: yaml.safe_load(text) for name, text in files(page).items()}
    steps = found[".github/workflows/points.yml"]["jobs"]["check"]["steps"]
    assert [step["run"] for step in steps if step.get("run", "").startswith("points")] == [
        "points check",
        "points rules test",
    ]
    assert found[".gitlab-ci.yml"]["points"]["artifacts"]["reports"]["codequality"] == "codequality.json"
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert [one["id"] for one in found[".pre-commit-config.yaml"]["repos"][0]["hooks"]] == [hooks[0]["id"]]


@pytest.mark.parametrize("page", PAGES)
def test_commands_exist(page: str) -> None:
    text = (ROOT / "pointscli" / "docs" / page).read_text("utf-8")
    found = COMMAND.findall(text)
    assert len(found) > 8
    for name, rest in found:
        known = run(*name.split(), "--help", env={"COLUMNS": "400"})
        assert known.code == 0, name
        for option in re.findall(r"(?<= )--?[a-z][a-z-]*", rest):
            assert option in known.text, (name, option)


def test_the_hook_fails_on_a_broken_rule_file(tmp_path: Path) -> None:
    hook = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))[0]
    assert (hook["id"], hook["language"], hook["types"]) == ("points-check", "python", ["yaml"])
    assert hook["require_serial"] is True
    assert re.search(hook["files"], "rules/branch.yaml")
    assert re.search(hook["files"], "branch/rules/branch.yaml")
    assert not re.search(hook["files"], ".github/workflows/points.yml")
    path = tmp_path / "rules" / "branch.yaml"
    path.parent.mkdir()
    entry = shlex.split(hook["entry"])
    assert entry.pop(0) == "points"
    text = files("ci.md")["demo/rules/branch.yaml"]
    path.write_text(text, "utf-8")
    assert run(*entry, path).code == 1
    path.write_text(text.replace("maximum", "max"), "utf-8")
    good = run(*entry, path)
    assert good.code == 0, good.text + good.err


@pytest.mark.parametrize("page", PAGES)
def test_recipe(page: str, tmp_path: Path) -> None:
    path = tmp_path / "demo" / "rules" / "branch.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(files(page)["demo/rules/branch.yaml"], "utf-8")
    answer = run("-C", tmp_path / "demo", "check")
    assert answer.code == 1
    said = answer.text + answer.err
    assert "rules/branch.yaml:8:41" in said
    assert "did you mean max?" in said
