"""What is fuzzed: for each reader of people's files a function from any bytes, and the laws it must keep.

A target lets nothing out but AssertionError: our readers answer every file with a table or with findings.
"""

from __future__ import annotations

import atexit
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

from pointscli.app.import_settings import check_import_settings
from pointscli.app.publish_profile import check_publishing
from pointscli.app.workspace import Sources, find_workspace
from pointscli.inputs import grammar, jsonl_file, parquet_file, xlsx_file  # noqa: F401  (readers load them late)
from pointscli.inputs.decode import decode
from pointscli.inputs.fast_csv import open_plain
from pointscli.inputs.headers import EVENTS, MEMBERS
from pointscli.inputs.quick import Naming, read_quickly
from pointscli.inputs.refusals import CellError
from pointscli.inputs.roster import read_roster
from pointscli.inputs.table import RawTable, read_table
from pointscli.model.problem import FileError, Place, Problem, Severity
from pointscli.scheme import date_grammar, number_grammar
from pointscli.scheme.lints import lint
from pointscli.scheme.load import load_text
from pointscli.scheme.read_cases import read_case_file
from pointscli.scheme.source_text import split_lines
from tests.fuzz import words
from tests.fuzz.books import BOOK_PARTS, book_with

_MEMORY = Path("/dev/shm")  # noqa: S108  (a file system in memory: ten times as many inputs a second)
_FOLDER = tempfile.TemporaryDirectory(prefix="points-fuzz-", dir=_MEMORY if _MEMORY.is_dir() else None)
atexit.register(_FOLDER.cleanup)
HERE = Path(_FOLDER.name)
MOST_FINDINGS = 50
"""Positions are looked up slowly; a fuzzer should not spend its time on the thousandth finding."""


@dataclass(frozen=True)
class Target:
    """One reader: its laws, words of its language for the fuzzer, and the largest input worth trying."""

    check: Callable[[bytes], None]
    words: tuple[str, ...] = ()
    longest: int = 4096


def keep_folder() -> None:
    """Leave the folder to the process that made it."""
    atexit.unregister(_FOLDER.cleanup)


# -- what holds for every finding and every table


def check_findings(problems: list[Problem]) -> None:
    """Every finding says something, at a place."""
    for problem in problems[:MOST_FINDINGS]:
        assert problem.text(problem.message)
        assert problem.text(problem.hint)
        assert problem.place.line >= 0 <= problem.place.column


def check_places(problems: list[Problem], data: bytes) -> None:
    """Every finding of a rule file stands in it, and so does what would mend it."""
    lines = split_lines(data.decode("utf-8-sig", "replace"))
    for problem in problems[:MOST_FINDINGS]:
        for place in (problem.place, *(one.place for one in problem.related)):
            assert place.line <= len(lines), problem
            assert place.line == 0 or 1 <= place.column <= len(lines[place.line - 1]) + 1, problem
        assert problem.end == (0, 0) or problem.end > (problem.place.line, problem.place.column), problem
        for edit in problem.fix:
            assert (1, 1) <= edit.start <= edit.end <= (len(lines), len(lines[-1]) + 1), problem


