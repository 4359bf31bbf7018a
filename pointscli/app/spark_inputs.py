"""Event logs that Spark reads itself: the same grammar, by dictionaries of every text; what is not plain is refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pointscli.app.decided_events import decided_events, named_events, nodes_of
from pointscli.app.inputs import Inputs, read_basis, read_inputs
from pointscli.app.workspace import Workspace
from pointscli.engine.spark import SparkEngine
from pointscli.engine.spark_log import READ, SparkLog, SparkLogComputation
from pointscli.inputs.csv_file import choose_delimiter
from pointscli.inputs.events import find_stage
from pointscli.inputs.fast_csv import KEY_WITHOUT_BLANKS
from pointscli.inputs.headers import EVENTS, match_header
from pointscli.inputs.log_rows import Bad
from pointscli.inputs.meanings import Meanings
from pointscli.inputs.reviews import ReviewReader
from pointscli.inputs.vocabulary import Vocabulary
from pointscli.model.log import EventLog
from pointscli.model.membership import Membership
from pointscli.model.plan import Plan
from pointscli.model.problem import FindingsError, Place, Problem, Refused, Severity
from pointscli.scheme.items import index_items

_MOST_TEXTS = 5
_DICTIONARIES = {
    "date": "days",
    "member": "people",
    "item": "things",
    "quantity": "quantities",
    "points": "amounts",
    "level": "grades",
    "stage": "phases",
}
"""The dictionary of each column."""
_CARE = "mend the log, or give `tally` its files without --engine spark: every finding is then named with file and line"


@dataclass(frozen=True, slots=True)
class SparkInputs(Inputs):
    """Inputs whose events are on Spark; `events` holds only those that decisions speak of."""

    noted: SparkLog
    places: tuple[int, ...]
    """Numbers on Spark of the entries in `events`."""

    def last_day(self, scheme: str, until: int) -> int | None:
        """The last day with an event of a scheme, up to a day."""
        return self.noted.last_day(nodes_of(scheme, self.index), until)

    def compute(self, plan: Plan, membership: Membership, log: EventLog) -> SparkLogComputation:
        """Make the computation over the log on Spark."""
        if any(row.matter for row in plan.tables.combines):
            raise Refused("a log that Spark reads itself cannot be combined by matter", _CARE)
        return SparkLogComputation(plan, membership, log, self.noted, self.places)


def read_on_spark(workspace: Workspace, engine: SparkEngine, *, plain: bool = False) -> SparkInputs:
    """Read a workspace whose event log is at the engine's URLs; Refused if a row is not as it should be.

    With `plain` FindingsError also if there is anything to say of a header.
    """
    basis = read_basis(workspace, ())
    if basis is None:
        found = read_inputs(workspace).errors  # without an event log every decision seems to be of an unknown event
        raise FindingsError([problem for problem in found if problem.name != "unknown-event"])
    schemes, roster, reviews, problems = basis
    words = Vocabulary(roster, index_items(schemes))
    noted = SparkLog(engine.start())
    said = [problem for path in engine.urls for problem in _open(noted, path)]
    if plain and said:
        raise FindingsError(said)
    _load(noted, words)
    named = named_events(reviews)
    events, places = decided_events(noted.find(named) if named else (), words.index)
    reader = ReviewReader(words, events)
    for table in reviews:
        reader.read(table)
    return SparkInputs(
        schemes=tuple(schemes),
        roster=roster,
        index=words.index,
        words=words,
        events=events,
        reviews=reader.found,
        problems=(*problems, *said, *reader.found.problems),
        whole=True,
        noted=noted,
        places=tuple(places),
    )


def _open(noted: SparkLog, path: str) -> list[Problem]:
    """Name the columns of a file or folder by its titles; warnings about them."""
    titles, delimiter = noted.head(path), ","
    if len(titles) == 1:
        delimiter, _ = choose_delimiter(titles[0], EVENTS)
        titles = tuple(titles[0].split(delimiter))
    columns, problems = match_header(titles, EVENTS, lambda cell: Place(path, 1, cell + 1), Place(path, 1))
    if errors := [problem for problem in problems if problem.severity is Severity.ERROR]:
        raise FindingsError(errors)
    known = dict(zip(titles, columns, strict=True))
    if inexact := [title for title in noted.floats(path) if known[title] in READ]:
        raise Refused(
            "{path}: column {column} holds binary fractions, which are no exact numbers",
            "write it as DECIMAL or as text",
            path=path,
            column=", ".join(inexact),
        )
    noted.add(path, titles, columns, delimiter)
    return problems


def _load(noted: SparkLog, words: Vocabulary) -> None:
    """Every text of the log in our own grammar, then the log in terms of it."""
    meanings = Meanings(words)
    texts = noted.texts()
    for column, found in texts.items():
        meanings.learn(column, sorted(found))
    rows = meanings.rows()
    firsts = ((number, find_stage(version, "")) for number, version in enumerate(words.index.versions))
    known: dict[str, Sequence[tuple[object, ...]]] = {
        "days": rows.days,
        "people": rows.people,
        "things": [(*thing[:5], thing[-1]) for thing in rows.things],
        "quantities": rows.quantities,
        "amounts": rows.amounts,
        "grades": rows.grades,
        "phases": rows.phases,
        "firsts": [(number, stage) for number, stage in firsts if not isinstance(stage, Bad)],
    }
    for column, table in _DICTIONARIES.items():
        unknown = sorted(texts.get(column, set()) - {str(row[0]) for row in known[table]})
        if unknown:
            raise Refused(
                "{column}: {count} texts of the event log have no meaning: {texts}",
                _CARE,
                column=column,
                count=len(unknown),
                texts=", ".join(unknown[:_MOST_TEXTS]),
            )
    noted.load(known)
    _check(noted)


def _check(noted: SparkLog) -> None:
    """Every row that was read is counted, and is as it should be."""
    gaps = noted.gaps(KEY_WITHOUT_BLANKS)
    files = ", ".join(row[0] for row in noted.examples())
    for count, message in (
        (gaps.damaged, "{count} rows of the event log are damaged or hold quotation marks ({files})"),
        (gaps.unproved, "{count} rows of the event log need evidence and name none ({files})"),
        (gaps.unknown, "{count} rows of the event log do not fit the rules of their day ({files})"),
        (gaps.unnamed, "{count} rows of the event log have no id, which Spark needs to order them ({files})"),
        (gaps.odd, "{count} ids of the event log hold blanks or characters that cannot be seen ({files})"),
        (gaps.records - gaps.ids, "{count} ids of the event log are given twice ({files})"),
    ):
        if count:
            raise Refused(message, _CARE, count=count, files=files or "-")
    if gaps.records != gaps.rows:
        raise AssertionError(f"{gaps.records} rows went in, {gaps.rows} came out")
