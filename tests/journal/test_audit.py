"""The chain says what was written, and finds what is not as it was; data and entry are both there, or neither."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from pointscli.journal import audit
from pointscli.journal.audit import check_chain, checkpoint, next_number, note_audited, replace_audited
from pointscli.journal.chain import CHAIN
from pointscli.journal.repair import find_torn, take_out
from pointscli.journal.workspace_lock import locked
from pointscli.model.problem import FileError, Severity, UsageError
from tests.journal.acts import ACT, HEAD, add, errors, files, lines, names

BROKEN = Path("/proc/self/mem")
"""A file that is there and cannot be read, as on a bad disk."""
E1, E2, E3 = b"E1,2021-07-01,M1\n", b"E2,2021-07-02,M2\n", b"E3,2021-07-03,M3\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace with three entries."""
    (tmp_path / "events").mkdir()
    for number, row in enumerate((E1, E2, E3), 1):
        assert next_number(tmp_path) == number
        assert add(tmp_path, ("events/a.csv", row)) == number
    return tmp_path


def test_entries(root: Path) -> None:
    assert names(root) == []
    assert names(root, checkpoint(root)) == []
    assert re.fullmatch(r"3(-[0-9A-F]{4}){4}", checkpoint(root))
    assert (root / "events/a.csv").read_bytes() == HEAD + E1 + E2 + E3
    assert next_number(root) == 4
    assert b"\r" not in (root / CHAIN).read_bytes()
    assert all(line.startswith(b'{"at":"2021-07-05T08:00:00Z","by":"\xe7') for line in lines(root / CHAIN))


def test_no_chain(tmp_path: Path) -> None:
    assert (next_number(tmp_path), checkpoint(tmp_path), names(tmp_path)) == (1, "", [])
    assert names(tmp_path, "2-0000-0000-0000-0000") == ["not-as-printed"]


def test_an_empty_chain_is_none(tmp_path: Path) -> None:
    (tmp_path / CHAIN).write_bytes(b"")
    assert (next_number(tmp_path), checkpoint(tmp_path), names(tmp_path)) == (1, "", [])
    assert add(tmp_path, ("a.csv", E1)) == 1
    assert names(tmp_path) == []


def test_several_files_in_one_entry(root: Path) -> None:
    add(root, ("events/a.csv", E1), ("reviews.csv", E2), ("events/a.csv", E3))
    assert (root / "reviews.csv").read_bytes() == HEAD + E2
    assert names(root) == []


def test_a_log_that_was_there_before(root: Path) -> None:
    (root / "old.csv").write_bytes(HEAD + E1.rstrip(b"\n"))
    add(root, ("old.csv", E2))
    assert (root / "old.csv").read_bytes() == HEAD + E1 + E2
    assert names(root) == []
    change(root / "old.csv", b"2021-07-01", b"2021-07-09")
    assert errors(root) == ["recorded-changed"]


def test_replaced_and_noted_files(root: Path) -> None:
    table = root / "members.csv"
    table.write_bytes(b"old")
    with locked(root, ACT):
        assert replace_audited(root, ACT, table, b"id,name\nM1,x\n") == 4
        assert replace_audited(root, ACT, table, b"id,name\nM1,y\n") == 5
        (root / "x.txt").write_bytes(b"x")
        assert note_audited(root, ACT, [root / "x.txt", root / "nothing.txt"]) == 6
    assert names(root) == []
    (root / "x.txt").write_bytes(b"y")
    change(table, b"y", b"z")
    assert errors(root) == ["recorded-changed"] * 2


def change(path: Path, old: bytes, new: bytes) -> None:
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new, 1))


Tamper = Callable[[Path], object]


def keep(*numbers: int) -> Tamper:
    """Only these lines of the chain, in this order."""

    def do(root: Path) -> None:
        found = lines(root / CHAIN)
        (root / CHAIN).write_bytes(b"".join(found[number - 1] for number in numbers))

    return do


def edit(name: str, old: bytes, new: bytes) -> Tamper:
    return lambda root: change(root / name, old, new)


