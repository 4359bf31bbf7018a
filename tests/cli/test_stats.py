"""`points stats`: one line, in which every event of the log is accounted for."""

from __future__ import annotations

import re
from pathlib import Path

from tests.cli.rich import write_rich
from tests.cli.running import ROOT, good, run
from tests.test_lanes import ROWS, log, write_files

LINE = re.compile(
    r"events in the log: (?P<events>[\d,]+) \((?P<size>[\d.]+) MB\); (?P<period>\S+) computed in [\d.]+ s:"
    r" (?P<rate>[\d,]+) events a second; (?:at most (?P<memory>[\d,]+) MB of memory; )?(?P<piles>[^;]+)\n"
)


def numbers(text: str) -> tuple[dict[str, str], dict[str, int]]:
    found = LINE.fullmatch(text)
    assert found is not None, text
    piles = (part.rpartition(" ") for part in found["piles"].split(", "))
    return found.groupdict(), {pile: int(count.replace(",", "")) for pile, _, count in piles}


def test_every_event_is_in_one_pile(tmp_path: Path) -> None:
    folder = write_rich(tmp_path / "w")
    facts, piles = numbers(good("-C", folder, "stats", "--quarter", "2021Q3").text)
    assert facts["period"] == "2021Q3"
    assert sum(piles.values()) == int(facts["events"])
    assert len(piles) > 1
    assert int(facts["rate"].replace(",", "")) > 0


def test_the_size_is_that_of_the_files() -> None:
    folder = ROOT / "examples" / "community"
    facts, _ = numbers(good("-C", folder, "stats").text)
    assert facts["size"] == f"{sum(path.stat().st_size for path in (folder / 'events').iterdir()) / 1e6:.1f}"
    assert facts["memory"] is None or 20 < int(facts["memory"].replace(",", "")) < 100_000


def test_an_event_for_three_members_counts_three_times(tmp_path: Path) -> None:
    write_files(tmp_path / "w", {"log.csv": log(*ROWS)})
    facts, _ = numbers(good("-C", tmp_path / "w", "stats", "--quarter", "2021Q3").text)
    assert int(facts["events"]) == len(ROWS) + 2


def test_a_log_with_findings_has_no_numbers(tmp_path: Path) -> None:
    write_files(tmp_path / "w", {"log.csv": log(*ROWS, "X9,2021-07-33,B1,help,1,,,,")})
    answer = run("-C", tmp_path / "w", "stats")
    assert (answer.code, answer.text) == (1, "")
