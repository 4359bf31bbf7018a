"""Only one command at a time; who holds the lock is named, and a killed one holds nothing."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pointscli.journal.audit import check_chain, next_number
from pointscli.journal.workspace_lock import HOLDER, LOCK, locked
from pointscli.model.problem import FileError
from tests.journal.acts import ACT, add

ROOT = Path(__file__).parents[2]
HOLD = """
import sys, time
from pathlib import Path
from pointscli.journal.workspace_lock import Act, locked
with locked(Path(sys.argv[1]), Act("王芳", "2021-07-05T08:00:00Z", "record")):
    print("held", flush=True)
    time.sleep(60)
"""


def said(error: FileError) -> str:
    return error.reason.format(**error.args_)


def test_the_holder_is_named_and_gone_when_it_is_killed(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(FileError) as caught, locked(tmp_path, timeout=0.05):
            pass
        holder.kill()
    expected = "points record of 王芳 has been writing since 2021-07-05T08:00:00Z"
    assert said(caught.value) == f"{expected} (process {holder.pid}); waited 0.05 seconds"
    assert (tmp_path / HOLDER).exists()
    with locked(tmp_path, timeout=0.05):
        assert str(os.getpid()) in (tmp_path / HOLDER).read_text("utf-8")
    assert not (tmp_path / HOLDER).exists()


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b"{}", b'{"pid": 1}', b"\xff"])
def test_a_holder_that_cannot_be_read(tmp_path: Path, text: bytes) -> None:
    with locked(tmp_path, ACT):
        (tmp_path / HOLDER).write_bytes(text)
        with pytest.raises(FileError, match="another command") as caught, locked(tmp_path, timeout=0.01):
            pass
    assert said(caught.value) == "another command has been writing for 0.01 seconds"


def test_let_go_after_a_failure(tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(KeyError), locked(tmp_path, ACT, timeout=0.01):
            raise KeyError
    assert (tmp_path / LOCK).exists()


@pytest.mark.skipif(os.name == "nt", reason="POSIX only")
def test_a_folder_that_is_not_there_or_not_ours(tmp_path: Path) -> None:
    for path in (_file(tmp_path), tmp_path / "missing"):
        with pytest.raises(FileError, match="no such folder"), locked(path):
            pass
    assert not (tmp_path / "missing").exists()
    tmp_path.chmod(0o500)
    try:
        if os.access(tmp_path, os.W_OK):
            pytest.skip("root may write everywhere")
        with pytest.raises(FileError, match="no permission"), locked(tmp_path):
            pass
    finally:
        tmp_path.chmod(0o700)


def _file(folder: Path) -> Path:
    path = folder / "file"
    path.write_bytes(b"")
    return path


@pytest.mark.parametrize(("failure", "reason"), [(NotImplementedError(), "cannot lock"), (errno.EROFS, "read-only")])
def test_disks_without_locks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: Exception | int, reason: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(failure, "") if isinstance(failure, int) else failure

    monkeypatch.setattr("filelock.FileLock.acquire", fail)
    with pytest.raises(FileError, match=reason), locked(tmp_path):
        pass


MANY = """
import sys
from pathlib import Path
from pointscli.journal.audit import Act, Write, append_audited, next_number
from pointscli.journal.workspace_lock import locked
root, number = Path(sys.argv[1]), sys.argv[2]
act = Act("clerk " + number, "2021-07-05T08:00:00Z", "record")
for event in range(int(sys.argv[3])):
    with locked(root, act, timeout=60):
        row = f"{number}-{event},{next_number(root)}\\n".encode()
        append_audited(root, act, [Write(root / "events.csv", b"id,seq\\n", row)])
"""
PROCESSES, EACH = 8, 200


def test_many_processes_at_once(tmp_path: Path) -> None:
    """1,600 records, none lost, none doubled, one chain, and numbers without a gap."""
    commands = [[sys.executable, "-c", MANY, str(tmp_path), str(number), str(EACH)] for number in range(PROCESSES)]
    started = [subprocess.Popen(command, cwd=ROOT) for command in commands]
    assert [process.wait() for process in started] == [0] * PROCESSES
    header, *rows = (tmp_path / "events.csv").read_text("utf-8").splitlines()
    assert header == "id,seq"
    assert [row.split(",")[1] for row in rows] == [str(number + 1) for number in range(PROCESSES * EACH)]
    assert {row.split(",")[0] for row in rows} == {f"{p}-{event}" for p in range(PROCESSES) for event in range(EACH)}
    assert next_number(tmp_path) == PROCESSES * EACH + 1
    assert check_chain(tmp_path) == []
    assert add(tmp_path, ("events.csv", b"last,1601\n")) == PROCESSES * EACH + 1