LOG = "events/a.csv"
TAMPERED: dict[str, tuple[Tamper, list[tuple[str, str, int]]]] = {
    "a row": (edit(LOG, b"M2", b"M1"), [("recorded-changed", LOG, 3)]),
    "the header": (edit(LOG, b"date", b"DATE"), [("recorded-changed", LOG, 1)]),
    "two rows": (
        lambda root: [edit(LOG, old, b"M4")(root) for old in (b"M1", b"M3")],
        [("recorded-changed", LOG, 1), ("recorded-changed", LOG, 4)],
    ),
    "a deleted row": (edit(LOG, E2, b""), [("recorded-changed", LOG, 3)]),
    "the last row": (edit(LOG, E3, b""), [("recorded-changed", LOG, 4)]),
    "an inserted row": (edit(LOG, E2, E1 + E2), [("recorded-changed", LOG, 3)]),
    "other line ends": (lambda root: crlf(root / LOG), [("recorded-changed", LOG, 1)]),
    "a removed file": (lambda root: (root / LOG).unlink(), [("recorded-missing", CHAIN, 3)]),
    "who": (edit(CHAIN, '"by":"王芳"'.encode(), '"by":"李明"'.encode()), [("chain-changed", CHAIN, 1)]),
    "when": (edit(CHAIN, b'"seq":2', b'"seq":2 '), [("chain-changed", CHAIN, 2)]),
    "an entry": (keep(1, 3), [("chain-gap", CHAIN, 2)]),
    "the first": (keep(2, 3), [("chain-gap", CHAIN, 1)]),
    "the first two": (keep(3), [("chain-gap", CHAIN, 1)]),
    "twice": (keep(1, 2, 2, 3), [("chain-gap", CHAIN, 3)]),
    "no entry": (edit(CHAIN, b'{"at"', b'"at"'), [("chain-unreadable", CHAIN, 1)]),
    "no number": (edit(CHAIN, b'"seq":1', b'"seq":"x"'), [("chain-unreadable", CHAIN, 1)]),
    "an empty line": (edit(CHAIN, b'{"at"', b'\n{"at"'), [("chain-unreadable", CHAIN, 1)]),
    "half the last": (lambda root: cut(root / CHAIN, 9), [("chain-unreadable", CHAIN, 3)]),
}


