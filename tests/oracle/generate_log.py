"""Random rosters, event logs and review logs for given schemes."""

from datetime import date, timedelta
from typing import Any

from .choices import Choices
from .generate_scheme import LEVELS, all_nodes
from .periods import parse_period

WORLDS = list("MBCDEFGHIJKLNPQR")
SIGNS = "甲乙丙丁"
NAMES = {f"{letter}{n}": sign + letter * (letter != "M") for letter in WORLDS for n, sign in enumerate(SIGNS, 1)}
STAGES = ["declared", "verified", "approved"]
TURNS = [date(2021, 1, 31), date(2021, 2, 14), date(2021, 3, 31), date(2021, 6, 30), date(2021, 12, 31)]
Row = dict[str, Any]


class Log:
    """The roster and the logs, world by world."""

    def __init__(self, rng: Choices, schemes: list[Row], days: list[date], checks: list[Row]) -> None:
        """What the events are about, the days on which they may be, and what will be asked."""
        self.rng, self.schemes, self.days, self.checks = rng, schemes, days, checks
        self.members: list[Row] = []
        self.events: list[Row] = []
        self.reviews: list[Row] = []
        self.written = 0
        """Rows of the event log with `repeat` written out: they number the rows without an id."""

    def add_world(self, letter: str) -> None:
        """A few members, what they did, and what was decided about it."""
        members = make_members(self.rng, letter)
        events = make_events(self.rng, self.schemes, members, self.days)
        flat = [row for row in events for _ in range(row.get("repeat", 1))]
        flat = [{"id": f"E{place:04d}", **row} for place, row in enumerate(flat, self.written + 1)]
        self.written += len(flat)
        self.members += members
        self.events += events
        self.reviews += make_reviews(self.rng, self.schemes, flat, self.days)
        self.reviews += nomination_rows(self.rng, self.schemes, members, self.checks, self.days)


def make_members(rng: Choices, letter: str) -> list[Row]:
    """One to four members, some with two spells."""
    rows = []
    for n in range(1, 1 + rng.choice([1, 2, 3, 3, 4])):
        member = f"{letter}{n}"
        row: Row = {"id": member, "name": NAMES[member], "grid": letter, **cells(rng)}
        if rng.chance(0.08):
            row["exempt"] = "长期患病"
        if not rng.chance(0.3):
            rows.append(row)
            continue
        turn = rng.choice(TURNS)
        again = turn + timedelta(days=rng.choice([1, 1, 20, 60]))
        form = rng.choice(["left", "left", "again", "again", "again", "again", "joined"])
        rows.append({**row, "until": turn} if form != "joined" else {**row, "since": again})
        if form == "again":
            rows.append({**row, **cells(rng), "since": again})
    return rows


def cells(rng: Choices) -> dict[str, str]:
    """The cells that schemes look at."""
    return {
        "branch": rng.choice(["一支部", "二支部"]),
        "kind": rng.choice(["full", "正式党员", "full", "预备党员", "activist"]),
        "class": rng.choice(["甲类", "乙类", "甲类;乙类", "丙类"]),
    }


def version_on(rng: Choices, schemes: list[Row], day: date) -> Row | None:
    """One of the rule files in force on the day."""
    live = [s for s in schemes if s["effective"]["from"] <= day <= s["effective"].get("to", date.max)]
    return rng.choice(live) if live else None


def shared_names(schemes: list[Row], scheme: Row) -> set[str]:
    """Every name by which another scheme knows a leaf."""
    others = [other for other in schemes if other["scheme"] != scheme["scheme"]]
    leaves = [(name, node) for other in others for name, node in all_nodes(other["score"]).items()]
    return {text for name, node in leaves for text in (name, node["title"], *node.get("aliases", []))}


def disjoint(schemes: list[Row]) -> bool:
    """Whether two schemes accept different kinds of members, so that no event must say its scheme."""
    return any("activist" in scheme.get("members", {}).get("kind", []) for scheme in schemes)


def make_events(rng: Choices, schemes: list[Row], members: list[Row], days: list[date]) -> list[Row]:
    """A short log with many collisions: a few of the items, on a few of the days."""
    ids = list(dict.fromkeys(row["id"] for row in members))
    rows: list[Row] = []
    favourites = [rng.below(60) for _ in range(4)]
    for number in rng.several(16, 0.93):
        day = rng.choice(days)
        scheme = version_on(rng, schemes, day)
        if scheme is None:
            continue
        leaves = {name: node for name, node in all_nodes(scheme["score"]).items() if "items" not in node}
        name = list(leaves)[rng.choice(favourites) % len(leaves)]
        row = {"date": day, "member": member_cell(rng, ids)}
        row["item"] = rng.choice([name, leaves[name]["title"], *leaves[name].get("aliases", [])])
        shared = row["item"] in shared_names(schemes, scheme) and not disjoint(schemes)
        if rng.chance(0.1) or shared:
            row["scheme"] = scheme["scheme"]
        row |= price_cells(rng, leaves[name]) | other_cells(rng, leaves[name], scheme)
        form = rng.choice(["", "", "", "repeat", "id"])
        if form == "repeat":
            row["repeat"] = rng.choice([2, 3])
        elif form == "id":
            row["id"] = f"{rng.choice('ADFZ')}{members[0]['grid']}{number:02d}"
        rows.append(row)
    return rows


