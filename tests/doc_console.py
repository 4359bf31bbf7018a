"""Types what a console block of a page shows: the same commands again, with the output that they give now."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

from typer.testing import CliRunner

from pointscli.cli.main import app

ROOT = Path(__file__).parent.parent
CODE = "7F3A-9C21-0B44-E1D0"
"""What stands for every check code, for codes depend on the clock; in a command, for the last one that was said."""
_CODES = re.compile(r"\b(?:[0-9A-F]{4}-){3}[0-9A-F]{4}\b")
_TIMES = re.compile(r"\b20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_TIME = "2021-04-12T01:00:00Z"


class Terminal:
    """One session in the current folder, with messages in one language."""

    def __init__(self, language: str) -> None:
        """Begin it."""
        self._env = {"POINTS_LANG": language, "NO_COLOR": "1", "COLUMNS": "80", "GITHUB_ACTIONS": None}
        self._code = CODE

    def replay(self, text: str) -> str:
        """A block's commands with their output of now; `...` goes on standing for any lines."""
        parts = re.split(r"^\$ (.*)\n", text, flags=re.MULTILINE)
        assert parts[0] == "", "a console block begins with a command"
        commands = zip(parts[1::2], parts[2::2], strict=True)
        return "".join(f"$ {command}\n" + _shown(self._run(command), written) for command, written in commands)

    def _run(self, command: str) -> str:
        """The output of one command line; paths of the repository's own folders are found from anywhere."""
        words = [
            str(ROOT / word) if word.startswith(("examples/", "rules/")) else word.replace(CODE, self._code)
            for word in shlex.split(command)
        ]
        if words[0] in ("mkdir", "cp"):
            Path(words[-1]).mkdir(parents=True) if words[0] == "mkdir" else shutil.copy(words[1], words[2])
            return ""
        assert words[0] == "points", command
        result = CliRunner().invoke(app, words[1:], env=self._env)
        assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
        for code in _CODES.findall(result.output):
            self._code = code
        return _TIMES.sub(_TIME, _CODES.sub(CODE, result.output))


def _shown(output: str, written: str) -> str:
    """The output with the lines left out that the page leaves out: so many at the top and at the end are kept."""
    lines, before = output.splitlines(), written.splitlines()
    if "..." in before:
        head = before.index("...")
        tail = len(before) - head - 1
        lines = [*lines[:head], "...", *lines[len(lines) - tail :]]
    return "".join(f"{line.rstrip()}\n" for line in lines)
