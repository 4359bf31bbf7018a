"""An append is there as a whole, or the file is as it was."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest

from pointscli.journal.append import Appended, append_bytes, seen
from pointscli.journal.tail import check_tail
from pointscli.model.problem import FileError
from tests.journal.acts import files

POSIX = pytest.mark.skipif(os.name == "nt", reason="POSIX only")
ROOT = Path(__file__).parents[2]
OLD, NEW = b"id,date\nE1,2021-07-01\n", b"E2,2021-07-02\n" * 500


def failing(number: int) -> NoReturn:
    raise OSError(number, os.strerror(number))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A log with a record."""
    found = tmp_path / "台账.csv"
    found.write_bytes(OLD)
    return found


def test_new_old_and_empty(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    assert append_bytes(path, b"1\n", head=b"id\n").created
    assert append_bytes(path, b"2\n", head=b"id\n").offset == 5
    assert path.read_bytes() == b"id\n1\n2\n"
    path.write_bytes(b"")
    append_bytes(path, b"3\n", head=b"id\n")
    assert files(tmp_path) == {"a.csv": b"id\n3\n"}


@pytest.mark.parametrize("known", [None, len(OLD)])
def test_undo(path: Path, known: int | None) -> None:
    written = append_bytes(path, NEW, known=known)
    assert path.read_bytes() == OLD + NEW
    written.undo()
    assert path.read_bytes() == OLD
    new = append_bytes(path.with_name("b.csv"), NEW)
    new.undo()
    assert files(path.parent) == {path.name: OLD}


def test_what_cannot_be_undone_is_said(tmp_path: Path) -> None:
    """Somebody has made a folder of the name meanwhile."""
    with pytest.raises(FileError, match="could not be taken back") as caught:
        Appended(tmp_path, 0, NEW, created=True).undo()
    assert "points check --audit" in caught.value.hint


@POSIX
def test_mode_and_links_stay(path: Path) -> None:
    path.chmod(0o640)
    link = path.with_name("link.csv")
    link.symlink_to(path.name)
    append_bytes(link, NEW)
    assert link.is_symlink()
    assert path.read_bytes() == OLD + NEW
    assert path.stat().st_mode & 0o777 == 0o640
    dangling = path.with_name("later.csv")
    dangling.symlink_to("real.csv")
    append_bytes(dangling, NEW, head=OLD)
    assert path.with_name("real.csv").read_bytes() == OLD + NEW


@POSIX
def test_what_is_refused(tmp_path: Path) -> None:
    fifo, loop, locked = tmp_path / "fifo", tmp_path / "loop", tmp_path / "locked"
    os.mkfifo(fifo)
    loop.symlink_to("loop")
    locked.write_bytes(OLD)
    locked.chmod(0o444)
    reasons = {
        tmp_path: "it is a folder",
        fifo: "a device or a pipe",
        Path("/dev/full"): "a device or a pipe",
        loop: "leads to itself",
        locked: "write-protected",
        tmp_path / "missing" / "a": "the folder does not exist",
        locked / "a": "a part of the path is not a folder",
        tmp_path / ("x" * 300): "the name is too long",
    }
    for path, reason in reasons.items():
        with pytest.raises(FileError, match=reason) as caught:
            append_bytes(path, NEW)
        assert caught.value.hint
    assert locked.read_bytes() == OLD


@POSIX
def test_read_only_folder(path: Path) -> None:
    path.parent.chmod(0o500)
    try:
        if os.access(path.parent, os.W_OK):
            pytest.skip("root may write everywhere")
        with pytest.raises(FileError, match="no permission"):
            append_bytes(path.with_name("b.csv"), NEW)
    finally:
        path.parent.chmod(0o700)


def test_changed_since_it_was_read(path: Path) -> None:
    before, missing = seen(path), seen(path.with_name("b.csv"))
    append_bytes(path, NEW, seen=before)
    with pytest.raises(FileError, match="changed by another program"):
        append_bytes(path, NEW, seen=before)
    os.utime(path, ns=(1, 1))
    before = seen(path)
    path.write_bytes(b"x" * len(OLD + NEW))
    with pytest.raises(FileError, match="changed by another program"):
        append_bytes(path, NEW, seen=before)
    append_bytes(missing.path, NEW, seen=missing)
    with pytest.raises(FileError, match="changed by another program"):
        append_bytes(missing.path, NEW, seen=missing)


def test_grown_between_look_and_write(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def look(path: Path, known: int | None) -> object:
        tail = check_tail(path, known)
        path.write_bytes(OLD + b"E9,2021-09-09\n")
        return tail

    monkeypatch.setattr("pointscli.journal.append.check_tail", look)
    with pytest.raises(FileError, match="changed by another program"):
        append_bytes(path, NEW)
    assert path.read_bytes() == OLD + b"E9,2021-09-09\n"


FAULTS = [
    ("os.open", errno.EACCES, "no permission"),
    ("os.open", errno.EROFS, "the disk is read-only"),
    ("os.write", errno.ENOSPC, "the disk is full"),
    ("os.write", errno.EDQUOT, "quota"),
    ("os.write", errno.EIO, "it cannot be written"),
]


@POSIX
@pytest.mark.parametrize(("call", "number", "reason"), FAULTS)
def test_fault(path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int, reason: str) -> None:
    monkeypatch.setattr(call, lambda *_: failing(number))
    with pytest.raises(FileError, match=reason):
        append_bytes(path, NEW)
    monkeypatch.undo()
    assert files(path.parent) == {path.name: OLD}


@pytest.mark.parametrize("failures", [1, 9])
def test_sync_fails(path: Path, monkeypatch: pytest.MonkeyPatch, failures: int) -> None:
    numbers = iter([errno.EIO] * failures)
    monkeypatch.setattr(os, "fsync", lambda _: failing(number) if (number := next(numbers, 0)) else None)
    with pytest.raises(FileError, match="cannot be written" if failures == 1 else "could not be taken back"):
        append_bytes(path, NEW)
    assert path.read_bytes() == OLD


def test_short_writes_and_a_full_disk(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write, left = os.write, [3]

    def short(descriptor: int, data: bytes) -> int:
        left[0] -= 1
        return write(descriptor, data[:7]) if left[0] >= 0 else failing(errno.ENOSPC)

    monkeypatch.setattr(os, "write", short)
    with pytest.raises(FileError, match="disk is full"):
        append_bytes(path, NEW)
    assert path.read_bytes() == OLD
    left[0] = 10_000
    append_bytes(path, NEW)
    assert path.read_bytes() == OLD + NEW


def test_interrupted(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "write", interrupt)
    with pytest.raises(KeyboardInterrupt):
        append_bytes(path, NEW)
    assert path.read_bytes() == OLD


def test_a_new_file_that_the_disk_does_not_confirm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = iter([0, errno.EIO])
    monkeypatch.setattr(os, "fsync", lambda _: failing(number) if (number := next(numbers)) else None)
    with pytest.raises(FileError, match="cannot be written"):
        append_bytes(tmp_path / "a.csv", NEW)
    assert files(tmp_path) == {}


@pytest.mark.parametrize(("refusals", "written"), [(0, True), (2, True), (3, False)])
def test_open_in_excel(path: Path, monkeypatch: pytest.MonkeyPatch, refusals: int, *, written: bool) -> None:
    really_open, left = os.open, [refusals]

    def busy(target: Path, flags: int) -> int:
        left[0] -= 1
        return failing(errno.EACCES) if left[0] >= 0 else really_open(target, flags)

    monkeypatch.setattr("pointscli.journal.atomic.WINDOWS", True)
    monkeypatch.setattr("pointscli.journal.atomic.PAUSE", 0)
    monkeypatch.setattr(os, "open", busy)
    if written:
        append_bytes(path, NEW)
    else:
        with pytest.raises(FileError, match="open in Excel"):
            append_bytes(path, NEW)
    monkeypatch.undo()
    assert path.read_bytes() == (OLD + NEW if written else OLD)


LIMITED = """
import resource, sys
from pathlib import Path
from pointscli.journal.append import append_bytes
from pointscli.model.problem import FileError
no_limit = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, no_limit[1]))
try:
    append_bytes(Path(sys.argv[1]), b"x" * 5000)
except FileError as error:
    print(error.reason)
resource.setrlimit(resource.RLIMIT_FSIZE, no_limit)
"""


@POSIX
def test_full_disk(path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(path)], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout == "the file would become too large for this disk\n"
    assert files(path.parent) == {path.name: OLD}
