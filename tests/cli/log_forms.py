"""The same event log in every form that a clerk may keep it in."""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter  # type: ignore[import-untyped]

from pointscli.inputs.headers import EVENTS as SPEC
from tests.cli.rich import ALIASES, COLUMNS, EVENTS, MEMBERS, NAMES, TITLES, Row
from tests.cli.running import write_csv

NUMBERS = ("quantity", "points")
CHINESE = {column.id: column.title for column in SPEC.columns}


@dataclass(frozen=True)
class Text:
    """A CSV dialect and encoding."""

    encoding: str = "utf-8"
    delimiter: str = ","
    newline: str = "\n"
    quoting: int = csv.QUOTE_MINIMAL

    def write(self, folder: Path) -> None:
        text = io.StringIO()
        kind: Any = self.quoting
        writer = csv.DictWriter(text, COLUMNS, delimiter=self.delimiter, lineterminator=self.newline, quoting=kind)
        writer.writeheader()
        writer.writerows(EVENTS)
        (folder / "events.csv").write_bytes(text.getvalue().encode(self.encoding))


def renamed_headers(rename: Callable[[str], str]) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        write_csv(folder / "events.csv", [{rename(key): value for key, value in row.items()} for row in EVENTS])

    return write


def changed(change: Callable[[Row], Row]) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        write_csv(folder / "events.csv", [change(row) for row in EVENTS])

    return write


def shuffled(folder: Path) -> None:
    write_csv(folder / "events.csv", random.Random(3).sample(EVENTS, len(EVENTS)))


def reversed_rows(folder: Path) -> None:
    write_csv(folder / "events.csv", EVENTS[::-1])


def split(folder: Path) -> None:
    for number in range(5):
        write_csv(folder / "events" / f"{number}.csv", EVENTS[number::5])


def split_by_month_in_other_names(folder: Path) -> None:
    for month in {row["date"][:7] for row in EVENTS}:
        rows = [row for row in EVENTS if row["date"].startswith(month)]
        write_csv(folder / "events" / f"台账 [{12 - int(month[5:])}] (终稿).csv", rows)


def split_in_all_formats(folder: Path) -> None:
    (folder / "events").mkdir()
    _jsonl(folder / "events" / "z.jsonl", EVENTS[:60], typed=True)
    _xlsx(folder / "events" / "a.xlsx", EVENTS[60:120], typed=True)
    _parquet(folder / "events" / "m.parquet", EVENTS[120:160])
    write_csv(folder / "events.csv", EVENTS[160:])


def columns_reordered(folder: Path) -> None:
    write_csv(folder / "events.csv", EVENTS, random.Random(4).sample(COLUMNS, len(COLUMNS)))


def empty_columns_dropped(folder: Path) -> None:
    """Each file has only the columns that its rows fill, and one that nobody knows."""
    for number in range(4):
        rows = [{key: cell for key, cell in row.items() if cell} | {"天气": "晴"} for row in EVENTS[number::4]]
        write_csv(folder / "events" / f"{number}.csv", rows)


def title_rows_above(folder: Path) -> None:
    write_csv(folder / "rows.csv", EVENTS)
    head = "2021年第三季度积分台账" + "," * (len(COLUMNS) - 1) + "\n"
    (folder / "events.csv").write_text(head + (folder / "rows.csv").read_text("utf-8"), "utf-8")
    (folder / "rows.csv").unlink()


def jsonl(folder: Path) -> None:
    _jsonl(folder / "events.jsonl", EVENTS, typed=False)


def jsonl_with_numbers(folder: Path) -> None:
    _jsonl(folder / "events.jsonl", EVENTS, typed=True)


def xlsx(folder: Path) -> None:
    _xlsx(folder / "events.xlsx", EVENTS, typed=False)


def xlsx_with_numbers_and_dates(folder: Path) -> None:
    _xlsx(folder / "events.xlsx", EVENTS, typed=True)


def parquet(folder: Path) -> None:
    _parquet(folder / "events.parquet", EVENTS)


def parquet_with_types(folder: Path) -> None:
    _parquet(folder / "events.parquet", EVENTS, {"date": "date", "quantity": "decimal(12, 4)", "points": "double"})


