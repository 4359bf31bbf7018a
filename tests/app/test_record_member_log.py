"""The part of a log that names a member gives the same score and columns as the whole log, however it is written."""

from __future__ import annotations

import json
import random
import re
import shutil
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from pointscli.app.inputs import Inputs, read_inputs
from pointscli.app.member_log import MemberTables, member_inputs, member_tables
from pointscli.app.question import Asked
from pointscli.app.tally import tally_inputs
from pointscli.app.workspace import Sources, Workspace, open_workspace
from pointscli.inputs.headers import EVENTS
from pointscli.inputs.quick import Naming, read_quickly
from pointscli.inputs.table import read_table
from pointscli.model.period import parse_period
from pointscli.model.problem import FileError
from pointscli.model.tally import Standing
from tests.cli.rich import EVENTS as ROWS
from tests.cli.rich import MEMBERS, write_rich
from tests.cli.running import ROOT, write_csv

TODAY = date(2021, 12, 31)
EXAMPLES = ("community", "finance-bureau", "poverty-relief", "social-insurance", "state-enterprise")
NAMES = {row["id"]: row["name"] for row in MEMBERS}
BEARERS = {name: list(NAMES.values()).count(name) for name in NAMES.values()}


def standings(inputs: Inputs, period: str) -> dict[tuple[str, str], Standing]:
    schemes = sorted({scheme.id for scheme in inputs.schemes})
    found = {}
    for scheme in schemes:
        asked = Asked(TODAY, parse_period(period), scheme)
        for one in tally_inputs(inputs, asked, "zh").tally.standings:
            found[scheme, one.member] = one
    return found


def compare(workspace: Workspace, seed: int, scores: int) -> None:
    """Rows of eight members, and the scores of some of them."""
    whole = read_inputs(workspace)
    assert whole.errors == []
    expected = standings(whole, "2021") if scores else {}
    for place, member in enumerate(random.Random(seed).sample(range(len(whole.roster.members)), 8)):
        log = member_tables(workspace, whole.roster, [member])
        check_rows(workspace, log, whole, member)
        if place < scores:
            found = standings(member_inputs(workspace, whole.schemes, whole.roster, log), "2021")
            mine = [key for key in expected if key[1] == whole.roster.members[member].id]
            assert mine
            assert [_numbers(expected[key]) for key in mine] == [_numbers(found[key]) for key in mine]


def _numbers(standing: Standing) -> tuple[object, ...]:
    return (standing.member, standing.score, standing.columns, standing.earned, standing.objections)


def check_rows(workspace: Workspace, log: MemberTables, whole: Inputs, member: int) -> None:
    """The rows are those of the whole log that name the member, with their lines."""
    entries, records = whole.events.entries, whole.events.records
    numbers = sorted({n for n, who in zip(entries.record, entries.member, strict=True) if who == member})
    expected = [(records[n].where, records[n].cell("date"), records[n].cell("reason")) for n in numbers]
    found = []
    for table in log.tables:
        day, reason = table.index("date"), table.index("reason")
        assert day is not None
        assert reason is not None
        found += [
            (f"{table.path}:{line}", row[day], row[reason]) for row, line in zip(table.rows, table.lines, strict=True)
        ]
    assert found == expected
    assert {table.path for table in log.tables} == set(map(workspace.shown, workspace.events))


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples(name: str) -> None:
    compare(open_workspace(ROOT / "examples" / name, Sources()), 7, 2)


def by_name(cell: str, spelled: Callable[[str], str]) -> str:
    ids = cell.split(";")
    return ";".join(spelled(NAMES[one]) if BEARERS[NAMES[one]] == 1 else one for one in ids)


SPELLINGS: dict[str, Callable[[str], str]] = {
    "as in the roster": lambda name: name,
    "a blank between": " ".join,
    "an ideographic blank between": "\u3000".join,
    "no-break blanks": "\u00a0".join,
    "an invisible mark": lambda name: "\u200b" + name + "\ufeff",
    "another middle dot": lambda name: name.replace("·", "・"),
    "double code points": lambda name: name.replace("李", "\uf9e1"),
}


@pytest.mark.parametrize("spelled", SPELLINGS.values(), ids=SPELLINGS)
def test_names_however_they_are_written(spelled: Callable[[str], str], tmp_path: Path) -> None:
    folder = write_rich(tmp_path / "w", events=False)
    write_csv(folder / "events.csv", [{**row, "member": by_name(row["member"], spelled)} for row in ROWS])
    compare(open_workspace(folder, Sources()), 3, 0)


def write_utf8(path: Path, text: str) -> None:
    path.write_bytes(text.encode())


def write_as(encoding: str, path: Path, text: str) -> None:
    path.write_bytes(text.encode(encoding))


FORMS: dict[str, Callable[[Path, str], None]] = {
    "UTF-8": write_utf8,
    "with a mark": lambda path, text: write_utf8(path, "\ufeff" + text),
    "CR LF": lambda path, text: write_utf8(path, text.replace("\n", "\r\n")),
    "CR alone": lambda path, text: write_utf8(path, text.replace("\n", "\r")),
    "title lines": lambda path, text: write_utf8(path, "2021年台账,,,,\n\n" + text),
    "quotes": lambda path, text: write_utf8(path, re.sub("组织生活，第[0-9]+次", r'"\g<0>\n两行"', text)),
    "tabs": lambda path, text: write_utf8(path, text.replace(",", "\t")),
    "semicolons": lambda path, text: write_utf8(path, text.replace(";", "、").replace(",", ";")),
    "no line end": lambda path, text: write_utf8(path, text.rstrip("\n")),
    "GB18030": partial(write_as, "gb18030"),
    "UTF-16": partial(write_as, "utf-16"),
}


