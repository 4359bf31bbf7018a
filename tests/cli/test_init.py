"""`points init`: every template, with a sample and empty, gives a workspace that works at once."""

from __future__ import annotations

import os
import shlex
import tomllib
from pathlib import Path

import pytest
import yaml

from pointscli.app.init import TEMPLATES
from pointscli.app.publish_profile import check_publishing
from pointscli.app.workspace import KEYS
from pointscli.journal.new_folder import fill_folder
from pointscli.model.problem import FileError
from tests.cli.running import ENGLISH, ROOT, Answer, good, run, run_process

PERIOD = ("--quarter", "2021Q1")
EXPECTED = "unused-items,unused-levels,list-of-everybody"
"""What a sample of eight people draws: it uses few of the rules, and lists are longer than a small branch."""
SHIPPED = sorted(path.name.split(".")[0] for path in (ROOT / "rules").glob("*.test.yaml"))


def make(folder: Path, template: str, *options: str, env: dict[str, str] | None = None) -> Answer:
    return good("init", folder, "--template", template, *options, env=env)


def ignoring(names: str) -> list[str]:
    return [option for name in names.split(",") for option in ("--ignore", name)]


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_every_shipped_scheme_has_a_template() -> None:
    assert sorted(TEMPLATES) == SHIPPED
    lines = good("init", "--list").text.splitlines()
    assert [line.split()[0] for line in lines] == list(TEMPLATES)
    assert lines[0].split() == ["community", "社区党员量化积分管理办法"]


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_sample_works_at_once(template: str, tmp_path: Path) -> None:
    folder = tmp_path / "w"
    answer = make(folder, template)
    rules = {f"rules/{name}{ending}" for name in TEMPLATES[template] for ending in (".yaml", ".test.yaml")}
    assert files(folder) >= {"points.yaml", "members.csv", "events.csv", *rules}
    for name in rules:
        assert (folder / name).read_bytes() == (ROOT / name).read_bytes()
    written = [line.split()[0] for line in answer.text.splitlines() if line.startswith("  ") and line[2] != " "]
    assert sorted(written) == sorted(files(folder))
    good("-C", folder, "check", "--strict", *ignoring(EXPECTED))
    for scheme in TEMPLATES[template]:
        listed = good("-C", folder, "tally", *PERIOD, "--scheme", scheme, "--format", "json").json["members"]
        assert len({row["score"] for row in listed}) > 1
        assert listed[0]["score"] > listed[-1]["score"]


@pytest.mark.parametrize("template", TEMPLATES)
def test_an_empty_one_has_headings_only(template: str, tmp_path: Path) -> None:
    sample, empty = tmp_path / "sample", tmp_path / "empty"
    make(sample, template)
    make(empty, template, "--empty")
    assert files(sample) == files(empty)
    for path in sorted(empty.glob("*.csv")):
        assert path.read_bytes() == (sample / path.name).read_bytes().split(b"\n")[0] + b"\n"
    good("-C", empty, "check", "--strict", *ignoring(f"{EXPECTED},no-records"))
    assert (empty / "points.yaml").read_bytes() == (sample / "points.yaml").read_bytes()


def test_the_next_steps_are_commands_that_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = make(tmp_path / "党 支部", "social-insurance", env={"POINTS_LANG": "en"})
    assert "The sample in it, 8 members and 25 events of 2021Q1, is invented." in answer.text
    shown = [line.strip() for line in answer.text.splitlines() if line.strip().startswith("points -C")]
    tally = next(line for line in shown if " tally " in line)
    assert tally.endswith('党 支部" tally --quarter 2021Q1 --scheme social-insurance')
    assert [line.split('" ')[1].split()[0] for line in shown] == ["tally", "explain", "rules", "check", "record"]
    monkeypatch.chdir(tmp_path)
    for line in (shown[0], shown[1], shown[3]):  # the rules' tests run elsewhere
        good(*shlex.split(line)[1:])
    empty = make(tmp_path / "e", "community", "--empty").text
    assert "invented" not in empty
    assert empty.splitlines()[-1].strip().endswith("e tally")


