"""Workbooks (3.4)."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from tests.inputs.catalogue.cases import HEADER, PLAIN, Case, log

HEAD = HEADER.strip().split(",")
RECORD: list[Any] = ["E1", "2021-07-01", "M1", "talk", 1, "a"]
OTHER: list[Any] = ["E9", "2021-07-09", "M2", "help", 2, "b"]
DAY = datetime(2021, 7, 1)  # noqa: DTZ001  (a sheet has no time zone)
SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
FAR = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
Change = Callable[[Any, Any], object]


def book(change: Change | None = None, *, first: int = 0, **options: Any) -> bytes:
    """A workbook with two records, and then a change to it and its sheet."""
    buffer = BytesIO()
    made = xlsxwriter.Workbook(buffer, options)
    sheet = made.add_worksheet("积分")
    for number, record in enumerate([HEAD, RECORD, OTHER], first):
        sheet.write_row(number, 0, record)
    if change:
        change(made, sheet)
    made.close()
    return buffer.getvalue()


def xlsx(change: Change | None = None, kept: str = "", **options: Any) -> Case:
    """A log in a workbook."""
    return log(book(change, **options), "events.xlsx", kept)


def put(cell: str, value: object, form: str | int | None = None) -> Change:
    """One cell with another value."""
    return lambda made, sheet: sheet.write(cell, value, made.add_format({"num_format": form}) if form else None)


def formula(cell: str, value: object) -> Change:
    """One cell with a formula that was last calculated so."""
    return lambda _, sheet: sheet.write_formula(cell, "=1+1", None, value)


def with_part(part: str, old: str, new: str, data: bytes = b"") -> bytes:
    """A workbook with a text of one part exchanged."""
    buffer = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(data or book())) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            content = source.read(name).decode()
            if name == part:
                assert old in content
                content = content.replace(old, new, 1)
            target.writestr(name, content)
    return buffer.getvalue()


def changed(part: str, old: str, new: str, data: bytes = b"") -> Case:
    """A log in such a workbook."""
    return log(with_part(part, old, new, data), "events.xlsx")


def second(name: str, *rows: list[str], hidden: bool = False) -> Change:
    """Another sheet with these rows."""

    def change(made: Any, _: object) -> None:
        sheet = made.add_worksheet(name)
        for number, cells in enumerate(rows):
            sheet.write_row(number, 0, cells)
        if hidden:
            sheet.hide()

    return change


def _hidden_only(made: Any, sheet: Any) -> None:
    second("说明", ["请填写"])(made, sheet)
    made.worksheets()[1].activate()
    sheet.hide()


def bomb(claimed: int | None = None) -> bytes:
    """A workbook with a part of 210 MB that takes little room; its directory may claim another size."""
    content = b'<?xml version="1.0"?><a>' + b" " * (210 * 1024 * 1024) + b"</a>"
    buffer = BytesIO(book())
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/extra.xml", content)
    data = buffer.getvalue()
    return data if claimed is None else data.replace(struct.pack("<I", len(content)), struct.pack("<I", claimed))


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
BOOKS: dict[str, Case] = {
    "3.4-error-cell/in a used column": xlsx(formula("E2", "#REF!")),
    "3.4-error-cell/in a column that no rule uses": xlsx(formula("F3", "#N/A")),
    "3.4-uncalculated-formula": changed(SHEET, "<f>1+1</f><v>0</v>", "<f>1+1</f>", book(formula("E2", 0))),
    "3.4-calculated-formula": xlsx(lambda made, sheet: (formula("E2", 2)(made, sheet), formula("E3", 3)(made, sheet))),
    "3.4-text-and-number/number as text": xlsx(put("E2", "５")),
    "3.4-text-and-number/not a number as text": xlsx(put("E2", "5分")),
    "3.4-text-and-number/binary noise": xlsx(put("E3", 16.670000000000002)),
    "3.4-text-and-number/identity number as number": xlsx(put("C2", 110101199001011234)),
    "3.4-merged-cells/across records": xlsx(lambda _, sheet: sheet.merge_range("C2:C3", "M1")),
    "3.4-merged-cells/a title above": xlsx(lambda _, sheet: sheet.merge_range("A1:F1", "登记表"), first=1),
    "3.4-sheets/one with the header": xlsx(second("说明", ["请填写"])),
    "3.4-sheets/two": xlsx(second("二月", HEAD, ["E7", "2021-02-01", "M1", "talk", "1", ""])),
    "3.4-sheets/a hidden copy": xlsx(second("旧", HEAD, ["E7", "2021-02-01", "M1", "talk", "1", ""], hidden=True)),
    "3.4-sheets/only hidden": xlsx(_hidden_only),
    "3.4-hidden-rows": xlsx(lambda _, sheet: sheet.set_row(2, None, None, {"hidden": True})),
    "3.4-wrong-types/truth": xlsx(put("E2", True)),  # noqa: FBT003  (a cell's value)
    "3.4-wrong-types/percent": xlsx(put("E2", 0.5, "0%")),
    "3.4-wrong-types/duration": xlsx(put("E2", 1.5, "[h]:mm")),
    "3.4-wrong-types/date as number": xlsx(put("E2", DAY, "yyyy-mm-dd")),
    "3.4-wrong-types/date as id": xlsx(put("A2", DAY, "m-d")),
    "3.4-escapes/NUL": changed(STRINGS, "_x005F_x0000_", "_x0000_", book(put("C2", "M_x0000_1"))),
    "3.4-escapes/line end in a note": changed(STRINGS, "_x005F_x000D_", "_x000D_", book(put("F2", "a_x000D_b"))),
    "3.4-first-row": xlsx(put("E8", "x"), first=6),
    "3.4-days/Chinese format": xlsx(put("B2", DAY, 'yyyy"年"m"月"d"日"')),
    "3.4-days/built-in Chinese format": xlsx(put("B2", DAY, 31)),
    "3.4-days/bare number": xlsx(put("B2", 44378)),
    "3.4-days/bare number from 1904": xlsx(put("B2", 44378 - 1462), date_1904=True),
    "3.4-early-days/59": xlsx(put("B2", 59)),
    "3.4-early-days/60 as a date": xlsx(put("B2", 60, "yyyy-mm-dd")),
    "3.4-other-kinds/web page": log(b"<html><table><tr><td>id</td></tr></table></html>", "events.xlsx"),
    "3.4-other-kinds/CSV": log(HEADER + PLAIN, "events.xlsx"),
    "3.4-other-kinds/old workbook": log(OLE, "events.xlsx"),
    "3.4-other-kinds/workbook called CSV": log(book(), "events.csv"),
    "3.4-other-kinds/xls beside the log": Case(
        {"events.csv": None, "events/a.csv": HEADER + PLAIN, "events/b.xls": OLE}
    ),
    "3.4-password": log(OLE + "EncryptedPackage".encode("utf-16-le"), "events.xlsx"),
    "3.4-too-large/a far cell": changed(SHEET, "</sheetData>", FAR),
    "3.4-too-large/a far cell with only a format": changed(SHEET, "</sheetData>", FAR.replace("<v>1</v>", "")),
    "3.4-too-large/a bomb": log(bomb(), "events.xlsx"),
    "3.4-too-large/a bomb that lies": log(bomb(10), "events.xlsx"),
    "3.4-document-type": changed(SHEET, "<worksheet", '<!DOCTYPE a [<!ENTITY b "c">]><worksheet'),
    "3.4-lying-dimension": changed(SHEET, '<dimension ref="A1:F3"/>', '<dimension ref="A1"/>'),
    "3.4-reading-aid": changed(
        STRINGS, "<t>张三</t>", '<t>张三</t><rPh sb="0" eb="1"><t>zhang</t></rPh>', book(put("C2", "张三"))
    ),
    "3.4-damaged/cut": log(book()[:-200], "events.xlsx"),
    "3.4-damaged/cut inside": log(book()[:1000] + book()[2000:], "events.xlsx"),
    "3.4-damaged/a cell twice": changed(SHEET, 'r="F2"', 'r="E2"'),
    "3.4-damaged/an encoding that does not exist": changed(SHEET, 'encoding="UTF-8"', 'encoding="yes"'),
}