@pytest.mark.parametrize("write", FORMS.values(), ids=FORMS)
def test_files_however_they_are_written(write: Callable[[Path, str], None], tmp_path: Path) -> None:
    folder = write_rich(tmp_path / "w")
    text = (folder / "events.csv").read_text("utf-8")
    write(folder / "events.csv", text)
    compare(open_workspace(folder, Sources()), 5, 0)


def test_json_lines(tmp_path: Path) -> None:
    folder = write_rich(tmp_path / "w", events=False)
    lines = [json.dumps({key: cell for key, cell in row.items() if cell}) for row in ROWS]
    (folder / "events.jsonl").write_text("\n".join(lines) + "\n", "ascii")
    compare(open_workspace(folder, Sources()), 5, 1)


@pytest.mark.parametrize("name", ["UTF-8", "with a mark", "CR LF", "title lines", "tabs", "no line end"])
def test_plain_files_are_read_quickly(name: str, tmp_path: Path) -> None:
    path = write_rich(tmp_path / "w") / "events.csv"
    FORMS[name](path, path.read_text("utf-8"))
    data = path.read_bytes()
    quick = read_quickly(path, "events.csv", data, EVENTS, Naming(["M005", NAMES["M005"]]))
    assert quick is not None
    assert quick[0] is not None
    assert 0 < len(quick[0].rows) < len(ROWS)
    table, _ = read_table(path, "events.csv", EVENTS)
    assert table is not None
    assert quick[0].columns == table.columns


SHORT = "id,date,member,item,reason\nE1,2021-07-01,M005,组织生活,"


@pytest.mark.parametrize(
    ("text", "names", "quick"),
    [
        (SHORT, ["M005"], True),
        (SHORT + "长" * 140_000, ["M005"], False),
        (SHORT, ["M005", "Zo\xeb"], False),
    ],
    ids=["plain", "a cell that no reader takes", "a name that can be written in many ways"],
)
def test_what_is_left_to_the_usual_reader(text: str, names: list[str], quick: bool) -> None:  # noqa: FBT001
    found = read_quickly(Path("events.csv"), "events.csv", text.encode(), EVENTS, Naming(names))
    assert (found is not None) == quick


def test_several_members(tmp_path: Path) -> None:
    workspace = open_workspace(write_rich(tmp_path / "w"), Sources())
    whole = read_inputs(workspace)
    log = member_tables(workspace, whole.roster, range(len(whole.roster.members)))
    assert [len(table.rows) for table in log.tables] == [len(ROWS)]


def test_ids_in_use(tmp_path: Path) -> None:
    folder = tmp_path / "w"
    shutil.copytree(ROOT / "examples" / "poverty-relief", folder)
    workspace = open_workspace(folder, Sources())
    log = member_tables(workspace, read_inputs(workspace).roster, [0])
    assert [log.holds(one) for one in ("FP-0001", "FP-0197", "FP-0408", "FP-0611", "FP-9999")] == [True] * 4 + [False]


def test_json_lines_without_ids(tmp_path: Path) -> None:
    folder = write_rich(tmp_path, events=False)
    lines = [json.dumps({key: cell for key, cell in row.items() if cell and key != "id"}) for row in ROWS]
    (folder / "events.jsonl").write_text("\n".join(lines) + "\n", "ascii")
    (folder / "reviews.csv").unlink()  # about events by their ids
    workspace = open_workspace(folder, Sources())
    compare(workspace, 5, 0)
    log = member_tables(workspace, read_inputs(workspace).roster, [0])
    assert (log.whole, log.holds(ROWS[0]["id"])) == (True, False)


def test_decisions_that_cannot_be_read_are_a_finding(tmp_path: Path) -> None:
    folder = write_rich(tmp_path)
    (folder / "reviews.csv").write_text("foo,bar\n1,2\n", "utf-8")
    workspace = open_workspace(folder, Sources())
    whole = read_inputs(workspace)
    log = member_tables(workspace, whole.roster, [0])
    found = member_inputs(workspace, whole.schemes, whole.roster, log).errors
    assert [(one.name, one.place.path) for one in found] == [("no-header", "reviews.csv")]


@pytest.mark.skipif(sys.platform != "linux", reason="a file that opens and cannot be read")
def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    workspace = open_workspace(write_rich(tmp_path), Sources())
    roster = read_inputs(workspace).roster
    path = tmp_path / "events.csv"
    path.unlink()
    path.symlink_to("/proc/self/mem")
    with pytest.raises(FileError, match="it cannot be read") as caught:
        member_tables(workspace, roster, [0])
    assert caught.value.path == "events.csv"


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\n"], ids=["no byte", "only a mark", "only a line end"])
def test_an_empty_file_beside_the_log_stops_nothing(data: bytes, tmp_path: Path) -> None:
    write_rich(tmp_path)
    (tmp_path / "events").mkdir(exist_ok=True)
    (tmp_path / "events" / "empty.csv").write_bytes(data)
    workspace = open_workspace(tmp_path, Sources())
    roster = read_inputs(workspace).roster
    assert member_tables(workspace, roster, [0]).tables
