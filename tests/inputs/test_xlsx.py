"""XLSX (reliability 3.4): what a workbook hides, and what would end the program."""

from __future__ import annotations

import struct
import zipfile
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from pointscli.inputs.xlsx_file import read_cells
from tests.inputs.reading import errors, read, rows, said, warnings, workbook

HEAD = ["编号", "日期", "党员", "事项", "数量", "备注"]
NAME = "events.xlsx"
DAY = datetime(2021, 7, 1)  # noqa: DTZ001 - a sheet has no time zone
CHINESE_DATE = 'yyyy"年"m"月"d"日"'


def record(**changed: Any) -> list[Any]:
    cells = {"id": "E1", "date": "2021-07-01", "member": "M1", "item": "x", "quantity": 1, "note": None} | changed
    return list(cells.values())


def sheet(*records: list[Any], **options: Any) -> bytes:
    return workbook([HEAD, *records], **options)


def rebuilt(data: bytes, part: str, old: str, new: str) -> bytes:
    """The same workbook with a text of one part exchanged."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name).decode()
            if name == part:
                assert old in content
                content = content.replace(old, new, 1)
            target.writestr(name, content)
    return buffer.getvalue()


SHEET = "xl/worksheets/sheet1.xml"

VALUES = {
    "text": ("quantity", "5", "5"),
    "whole number": ("quantity", 3, "3"),
    "decimal": ("quantity", 1.5, "1.5"),
    "binary noise": ("quantity", 16.670000000000002, "16.67"),
    "small": ("quantity", 0.0001, "0.0001"),
    "very small": ("quantity", 0.00000015, "0.00000015"),
    "large": ("quantity", 1e15, "1000000000000000"),
    "negative": ("quantity", -0.5, "-0.5"),
    "number as id": ("id", 1001, "1001"),
    "leading zeros as text": ("id", "001", "001"),
    "date": ("date", (DAY, "yyyy-mm-dd"), "2021-07-01"),
    "Chinese date format": ("date", (DAY, CHINESE_DATE), "2021-07-01"),
    "builtin Chinese date format": ("date", (DAY, 31), "2021-07-01"),
    "date with time": ("date", (DAY.replace(hour=8, minute=30), "yyyy-mm-dd hh:mm"), "2021-07-01 08:30:00"),
    "date as text": ("date", "2021/7/1", "2021/7/1"),
    "date as digits": ("date", 20210701, "20210701"),
    "day number": ("date", 44378, "2021-07-01"),
    "day number with time": ("date", 44378.5, "2021-07-01 12:00:00"),
    "day number 59": ("date", 59, "59"),
    "truth in a note": ("note", True, "TRUE"),
    "date in a note": ("note", (DAY, "yyyy-mm-dd"), "2021-07-01"),
}


@pytest.mark.parametrize("name", VALUES)
def test_values(name: str) -> None:
    column, value, text = VALUES[name]
    table, problems = read(sheet(record(**{column: value})), NAME)
    assert table is not None
    assert not said(problems)
    assert table.rows[0][list(record_columns()).index(column)] == text
    assert (table.encoding, table.sheet) == ("xlsx", "Sheet1")


def record_columns() -> list[str]:
    return ["id", "date", "member", "item", "quantity", "note"]


def test_workbooks_that_count_from_1904() -> None:
    assert rows(sheet(record(date=(DAY, "yyyy-mm-dd")), date_1904=True), NAME)[0][1] == "2021-07-01"
    assert rows(sheet(record(date=44378 - 1462), date_1904=True), NAME)[0][1] == "2021-07-01"


def test_day_numbers_are_said_once() -> None:
    assert warnings(sheet(*[record(date=44378)] * 3), NAME) == ["day-number Sheet1!B2"]


WRONG = {
    "truth as number": ("quantity", True, "wrong-cell-type Sheet1!E2"),
    "percent": ("quantity", (0.5, "0%"), "wrong-cell-type Sheet1!E2"),
    "own percent format": ("quantity", (0.5, "0.0%;[Red]-0.0%"), "wrong-cell-type Sheet1!E2"),
    "time as number": ("quantity", (0.25, "hh:mm"), "wrong-cell-type Sheet1!E2"),
    "duration as number": ("quantity", (1.5, "[h]:mm"), "wrong-cell-type Sheet1!E2"),
    "date as number": ("quantity", (DAY, "yyyy-mm-dd"), "wrong-cell-type Sheet1!E2"),
    "date as id": ("id", (DAY, "m-d"), "wrong-cell-type Sheet1!A2"),
    "identity number as number": ("member", 110101199001011234, "cut-id Sheet1!C2"),
    "empty member": ("member", None, "missing-value Sheet1!C2"),
    "control character": ("member", "M\x1b1", "control-character Sheet1!C2"),
    "escaped NUL": ("member", "M_x0000_1", "control-character Sheet1!C2"),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_cells(name: str) -> None:
    column, value, finding = WRONG[name]
    data = sheet(record(**{column: value}), record())
    if name == "escaped NUL":  # the writer escapes the escape
        data = rebuilt(data, "xl/sharedStrings.xml", "_x005F_x0000_", "_x0000_")
    table, problems = read(data, NAME)
    assert said(problems) == [finding]
    assert table is not None
    assert (len(table.rows), table.rejected) == (1, 1)


def test_percent_in_quotes_is_no_percent() -> None:
    assert not errors(sheet(record(quantity=(5, '0"%"'))), NAME)


@pytest.mark.parametrize("column", [0, 1, 4, 5])
@pytest.mark.parametrize("shown", ["#REF!", "#N/A", "#DIV/0!"])
def test_error_cells(column: int, shown: str) -> None:
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer)
    page = book.add_worksheet("积分")
    for row, cells in enumerate([HEAD, record(), record()]):
        page.write_row(row, 0, cells)
    page.write_formula(1, column, "=1/0", None, shown)
    book.close()
    assert errors(buffer.getvalue(), NAME) == [f"error-cell 积分!{'ABCDEF'[column]}2"]


def test_a_reading_aid_is_no_text() -> None:
    aid = '<t>张三</t><rPh sb="0" eb="1"><t>zhang</t></rPh>'
    data = rebuilt(sheet(record(member="张三")), "xl/sharedStrings.xml", "<t>张三</t>", aid)
    assert rows(data, NAME)[0][2] == "张三"


def test_formulas() -> None:
    data = sheet(record(quantity="=1+1"), record(quantity="=1+2"), record())
    with_value = rebuilt(data, SHEET, "<f>1+1</f><v>0</v>", "<f>1+1</f><v>2</v>")
    assert warnings(with_value, NAME) == ["formula-cells Sheet1!E2"]
    assert [row[4] for row in rows(with_value, NAME)] == ["2", "0", "1"]
    for empty in ("", "<v></v>", "<v/>"):
        without = rebuilt(with_value, SHEET, "<f>1+2</f><v>0</v>", "<f>1+2</f>" + empty)
        assert errors(without, NAME) == ["uncalculated-formula Sheet1!E3"]
        assert len(rows(without, NAME)) == 2


def test_a_formula_above_the_header_is_no_record() -> None:
    data = workbook([["=1+1"], HEAD, record()])
    assert not read(data, NAME)[1]
    assert len(rows(data, NAME)) == 1


def test_a_formula_may_give_an_empty_text() -> None:
    data = rebuilt(
        sheet(record(note="=A1")), SHEET, '<c r="F2"><f>A1</f><v>0</v>', '<c r="F2" t="str"><f>A1</f><v></v>'
    )
    assert not errors(data, NAME)


def test_rows_of_empty_formulas_are_blank() -> None:
    data = sheet(record(), [None, None, None, None, None, "=A1"])
    data = rebuilt(data, SHEET, '<c r="F3"><f>A1</f><v>0</v>', '<c r="F3" t="str"><f>A1</f><v></v>')
    table, problems = read(data, NAME)
    assert table is not None
    assert (len(table.rows), table.blank, problems) == (1, 1, [])


def made(build: Any) -> bytes:
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer)
    build(book)
    book.close()
    return buffer.getvalue()


def fill(page: Any, *records: list[Any], first: int = 0) -> None:
    for row, cells in enumerate(records, first):
        page.write_row(row, 0, cells)


def test_cells_without_names() -> None:
    """As programs write them that only go from cell to cell, each with its text in it."""
    cells = [
        "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) for row in (HEAD, record(note="n"))
    ]
    data = sheet(record(note="n"))
    old = zipfile.ZipFile(BytesIO(data)).read(SHEET).decode()
    whole = old[old.index("<sheetData>") : old.index("</sheetData>")]
    new = rebuilt(data, SHEET, whole, "<sheetData>" + "".join(f"<row>{row}</row>" for row in cells))
    assert rows(new, NAME) == rows(data, NAME)


def test_a_workbook_without_styles() -> None:
    """Programs that only write data leave that part out."""
    data = without_part(sheet(record()), "xl/styles.xml")
    assert rows(data, NAME) == rows(sheet(record()), NAME)


def test_pictures_are_no_part_of_the_table() -> None:
    buffer = BytesIO(sheet(record()))
    with zipfile.ZipFile(buffer, "a") as target:
        target.writestr("xl/media/image1.png", b"\x89PNG\r\n")
    assert rows(buffer.getvalue(), NAME) == rows(sheet(record()), NAME)


def without_part(data: bytes, part: str) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            if name != part:
                target.writestr(name, source.read(name))
    return buffer.getvalue()


def test_merged_cells() -> None:
    def build(book: Any) -> None:
        page = book.add_worksheet()
        page.merge_range(0, 0, 0, 5, "三季度登记表")
        fill(page, HEAD, record(), record(), record(), ["合计"], first=1)
        page.merge_range(3, 2, 4, 2, "M1")
        page.merge_range(5, 0, 5, 3, "合计")

    table, problems = read(made(build), NAME)
    assert said(problems, None) == ["merged-cells Sheet1!C4", "total-row Sheet1!A6"]
    assert table is not None
    assert (list(table.lines), table.rejected, table.excluded) == ([3], 2, 1)


def test_hidden_rows_count_and_are_said() -> None:
    def build(book: Any) -> None:
        page = book.add_worksheet()
        fill(page, HEAD, record(), record())
        page.set_row(2, None, None, {"hidden": True})
        page.set_row(9, None, None, {"hidden": True})

    assert len(rows(made(build), NAME)) == 2
    assert warnings(made(build), NAME) == ["hidden-rows Sheet1!A3"]


def test_rows_keep_their_numbers() -> None:
    def build(book: Any) -> None:
        fill(book.add_worksheet(), HEAD, record(), [], record(), first=4)

    table, _ = read(made(build), NAME)
    assert table is not None
    assert (table.header_line, list(table.lines), table.blank) == (5, [6, 8], 1)
    assert table.place(1, "item").path == "events.xlsx!Sheet1!D8"


SHEETS = {
    "one visible": ([("a", HEAD, False)], [], []),
    "a sheet without the header": ([("说明", ["请填写"], False), ("a", HEAD, False)], [], ["unread-sheet 0:0"]),
    "an empty sheet": ([("a", HEAD, False), ("b", [], False)], [], []),
    "a hidden copy": ([("a", HEAD, False), ("b", HEAD, True)], [], ["unread-sheet 0:0"]),
    "two": ([("a", HEAD, False), ("b", HEAD, False)], ["several-sheets 0:0"], []),
    "only hidden": ([("说明", ["请填写"], False), ("a", HEAD, True)], ["no-header 0:0"], []),
    "part of a header": ([("a", HEAD[:3], False)], ["missing-column a!A1"], []),
}


@pytest.mark.parametrize("name", SHEETS)
def test_sheets(name: str) -> None:
    sheets, wrong, warned = SHEETS[name]

    def build(book: Any) -> None:
        for title, head, hidden in sheets:
            page = book.add_worksheet(title)
            fill(page, head, record() if head else [])
            if hidden:
                page.hide()

    assert errors(made(build), NAME) == wrong
    assert warnings(made(build), NAME) == warned


MERGED = "".join(f'<mergeCell ref="H2:H{row}"/>' for row in range(500, 2500))
MANY = f'<row r="2500"><c r="A2500"><v>1</v></c></row></sheetData><mergeCells>{MERGED}</mergeCells>'
ODD = '</sheetData><mergeCells><mergeCell ref="a2:b2"/></mergeCells>'
FAR = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
HOSTILE = {
    "a far cell": (SHEET, "</sheetData>", FAR, "oversized-workbook"),
    "a far cell under a prefix": (SHEET, "</sheetData>", FAR.replace("<", "<x:").replace("<x:/", "</x:"), None),
    "a far formatted cell is harmless": (SHEET, "</sheetData>", FAR.replace("<v>1</v>", ""), ""),
    "a lying dimension is harmless": (SHEET, '<dimension ref="A1:F2"/>', '<dimension ref="A1"/>', ""),
    "document type": (SHEET, "<worksheet", '<!DOCTYPE a [<!ENTITY b "c">]><worksheet', "suspicious-workbook"),
    "document type in strings": ("xl/sharedStrings.xml", "<sst", "<!DOCTYPE a><sst", "suspicious-workbook"),
    "no XML": (SHEET, "</sheetData>", "</sheet", "damaged-workbook"),
    "a cell without a column": (SHEET, 'r="F2"', 'r="2"', None),
    "a cell twice": (SHEET, 'r="F2"', 'r="E2"', "damaged-workbook"),
    "a cell of an earlier row": (SHEET, 'r="A2"', 'r="A1"', "damaged-workbook"),
    "a string that is not there": (SHEET, "<v>0</v>", "<v>9999</v>", "damaged-workbook"),
    "no number": (SHEET, '<c r="E2"><v>1</v>', '<c r="E2" t="b"><v>2</v>', "damaged-workbook"),
    "merged ranges without end": (SHEET, "</sheetData>", MANY, "oversized-workbook"),
    "merged cells of no name": (SHEET, "</sheetData>", ODD, "damaged-workbook"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_workbooks(name: str) -> None:
    part, old, new, finding = HOSTILE[name]
    found = errors(rebuilt(sheet(record(note="n")), part, old, new), NAME)
    if finding is None:
        assert all(one.split()[0] in {"damaged-workbook", "oversized-workbook"} for one in found)
    else:
        assert [one.split()[0] for one in found] == ([finding] if finding else [])


def test_other_mistakes_are_not_taken_for_damage() -> None:
    with pytest.raises(TypeError):
        read_cells(sheet(record()), [0])  # type: ignore[list-item]


@pytest.mark.parametrize("days", ["-1e308", "1e12"], ids=["the reader ends", "no such duration"])
def test_times_beyond_all_bounds(days: str) -> None:
    data = rebuilt(sheet(record(quantity=(1.5, "[h]:mm"))), SHEET, "<v>1.5</v>", f"<v>{days}</v>")
    assert errors(data, NAME) == ["damaged-workbook 0:0"]


@pytest.mark.parametrize(("written", "text"), [("one", "one"), ("1e400", "inf"), ("NaN", "nan")])
def test_what_is_no_number_stays_none(written: str, text: str) -> None:
    data = rebuilt(sheet(record()), SHEET, '<c r="E2"><v>1</v>', f'<c r="E2"><v>{written}</v>')
    assert rows(data, NAME)[0][4] == text


def test_sizes_in_the_directory_can_lie() -> None:
    bomb = b'<?xml version="1.0"?><a>' + b" " * (210 * 1024 * 1024) + b"</a>"
    buffer = BytesIO(sheet(record()))
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/extra.xml", bomb)
    data = buffer.getvalue()
    assert len(data) < 1_000_000
    assert errors(data, NAME) == ["oversized-workbook 0:0"]
    assert errors(data.replace(struct.pack("<I", len(bomb)), struct.pack("<I", 10)), NAME) == ["oversized-workbook 0:0"]


def archive(*names: str) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for name in names:
            target.writestr(name, "x")
    return buffer.getvalue()


def twice_named() -> bytes:
    buffer = BytesIO(sheet(record()))
    with zipfile.ZipFile(buffer, "a") as target:
        target.writestr(SHEET.upper(), "<worksheet/>")
    return buffer.getvalue()


def in_directory(data: bytes, part: str, offset: int, change: int) -> bytes:
    """The same archive with another number in the directory's entry of a part."""
    end = data.rfind(b"PK\x05\x06")
    (start,) = struct.unpack_from("<I", data, end + 16)
    at = data.rfind(b"PK\x01\x02", start, data.index(part.encode(), start)) + offset
    changed = bytearray(data)
    (number,) = struct.unpack_from("<I", data, at)
    struct.pack_into("<I", changed, at, number + change)
    return bytes(changed)


