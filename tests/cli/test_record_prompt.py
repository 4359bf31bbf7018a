"""`points record` at a terminal: what is asked, in which order, what wrong answers do, and that "no" writes nothing."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.cli.rich import EVENTS, write_rich
from tests.cli.running import ENGLISH, ROOT, good

if sys.platform == "win32":
    pytest.skip("a pseudo-terminal", allow_module_level=True)

LONGEST = 20.0
"""Seconds until an expected text must have come."""
QUANTITY, REASON, EVIDENCE = "Quantity (Enter: 1): ", "Reason (Enter: none): ", "Evidence (Enter: none): "
DAY = "2021-09-20"


class Terminal:
    """A command on a terminal of its own: waits for a text, then types."""

    def __init__(self, *arguments: str | Path) -> None:
        import pty  # noqa: PLC0415  (not on Windows)

        self.screen, inside = pty.openpty()
        environment = {**os.environ, **ENGLISH, "PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "200"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "pointscli", *map(str, arguments)],
            stdin=inside,
            stdout=inside,
            stderr=inside,
            env=environment,
            cwd=ROOT,
            start_new_session=True,
        )
        os.close(inside)
        self.shown = ""

    def expect(self, text: str) -> None:
        """Read until a text is there; what stands after it is left."""
        end = time.monotonic() + LONGEST
        while text not in self.shown:
            assert time.monotonic() < end, f"no {text!r} in {self.shown!r}"
            self._read()
        self.shown = self.shown.partition(text)[2]

    def type(self, text: str) -> None:
        os.write(self.screen, f"{text}\n".encode())

    def finish(self) -> tuple[int, str]:
        end = time.monotonic() + LONGEST
        while self.process.poll() is None and time.monotonic() < end:
            self._read()
        while self._read():
            pass
        self.close()
        return self.process.returncode, self.shown

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self.screen)

    def _read(self) -> bool:
        if not select.select([self.screen], [], [], 0.1)[0]:
            return False
        try:
            data = os.read(self.screen, 65536)
        except OSError:
            return False
        self.shown += data.decode("utf-8", "replace").replace("\r\n", "\n")
        return bool(data)


def talk(folder: Path, options: Sequence[str], script: Sequence[tuple[str, str | None]]) -> tuple[int, str]:
    """Wait for each text and type the answer to it (None: only wait); exit code, and what was shown after the last."""
    terminal = Terminal("-C", folder, "record", *options)
    try:
        for text, answer in script:
            terminal.expect(text)
            if answer is not None:
                terminal.type(answer)
    except BaseException:
        terminal.close()
        raise
    return terminal.finish()


@pytest.fixture
def rich(tmp_path: Path) -> Path:
    return write_rich(tmp_path / "w")


def lines(folder: Path) -> list[str]:
    return (folder / "events.csv").read_text("utf-8").splitlines()


def test_everything_is_asked_for(rich: Path) -> None:
    script = [
        ("Member (id, name or pinyin initials): ", "xyz"),
        ("nobody fits", "zw"),
        ("1. M001 张伟 (二支部)", "2"),
        ("M002 张伟", "ly"),
        ("M009 刘洋", ""),
        ("Date (Enter: ", "2021.13.1"),
        ("once more", DAY),
        ("Item (words of its title, or its id): ", "听课"),
        ("no item fits", "讲"),
        ("Points (0.5 to 5): ", "2.5"),
        (REASON, "讲党课"),
        (EVIDENCE, ""),
        ("讲授党课: ", None),
        ("M002 张伟 (三支部): ", None),
        ("M009 刘洋 (一支部): ", None),
        ("Record it? y/n: ", "y"),
    ]
    code, rest = talk(rich, ("--stage", "verified", "--by", "王干事"), script)
    assert (code, "recorded R20210920-0001" in rest) == (0, True), rest
    assert lines(rich)[-1] == "R20210920-0001,2021-09-20,M002;M009,讲授党课,,,2.5,,讲党课,,王干事,verified"
    assert len(lines(rich)) == len(EVENTS) + 2


def test_no_writes_nothing(rich: Path) -> None:
    before = lines(rich)
    script = [
        ("Item", "meeting"),
        (QUANTITY, ""),
        (REASON, ""),
        (EVIDENCE, ""),
        ("Record it? y/n: ", "maybe"),
        ("Record it? y/n: ", "n"),
    ]
    code, rest = talk(rich, ("--member", "M009", "--date", DAY), script)
    assert (code, "nothing was recorded" in rest) == (0, True), rest
    assert lines(rich) == before


def test_a_wrong_answer_is_asked_again(rich: Path) -> None:
    script = [
        ("Item", "荣誉"),
        ("Levels: 1. 国家级  2. 省级  3. 市级", "4"),
        ("once more", "2"),
        (QUANTITY, "two"),
        ("once more", "-1"),
        (REASON, ""),
        (EVIDENCE, ""),
        ("quantity -1 is negative", None),
        (QUANTITY, "1"),
    ]
    code, rest = talk(rich, ("--member", "M009", "--date", DAY, "--yes"), script)
    assert (code, "recorded R20210920-0001" in rest) == (0, True), rest
    assert ",荣誉,1,省级," in lines(rich)[-1]


def test_the_end_of_answers(rich: Path) -> None:
    code, rest = talk(rich, (), [("Member", "\x04")])
    assert (code, "nothing was recorded" in rest) == (1, True), rest


def test_options_are_not_asked_again(rich: Path) -> None:
    answer = good("-C", rich, "record", "-m", "M009", "-i", "meeting", "-d", DAY)
    assert "recorded R20210920-0001" in answer.text
