from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from pointscli.app.ends import complete_ends
from pointscli.model.problem import Place, Problem
from tests.check.folders import EVENTS, MEMBERS, RULES, check, found, marks, write
from tests.cli.running import ROOT, run, run_process

TEN = (
    RULES.replace("settle: quarter", "settle: quarterly")
    .replace("{from: 2021-01-01}", "{from: 2021-02-30}")
    .replace("title: 党员积分", "titel: 党员积分")
    .replace("points: 2}", "points: ２}")
    .replace("points: 1}", "points: 1, max: 0x1, clause:　一}")
    + "    visit: {title: 探望, points: 1}\n"
    + "decimal: 2\n"
    + "grades:\n  - 优秀： 90\n"
)


def test_a_good_workspace(tmp_path: Path) -> None:
    answer = check(write(tmp_path))
    assert (answer.code, answer.text) == (0, "nothing wrong in 3 files\n")


COUNTS = {"x: 1\n": "1 error, 0 warnings\n", "x: 1\ny: 2\n": "2 errors, 0 warnings\n"}


@pytest.mark.parametrize("more", COUNTS)
def test_counts_are_english(more: str, tmp_path: Path) -> None:
    answer = check(write(tmp_path, {"rules/a.yaml": RULES + more}), "--max-findings", "1")
    assert answer.text.endswith(COUNTS[more])
    assert ("… and 1 more finding\n" in answer.text) == ("2 errors" in COUNTS[more])


def test_a_slip_that_ends_yaml_hides_nothing_behind_it(tmp_path: Path) -> None:
    names = {name for *_, name in marks(found(write(tmp_path, {"rules/a.yaml": TEN})))}
    assert {"unknown-word", "bad-date", "unknown-key", "bad-number", "full-width-space", "duplicate-key"} <= names


def test_places_before_and_after_a_mended_slip(tmp_path: Path) -> None:
    rules = RULES.replace("title: 走访, points: 1}", "title: 走访,　points: １, maxx: 3}")
    rows = found(write(tmp_path, {"rules/a.yaml": rules}))
    line = rules.split("\n")[8]
    expected = {name: line.index(text) + 1 for name, text in {"full-width-space": "　", "bad-number": "１"}.items()}
    expected["unknown-key"] = line.index("maxx") + 1
    assert {row["name"]: row["column"] for row in rows} == expected
    assert {row["line"] for row in rows} == {9}


def test_a_blank_whose_mending_would_break_the_line_hides_nothing(tmp_path: Path) -> None:
    rules = RULES.replace("title: 党员积分", "title: 办法:　试行") + "decimal: 2\n"
    assert marks(found(write(tmp_path, {"rules/a.yaml": rules}))) == [
        ("rules/a.yaml", 3, 11, "full-width-space"),
        ("rules/a.yaml", 10, 1, "unknown-key"),
    ]


def test_a_broken_rule_file_hides_no_other_findings(tmp_path: Path) -> None:
    second = RULES.replace("scheme: party", "scheme: other").replace("points: 2", "points: zwei")
    members = MEMBERS + "M3\n,王五\n"
    events = EVENTS + "E3,2021-13-01,M1,talk\nE4,2021-07-01,M9,talk\n"
    changed = {"rules/a.yaml": "language: [1\n", "rules/b.yaml": second, "members.csv": members, "events.csv": events}
    paths = {path for path, *_ in marks(found(write(tmp_path, changed)))}
    assert paths == {"rules/a.yaml", "rules/b.yaml", "members.csv", "events.csv"}


def test_what_follows_from_a_broken_rule_file_is_not_said(tmp_path: Path) -> None:
    names = {name for *_, name in marks(found(write(tmp_path, {"rules/a.yaml": "language: [1\n"})))}
    assert "unknown-item" not in names


def test_settings_do_not_stop_the_rest(tmp_path: Path) -> None:
    changed = {"points.yaml": "titel: x\nlanguage: fr\nmembers: nobody.csv\n", "rules/a.yaml": RULES + "x: 1\n"}
    rows = marks(found(write(tmp_path, changed)))
    assert {path for path, *_ in rows} == {"points.yaml", "rules/a.yaml"}
    assert len([path for path, *_ in rows if path == "points.yaml"]) == 3


