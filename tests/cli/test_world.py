"""The outside world where it is not as usual: no name, no binary stream, a terminal that cannot show a result."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import Annotated

import pytest
import typer
from typer.main import get_command

from pointscli.cli.plain_values import read_plainly
from pointscli.cli.world import World
from pointscli.model.problem import FileError, UsageError
from pointscli.model.table import Column, Table
from tests.cli.running import run

HINT = "write to a file with -o"
LOGIN = ("LOGNAME", "USER", "LNAME", "USERNAME", "POINTS_BY")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can be somebody else")
def test_nobody_knows_the_name_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in LOGIN:
        monkeypatch.delenv(name, raising=False)
    was = os.getuid()
    os.setresuid(54321, -1, -1)
    try:
        assert World().clerk(None) == ""
    finally:
        os.setresuid(was, -1, -1)
    assert World().clerk(" 王芳 ") == "王芳"


def test_a_stream_that_takes_only_text(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    World().put("得分\n")
    assert stream.getvalue() == "得分\n"


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal")
def test_a_workbook_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    screen, inside = os.openpty()
    with os.fdopen(inside, "w", encoding="utf-8") as terminal, os.fdopen(screen, "rb"):
        monkeypatch.setattr(sys, "stdout", terminal)
        table = Table("表", (Column("a", "甲"),), (("x",),))
        look = World().look("zh", ids=False)
        with pytest.raises(UsageError, match="a workbook cannot be shown on a terminal") as refused:
            World().write(table, look, "xlsx", None)
    assert refused.value.hint == "write it to a file with -o FILE.xlsx"


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        pytest.param(True, "only the report failed: what the command was to write is in the files", id="written"),
        pytest.param(False, HINT, id="nothing-written"),
    ],
)
def test_a_report_that_fails(*, written: bool, hint: str) -> None:
    with pytest.raises(FileError) as failed, World().reporting(written=written):
        raise FileError("stdout", "it cannot be written: {why}", HINT, why="full")
    assert failed.value.hint.startswith(hint)
    assert failed.value.args_ == {"why": "full"}


def test_a_language_that_there_is_not() -> None:
    answer = run("--lang", "fr", "tally")
    assert (answer.code, answer.out) == (2, b"")
    assert "fr (zh, en)" in answer.err


PLAIN = typer.Typer()


@PLAIN.command()
def plain(
    file: Annotated[Path | None, typer.Option("--file", exists=True)] = None,
    number: Annotated[int, typer.Option("--number", parser=lambda text: int(text, 16))] = 0,
) -> None:
    """Options that ask for more than a text or any path."""
    typer.echo(f"{file} {number}")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        pytest.param(("--file", "/", "--number", "ff"), 0, "/ 255\n", id="taken"),
        pytest.param(("--file", "/nowhere"), 2, "does not exist", id="no-such-file"),
        pytest.param(("--number", "x"), 2, "--number", id="no-number"),
    ],
)
def test_typer_reads_what_is_not_plain(
    arguments: tuple[str, ...], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    command = get_command(PLAIN)
    read_plainly(command.params)
    with pytest.raises(SystemExit) as stop:
        command.main(list(arguments))
    assert (stop.value.code, said in "".join(capsys.readouterr())) == (code, True)
