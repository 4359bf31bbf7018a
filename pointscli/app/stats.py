"""How large the log is, and what became of every event in it."""

from __future__ import annotations

from dataclasses import dataclass

from pointscli.app.question import Asked
from pointscli.app.tally import Report, tally
from pointscli.app.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Size:
    """An event log: its bytes, and its events; an event for three members counts three times."""

    bytes: int
    events: int
    report: Report


def measure(workspace: Workspace, asked: Asked) -> Size:
    """Compute the period as `tally` does, and look at what went in."""
    report = tally(workspace, asked)
    size = sum(path.stat().st_size for path in workspace.events)
    return Size(size, sum(report.piles.values()), report)
