"""Random workspaces of the oracle's generator, and the changes that relations between two tallies are about."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from pointscli.engine.run import Computation, Result
from tests.case_files import Record
from tests.oracle.generate import seeded_case
from tests.oracle.generate_log import NAMES
from tests.oracle.generate_scheme import all_nodes
from tests.oracle.periods import parse_period


@lru_cache(maxsize=256)
def _case(seed: int) -> Record:
    case = seeded_case(seed)
    rows = [{key: cell for key, cell in row.items() if key != "repeat"} for row in _repeated(case["events"])]
    case["events"] = [{"id": f"E{number:04d}", **row} for number, row in enumerate(rows, 1)]
    return case


def _repeated(rows: Iterable[Record]) -> Iterable[Record]:
    return (row for row in rows for _ in range(row.get("repeat", 1)))


def random_case(seed: int) -> Record:
    """A workspace in which every event is one row and has the id that the review log knows."""
    return copy.deepcopy(_case(seed))


def schemes_of(case: Record) -> list[Record]:
    found: list[Record] = case["schemes"] if "schemes" in case else [case["scheme"]]
    return found


def without_events(case: Record, gone: Callable[[Record], bool]) -> Record:
    """The case without some events and the decisions about them."""
    ids = {row["id"] for row in case["events"] if gone(row)}
    kept = [row for row in case["events"] if row["id"] not in ids]
    return {**case, "events": kept, "reviews": [row for row in case["reviews"] if row["event"] not in ids]}


def people(row: Record) -> set[str]:
    """Ids of the members that an event names."""
    by_name = {name: member for member, name in NAMES.items()}
    words = str(row["member"]).replace("；", ";").replace("、", ";").split(";")
    return {by_name.get(word, word) for word in words}


def version_on(case: Record, scheme: str, day: date) -> int | None:
    """Which rule file of a scheme is in force on a day."""
    for place, one in enumerate(schemes_of(case)):
        span = one["effective"]
        if one["scheme"] == scheme and span["from"] <= day <= span.get("to", date.max):
            return place
    return None


def later_copies(case: Record, horizon: date, rng: random.Random) -> list[Record]:
    """Copies of a one-scheme case's events on days after a day, under the same version of the scheme."""
    name = schemes_of(case)[0]["scheme"]
    found = []
    for number, row in enumerate(case["events"]):
        day = horizon + timedelta(days=rng.choice([1, 1, 2, 30, 92]))
        version = version_on(case, name, row["date"])
        if version is not None and version == version_on(case, name, day):
            found.append(row | {"id": f"{rng.choice('AEZ')}-later{number}", "date": day})
    return found


def horizon_of(check: Record) -> date:
    """The day after which nothing exists for a check."""
    end: date = parse_period(check["period"]).end
    as_of: date = check.get("as_of", end)
    return min(end, as_of)


def plain_numbers(answer: Record) -> dict[str, Any]:
    """Score and columns by member."""
    return {row["member"]: (row["score"], row["columns"], row["earned"]) for row in answer["members"]}


def by_member(answer: Record) -> dict[str, Any]:
    return {row["member"]: row for row in answer["members"]}


def leaves_of(scheme: Record) -> dict[str, Record]:
    return {name: node for name, node in all_nodes(scheme["score"]).items() if "items" not in node}


class Watched(Computation):
    """A computation that leaves its result for a test to look at."""

    last: Result

    def result(self, *, by_dimension: bool = False) -> Result:
        found = super().result(by_dimension=by_dimension)
        Watched.last = found
        return found


def fresh(tmp_path: Path, number: int) -> Path:
    """A folder for one more workspace of a test."""
    folder = tmp_path / str(number)
    folder.mkdir()
    return folder
