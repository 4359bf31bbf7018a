"""Every cut in the last record is seen; what somebody saved by hand without a last line end is not taken for one."""

from __future__ import annotations

from pathlib import Path

import pytest

from pointscli.journal.append import append_bytes
from pointscli.journal.tail import Tail, check_tail, look_at_tail
from pointscli.model.problem import FileError

HEADER = "编号,日期,党员,事项,事由\n"
FIRST = 'E1,2021-07-01,张三,党课,"一, ""二"""\n'
RECORDS = {
    "plain": "E2,2021-07-02,李四,走访,慰问\n",
    "quoted": 'E2,2021-07-02,李四,走访,"第一行\n第二行, ""好"""\n',
    "quotes only": 'E2,"2021-07-02","李四","走访",""\n',
    "literal quotes": 'E2,2021-07-02,5" 屏,走访,a"b\n',
    "windows": 'E2,2021-07-02,李四,走访,"一\r\n二"\r\n',
}
ENCODINGS = {"utf-8": b"", "gb18030": b"", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}


def encoded(text: str, encoding: str) -> bytes:
    return ENCODINGS[encoding] + text.encode(encoding)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("name", RECORDS)
def test_every_cut_of_a_recorded_log(tmp_path: Path, name: str, encoding: str) -> None:
    path = tmp_path / "a.csv"
    end = "\r\n" if name == "windows" else "\n"
    whole = encoded((HEADER + FIRST).replace("\n", end), encoding)
    record = RECORDS[name].encode(encoding)
    for cut in range(1, len(record)):
        path.write_bytes(whole + record[:cut])
        tail = look_at_tail(path, len(whole))
        assert (tail.keep, tail.torn) == (len(whole), True), record[:cut]
        with pytest.raises(FileError, match="the last record is not finished"):
            append_bytes(path, record, known=len(whole))
    path.write_bytes(whole + record)
    assert check_tail(path, len(whole)) == Tail(len(whole + record), len(whole + record))


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("name", RECORDS)
def test_whole_records_before_the_cut_are_kept(tmp_path: Path, name: str, encoding: str) -> None:
    path = tmp_path / "a.csv"
    end = "\r\n" if name == "windows" else "\n"
    recorded = encoded(HEADER.replace("\n", end), encoding)
    whole = recorded + FIRST.replace("\n", end).encode(encoding)
    record = RECORDS[name].encode(encoding)
    for cut in range(1, len(record)):
        path.write_bytes(whole + record[:cut])
        assert look_at_tail(path, len(recorded)).keep == len(whole), record[:cut]


JSON_RECORD = '{"党员": "李四", "事由": "a\\n\\"b\\" {中}", "分值": 1.50}\n'


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_cut_of_jsonl(tmp_path: Path, encoding: str, *, known: bool) -> None:
    path = tmp_path / "a.jsonl"
    whole = encoded('{"党员": "张三"}\n', encoding)
    record = JSON_RECORD.encode(encoding)
    unit = 2 if "16" in encoding else 1
    for cut in range(1, len(record)):
        path.write_bytes(whole + record[:cut])
        tail = look_at_tail(path, len(whole) if known else None)
        if cut == len(record) - unit:
            assert not tail.torn
            assert tail.mend == "\n".encode(encoding)
        else:
            assert tail.keep == len(whole), record[:cut]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_cuts_of_a_log_that_no_command_wrote(tmp_path: Path, encoding: str) -> None:
    """Without a recorded size, all cuts are seen but those within the last cell."""
    path = tmp_path / "a.csv"
    whole = encoded(HEADER + FIRST, encoding)
    text = RECORDS["plain"]
    for cut in range(1, text.rindex(",")):
        path.write_bytes(whole + text[:cut].encode(encoding))
        assert look_at_tail(path).keep == len(whole), text[:cut]


