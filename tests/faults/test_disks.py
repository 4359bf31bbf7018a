"""Full disks, closed streams, folders that nobody may write to, kills at any moment, two writers at once."""

from __future__ import annotations

import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.running import COMMAND, ROOT, Answer, good, run, run_shell
from tests.faults.judging import Flow, judge, prepare
from tests.faults.space import COMMANDS, arguments, state, write_space
from tests.faults.tracing import environment

ALL = os.environ.get("POINTS_FAULTS") == "all"
KILLS = 40 if ALL else 7
"""At so many moments a command is killed."""
SOME = tuple(COMMANDS) if ALL else ("record", "publish", "tally")
"""Each of them writes in another way."""
NOBODY = 65534


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_space(tmp_path_factory.mktemp("disks") / "base")


def unmeasured() -> dict[str, str]:
    """Without coverage, which would have to write where the process may not."""
    return {name: value for name, value in environment().items() if not name.startswith("COVERAGE_")}


def start(command: str, folder: Path, before: Callable[[], object] | None = None) -> Answer:
    """Run a command in a process of its own, which does something first."""
    done = subprocess.run(
        [*COMMAND, *arguments(command, folder)],
        cwd="/",
        env=unmeasured() if before else environment(),
        capture_output=True,
        check=False,
        preexec_fn=before,
    )
    return Answer(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))


AS_NOBODY = """
import os, sys
from tests.cli.running import run
half = (len(sys.argv) - 2) // 2
run(*sys.argv[2 : 2 + half])  # loads what it needs, while that can be read
os.setgid(int(sys.argv[1]))
os.setuid(int(sys.argv[1]))
answer = run(*sys.argv[2 + half :])
sys.stderr.write(answer.err)
sys.exit(answer.code)
"""


def start_as_nobody(command: str, folder: Path, like: Path) -> Answer:
    """Run a command as a user without permissions, after it has been run as it should be in a folder like it."""
    script = [sys.executable, "-c", AS_NOBODY, str(NOBODY), *arguments(command, like), *arguments(command, folder)]
    done = subprocess.run(script, cwd=ROOT, env=unmeasured(), capture_output=True, check=False)
    return Answer(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))


def flow(command: str, base: Path, folder: Path) -> Flow:
    """What the command does if nothing fails."""
    prepare(command, base, folder)
    old = state(folder)
    good(*arguments(command, folder))
    return Flow(command, base, old, state(folder), [])


# -- full disks

LIMITS = {
    "record": (40, 400, 1100),
    "review": (60,),
    "redeem": (110,),
    "import": (20, 420),
    "close": (500,),
    "publish": (300, 4000, 20000),
    "tally": (100,),
    "repair": (120,),
}
"""Bytes at which a file may grow no more: a write that begins before them is cut there."""


@pytest.mark.parametrize("command", SOME)
def test_a_file_may_grow_no_more(command: str, base: Path, tmp_path: Path) -> None:
    usual = flow(command, base, tmp_path / "usual")
    for limit in LIMITS[command] if ALL else LIMITS[command][:1]:
        folder = prepare(command, base, tmp_path / f"limit-{limit}")

        def hold(limit: int = limit) -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

        answer = start(command, folder, hold)
        assert answer.code == 3, answer.err
        assert "too large for this disk" in answer.err, answer.err
        judge(usual, folder, answer, f"{command} {limit}")


