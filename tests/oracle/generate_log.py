"""Random rosters, event logs and review logs for given schemes."""

import random
from datetime import date, timedelta
from typing import Any

from .generate_scheme import LEVELS, all_nodes
from .periods import parse_period

MEMBERS = ["M1", "M2", "M3", "M4"]
NAMES = dict(zip(MEMBERS, "甲乙丙丁", strict=True))
STAGES = ["declared", "verified", "approved"]
TURNS = [date(2021, 1, 31), date(2021, 2, 14), date(2021, 3, 31), date(2021, 6, 30), date(2021, 12, 31)]


def make_members(rng: random.Random) -> list[dict[str, Any]]:
    """One to four members, some with two spells."""
    rows = []
    for member in MEMBERS[: rng.choice([1, 2, 3, 3, 4])]:
        row: dict[str, Any] = {"id": member, "name": NAMES[member], **cells(rng)}
        if rng.random() < 0.08:
            row["exempt"] = "长期患病"
        if rng.random() < 0.7:
            rows.append(row)
            continue
        turn = rng.choice(TURNS)
        again = turn + timedelta(days=rng.choice([1, 1, 20, 60]))
        rows.append({**row, "until": turn})
        if rng.random() < 0.7:
            rows.append({**row, **cells(rng), "since": again})
        elif rng.random() < 0.5:
            rows[-1] = {**row, "since": again}
    return rows


def cells(rng: random.Random) -> dict[str, str]:
    """The cells that schemes look at."""
    return {
        "branch": rng.choice(["一支部", "二支部"]),
        "kind": rng.choice(["full", "正式党员", "full", "预备党员", "activist"]),
        "class": rng.choice(["甲类", "乙类", "甲类;乙类", "丙类"]),
    }


def version_on(rng: random.Random, schemes: list[dict[str, Any]], day: date) -> dict[str, Any] | None:
    """One of the rule files in force on the day."""
    live = [s for s in schemes if s["effective"]["from"] <= day <= s["effective"].get("to", date.max)]
    return rng.choice(live) if live else None


def shared_names(schemes: list[dict[str, Any]], scheme: dict[str, Any]) -> set[str]:
    """Every name by which another scheme knows a leaf."""
    others = [other for other in schemes if other["scheme"] != scheme["scheme"]]
    leaves = [(name, node) for other in others for name, node in all_nodes(other["score"]).items()]
    return {text for name, node in leaves for text in (name, node["title"], *node.get("aliases", []))}


def disjoint(schemes: list[dict[str, Any]]) -> bool:
    """Whether two schemes accept different kinds of members, so that no event must say its scheme."""
    return any("activist" in scheme.get("members", {}).get("kind", []) for scheme in schemes)


def make_events(
    rng: random.Random, schemes: list[dict[str, Any]], members: list[dict[str, Any]], days: list[date]
) -> list[dict[str, Any]]:
    """A short log with many collisions."""
    ids = list(dict.fromkeys(row["id"] for row in members))
    rows: list[dict[str, Any]] = []
    for _ in range(rng.choice([3, 8, 12, 16, 20])):
        day = rng.choice(days)
        scheme = version_on(rng, schemes, day)
        if scheme is None:
            continue
        leaves = {name: node for name, node in all_nodes(scheme["score"]).items() if "items" not in node}
        name = rng.choice(list(leaves))
        row = {"date": day, "member": member_cell(rng, ids)}
        row["item"] = rng.choice([name, leaves[name]["title"], *leaves[name].get("aliases", [])])
        shared = row["item"] in shared_names(schemes, scheme) and not disjoint(schemes)
        if shared or rng.random() < 0.1:
            row["scheme"] = scheme["scheme"]
        row |= price_cells(rng, leaves[name]) | other_cells(rng, leaves[name], scheme)
        if rng.random() < 0.25:
            row["repeat"] = rng.choice([2, 3])
        elif rng.random() < 0.2:
            row["id"] = f"{rng.choice('ADFZ')}{len(rows):03d}"
        rows.append(row)
    return rows


def member_cell(rng: random.Random, ids: list[str]) -> str:
    """One to three members, by id or name."""
    chosen = rng.sample(ids, min(len(ids), rng.choice([1, 1, 1, 2, 3])))
    mark = rng.choice([";", "；", "、"])
    return mark.join(NAMES[one] if rng.random() < 0.2 else one for one in chosen)


def price_cells(rng: random.Random, leaf: dict[str, Any]) -> dict[str, Any]:
    """The cells that the leaf's price uses."""
    points = leaf.get("points")
    if points is None:
        return {}
    if isinstance(points, dict) and "levels" in points:
        cell: dict[str, Any] = {"level": rng.choice(LEVELS)}
        return cell | ({"quantity": 2} if rng.random() < 0.2 else {})
    if isinstance(points, dict) and "from" in points:
        low, high = int(points["from"] * 2), int(points["to"] * 2)
        return {"points": rng.randint(low, high) / 2}
    if isinstance(points, dict) and "count" in points:
        return {}
    return {"quantity": rng.choice([1, 2, 3, 0.5, 2.5, 0, 7])} if rng.random() < 0.4 else {}