def test_events_that_cannot_be_priced(tmp_path: Path) -> None:
    events = "date,member,item,points\n2021-07-01,M1,talk,3\n2021-07-01,M2,visit,\n"
    assert ("events.csv", 2, 20, "points-unused") in marks(found(write(tmp_path, {"events.csv": events})))


PATHS: dict[str, tuple[list[str], set[str]]] = {
    "a rule file": (["rules/a.yaml"], {"rules/a.yaml"}),
    "a folder": (["rules"], {"rules/a.yaml", "rules/b.yaml"}),
    "a table": (["events.csv"], {"events.csv"}),
    "two": (["events.csv", "rules/b.yaml"], {"events.csv", "rules/b.yaml"}),
    "the workspace": (["."], {"events.csv", "rules/a.yaml", "rules/b.yaml"}),
    "a file and its folder": (["rules", "rules/a.yaml"], {"rules/a.yaml", "rules/b.yaml"}),
}


@pytest.mark.parametrize("name", PATHS)
def test_named_files(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = RULES.replace("settle: quarter", "settle: x")
    events = EVENTS + "E3,2021-13-01,M1,talk\n"
    other = wrong.replace("scheme: party", "scheme: other")
    monkeypatch.chdir(write(tmp_path, {"rules/a.yaml": wrong, "rules/b.yaml": other, "events.csv": events}))
    given, expected = PATHS[name]
    assert {path for path, *_ in marks(found(Path(), *given))} == expected


def test_a_rule_file_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "draft.yaml").write_text(RULES + "x: 1\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert marks(found(Path(), "draft.yaml")) == [("draft.yaml", 10, 1, "unknown-key")]


def test_a_folder_that_is_no_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What looks like ours is checked, other programs' files and copies that we made are not."""
    wrong = RULES + "x: 1\n"
    files = {
        "a/draft.yaml": wrong,
        "a/compose.yaml": "services: [1\n",
        "a/data.csv": "x\n",
        "a/members-2020.csv": "id\nM1\n",
        "a/notes.txt": "x\n",
        "a/events/2021.csv": EVENTS + "E3,2021-13-01,M1,talk\n",
        "a/published/members.csv": "x\n",
        "a/.cache/members.csv": "x\n",
        "b/rules/a.yaml": wrong,
    }
    for name, text in files.items():
        path = tmp_path / "f" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    expected = {
        ("f/a/draft.yaml", "unknown-key"),
        ("f/a/members-2020.csv", "missing-column"),
        ("f/a/events/2021.csv", "bad-date"),
        ("f/b/rules/a.yaml", "unknown-key"),
    }
    assert {(path, name) for path, _, _, name in marks(found(Path(), "f"))} == expected
    assert {(path, name) for path, _, _, name in marks(found(Path(), "f", "f/b/rules/a.yaml"))} == expected


@pytest.mark.parametrize(("name", "finding"), [("points.yaml", "unknown-key"), ("rules/b.yaml", "unknown-word")])
def test_the_settings_or_a_file_beside_them(
    name: str, finding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = RULES.replace("settle: quarter", "settle: x").replace("scheme: party", "scheme: other")
    write(tmp_path / "w", {"points.yaml": "titel: x\n", "rules/b.yaml": wrong})
    monkeypatch.chdir(tmp_path)
    assert {(path, said) for path, _, _, said in marks(found(Path(), f"w/{name}"))} == {(f"w/{name}", finding)}


@pytest.mark.skipif(os.name == "nt", reason="Windows has neither")
def test_what_only_bears_the_name_of_a_rule_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "f"
    folder.mkdir()
    os.mkfifo(folder / "pipe.yaml")
    (folder / "gone.yaml").symlink_to(tmp_path / "nowhere.yaml")
    (folder / "round").symlink_to(folder)
    monkeypatch.chdir(tmp_path)
    rows = marks(found(Path(), "f"))
    assert rows == [("f/gone.yaml", 0, 0, "unreadable-file"), ("f/pipe.yaml", 0, 0, "unreadable-file")]


NOTHING = {"an empty folder": ("-C", "empty"), "one that is named": (), "no tables yet": ("-C", "begun")}


@pytest.mark.parametrize("options", NOTHING.values(), ids=NOTHING)
def test_nothing_to_check(options: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "begun" / "rules").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    answer = run(*options, "check", *(() if options else ("empty",)))
    assert (answer.code, answer.out) == (2, b"")
    assert f"there is nothing to check in {options[-1] if options else 'empty'}\n" in answer.err


def test_paths_can_be_opened_from_where_the_command_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "党支部", {"rules/a.yaml": RULES + "x: 1\n"})
    monkeypatch.chdir(tmp_path)
    for row in (found(Path("党支部"))[0], found(Path(), "党支部")[0], found(Path(), "党支部/rules/a.yaml")[0]):
        assert row["path"] == "党支部/rules/a.yaml"


def test_where_a_finding_ends_as_long_as_its_file_is_there(tmp_path: Path) -> None:
    problem = Problem("unknown-word", Place("rules/a.yaml", 5, 9), "x is not a word known here")
    write(tmp_path, {"rules/a.yaml": RULES.replace("settle: quarter", "settle: x # weekly")})
    assert complete_ends([problem], tmp_path) == [replace(problem, end=(5, 10))]
    (tmp_path / "rules" / "a.yaml").unlink()
    assert complete_ends([problem], tmp_path) == [problem]


CASES = """- name: 一课两分
  members: [{id: M1, name: 张三}]
  events: [{date: 2021-07-01, member: M1, item: talk}]
  period: 2021Q3
  expect: {members: {M1: 2}}
"""
TEST_FILES: dict[str, tuple[str, list[tuple[int, int, str]]]] = {
    "a list of cases": (CASES, []),
    "a mapping": ("members: [{id: M1}]\ntests: [{name: a, period: 2021Q3, expect: {members: {M1: 0}}}]\n", []),
    "a mapping without tests": ("members: [{id: M1}]\n", [(1, 1, "missing-key")]),
    "a list with a word": (CASES + "- 一课\n", [(6, 3, "wrong-type")]),
    "an unknown key": (CASES.replace("period", "perod"), [(4, 3, "unknown-key")]),
    "no such period": (CASES.replace("2021Q3", "2021Q7"), [(4, 11, "bad-period")]),
    "nothing expected": (CASES.replace("  expect: {members: {M1: 2}}\n", ""), [(1, 3, "missing-key")]),
    "the same name": (CASES + CASES, [(6, 3, "duplicate-name")]),
    "not YAML": (CASES.replace("[{id", "[{[id"), [(2, 31, "yaml-syntax")]),
    "a slip that can be mended": (CASES.replace("  period", "　period"), [(4, 1, "full-width-space")]),
    "a list of words": ("- tests\n", [(1, 3, "wrong-type")]),
    "no tests": ("members: [{id: M1}]\n", [(1, 1, "missing-key")]),
    "nothing": ("", [(1, 1, "empty-file")]),
    "a word": ("tests\n", [(1, 1, "wrong-type")]),
}


@pytest.mark.parametrize(("text", "expected"), TEST_FILES.values(), ids=TEST_FILES)
def test_a_test_file_is_checked_as_one(
    text: str, expected: list[tuple[int, int, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(write(tmp_path, {"rules/a.test.yaml": text}))
    rows = [row[1:] for row in marks(found(Path(), "rules/a.test.yaml"))]
    assert rows == expected


CODES: dict[str, tuple[dict[str, str], list[str], int]] = {
    "clean": ({}, [], 0),
    "an error": ({"rules/a.yaml": RULES + "x: 1\n"}, [], 1),
    "many errors": ({"rules/a.yaml": TEN}, [], 1),
    "a warning": ({"members.csv": MEMBERS + "M3,张三\n"}, [], 0),
    "a warning, strict": ({"members.csv": MEMBERS + "M3,张三\n"}, ["--strict"], 1),
    "an ignored warning, strict": ({"members.csv": MEMBERS + "M3,张三\n"}, ["--strict", "--ignore", "namesakes"], 0),
    "an error not selected": ({"rules/a.yaml": RULES + "x: 1\n"}, ["--select", "P4"], 0),
    "no such file": ({}, ["nothing.yaml"], 2),
    "no such format": ({}, ["--format", "xml"], 2),
    "no such code": ({}, ["--select", "zzz"], 2),
    "nothing to explain": ({}, ["--explain", "zzz"], 2),
    "explained": ({}, ["--explain", "unused-ignore"], 0),
}


@pytest.mark.parametrize("name", CODES)
def test_exit_code(name: str, tmp_path: Path) -> None:
    changed, arguments, code = CODES[name]
    assert check(write(tmp_path, changed), *arguments).code == code


def test_an_explanation_as_json(tmp_path: Path) -> None:
    (code,) = json.loads(check(tmp_path, "--explain", "P221", "--format", "json").out)
    text = check(tmp_path, "--explain", "P221").text
    assert text.startswith(f"{code['code']} [{code['name']}] {code['severity']}\n\n{code['what']}\n\n{code['why']}\n")
    assert f": {code['how']}\n" in text
    shown = {line[4:] for line in text.splitlines()}
    assert {
        line for files in (code["bad"], code["good"]) for one in files.values() for line in one.splitlines()
    } <= shown


def test_exit_codes_of_the_real_command(tmp_path: Path) -> None:
    write(tmp_path / "bad", {"rules/a.yaml": TEN})
    assert run_process("-C", tmp_path / "bad", "check").code == 1
    assert run_process("-C", tmp_path, "check", "none").code == 2
    assert run_process("--rules", "none.yaml", "-C", tmp_path / "bad", "check").code == 3


def test_most_findings_are_counted(tmp_path: Path) -> None:
    answer = check(write(tmp_path, {"rules/a.yaml": TEN}), "--max-findings", "1", "-f", "concise")
    lines = answer.text.splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("… and ")


def test_a_baseline_knows_what_moved(tmp_path: Path) -> None:
    folder = write(tmp_path / "w", {"rules/a.yaml": RULES + "x: 1\n"})
    known = tmp_path / "known.json"
    assert check(folder, "--write-baseline", known).code == 0
    (folder / "rules/a.yaml").write_text("# 新\n\n" + RULES + "x: 1\n", encoding="utf-8")
    assert check(folder, "--baseline", known).code == 0
    (folder / "rules/a.yaml").write_text(RULES + "x: 1\nz: 1\n", encoding="utf-8")
    assert [row["name"] for row in found(folder, "--baseline", str(known))] == ["unknown-key"]
    known.write_text("{}")
    assert check(folder, "--baseline", known).code == 3


def test_github_is_chosen_by_itself(tmp_path: Path) -> None:
    folder = write(tmp_path, {"rules/a.yaml": RULES + "x: 1\n"})
    assert run("-C", folder, "check", env={"GITHUB_ACTIONS": "true"}).text.startswith("::error ")


def test_several_formats(tmp_path: Path) -> None:
    folder = write(tmp_path / "w", {"rules/a.yaml": RULES + "x: 1\n"})
    one, two = tmp_path / "a.sarif", tmp_path / "a.xml"
    answer = check(folder, "-f", f"sarif:{one}", "-f", f"junit:{two}", "-f", "concise")
    assert (answer.code, answer.text.count("\n")) == (1, 1)
    assert one.read_text("utf-8").startswith("{")
    assert two.read_text("utf-8").startswith("<?xml")
    assert check(folder, "-f", "json", "-f", "text").code == 2


@pytest.mark.parametrize(
    ("settings", "name", "place"),
    [
        pytest.param("publish: {phon: 1}", "unknown-key", "points.yaml:1:11", id="publish-key"),
        pytest.param("publish: {audiences: {web: {names: none}}}", "bad-word", "points.yaml:1:36", id="publish-word"),
        pytest.param("import: {columns: {申报分: pionts}}", "bad-word", "points.yaml:1:", id="import-field"),
    ],
)
def test_settings_of_other_commands(settings: str, name: str, place: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples" / "community", tmp_path / "w")
    (tmp_path / "w" / "points.yaml").write_text(settings + "\n", "utf-8")
    answer = run("-C", tmp_path / "w", "check", "--format", "concise")
    assert answer.code == 1
    assert [line for line in answer.text.splitlines() if line.startswith(place) and name in line]
