"""Examples of codes as workspaces on disk: the mark taken out, bytes where text does not show what is wrong."""

from __future__ import annotations

import csv
import json
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter  # type: ignore[import-untyped]

from pointscli.app.data_checks import check_data
from pointscli.app.faults import explain_faults
from pointscli.app.inputs import Inputs, collect_inputs
from pointscli.app.membership import check_columns, join_roster
from pointscli.app.nominations import check_nominations
from pointscli.app.question import Asked, pose
from pointscli.app.tally import event_log
from pointscli.app.workspace import Sources, find_workspace
from pointscli.engine.run import Computation
from pointscli.inputs.files import unread_files
from pointscli.inputs.positions import cell_name
from pointscli.model.problem import Problem
from pointscli.scheme.plan import compile_plan
from tests.inputs.reading import check_templates

TODAY = date(2021, 12, 31)
MARK = "«»"


def unmark(files: Mapping[str, str]) -> tuple[dict[str, str], tuple[str, int, int] | None]:
    """The files without the mark, and where it stood: file, line, column (a cell's name in a workbook)."""
    place = None
    plain = {}
    for name, text in files.items():
        plain[name] = text.replace(MARK, "")
        if MARK in text:
            before = text.split(MARK)[0]
            line, column = before.count("\n") + 1, len(before.rsplit("\n", 1)[-1]) + 1
            place = (name, line, column)
            if name.endswith(".xlsx") and before:
                field = before.rsplit("\n", 1)[-1].count(",")
                place = (f"{name}!Sheet1!{cell_name(line, field)}", 1, 1)
    return plain, place


def found_place(problem: Problem) -> tuple[str, int, int]:
    """Where a finding stands; what is about a whole file or line begins at its first character."""
    place = problem.place
    return place.path, max(place.line, 1), max(place.column, 1)


def write(folder: Path, files: Mapping[str, str], recipe: str = "") -> None:
    """Write a workspace; the file with the mark as the recipe says."""
    plain, place = unmark(files)
    for name, text in plain.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        made = RECIPES.get(recipe) if place and name == place[0].split("!")[0] else None
        path.write_bytes(made(text) if made else text.encode())


def findings(folder: Path, *, vanishing: bool = False) -> list[Problem]:
    """Everything that the reading functions and the checks of data say about a workspace."""
    space, problems = find_workspace(folder, Sources())
    if vanishing:
        (folder / "events.csv").unlink()
    if problems:
        return problems
    inputs = collect_inputs(space)
    problems = [*unread_files(folder, space.shown), *inputs.problems]
    problems += check_nominations(inputs)
    problems += [found for scheme in inputs.schemes for found in check_columns(scheme, inputs.roster)]
    problems += check_data(inputs, TODAY, space)
    problems += _faults(inputs)
    check_templates(problems)
    return problems


def _faults(inputs: Inputs) -> list[Problem]:
    if not len(inputs.events.entries) or not any(month // 12 == 2021 for month in inputs.events.entries.month):
        return []
    question, _ = pose(Asked(TODAY, scheme="party"), inputs)
    plan = compile_plan(inputs.schemes, question)
    computation = Computation(plan, join_roster(inputs.roster, plan), event_log(inputs, None))
    return explain_faults(computation.faults(), inputs)


# -- bytes


def _cut_utf8(text: str) -> bytes:
    data = text.encode()
    at = data.index("党".encode(), data.index(b"\n"))
    return data[: at + 1] + data[at + 2 :]


def _after_m1(character: str) -> Callable[[str], bytes]:
    return lambda text: text.replace("M1", "M1" + character).encode()


def _long_cell(text: str) -> bytes:
    return text.replace(",talk", ',"' + "x" * 140_000 + '"').encode()


def _many_keys(text: str) -> bytes:
    return (json.dumps(json.loads(text) | {f"k{number}": "" for number in range(1001)}) + "\n").encode()


# -- workbooks


def _records(text: str) -> list[list[str]]:
    return list(csv.reader(StringIO(text)))


def _book(change: Callable[[Any, Any], object] | None = None) -> Callable[[str], bytes]:
    """A workbook with the rows, and then a change to it and its sheet."""

    def made(text: str) -> bytes:
        buffer = BytesIO()
        book = xlsxwriter.Workbook(buffer)
        sheet = book.add_worksheet("Sheet1")
        for number, record in enumerate(_records(text)):
            sheet.write_row(number, 0, record)
        if change:
            change(book, sheet)
        book.close()
        return buffer.getvalue()

    return made


def _encrypted(text: str) -> bytes:
    del text
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100) + "EncryptedPackage".encode("utf-16-le")


