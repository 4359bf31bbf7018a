"""`points rules diff`: what a change of the rules is, which way it goes, and whom it moves."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from pointscli.inputs import git_files
from tests.case_files import Record
from tests.cli.running import ROOT, good, run, write_csv
from tests.rules import whole_outputs

EXAMPLES = ROOT / "examples"
SNAPSHOTS = ("diff-finance.txt", "diff-finance.md")
HEAD = "language: 1\nscheme: case\ntitle: 办法\neffective: {from: 2021-01-01}\nsettle: quarter\nrollup: {year: sum}\n"
BASE: dict[str, str] = {
    "a": "title: 甲, points: 2, max: {year: 10}",
    "b": "title: 乙, points: {levels: {省: 8, 市: 4}}, combine: {highest: year}",
    "c": "title: 丙, points: -1, free: 1",
    "d": "title: 丁, points: {count: [-1, -3], per: year}",
    "e": "title: 戊, points: {from: 1, to: 5}, times: 3",
    "g": "title: 己, grant: 10, points: -2, min: 0",
    "veto": "title: 否决, ceiling: {of: score, at: 60}",
}


def write(path: Path, leaves: dict[str, str], rest: str = "") -> Path:
    """A scheme with these leaf items in one section."""
    items = "".join(f"        {name}: {{{text}}}\n" for name, text in leaves.items())
    path.write_text(f"{HEAD}score:\n  items:\n    part:\n      title: 部分\n      items:\n{items}{rest}", "utf-8")
    return path


def changes(tmp_path: Path, new: dict[str, str | None], old_rest: str = "", rest: str = "") -> list[Record]:
    """The changes from BASE to BASE with these leaf items instead (None: removed)."""
    leaves = {name: text for name, text in {**BASE, **new}.items() if text is not None}
    before, after = write(tmp_path / "old.yaml", BASE, old_rest), write(tmp_path / "new.yaml", leaves, rest)
    found: list[Record] = good("rules", "diff", before, after, "-f", "json").json["changes"]
    return found


CASES: dict[str, tuple[dict[str, str | None], list[tuple[str, str, str]]]] = {
    "nothing": ({}, []),
    "more points": ({"a": "title: 甲, points: 3, max: {year: 10}"}, [("a.points", "changed", "loosens")]),
    "written otherwise": ({"a": 'title: 甲, points: "2.0", max: {year: 10.00}'}, []),
    "lower bound on top": ({"a": "title: 甲, points: 2, max: {year: 8}"}, [("a.max.year", "changed", "tightens")]),
    "no bound": ({"a": "title: 甲, points: 2"}, [("a.max.year", "removed", "loosens")]),
    "one level": (
        {"b": "title: 乙, points: {levels: {省: 6, 市: 5}}, combine: {highest: year}"},
        [("b.points.levels.省", "changed", "tightens"), ("b.points.levels.市", "changed", "loosens")],
    ),
    "every event counts": (
        {"b": "title: 乙, points: {levels: {省: 8, 市: 4}}"},
        [("b.combine", "removed", "loosens")],
    ),
    "no allowance": ({"c": "title: 丙, points: -1"}, [("c.free.quarter", "removed", "tightens")]),
    "harder deduction": (
        {"d": "title: 丁, points: {count: [-1, -4], per: year}"},
        [("d.points.count.2", "changed", "tightens")],
    ),
    "fewer times": (
        {"e": "title: 戊, points: {from: 1, to: 5}, times: 2"},
        [("e.times.quarter", "changed", "tightens")],
    ),
    "another form": ({"e": "title: 戊, points: 3, times: 3"}, [("e.points", "changed", "changes")]),
    "another form, never less": (
        {"a": "title: 甲, points: {levels: {省: 3, 市: 2}}, max: {year: 10}"},
        [("a.points", "changed", "loosens")],
    ),
    "another form, never more": (
        {"c": "title: 丙, points: {levels: {轻: -1, 重: -2}}, free: 1"},
        [("c.points", "changed", "tightens")],
    ),
    "a price taken away": ({"g": "title: 己, grant: 10, min: 0"}, [("g.points", "removed", "loosens")]),
    "another form of grant": (
        {"g": "title: 己, grant: {by: kind, values: {full: 12}, default: 10}, points: -2, min: 0"},
        [("g.grant", "changed", "loosens")],
    ),
    "a grant for fewer": (
        {"g": "title: 己, grant: {by: kind, values: {full: 12}}, points: -2, min: 0"},
        [("g.grant", "changed", "changes")],
    ),
    "a grant of another window": (
        {"g": "title: 己, grant: {points: 10, per: year}, points: -2, min: 0"},
        [("g.grant.per", "changed", "changes")],
    ),
    "another veto": ({"no": "title: 新否决, ceiling: {of: score, at: 0}"}, [("no", "added", "tightens")]),
    "an item that gives and takes": (
        {"f": "title: 新, points: {levels: {好: 1, 差: -1}}"},
        [("f", "added", "changes")],
    ),
    "an item with a grant": ({"f": "title: 新, grant: 5"}, [("f", "added", "loosens")]),
    "a start that is deducted from": ({"g": None}, [("g", "removed", "changes")]),
    "evidence": (
        {"e": "title: 戊, points: {from: 1, to: 5}, times: 3, evidence: required"},
        [("e.evidence", "added", "tightens")],
    ),
    "no floor": ({"g": "title: 己, grant: 10, points: -2"}, [("g.min.quarter", "removed", "tightens")]),
    "grant": ({"g": "title: 己, grant: 12, points: -2, min: 0"}, [("g.grant", "changed", "loosens")]),
    "ceiling": ({"veto": "title: 否决, ceiling: {of: score, at: 40}"}, [("veto.ceiling.at", "changed", "tightens")]),
    "removed deduction": ({"c": None}, [("c", "removed", "loosens")]),
    "added item": ({"f": "title: 新, points: 1"}, [("f", "added", "loosens")]),
    "a section in a section": (
        {
            "s": "title: 新, items: {x: {title: 一, points: 1}, "
            "t: {title: 二, max: 3, items: {y: {title: 三, points: 2}}}}"
        },
        [("s", "added", "neutral"), ("t", "added", "changes"), ("x", "added", "loosens"), ("y", "added", "loosens")],
    ),
    "new title": ({"a": "title: 甲项, points: 2, max: {year: 10}"}, [("a.title", "changed", "neutral")]),
    "renamed": (
        {"a": None, "alpha": "title: 甲, points: 2, max: {year: 9}"},
        [("alpha", "renamed", "neutral"), ("alpha.max.year", "changed", "tightens")],
    ),
    "renamed and retitled": (
        {"a": None, "alpha": "title: 新甲, points: 2, max: {year: 10}"},
        [("alpha", "renamed", "neutral"), ("alpha.title", "changed", "neutral")],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_nodes(name: str, tmp_path: Path) -> None:
    new, expected = CASES[name]
    found = changes(tmp_path, new)
    names = [(".".join(filter(None, (one["id"], one["key"]))), one["kind"], one["class"]) for one in found]
    assert sorted(names) == sorted(expected)


RESULTS: dict[str, tuple[str, str, list[tuple[str, str]]]] = {
    "grade": ("grades: {优: 90, 差: null}", "grades: {优: 85, 差: null}", [("grades.优", "loosens")]),
    "star": ("stars: {5: 95}", 'stars: {5: ">95"}', [("stars.5", "tightens")]),
    "where": (
        'outcomes: {o: {title: 表, where: {score: ">= 90"}}}',
        'outcomes: {o: {title: 表, where: {score: ">= 95"}, except: [c]}}',
        [("outcomes.o.where.score.>=", "tightens"), ("outcomes.o.except.c", "tightens")],
    ),
    "top": (
        "outcomes: {o: {title: 表, top: 3}}",
        "outcomes: {o: {title: 表, top: 5}}",
        [("outcomes.o.top", "loosens")],
    ),
    "numbers of places of groups, and what is done": (
        "outcomes: {o: {title: 表, within: branch, top: {一: 2}}}",
        "outcomes: {o: {title: 表, within: branch, top: {一: 3, 二: 1}, ties: exclude, action: 表扬}}",
        [
            ("outcomes.o.top.一", "loosens"),
            ("outcomes.o.top.二", "loosens"),
            ("outcomes.o.ties", "tightens"),
            ("outcomes.o.action", "neutral"),
        ],
    ),
    "where neither more nor less is better": (
        "outcomes: {o: {title: 表, where: {a: 1}}}",
        "outcomes: {o: {title: 表, where: {a: 2}}}",
        [("outcomes.o.where.a.=", "changes")],
    ),
    "new list": ("", "outcomes: {o: {title: 表, top: 5}}", [("outcomes.o", "loosens")]),
    "new list of the last": ("", "outcomes: {o: {title: 谈, bottom: 5}}", [("outcomes.o", "tightens")]),
    "no list of the low": ('outcomes: {o: {title: 谈, where: {score: "< 60"}}}', "", [("outcomes.o", "loosens")]),
    "new list of the middle": (
        "",
        'outcomes: {o: {title: 中, where: {score: [">= 60", "< 80"]}}}',
        [("outcomes.o", "changes")],
    ),
    "more of the last": (
        "outcomes: {o: {title: 谈, bottom: 3, only: {kind: [full]}}}",
        "outcomes: {o: {title: 谈, bottom: 5}}",
        [("outcomes.o.bottom", "tightens"), ("outcomes.o.only.kind", "tightens")],
    ),
    "a list to confirm": (
        "review: {stages: {x: 甲, y: 乙}, counts_from: x}\noutcomes: {o: {title: 表, top: 5}}",
        "review: {stages: {x: 甲, y: 乙}, counts_from: x}\noutcomes: {o: {title: 评, top: 5, confirm: y}}",
        [("outcomes.o.title", "neutral"), ("outcomes.o.confirm", "tightens")],
    ),
    "ties": ("ranking: {ties: dense}", "ranking: {ties: competition}", [("ranking.ties", "changes")]),
    "ranked": (
        "ranking: {ties: dense, only: {kind: [full, probationary]}}",
        "ranking: {ties: dense, within: branch, only: {kind: [full]}}",
        [("ranking.within", "changes"), ("ranking.only.kind", "tightens")],
    ),
    "active": ("active: whole", "active: any", [("active", "loosens")]),
    "active at another time": ("active: start", "active: end", [("active", "changes")]),
    "rounding": ("", "decimals: 1\nrounding: down", [("decimals", "changes"), ("rounding", "changes")]),
    "a stage more": (
        "review: {stages: {x: 甲, y: 乙}, counts_from: x}",
        "review: {stages: {x: 初, y: 乙, z: 丙}, counts_from: x, objection: suspended}",
        [("review.stages.x", "neutral"), ("review.stages.z", "changes"), ("review.objection", "changes")],
    ),
    "longer to spend": (
        "redemption: {opens: quarter, expires: year, gifts: {g: {title: 巾, cost: 5}}}",
        "redemption: {opens: month, expires: never, gifts: {g: {title: 巾, cost: 5}}}",
        [("redemption.opens", "loosens"), ("redemption.expires", "loosens")],
    ),
    "gift": (
        "redemption: {gifts: {g: {title: 巾, cost: 5}}}",
        "redemption: {gifts: {g: {title: 巾, cost: 6, stock: 3}}}",
        [("redemption.gifts.g.cost", "tightens"), ("redemption.gifts.g.stock", "tightens")],
    ),
    "what goes into the next year": (
        "carry: {into: a, share: 20%}",
        "carry: {into: b, share: 30%, max: 5}",
        [("carry.into", "changes"), ("carry.share", "loosens"), ("carry.max", "tightens")],
    ),
    "nothing goes into the next year": (
        "carry: {into: a}",
        "",
        [("carry.into", "changes"), ("carry.share", "tightens")],
    ),
    "a derived column": (
        "derive: {i: {title: 指, of: a, to: 5}, j: {title: 数, of: a, to: 5, within: branch}}",
        "derive: {i: {title: 指, of: a, to: 6}, j: {title: 数, of: a, to: 5}}",
        [("derive.i.to", "loosens"), ("derive.j.within", "changes")],
    ),
    "stage": (
        "review: {stages: {x: 甲, y: 乙}, counts_from: x}",
        "review: {stages: {x: 甲, y: 乙}, counts_from: y}",
        [("review.counts_from", "tightens")],
    ),
    "who": ("members: {kind: [正式党员]}", "members: {kind: [正式党员, 预备党员]}", [("members.kind", "loosens")]),
    "others": ("members: {kind: [正式党员]}", "members: {kind: [预备党员]}", [("members.kind", "changes")]),
    "not everybody": ("", "members: {kind: [正式党员]}", [("members.kind", "tightens")]),
}


@pytest.mark.parametrize("name", RESULTS)
def test_results(name: str, tmp_path: Path) -> None:
    old, new, expected = RESULTS[name]
    found = changes(tmp_path, {}, old + "\n", new + "\n")
    named = [(".".join(filter(None, (one["id"], one["key"]))), one["class"]) for one in found]
    assert sorted(named) == sorted(expected)


def test_moved_and_renamed_in_references(tmp_path: Path) -> None:
    head = HEAD + "ranking: {ties: dense, tie_break: [%s]}\nscore:\n  items:\n"
    first = "    one: {title: 一, items: {%s: {title: 甲, points: 1}, b: {title: 乙, points: 1}}}\n"
    second = "    two: {title: 二, items: {c: {title: 丙, points: 1}%s}}\n"
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    old.write_text(head % "a" + first % "a" + second % "", "utf-8")
    new.write_text(
        head % "z" + (first % "z").replace(", b: {title: 乙, points: 1}", "") + second % ", b: {title: 乙, points: 1}",
        "utf-8",
    )
    found = good("rules", "diff", old, new, "-f", "json").json["changes"]
    assert [(one["id"], one["kind"], one["old"], one["new"]) for one in found] == [
        ("z", "renamed", "a", "z"),
        ("b", "moved", "一", "二"),
    ]
    assert [(one["old_place"]["line"], one["new_place"]["line"]) for one in found] == [(10, 10), (10, 11)]


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "core.autocrlf=false")
    subprocess.run(["git", "-C", folder, *identity, *arguments], check=True, capture_output=True)  # noqa: S607


@pytest.fixture
def finance(tmp_path: Path) -> Path:
    """A workspace under git whose rule file has been changed since the commit."""
    folder = tmp_path / "办公 室"
    shutil.copytree(EXAMPLES / "finance-bureau", folder)
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "first")
    path = folder / "rules" / "finance-bureau.yaml"
    text = path.read_text("utf-8")
    edits = {
        "times: {month: 4}": "times: {month: 2}",
        "市级: 8, 县级: 5, 局级: 3}": "市级: 10, 县级: 6, 局级: 2}",
        "        party_day:\n": "        theme_day:\n",
        "weight: 0.04": "weight: 0.05",
        "    top: 1\n": "    top: 2\n",
        "        late:\n          title: 迟到早退\n          clause: 第五条（二）\n          points: -0.5\n": "",
    }
    for before, after in edits.items():
        assert text.count(before) == 1
        text = text.replace(before, after)
    path.write_text(text, "utf-8")
    return folder


def test_a_revision_and_a_log(finance: Path) -> None:
    sides = ("rules", "diff", "git:HEAD", "rules/finance-bureau.yaml", "--year", "2021", "--as-of", "2021-12-31")
    whole_outputs.compare("diff-finance.txt", good("-C", finance, *sides).text)
    whole_outputs.compare("diff-finance.md", good("-C", finance, *sides, "--format", "markdown").text)
    chinese = good("--lang", "zh", "-C", finance, *sides).text
    rows, english = (re.findall(r"F\d{3}.*", text) for text in (chinese, good("-C", finance, *sides).text))
    assert [row.split() for row in rows] == [row.split() for row in english]
    effects = good("-C", finance, *sides, "-f", "json").json["effects"]
    path = finance / "rules" / "finance-bureau.yaml"
    tallies = []
    git(finance, "stash")
    for turn in ("old", "new"):
        if turn == "new":
            git(finance, "stash", "pop")
        shown = ("-C", finance, "tally", "--year", "2021", "--as-of", "2021-12-31", "--skip-invalid", "-f", "json")
        tallies.append({one["member"]: one for one in good(*shown).json["members"]})
    assert path.exists()
    moved = {one["member"]: one for one in effects["moved"]}
    for member, old in tallies[0].items():
        if member in moved:
            assert moved[member]["score"]["old"] == old["score"]
            assert moved[member]["rank"]["old"] == old["rank"]
    assert effects["attributed"] is True
    assert {cause["part"] for one in moved.values() for cause in one["because"]} >= {
        "article.times",
        "peer_mark.weight",
    }


def test_snapshots_are_used() -> None:
    whole_outputs.prune("diff-", SNAPSHOTS)


def test_one_cause_explains_the_whole(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    rest = "ranking: {ties: dense}\nstars: {1: 5}\noutcomes: {best: {title: 佳, top: 1}}\n"
    write(tmp_path / "rules" / "case.yaml", BASE, rest)
    new = write(tmp_path / "new.yaml", {**BASE, "a": "title: 甲, points: 1, max: {year: 10}"}, rest)
    write_csv(tmp_path / "members.csv", [{"id": "M1", "name": "甲"}, {"id": "M2", "name": "乙"}])
    rows = [("M1", "a", "3"), ("M2", "e", "")]
    write_csv(
        tmp_path / "events.csv",
        [
            {"id": f"E{n}", "date": "2021-02-01", "member": m, "item": i, "quantity": q, "points": "4" * (i == "e")}
            for n, (m, i, q) in enumerate(rows)
        ],
    )
    found = good("-C", tmp_path, "rules", "diff", "rules/case.yaml", new, "--quarter", "2021Q1", "-f", "json").json
    first, second = found["effects"]["moved"]
    assert (first["member"], first["score"]["old"] - first["score"]["new"]) == ("M1", 3)
    assert first["because"] == [{"part": "a.points", "change": -3, "rules": ["new.yaml:12"]}]
    assert (first["lost"], second["gained"]) == (["best"], ["best"])
    assert second["change"] == 0
    assert second["because"] == [{"part": "a.points", "change": 0, "rules": ["new.yaml:12"]}]


def test_a_revision_with_extends(tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    (rules / "common").mkdir(parents=True)
    write(rules / "common" / "base.yaml", BASE)
    own = "extends: common/base.yaml\nscheme: mine\ntitle: 细则\neffective: {from: 2021-01-01}\n"
    (rules / "mine.yaml").write_text(own, "utf-8")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "first")
    write(rules / "common" / "base.yaml", {**BASE, "a": "title: 甲, points: 2, max: {year: 12}"})
    found = good("-C", tmp_path, "rules", "diff", "git:HEAD", "rules/mine.yaml", "-f", "json").json
    assert [(one["id"], one["key"], one["class"]) for one in found["changes"]] == [("a", "max.year", "loosens")]
    assert found["changes"][0]["old_place"]["path"] == "HEAD:rules/common/base.yaml"
    same = good("-C", tmp_path, "rules", "diff", "git:HEAD:rules/mine.yaml", "git:HEAD").text
    assert "the two say the same" in same


@pytest.mark.parametrize(
    ("old", "new", "code", "said"),
    [
        ("git:nope", "old.yaml", 2, "does not know the revision nope"),
        ("git:--help", "old.yaml", 2, "does not know the revision"),
        ("git:HEAD:missing.yaml", "old.yaml", 3, "no such file in this revision"),
        ("git:", "old.yaml", 2, "names no revision"),
        ("git:HEAD", "git:HEAD", 2, "no rule file"),
        ("missing.yaml", "old.yaml", 3, "no such rule file"),
    ],
)
def test_refusals(old: str, new: str, code: int, said: str, tmp_path: Path) -> None:
    write(tmp_path / "old.yaml", BASE)
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "first")
    answer = run("-C", tmp_path, "rules", "diff", old, new)
    assert (answer.code, said in answer.err) == (code, True), answer.err


def test_outside_a_repository_and_without_git(tmp_path: Path) -> None:
    path = write(tmp_path / "old.yaml", BASE)
    outside = run("rules", "diff", "git:HEAD", path)
    assert outside.code == 2
    assert "is not in a git repository" in outside.err
    without = run("rules", "diff", "git:HEAD", path, env={"PATH": str(tmp_path)})
    assert without.code == 3
    assert "git: the program is not installed" in without.err


def test_git_that_does_not_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(git_files, "_SECONDS", 0.05)
    path = write(tmp_path / "old.yaml", BASE)
    waits = tmp_path / "git"
    waits.write_text("#!/bin/sh\nexec sleep 60\n", "utf-8")
    waits.chmod(0o755)
    answer = run("rules", "diff", "git:HEAD", path, env={"PATH": f"{tmp_path}:{os.environ['PATH']}"})
    assert (answer.code, answer.err) == (3, "git: the program does not answer\n    try again\n")


def test_files_of_a_revision_that_lead_elsewhere(tmp_path: Path) -> None:
    space = tmp_path / "space"
    space.mkdir()
    outside = write(tmp_path / "outside.yaml", BASE)
    (space / "link.yaml").symlink_to(outside)
    own = "extends: %s\nscheme: mine\ntitle: 细则\neffective: {from: 2021-01-01}\n"
    for name, base in {"away": "../outside.yaml", "one": "two.yaml", "two": "one.yaml"}.items():
        (space / f"{name}.yaml").write_text(own % base, "utf-8")
    git(space, "init", "-q")
    git(space, "add", ".")
    git(space, "commit", "-qm", "first")
    for name, code, said in (
        ("link.yaml", 2, "link.yaml lies outside the repository\n    name a file of the repository\n"),
        ("away.yaml", 1, "[extends-outside]"),
        ("one.yaml", 1, "[extends-circle]"),
    ):
        answer = run("-C", space, "rules", "diff", "git:HEAD", name)
        assert (answer.code, answer.out, said in answer.err) == (code, b"", True), answer.err


def test_a_broken_roster(tmp_path: Path) -> None:
    path = write(tmp_path / "old.yaml", BASE)
    write_csv(tmp_path / "members.csv", [{"id": "M1", "name": "甲"}, {"id": "M1", "name": "乙"}])
    write_csv(tmp_path / "events.csv", [{"id": "E1", "date": "2021-02-01", "member": "M1", "item": "a"}])
    answer = run("-C", tmp_path, "rules", "diff", path, path, "--year", "2021")
    assert (answer.code, answer.out) == (1, b"")
    assert "members.csv:3:" in answer.err


def test_a_broken_side_and_no_log(tmp_path: Path) -> None:
    path = write(tmp_path / "old.yaml", BASE)
    (tmp_path / "new.yaml").write_text("language: 1\n", "utf-8")
    assert run("rules", "diff", path, tmp_path / "new.yaml").code == 1
    answer = run("-C", tmp_path, "rules", "diff", path, path, "--year", "2021")
    assert answer.code == 2
    assert "no roster" in answer.err
    (tmp_path / "points.yaml").write_text("titel: x\nlanguage: fr\n", "utf-8")
    answer = run("-C", tmp_path, "rules", "diff", path, path, "--year", "2021")
    assert (answer.code, answer.out) == (1, b"")
    assert "points.yaml:1:1: error P201 [unknown-key]" in answer.err
    assert "points.yaml:2:11: error P490 [bad-word]" in answer.err


SHIPPED = sorted(path for path in (ROOT / "rules").glob("*.yaml") if ".test" not in path.suffixes)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_scheme_and_itself(path: Path) -> None:
    found = good("rules", "diff", path, path, "--format", "json").json
    assert (set(found["counts"].values()), found["changes"]) == ({0}, [])


def test_files(tmp_path: Path) -> None:
    path = write(tmp_path / "old.yaml", BASE)
    for name, start in {"a.md": "### ", "a.json": '{"format": 1', "a.txt": "old.yaml → old.yaml"}.items():
        good("-C", tmp_path, "rules", "diff", path, path, "-o", tmp_path / name)
        assert (tmp_path / name).read_text("utf-8").startswith(start)
    assert run("rules", "diff", path, path, "-o", tmp_path / "a.pdf").code == 2


def test_another_scheme_id_and_another_year(tmp_path: Path) -> None:
    """The same log is priced by both, though one has another id and is not in force in the period."""
    (tmp_path / "rules").mkdir()
    old = write(tmp_path / "rules" / "case.yaml", BASE)
    new = write(tmp_path / "new.yaml", {**BASE, "a": "title: 甲, points: 3, max: {year: 10}"})
    text = (
        new.read_text("utf-8")
        .replace("scheme: case", "scheme: next")
        .replace("2021-01-01", "2022-01-01, to: 2022-12-31")
    )
    new.write_text(text, "utf-8")
    write_csv(tmp_path / "members.csv", [{"id": "M1", "name": "甲"}])
    write_csv(tmp_path / "events.csv", [{"id": "E1", "date": "2021-02-01", "member": "M1", "item": "a"}])
    found = good("-C", tmp_path, "rules", "diff", old, new, "--year", "2021", "-f", "json").json
    assert found["effects"]["rows_refused"] == [0, 0]
    assert [one["change"] for one in found["effects"]["moved"]] == [1]
    assert [(one["key"], one["class"]) for one in found["changes"]] == [
        ("scheme", "neutral"),
        ("effective.from", "neutral"),
        ("effective.to", "neutral"),
        ("points", "loosens"),
    ]