def test_the_settings_explain_every_key(tmp_path: Path) -> None:
    for language in ("zh", "en"):
        folder = tmp_path / language
        make(folder, "community", "--language", language)
        text = (folder / "points.yaml").read_text("utf-8")
        assert yaml.safe_load(text) == {"title": "社区党员量化积分管理办法", "language": language}
        settings = [line.removeprefix("# ") for line in text.splitlines() if ":" in line and "  #" not in line]
        assert [key for key in KEYS if not any(line.startswith(f"{key}:") for line in settings)] == []
        opened = text.replace("# import:", "import:").replace("# publish:", "publish:").replace("#   ", "  ")
        for key in ("rules", "members", "events", "redemptions"):
            opened = opened.replace(f"# {key}: ", f"{key}: ")
        (folder / "points.yaml").write_text(opened, "utf-8")
        assert set(yaml.safe_load(opened)) == {*KEYS} - {"reviews"}
        assert not check_publishing(folder)[1]
    good("-C", folder, "check", "--strict", *ignoring(EXPECTED))


def test_english_headings(tmp_path: Path) -> None:
    make(tmp_path / "en", "state-enterprise", "--language", "en")
    make(tmp_path / "zh", "state-enterprise")
    head = (tmp_path / "en" / "members.csv").read_text("utf-8-sig").splitlines()[0]
    assert head == "id,name,branch,group,kind,class,单位,since,until,exempt"
    answers = [good("-C", tmp_path / name, "tally", *PERIOD, "-f", "json").json for name in ("zh", "en")]
    assert answers[0] == answers[1]
    assert "Rank" in good("-C", tmp_path / "en", "tally", *PERIOD).text


def test_files_open_in_excel_and_are_the_same_every_time(tmp_path: Path) -> None:
    for name, language in (("a", "zh"), ("b", "en")):
        make(tmp_path / name, "community", env={"POINTS_LANG": language, "TZ": "Asia/Shanghai"})
    for name in files(tmp_path / "a"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    data = (tmp_path / "a" / "events.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == data.count(b"\n")


WRONG = {
    "no folder": (("--template", "community"), 2, "--list"),
    "no template": (("w",), 2, "--list"),
    "an unknown template": (("w", "--template", "village"), 2, "state-enterprise  国有企业党员积分管理办法"),
    "an unknown language": (("w", "--template", "community", "--language", "fr"), 2, "'zh', 'en'"),
    "no folder above": (("no/w", "--template", "community"), 3, "the folder does not exist"),
}


@pytest.mark.parametrize(("options", "code", "says"), [pytest.param(*case, id=name) for name, case in WRONG.items()])
def test_wrong_usage(options: tuple[str, ...], code: int, says: str, tmp_path: Path) -> None:
    answer = run("-C", tmp_path, "init", *options)
    assert (answer.code, answer.out) == (code, b""), answer.err
    assert says in answer.err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_something_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "名册.xlsx").write_bytes(b"mine")
    answer = run("init", tmp_path, "--template", "community")
    assert (answer.code, answer.out) == (1, b"")
    assert "is not empty: 名册.xlsx" in answer.err
    assert files(tmp_path) == {"名册.xlsx"}
    answer = run("init", tmp_path / "名册.xlsx", "--template", "community")
    assert (answer.code, answer.out) == (3, b"")
    assert "it is a file, not a folder" in answer.err


def test_a_folder_with_hidden_files_is_as_good_as_empty(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_bytes(b"")
    (tmp_path / "desktop.ini").write_bytes(b"")
    make(tmp_path, "community")
    assert {".git/config", "points.yaml", "rules/community.yaml"} <= files(tmp_path)
    answer = run_process("init", ".", "-t", "community", cwd=tmp_path, env=ENGLISH)
    assert answer.code == 1


@pytest.mark.parametrize("there", [False, True], ids=["new", "empty"])
@pytest.mark.parametrize("after", range(4))
def test_a_failure_leaves_nothing(after: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, there: bool) -> None:
    folder = tmp_path / "w"
    if there:
        (folder / ".git").mkdir(parents=True)
    real, calls = os.fsync, iter(range(100))

    def failing(descriptor: int) -> None:
        if next(calls) >= after:
            raise OSError(28, "No space left on device")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(FileError, match=r"the disk is full|the disk did not confirm"):
        fill_folder(folder, {"rules/a.yaml": b"a", "b.csv": b"b"})
    monkeypatch.undo()
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")] == (["w", "w/.git"] if there else [])


def test_the_wheel_brings_the_rules() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wheel = settings["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel["packages"] == ["pointscli"]
    assert wheel["force-include"] == {"rules": "pointscli/templates/rules"}
    assert not (ROOT / "pointscli" / "templates" / "rules").exists()
