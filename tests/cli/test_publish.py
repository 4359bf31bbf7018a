"""`points publish` and `points verify`: a folder that anybody can check, and that tells what changed."""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path

import pytest

from pointscli.app.digests import file_digest
from pointscli.app.manifest import read_manifest
from pointscli.model.problem import FileError
from tests.cli.running import ROOT, Answer, good, run, run_process

EXAMPLES = ROOT / "examples"
PERIOD = ("--quarter", "2021Q3")
NAMES = {"ranking.csv", "details.csv", "outcomes.csv", "notice.xlsx", "notice.html", "manifest.json"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    target = tmp_path / "poverty-relief"
    shutil.copytree(EXAMPLES / "poverty-relief", target)
    return target


def publish(folder: Path, *more: str | Path) -> Answer:
    return run("-C", folder, "publish", *PERIOD, *more, env={"POINTS_BY": "王芳"})


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_files_that_are_gone_meanwhile(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"^published/manifest\.json: it cannot be read"):
        read_manifest(tmp_path, "published")
    with pytest.raises(FileError, match=r"^events/2021\.csv: it cannot be read"):
        file_digest(tmp_path / "events" / "2021.csv", "events/2021.csv")


def test_the_folder_and_its_tables(folder: Path) -> None:
    answer = publish(folder, "--audience", "internal")
    assert answer.code == 0, answer.err
    out = folder / "published" / "2021Q3" / "poverty-relief-internal"
    assert set(content(out)) == NAMES
    tally = good("-C", folder, "tally", *PERIOD, "--format", "json").json
    ranking = read(out / "ranking.csv")
    assert [(row["编号"], row["总分"]) for row in ranking] == [
        (one["member"], str(one["score"])) for one in tally["members"]
    ]
    data = (out / "ranking.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == data.count(b"\n") == len(ranking) + 1
    sums: dict[str, float] = {}
    for row in read(out / "details.csv"):
        assert row["事由"]
        sums[row["编号"]] = sums.get(row["编号"], 0) + float(row["计分"])
    assert {one["member"]: float(one["score"]) for one in tally["members"]} == pytest.approx(sums)


def test_masking_hides_names_and_changes_nothing_else(folder: Path) -> None:
    seen = []
    for audience in ("wall", "web"):
        assert publish(folder, "--audience", audience).code == 0
        out = folder / "published" / "2021Q3" / {"wall": "poverty-relief"}.get(audience, f"poverty-relief-{audience}")
        seen.append(read(out / "ranking.csv"))
    wall, web = ([{**row, "编号": "", "姓名": ""} for row in rows] for rows in seen)
    assert len(wall) > 1
    assert wall == [{**row, "编号": ""} for row in web]
    assert not {row["姓名"] for row in seen[0]} & {row["姓名"] for row in seen[1]}


def test_the_same_bytes_wherever_it_is_made(folder: Path, tmp_path: Path) -> None:
    found = []
    settings = (
        {"TZ": "Asia/Urumqi", "LANG": "C", "PYTHONHASHSEED": "1"},
        {"TZ": "America/Lima", "LANG": "zh_CN.UTF-8", "PYTHONHASHSEED": "2"},
    )
    for number, env in enumerate(settings):
        copy = tmp_path / f"copy{number}"
        shutil.copytree(folder, copy)
        answer = run_process("-C", copy, "publish", *PERIOD, "--audience", "web", env={"POINTS_BY": "x", **env})
        assert answer.code == 0, answer.err
        found.append(content(copy / "published" / "2021Q3" / "poverty-relief-web"))
    assert found[0] == found[1]


def test_an_untouched_folder_passes_elsewhere(folder: Path, tmp_path: Path) -> None:
    assert publish(folder, "--audience", "wall").code == 0
    other = tmp_path / "elsewhere" / "copy"
    shutil.copytree(folder, other)
    answer = good("-C", other, "verify")
    assert answer.text.count(": yes") == 3
    code = json.loads((other / "published/2021Q3/poverty-relief/manifest.json").read_text("utf-8"))["code"]
    assert good("-C", other, "verify", "--against", code.lower().replace("-", " ")).code == 0
    wrong = run("-C", other, "verify", "--against", "0000-0000-0000-0000")
    assert wrong.code == 1
    assert "is not that of this folder" in wrong.text


@pytest.mark.parametrize("name", sorted(NAMES - {"manifest.json"}))
def test_a_changed_document_is_named(folder: Path, name: str) -> None:
    publish(folder, "--audience", "wall")
    path = folder / "published/2021Q3/poverty-relief" / name
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))
    answer = run("-C", folder, "verify")
    assert answer.code == 1
    assert f"{name} was changed after it was published" in answer.text
    assert "intact: NO" in answer.text