def member_cell(rng: Choices, ids: list[str]) -> str:
    """One to three members, by id or name."""
    chosen = rng.sample(ids, min(len(ids), rng.choice([1, 1, 1, 1, 2, 3])))
    if len(chosen) == 1:
        return NAMES[chosen[0]] if rng.chance(0.2) else chosen[0]
    mark = rng.choice([";", "；", "、"])
    return mark.join(NAMES[one] if rng.chance(0.2) else one for one in chosen)


def price_cells(rng: Choices, leaf: Row) -> Row:
    """The cells that the leaf's price uses."""
    points = leaf.get("points")
    if points is None:
        return {}
    if isinstance(points, dict) and "levels" in points:
        cell: Row = {"level": rng.choice(LEVELS)}
        return cell | ({"quantity": rng.choice([2, 1.5])} if rng.chance(0.3) else {})
    if isinstance(points, dict) and "from" in points:
        low, high = int(points["from"] * 2), int(points["to"] * 2)
        return {"points": rng.choice(range(low, high + 1)) / 2}
    if isinstance(points, dict) and "count" in points:
        return {}
    return {"quantity": rng.choice([1, 2, 3, 0.5, 2.5, 0, 7])} if rng.chance(0.4) else {}


def other_cells(rng: Choices, leaf: Row, scheme: Row) -> Row:
    """Matter, evidence, stage."""
    found: Row = {}
    if rng.chance(0.5):
        found["matter"] = rng.choice(["甲事", "乙事"])
    if leaf.get("evidence"):
        found["evidence"] = "文件"
    if scheme.get("review") and rng.chance(0.85):
        found["stage"] = rng.choice(["approved", "approved", *STAGES])
    return found


def make_reviews(rng: Choices, schemes: list[Row], flat: list[Row], days: list[date]) -> list[Row]:
    """Decisions about a few of the events, in any order of dates."""
    rows: list[Row] = []
    some = [rng.choice(flat) for _ in range(3)] if flat and rng.chance(0.7) else []
    for _ in rng.several(8 if some else 0, 0.8):
        event = rng.choice(some)
        decision = decide(rng, home_of(schemes, event), event)
        if any(row["event"] == event["id"] for row in rows) or event.get("stage") == "approved":
            name_stage(rng, decision, STAGES)
        rows.append({"date": rng.choice(days) + timedelta(days=rng.choice([0, 1, 9])), "by": "书记", **decision})
    return rows


def home_of(schemes: list[Row], event: Row) -> Row:
    """The rule file that prices the event."""
    for scheme in schemes:
        span = scheme["effective"]
        if not span["from"] <= event["date"] <= span.get("to", date.max):
            continue
        if event.get("scheme", scheme["scheme"]) == scheme["scheme"] and leaf_of(scheme, event) is not None:
            return scheme
    raise AssertionError(event)


def leaf_of(scheme: Row, event: Row) -> Row | None:
    """The leaf that the event names."""
    for name, node in all_nodes(scheme["score"]).items():
        if "items" not in node and event["item"] in (name, node["title"], *node.get("aliases", [])):
            return node
    return None


def decide(rng: Choices, scheme: Row, event: Row) -> Row:
    """One decision about an event."""
    words = ["reject", "驳回", "amend"]
    if scheme.get("review"):
        words = ["approve", "approve", "同意", "reject", "amend", "更正", "object", "异议", "object", "dismiss", "维持"]
    word = rng.choice(words)
    row: Row = {"event": event["id"], "decision": word}
    if rng.chance(0.7):
        name_stage(rng, row, STAGES)
    if word in ("amend", "更正"):
        changes = price_cells(rng, leaf_of(scheme, event) or {})
        row |= changes or {"decision": "reject"}
    return row


def name_stage(rng: Choices, row: Row, stages: list[str]) -> None:
    """Let an approval say which stage was reached."""
    if row["decision"] in ("approve", "同意"):
        row["stage"] = rng.choice(stages)


def nomination_rows(
    rng: Choices, schemes: list[Row], members: list[Row], checks: list[Row], days: list[date]
) -> list[Row]:
    """Decisions about nominations."""
    rows: list[Row] = []
    for scheme in named_once(schemes):
        for name, outcome in scheme.get("outcomes", {}).items():
            confirm = outcome.get("confirm")
            labels = [check["period"] for check in checks if kind_of(check["period"]) in outcome["period"]]
            for _ in rng.several(4 if confirm is not None and labels else 0, 0.8):
                target = f"{name}/{rng.choice(labels)}/{rng.choice(members)['id']}"
                row: Row = {"date": rng.choice(days), "event": target, "by": "总支"}
                row["decision"] = rng.choice(["approve", "approve", "approve", "reject"])
                if any(other["event"] == target for other in rows) or rng.chance(0.7):
                    name_stage(rng, row, list(confirm["stages"]) if isinstance(confirm, dict) else STAGES)
                rows.append(row)
    return rows


def kind_of(label: str) -> str:
    """The kind of a period, by its name."""
    return parse_period(label).kind


def named_once(schemes: list[Row]) -> list[Row]:
    """The last version of each scheme."""
    return list({scheme["scheme"]: scheme for scheme in schemes}.values())
