"""What a workspace's own log reaches of its rules: every period that its schemes can be asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from pointscli.app.inputs import Inputs, read_inputs
from pointscli.app.question import Asked
from pointscli.app.rule_coverage import FileCoverage, Observer, Reached
from pointscli.app.tally import tally_inputs
from pointscli.app.workspace import Workspace
from pointscli.model.log import DAY_PLACES
from pointscli.model.period import Period
from pointscli.scheme.types import Scheme


def cover_log(workspace: Workspace, today: date) -> Sequence[FileCoverage]:
    """The coverage of the workspace's rule files; rows with errors are passed over."""
    inputs = read_inputs(workspace)
    reached = Reached()
    observer = Observer(reached)
    for asked in _questions(inputs, today):
        observer.take(
            inputs, tally_inputs(inputs, asked, workspace.language, skip_invalid=True, computing=observer.compute)
        )
    return reached.files(workspace.rules, inputs.schemes, workspace.root)


def _questions(inputs: Inputs, today: date) -> Iterator[Asked]:
    """Every period with events that has begun, of every kind that a version can make, once a scheme."""
    days: dict[str, set[int]] = {}
    for place, item in zip(inputs.events.entries.place, inputs.events.items, strict=True):
        days.setdefault(inputs.index.versions[item.version].scheme, set()).add(place // DAY_PLACES)
    asked: set[tuple[str, Period]] = set()
    for version in inputs.schemes:
        for day in sorted(days.get(version.id, ())):
            when = date.fromordinal(day)
            if _holds(version, when) and when <= today:
                kinds = (version.settle, *(kind for kind, _ in version.rollup))
                asked |= {(version.id, Period.containing(kind, when)) for kind in kinds}
    for scheme, period in sorted(asked):
        yield Asked(today, period, scheme)


def _holds(version: Scheme, day: date) -> bool:
    return version.effective_from <= day and (version.effective_to is None or day <= version.effective_to)
