"""The member that a command names: an id, or a name that only one member bears."""

from __future__ import annotations

from pointscli.inputs.refusals import some
from pointscli.inputs.roster import Ambiguous, Roster, Unknown
from pointscli.model.problem import Refused


def find_member(roster: Roster, text: str) -> int:
    """Number of a member in the roster; Refused with candidates if it is nobody or could be several."""
    match roster.find(text.strip()):
        case Ambiguous(candidates):
            raise Refused(
                "several members bear the name {value}: {candidates}",
                "write the member's id",
                value=text,
                candidates=some(candidates),
            )
        case Unknown(near):
            hint = "did you mean {near}?" if near else "see the ids, titles and names in the files"
            raise Refused("no member has the id or name {value}", hint, value=text, near=", ".join(near))
        case number:
            return number
