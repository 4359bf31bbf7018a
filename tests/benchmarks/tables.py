"""The roster and the event log of a workspace: python -m tests.benchmarks.tables FOLDER EVENTS MEMBERS SEED ITEM …."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import duckdb

_DAYS = 90
_BRANCH = 50
"""Members of a branch."""


def write_tables(folder: Path, events: int, members: int, seed: int, items: Sequence[str]) -> None:
    """The roster and the log, by a generator of whole numbers that is the same everywhere."""
    connection = duckdb.connect(config={"threads": 1})
    connection.execute(f"""
        create macro mixed(x) as xor(x, x >> 15) * 48271 % 2147483647;
        create macro roll(i, k) as mixed(mixed(mixed(i * 8 + k + {seed} * 7919) + k * 104729));
        create table item (nth bigint, id varchar);
    """)
    connection.executemany("insert into item values (?, ?)", list(enumerate(items)))
    connection.execute(f"""
        copy (
            select printf('M%06d', i) as id, '党员' || i as name, '第' || (i // {_BRANCH} + 1) || '支部' as branch,
                'full' as kind
            from range({members}) r(i) order by i
        ) to '{_quoted(folder / "members.csv")}' (format csv, header)
    """)
    connection.execute(f"""
        copy (
            select printf('E%08d', i) as id, (date '2025-01-01' + (i * {_DAYS} // {events})::int) as date,
                printf('M%06d', roll(i, 1) % {members}) as member, item.id as item,
                1 + roll(i, 3) % 3 as quantity, '第' || roll(i, 4) % 1000 || '次活动' as reason
            from range({events}) r(i)
            join item on item.nth = roll(i, 2) % {len(items)}
            order by i
        ) to '{_quoted(folder / "events" / "2025.csv")}' (format csv, header)
    """)
    connection.close()


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


if __name__ == "__main__":
    write_tables(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), sys.argv[5:])
