"""A replaced file is the old or the new one; nothing else is left in the folder."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest

from pointscli.journal.atomic import replace_file
from pointscli.model.problem import FileError

POSIX = pytest.mark.skipif(os.name == "nt", reason="POSIX only")
OLD, NEW = b"old\n", b"new\r\n" * 1000


def failing(number: int) -> NoReturn:
    raise OSError(number, os.strerror(number))


def test_new_and_old(tmp_path: Path) -> None:
    path = tmp_path / "积分.csv"
    for data in (OLD, NEW, b""):
        replace_file(path, data)
        assert path.read_bytes() == data
    assert list(tmp_path.iterdir()) == [path]


@POSIX
def test_mode(tmp_path: Path) -> None:
    path = tmp_path / "a"
    mask = os.umask(0o027)
    try:
        replace_file(path, OLD)
        assert path.stat().st_mode & 0o777 == 0o640
        path.chmod(0o604)
        replace_file(path, NEW)
        assert path.stat().st_mode & 0o777 == 0o604
    finally:
        os.umask(mask)


@POSIX
def test_links_are_followed(tmp_path: Path) -> None:
    folder = tmp_path / "real"
    folder.mkdir()
    (folder / "a").write_bytes(OLD)
    link = tmp_path / "link"
    link.symlink_to("real/a")
    replace_file(link, NEW)
    assert link.is_symlink()
    assert (folder / "a").read_bytes() == NEW
    assert [path.name for path in folder.iterdir()] == ["a"]


def refused(path: Path, reason: str) -> None:
    before = sorted(path.parent.iterdir()) if path.parent.is_dir() else []
    with pytest.raises(FileError, match=reason) as caught:
        replace_file(path, NEW)
    assert caught.value.path == str(path)
    assert caught.value.hint
    assert before == (sorted(path.parent.iterdir()) if path.parent.is_dir() else [])


@POSIX
def test_what_is_refused(tmp_path: Path) -> None:
    fifo, loop, locked = tmp_path / "fifo", tmp_path / "loop", tmp_path / "locked"
    os.mkfifo(fifo)
    loop.symlink_to("loop")
    locked.write_bytes(OLD)
    locked.chmod(0o444)
    refused(tmp_path, "it is a folder")
    refused(fifo, "a device or a pipe")
    refused(Path("/dev/null"), "a device or a pipe")
    refused(loop, "leads to itself")
    refused(locked, "write-protected")
    refused(tmp_path / "missing" / "a", "the folder does not exist")
    refused(locked / "a", "a part of the path is not a folder")
    refused(tmp_path / ("x" * 300), "the name is too long")
    assert locked.read_bytes() == OLD


@POSIX
def test_read_only_folder(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(OLD)
    tmp_path.chmod(0o500)
    if os.access(tmp_path, os.W_OK):
        pytest.skip("root may write everywhere")
    try:
        refused(path, "no permission")
        assert path.read_bytes() == OLD
    finally:
        tmp_path.chmod(0o700)


FAULTS = [
    ("os.open", errno.EACCES, "no permission"),
    ("os.open", errno.EROFS, "the disk is read-only"),
    ("os.write", errno.ENOSPC, "the disk is full"),
    ("os.write", errno.EDQUOT, "quota"),
    ("os.write", errno.EIO, "it cannot be written"),
    ("os.fsync", errno.EIO, "it cannot be written"),
    ("os.fsync", errno.ENOSPC, "the disk is full"),
    ("pathlib.Path.chmod", errno.EPERM, "no permission"),
    ("pathlib.Path.replace", errno.EACCES, "no permission"),
    ("pathlib.Path.replace", errno.EIO, "it cannot be written"),
]


@POSIX
@pytest.mark.parametrize(("call", "number", "reason"), FAULTS)
def test_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int, reason: str) -> None:
    path = tmp_path / "a"
    path.write_bytes(OLD)
    monkeypatch.setattr(call, lambda *_: failing(number))
    with pytest.raises(FileError, match=reason):
        replace_file(path, NEW)
    monkeypatch.undo()
    assert path.read_bytes() == OLD
    assert list(tmp_path.iterdir()) == [path]


def test_short_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, data[:7]))
    replace_file(tmp_path / "a", NEW)
    assert (tmp_path / "a").read_bytes() == NEW


def test_interrupted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    for call in ("os.write", "os.fsync", "pathlib.Path.replace"):
        monkeypatch.setattr(call, interrupt)
        with pytest.raises(KeyboardInterrupt):
            replace_file(tmp_path / "a", NEW)
        monkeypatch.undo()
    assert list(tmp_path.iterdir()) == []


@POSIX
@pytest.mark.parametrize(("number", "reported"), [(errno.EINVAL, False), (errno.EIO, True)])
def test_folder_sync(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, *, reported: bool) -> None:
    numbers = iter([0, number])

    def sync(_: int) -> None:
        if failure := next(numbers):
            failing(failure)

    monkeypatch.setattr(os, "fsync", sync)
    if reported:
        with pytest.raises(FileError, match="was written, but"):
            replace_file(tmp_path / "a", NEW)
    else:
        replace_file(tmp_path / "a", NEW)
    assert (tmp_path / "a").read_bytes() == NEW


@pytest.mark.parametrize(("refusals", "written"), [(0, True), (2, True), (3, False)])
def test_open_in_excel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refusals: int, *, written: bool) -> None:
    path = tmp_path / "a"
    path.write_bytes(OLD)
    replace, left = Path.replace, [refusals]

    def busy(self: Path, target: Path) -> Path:
        left[0] -= 1
        return failing(errno.EACCES) if left[0] >= 0 else replace(self, target)

    monkeypatch.setattr("pointscli.journal.atomic.WINDOWS", True)
    monkeypatch.setattr("pointscli.journal.atomic.PAUSE", 0)
    monkeypatch.setattr(Path, "replace", busy)
    if written:
        replace_file(path, NEW)
    else:
        with pytest.raises(FileError, match="open in Excel"):
            replace_file(path, NEW)
    assert path.read_bytes() == (NEW if written else OLD)
    assert list(tmp_path.iterdir()) == [path]


LIMITED = """
import resource, sys
from pathlib import Path
from pointscli.journal.atomic import replace_file
from pointscli.model.problem import FileError
no_limit = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, no_limit[1]))
try:
    replace_file(Path(sys.argv[1]), b"x" * 5000)
except FileError as error:
    print(error.reason)
resource.setrlimit(resource.RLIMIT_FSIZE, no_limit)
"""


@POSIX
def test_full_disk(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(OLD)
    command = [sys.executable, "-c", LIMITED, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    assert done.stdout == "the file would become too large for this disk\n"
    assert path.read_bytes() == OLD
    assert list(tmp_path.iterdir()) == [path]
