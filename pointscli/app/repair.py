"""What `points repair` finds and does: torn tails of the logs and of the audit file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pointscli.app.inside import CODE
from pointscli.app.workspace import Sources, Workspace, find_workspace
from pointscli.journal.audit import Act, name_below, next_number, note_audited
from pointscli.journal.chain import CHAIN, Part, bytes_part
from pointscli.journal.repair import Repaired, Torn, find_torn, put_back, take_out
from pointscli.journal.workspace_lock import locked
from pointscli.model.problem import FindingsError

TEXT_LOGS = (".csv", ".tsv", ".txt", ".jsonl")
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Repair:
    """One torn file as it is shown, and what was done; None: nothing yet."""

    path: str
    torn: Torn
    done: tuple[str, str] | None = None
    """The copy and the piece."""

    @property
    def begins(self) -> str:
        """The beginning of the piece, for people to know the record by."""
        data = self.torn.piece[: 4 * LONGEST]
        text = data.decode("utf-16-le", "ignore") if data[1:2] == b"\0" else data.decode("utf-8", "ignore")
        shown = "".join(char if char.isprintable() else " " for char in text).strip()
        return shown[:LONGEST] + "…" if len(shown) > LONGEST else shown


def find_repairs(root: Path, sources: Sources) -> tuple[list[Repair], int]:
    """Every torn file, and how many files were looked at."""
    space, problems = find_workspace(root, sources)
    if out := [one for one in problems if one.name == CODE]:
        raise FindingsError(out)
    logs = _logs(space)
    return [Repair(space.shown(torn.path), torn) for torn in find_torn(root, logs)], len(logs)


def repair(root: Path, sources: Sources, act: Act) -> tuple[list[Repair], int]:
    """Take out every torn tail and note it in the audit file; what is unclear stays as it is."""
    found, count = find_repairs(root, sources)
    if not found:
        return found, count
    with locked(root, act):
        found, count = find_repairs(root, sources)
        if all(one.path != CHAIN for one in found):
            next_number(root)  # fails before anything is done if the entry could not be added
        repairs: list[Repair] = []
        try:
            for one in found:
                repairs.append(one if one.torn.unclear else _repair(one))  # noqa: PERF401  (those done are put back)
            if any(one.done for one in repairs):
                note_audited(root, act, [], [_part(root, one.torn) for one in repairs if one.done])
        except BaseException:
            for one in repairs:
                if one.done:
                    put_back(one.torn)
            raise
    return repairs, count


def _repair(one: Repair) -> Repair:
    done: Repaired = take_out(one.torn)
    folder = one.path.rpartition("/")[0]
    names = [f"{folder}/{path.name}" if folder else path.name for path in (done.copy, done.piece)]
    return Repair(one.path, one.torn, (names[0], names[1]))


def _part(root: Path, torn: Torn) -> Part:
    return bytes_part(name_below(root, torn.path), torn.keep, torn.piece, torn=True)


def _logs(space: Workspace) -> list[Path]:
    found = (*space.events, *space.reviews, *space.redemptions)
    return [path for path in found if path.suffix.lower() in TEXT_LOGS and path.is_file()]