HAND_SAVED: dict[str, tuple[str, str, str]] = {
    "no line end": ("a.csv", "id,date\nE1,2021-07-01", "\n"),
    "windows": ("a.csv", "id,date\r\nE1,2021-07-01", "\r\n"),
    "half a windows line end": ("a.csv", "id,date\r\nE1,2021-07-01\r", "\n"),
    "old mac": ("a.csv", "id,date\rE1,2021-07-01", "\r"),
    "old mac, ended": ("a.csv", "id,date\rE1,2021-07-01\r", ""),
    "mixed": ("a.csv", "id,date\r\nE1,2021-07-01\n", ""),
    "only a header": ("a.csv", "id,date", "\n"),
    "title above": ("a.csv", "2021年台账\nid,date\nE1,2021-07-01", "\n"),
    "quoted": ("a.csv", 'id,date\n"E\n1","2021-07-01"', "\n"),
    "text behind a quoted cell": ("a.csv", 'id,date\n"E1"x,2021-07-01\n"E2",2021-07-02', "\n"),
    "tabs": ("a.csv", "id\tdate\nE1\t2021-07-01", "\n"),
    "semicolons": ("a.csv", "id;date\nE1;2021-07-01", "\n"),
    "blank lines": ("a.csv", "id,date\nE1,2021-07-01\n\n\n", ""),
    "quoted, blank lines": ("a.csv", 'id,date\n\n"E1",2021-07-01\n\n', ""),
    "trailing cells": ("a.csv", "id,date,by\nE1,2021-07-01,\nE2,2021-07-01,", "\n"),
    "jsonl": ("a.jsonl", '{"id": 1}\n{"id": 2}', "\n"),
    "jsonl, windows": ("a.jsonl", '{"id": 1}\r\n{"id": 2}\r', "\n"),
    "jsonl, one line": ("a.jsonl", '{"id": 1}', "\n"),
    "jsonl, blanks": ("a.jsonl", '{"id": 1}\n  ', ""),
}


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le"])
@pytest.mark.parametrize("name", HAND_SAVED)
def test_saved_by_hand(tmp_path: Path, name: str, encoding: str) -> None:
    file, text, missing = HAND_SAVED[name]
    path = tmp_path / file
    path.write_bytes(encoded(text, encoding))
    tail = check_tail(path)
    assert (tail.torn, tail.mend) == (False, missing.encode(encoding))
    append_bytes(path, "x\n".encode(encoding))
    assert path.read_bytes() == encoded(text + missing + "x\n", encoding)


UNFINISHED = {
    "fewer cells": ("a.csv", b"id,date,by\nE1,2021-07-01,x\nE2,2021", 27),
    "open quote": ("a.csv", b'id,date,by\nE1,2021-07-01,x\nE2,2021-07-01,"no', 27),
    "open quote at a line end": ("a.csv", b'id,date,by\nE1,2021-07-01,x\nE2,2021-07-01,"no\n', 27),
    "blocks that were never written": ("a.csv", b"id,date\nE1,2021-07-01\n" + bytes(512), 22),
    "never written, in a record": ("a.csv", b"id,date\nE1,2021-07-01\nE2," + bytes(512), 22),
    "half an object": ("a.jsonl", b'{"id": 1}\n{"id"', 10),
    "no object": ("a.jsonl", b'{"id": 1}\n12', 10),
    "half a character": ("a.jsonl", b'{"id": 1}\n{"id": "\xe5\xbc', 10),
    "only half an object": ("a.jsonl", b'{"id"', 0),
    "never written objects": ("a.jsonl", b'{"id": 1}\n' + bytes(512), 10),
}


@pytest.mark.parametrize("name", UNFINISHED)
def test_torn_without_a_recorded_size(tmp_path: Path, name: str) -> None:
    file, data, keep = UNFINISHED[name]
    path = tmp_path / file
    path.write_bytes(data)
    assert look_at_tail(path).keep == keep
    with pytest.raises(FileError) as caught:
        append_bytes(path, b"x\n")
    assert "points repair" in caught.value.hint
    assert path.read_bytes() == data


def test_a_quote_far_above_is_no_torn_tail(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b'id,date,by\nE1,2021-07-01,"x\nE2,2021-07-01,y\nE3,2021-07-01,z\n')
    assert look_at_tail(path).unclear
    with pytest.raises(FileError, match="never closed"):
        append_bytes(path, b"x\n")


def test_long_lines_from_the_end(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    for length in (65_520, 65_536, 300_000):
        whole = b'{"id": 1}\n' * 3
        path.write_bytes(whole + b'{"id": "' + b"x" * length)
        assert look_at_tail(path).keep == len(whole)
        path.write_bytes(whole + b'{"id": "' + b"x" * length + b'"}')
        assert look_at_tail(path).mend == b"\n"


def test_the_recorded_part_is_not_read_again(tmp_path: Path) -> None:
    """What is recorded may be as broken as it likes: only the end is looked at."""
    path = tmp_path / "a.csv"
    path.write_bytes(b'"' * 99_999 + b"\n" + b"E1,x\n")
    assert not look_at_tail(path, 100_000).torn
    assert not look_at_tail(path, 100_005).torn
    assert look_at_tail(path).torn
