"""The outcome lists of a tally, as a table: who is in which, with action and reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pointscli.model.table import Cell, Column, Table
from pointscli.model.tally import OutcomeList, Standing, Tally
from pointscli.outputs.titles import Words


@dataclass(frozen=True, slots=True)
class Outcomes:
    """A tally of which only the outcome lists are to be written."""

    tally: Tally


def outcomes_table(tally: Tally, words: Words, *, ids: bool = False) -> Table:
    """One row a member and outcome; the nominated after those listed. `ids`: stages as ids."""
    columns = (
        *(Column(each, words.title(each)) for each in ("outcome", "title")),
        Column("group", words.title("within")),
        *(Column(each, words.title(each)) for each in ("member", "name")),
        Column("score", words.title("score"), "number"),
        Column("rank", words.title("rank"), "integer"),
        *(Column(each, words.title(each)) for each in ("action", "reason", "stage")),
    )
    rows = tuple(row for outcome in tally.outcomes for row in outcome_rows(outcome, tally, words, ids=ids))
    return Table(f"{tally.title} {words.period(tally.period)} {words.text('outcome_lists')}", columns, rows)


def outcome_rows(outcome: OutcomeList, tally: Tally, words: Words, *, ids: bool) -> Iterator[tuple[Cell, ...]]:
    """The rows of one outcome: group by group, then the nominated."""
    known = {standing.member: standing for standing in tally.standings}
    confirmed = "" if not outcome.confirms else "confirmed" if ids else words.text("confirmed")
    for group in outcome.groups:
        for member in group.members:
            yield _row(outcome, group.group, member, known.get(member), confirmed)
    for nominee in outcome.nominated:
        stage = f"nominated:{nominee.stage}" if ids else words.text("nominated_at", stage=nominee.stage_title)
        standing = known.get(nominee.member)
        yield _row(outcome, standing.group if standing else "", nominee.member, standing, stage)


def _row(outcome: OutcomeList, group: str, member: str, standing: Standing | None, stage: str) -> tuple[Cell, ...]:
    name, score, rank = (standing.name, standing.score, standing.rank) if standing else ("", None, None)
    reason = outcome.reasons.get(member, "")
    return (outcome.id, outcome.title, group, member, name, score, rank, outcome.action, reason, stage)
