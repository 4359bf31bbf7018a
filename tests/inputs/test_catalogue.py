"""Every hostile input that we know of, each a real file, with the exact answer of `points check`.

What is expected stands in catalogue/SECTION.yaml; POINTS_UPDATE_SNAPSHOTS=1 writes it anew. A case is called
SECTION-ROW or SECTION-ROW/VARIANT; where the program does otherwise than the row asks, the case says why (`kept`).
"""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from pointscli.app.inputs import collect_inputs
from pointscli.app.workspace import Sources, find_workspace
from pointscli.model.log import DAY_PLACES
from tests.case_files import Record
from tests.cli.running import run
from tests.inputs.catalogue.books import BOOKS
from tests.inputs.catalogue.cases import HEADER, MEMBERS, PLAIN, RULES, Case
from tests.inputs.catalogue.rules import YAML
from tests.inputs.catalogue.texts import TEXTS
from tests.inputs.catalogue.values import VALUES

FOLDER = Path(__file__).parent / "catalogue"
UPDATE = os.environ.get("POINTS_UPDATE_SNAPSHOTS") == "1"
CASES = TEXTS | VALUES | BOOKS | YAML
PLAIN_FILES = {"rules/party.yaml": RULES, "members.csv": MEMBERS, "events.csv": HEADER + PLAIN}
ROWS = {
    "3.1": "utf8 utf16-mark utf16-no-mark gb18030 byte-80 moved-characters damaged-utf8 unclear-encoding nul "
    "unseen-in-keys controls half-character empty passing-files",
    "3.2": "delimiter line-ends quoted-line-break open-quote after-quote fields blank-rows long-field title-above "
    "headers header-spelling total-rows empty-and-null given-twice own-order",
    "3.3": "full-width-number thousands not-digits programmers-numbers decimals large negative cut-ids check-digit "
    "leading-zeros date-forms time-of-day ambiguous-dates day-number impossible-dates future outside",
    "3.4": "error-cell uncalculated-formula calculated-formula text-and-number merged-cells sheets hidden-rows "
    "wrong-types escapes first-row days early-days other-kinds password too-large document-type lying-dimension "
    "reading-aid damaged",
    "3.5": "line-separator exact-numbers key-twice long-line depth huge-integer unknown-key mark torn-tail "
    "not-an-object",
    "3.6": "namesakes name-key colliding-ids unknown item-twice-named event-id-twice no-id-same-record corrections "
    "rules-in-force",
    "3.7": "name-is-no-pattern exact-doubles types json-decimals",
    "4": "key-twice anchors tags texts-stay-texts impossible-date depth nul long-number full-width-colon tab-indent "
    "hidden-blanks size one-document keys-are-texts unknown-key bytes",
}
"""The rows of the catalogue, in our own words."""


def write(folder: Path, case: Case) -> None:
    """The plain workspace, with what the case changes."""
    for name, content in {**PLAIN_FILES, **case.files}.items():
        if content is not None:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())


def answer(folder: Path, case: Case) -> Record:
    """What `points check` finds, and what is read besides."""
    done = run("-C", folder, "check", "--format", "json", "--ignore", "unused-items")
    findings: list[Record] = json.loads(done.out)
    assert done.code == int(any(one["severity"] == "error" for one in findings)), done.err
    found = [_finding(one) for one in findings]
    answered: Record = {"found": found, "read": read(folder)}
    return answered | ({"kept": case.kept} if case.kept else {})


def _finding(one: Record) -> str:
    place = f"{one['path']}:{one['line']}:{one['column']}"
    text = f"{place} {one['severity']} {one['code']} [{one['name']}] {one['message']} | {one['hint']}"
    return text.replace(f"today ({date.today()})", "today")  # noqa: DTZ011  (the only clock in it)


def read(folder: Path) -> list[str]:
    """The entries of the log, as they are understood."""
    space, _ = find_workspace(folder, Sources())
    inputs = collect_inputs(space)
    log, members = inputs.events.entries, inputs.roster.members
    columns = zip(log.place, log.member, inputs.events.items, log.quantity, log.points, strict=True)
    return [
        f"{date.fromordinal(place // DAY_PLACES)} {members[member].id} {item.title} quantity={quantity} points={points}"
        for place, member, item, quantity, points in columns
    ]


def _expected() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        found |= yaml.safe_load(path.read_text("utf-8"))
    return found


EXPECTED = _expected()


@pytest.mark.parametrize("name", CASES)
def test_case(name: str, tmp_path: Path) -> None:
    write(tmp_path, CASES[name])
    found = answer(tmp_path, CASES[name])
    if UPDATE:
        EXPECTED[name] = found
    assert found == EXPECTED.get(name)


def test_every_row_has_a_case_and_every_case_a_row() -> None:
    rows = [f"{section}-{row}" for section, names in ROWS.items() for row in names.split()]
    assert len(set(rows)) == len(rows)
    assert {name.split("/")[0] for name in CASES} == set(rows)


def test_every_expectation_is_used() -> None:
    if UPDATE:
        for section in ROWS:
            mine = {name: EXPECTED[name] for name in CASES if name.split("-")[0] == section}
            text = yaml.safe_dump(mine, allow_unicode=True, sort_keys=False, width=1000)
            (FOLDER / f"{section}.yaml").write_text(text, "utf-8")
    assert set(EXPECTED) == set(CASES)
