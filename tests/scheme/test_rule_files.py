"""Several rule files together: which files count, versions of one scheme, copies, files that cannot be read."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pointscli.model.problem import FileError, Place
from pointscli.scheme.load import load_schemes
from pointscli.scheme.rule_files import scheme_paths
from tests.scheme.snippets import complete

NOBODY = 65534
NAMES = {
    "b.yaml": True,
    "a.yml": True,
    "支部.yaml": True,
    "UPPER.YAML": True,
    "tmp.yaml": True,
    "a.test.yaml": False,
    "a.test.yml": False,
    ".hidden.yaml": False,
    ".~lock.a.yaml": False,
    "~$a.yaml": False,
    "#a.yaml": False,
    "tmp_a.yaml": False,
    "a.yaml~": False,
    "a.yaml.bak": False,
    "a.bak.yaml": False,
    "a~.yaml": False,
    "a - 副本.yaml": False,
    "a - Copy.yaml": False,
    "notes.txt": False,
    "a.json": False,
}


def test_scheme_paths(tmp_path: Path) -> None:
    for name in NAMES:
        (tmp_path / name).write_text("")
    (tmp_path / "folder.yaml").mkdir()
    assert [path.name for path in scheme_paths(tmp_path)] == sorted(name for name, wanted in NAMES.items() if wanted)
    assert scheme_paths(tmp_path / "nowhere") == []


VERSIONS: dict[str, tuple[list[str], list[tuple[str, str, int, int]]]] = {
    "one after the other": (
        ["effective: {from: 2021-01-01, to: 2021-12-31}", "effective: {from: 2022-01-01}"],
        [],
    ),
    "with a hole between them": (
        ["effective: {from: 2021-01-01, to: 2021-03-31}", "effective: {from: 2022-01-01}"],
        [],
    ),
    "on the same day": (
        ["effective: {from: 2022-01-01}", "effective: {from: 2021-01-01, to: 2022-03-31}"],
        [("versions-overlap", "0.yaml", 1, 19)],
    ),
    "without end": (
        ["effective: {from: 2021-01-01}", "effective: {from: 2022-01-01}", "effective: {from: 2023-01-01}"],
        [("versions-overlap", "1.yaml", 1, 19), ("versions-overlap", "2.yaml", 1, 19)],
    ),
    "one inside the other": (
        [
            "effective: {from: 2021-01-01, to: 2023-12-31}",
            "effective: {from: 2022-01-01, to: 2022-03-31}",
            "effective: {from: 2023-01-01, to: 2023-03-31}",
        ],
        [("versions-overlap", "1.yaml", 1, 19), ("versions-overlap", "2.yaml", 1, 19)],
    ),
    "settled otherwise": (
        ["effective: {from: 2021-01-01, to: 2021-12-31}", "effective: {from: 2022-01-01}\nsettle: month"],
        [("versions-settle", "1.yaml", 2, 9)],
    ),
    "different schemes may overlap": (["scheme: a", "scheme: b\nsettle: month"], []),
    "a file with errors is not compared": (
        ["effective: {from: 2021-01-01}", "effective: {from: 2022-01-01}\ndecimals: 9"],
        [("bad-count", "1.yaml", 2, 11)],
    ),
}


@pytest.mark.parametrize(("texts", "expected"), [pytest.param(*case, id=name) for name, case in VERSIONS.items()])
def test_versions(tmp_path: Path, texts: list[str], expected: list[tuple[str, str, int, int]]) -> None:
    paths = [tmp_path / f"{number}.yaml" for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(complete(text), "utf-8")
    _, problems = load_schemes(paths, tmp_path)
    found = [(one.name, one.place.path, one.place.line, one.place.column) for one in problems]
    assert found == expected


def test_both_files_are_named(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules/old.yaml").write_text(complete(""), "utf-8")
    (tmp_path / "rules/new.yaml").write_text(complete("effective: {from: 2022-01-01}"), "utf-8")
    schemes, (problem,) = load_schemes(scheme_paths(tmp_path / "rules"), tmp_path)
    assert problem.place.path == "rules/new.yaml"
    assert "rules/old.yaml" in problem.text(problem.message)
    assert len(schemes) == 2


def test_copies(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml", "c.yaml"):
        (tmp_path / name).write_text(complete("" if name != "b.yaml" else "scheme: b"), "utf-8")
    paths = [*scheme_paths(tmp_path), tmp_path / "b.yaml"]
    schemes, problems = load_schemes(paths, tmp_path)
    assert [scheme.id for scheme in schemes] == ["case", "b"]
    assert [(one.name, one.place, one.text(one.message)) for one in problems] == [
        ("same-file-twice", Place("b.yaml", 1, 1), "this file is the same as b.yaml"),
        ("same-file-twice", Place("c.yaml", 1, 1), "this file is the same as a.yaml"),
    ]


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "folder.yaml").mkdir()
    schemes, problems = load_schemes([tmp_path / "gone.yaml", tmp_path / "folder.yaml"], tmp_path)
    assert schemes == []
    assert [(one.name, one.place) for one in problems] == [
        ("unreadable-file", Place("folder.yaml")),
        ("unreadable-file", Place("gone.yaml")),
    ]


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody can get to, unlike those of other tests."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@contextmanager
def nobody() -> Iterator[None]:
    """As a user who may read only what everybody may: root may read everything."""
    was = os.geteuid()
    if was == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(was)


def test_a_file_that_may_not_be_read(open_folder: Path) -> None:
    path = open_folder / "a.yaml"
    path.write_text(complete(""), "utf-8")
    path.chmod(0)
    with nobody():
        schemes, (problem,) = load_schemes(scheme_paths(open_folder), open_folder)
    assert schemes == []
    assert (problem.name, problem.place) == ("unreadable-file", Place("a.yaml"))
    assert problem.text(problem.message) == "you may not read this rule file"


def test_a_folder_that_may_not_be_listed(open_folder: Path) -> None:
    rules = open_folder / "rules"
    rules.mkdir(mode=0o111)
    with nobody(), pytest.raises(FileError) as caught:
        scheme_paths(rules)
    rules.chmod(0o755)
    assert (caught.value.path, caught.value.reason) == (rules.as_posix(), "the folder cannot be listed ({why})")
    assert caught.value.args_ == {"why": "Permission denied"}


def test_empty_files_are_not_copies_of_each_other(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text("")
    _, problems = load_schemes(scheme_paths(tmp_path), tmp_path)
    assert [one.name for one in problems] == ["empty-file", "empty-file"]


def test_paths_are_shown_below_the_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules/a.yaml").write_text("- x\n")
    monkeypatch.chdir(tmp_path / "rules")
    for path, root in [(Path("a.yaml"), tmp_path), (tmp_path / "rules/a.yaml", Path("..")), (Path("a.yaml"), Path())]:
        _, problems = load_schemes([path], root)
        assert problems[0].place.path == ("a.yaml" if root == Path() else "rules/a.yaml")
    (tmp_path / "b.yaml").write_text("- x\n")
    _, problems = load_schemes([Path("./../b.yaml")], tmp_path / "rules")
    assert problems[0].place.path == "../b.yaml"
