"""What only shows when roster, logs and rules are looked at together; nearly all of it warnings."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from datetime import date

from pointscli.app.data_activity import find_inactive
from pointscli.app.data_decision_cells import find_unused_cells
from pointscli.app.data_decisions import find_backward
from pointscli.app.data_findings import capped
from pointscli.app.data_jumps import find_jumps
from pointscli.app.data_log import find_duplicates, find_future
from pointscli.app.data_places import find_oversized
from pointscli.app.data_redemptions import check_redemptions
from pointscli.app.data_roster import find_namesakes, find_unscored
from pointscli.app.data_unused import find_unused
from pointscli.app.inputs import Inputs
from pointscli.app.workspace import Workspace
from pointscli.model.problem import Problem


def check_data(inputs: Inputs, today: date, workspace: Workspace | None = None) -> list[Problem]:
    """Everything odd in the data; with a workspace also its redemptions, and decisions at their own rows."""
    was_enabled = gc.isenabled()
    gc.disable()  # columns of a million numbers hold no cycles: looking for some costs more than most checks
    try:
        return capped(_find_all(inputs, today, workspace))
    finally:
        if was_enabled:
            gc.enable()


def _find_all(inputs: Inputs, today: date, workspace: Workspace | None) -> Iterator[Problem]:
    yield from find_namesakes(inputs)
    yield from find_unscored(inputs)
    yield from find_inactive(inputs, today)
    yield from find_future(inputs, today)
    yield from find_duplicates(inputs)
    yield from find_unused(inputs, today)
    yield from find_oversized(inputs)
    yield from find_jumps(inputs)
    yield from find_backward(inputs, workspace)
    yield from find_unused_cells(inputs)
    if inputs.reviews.nominations:
        from pointscli.app.data_nominations import find_not_nominated  # noqa: PLC0415  (loads with a computation)

        yield from find_not_nominated(inputs, today)
    if workspace is not None:
        yield from check_redemptions(inputs, workspace, today)
