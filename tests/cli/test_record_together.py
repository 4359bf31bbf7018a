"""Eight clerks at once: every event is in the log once, and the audit file is one chain."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

from tests.cli.rich import write_rich
from tests.cli.running import ENGLISH, ROOT, good

CLERKS, EACH = 8, 200
MONTHS = ("2021-08", "2021-09")
CLERK = """
import sys, typer.main
from pointscli.cli.main import app
folder, clerk, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
command = typer.main.get_command(app)
for number in range(count):
    day = f"2021-{8 + number % 2:02d}-{1 + number % 28:02d}"
    options = ["-m", f"M{3 + clerk % 5:03d}", "-i", "meeting", "-d", day, "--reason", f"{clerk} {number}"]
    code = command.main(["-C", folder, "record", *options, "--by", f"clerk {clerk}"], standalone_mode=False)
    assert code in (0, None), code
"""


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_clerks_at_once(tmp_path: Path) -> None:
    folder = write_rich(tmp_path / "w", events=False)
    (folder / "reviews.csv").unlink()  # about events of another log
    (folder / "events").mkdir()
    environment = {**os.environ, **ENGLISH, "PYTHONPATH": str(ROOT)}
    clerks = [
        subprocess.Popen(
            [sys.executable, "-c", CLERK, str(folder), str(clerk), str(EACH)],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for clerk in range(CLERKS)
    ]
    told = [clerk.communicate() for clerk in clerks]
    assert [clerk.returncode for clerk in clerks] == [0] * CLERKS, told[0][1].decode()[-2000:]
    found = [row for month in MONTHS for row in rows(folder / "events" / f"{month}.csv")]
    expected = sorted(f"{clerk} {number}" for clerk in range(CLERKS) for number in range(EACH))
    assert sorted(row["事由"] for row in found) == expected
    assert len({row["编号"] for row in found}) == CLERKS * EACH
    said = [line.split(":")[0].removeprefix("recorded ") for out, _ in told for line in out.decode().splitlines()]
    assert sorted(said) == sorted(row["编号"] for row in found)
    chain = [json.loads(line) for line in (folder / "points.audit.jsonl").read_text("utf-8").splitlines()]
    assert [entry["seq"] for entry in chain] == list(range(1, CLERKS * EACH + 1))
    assert good("-C", folder, "check", "--audit", "--format", "concise").code == 0