def _half(made: Callable[[str], bytes]) -> Callable[[str], bytes]:
    def half(text: str) -> bytes:
        data = made(text)
        return data[: len(data) // 2]

    return half


def _second_sheet(rows: list[list[str]]) -> Callable[[Any, Any], object]:
    def change(book: Any, sheet: Any) -> None:
        del sheet
        other = book.add_worksheet("Sheet2")
        for number, record in enumerate(rows):
            other.write_row(number, 0, record)

    return change


def _with_doctype(text: str) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(_book()(text))) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/workbook.xml":
                data = data.replace(b"<workbook", b"<!DOCTYPE workbook><workbook", 1)
            new.writestr(name, data)
    return buffer.getvalue()


def _percent(book: Any, sheet: Any) -> None:
    sheet.write(1, 4, 0.5, book.add_format({"num_format": "0%"}))


# -- Parquet


def _parquet(columns: str, rows: int = 1) -> Callable[[str], bytes]:
    def made(text: str) -> bytes:
        del text
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "x.parquet"
            select = f"select {columns}, '2021-07-01' as date, 'M1' as member, 'talk' as item from range({rows})"  # noqa: S608
            with duckdb.connect() as connection:
                connection.execute(f"copy ({select}) to '{path}' (format parquet)")
            return path.read_bytes()

    return made


RECIPES: dict[str, Callable[[str], bytes]] = {
    "damaged-utf8": _cut_utf8,
    "damaged-utf16": lambda text: text.encode("utf-16")[:-1],
    "unmarked-utf16": lambda text: text.encode("utf-16-le"),
    "unclear-encoding": lambda text: text.replace("张三", "龘靐齉").encode("gb18030"),
    "nul-byte": lambda text: text.replace("E1", "E1\0").encode(),
    "bad-byte": lambda text: text.replace("E1", "E1€").encode("gb18030").replace("€".encode("gb18030"), b"\x80"),
    "other-encoding": lambda text: text.encode("gb18030"),
    "private-character": lambda text: text.replace("张三", "\ue000张三").encode(),
    "control-character": _after_m1("\x07"),
    "invisible-character": _after_m1("\u200b"),
    "long-cell": _long_cell,
    "long-line": lambda text: text.replace("{", "{" + " " * 1024 * 1024).encode(),
    "too-many-columns": _many_keys,
    "password": _encrypted,
    "damaged-workbook": _half(_book()),
    "oversized-workbook": _book(lambda _, sheet: sheet.write(1_048_575, 16_383, "x")),
    "suspicious-workbook": _with_doctype,
    "several-sheets": _book(_second_sheet([["id", "date", "member", "item"]])),
    "unread-sheet": _book(_second_sheet([["备忘"]])),
    "error-cell": _book(lambda _, sheet: sheet.write_formula("E2", "=NA()", None, "#N/A")),
    "uncalculated-formula": _book(lambda _, sheet: sheet.write_formula("E2", "=1+1", None, "")),
    "formula-cells": _book(lambda _, sheet: sheet.write_formula("E2", "=1+1", None, 2)),
    "merged-cells": _book(lambda _, sheet: sheet.merge_range("C2:C3", "M1")),
    "hidden-rows": _book(lambda _, sheet: sheet.set_row(1, None, None, {"hidden": True})),
    "day-number": _book(lambda _, sheet: sheet.write(1, 1, 44378)),
    "wrong-cell-type": _book(_percent),
    "damaged-parquet": _half(_parquet("'E1' as id")),
    "wrong-column-type": _parquet("['E1'] as id"),
    "oversized-parquet": _parquet("'E1' as id", rows=5_000_001),
}
"""Name of the code → how the bytes of the marked file are made."""
