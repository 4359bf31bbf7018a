"""Where results go, and what happens when they cannot go there: files, pipes, closed and full streams, consoles."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pointscli import __version__
from tests.cli.rich import PERIOD, write_rich
from tests.cli.running import COMMAND, ROOT, Answer, good, run, run_process, run_shell

ANSI = "\x1b["
TALLY = "points tally --quarter 2021Q3"


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_rich(tmp_path_factory.mktemp("rich") / "w")


def calm(answer: Answer) -> None:
    assert "Traceback" not in answer.err, answer.err
    assert "Exception ignored" not in answer.err, answer.err
    assert b"Traceback" not in answer.out


# -- files

FORMATS = {".csv": "csv", ".json": "json", ".jsonl": "jsonl", ".md": "markdown", ".txt": "plain"}


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_file_instead_of_stdout(suffix: str, rich: Path, tmp_path: Path) -> None:
    path = tmp_path / f"结果{suffix}"
    path.write_text("old", "utf-8")
    path.chmod(0o640)
    answer = good("-C", rich, "tally", *PERIOD, "-o", path)
    assert answer.out == b""
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
    assert path.stat().st_mode & 0o777 == 0o640
    shown = good("-C", rich, "tally", *PERIOD, "--format", FORMATS[suffix]).text
    written = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    assert written == shown
    assert path.read_bytes().startswith(b"\xef\xbb\xbf") == (suffix == ".csv")


def test_the_format_wins_over_the_suffix(rich: Path, tmp_path: Path) -> None:
    path = tmp_path / "result.txt"
    good("-C", rich, "tally", *PERIOD, "-o", path, "--format", "json")
    assert json.loads(path.read_bytes())["period"] == "2021Q3"


def test_a_failure_leaves_the_file_alone(rich: Path, tmp_path: Path) -> None:
    path = tmp_path / "result.csv"
    path.write_text("old", "utf-8")
    (tmp_path / "w").mkdir()
    for arguments in (("-C", rich, "tally", "--quarter", "2021Q9"), ("-C", tmp_path / "w", "tally")):
        answer = run(*arguments, "-o", path)
        assert (answer.code, answer.out) == (2, b"")
    assert path.read_text("utf-8") == "old"


def test_a_file_that_cannot_be_written(rich: Path, tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "file").write_text("", "utf-8")
    protected = tmp_path / "protected.csv"
    protected.write_text("old", "utf-8")
    protected.chmod(0o444)
    for place in ("folder.csv", "nowhere/result.csv", "file/result.csv", "protected.csv", "x" * 300 + ".csv"):
        answer = run("-C", rich, "tally", *PERIOD, "-o", tmp_path / place)
        assert (answer.code, answer.out) == (3, b""), (place, answer.err)
        assert Path(place).name in answer.err
        assert answer.err.count("\n") >= 2, "no hint"
    assert protected.read_text("utf-8") == "old"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["file", "folder.csv", "protected.csv"]


def test_a_folder_as_a_file(rich: Path, tmp_path: Path) -> None:
    answer = run("-C", rich, "tally", *PERIOD, "-o", tmp_path, "--format", "csv")
    assert (answer.code, answer.out) == (3, b"")


# -- pipes and closed streams

SHELL = {
    "the reader stops": (f"{TALLY} | head -1; exit ${{PIPESTATUS[1]}}", 0),
    "the reader is gone": (f"({TALLY}; echo $? >status) | true; exit 0", 0),
    "stdout closed": (f"{TALLY} >&-", 3),
    "stdout full": (f"{TALLY} >/dev/full", 3),
    "csv to a full disk": (f"{TALLY} --format csv >/dev/full", 3),
    "stderr closed": ("points tally --quarter 2021Q9 2>&-", 2),
    "stderr full": ("points tally --quarter 2021Q9 2>/dev/full", 2),
    "both closed": (f"{TALLY} >&- 2>&-", 3),
    "stdin closed": (f"{TALLY} <&-", 0),
    "note with stderr closed": ("points tally 2>&-", 0),
    "help to a reader that stops": ("points --help | head -1; exit ${PIPESTATUS[1]}", 0),
    "help with stdout closed": ("points --help >&-", 0),
    "help to a full disk": ("points --help >/dev/full", 3),
    "version to a full disk": ("points --version >/dev/full", 3),
}


@pytest.mark.parametrize(("script", "code"), [pytest.param(*case, id=name) for name, case in SHELL.items()])
def test_streams_that_are_closed_or_full(script: str, code: int, rich: Path) -> None:
    answer = run_shell(script, rich)
    calm(answer)
    assert answer.code == code, answer.err


def test_a_file_with_stdout_closed(rich: Path, tmp_path: Path) -> None:
    answer = run_shell(f'{TALLY} -o "{tmp_path}/result.csv" >&-', rich)
    calm(answer)
    assert answer.code == 0
    assert (tmp_path / "result.csv").stat().st_size > 500


# -- consoles of other encodings


def through_terminal(folder: Path, *arguments: str, **env: str) -> tuple[int, bytes]:
    """Run with a terminal as stdout; what it showed."""
    leader, follower = pty.openpty()
    whole = {**os.environ, "PYTHONPATH": str(ROOT), "POINTS_LANG": "zh", "TERM": "xterm-256color", **env}
    whole = {key: value for key, value in whole.items() if value}
    process = subprocess.Popen([*COMMAND, *arguments], cwd=folder, env=whole, stdout=follower, stderr=subprocess.STDOUT)
    os.close(follower)
    shown = b""
    try:
        while part := os.read(leader, 65536):
            shown += part
    except OSError:
        pass  # how a terminal says that nobody writes to it any more
    os.close(leader)
    return process.wait(), shown


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "ascii", "utf-8"])
def test_a_console_that_lacks_a_character(encoding: str, rich: Path) -> None:
    code, shown = through_terminal(rich, "tally", *PERIOD, PYTHONIOENCODING=encoding, NO_COLOR="1")
    assert code == 0, shown
    text = shown.decode(encoding)
    assert "M004" in text
    assert ("𬱖三" in text) == (encoding in ("gb18030", "utf-8"))
    assert ("欧阳娜" in text) == (encoding != "ascii")
    assert b"Traceback" not in shown


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "ascii", "utf-8"])
def test_a_pipe_always_gets_utf_8(encoding: str, rich: Path) -> None:
    answer = run_process("-C", rich, "tally", *PERIOD, env={"PYTHONIOENCODING": encoding, "POINTS_LANG": "zh"})
    calm(answer)
    assert answer.code == 0
    assert "𬱖三" in answer.text


@pytest.mark.parametrize(
    "arguments", [("--help",), ("tally", "--help"), ("tally", "--quarter", "2021Q9"), ("tally", "-x")]
)
@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_messages_in_every_encoding(encoding: str, arguments: tuple[str, ...], rich: Path) -> None:
    answer = run_process(*arguments, cwd=rich, env={"PYTHONIOENCODING": encoding, "POINTS_LANG": "zh"})
    calm(answer)
    assert answer.code == (0 if "--help" in arguments else 2)


def test_colour_on_a_terminal_only_if_wanted(rich: Path) -> None:
    plain = through_terminal(rich, "tally", *PERIOD, NO_COLOR="1")[1]
    asked = through_terminal(rich, "--no-color", "tally", *PERIOD, NO_COLOR="")[1]
    coloured = through_terminal(rich, "tally", *PERIOD, NO_COLOR="")[1]
    assert ANSI.encode() in coloured
    assert ANSI.encode() not in plain
    assert ANSI.encode() not in asked
    assert shown(re.sub(rb"\x1b\[[0-9;]*m", b"", coloured)) == shown(plain)


def shown(screen: bytes) -> bytes:
    """Without the line that says how long a command already takes: it comes on a slow machine only, and is wiped."""
    return re.sub(rb"\r[^\n]*\r(?!\n)", b"", screen)


# -- help and version


def test_version() -> None:
    answer = run_process("--version")
    assert (answer.code, answer.text, answer.err) == (0, f"points {__version__}\n", "")


def test_help_lists_commands_in_groups_with_one_line_each() -> None:
    text = run_process("--help", env={"COLUMNS": "100"}).text
    panels = re.findall(r"╭─ (\w+) ─+╮\n((?:│.*│\n)+)╰", text)
    assert [name for name, _ in panels][:2] == ["Options", "Scores"]
    commands = dict(panels)["Scores"].splitlines()
    assert [line.split()[1] for line in commands][:2] == ["tally", "outcomes"]
    assert all(line.rstrip("│ ").endswith(".") for line in commands), "one line a command"


def test_every_command_has_help_and_shows_its_options() -> None:
    for command in ("tally", "outcomes"):
        answer = run_process(command, "-h", env={"COLUMNS": "120"})
        assert answer.code == 0
        for option in ("--month", "--quarter", "--half", "--year", "--as-of", "--scheme", "--skip-invalid", "--where"):
            assert re.search(rf"│ {option} .*\S.*\.\s*│", answer.text), option


def test_no_arguments_is_help() -> None:
    answer = run_process()
    calm(answer)
    assert answer.code in (0, 2)
    assert "tally" in answer.text + answer.err
    assert "--workspace" in answer.text + answer.err


@pytest.mark.parametrize("form", [("--lang", "zh"), ("--lang=zh",)], ids=" ".join)
def test_help_in_the_language_asked_for(form: tuple[str, ...]) -> None:
    answer = run_process(*form, "tally", "--help", env={"POINTS_LANG": "en"})
    assert answer.code == 0
    assert "一个时期的积分" in answer.text


def test_it_is_the_same_program_by_either_name() -> None:
    script = Path(sys.executable).with_name("points")
    if script.exists():
        answer = run_process("--version", command=(str(script),))
        assert answer.text == f"points {__version__}\n"
    assert run_process("nonsense").err.startswith("Usage: points ")