def crlf(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


def cut(path: Path, count: int) -> None:
    path.write_bytes(path.read_bytes()[:-count])


@pytest.mark.parametrize("name", TAMPERED)
def test_tampering(root: Path, name: str) -> None:
    do, expected = TAMPERED[name]
    do(root)
    found = [(one.name, one.place.path, one.place.line) for one in check_chain(root) if one.severity is Severity.ERROR]
    assert found[: len(expected)] == expected
    assert all(one.text(one.message) for one in check_chain(root))


def test_every_byte_of_a_log_and_of_the_chain_counts(root: Path) -> None:
    code = checkpoint(root)
    for path in (root / LOG, root / CHAIN):
        whole = path.read_bytes()
        for at in range(0, len(whole), 7):
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
            assert errors(root, code), (path.name, at)
        path.write_bytes(whole)
    assert names(root, code) == []


def test_a_cut_end_is_found_with_a_printed_code_only(root: Path) -> None:
    code = checkpoint(root)
    add(root, ("reviews.csv", E1))
    assert names(root, code) == []
    keep(1, 2)(root)
    change(root / LOG, E3, b"")
    (root / "reviews.csv").unlink()
    assert names(root) == []
    assert names(root, code) == ["not-as-printed"]
    assert "cut off" in check_chain(root, code)[0].message
    add(root, (LOG, E1))
    assert names(root) == []
    assert "written anew" in check_chain(root, code)[0].message


def test_a_printed_entry_that_is_not_there(root: Path) -> None:
    code = checkpoint(root)
    add(root, (LOG, E1))
    keep(1, 2, 4)(root)
    assert names(root, code) == ["chain-gap", "not-as-printed"]
    said = check_chain(root, code)[1]
    assert said.text(said.message) == "entry 3 was printed on a notice and is not in the audit file"


CODES = {"３-": True, "3-": True, " 3-": True, "03-": True, "3": False, "x-": False, "": False}


@pytest.mark.parametrize("start", CODES)
def test_how_a_code_is_typed(root: Path, start: str) -> None:
    code = start + checkpoint(root)[2:].lower()
    if CODES[start]:
        assert names(root, code) == []
    else:
        with pytest.raises(UsageError):
            check_chain(root, code)


OUTSIDE: dict[str, tuple[Tamper, list[str]]] = {
    "rows at the end": (lambda root: append(root / LOG, E1), []),
    "rows without a line end": (
        lambda root: (root / LOG).write_bytes(b"id,date\nE1,2021-07-01"),
        ["recorded-changed"],
    ),
    "saved anew": (lambda root: crlf(root / LOG), ["recorded-changed"]),
    "removed": (lambda root: (root / LOG).unlink(), ["recorded-missing"]),
    "renamed": (lambda root: (root / LOG).rename(root / "b.csv"), ["recorded-missing"]),
}


def append(path: Path, data: bytes) -> None:
    with path.open("ab") as file:
        file.write(data)


@pytest.mark.parametrize("same", [True, False], ids=["written next", "another written next"])
@pytest.mark.parametrize("name", OUTSIDE)
def test_changed_outside(root: Path, name: str, *, same: bool) -> None:
    do, before = OUTSIDE[name]
    do(root)
    assert errors(root) == before
    add(root, (LOG if same else "reviews.csv", E2))
    assert (errors(root), names(root)) == ([], ["changed-outside"])
    add(root, (LOG, E3), ("reviews.csv", E3))
    assert (errors(root), names(root)) == ([], ["changed-outside"])


def test_a_change_before_the_end_is_no_addition(root: Path) -> None:
    change(root / LOG, b"M1", b"M2")
    append(root / LOG, E1)
    add(root, (LOG, E2))
    assert '"outside":true' in (root / CHAIN).read_text("utf-8")
    assert "were added" not in check_chain(root)[0].message


def test_killed_between_log_and_chain(root: Path) -> None:
    """The next command notes what it finds, wherever it writes."""
    chain = (root / CHAIN).read_bytes()
    add(root, (LOG, E1))
    (root / CHAIN).write_bytes(chain)
    assert (errors(root), names(root)) == ([], ["changed-outside"])
    assert add(root, ("reviews.csv", E1)) == 4
    assert (errors(root), names(root)) == ([], ["changed-outside"])


def test_a_torn_log_stays_torn_until_it_is_repaired(root: Path) -> None:
    append(root / LOG, E1[:9])
    before = files(root)
    with pytest.raises(FileError, match="not finished"):
        add(root, ("reviews.csv", E1), (LOG, E2))
    assert files(root) == before
    add(root, ("reviews.csv", E1))
    with pytest.raises(FileError, match="not finished"):
        add(root, (LOG, E2))
    with locked(root, ACT):
        (torn,) = find_torn(root, [root / LOG])
        take_out(torn)
        note_audited(root, ACT, [])
    assert (root / LOG).read_bytes() == HEAD + E1 + E2 + E3
    assert (root / f"{LOG}.torn-1").read_bytes() == E1[:9]
    add(root, (LOG, E2))
    assert names(root) == []


def test_every_cut_of_the_chain_is_repaired(root: Path) -> None:
    whole = (root / CHAIN).read_bytes()
    last = len(lines(root / CHAIN)[-1])
    for count in range(2, last, 5):
        (root / CHAIN).write_bytes(whole[:-count])
        with pytest.raises(FileError, match="not finished"):
            add(root, (LOG, E1))
        with pytest.raises(FileError, match="not finished"):
            checkpoint(root)
        with locked(root, ACT):
            (torn,) = find_torn(root, [root / LOG])
            take_out(torn)
        assert (root / CHAIN).read_bytes() == whole[:-last]
        assert errors(root) == []


def test_an_entry_that_lacks_only_its_line_end(root: Path) -> None:
    cut(root / CHAIN, 1)
    assert names(root) == []
    add(root, (LOG, E1))
    assert names(root) == []
    assert len(lines(root / CHAIN)) == 4


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
def test_no_entry_no_data(root: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    def fail(*_: object) -> None:
        raise FileError(CHAIN, os.strerror(number))

    (root / "members.csv").write_bytes(b"id\n")
    before = files(root)
    monkeypatch.setattr(audit, "add_entry", fail)
    with pytest.raises(FileError):
        add(root, (LOG, E1), ("new.csv", E2))
    for name in ("members.csv", "other.csv"):
        with locked(root, ACT), pytest.raises(FileError):
            replace_audited(root, ACT, root / name, b"new\n")
    assert files(root) == before


def test_appending_reads_no_more_for_a_longer_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.csv").write_bytes(HEAD + E1 * 1000)
    for _ in range(30):
        add(tmp_path, ("a.csv", E2))
    monkeypatch.setattr(audit, "read_trail", None)
    monkeypatch.setattr(audit, "_content", None)
    add(tmp_path, ("a.csv", E3))
    monkeypatch.undo()
    assert names(tmp_path) == []


def test_files_that_are_no_logs(root: Path) -> None:
    """A workbook may hold anything; a log that cannot be read now does not stop the others."""
    table, log = root / "公示.xlsx", root / "b.csv"
    add(root, ("b.csv", E1))
    table.write_bytes(b'PK"\0,')
    with locked(root, ACT):
        note_audited(root, ACT, [table])
    table.write_bytes(b'PK"\0,"\0')
    log.unlink()
    log.mkdir()
    add(root, (LOG, E1))
    assert names(root) == ["changed-outside", "recorded-missing"]
    assert '"公示.xlsx"' in (root / CHAIN).read_text("utf-8").splitlines()[-1]


@pytest.mark.skipif(not BROKEN.exists(), reason="no file here that cannot be read")
def test_a_file_that_the_disk_does_not_give(root: Path) -> None:
    """It does not stop what has nothing to do with it; a check of everything says which it is."""
    add(root, ("b.csv", E1))
    (root / "b.csv").unlink()
    (root / "b.csv").symlink_to(BROKEN)
    assert add(root, (LOG, E1)) == 5
    for look in (check_chain, lambda root: find_torn(root, [root / "b.csv"])):
        with pytest.raises(FileError, match=r"b\.csv: it cannot be read"):
            look(root)


def test_a_folder_in_place_of_the_chain(tmp_path: Path) -> None:
    (tmp_path / CHAIN).mkdir()
    for look in (check_chain, checkpoint, lambda root: add(root, (LOG, E1))):
        with pytest.raises(FileError, match=f"{CHAIN}: it cannot be read"):
            look(tmp_path)
    assert files(tmp_path) == {}


@pytest.mark.skipif(os.name == "nt", reason="POSIX only")
def test_special_files_are_refused(root: Path) -> None:
    os.mkfifo(root / "fifo.csv")
    (root / "folder.csv").mkdir()
    before = (root / CHAIN).read_bytes()
    for name in ("fifo.csv", "folder.csv", "events"):
        with pytest.raises(FileError):
            add(root, (LOG, E1), (name, E1))
        with locked(root, ACT), pytest.raises(FileError):
            replace_audited(root, ACT, root / name, E1)
    assert (root / CHAIN).read_bytes() == before
    assert names(root) == []


@pytest.mark.skipif(os.name == "nt", reason="POSIX only")
def test_a_name_that_is_no_text(root: Path) -> None:
    name = os.fsdecode(b"\xd5\xc5.csv")
    add(root, (name, E1))
    add(root, (name, E2))
    assert names(root) == []
    assert (root / name).read_bytes() == HEAD + E1 + E2


def test_writes_in_the_wrong_order_are_a_mistake_of_ours(root: Path) -> None:
    with pytest.raises(AssertionError):
        add(root, (LOG, b""), head=E1)