def edit(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize(
    ("change", "sentences"),
    [
        pytest.param(
            ("rules/poverty-relief.yaml", "grant: 8", "grant: 7"),
            ("rules/poverty-relief.yaml was changed", "P002: score=20.00 → 19.00"),
            id="rule",
        ),
        pytest.param(("members.csv", "P002,", "P0020,"), (), id="roster"),
    ],
)
def test_a_changed_input_is_named(folder: Path, change: tuple[str, str, str], sentences: tuple[str, ...]) -> None:
    publish(folder, "--audience", "wall")
    edit(folder, *change)
    answer = run("-C", folder, "verify")
    assert answer.code == 1
    assert [sentence for sentence in sentences if sentence not in answer.text] == []
    assert "reproducible: NO" in answer.text or "valid: NO" in answer.text


def test_a_changed_event_is_named_with_whom_it_concerns(folder: Path) -> None:
    publish(folder, "--audience", "wall")
    log = folder / "events" / "2021Q3.jsonl"
    lines = log.read_text("utf-8").splitlines(keepends=True)
    place, event = next((n, json.loads(line)) for n, line in enumerate(lines) if '"honour"' in line or "表彰" in line)
    names = {key: key for key in event}
    level = next(key for key in names if key in ("level", "级别"))
    event[level] = "区级" if event[level] != "区级" else "市级"
    lines[place] = json.dumps(event, ensure_ascii=False) + "\n"
    log.write_text("".join(lines), "utf-8")
    answer = run("-C", folder, "verify")
    assert answer.code == 1
    identity = event.get("id") or event.get("编号")
    assert f"event {identity} was changed" in answer.text
    assert "events/2021Q3.jsonl" not in answer.text


def test_an_unpublished_cell_that_changed_is_named_too(folder: Path) -> None:
    publish(folder, "--audience", "web")
    log = folder / "events" / "2021Q3.jsonl"
    text = log.read_text("utf-8")
    assert "签到表" in text
    log.write_text(text.replace("签到表", "签到簿", 1), "utf-8")
    answer = run("-C", folder, "verify")
    assert answer.code == 1
    assert re.search(r"event FP-\d+ was changed", answer.text)
    assert "reproducible: yes" in answer.text
    assert "intact: NO" in answer.text


def test_the_log_may_grow_and_members_may_move_later(folder: Path) -> None:
    publish(folder, "--audience", "wall")
    roster = folder / "members.csv"
    lines = roster.read_text("utf-8").splitlines(keepends=True)
    columns = lines[0].strip().split(",")
    cells = lines[1].rstrip("\n").split(",")
    until = next(place for place, title in enumerate(columns) if title in ("until", "截止日期"))
    cells[until] = "2021-11-30"
    roster.write_text("".join([lines[0], ",".join(cells) + "\n", *lines[2:]]), "utf-8")
    good(
        "-C",
        folder,
        "record",
        "--member",
        "P005",
        "--item",
        "volunteer",
        "--quantity",
        "2",
        "--date",
        "2021-10-02",
        "--evidence",
        "照片",
        "--by",
        "x",
    )
    answer = run("-C", folder, "verify")
    assert answer.code == 0, answer.text + answer.err


def test_a_masked_manifest_tells_no_results(folder: Path) -> None:
    publish(folder, "--audience", "web")
    manifest = json.loads((folder / "published/2021Q3/poverty-relief-web/manifest.json").read_text("utf-8"))
    assert all("=" not in line for line in manifest["results"].values())


def test_saving_again_in_another_form_does_not_cry_wolf(folder: Path) -> None:
    publish(folder, "--audience", "wall")
    roster = folder / "members.csv"
    roster.write_bytes(b"\xef\xbb\xbf" + roster.read_text("utf-8").replace("\n", "\r\n").encode())
    answer = run("-C", folder, "verify")
    assert "files were only saved again in another form" in answer.text
    assert "score=" not in answer.text


def test_nothing_published_is_overwritten(folder: Path) -> None:
    publish(folder, "--audience", "wall")
    first = content(folder / "published/2021Q3/poverty-relief")
    again = publish(folder, "--audience", "wall")
    assert again.code == 1
    assert "is there already" in again.err
    edit(folder, "rules/poverty-relief.yaml", "grant: 8", "grant: 7")
    amended = publish(folder, "--audience", "wall", "--amend", "规则有误")
    assert amended.code == 0, amended.err
    assert content(folder / "published/2021Q3/poverty-relief") == first
    out = folder / "published/2021Q3/poverty-relief-amended-1"
    changes = read(out / "changes.csv")
    assert {row["编号"] for row in changes} >= {"P001", "P002"}
    assert "更正：规则有误" in (out / "notice.html").read_text("utf-8")
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    assert manifest["options"]["amends"] == "规则有误"
    assert manifest["previous"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        pytest.param((), 2, "say --audience wall, web or internal", id="no-audience"),
        pytest.param(("--audience", "wall", "--with", "tea"), 2, "the documents are:", id="document"),
        pytest.param(("--audience", "wall", "--amend", "x"), 1, "there is nothing to amend", id="nothing-to-amend"),
        pytest.param(
            ("--audience", "wall", "--amend", "x", "--to", "out"),
            1,
            "there is nothing to amend",
            id="amended-elsewhere",
        ),
        pytest.param(("--audience", "wall", "--final", "--as-of", "2021-08-01"), 1, "cannot be final", id="final"),
    ],
)
def test_refusals(folder: Path, arguments: tuple[str, ...], code: int, words: str) -> None:
    answer = publish(folder, *arguments)
    assert answer.code == code
    assert words in answer.err
    assert not (folder / "published").exists()