def by_name(row: Row) -> Row:
    """Members by their names where only one bears it, separated as people do."""
    names = {member["id"]: member["name"] for member in MEMBERS if NAMES.count(member["name"]) == 1}
    cell = "、".join(names.get(one, one) for one in row["member"].split(";"))
    return row | {"member": cell}


def members_in_other_order(row: Row) -> Row:
    return row | {"member": "；".join(reversed(row["member"].split(";")))}


def by_title(row: Row) -> Row:
    return row | {"item": TITLES[row["item"]]}


def by_alias(row: Row) -> Row:
    return row | {"item": (ALIASES.get(row["item"]) or [TITLES[row["item"]]])[-1]}


def dates_in_chinese(row: Row) -> Row:
    year, month, day = map(int, row["date"].split("-"))
    return row | {"date": (f"{year}年{month}月{day}日", f"{year}/{month}/{day}", f"{year}.{month}.{day}")[day % 3]}


def numbers_full_width(row: Row) -> Row:
    wide = str.maketrans("0123456789.", "０１２３４５６７８９．")
    return row | {name: row[name].translate(wide) for name in NUMBERS}


def blanks_around(row: Row) -> Row:
    return {key: f" {cell}　" for key, cell in row.items()}


FORMS: dict[str, Callable[[Path], None]] = {
    "shuffled": shuffled,
    "reversed": reversed_rows,
    "split": split,
    "split by month, other names": split_by_month_in_other_names,
    "split in all formats": split_in_all_formats,
    "columns reordered": columns_reordered,
    "empty columns dropped": empty_columns_dropped,
    "title above": title_rows_above,
    "jsonl": jsonl,
    "jsonl numbers": jsonl_with_numbers,
    "xlsx": xlsx,
    "xlsx numbers and dates": xlsx_with_numbers_and_dates,
    "parquet": parquet,
    "parquet types": parquet_with_types,
    "gb18030": Text("gb18030").write,
    "utf-8 bom crlf": Text("utf-8-sig", newline="\r\n").write,
    "utf-16 tab": Text("utf-16", "\t", "\r\n").write,
    "semicolon, all quoted": Text(delimiter=";", quoting=csv.QUOTE_ALL).write,
    "chinese headers": renamed_headers(CHINESE.__getitem__),
    "headers in capitals": renamed_headers(lambda name: f" {name.upper()} "),
    "members by name": changed(by_name),
    "members in other order": changed(members_in_other_order),
    "items by title": changed(by_title),
    "items by alias": changed(by_alias),
    "dates otherwise": changed(dates_in_chinese),
    "full-width numbers": changed(numbers_full_width),
    "blanks around": changed(blanks_around),
}


def _number(text: str) -> int | float:
    return float(text) if "." in text else int(text)


def _jsonl(path: Path, rows: Sequence[Row], *, typed: bool) -> None:
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            cells: dict[str, Any] = {key: cell for key, cell in row.items() if cell}
            if typed:
                cells |= {name: _number(row[name]) if row[name] else None for name in NUMBERS}
            file.write(json.dumps(cells, ensure_ascii=typed) + "\n")


def _xlsx(path: Path, rows: Sequence[Row], *, typed: bool) -> None:
    with xlsxwriter.Workbook(str(path), {"strings_to_numbers": False, "strings_to_formulas": False}) as book:
        sheet, day = book.add_worksheet("台账"), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, COLUMNS)
        for number, row in enumerate(rows, 1):
            for place, column in enumerate(COLUMNS):
                if typed and column == "date":
                    sheet.write_datetime(number, place, date.fromisoformat(row[column]), day)
                elif typed and column in NUMBERS and row[column]:
                    sheet.write_number(number, place, _number(row[column]))
                else:
                    sheet.write_string(number, place, row[column])


def _parquet(path: Path, rows: Sequence[Row], types: dict[str, str] | None = None) -> None:
    kinds = dict.fromkeys(COLUMNS, "varchar") | (types or {})
    select = ", ".join(f"nullif(unnest(${name}::varchar[]), '')::{kind} as \"{name}\"" for name, kind in kinds.items())
    with duckdb.connect() as connection:
        connection.execute(
            f"create table log as select {select}", {name: [row[name] for row in rows] for name in COLUMNS}
        )
        connection.table("log").write_parquet(str(path))
