"""The line that shows what a long command is doing: on a terminal only, after a second, and gone at the end."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path

import pytest

from pointscli.cli import progress
from pointscli.locale import translator
from pointscli.model.progress import chapter, working
from tests.cli.running import ENGLISH, ROOT

pty = pytest.importorskip("pty")  # not on Windows

WIDTH = 80


class Terminal:
    """Both ends of a terminal; what it shows is worked out from what was written."""

    def __init__(self) -> None:
        self.master, self.slave = pty.openpty()
        self.stream: TextIOWrapper = os.fdopen(self.slave, "w", encoding="utf-8", closefd=False)

    def written(self) -> str:
        self.stream.flush()
        os.set_blocking(self.master, False)
        found = b""
        while True:
            try:
                part = os.read(self.master, 65536)
            except (BlockingIOError, OSError):
                break
            if not part:
                break
            found += part
        return found.decode("utf-8")

    def close(self) -> None:
        self.stream.close()
        os.close(self.master)
        os.close(self.slave)


def screen(text: str) -> list[str]:
    """The lines that stand there in the end; wide characters take one place here, as the tests use none beside them."""
    lines, column = [""], 0
    for char in text:
        if char == "\n":
            lines.append("")
            column = 0
        elif char == "\r":
            column = 0
        elif char == "\b":
            column -= 1
        else:
            line = lines[-1].ljust(column)
            lines[-1] = line[:column] + char + line[column + 1 :]
            column += 1
    return [line.rstrip() for line in lines]


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    made = Terminal()
    yield made
    made.close()


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "PATIENCE", 0.01)
    monkeypatch.setattr(progress, "_PAUSE", 0.01)


def until(terminal: Terminal, wanted: str, seconds: float = 10) -> str:
    """What was written until something stands in it."""
    text, end = "", time.monotonic() + seconds
    while wanted not in text and time.monotonic() < end:
        time.sleep(0.01)
        text += terminal.written()
    assert wanted in text
    return text


@pytest.mark.usefixtures("soon")
def test_it_shows_the_step_and_leaves_nothing(terminal: Terminal) -> None:
    with progress.ProgressLine(terminal.stream, translator("en")):
        working("computing prices (2 of 5)")
        text = until(terminal, "computing prices (2 of 5)  0 s")
        chapter("{period} ({number} of {count})", period="2021Q3", number=1, count=4)
        working("writing {path}", path="a.csv")
        text += until(terminal, "2021Q3 (1 of 4)  writing a.csv  0 s")
        assert screen(text) == ["2021Q3 (1 of 4)  writing a.csv  0 s"]
    text += terminal.written()
    assert screen(text) == [""]
    working("nobody hears this")
    assert terminal.written() == ""


@pytest.mark.usefixtures("soon")
def test_what_else_is_written_stands_alone(terminal: Terminal) -> None:
    with progress.ProgressLine(terminal.stream, translator("en")):
        working("reading")
        text = until(terminal, "reading")
        with progress.without_line():
            terminal.stream.write("a warning\n")
            terminal.stream.flush()
        text += until(terminal, "reading")
        assert screen(text)[0] == "a warning"
    assert screen(text + terminal.written()) == ["a warning", ""]


@pytest.mark.usefixtures("soon")
def test_a_long_step_does_not_break_the_line(terminal: Terminal) -> None:
    with progress.ProgressLine(terminal.stream, translator("en")):
        working("reading {path}", path="表" * 100)
        text = until(terminal, "表")
    longest = max(text.replace("\b", "").replace("\r", "\n").splitlines(), key=len)
    assert sum(2 if char == "表" else 1 for char in longest) < WIDTH


def test_a_quick_command_shows_nothing(terminal: Terminal) -> None:
    with progress.ProgressLine(terminal.stream, translator("en")):
        working("reading")
    assert terminal.written() == ""


SLOW = """
import sys, time
from pointscli.cli import progress
progress.PATIENCE = progress._PAUSE = 0.01
from pointscli.engine.run import Computation
real = Computation.result
def slow(*arguments, **more):
    time.sleep(0.2)
    return real(*arguments, **more)
Computation.result = slow
from pointscli.cli.entry import main
main()
"""


@pytest.mark.parametrize("options", [(), ("--no-color",)], ids=["colour", "no colour"])
def test_a_command(terminal: Terminal, options: tuple[str, ...], tmp_path: Path) -> None:
    """A real process: a terminal gets the same result as a pipe, and no escape code is written."""
    asked = ("-C", str(ROOT / "examples" / "community"), *options, "tally", "--quarter", "2021Q3", "-f", "csv")
    command = (sys.executable, "-c", SLOW, *asked)
    environment = {**os.environ, **ENGLISH}
    piped = subprocess.run(command, capture_output=True, env=environment, cwd=tmp_path, check=True)
    assert piped.stderr == b""
    with subprocess.Popen(command, stdout=terminal.slave, stderr=terminal.slave, env=environment, cwd=tmp_path) as run:
        text = ""
        while run.poll() is None:
            time.sleep(0.02)
            text += terminal.written()
    text += terminal.written()
    assert "computing what counts (1 of 5)  0 s" in text
    assert "\x1b" not in text
    assert screen(text) == [*(line.rstrip() for line in piped.stdout.decode().splitlines()), ""]
