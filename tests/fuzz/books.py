"""Workbooks for the fuzzer: one part is exchanged and the rest is whole, so that its bytes are reached."""

from __future__ import annotations

import zipfile
from functools import cache
from io import BytesIO

import xlsxwriter  # type: ignore[import-untyped]

BOOK_PARTS = (
    "xl/worksheets/sheet1.xml",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
)


@cache
def whole_book() -> bytes:
    """A workbook as an office program writes it."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("Sheet1")
    percent = book.add_format({"num_format": "0%"})
    for row, record in enumerate(
        (
            ["id", "date", "member", "item", "quantity"],
            ["E1", "2021-07-01", "张三", "talk", 1],
            ["E2", 44378, "M1", "x"],
        )
    ):
        sheet.write_row(row, 0, record)
    sheet.write(2, 4, 0.5, percent)
    sheet.write_formula(3, 4, "=1+1", None, 2)
    sheet.merge_range(4, 1, 5, 2, "x")
    book.close()
    return buffer.getvalue()


@cache
def _parts() -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(whole_book())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def part_of(name: str) -> bytes:
    """What stands in a part."""
    return _parts()[name]


def book_with(part: str, content: bytes) -> bytes:
    """The workbook with other bytes in one part."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in _parts().items():
            archive.writestr(name, content if name == part else data)
    return buffer.getvalue()
