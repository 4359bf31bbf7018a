"""`points redeem` and `points balance` where several schemes have gifts, and where there are several logs or none."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.check.folders import write
from tests.cli.running import good, run

RULES = """\
language: 1
scheme: {name}
title: {name}办法
effective: {{from: 2021-01-01}}
{members}settle: quarter
score:
  items:
    {name}_talk: {{title: {name}党课, points: 20}}
"""
GIFTS = "redemption: {opens: quarter, expires: year, gifts: {%s}}\n"
SAME, SOAP = "tissue: {title: 抽纸, cost: 4}", "soap: {title: 香皂, cost: 6}"
DAY = ("--date", "2021-10-12")


def rules(name: str, gifts: str = "", members: str = "") -> dict[str, str]:
    text = RULES.format(name=name, members=f"members: {members}\n" if members else "")
    return {f"rules/{name}.yaml": text + (GIFTS % gifts if gifts else "")}


FILES = {
    "members.csv": "id,name,kind\nM1,张三,正式党员\nM2,李四,入党积极分子\n",
    "events.csv": "id,date,member,item\nE1,2021-07-01,M1,a_talk\nE2,2021-07-01,M1,b_talk\n",
}
SCHEMES = {
    **rules("a", f"{SAME}, {SOAP}", "{kind: [full]}"),
    **rules("b", f"{SAME}, cream: {{title: 香皂, cost: 5}}"),
    **rules("c"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, {**FILES, **SCHEMES})
    (tmp_path / "rules" / "a.yaml").write_text(SCHEMES["rules/a.yaml"], "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        pytest.param(("redeem", "M1", "抽纸"), 2, "several schemes apply: a, b\n    say which one", id="whose"),
        pytest.param(
            ("redeem", "M1", "抽纸", "--scheme", "a"),
            1,
            "the log could not tell whose gift 抽纸 is: a, b have it\n    give it another title",
            id="same-in-the-log",
        ),
        pytest.param(("redeem", "M2", "soap"), 1, "scheme a does not score M2 李四", id="not-scored"),
        pytest.param(
            ("redeem", "M1", "水壶"),
            1,
            "there is no gift 水壶 on 2021-10-12\n    the gifts are: tissue 抽纸, soap 香皂, cream 香皂",
            id="no-such-gift",
        ),
        pytest.param(("redeem", "M1", "soap", "--scheme", "c"), 2, "scheme c has no redemption", id="no-gifts"),
        pytest.param(("balance",), 2, "several schemes apply: a, b\n    say which one", id="whose-balance"),
        pytest.param(("balance", "--scheme", "c"), 2, "scheme c has no redemption", id="no-balance"),
    ],
)
def test_refusals(folder: Path, arguments: tuple[str, ...], code: int, words: str) -> None:
    answer = run("-C", folder, *arguments, *DAY)
    assert (answer.code, answer.out) == (code, b"")
    assert words in answer.err
    assert not (folder / "redemptions.csv").exists()


def test_no_scheme_has_gifts(tmp_path: Path) -> None:
    write(tmp_path)
    answer = run("-C", tmp_path, "redeem", "M1", "抽纸", *DAY)
    assert (answer.code, answer.out) == (2, b"")
    assert "scheme party has no redemption: there is nothing to spend points on" in answer.err


def test_the_log_names_a_gift_by_its_id_where_the_title_is_that_of_two(folder: Path) -> None:
    to = ("--to", "redemptions.jsonl")
    good("-C", folder, "redeem", "M1", "香皂", "--scheme", "b", *DAY, "--by", "王芳", *to)
    good("-C", folder, "redeem", "M1", "香皂", "--scheme", "a", *DAY, "--by", "王芳", *to)
    log = (folder / "redemptions.jsonl").read_text("utf-8").splitlines()
    assert ["cream" in log[0], "soap" in log[1]] == [True, True]


def test_several_logs(folder: Path) -> None:
    for name in ("old", "new"):
        (folder / f"{name}.csv").write_text("id,date,member,gift,count,by\n", "utf-8")
    (folder / "points.yaml").write_text("redemptions: [new.csv, old.csv]\n", "utf-8")
    wish = ("redeem", "M1", "soap", *DAY, "--by", "王芳")
    answer = run("-C", folder, *wish)
    assert (answer.code, answer.out) == (2, b"")
    assert "there are several redemption logs: new.csv, old.csv\n    say which" in answer.err
    good("-C", folder, *wish, "--to", "new.csv")
    assert (folder / "new.csv").read_text("utf-8").splitlines()[1:] == ["R0001,2021-10-12,M1,soap,1,王芳"]
