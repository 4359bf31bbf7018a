"""`points verify` of a folder that somebody has edited: what differs is said, whatever the manifest has become."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from pointscli.app.verify import Remark, changed_inputs, changed_numbers
from tests.check.folders import write
from tests.cli.running import good, run

PLACE = Path("published", "2021-07", "party-internal")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write(tmp_path_factory.mktemp("published"))
    good("-C", folder, "publish", "--month", "2021-07", "--audience", "internal", "--by", "王芳")
    return folder


@pytest.fixture
def folder(published: Path, tmp_path: Path) -> Path:
    return shutil.copytree(published, tmp_path / "copy")


def edit(folder: Path, changed: dict[str, Any], options: dict[str, Any] | None = None) -> None:
    path = folder / PLACE / "manifest.json"
    found = json.loads(path.read_text("utf-8"))
    found |= {**changed, "options": {**found["options"], **options}} if options else changed
    path.write_text(json.dumps(found), "utf-8")


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"format": 2}, id="format"),
        pytest.param({"outputs": [1]}, id="outputs"),
        pytest.param({"outputs": [{"path": "ranking.csv"}]}, id="no-digest"),
        pytest.param({"inputs": {}}, id="inputs"),
        pytest.param({"events": ["E1"]}, id="events"),
        pytest.param({"decisions": [1]}, id="decisions"),
        pytest.param({"results": {"M1": 3}}, id="results"),
        pytest.param({"period": 2021}, id="period"),
        pytest.param({"options": []}, id="options"),
        pytest.param({"options": {"audience": "wall"}}, id="no-options"),
    ],
)
def test_what_is_no_manifest(folder: Path, changed: dict[str, Any]) -> None:
    edit(folder, changed)
    answer = run("-C", folder, "verify")
    assert (answer.code, answer.out) == (3, b"")
    shown = (PLACE / "manifest.json").as_posix()
    assert answer.err == f"{shown}: it is not a manifest: it was damaged or edited\n    restore it\n"


@pytest.mark.parametrize(
    ("changed", "options", "why"),
    [
        pytest.param({"scheme": "none"}, None, "there is no scheme none", id="scheme"),
        pytest.param({"period": "2021Q9"}, None, "2021Q9", id="period"),
        pytest.param({"as_of": "July"}, None, "Invalid isoformat string: 'July'", id="day"),
        pytest.param({}, {"documents": ["tea"]}, "'tea'", id="document"),
    ],
)
def test_what_cannot_be_made_again(
    folder: Path, changed: dict[str, Any], options: dict[str, Any] | None, why: str
) -> None:
    edit(folder, changed, options)
    answer = run("-C", folder, "verify")
    assert answer.code == 1
    assert "intact: NO" in answer.text
    assert "valid: not checked" in answer.text
    assert f"the manifest does not say what was published: {why}\n" in answer.text


def test_everything_that_differs_is_told(folder: Path) -> None:
    out = folder / PLACE
    edit(folder, {"tool": "points 0.0.1", "events": {"E9": "0"}, "results": {"M1": "more"}})
    (out / "details.csv").unlink()
    (out / "more.csv").write_bytes(b"")
    answer = run("-C", folder, "verify")
    assert answer.code == 1
    told = [line.strip() for line in answer.text.splitlines()]
    assert told[1:4] == ["intact: NO", "reproducible: NO", "valid: yes"]
    assert told[4].startswith("manifest.json was changed: its check code is ")
    assert told[5:7] == [
        "details.csv cannot be read: No such file or directory",
        "more.csv was not published with the rest",
    ]
    assert told[7].startswith("it was published by points 0.0.1, this is points ")
    assert told[8:] == [
        "M1: what was published differs",
        "M2: what was published differs",
        "event E9 was removed",
        "event E1 was added",
        "event E2 was added",
    ]


def test_no_more_are_told_than_can_be_read() -> None:
    names = [f"N{number:03}" for number in range(52)]
    lines = {"results": dict.fromkeys(names, "score=1"), "events": dict.fromkeys(names, "0")}
    numbers = list(changed_numbers(lines, {"results": dict.fromkeys(names, "score=2")}))
    assert len(numbers) == 51
    assert numbers[0] == Remark("{member}: {change}", (("member", "N000"), ("change", "score=1 → 2")))
    assert numbers[50] == Remark("and {count} more members", (("count", "2"),))
    removed, added = changed_inputs(lines, {"events": {}})
    assert (len(removed), added) == (51, [])
    assert removed[49] == Remark("event {name} was removed", (("name", "N049"),))
    assert removed[50] == Remark("and {count} more of this kind", (("count", "2"),))
