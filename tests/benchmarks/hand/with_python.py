"""The benchmark's tally by hand in plain Python: python with_python.py FOLDER OUTPUT."""

import csv
import json
import sys
from collections import defaultdict
from pathlib import Path


def tally(folder: Path, output: Path) -> None:
    """Bound each item, then each section, then the month; the quarter is the mean; rank in the branch."""
    sections = json.loads((folder / "hand.json").read_text("utf-8"))
    points = {item["id"]: item["points"] for section in sections for item in section["items"]}
    place = {item["id"]: (n, item["bound"]) for n, section in enumerate(sections) for item in section["items"]}
    totals: defaultdict[tuple[str, str, str], int] = defaultdict(int)
    for path in sorted((folder / "events").iterdir()):
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.reader(file)
            next(rows)
            for _, date, member, item, quantity, _ in rows:
                totals[member, date[5:7], item] += points[item] * int(quantity)
    by_section: defaultdict[tuple[str, str, int], int] = defaultdict(int)
    for (member, month, item), total in totals.items():
        section, bound = place[item]
        by_section[member, month, section] += _bounded(total, bound)
    months: defaultdict[tuple[str, str], int] = defaultdict(int)
    for (member, month, section), total in by_section.items():
        months[member, month] += _bounded(total, sections[section]["bound"])
    scores: defaultdict[str, int] = defaultdict(int)
    for (member, _), total in months.items():
        scores[member] += max(-120, min(80, total))
    branches: defaultdict[str, list[int]] = defaultdict(list)
    found = []
    with (folder / "members.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            cents = (100 * (360 + scores[row["id"]]) + 3) // 6
            branches[row["branch"]].append(cents)
            found.append((row["id"], row["branch"], cents))
    with output.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("id", "cents", "rank", "last"))
        for member, branch, cents in sorted(found):
            others = branches[branch]
            rank = 1 + sum(other > cents for other in others)
            last = sum(other < cents for other in others) < 3
            writer.writerow((member, cents, rank, int(last)))


def _bounded(total: int, bound: int | None) -> int:
    if bound is None:
        return total
    return min(total, bound) if bound > 0 else max(total, bound)


if __name__ == "__main__":
    tally(Path(sys.argv[1]), Path(sys.argv[2]))
