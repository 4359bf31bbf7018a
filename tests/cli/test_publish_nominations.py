"""What is published while nominations are open, where a list is empty, where nobody is listed; and where it is put."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.check.folders import EVENTS, write
from tests.cli.paper_reading import read_paper
from tests.cli.running import Answer, run

RULES = """\
language: 1
scheme: party
title: 党员积分
effective: {from: 2021-01-01}
settle: quarter
score:
  items:
    talk: {title: 党课, points: 2}
    hours: {title: 学时, points: {total: {0: -1, 2: 1}}}
ranking: {ties: competition}
grades: {好: 1, 差: null}
outcomes:
  star: {title: 星级党员, top: 1, confirm: {at: done, stages: {new: 提名, seen: 考察, done: 公示}}}
  cup: {title: 奖杯, where: {score: ">= 50"}}
"""
MEMBERS = "id,name,branch,until\nM1,张三,甲支部,2021-12-31\nM2,李四,乙支部,2021-12-31\n"
REVIEWS = """\
date,event,decision,by
2021-10-02,star/2021Q3/M1,approve,支部
2021-10-03,star/2021Q3/M1,object,群众
2021-10-04,star/2021Q3/M1,dismiss,支部
2021-10-04,star/2021Q4/M1,object,群众
"""
OPEN = "未定稿：有 1 项提名还在审核中"


def publish(folder: Path, *arguments: str | Path) -> Answer:
    return run("-C", folder, "publish", "--audience", "internal", "--by", "王芳", *arguments)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = {
        "rules/a.yaml": RULES,
        "members.csv": MEMBERS,
        "events.csv": EVENTS.replace("visit", "hours"),
        "reviews.csv": REVIEWS,
    }
    return write(tmp_path_factory.mktemp("space"), files)


@pytest.fixture(scope="module")
def out(folder: Path) -> Path:
    answer = publish(folder, "--quarter", "2021Q3", "--with", "report,commendation,cards")
    assert answer.code == 0
    assert answer.err.startswith(OPEN)
    return folder / "published" / "2021Q3" / "party-internal"


def test_the_notice_names_the_nominated_apart(out: Path) -> None:
    page = (out / "notice.html").read_text("utf-8")
    text = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "星级党员（0 人） 提名 张三（考察） 奖杯（0 人）" in text
    assert OPEN in text


def test_the_report(out: Path) -> None:
    [leaf] = read_paper(out / "report.html")
    objections = {row["处理结果"]: row["件数"] for row in leaf.rows("六、异议处理情况")}
    assert (objections["提出"], objections["维持原记录"], objections["待处理"]) == ("1", "1", "0")
    assert [list(row.values()) for row in leaf.rows("四、等次分布")] == [["好", "1"], ["差", "1"]]
    assert "奖杯（0人） 无" in " ".join(leaf.text.split())


def test_the_commendation_counts_the_nominated(out: Path) -> None:
    assert "另有1人已提名，尚在审核中，未列入。" in read_paper(out / "commendation.html")[0].text


def test_a_card_has_what_stands_for_no_event(out: Path) -> None:
    assert "按合计计分" in read_paper(out / "cards.html")[0].text


def test_nobody_is_listed(folder: Path) -> None:
    assert publish(folder, "--quarter", "2022Q2", "--with", "report").code == 0
    [leaf] = read_paper(folder / "published" / "2022Q2" / "party-internal" / "report.html")
    assert "一、总体情况 无 二、评定结果" in " ".join(leaf.text.split())


def test_a_folder_that_is_there(folder: Path, out: Path) -> None:
    """A correction beside what is published, but to a folder of its own choice that has something in it."""
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    again = publish(folder, "--quarter", "2021Q3", "--to", out, "--amend", "有误")
    assert again.code == 1
    shown = out.relative_to(folder).as_posix()
    assert again.err == f"{shown} is there already\n    choose another folder with --to\n"
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
