"""Names of folders, files, columns and ids never become SQL, and the database can reach no other file."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pytest

from pointscli.app import log_size
from pointscli.engine.database import Database
from tests.cli.running import good, run, write_csv
from tests.security.hostile import FILES

RULES = """\
language: 1
scheme: small
title: "a'; drop table scored; --"
effective: {from: 2021-01-01}
settle: quarter
score:
  items:
    work: {title: "'; attach 'x.db'; --", points: 1}
    half: {title: "$1 ? :x {path}", points: {levels: {"a';--": 1, '"b"': 2}}}
ranking: {within: "x\\" , (select 1) --", ties: competition}
"""
ODD = 'x" , (select 1) --'
NAMES = (*FILES, "a'b", 'a"b', "a;b", "a*?b", "[ab]", "$path", "{path}", "a%sb", "--", "read_csv('x')")
WORKSPACE = 'a\'; drop table x;--[*?]{0}$1 "党员"'


def write_space(folder: Path, names: Sequence[str]) -> Path:
    """A workspace whose log is in files of these names, with words in it that look like SQL."""
    (folder / "rules").mkdir(parents=True)
    (folder / "rules" / "small.yaml").write_text(RULES, "utf-8")
    write_csv(folder / "members.csv", [{"id": f"M{n}'--", "name": f"甲{n}", ODD: f"组{n % 2}'"} for n in range(4)])
    (folder / "events").mkdir()
    for number, name in enumerate(names):
        write_csv(folder / "events" / f"{name}.csv", rows(number))
    return folder


def rows(number: int) -> list[dict[str, str]]:
    """The records of a file."""
    work = {"date": f"2021-07-{number + 1:02}", "member": f"M{number % 4}'--", "item": "work", "level": ""}
    half = {"date": "2021-07-02", "member": "M1'--", "item": "half", "level": "a';--"}
    return [work] * (number % 3 + 1) + [half] * (number % 2)


@pytest.mark.parametrize("quick", [False, True], ids=["careful", "quick"])
def test_a_file_may_be_called_anything(quick: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: FBT001
    """By either way through a log the result is the same as of plain names, and no other file is read instead."""
    monkeypatch.setattr(log_size, "SMALLEST", 0 if quick else 1 << 60)
    names = [name for name in NAMES if name.isascii()] if quick else NAMES  # with a half character it is not quick
    folder = write_space(tmp_path / WORKSPACE, names)
    for other in ("a", "ab", "axb"):  # what a pattern would find
        (folder / f"{other}.csv").write_text("date,member,item\n2021-07-01,M0,work\n", "utf-8")
    plain = write_space(tmp_path / "plain", [f"log{number:02}" for number in range(len(names))])
    for form in ("json", "csv"):
        wanted = good("-C", plain, "tally", "--quarter", "2021Q3", "-f", form)
        assert good("-C", folder, "tally", "--quarter", "2021Q3", "-f", form).out == wanted.out


def test_a_name_that_is_no_text_is_read_with_care(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_size, "SMALLEST", 0)
    folder = write_space(tmp_path / "w", ("half-\udce4",))
    assert '"score": 1.00' in good("-C", folder, "tally", "--quarter", "2021Q3", "-f", "json").text


def test_a_parquet_file_may_too(tmp_path: Path) -> None:
    folder = write_space(tmp_path / WORKSPACE, ())
    write_csv(tmp_path / "plain.csv", rows(2))
    duckdb.read_csv(str(tmp_path / "plain.csv"), all_varchar=True).write_parquet(str(tmp_path / "plain.parquet"))
    shutil.copy(tmp_path / "plain.parquet", folder / "events" / "a'; drop table x;--[*?].parquet")
    assert '"score": 3.00' in good("-C", folder, "tally", "--quarter", "2021Q3", "-f", "json").text


REACHES = {
    "file": "select * from read_csv('/etc/passwd')",
    "text": "select * from read_text('/etc/passwd')",
    "glob": "select * from glob('/*')",
    "attach": "attach '/tmp/points-fence.db'",
    "copy": "copy (select 1) to '/tmp/points-fence.csv'",
    "install": "install httpfs",
    "load": "load httpfs",
    "network": "select * from read_csv('http://127.0.0.1:9/x.csv')",
    "python": "select * from REACHES",
    "unlock": "set enable_external_access = true",
    "paths": "set allowed_paths = ['/etc/passwd']",
    "export": "export database '/tmp/points-fence'",
    "environment": "select getenv('HOME')",
}


@pytest.mark.parametrize("case", REACHES)
def test_the_database_reaches_nothing(case: str) -> None:
    database = Database()
    try:
        with pytest.raises(Exception, match=r"(?i)error|disabled|locked|not exist|cannot"):
            database.run(REACHES[case])
    finally:
        database.close()
    assert not Path("/tmp/points-fence.csv").exists()  # noqa: S108  (what it must not have written)


def test_an_expression_in_a_cell_is_a_text(tmp_path: Path) -> None:
    folder = write_space(tmp_path / "w", ("log",))
    write_csv(
        folder / "events" / "more.csv", [{"date": "2021-07-01", "member": "M0'--", "item": "'; attach 'x.db'; --"}]
    )
    assert good("-C", folder, "tally", "--quarter", "2021Q3").code == 0
    answer = run("-C", folder, "tally", "--quarter", "2021Q3", "--where", 'x" or 1=1 --=a', "--branch", "' or ''='")
    assert answer.code in (0, 2)
    assert "Traceback" not in answer.err