def errors(problems: list[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.severity is Severity.ERROR]


def table_of(data: bytes, name: str) -> tuple[RawTable | None, list[Problem]]:
    """Read bytes as a table; all records are accounted for, and what is lost is said."""
    path = HERE / name
    path.write_bytes(data)
    table, problems = read_table(path, name, EVENTS)
    check_findings(problems)
    if table is None:
        assert errors(problems)
        return table, problems
    assert table.read == len(table.rows) + table.blank + table.excluded + table.rejected
    assert table.rejected == 0 or errors(problems)
    assert table.excluded == sum(problem.name == "total-row" for problem in problems)
    assert len(table.lines) == len(table.rows)
    assert all(one < other for one, other in pairwise(table.lines))
    assert all(len(row) == len(table.columns) for row in table.rows)
    for row in range(min(len(table.rows), 3)):
        assert table.record_place(row).path.startswith(name)
        for column in table.columns[:MOST_FINDINGS]:
            table.place(row, column)
    return table, problems


# -- the targets


def check_decode(data: bytes) -> None:
    """A text comes back from each encoding that says what it is; what is lost is said."""
    found, problems = decode(data, "f")
    check_findings(problems)
    if found is None:
        assert errors(problems)
        return
    assert not errors(problems)
    text, name = found
    if name == "utf-8":
        assert text.encode() == data
    if text.startswith("\ufeff"):
        return
    for other in ("utf-8", "utf-8-sig", "utf-16"):
        again, _ = decode(text.encode(other), "f")
        assert again == (text, other), other
    if not text.isascii() and not any("\ue000" <= char <= "\uf8ff" for char in text):  # some of these were moved
        again, _ = decode(text.encode("gb18030"), "f")
        assert again is None or again[0] == text or again[1] != "gb18030"


def check_csv(data: bytes) -> None:
    """Conservation, and the quick ways through a plain file see what the careful one sees."""
    table, problems = table_of(data, "events.csv")
    path = HERE / "events.csv"
    plain = open_plain(path, "events.csv")
    if plain is not None and table is not None and plain.columns == table.columns:
        assert plain.records >= len(table.rows) + table.excluded
    naming = Naming(("M1", "张三"))
    quick = read_quickly(path, "events.csv", data, EVENTS, naming)
    if quick is not None and table is not None and quick[0] is not None and not errors(problems):
        assert _known_cells(naming.rows(quick[0], "member")) == _known_cells(naming.rows(table, "member"))


def _known_cells(table: RawTable) -> list[tuple[int, dict[str, str]]]:
    """The lines and cells of a table; an unnamed column at the edge goes if its rows are not among those wanted."""
    known = {column.id for column in EVENTS.columns}
    return [
        (line, {name: cell for name, cell in zip(table.columns, row, strict=True) if name in known})
        for line, row in zip(table.lines, table.rows, strict=True)
    ]


def check_jsonl(data: bytes) -> None:
    """Conservation."""
    table_of(data, "events.jsonl")


def check_grammar(data: bytes) -> None:
    """What is read is exact, and is read again from its plain form; all else is a refusal."""
    text = data.decode("utf-8", "surrogatepass") if _is_text(data) else data.decode("utf-8", "replace")
    number = _number(text)
    if number is not None:
        assert _number(format(number, "f")) == number
        ours = number_grammar.parse_number(text)
        assert isinstance(ours, number_grammar.Refusal) or ours == number
    day = _day(text)
    if day is not None:
        assert grammar.parse_date(day).isoformat() == day
    _try(lambda: grammar.dropped_time(text))
    for parse in (number_grammar.parse_fraction, number_grammar.parse_percent, date_grammar.parse_date):
        parse(text)
    assert grammar.name_key(grammar.name_key(text)) == grammar.name_key(text)
    assert grammar.visible(grammar.visible(text)) == grammar.visible(text)
    assert all(grammar.split_members(text))


def _is_text(data: bytes) -> bool:
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def _number(text: str) -> Decimal | None:
    units = _try(lambda: grammar.parse_number(text))
    return None if units is None else Decimal(units).scaleb(-4)


def _day(text: str) -> str | None:
    day = _try(lambda: grammar.parse_date(text))
    return day.isoformat() if day else None


def _try(action: Callable[[], Any]) -> Any:
    try:
        return action()
    except CellError as error:
        check_findings([error.at(Place("f", 1, 1))])
        return None


def check_rules(data: bytes) -> None:
    """A rule file gives a scheme or errors, each at a place that exists."""
    scheme, problems = load_text(data, "f")
    assert (scheme is None) == bool(errors(problems)), problems
    if scheme is not None:
        problems = problems + lint([scheme])
    check_findings(problems)
    check_places(problems, data)


def check_cases(data: bytes) -> None:
    """The same for the tests of a rule file."""
    _, problems = read_case_file(HERE / "f.test.yaml", "f", data)
    check_findings(problems)
    check_places(problems, data)


def check_settings(data: bytes) -> None:
    """points.yaml is read, or every finding stands in it."""
    (HERE / "points.yaml").write_bytes(data)
    try:
        _, problems = find_workspace(HERE, Sources())
    except FileError:
        problems = []
    _, of_publishing = check_publishing(HERE)
    problems = [*problems, *of_publishing, *check_import_settings(HERE)]
    check_findings(problems)
    check_places(problems, data)


def check_xlsx(data: bytes) -> None:
    """The first byte says which part of a workbook the rest stands in for; the last kind is the whole file."""
    if not data:
        return
    part, rest = data[0] % (len(BOOK_PARTS) + 1), data[1:]
    table_of(rest if part == len(BOOK_PARTS) else book_with(BOOK_PARTS[part], rest), "events.xlsx")


def check_parquet(data: bytes) -> None:
    """Conservation."""
    table_of(b"PAR1" + data, "events.parquet")


def check_roster(data: bytes) -> None:
    """Every row of a roster is a spell or a finding."""
    path = HERE / "members.csv"
    path.write_bytes(data)
    table, problems = read_table(path, "members.csv", MEMBERS)
    if table is None:
        return
    roster, found = read_roster([table])
    check_findings(problems + found)
    assert len(roster.spells) + roster.rejected == len(table.rows)
    assert not roster.rejected or errors(found)


TARGETS: dict[str, Target] = {
    "decode": Target(check_decode, words.ENCODED_WORDS),
    "csv": Target(check_csv, words.CELLS),
    "jsonl": Target(check_jsonl, words.JSON_WORDS),
    "grammar": Target(check_grammar, words.NUMBER_WORDS, 128),
    "rules": Target(check_rules, words.YAML_WORDS),
    "cases": Target(check_cases, words.CASE_WORDS),
    "settings": Target(check_settings, words.SETTING_WORDS),
    "roster": Target(check_roster, words.ROSTER_WORDS),
    "xlsx": Target(check_xlsx, words.BOOK_WORDS, 8192),
    "parquet": Target(check_parquet),
}
