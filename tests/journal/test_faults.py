"""Every system call of an append and of a replacement fails in turn, or the process is killed before it.

strace makes them fail for real. Afterwards every file is exactly the old or exactly the new one, what the command said
is true, and the next command goes on from there.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pointscli.journal.audit import check_chain, next_number
from pointscli.journal.chain import CHAIN
from pointscli.model.problem import Severity
from tests.journal.acts import add, files

ROOT = Path(__file__).parents[2]
STRACE = shutil.which("strace")
CALLS = ("openat", "write", "fsync", "ftruncate", "rename", "renameat", "renameat2", "unlink", "unlinkat", "chmod")
MARK = "/the-journal-begins-here"
STEPS = ("append", "new", "replace")
SCRIPT = f"""
import os, sys
from pathlib import Path
import filelock
from pointscli.journal.audit import Act, Write, append_audited, replace_audited
from pointscli.journal.new_folder import new_folder_audited
from pointscli.journal.workspace_lock import locked
from pointscli.model.problem import FileError
root, step = Path(sys.argv[1]), sys.argv[2]
act = Act("x", "2021-07-05T08:00:00Z", step)
os.path.exists("{MARK}")
try:
    os.open("{MARK}", os.O_RDONLY)
except OSError:
    pass
try:
    with locked(root, act):
        if step == "append":
            append_audited(root, act, [Write(root / name, b"", b"new\\n") for name in ("a.csv", "b.csv")])
        elif step == "new":
            append_audited(root, act, [Write(root / name, b"id\\n", b"new\\n") for name in ("a.csv", "c.csv")])
        elif step == "folder":
            new_folder_audited(root, act, root / "published" / "2021", {{"a.html": b"x"}})
        else:
            replace_audited(root, act, root / "a.csv", b"id\\nnewer\\n")
except FileError as error:
    done = error.reason.startswith("the file was written")
    os._exit(4 if done else 3)
except OSError:
    os._exit(5)
os._exit(0)
"""
NEW = {
    "append": {"a.csv": b"id\nold\nnew\n", "b.csv": b"id\nold\nnew\n"},
    "new": {"a.csv": b"id\nold\nnew\n", "c.csv": b"id\nnew\n"},
    "replace": {"a.csv": b"id\nnewer\n"},
}


def prepare(folder: Path) -> Path:
    """A workspace with two recorded logs."""
    add(folder, ("a.csv", b"old\n"), ("b.csv", b"old\n"), head=b"id\n")
    return folder


def traced(folder: Path, step: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Run a step under strace."""
    command = [str(STRACE), "-f", "-qq", "-e", "trace=" + ",".join(f"?{call}" for call in CALLS), *options]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [*command, sys.executable, "-c", SCRIPT, str(folder), step],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def points(folder: Path, step: str) -> list[tuple[str, int, bool]]:
    """Every call of a step, the how-manieth of its kind it is in the whole process, and whether it only reads."""
    log = folder.with_suffix(".trace")
    assert traced(prepare(folder), step, "-o", str(log)).returncode == 0
    seen: Counter[str] = Counter()
    found, begun = [], False
    for line in log.read_text("utf-8", "replace").splitlines():
        match = re.match(r"(?:\d+ +)?(\w+)\(", line)
        if not match:
            continue
        seen[match[1]] += 1
        if begun:
            found.append((match[1], seen[match[1]], "O_RDONLY" in line))
        begun = begun or MARK in line
    return found


def faults(calls: list[tuple[str, int, bool]]) -> Iterator[tuple[str, str, int]]:
    for call, number, reads in calls:
        yield "error=EIO", call, number
        if not reads:
            yield "signal=KILL", call, number
        if not reads and call in ("write", "fsync", "openat"):
            yield "error=ENOSPC", call, number


def judge(folder: Path, step: str, fault: tuple[str, str, int], code: int) -> None:
    """Old or new, as the exit code says; and the next command goes on."""
    old = {"a.csv": b"id\nold\n", "b.csv": b"id\nold\n"}
    new = old | NEW[step]
    found = {name: data for name, data in files(folder).items() if name.endswith(".csv")}
    entries = next_number(folder) - 1
    if code in (0, 4):
        assert (found, entries) == (new, 2), fault
    elif code == 3:
        assert (found, entries) == (old, 1), fault
    else:
        assert code == -9, (fault, code)
        assert all(data in (old.get(name), new[name]) for name, data in found.items()), fault
        assert set(old) <= set(found), fault
    killed = code == -9
    assert killed or [name for name in files(folder) if name.startswith(".points-")] == [], fault
    assert killed or check_chain(folder) == [], fault
    assert [one for one in check_chain(folder) if one.severity is Severity.ERROR and step != "replace"] == [], fault
    add(folder, ("b.csv", b"next\n"))
    assert [one.name for one in check_chain(folder) if one.name != "changed-outside"] == [], fault


@pytest.mark.skipif(STRACE is None, reason="strace is not installed")
@pytest.mark.parametrize("step", STEPS)
def test_every_call_fails_in_turn(tmp_path: Path, step: str) -> None:
    calls = points(_folder(tmp_path, "first"), step)
    least = {"append": {"write": 3, "fsync": 3}, "new": {"write": 3, "rename": 1}, "replace": {"rename": 1}}
    kinds = Counter(call.partition("at")[0] for call, _, _ in calls)
    assert all(kinds[call] >= count for call, count in least[step].items()), kinds

    def run(fault: tuple[str, str, int]) -> None:
        what, call, number = fault
        folder = prepare(_folder(tmp_path, f"{what}-{call}-{number}"))
        done = traced(folder, step, "-o", os.devnull, "-e", f"inject={call}:{what}:when={number}")
        judge(folder, step, fault, done.returncode)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        assert len(list(pool.map(run, faults(calls)))) > 20


@pytest.mark.skipif(STRACE is None, reason="strace is not installed")
def test_what_cannot_be_taken_back_is_said(tmp_path: Path) -> None:
    prepare(tmp_path)
    injections = [f"inject={call}:error=EIO:when=1+" for call in ("fsync", "ftruncate")]
    done = traced(tmp_path, "append", "-o", os.devnull, *(part for one in injections for part in ("-e", one)))
    assert done.returncode == 3
    assert (tmp_path / "a.csv").read_bytes() == b"id\nold\nnew\n"
    add(tmp_path, ("b.csv", b"next\n"))
    assert [one.name for one in check_chain(tmp_path)] == ["changed-outside"]
    assert len((tmp_path / CHAIN).read_bytes().splitlines()) == 2


@pytest.mark.skipif(STRACE is None, reason="strace is not installed")
def test_a_folder_that_the_disk_does_not_confirm(tmp_path: Path) -> None:
    """The folder above it, its file, the file's name, its own name, the entry: without one of them nothing is left."""
    before = files(prepare(tmp_path))

    def confirmed(number: int) -> int:
        folder = prepare(_folder(tmp_path, str(number)))
        code = traced(folder, "folder", "-o", os.devnull, "-e", f"inject=fsync:error=EIO:when={number}").returncode
        assert code == 3 or sorted(set(files(folder)) - set(before)) == ["published/2021/a.html"], (number, code)
        assert code == 0 or (files(folder), (folder / "published").exists()) == (before, False), (number, code)
        return code

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        assert list(pool.map(confirmed, range(1, 7))) == [3, 3, 3, 3, 3, 0]


def _folder(parent: Path, name: str) -> Path:
    folder = parent / name
    folder.mkdir()
    return folder
