"""The few events that decisions name, of a log that lies in a database: nothing else asks for single ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pointscli.inputs.events import EventRows
from pointscli.inputs.log_rows import Cells
from pointscli.inputs.table import RawTable
from pointscli.model.items import Item, ItemIndex
from pointscli.model.log import DAY_PLACES


def named_events(reviews: Sequence[RawTable]) -> list[str]:
    """Ids that decisions name."""
    return sorted({cell for table in reviews for row in table.rows for cell in Cells(table, ("event",)).of(row)})


def decided_events(
    found: Iterable[tuple[int, str, int, int, int, int]], index: ItemIndex
) -> tuple[EventRows, list[int]]:
    """The events of these entries (number, id, member, node, day, month), and the entries' numbers."""
    items: dict[int, Item] = {item.node: item for named in index.names.values() for item in named}
    events, places = EventRows(), []
    entries = events.entries
    for place, event_id, member, node, day, month in found:
        if event_id not in events.ids:
            events.ids[event_id] = len(events.first_entry)
            events.first_entry.append(len(entries))
        entries.record.append(events.ids[event_id])
        entries.member.append(member)
        entries.node.append(node)
        entries.month.append(month)
        entries.place.append(day * DAY_PLACES)
        entries.stage.append(None)  # the database knows it; what is asked of these entries here does not depend on it
        events.items.append(items[node])
        places.append(place)
    return events, places


def nodes_of(scheme: str, index: ItemIndex) -> list[int]:
    """Nodes of the items of a scheme, in all its versions."""
    versions = {number for number, version in enumerate(index.versions) if version.scheme == scheme}
    return sorted({item.node for items in index.names.values() for item in items if item.version in versions})