def other_cells(rng: random.Random, leaf: dict[str, Any], scheme: dict[str, Any]) -> dict[str, Any]:
    """Matter, evidence, stage."""
    found: dict[str, Any] = {}
    if rng.random() < 0.5:
        found["matter"] = rng.choice(["甲事", "乙事"])
    if leaf.get("evidence"):
        found["evidence"] = "文件"
    if scheme.get("review") and rng.random() < 0.85:
        found["stage"] = rng.choice([*STAGES, "approved", "approved"])
    return found


def make_reviews(
    rng: random.Random,
    schemes: list[dict[str, Any]],
    case: dict[str, Any],
    checks: list[dict[str, Any]],
    days: list[date],
) -> list[dict[str, Any]]:
    """Decisions about events and nominations, in any order of dates."""
    flat = [row for row in case["events"] for _ in range(row.get("repeat", 1))]
    flat = [{"id": f"E{place:04d}", **row} for place, row in enumerate(flat, 1)]
    rows: list[dict[str, Any]] = []
    for _ in range(rng.choice([0, 0, 2, 5, 8]) if flat else 0):
        event = rng.choice(flat)
        decision = decide(rng, home_of(schemes, event), event)
        if any(row["event"] == event["id"] for row in rows) or event.get("stage") == "approved":
            name_stage(rng, decision, STAGES)
        rows.append({"date": rng.choice(days) + timedelta(days=rng.choice([0, 1, 9])), "by": "书记", **decision})
    return rows + nomination_rows(rng, schemes, case["members"], checks, days)


def home_of(schemes: list[dict[str, Any]], event: dict[str, Any]) -> dict[str, Any]:
    """The rule file that prices the event."""
    for scheme in schemes:
        span = scheme["effective"]
        if not span["from"] <= event["date"] <= span.get("to", date.max):
            continue
        if event.get("scheme", scheme["scheme"]) == scheme["scheme"] and leaf_of(scheme, event) is not None:
            return scheme
    raise AssertionError(event)


def leaf_of(scheme: dict[str, Any], event: dict[str, Any]) -> dict[str, Any] | None:
    """The leaf that the event names."""
    for name, node in all_nodes(scheme["score"]).items():
        if "items" not in node and event["item"] in (name, node["title"], *node.get("aliases", [])):
            return node
    return None


def decide(rng: random.Random, scheme: dict[str, Any], event: dict[str, Any]) -> dict[str, Any]:
    """One decision about an event."""
    words = ["reject", "驳回", "amend"]
    if scheme.get("review"):
        words = ["approve", "approve", "同意", "reject", "amend", "更正", "object", "object", "dismiss", "维持"]
    word = rng.choice(words)
    row: dict[str, Any] = {"event": event["id"], "decision": word}
    if rng.random() < 0.7:
        name_stage(rng, row, STAGES)
    if word in ("amend", "更正"):
        changes = price_cells(rng, leaf_of(scheme, event) or {})
        row |= changes or {"decision": "reject"}
    return row


def name_stage(rng: random.Random, row: dict[str, Any], stages: list[str]) -> None:
    """Let an approval say which stage was reached."""
    if row["decision"] in ("approve", "同意"):
        row["stage"] = rng.choice(stages)


def nomination_rows(
    rng: random.Random,
    schemes: list[dict[str, Any]],
    members: list[dict[str, Any]],
    checks: list[dict[str, Any]],
    days: list[date],
) -> list[dict[str, Any]]:
    """Decisions about nominations."""
    rows: list[dict[str, Any]] = []
    for scheme in named_once(schemes):
        for name, outcome in scheme.get("outcomes", {}).items():
            confirm = outcome.get("confirm")
            labels = [check["period"] for check in checks if kind_of(check["period"]) in outcome["period"]]
            for _ in range(3 if confirm is not None and labels else 0):
                target = f"{name}/{rng.choice(labels)}/{rng.choice(members)['id']}"
                row: dict[str, Any] = {"date": rng.choice(days), "event": target, "by": "总支"}
                row["decision"] = rng.choice(["approve", "approve", "approve", "reject"])
                if any(other["event"] == target for other in rows) or rng.random() < 0.7:
                    name_stage(rng, row, list(confirm["stages"]) if isinstance(confirm, dict) else STAGES)
                rows.append(row)
    return rows


def kind_of(label: str) -> str:
    """The kind of a period, by its name."""
    return parse_period(label).kind


def named_once(schemes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The last version of each scheme."""
    return list({scheme["scheme"]: scheme for scheme in schemes}.values())
