"""The quick way through a large, plain event log; whatever is not plain and right is left to the careful way.

Both ways give the same result. The quick one knows no lines: the first thing that is wrong, or may be, ends it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pointscli.app.decided_events import decided_events, named_events, nodes_of
from pointscli.app.fast_pack import find_pack
from pointscli.app.inputs import Inputs, read_basis
from pointscli.app.log_size import is_large
from pointscli.app.workspace import Workspace
from pointscli.engine.database import OutOfMemory, Unreadable
from pointscli.engine.fast_log import FastLog, File
from pointscli.engine.fast_run import FastComputation
from pointscli.inputs.fast_csv import KEY_WITHOUT_BLANKS, PlainFile, open_plain
from pointscli.inputs.fast_parquet import open_parquet
from pointscli.inputs.meanings import Meanings
from pointscli.inputs.reviews import ReviewReader
from pointscli.inputs.vocabulary import Vocabulary
from pointscli.model.log import EventLog
from pointscli.model.membership import Membership
from pointscli.model.plan import Plan
from pointscli.model.problem import PointsError
from pointscli.model.progress import working
from pointscli.scheme.items import index_items

_MOST_READINGS = 3


@dataclass(frozen=True, slots=True)
class FastInputs(Inputs):
    """Inputs whose events are in a database; `events` holds only those that decisions speak of."""

    noted: FastLog
    places: tuple[int, ...]
    """Numbers in the database of the entries in `events`."""

    def last_day(self, scheme: str, until: int) -> int | None:
        """The last day with an event of a scheme, up to a day."""
        return self.noted.last_day(nodes_of(scheme, self.index), until)

    def compute(self, plan: Plan, membership: Membership, log: EventLog) -> FastComputation:
        """Make the computation over the database."""
        return FastComputation(plan, membership, log, self.noted, self.places)


def read_fast(workspace: Workspace, memory: int = 0) -> FastInputs | None:
    """Read a workspace the quick way; None if it has to be read with care. `memory`: bytes that may be used."""
    if not is_large(workspace):
        return None
    files = find_pack(workspace) or plain_files(workspace)
    return read_plain(workspace, files, memory) if files else None


def read_plain(workspace: Workspace, files: Sequence[PlainFile], memory: int = 0) -> FastInputs | None:
    """Read a workspace whose event log is in these plain files; None if it has to be read with care."""
    try:
        basis = read_basis(workspace, [problem for file in files for problem in file.problems])
    except PointsError:
        return None  # the careful way says why
    if basis is None:
        return None
    schemes, roster, reviews, problems = basis
    words = Vocabulary(roster, index_items(schemes))
    named = named_events(reviews)
    noted = _load(files, words, memory, ids=bool(named))
    if noted is None:
        return None
    noted.db.finish_reading()
    events, places = decided_events(noted.find(named) if named else (), words.index)
    reader = ReviewReader(words, events)
    for table in reviews:
        reader.read(table)
    if reader.found.problems:
        noted.close()
        return None
    return FastInputs(
        schemes=tuple(schemes),
        roster=roster,
        index=words.index,
        words=words,
        events=events,
        reviews=reader.found,
        problems=tuple(problems),
        whole=True,
        noted=noted,
        places=tuple(places),
    )


def plain_files(workspace: Workspace) -> list[PlainFile]:
    """The event files, if all are plain."""
    found = []
    try:
        for path in workspace.events:
            working("looking over {path}", path=workspace.shown(path))
            str(path.resolve()).encode()  # a database reads no file whose name is no text
            plain = open_plain(path, workspace.shown(path)) or open_parquet(path, workspace.shown(path))
            if plain is None:
                return []
            found.append(plain)
    except (OSError, PointsError, UnicodeEncodeError):
        return []
    return found


def _load(files: Sequence[PlainFile], words: Vocabulary, memory: int, *, ids: bool) -> FastLog | None:
    meanings = Meanings(words)
    for file in files:
        for column, texts in file.sample.items():
            meanings.learn(column, texts)
    meanings.learn_days_between()
    ordered = sorted(files, key=lambda file: file.shown)
    packed = all(file.packed for file in files)
    needs = any(item.evidence_required for items in words.index.names.values() for item in items)
    noted = FastLog(
        [File(one.path, one.columns, one.delimiter) for one in ordered],
        wants_evidence=needs,
        memory=memory,
        packed=packed and not ids,
    )
    try:
        if _fill(noted, meanings, sum(file.records for file in files)):
            return noted
    except OutOfMemory:
        noted.close()
        raise
    noted.close()
    return None


def _fill(noted: FastLog, meanings: Meanings, records: int) -> bool:
    """Load until every text is known; whether nothing irregular is left."""
    for _ in range(_MOST_READINGS):
        try:
            noted.load(meanings.rows(), has_eras=len(meanings.eras) > 1)
            gaps = noted.gaps(records, KEY_WITHOUT_BLANKS)
            if gaps.lost or gaps.unproved or gaps.odd_ids or not (gaps.ids or gaps.no_ids):
                return False
            if not gaps.unknown:
                return noted.packed or gaps.no_ids or not noted.repeats(records)
            unknown = {column: texts - meanings.texts[column].keys() for column, texts in noted.unknown().items()}
        except Unreadable:
            return False
        if not any(unknown.values()):
            return False  # texts without a meaning: they are wrong
        for column, texts in unknown.items():
            meanings.learn(column, sorted(texts))
    return False
