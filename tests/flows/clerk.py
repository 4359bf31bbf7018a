"""A clerk at work: `points` in one workspace, and what happened as a diary of one line an event."""

from __future__ import annotations

import csv
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

from tests.case_files import Record
from tests.cli.running import Answer, good, run, run_process

OPTIONS = {"n": "--quantity"}
YEAR = ("--year", "2021")
QUARTERS = ("2021Q1", "2021Q2", "2021Q3", "2021Q4")
MONTHS = tuple(f"2021-{month:02d}" for month in range(1, 13))
UNUSED = {"unused-items", "unused-levels"}
"""What `check` may say of a small log: it does not use every item and level of the rules."""
Amount = Decimal | str | int
Quarters = Mapping[str, tuple[Amount, Amount, Amount, Amount]]
"""Member → the scores of the four quarters, worked out by hand."""


def quarter_of(month: str) -> str:
    """The quarter that a month of 2021 ends or belongs to."""
    return QUARTERS[(int(month[-2:]) - 1) // 3]


def ends_quarter(month: str) -> bool:
    """Whether the quarter is over with this month."""
    return int(month[-2:]) % 3 == 0


def period_of(word: str) -> tuple[str, str]:
    """The option of a period: 2021-07, 2021Q3, 2021H2, 2021."""
    kind = {"-": "--month", "Q": "--quarter", "H": "--half"}.get(word[4:5], "--year")
    return (kind, word)


def last_day(month: str) -> str:
    """The last day of a month."""
    return f"{month}-{monthrange(int(month[:4]), int(month[-2:]))[1]}"


def read_table(path: Path) -> list[dict[str, str]]:
    """A table that `points` wrote, by the titles of its columns."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


class Clerk:
    """Runs commands in one workspace, and remembers nothing but the folder."""

    def __init__(self, folder: Path, template: str, roster: str, by: str = "记分员") -> None:
        """Begin the workspace as a clerk does: a template with empty tables, and the roster typed in."""
        self.folder, self.by = folder, by
        good("init", folder, "--template", template, "--empty")
        titles, *rows = (line.split(maxsplit=len(roster.split("\n", 2)[1].split()) - 1) for line in _lines(roster))
        path = folder / "members.csv"
        with path.open(encoding="utf-8-sig", newline="") as file:
            printed = next(csv.reader(file))
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, list(dict.fromkeys([*printed, *titles])), restval="")
            writer.writeheader()
            writer.writerows(dict(zip(titles, row, strict=True)) for row in rows)

    def __call__(self, *words: str | Path) -> Answer:
        """A command that succeeds."""
        return good("-C", self.folder, *words)

    def outside(self, *words: str | Path) -> Answer:
        """The same in a process of its own, as on the clerk's machine."""
        answer = run_process("-C", self.folder, *words)
        assert answer.code == 0, answer.err
        return answer

    def refused(self, *words: str | Path, code: int = 1) -> str:
        """A command that is refused and leaves every file as it was; what it said."""
        before = self.state()
        answer = run("-C", self.folder, *words)
        assert (answer.code, self.state()) == (code, before), answer.text + answer.err
        return answer.err

    def state(self) -> dict[str, str]:
        """The digest of every file."""
        files = (path for path in sorted(self.folder.rglob("*")) if path.is_file() and "lock" not in path.name)
        return {str(path.relative_to(self.folder)): sha256(path.read_bytes()).hexdigest() for path in files}

    def diary(self, text: str) -> list[str]:
        """Record every line `DATE MEMBER、MEMBER ITEM name=value …`; the ids that the events were given."""
        return [self.record(*line.split()) for line in _lines(text)]

    def record(self, day: str, members: str, item: str, *cells: str) -> str:
        """Record one event; its id."""
        words = [word for member in members.split("、") for word in ("--member", member)]
        for cell in cells:
            name, value = cell.split("=", 1)
            words += [OPTIONS.get(name, f"--{name}"), value]
        answer = self("record", *words, "--item", item, "--date", day, "--by", self.by)
        assert not answer.err, answer.err
        return answer.text.removeprefix("recorded ").split(":")[0]

    def tally(self, period: str, *more: str) -> Record:
        """The JSON of a tally."""
        return self("tally", *period_of(period), *more, "--format", "json").json

    def scores(self, period: str, *more: str) -> dict[str, Decimal]:
        """The score of every member who is listed."""
        return {row["member"]: Decimal(row["score"]) for row in self.tally(period, *more)["members"]}

    def lists(self, period: str, *more: str) -> dict[str, list[str]]:
        """Who stands on which list."""
        return {name: sorted(found) for name, found in self.tally(period, *more)["outcomes"].items()}

    def waiting(self, *more: str) -> list[Record]:
        """What waits for a decision."""
        rows: list[Record] = self("review", "--list", *more, "--format", "json").json["rows"]
        return rows

    def approve_all(self, stage: str, period: str, by: str, day: str) -> None:
        """One decision about everything of a period that waits at a stage."""
        self("review", "--all-at", stage, *period_of(period), "--approve", "--by", by, "--date", day)

    def publish(self, period: str, *more: str) -> str:
        """Publish a period on the wall; the check code of the notice."""
        answer = self("publish", *period_of(period), "--audience", "wall", "--by", self.by, *more)
        return next(line.split()[-1] for line in answer.err.splitlines() if line.startswith("check code"))

    def is_in_order(self, *, corrected: int = 0) -> bool:
        """Whether nothing is wrong but unused rules, the audit file agrees, and what was published comes out again.

        What was corrected afterwards does not come out again; its correction does.
        """
        answer = self("check", "--audit", *(f"--ignore={name}" for name in sorted(UNUSED)), "--strict")
        assert "the code of the last entry of the audit file is" in answer.err
        said = self("verify").text
        folders = sum(1 for path in (self.folder / "published").rglob("manifest.json"))
        assert said.count(": yes") == 3 * folders - corrected, said
        assert said.count(" holds instead") == corrected, said
        return folders > 0

    def adds_up(self, member: str, period: str, *more: str) -> Record:
        """What `explain` says of a member: its credits add up to every settled score, and these to the sum."""
        found = self("explain", member, *period_of(period), *more, "--format", "json").json
        sums: dict[str, Decimal] = defaultdict(Decimal)
        settled = [row["period"] for row in found["periods"]]
        for one in found["postings"]:
            home = one["date"][:7] if one["date"][:7] in settled else quarter_of(one["date"][:7])
            sums[home] += Decimal(one["credited"])
        assert {row["period"]: Decimal(row["score"]) for row in found["periods"]} == {one: sums[one] for one in settled}
        if found["rollup"] == "sum":
            assert sum(sums.values()) == Decimal(found["score"])
        return found


def numbers(table: Mapping[str, Amount]) -> dict[str, Decimal]:
    """A table that was worked out by hand."""
    return {member: Decimal(score) for member, score in table.items()}


def in_quarter(table: Quarters, quarter: str) -> dict[str, Decimal]:
    """One quarter's column of a table."""
    return numbers({member: scores[QUARTERS.index(quarter)] for member, scores in table.items()})


def in_year(table: Quarters) -> dict[str, Decimal]:
    """The sums of a table's rows."""
    return {member: sum((Decimal(one) for one in scores), Decimal(0)) for member, scores in table.items()}


def _lines(text: str) -> Iterable[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
