"""The layers of the drawing in README hold, and only `engine/database.py` and one reader know DuckDB."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "pointscli"
MOST_LINES = 300


SOURCES = [path for path in sorted(PACKAGE.rglob("*.py")) if "__pycache__" not in path.parts]


def test_layers() -> None:
    code = "import sys; from importlinter.cli import lint_imports_command as c; sys.argv = ['lint-imports']; c()"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_file_fits_a_mind(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= MOST_LINES


def imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return names | {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


def test_who_knows_duckdb() -> None:
    found = {path.relative_to(PACKAGE).as_posix() for path in SOURCES if "duckdb" in imports(path)}
    assert found == {"engine/database.py", "inputs/parquet_file.py"}


@pytest.mark.parametrize("path", sorted((PACKAGE / "engine" / "stages").glob("*.sql")), ids=lambda path: path.stem)
def test_a_stage_says_what_a_row_is(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.startswith("-- ")
    assert ";" not in "".join(line.split("--")[0] for line in text.splitlines(keepends=True))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_only_the_command_line_prints_or_ends(path: Path) -> None:
    names = {node.id for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Name)}
    if "cli" not in path.relative_to(PACKAGE).parts:
        assert not names & {"print", "exit", "quit"}
