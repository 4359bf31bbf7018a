"""Parquet logs, packed copies of logs and a limit for memory change nothing in the answer."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from pointscli.app import fast_inputs, fast_pack, log_size
from pointscli.app.workspace import Sources, open_workspace
from pointscli.engine import database
from tests.cli.running import Answer, run
from tests.test_lanes import GOOD, HEADER, MEMBERS, ROWS, RULES, Lanes, log, write_files

TALLY = ("tally", "--quarter", "2021Q3", "--format", "json")
OF_SLOTS = RULES.replace("title: 志愿服务,", "title: 志愿服务, times: {month: 1},")


@pytest.fixture
def lanes(monkeypatch: pytest.MonkeyPatch) -> Iterator[Lanes]:
    yield Lanes(monkeypatch)


def write_parquet(folder: Path, select: str, rows: tuple[str, ...] = ROWS) -> None:
    """The log as Parquet, with its columns as a SELECT over texts makes them."""
    write_files(folder, {"log.csv": log(*rows)})
    source, target = folder / "events" / "log.csv", folder / "events" / "log.parquet"
    reading = f"read_csv('{source}', header = true, all_varchar = true, nullstr = '')"
    duckdb.connect().execute(f"copy (select {select} from {reading}) to '{target}' (format parquet)")  # noqa: S608
    source.unlink()


PLAIN_DATES = "case when date like '%年%' then '2021-07-03' else replace(date, '/', '-') end"
PARQUET = {
    "texts": "*",
    "empty texts": "columns(*), '' as 备考",
    "a title for SQL": '*, 1 as "a\'); drop table noted; --"',
    "Chinese titles": "id as 编号, date as 日期, member as 党员, item as 事项, quantity as 数量, level as 级别,"
    " points as 分值, evidence as 依据",
    "days and decimals": f"* replace (({PLAIN_DATES})::date as date, quantity::decimal(9, 4) as quantity,"
    " points::decimal(9, 2) as points)",
    "whole numbers": "* replace (case when quantity like '%.%' then null else quantity::smallint end as quantity)",
}
CAREFUL_PARQUET = {
    "floating numbers": "* replace (quantity::double as quantity)",
    "moments": f"* replace (({PLAIN_DATES})::timestamp as date)",
    "a list": "*, [1, 2] as more",
    "a column too few": "* exclude (item)",
    "no records": "* from (select * limit 0)",
}


@pytest.mark.parametrize("name", PARQUET)
def test_parquet(name: str, tmp_path: Path, lanes: Lanes) -> None:
    write_parquet(tmp_path, PARQUET[name])
    assert lanes.same("-C", str(tmp_path), *TALLY).code == 0
    assert lanes.quick == 1


@pytest.mark.parametrize("name", [name for name in CAREFUL_PARQUET if name != "no records"])
def test_parquet_for_the_careful_reader(name: str, tmp_path: Path, lanes: Lanes) -> None:
    write_parquet(tmp_path, CAREFUL_PARQUET[name])
    lanes.same("-C", str(tmp_path), *TALLY)
    assert lanes.quick == 0


def test_wrong_cells_in_parquet(tmp_path: Path, lanes: Lanes) -> None:
    write_parquet(tmp_path, "*", (*ROWS, "E7,2021-07-05,B9,help,,,,,"))
    assert lanes.same("-C", str(tmp_path), *TALLY).code == 1
    assert lanes.quick == 0


def test_events_that_are_numbered_need_ids(tmp_path: Path, lanes: Lanes) -> None:
    write_files(tmp_path, GOOD["no ids"])
    (tmp_path / "rules" / "small.yaml").write_text(OF_SLOTS, "utf-8")
    assert lanes.same("-C", str(tmp_path), *TALLY).code == 0
    assert lanes.quick == 0


# -- packed copies


def quickly(folder: Path, *arguments: str) -> Answer:
    return run("-C", str(folder), *arguments)


class Copies:
    """How often a packed copy was found good."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.used = 0
        real = fast_pack.find_pack

        def counted(workspace: object) -> object:
            found = real(workspace)  # type: ignore[arg-type]
            self.used += found is not None
            return found

        patch.setattr(fast_inputs, "find_pack", counted)


