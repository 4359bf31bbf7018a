"""The benchmark's tally by hand in Polars: python with_polars.py FOLDER OUTPUT."""

import json
import sys
from pathlib import Path

import polars as pl


def tally(folder: Path, output: Path) -> None:
    """Bound each item, then each section, then the month; the quarter is the mean; rank in the branch."""
    sections = json.loads((folder / "hand.json").read_text("utf-8"))
    items = pl.LazyFrame(
        [
            (item["id"], n, item["points"], item["bound"])
            for n, section in enumerate(sections)
            for item in section["items"]
        ],
        schema={"item": pl.String, "section": pl.Int64, "points": pl.Int64, "bound": pl.Int64},
        orient="row",
    )
    bounds = pl.LazyFrame({"section": range(len(sections)), "bound": [s["bound"] for s in sections]}, schema=_INTEGERS)
    months = (
        _log(folder)
        .join(items, on="item")
        .group_by("member", pl.col("date").dt.month().alias("month"), "section", "item", "bound")
        .agg((pl.col("quantity") * pl.col("points")).sum().alias("total"))
        .group_by("member", "month", "section")
        .agg(_bounded().sum().alias("total"))
        .join(bounds, on="section")
        .group_by("member", "month")
        .agg(_bounded().sum().clip(-120, 80).alias("total"))
        .group_by("member")
        .agg(pl.col("total").sum())
    )
    cents = (100 * (360 + pl.col("total").fill_null(0)) + 3) // 6
    ranks = cents.rank("min", descending=True).over("branch"), cents.rank("min").over("branch") <= 3
    (
        pl.scan_csv(folder / "members.csv")
        .join(months, left_on="id", right_on="member", how="left")
        .select("id", cents.alias("cents"), ranks[0].alias("rank"), ranks[1].cast(pl.Int8).alias("last"))
        .sort("id")
        .collect(engine="streaming")
        .write_csv(output)
    )


def _log(folder: Path) -> pl.LazyFrame:
    if any((folder / "events").glob("*.parquet")):
        return pl.scan_parquet(folder / "events" / "*.parquet")
    return pl.scan_csv(str(folder / "events" / "*.csv"), schema_overrides={"date": pl.Date, "quantity": pl.Int64})


def _bounded() -> pl.Expr:
    total, bound = pl.col("total"), pl.col("bound")
    capped = pl.when(bound > 0).then(pl.min_horizontal(total, bound))
    return capped.when(bound < 0).then(pl.max_horizontal(total, bound)).otherwise(total)


_INTEGERS = {"section": pl.Int64, "bound": pl.Int64}

if __name__ == "__main__":
    tally(Path(sys.argv[1]), Path(sys.argv[2]))