def test_a_draft_says_so_everywhere(folder: Path) -> None:
    answer = publish(folder, "--audience", "wall", "--as-of", "2021-08-01")
    assert answer.code == 0
    out = folder / "published/2021Q3/poverty-relief"
    assert "未定稿" in (out / "notice.html").read_text("utf-8")
    assert "未定稿" in answer.err


def test_the_web_sees_masked_names(folder: Path) -> None:
    publish(folder, "--audience", "web")
    out = folder / "published/2021Q3/poverty-relief-web"
    names = (
        {row["姓名"] for row in read(folder / "members.csv")}
        if "姓名" in read(folder / "members.csv")[0]
        else {row["name"] for row in read(folder / "members.csv")}
    )
    for name in ("ranking.csv", "outcomes.csv", "notice.html"):
        text = (out / name).read_text("utf-8-sig")
        assert [one for one in names if one in text] == []
    assert not (out / "details.csv").exists()
    full = {row["总分"] for row in read(out / "ranking.csv")}
    assert full


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        pytest.param(
            "publish: {audiences: {internal: {names: masked}}}", "the internal ledger is never masked", id="i"
        ),
        pytest.param("publish: {phon: 1}", "phon", id="key"),
        pytest.param("publish: {audiences: {wall: hide}}", "hide", id="no-profile"),
        pytest.param("publish: {audiences: {wall: {bottom: no}}}", "write one of show, count, hide", id="word"),
    ],
)
def test_wrong_profiles(folder: Path, settings: str, words: str) -> None:
    (folder / "points.yaml").write_text(f"title: x\n{settings}\n", "utf-8")
    answer = publish(folder, "--audience", "wall")
    assert answer.code == 1
    assert words in answer.err
    assert "points.yaml:2" in answer.err
