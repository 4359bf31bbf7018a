"""The event log: reading it, sending events to schemes, and which of them count."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from .exact import cell_number
from .model import Node, Version, split_cell, text_of
from .periods import parse_day
from .review import Decision, Standing, replay
from .roster import Roster

Home = tuple[Version, Node]
LAST = "\U0010ffff"  # rows without an id come after the others, in the order of the file


@dataclass(frozen=True)
class Event:
    """One row of the event log, as written."""

    id: str
    place: int
    day: date
    members: list[str]
    item: str
    scheme: str
    cells: dict[str, str]


@dataclass(frozen=True)
class Deed:
    """An event as it counts for one member in one scheme."""

    event: Event
    leaf: Node
    quantity: Fraction
    level: str
    points: Fraction | None

    @property
    def key(self) -> tuple[date, int, str, int]:
        """The place in the order of postings."""
        return (self.event.day, 1, self.event.id, self.event.place)


def repeated(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Write `repeat` out, and give rows without an id one."""
    flat = [row for row in rows for _ in range(int(row.get("repeat", 1)))]
    return [{"id": f"E{place:04d}", **row} for place, row in enumerate(flat, 1)]


def read_events(rows: list[dict[str, Any]], roster: Roster, errors: list[str]) -> list[Event]:
    """The whole log."""
    found: list[Event] = []
    seen: set[str] = set()
    for place, row in enumerate(repeated(rows), 1):
        cells = {column: text_of(value) for column, value in row.items()}
        cells["id"] = cells["id"] or f"{LAST}{place:06d}"
        if cells["id"] in seen:
            errors.append(f"event {cells['id']}: repeated id")
        seen.add(cells["id"])
        try:
            day = parse_day(row.get("date"))
        except ValueError as problem:
            errors.append(f"event {cells['id']}: {problem}")
            continue
        members = named_members(cells, roster, errors)
        found.append(Event(cells["id"], place, day, members, cells.get("item", ""), cells.get("scheme", ""), cells))
    return found


def named_members(cells: dict[str, str], roster: Roster, errors: list[str]) -> list[str]:
    """The ids that the member cell names."""
    words = split_cell(cells.get("member", ""))
    if not words:
        errors.append(f"event {cells['id']}: no member")
    members = []
    for word in words:
        ids = roster.find(word)
        if len(ids) != 1:
            errors.append(f"event {cells['id']}: member {word} is {'ambiguous' if ids else 'unknown'}")
        members += ids[:1]
    if len(set(members)) != len(members):
        errors.append(f"event {cells['id']}: a member is named twice")
    return members


def homes(event: Event, versions: list[Version], errors: list[str]) -> list[Home]:
    """The versions in force on the event's date that have its item."""
    wanted = [version for version in versions if event.scheme in ("", version.id)]
    having = [version for version in wanted if version.leaf_named(event.item)]
    if not having:
        errors.append(f"event {event.id}: unknown item {event.item}")
        return []
    live = [(version, version.leaf_named(event.item)) for version in having if version.covers(event.day)]
    if not live:
        errors.append(f"event {event.id}: no version with the item is in force on {event.day}")
    return [(version, leaf) for version, leaf in live if leaf is not None]


def home_of(event: Event, member: str, places: list[Home], roster: Roster) -> list[Home]:
    """Where one member's share of the event goes: at most one place, unless `scheme` is needed."""
    if len(places) <= 1:
        return places
    return [(version, leaf) for version, leaf in places if roster.accepted_on(member, version, event.day)]


def stand(event: Event, leaf: Node, version: Version, decisions: list[Decision], errors: list[str]) -> Standing:
    """The standing of an event after the decisions about it."""
    stages, stage = version.stages, event.cells.get("stage", "")
    start = stages.index(stage) if stage in stages else 0
    if stage and stages and stage not in stages:
        errors.append(f"event {event.id}: unknown stage {stage}")
    standing = replay(start, decisions, stages, errors)
    for changes in [{}, *running_changes(decisions)]:
        errors += cell_errors(event, leaf, {**event.cells, **changes})
    return standing


def running_changes(decisions: list[Decision]) -> list[dict[str, str]]:
    """The amended cells after each amendment."""
    found: list[dict[str, str]] = []
    for decision in decisions:
        if decision.word == "amend":
            found.append({**(found[-1] if found else {}), **decision.cells})
    return found


def counts(standing: Standing, leaf: Node, version: Version) -> bool:
    """Whether an event of the leaf with this standing counts."""
    if standing.rejected:
        return False
    if not version.review:
        return True
    if standing.objected and str(version.review.get("objection") or "counts").startswith("suspend"):
        return False
    wanted = leaf.counts_from or version.review.get("counts_from") or version.stages[-1]
    return standing.stage >= version.stages.index(wanted)


def deed_of(event: Event, leaf: Node, changes: dict[str, str]) -> Deed:
    """The event with its amended cells, as numbers."""
    cells = {**event.cells, **changes}
    points = cell_number(cells["points"]) if cells.get("points") else None
    return Deed(event, leaf, quantity_of(cells), cells.get("level", ""), points)


def quantity_of(cells: dict[str, str]) -> Fraction:
    """The quantity; 1 if empty."""
    return cell_number(cells["quantity"]) if cells.get("quantity") else Fraction(1)


def cell_errors(event: Event, leaf: Node, cells: dict[str, str]) -> list[str]:
    """What is wrong with an event's cells, given its item."""
    name, price = f"event {event.id}", leaf.price
    form = price.form if price else ""
    try:
        quantity = quantity_of(cells)
        points = cell_number(cells["points"]) if cells.get("points") else None
    except ValueError as problem:
        return [f"{name}: {problem}"]
    found = []
    if quantity < 0:
        found.append(f"{name}: negative quantity")
    if form in ("count", "range") and quantity != 1:
        found.append(f"{name}: quantity {quantity} with {form}")
    if cells.get("level") and form != "levels":
        found.append(f"{name}: the item does not use level")
    if form == "levels" and price and cells.get("level", "") not in price.levels:
        found.append(f"{name}: unknown level {cells.get('level', '')}")
    if points is not None and form != "range":
        found.append(f"{name}: the item does not use points")
    if form == "range" and not in_range(leaf, points):
        found.append(f"{name}: points {points} out of range")
    if form == "bands" and price and quantity >= 0 and capped(leaf, quantity) < price.table[0][0]:
        found.append(f"{name}: quantity {quantity} below the first band")
    if leaf.evidence and not cells.get("evidence"):
        found.append(f"{name}: evidence is required")
    return found


def in_range(leaf: Node, points: Fraction | None) -> bool:
    """Whether the event's own points are allowed (steps are taken from the range's lower end)."""
    price = leaf.price
    if price is None or points is None or not price.low <= points <= price.high:
        return False
    return price.step is None or ((points - price.low) / price.step).denominator == 1


def capped(leaf: Node, quantity: Fraction) -> Fraction:
    """The quantity as priced and totalled."""
    return quantity if leaf.max_quantity is None else min(quantity, leaf.max_quantity)
