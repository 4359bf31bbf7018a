"""The benchmark's tally by hand in pandas: python with_pandas.py FOLDER OUTPUT."""

import json
import sys
from pathlib import Path

import pandas as pd


def tally(folder: Path, output: Path) -> None:
    """Bound each item, then each section, then the month; the quarter is the mean; rank in the branch."""
    sections = json.loads((folder / "hand.json").read_text("utf-8"))
    points = {item["id"]: item["points"] for section in sections for item in section["items"]}
    item_bound = {item["id"]: item["bound"] for section in sections for item in section["items"]}
    section_of = {item["id"]: n for n, section in enumerate(sections) for item in section["items"]}
    section_bound = {n: section["bound"] for n, section in enumerate(sections)}
    events = pd.concat(
        pd.read_csv(path, usecols=["date", "member", "item", "quantity"], dtype={"item": "category"})
        for path in sorted((folder / "events").iterdir())
    )
    events["total"] = events["item"].map(points).astype("int64") * events["quantity"]
    events["month"] = pd.to_datetime(events["date"], format="%Y-%m-%d").dt.month
    totals = events.groupby(["member", "month", "item"], observed=True)["total"].sum().reset_index()
    totals["total"] = _bounded(totals["total"], totals["item"].map(item_bound))
    totals["section"] = totals["item"].map(section_of).astype("int64")
    totals = totals.groupby(["member", "month", "section"])["total"].sum().reset_index()
    totals["total"] = _bounded(totals["total"], totals["section"].map(section_bound))
    months = totals.groupby(["member", "month"])["total"].sum().clip(-120, 80)
    scores = months.groupby("member").sum()
    members = pd.read_csv(folder / "members.csv")
    total = members["id"].map(scores).fillna(0).astype("int64")
    members["cents"] = (100 * (360 + total) + 3) // 6
    branches = members.groupby("branch")["cents"]
    members["rank"] = branches.rank("min", ascending=False).astype("int64")
    members["last"] = (branches.rank("min") <= 3).astype("int64")
    members.sort_values("id")[["id", "cents", "rank", "last"]].to_csv(output, index=False)


def _bounded(total: "pd.Series[int]", bound: "pd.Series[float]") -> "pd.Series[int]":
    bound = bound.astype("float64")
    total = total.mask(bound.gt(0) & total.gt(bound), bound).mask(bound.lt(0) & total.lt(bound), bound)
    return total.astype("int64")


if __name__ == "__main__":
    tally(Path(sys.argv[1]), Path(sys.argv[2]))
