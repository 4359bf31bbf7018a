from __future__ import annotations

from pathlib import Path

import pytest

from pointscli.app.fix import mend
from pointscli.model.problem import Edit, FileError, Place, Problem
from pointscli.model.splice import splice
from tests.check.folders import RULES, check, found, write

WRONG = "# 规则 😀\n" + RULES.replace("title: 党员积分", "titel: 党员积分😀  # 备注").replace(
    "settle: quarter", "settle:　quarter"
).replace("points: 2}", "points: ２}").replace("score:", "score：")
RIGHT = "# 规则 😀\n" + RULES.replace("title: 党员积分", "title: 党员积分😀  # 备注")


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_only_the_slips_change(ending: str, start: str, tmp_path: Path) -> None:
    folder = write(tmp_path, {"rules/a.yaml": start + WRONG.replace("\n", ending)})
    answer = check(folder, "--fix")
    assert answer.code == 0, answer.text
    assert (folder / "rules/a.yaml").read_bytes() == (start + RIGHT.replace("\n", ending)).encode()


def test_a_diff_writes_nothing(tmp_path: Path) -> None:
    folder = write(tmp_path, {"rules/a.yaml": WRONG})
    answer = check(folder, "--fix", "--diff")
    assert answer.code == 1
    assert answer.text.startswith("--- a/rules/a.yaml\n+++ b/rules/a.yaml\n")
    assert "-titel: 党员积分😀  # 备注\n" in answer.text
    assert "+title: 党员积分😀  # 备注\n" in answer.text
    assert (folder / "rules/a.yaml").read_bytes() == WRONG.encode()


HAND = RULES + "zzz: 1\n"
FIXABLE = RULES.replace("points: 2}", "points: ２}")
SAID: dict[str, tuple[str, tuple[str, ...], str]] = {
    "all": (FIXABLE, ("--diff",), "--fix can mend 1 finding: all of them"),
    "some": (FIXABLE + "zzz: 1\nyyy: 2\n", ("--diff",), "--fix can mend 1 finding; to mend by hand: 2 findings"),
    "none": (HAND, ("--fix", "--diff"), "nothing here can be mended safely by --fix; to mend by hand: 1 finding"),
    "none, written": (HAND, ("--fix",), "nothing here can be mended safely by --fix; to mend by hand: 1 finding"),
    "nothing wrong": (RULES, ("--diff",), "nothing is wrong, so there is nothing to mend"),
    "mended": (FIXABLE, ("--fix",), "mended 1 finding in 1 file"),
}


@pytest.mark.parametrize(("rules", "arguments", "said"), SAID.values(), ids=SAID)
def test_what_can_be_mended_is_said(rules: str, arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    assert check(write(tmp_path, {"rules/a.yaml": rules}), *arguments).err == f"{said}\n"


def test_an_ignored_finding_is_not_mended(tmp_path: Path) -> None:
    folder = write(tmp_path, {"rules/a.yaml": RULES.replace("points: 2}", "points: ２}")})
    check(folder, "--fix", "--ignore", "bad-number")
    assert "２" in (folder / "rules/a.yaml").read_text("utf-8")


@pytest.mark.parametrize("text", ["titlos: x\n", "form: x\n", "zzz: 1\n"])
def test_nothing_is_guessed(text: str, tmp_path: Path) -> None:
    rows = found(write(tmp_path, {"rules/a.yaml": RULES + text}))
    assert [row["fix"] for row in rows if row["name"] == "unknown-key"] == [[]]


def test_edits_that_overlap_are_refused() -> None:
    one, two, three = Edit((1, 1), (1, 4), "x"), Edit((1, 3), (1, 5), "y"), Edit((1, 5), (1, 6), "z")
    assert splice(b"abcdef\n", [[one], [two], [three]]) == (b"xdzf\n", 2)


def slip(start: int, end: int, text: str) -> Problem:
    """A finding in the third line that an edit of some columns would mend."""
    return Problem("bad-number", Place("a.yaml", 3, start), "", fix=(Edit((3, start), (3, end), text),))


TOGETHER: dict[str, tuple[list[Problem], bytes, int, int]] = {
    "apart": ([slip(1, 2, "x"), slip(2, 3, "y")], b"\n\nxycd\n", 2, 0),
    "one on another": ([slip(1, 3, "x"), slip(2, 4, "y")], b"\n\nxcd\n", 1, 1),
    "behind the end of a file that was cut meanwhile": ([slip(9, 10, "x")], b"", 0, 1),
}


@pytest.mark.parametrize(("problems", "after", "count", "refused"), TOGETHER.values(), ids=TOGETHER)
def test_findings_mended_together(
    problems: list[Problem], after: bytes, count: int, refused: int, tmp_path: Path
) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"\n\nabcd\n")
    mended = mend(problems, {"a.yaml": file})
    assert mended.files == ({"a.yaml": (file, b"\n\nabcd\n", after)} if after else {})
    assert (mended.count, mended.refused) == (count, {"a.yaml": refused} if refused else {})


def test_a_file_that_changes_meanwhile_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"\n\nabcd\n")
    mended = mend([slip(1, 2, "x")], {"a.yaml": file})
    file.write_bytes(b"another\n")
    with pytest.raises(FileError, match="it was changed while it was being checked"):
        mended.write()
    assert file.read_bytes() == b"another\n"
    file.unlink()
    file.mkdir()
    for act in (mended.write, lambda: mend([slip(1, 2, "x")], {"a.yaml": file})):
        with pytest.raises(FileError, match="it cannot be read"):
            act()


@pytest.mark.parametrize("data", ["一\r\n二😀三\r四\n五", "一\n二😀三\n四\n五", "\ufeff一\r二😀三\r四\r五"])
def test_positions_are_code_points(data: str) -> None:
    assert splice(data.encode(), [[Edit((2, 2), (2, 3), "！")]]) == (data.replace("😀", "！").encode(), 1)
    assert splice(data.encode(), [[Edit((4, 1), (4, 2), "")]]) == (data.replace("五", "").encode(), 1)
    assert splice(data.encode(), [[Edit((9, 1), (9, 2), "")]]) == (data.encode(), 0)
