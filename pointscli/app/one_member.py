"""One member's derivation without everybody's postings: a quick tally of all, and a trace of the member's own rows.

What an event earns a member depends on rows that name the member, and on nothing else: every step of the engine works
member by member, and a price that is split counts the names in its own row. Rank, lists and standing come from the
tally. That holds where the quick tally holds: a large, plain log without findings, and no node that compares by
matter. If the rows alone do not give the score and columns that the tally gave, the whole log is read with care.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pointscli.app.derivation import Derived, derive
from pointscli.app.inputs import Inputs, no_collection, read_inputs
from pointscli.app.log_size import is_large
from pointscli.app.members import find_member
from pointscli.app.question import Asked
from pointscli.app.tally import Report, tally_inputs
from pointscli.app.workspace import Workspace
from pointscli.model.problem import FindingsError
from pointscli.model.progress import working
from pointscli.model.tally import Standing, Tally

Asking = Callable[[Inputs, int], Asked]
"""What is asked about a member (its number in the roster), once the files are read."""


def derive_member(
    workspace: Workspace, name: str, asking: Asking, *, skip_invalid: bool = False
) -> tuple[Inputs, int, Derived]:
    """The inputs (of a large log only the member's rows), the member's number, and what was computed.

    Refused if the name is nobody's; FindingsError and UsageError as for a tally.
    """
    if quick := _derive_quickly(workspace, name, asking):
        return quick
    inputs = read_inputs(workspace)
    number = find_member(inputs.roster, name)
    asked = asking(inputs, number)
    return inputs, number, derive(inputs, asked, workspace.language, [number], skip_invalid=skip_invalid)


def _derive_quickly(workspace: Workspace, name: str, asking: Asking) -> tuple[Inputs, int, Derived] | None:
    """The same of a large, plain log in which nothing is wrong; None if there is anything to look at."""
    if not is_large(workspace):
        return None
    from pointscli.app.member_log import member_inputs, member_tables  # noqa: PLC0415  (a small log needs none of it)

    with no_collection():
        found = _tally_all(workspace, name, asking)
        if found is None:
            return None
        inputs, number, asked, report = found
        working("reading the rows of {member}", member=inputs.roster.members[number].id)
        log = member_tables(workspace, inputs.roster, [number])
        own = member_inputs(workspace, inputs.schemes, inputs.roster, log)
        asked = replace(asked, period=report.tally.period, scheme=report.tally.scheme)
        try:
            derived = derive(own, asked, workspace.language, [number])
        except FindingsError:
            return None
    member = inputs.roster.members[number].id
    if _numbers(derived.report.tally, member) != _numbers(report.tally, member):
        return None
    return own, number, replace(derived, report=report)


def _tally_all(workspace: Workspace, name: str, asking: Asking) -> tuple[Inputs, int, Asked, Report] | None:
    from pointscli.app.fast_inputs import read_fast  # noqa: PLC0415  (the same)
    from pointscli.engine.database import TooMuch, Unreadable  # noqa: PLC0415  (the same)
    from pointscli.engine.fast_run import Irregular  # noqa: PLC0415  (the same)

    inputs = read_fast(workspace)
    if inputs is None:
        return None
    try:
        number = find_member(inputs.roster, name)
        asked = asking(inputs, number)
        return inputs, number, asked, tally_inputs(inputs, asked, workspace.language, computing=inputs.compute)
    except (Irregular, Unreadable, TooMuch, FindingsError):
        return None
    finally:
        inputs.noted.close()


def _numbers(tally: Tally, member: str) -> list[object]:
    """What a member's own events make, if the member is listed."""

    def own(one: Standing) -> object:
        return one.score, one.columns, one.earned, one.row, one.group

    return [own(one) for one in tally.standings if one.member == member]
