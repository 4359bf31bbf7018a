"""The same facts and rules, written down otherwise: nothing that is computed from them may change."""

import copy
from datetime import timedelta
from typing import Any

from .choices import Choices
from .generate import in_force
from .model import split_cell
from .periods import parse_period

Row = dict[str, Any]
IDENTITY = ("language", "scheme", "title", "effective", "extends", "score")


def numbered(case: Row) -> Row:
    """The case with every event a row of its own that has the id by which the review log knows it."""
    rows = [row for row in case["events"] for _ in range(row.get("repeat", 1))]
    plain = [{key: cell for key, cell in row.items() if key != "repeat"} for row in rows]
    return case | {"events": [{"id": f"E{number:04d}", **row} for number, row in enumerate(plain, 1)]}


def shuffled(rng: Choices, case: Row) -> Row:
    """Roster and event log in another order; decisions keep theirs, which is their meaning."""
    mixed = {table: rng.sample(case[table], len(case[table])) for table in ("members", "events")}
    return case | mixed


def with_rejected_copies(rng: Choices, case: Row) -> Row:
    """Some events once more, each rejected before anything is counted."""
    some = [rng.choice(case["events"]) for _ in range(3)] if case["events"] else []
    copies = [row | {"id": f"{rng.choice('AFZ')}-new{number}"} for number, row in enumerate(some)]
    decisions = [
        {"date": min(row["date"] for row in case["events"]), "event": row["id"], "decision": "reject", "by": "书记"}
        for row in copies
    ]
    return case | {"events": case["events"] + copies, "reviews": case["reviews"] + decisions}


def with_a_future(rng: Choices, case: Row) -> Row:
    """Some events once more after the last day that counts (with one scheme: its version is that of the day)."""
    (check,) = case["checks"]
    horizon = min(parse_period(check["period"]).end, check.get("as_of", parse_period(check["period"]).end))
    found = []
    for number, row in enumerate(case["events"][:4] if "schemes" not in case else []):
        day = horizon + timedelta(days=rng.choice([1, 2, 40]))
        if in_force([case["scheme"]], day) == 0:
            found.append(row | {"id": f"{rng.choice('AEZ')}-later{number}", "date": day})
    return case | {"events": found + case["events"]}


def with_gifts(rng: Choices, case: Row) -> Row:
    """Points are spent, which moves no score."""
    rows = [
        {"date": rng.choice(case["events"])["date"], "member": rng.choice(case["members"])["id"], "gift": "tissue"}
        for _ in range(3 if case["events"] else 0)
    ]
    return case | {"redemptions": rows}


def with_notes(rng: Choices, case: Row) -> Row:
    """Columns that no rule speaks of."""
    texts = ["", "=1+1", "补报", "甲;乙", "0"]
    return case | {
        table: [row | {"备注": rng.choice(texts), "reason": rng.choice(texts)} for row in case[table]]
        for table in ("members", "events")
    }


REWRITINGS = (shuffled, with_rejected_copies, with_a_future, with_gifts, with_notes)


def extending(rng: Choices, scheme: Row) -> tuple[Row, Row]:
    """A scheme in two files: one that says some things otherwise or too much, and one that extends it."""
    base, mine = copy.deepcopy(scheme), {key: copy.deepcopy(scheme[key]) for key in IDENTITY if key in scheme}
    mine["extends"] = "parts/base.yaml"
    mine["score"] = {"items": {"too_much": None}}
    base["scheme"], base["title"] = "base", "另一个办法"
    base["score"]["items"]["too_much"] = {"title": "多余", "points": 9, "max": 3}
    for key in set(scheme) - set(IDENTITY) - {"settle", "review", "rollup"}:
        if isinstance(scheme[key], str | int | float) and rng.chance(0.5):
            mine[key] = base.pop(key)
    for name, node in scheme["score"]["items"].items():
        if "points" in node and rng.chance(0.7):
            base["score"]["items"][name]["points"] = 7
            mine["score"]["items"][name] = {"points": copy.deepcopy(node["points"])}
        elif "max" not in node and rng.chance(0.7):
            base["score"]["items"][name]["max"] = 1
            mine["score"]["items"][name] = {"max": None}
    return base, mine


def one_world(case: Row, letter: str) -> Row:
    """The case with the members of one world, what they did, and what was decided about it."""
    members = [row for row in case["members"] if row["grid"] == letter]
    known = {text for row in members for text in (row["id"], row["name"])}
    events = [row for row in case["events"] if split_cell(row["member"])[0] in known]
    ids = {row["id"] for row in events}
    reviews = [row for row in case["reviews"] if row["event"] in ids or row["event"].split("/")[-1] in known]
    return case | {"members": members, "events": events, "reviews": reviews}