@pytest.fixture
def copies(monkeypatch: pytest.MonkeyPatch) -> Copies:
    monkeypatch.setattr(log_size, "SMALLEST", 0)
    return Copies(monkeypatch)


PACKED = ("plain", "CRLF", "no ids", "several files", "files with other columns", "ids not in order")


@pytest.mark.parametrize("name", PACKED)
def test_a_copy_gives_the_same(name: str, tmp_path: Path, copies: Copies) -> None:
    write_files(tmp_path, GOOD[name])
    before = quickly(tmp_path, *TALLY)
    packed = quickly(tmp_path, "pack")
    assert (packed.code, packed.err) == (0, "")
    assert quickly(tmp_path, *TALLY) == before
    assert copies.used == 1


def test_the_same_bytes(tmp_path: Path, copies: Copies) -> None:
    write_files(tmp_path, GOOD["several files"])
    written = []
    for _ in range(2):
        assert quickly(tmp_path, "pack").code == 0
        folder = tmp_path / fast_pack.FOLDER
        written.append([path.read_bytes() for path in sorted(folder.iterdir())])
        shutil.rmtree(folder)
    assert written[0] == written[1]
    assert copies.used == 0


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def change_a_digit(path: Path) -> None:
    data = path.read_bytes()
    assert b"help,2," in data
    path.write_bytes(data.replace(b"help,2,", b"help,3,"))