FLAGS, PACKED = 8, 20
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
WHOLE = {
    "text": (b"id,date\n", "wrong-file-kind"),
    "web page": (b"\xef\xbb\xbf  <HTML><table>", "wrong-file-kind"),
    "old workbook": (OLE, "wrong-file-kind"),
    "password": (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
    "Parquet": (b"PAR1", "wrong-file-kind"),
    "PDF": (b"%PDF-1.7", "wrong-file-kind"),
    "archive": (archive("a.txt"), "wrong-file-kind"),
    "Word": (archive("word/document.xml"), "wrong-file-kind"),
    "binary workbook": (archive("xl/workbook.bin"), "wrong-file-kind"),
    "OpenDocument": (archive("mimetype"), "wrong-file-kind"),
    "not even a workbook": (archive("xl/workbook.xml"), "damaged-workbook"),
    "cut": (sheet(record())[:-200], "damaged-workbook"),
    "only a beginning": (b"PK\x03\x04", "damaged-workbook"),
    "a part cut": (in_directory(sheet(record()), SHEET, PACKED, -9), "damaged-workbook"),
    "a part with a password": (in_directory(sheet(record()), SHEET, FLAGS, 1), "password"),
    "two parts of one name": (twice_named(), "damaged-workbook"),
    "empty sheet": (workbook([]), "no-header"),
}


@pytest.mark.parametrize("name", WHOLE)
def test_whole_files(name: str) -> None:
    data, finding = WHOLE[name]
    assert errors(data, NAME) == [f"{finding} 0:0"]


def test_a_workbook_under_another_name() -> None:
    assert errors(sheet(record()), "events.csv") == ["wrong-file-kind 0:0"]
    assert len(rows(sheet(record()), "events")) == 1


def test_every_cut_of_a_workbook_is_named() -> None:
    data = sheet(record())
    for length in range(4, len(data), 97):
        assert [one.split()[0] for one in errors(data[:length], NAME)] == ["damaged-workbook"]


def test_times_and_dates_as_text() -> None:
    from pointscli.inputs.xlsx_cells import Cell, cell_text  # noqa: PLC0415 - one test needs it

    values: list[Cell] = [date(2021, 7, 1), time(8, 30), timedelta(hours=36), 7, -0.0]
    assert [cell_text(value) for value in values] == ["2021-07-01", "08:30:00", "1 day, 12:00:00", "7", "0"]
