"""The benchmark's tally by hand in DuckDB SQL: python with_duckdb.py FOLDER OUTPUT."""

import json
import sys
from pathlib import Path

import duckdb


def tally(folder: Path, output: Path) -> None:
    """Bound each item, then each section, then the month; the quarter is the mean; rank in the branch."""
    sections = json.loads((folder / "hand.json").read_text("utf-8"))
    items = [
        (item["id"], number, item["points"], item["bound"])
        for number, section in enumerate(sections)
        for item in section["items"]
    ]
    connection = duckdb.connect(config={"threads": 1} if _is_small(folder) else {})
    values = ", ".join(f"('{i}', {s}, {p}, {'null' if b is None else b})" for i, s, p, b in items)
    bounds = ", ".join(f"({n}, {'null' if s['bound'] is None else s['bound']})" for n, s in enumerate(sections))
    connection.execute(f"""
        copy (
            with priced as (
                select e.member, month(e.date) as month, i.section, i.item, i.bound,
                    sum(e.quantity * i.points)::int as total
                from {_log(folder)} e
                join (values {values}) i(item, section, points, bound) on i.item = e.item
                group by all
            ),
            sections as (
                select member, month, section, sum(
                    case
                        when bound > 0 then least(total, bound)
                        when bound < 0 then greatest(total, bound)
                        else total
                    end
                ) as total
                from priced group by all
            ),
            months as (
                select member, month, sum(
                    case
                        when bound > 0 then least(total, bound)
                        when bound < 0 then greatest(total, bound)
                        else total
                    end
                ) as total
                from sections join (values {bounds}) b(section, bound) using (section) group by all
            ),
            scores as (
                select m.id, m.branch,
                    (100 * (360 + coalesce(sum(greatest(-120, least(80, total))), 0))::bigint + 3) // 6 as cents
                from read_csv('{folder}/members.csv', header = true, all_varchar = true) m
                left join months on months.member = m.id
                group by all
            ),
            ranked as (
                select id, cents, rank() over (partition by branch order by cents desc) as rank,
                    rank() over (partition by branch order by cents) <= 3 as last
                from scores
            )
            select id, cents, rank, last::int as last from ranked order by id
        ) to '{output}' (format csv, header)
    """)


def _log(folder: Path) -> str:
    if any((folder / "events").glob("*.parquet")):
        return f"read_parquet('{folder}/events/*.parquet')"
    columns = "id: 'varchar', date: 'date', member: 'varchar', item: 'varchar', quantity: 'int', reason: 'varchar'"
    return f"read_csv('{folder}/events/*.csv', header = true, columns = {{{columns}}})"


def _is_small(folder: Path) -> bool:
    return sum(path.stat().st_size for path in (folder / "events").iterdir()) < 10_000_000


if __name__ == "__main__":
    tally(Path(sys.argv[1]), Path(sys.argv[2]))