DAMAGED: dict[str, tuple[str, Callable[[Path], object]]] = {
    "one byte of the log is another": ("events/log.csv", change_a_digit),
    "the log is longer": ("events/log.csv", lambda path: path.write_bytes(path.read_bytes() + ROWS[0].encode()[1:])),
    "another log": ("events/more.csv", lambda path: path.write_bytes(log("F1,2021-07-01,B1,help,9,,,,"))),
    "the log has another name": ("events/log.csv", lambda path: path.rename(path.with_name("logs.csv"))),
    "the copy is cut": (".points/events.parquet", cut),
    "one bit of the copy is another": (".points/events.parquet", flip),
    "the note is cut": (".points/events.json", cut),
    "the note is gone": (".points/events.json", Path.unlink),
    "the note is a list": (".points/events.json", lambda path: path.write_bytes(b"[]")),
    "the note is of another version": (
        ".points/events.json",
        lambda path: path.write_bytes(path.read_bytes().replace(b'"format": 1', b'"format": 2')),
    ),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_copy_that_is_not_of_the_log(name: str, tmp_path: Path, copies: Copies, lanes: Lanes) -> None:
    write_files(tmp_path, GOOD["plain"])
    assert quickly(tmp_path, "pack").code == 0
    place, damage = DAMAGED[name]
    damage(tmp_path / place)
    lanes.same("-C", str(tmp_path), *TALLY)
    assert copies.used == 0


@pytest.mark.parametrize(
    "more",
    [
        {"reviews.csv": "date,event,decision,quantity,by\n2021-07-09,E1,reject,,W\n2021-07-10,E5,amend,2,W\n"},
        {"rules/small.yaml": OF_SLOTS},
        {"members.csv": MEMBERS.replace("B2,乙,一支部", "B2,乙,三支部")},
    ],
    ids=["decisions", "events that are numbered", "a roster that was changed since"],
)
def test_what_needs_ids_or_is_not_in_the_copy(
    more: dict[str, str], tmp_path: Path, copies: Copies, lanes: Lanes
) -> None:
    write_files(tmp_path, GOOD["ids not in order"])
    assert quickly(tmp_path, "pack").code == 0
    for name, text in more.items():
        (tmp_path / name).write_text(text, "utf-8")
    assert lanes.same("-C", str(tmp_path), *TALLY).code == 0
    assert (copies.used, lanes.quick) == (1, 1)


@pytest.mark.parametrize(
    "rows",
    [
        (*ROWS, ROWS[0]),
        (*ROWS, "E7,2021-07-05,B9,help,,,,,"),
        (*ROWS, 'E7,2021-09-30,B2,bad,3,,,,"a, b"'),
    ],
    ids=["a repeated id", "an unknown member", "quoted cells"],
)
def test_no_copy_of_such_a_log(rows: tuple[str, ...], tmp_path: Path, copies: Copies) -> None:
    write_files(tmp_path, {"log.csv": log(*rows)})
    answer = quickly(tmp_path, "pack")
    assert answer.code == 1
    assert "points check" in answer.err
    assert not (tmp_path / fast_pack.FOLDER).exists()
    assert copies.used == 0


def test_a_note_that_counts_other_records(tmp_path: Path, copies: Copies) -> None:
    write_files(tmp_path, GOOD["plain"])
    assert quickly(tmp_path, "pack").code == 0
    workspace = open_workspace(tmp_path, Sources())
    assert fast_pack.find_pack(workspace) is not None
    note = tmp_path / fast_pack.FOLDER / fast_pack.NOTE
    note.write_bytes(note.read_bytes().replace(b'"records": ', b'"records": 1'))
    assert fast_pack.find_pack(workspace) is None
    assert copies.used == 0


def test_a_file_where_the_copy_goes(tmp_path: Path, copies: Copies) -> None:
    write_files(tmp_path, GOOD["plain"])
    (tmp_path / fast_pack.FOLDER).write_text("mine", "utf-8")
    answer = quickly(tmp_path, "pack")
    assert (answer.code, answer.out) == (3, b"")
    assert ".points: it cannot be written" in answer.err
    assert (tmp_path / fast_pack.FOLDER).read_text("utf-8") == "mine"
    assert copies.used == 0


# -- memory


@pytest.fixture
def aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "aside"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_a_limit_changes_nothing(tmp_path: Path, lanes: Lanes, aside: Path) -> None:
    write_files(tmp_path / "w", GOOD["plain"])
    assert lanes.same("-C", str(tmp_path / "w"), *TALLY, "--memory", "300MB").code == 0
    assert lanes.quick == 1
    assert not list(aside.iterdir())


def test_nowhere_to_put_tables_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What has room is computed all the same."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nothing"))
    db = database.Database(threads=1, spills=True)
    assert db.rows("select count(*) from range(9)") == [(9,)]
    db.close()


def test_tables_are_put_aside(aside: Path) -> None:
    db = database.Database(threads=1, spills=True, memory=1)
    try:
        db.run("create table wide as select i, hash(i) as a, hash(i + 1) as b from range(6000000) as r(i)")
        assert db.rows("select count(distinct a) from wide where i < 1000") == [(1000,)]
        assert any(path.stat().st_size for path in aside.rglob("*") if path.is_file())
    finally:
        db.close()
    assert not list(aside.iterdir())


def test_too_little_memory(tmp_path: Path, aside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_size, "SMALLEST", 0)
    monkeypatch.setattr(database, "_LEAST", 2_000_000)
    monkeypatch.setattr(database, "_SHARE", 0.0)
    write_files(tmp_path / "w", GOOD["plain"])
    answer = run("-C", str(tmp_path / "w"), *TALLY, "--memory", "300MB")
    assert answer.code == 1
    assert "--memory" in answer.err
    assert not list(aside.iterdir())


@pytest.mark.parametrize("text", ["1", "10MB", "GB", "1.5GB", "-1GB", ""])
def test_what_is_no_size(text: str, tmp_path: Path) -> None:
    write_files(tmp_path, {"log.csv": log(*ROWS, header=HEADER)})
    answer = run("-C", str(tmp_path), *TALLY, "--memory", text)
    assert answer.code == 2
    assert "1GB" in answer.err
