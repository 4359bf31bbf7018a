"""Cases as real workspaces: rule files, CSV tables, and the options of the tally that a check asks for."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import yaml

Record = dict[str, Any]

TABLES = {
    "members": ["id", "name"],
    "events": ["id", "date", "member", "item"],
    "reviews": ["date", "event", "decision", "by"],
    "redemptions": ["date", "member", "gift"],
}
REQUIRED_TABLES = ("members", "events")


class Plain(yaml.SafeDumper):
    """Writes a value again wherever it is used: no anchors, no aliases."""

    def ignore_aliases(self, data: object) -> bool:
        """Nothing becomes an alias."""
        del data
        return True


def _dump(content: Record) -> str:
    text: str = yaml.dump(content, Dumper=Plain, allow_unicode=True, sort_keys=False)
    return text


def write_rules(folder: Path, case: Record) -> None:
    schemes: Record = case["schemes"] if "schemes" in case else {"scheme.yaml": case["scheme"]}
    for name, content in schemes.items():
        path = folder / "rules" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = content if isinstance(content, str) else _dump(content)
        path.write_text(text, "utf-8")


def _event_rows(rows: list[Record]) -> list[Record]:
    repeated = [{k: v for k, v in row.items() if k != "repeat"} for row in rows for _ in range(row.get("repeat", 1))]
    return [{"id": f"E{number:04d}", **row} for number, row in enumerate(repeated, 1)]


def write_tables(folder: Path, case: Record) -> None:
    for table, required in TABLES.items():
        rows: list[Record] = case.get(table) or []
        if not rows and table not in REQUIRED_TABLES:
            continue
        if table == "events":
            rows = _event_rows(rows)
        columns = list(dict.fromkeys([*required, *(key for row in rows for key in row)]))
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


def _period_option(period: str) -> str:
    for mark, kind in (("Q", "quarter"), ("季", "quarter"), ("H", "half"), ("-", "month")):
        if mark in period:
            return f"--{kind}"
    return "--year"


def tally_arguments(folder: Path, check: Record) -> list[str]:
    arguments = ["-C", str(folder), "tally"]
    if "period" in check:
        period = str(check["period"])
        arguments += [_period_option(period), period]
    arguments += ["--format", "json"]
    if "as_of" in check:
        arguments += ["--as-of", str(check["as_of"])]
    if "scheme" in check:
        arguments += ["--scheme", check["scheme"]]
    return arguments + [str(argument) for argument in check.get("args", [])]