@contextmanager
def small_disk(size: int) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """A disk of some bytes in a namespace of its own: where others see it, and how a command gets there."""
    place = Path(tempfile.mkdtemp())
    mount = f"mount -t tmpfs -o size={size} none {place} && echo ready && read end"
    holder = subprocess.Popen(
        ["unshare", "-m", "sh", "-c", mount],  # noqa: S607  (wherever it is installed)
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        if not holder.stdout or holder.stdout.readline() != b"ready\n":
            pytest.skip("no disk can be mounted here")
        yield Path(f"/proc/{holder.pid}/root{place}"), ("nsenter", "-t", str(holder.pid), "-m")
    finally:
        holder.communicate(b"\n")
        place.rmdir()


@pytest.mark.skipif(shutil.which("unshare") is None, reason="unshare is not installed")
@pytest.mark.parametrize("command", SOME)
def test_a_full_disk(command: str, base: Path, tmp_path: Path) -> None:
    usual = flow(command, base, tmp_path / "usual")
    said = set()
    for pages in range(9 if ALL else 1):
        with small_disk(200 * 4096) as (disk, inside):
            prepare(command, base, disk / "w")
            fill(disk / "filler", leave=pages * 4096)
            there = Path("/", *disk.parts[4:], "w")  # as it is called inside
            done = subprocess.run(
                [*inside, *COMMAND, *arguments(command, there)], env=environment(), capture_output=True, check=False
            )
            answer = Answer(done.returncode, done.stdout, done.stderr.decode())
            copy = tmp_path / f"copy-{pages}"
            shutil.copytree(disk / "w", copy)
        said.add(answer.code)
        assert answer.code in (0, 3), answer.err
        assert answer.code == 0 or "the disk is full" in answer.err, answer.err
        judge(usual, copy, answer, f"{command}, {pages} pages left")
    assert 3 in said or command not in ("publish", "tally"), "the disk was never full"


def fill(path: Path, leave: int) -> None:
    """Fill a disk but for some bytes."""
    with path.open("wb", buffering=0) as file:
        try:
            while file.write(b"x" * 4096):
                pass
        except OSError:
            pass
        file.truncate(max(file.tell() - leave, 0))


# -- streams that are closed or full

SILENT = ("record", "review", "redeem", "import", "close", "repair") if ALL else ("record", "import")
TOLD = "only the report failed: what the command was to write is in the files; do not run it again"


@pytest.mark.parametrize("command", SILENT)
def test_nobody_hears_what_was_done(command: str, base: Path, tmp_path: Path) -> None:
    """It is done all the same, the exit code says that something failed, and the sentence what."""
    usual = flow(command, base, tmp_path / "usual")
    for number, stream in enumerate((">/dev/full", ">&-") if ALL else (">/dev/full",)):
        folder = prepare(command, base, tmp_path / str(number))
        words = " ".join(f"'{word}'" for word in arguments(command, folder))
        answer = run_shell(f"points {words} {stream}", folder)
        assert answer.code == 3
        assert answer.err.startswith("stdout: it cannot be written")
        assert TOLD in answer.err
        assert "Traceback" not in answer.err
        assert state(folder) == usual.new


# -- folders that nobody may write to


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
@pytest.mark.parametrize("command", SOME)
def test_a_folder_that_may_only_be_read(command: str, base: Path, tmp_path: Path) -> None:
    with tempfile.TemporaryDirectory() as parent:
        Path(parent).chmod(0o755)
        folder = prepare(command, base, Path(parent) / "w")
        (folder / "points.lock").unlink()
        before = state(folder)
        answer = start_as_nobody(command, folder, prepare(command, base, tmp_path / "w"))
        assert answer.code == 3, answer.err
        assert "there is no permission to write here" in answer.err, answer.err
        assert "Traceback" not in answer.err
        assert state(folder) == before
        assert not (folder / "points.lock").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
@pytest.mark.parametrize("closed", ["events", "rules"])
def test_a_folder_that_may_not_be_read(closed: str, base: Path, tmp_path: Path) -> None:
    """Files that cannot be seen are not taken for files that are not there: a tally without them would be wrong."""
    with tempfile.TemporaryDirectory() as parent:
        Path(parent).chmod(0o755)
        folder = prepare("tally", base, Path(parent) / "w")
        (folder / "events").mkdir()
        (folder / closed).chmod(0o711)
        answer = start_as_nobody("tally", folder, prepare("tally", base, tmp_path / "w"))
        assert answer.code == 3, answer.err
        assert "the folder cannot be listed (Permission denied)" in answer.err
        assert (folder / "result.csv").read_text("utf-8") == "old\n"


# -- kills at any moment


@pytest.mark.parametrize("command", SOME)
def test_killed_at_any_moment(command: str, base: Path, tmp_path: Path) -> None:
    chance = random.Random(command)
    began = time.monotonic()
    folder = prepare(command, base, tmp_path / "usual")
    old = state(folder)
    assert start(command, folder).code == 0
    usual, lasts = Flow(command, base, old, state(folder), []), time.monotonic() - began
    for number in range(KILLS):
        folder = prepare(command, base, tmp_path / str(number))
        process = subprocess.Popen(
            [*COMMAND, *arguments(command, folder)], env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        time.sleep(chance.uniform(0.5, 1) * lasts)
        process.kill()
        process.communicate()
        judge(usual, folder, Answer(-9, b"", ""), f"{command} {number}")


# -- what a killed command leaves


def test_a_folder_half_built_is_not_published(base: Path, tmp_path: Path) -> None:
    folder = prepare("publish", base, tmp_path / "w")
    good(*arguments("publish", folder))
    done = folder / "published" / "2021Q1" / "saving"
    half = done.with_name(".points-0a1b2c3d.tmp")
    shutil.copytree(done, half)
    verified = good("-C", folder, "verify")
    assert [line for line in verified.text.splitlines() if line.startswith("published")] == [
        line for line in verified.text.splitlines() if "published/2021Q1/saving " in line
    ]
    amended = good(*arguments("publish", folder), "--amend", "更正")
    assert amended.code == 0
    assert not half.exists()
    assert sorted(path.name for path in done.parent.iterdir()) == ["saving", "saving-amended-1"]


def test_a_folder_that_was_not_noted_is_noted_by_the_next_run(base: Path, tmp_path: Path) -> None:
    """A command that is killed between the folder and the audit file: the same command completes it."""
    folder = prepare("publish", base, tmp_path / "w")
    chain = folder / "points.audit.jsonl"
    before = chain.read_bytes()
    good(*arguments("publish", folder))
    whole = state(folder)
    chain.write_bytes(before)
    good(*arguments("publish", folder))
    assert state(folder) == whole
    (folder / "published" / "2021Q1" / "saving" / "ranking.csv").write_text("x", "utf-8")
    again = run(*arguments("publish", folder))
    assert (again.code, "is there already" in again.err) == (1, True)


def test_a_gift_is_not_handed_over_twice_by_mistake(base: Path, tmp_path: Path) -> None:
    """A clerk who saw no answer runs the command again; whoever means it says so."""
    folder = prepare("redeem", base, tmp_path / "w")
    good(*arguments("redeem", folder))
    once = (folder / "redemptions.csv").read_bytes()
    again = run(*arguments("redeem", folder))
    assert again.code == 1
    assert again.err.startswith("this looks like R0002 (redemptions.csv:3) again: 香皂 × 1 of C1 甲, same day\n")
    assert (folder / "redemptions.csv").read_bytes() == once
    assert good(*arguments("redeem", folder), "--again").text.startswith("Redeemed R0003")


# -- a second writer


def test_two_publish_at_once(base: Path, tmp_path: Path) -> None:
    folder = prepare("publish", base, tmp_path / "w")
    both = [begin("publish", folder) for _ in range(2)]
    said = [one.communicate()[1].decode() for one in both]
    assert sorted(one.returncode for one in both) == [0, 1], said
    assert any("is there already" in text for text in said)
    assert good("-C", folder, "verify").text.count(": yes") == 3
    assert len((folder / "points.audit.jsonl").read_bytes().splitlines()) == 4
    assert list(folder.rglob(".points-*")) == []


def test_recording_while_it_is_published(base: Path, tmp_path: Path) -> None:
    """Each sees the log before or after the other; both are in the audit file."""
    folder = prepare("publish", base, tmp_path / "w")
    both = [begin("publish", folder), begin("record", folder)]
    said = [one.communicate()[1].decode() for one in both]
    assert [one.returncode for one in both] == [0, 0], said
    assert good("-C", folder, "verify").text.count("intact: yes") == 1
    assert "R20210304" in (folder / "events.csv").read_text("utf-8")
    assert len((folder / "points.audit.jsonl").read_bytes().splitlines()) == 5
    assert "0 errors" in good("-C", folder, "check", "--audit").text


def begin(command: str, folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*COMMAND, *arguments(command, folder)],
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
