"""Paths that lead elsewhere: what a workspace names, what stands in a file's place, and where results are written."""

from __future__ import annotations

import os
import socket
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.running import Answer, good, run, write_csv

RULES = """\
language: 1
scheme: small
title: 积分
effective: {from: 2021-01-01}
settle: quarter
score:
  items:
    work: {title: 工作, points: 1}
"""
PERIOD = ("--quarter", "2021Q3")
SECRET = "机密内容"  # noqa: S105  (words that no message may show)
POSIX = pytest.mark.skipif(os.name == "nt", reason="links, pipes and devices of POSIX")


def write_space(folder: Path) -> Path:
    """A workspace, and beside it a folder that is none of its business."""
    (folder / "rules").mkdir(parents=True)
    (folder / "rules" / "small.yaml").write_text(RULES, "utf-8")
    write_csv(folder / "members.csv", [{"id": "M1", "name": "张三"}])
    write_csv(folder / "events.csv", [{"id": "E1", "date": "2021-07-01", "member": "M1", "item": "work", "by": "a"}])
    other = folder.parent / "other"
    other.mkdir()
    (other / "small.yaml").write_text(RULES.replace("积分", SECRET), "utf-8")
    write_csv(other / "members.csv", [{"id": "M1", "name": SECRET}])
    write_csv(other / "events.csv", [{"id": "E9", "date": "2021-07-01", "member": "M1", "item": SECRET}])
    (other / "passwd").write_text(f"{SECRET}:x:0\n", "utf-8")
    return folder


@pytest.fixture
def space(tmp_path: Path) -> Path:
    return write_space(tmp_path / "w")


def names(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


# -- paths that points.yaml names

OUT = {
    "up": "../other/{file}",
    "up-inside": "rules/../../other/{file}",
    "absolute": "{parent}/other/{file}",
    "folder": "../other",
    "root": "/",
    "url": "file://{parent}/other/{file}",
    "share": "\\\\evil.example\\share\\{file}",
    "slashed-share": "//evil.example/share/{file}",
    "zero": "/dev/zero",
    "random": "/dev/random",
    "stdin": "/dev/stdin",
    "memory": "/proc/self/mem",
    "environment": "/proc/self/environ",
    "nul": "NUL",
    "con": "CON",
    "home": "~/{file}",
    "variable": "$HOME/{file}",
    "glob": '"*"',
}


@pytest.mark.parametrize("case", OUT)
def test_the_settings_name_nothing_elsewhere(case: str, space: Path) -> None:
    key = ("rules", "members", "events")[list(OUT).index(case) % 3]
    file = "small.yaml" if key == "rules" else f"{key}.csv"
    text = OUT[case].format(file=file, parent=space.parent)
    (space / "points.yaml").write_text(f"{key}: {text}\n", "utf-8")
    answer = run("-C", space, "tally", *PERIOD)
    assert answer.code == 1, answer.text
    assert "[outside-workspace]" in answer.err or "[no-such-file]" in answer.err, answer.err
    assert SECRET not in answer.err + answer.text
    assert run("-C", space, "check").code == 1


@POSIX
def test_the_settings_name_a_link_to_itself(space: Path) -> None:
    (space / "loop").symlink_to("loop")
    (space / "points.yaml").write_text("members: loop\n", "utf-8")
    answer = run("-C", space, "check", "-f", "concise")
    assert answer.code == 1
    (line,) = [line for line in answer.text.splitlines() if line.startswith("points.yaml:")]
    assert line.startswith("points.yaml:1:10: error ")
    assert "[outside-workspace]" in line or "[no-such-file]" in line  # as the Python version follows it


@pytest.mark.parametrize("name", ["reviews", "redemptions"])
def test_the_other_logs_too(name: str, space: Path) -> None:
    (space / "points.yaml").write_text(f"{name}: ../other/passwd\n", "utf-8")
    answer = run("-C", space, "tally", *PERIOD)
    assert (answer.code, "points.yaml:1:" in answer.err, "[outside-workspace]" in answer.err) == (1, True, True)
    assert SECRET not in answer.err


@pytest.mark.parametrize("folder", ["..", "../other", "/tmp/x", "published/../../other"])  # noqa: S108  (refused)
def test_nothing_is_published_elsewhere(folder: str, space: Path) -> None:
    (space / "points.yaml").write_text(f"publish: {{folder: {folder}}}\n", "utf-8")
    before = names(space.parent / "other")
    answer = run("-C", space, "publish", *PERIOD, "--audience", "wall")
    assert answer.code == 1, answer.text
    assert "leads out of the workspace" in answer.err, answer.err
    assert names(space.parent / "other") == before
    assert sorted(path.name for path in space.parent.iterdir()) == ["other", "w"]


def test_what_is_allowed(space: Path) -> None:
    """By the person who runs the command: on its line, or in the environment; never by the workspace."""
    other = space.parent / "other"
    write_csv(other / "events.csv", [{"id": "E9", "date": "2021-07-01", "member": "M1", "item": "work"}])
    assert SECRET in good("--members", other / "members.csv", "-C", space, "tally", *PERIOD).text
    (space / "points.yaml").write_text("members: ../other/members.csv\nevents: ../other/events.csv\n", "utf-8")
    assert run("-C", space, "tally", *PERIOD).code == 1
    assert SECRET in good("-C", space, "tally", *PERIOD, env={"POINTS_OUTSIDE": str(other)}).text
    assert "posted" in good("-C", space, "stats", *PERIOD, env={"POINTS_OUTSIDE": str(other)}).text
    assert "packed" in good("-C", space, "pack", env={"POINTS_OUTSIDE": str(other)}).text
    assert run("-C", space, "tally", *PERIOD, env={"POINTS_OUTSIDE": str(other / "x")}).code == 1


EXTENDS = (
    "../other/small.yaml",
    "../../other/small.yaml",
    "/dev/zero",
    "{parent}/other/small.yaml",
    "file:///x.yaml",
    "\\\\evil.example\\x.yaml",
    "//evil.example/x.yaml",
    "C:/x.yaml",
    "../base/link.yaml",
    "../base/pipe.yaml",
    "NUL",
)


@POSIX
@pytest.mark.parametrize("path", EXTENDS)
def test_extends_stays_inside(path: str, space: Path) -> None:
    (space / "base").mkdir()
    (space / "base" / "link.yaml").symlink_to(space.parent / "other" / "small.yaml")
    os.mkfifo(space / "base" / "pipe.yaml")
    text = path.format(parent=space.parent)
    (space / "rules" / "small.yaml").write_text(f"extends: {text}\n" + RULES, "utf-8")
    answer = run("-C", space, "tally", *PERIOD, env={"POINTS_OUTSIDE": "/"})
    assert answer.code == 1, answer.text
    assert any(f"[{name}]" in answer.err for name in ("bad-extends", "extends-outside", "missing-file")), answer.err
    assert SECRET not in answer.err + answer.text


# -- links, pipes, devices in the place of files

INPUTS = (
    "members.csv",
    "events.csv",
    "reviews.csv",
    "rules/small.yaml",
    "events/a.csv",
    "rules",
    "events",
    "points.yaml",
)
COMMANDS = {
    "tally": ("tally", *PERIOD),
    "check": ("check",),
    "record": ("record", "-m", "M1", "-i", "work", "-d", "2021-07-02", "--by", "a"),
    "publish": ("publish", *PERIOD, "--audience", "wall"),
    "repair": ("repair", "--by", "a"),
}


def put(space: Path, name: str, make: Callable[[Path], object]) -> Path:
    """Something else in the place of a file."""
    path = space / name
    path.parent.mkdir(exist_ok=True)
    if path.exists():
        path.rename(space.parent / "away")
    make(path)
    return path


@POSIX
@pytest.mark.parametrize("name", INPUTS)
def test_a_link_to_elsewhere_is_not_followed(name: str, space: Path) -> None:
    other = space.parent / "other"
    target = other if "." not in name else other / "passwd"
    put(space, name, lambda path: path.symlink_to(target))
    before = names(other)
    for words in (COMMANDS[one] for one in ("check", "record", "repair")):
        answer = run("-C", space, *words)
        assert answer.code == 1, (words, answer.text, answer.err)
        said = answer.err + answer.text
        assert "[outside-workspace]" in said, (words, said)
        assert SECRET not in said, words
    assert names(other) == before
    if name == "members.csv":
        (other / "passwd").write_text("id,name\nM1,李四\n", "utf-8")
        assert "李四" in good("-C", space, "tally", *PERIOD, env={"POINTS_OUTSIDE": str(other)}).text


@POSIX
def test_a_link_inside_is_followed(space: Path) -> None:
    (space / "events.csv").rename(space / "log.csv")
    (space / "events.csv").symlink_to("log.csv")
    good("-C", space, *COMMANDS["record"])
    assert (space / "events.csv").is_symlink()
    assert "2021-07-02" in (space / "log.csv").read_text("utf-8")


WRITTEN = {
    "audit": ("points.audit.jsonl", "record"),
    "lock": ("points.lock", "record"),
    "holder": ("points.lock.holder", "record"),
    "reviews": ("reviews.csv", "record"),
    "published": ("published", "publish"),
    "log-to-be": ("events/2021-07.csv", "record"),
}


@POSIX
@pytest.mark.parametrize("there", [True, False], ids=["there", "dangling"])
@pytest.mark.parametrize("case", WRITTEN)
def test_nothing_is_written_through_a_link(case: str, there: bool, space: Path) -> None:  # noqa: FBT001
    name, command = WRITTEN[case]
    other = space.parent / "other"
    if case == "log-to-be":
        (space / "events.csv").unlink()
        (space / "events").mkdir()
        write_csv(
            space / "events" / "2021-06.csv", [{"id": "E1", "date": "2021-06-01", "member": "M1", "item": "work"}]
        )
    target = other / ("victim" if there else "nothing")
    if there and case == "published":
        target.mkdir()
    elif there:
        target.write_text("", "utf-8")
    put(space, name, lambda path: path.symlink_to(target))
    answer = run("-C", space, *COMMANDS[command])
    assert answer.code in (1, 3), answer.err
    assert "leads out of the workspace" in answer.err or "a link to a file that is not there" in answer.err, answer.err
    assert target.exists() == there
    assert not there or (list(target.iterdir()) == [] if target.is_dir() else target.read_bytes() == b"")


@POSIX
@pytest.mark.parametrize(
    "name", ["members.csv", "events.csv", "reviews.csv", "rules/small.yaml", "events/a.csv", "points.yaml"]
)
def test_a_pipe_does_not_make_it_wait(name: str, space: Path) -> None:
    put(space, name, os.mkfifo)
    for words in (COMMANDS["tally"], COMMANDS["check"]):
        answer = run("-C", space, *words)  # the suite's limit ends it if it waits
        assert answer.code in (0, 1, 2), answer.err
        assert "Traceback" not in answer.err
        # it is as if there were no such file: said where one is needed
        needed = words[0] == "tally" and name not in ("reviews.csv", "events/a.csv", "points.yaml")
        assert bool(answer.code) == needed, answer.err


DEVICES = {"/dev/zero": "--rules", "/dev/stdin": "--members", "/dev/random": "--events", "pipe": "--members"}
DEVICES |= {"/": "--rules", "/proc/self/mem": "--events"}


@POSIX
@pytest.mark.parametrize(("path", "option"), DEVICES.items())
def test_no_device_is_read(option: str, path: str, space: Path) -> None:
    os.mkfifo(space / "pipe")
    named = space / "pipe" if path == "pipe" else Path(path)
    answer = run(option, named, "-C", space, "tally", *PERIOD)
    assert answer.code in (1, 3), answer.err
    assert "Traceback" not in answer.err


ARGUMENTS = {
    "import": ("import", "pipe"),
    "record": ("record", "--from", "pipe"),
    "check": ("check", "pipe"),
    "show": ("rules", "show", "/dev/zero"),
    "diff": ("rules", "diff", "pipe", "/dev/zero"),
    "baseline": ("check", "--baseline", "pipe"),
    "verify": ("verify", "pipe"),
    "signers": ("verify", "--signers", "/dev/zero"),
}


@POSIX
@pytest.mark.parametrize("case", ARGUMENTS)
def test_no_argument_is_waited_for(case: str, space: Path) -> None:
    os.mkfifo(space / "pipe")
    answer = run("-C", space, *(str(space / "pipe") if word == "pipe" else word for word in ARGUMENTS[case]))
    assert answer.code in (0, 1, 2, 3), answer.err
    assert "Traceback" not in answer.err


# -- where results are written


@contextmanager
def target(kind: str, folder: Path) -> Iterator[Path]:
    """Something at which nothing may be written."""
    path = folder / "result.csv"
    match kind:
        case "link":
            (folder / "victim").write_text("old", "utf-8")
            path.symlink_to("victim")
        case "dangling":
            path.symlink_to("nothing")
        case "loop":
            path.symlink_to("result.csv")
        case "folder":
            path.mkdir()
        case "pipe":
            os.mkfifo(path)
        case "socket":
            with socket.socket(socket.AF_UNIX) as one:
                place = os.open(folder, os.O_RDONLY)
                one.bind(f"/proc/self/fd/{place}/result.csv")
                os.close(place)
                yield path
                return
        case "protected":
            path.write_text("old", "utf-8")
            path.chmod(0o444)
        case _:
            path = Path(kind)
    yield path


REFUSED = ("link", "dangling", "loop", "folder", "pipe", "socket", "protected", "/dev/null", "/dev/full", "/dev/stdout")


@POSIX
@pytest.mark.parametrize("kind", REFUSED)
def test_a_result_goes_only_into_an_ordinary_file(kind: str, space: Path, tmp_path: Path) -> None:
    with target(kind, tmp_path) as path:
        for words in (("tally", *PERIOD, "-f", "csv", "-o", str(path)), ("check", "-f", f"json:{path}")):
            answer: Answer = run("-C", space, *words)
            assert answer.code == 3, answer.err
            assert str(path) in answer.err
        if path.parent == tmp_path and kind not in ("folder", "pipe", "socket"):
            assert path.is_symlink() or path.read_text("utf-8") == "old"
    assert not (tmp_path / "nothing").exists()
    assert not (tmp_path / "victim").exists() or (tmp_path / "victim").read_text("utf-8") == "old"
    assert list(tmp_path.glob(".points-*")) == []


@POSIX
def test_modes_and_other_names(space: Path, tmp_path: Path) -> None:
    """A new file is as the umask says, an old one keeps its mode; another name of it keeps the old content."""
    old = os.umask(0o027)
    try:
        good("-C", space, "tally", *PERIOD, "-o", tmp_path / "new.csv")
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "new.csv").stat().st_mode) == 0o640
    (tmp_path / "new.csv").chmod(0o600)
    os.link(tmp_path / "new.csv", tmp_path / "other.csv")
    before = (tmp_path / "other.csv").read_bytes()
    good("-C", space, "outcomes", *PERIOD, "-o", tmp_path / "new.csv")
    assert stat.S_IMODE((tmp_path / "new.csv").stat().st_mode) == 0o600
    assert (tmp_path / "other.csv").read_bytes() == before


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give a file away")
def test_the_owner_stays(space: Path, tmp_path: Path) -> None:
    path = tmp_path / "result.csv"
    path.write_text("old", "utf-8")
    os.chown(path, 65534, 65534)
    good("-C", space, "tally", *PERIOD, "-o", path)
    assert (path.stat().st_uid, path.stat().st_gid) == (65534, 65534)


@POSIX
def test_folders_that_are_links_are_not_walked_through(space: Path) -> None:
    all_of_it = space.parent / "all"
    all_of_it.mkdir()
    space.rename(all_of_it / "w")
    (all_of_it / "again").symlink_to(".")
    (all_of_it / "elsewhere").symlink_to(space.parent / "other")
    answer = run("check", all_of_it)
    assert answer.code == 0, answer.text
    assert SECRET not in answer.text
