"""Balances against an independent plain computation, and scores that no redemption changes."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from pointscli.app.balances import Books, Moment, keep_books
from pointscli.app.data_redemptions import check_redemptions, read_redemptions
from pointscli.app.inputs import read_inputs
from pointscli.app.workspace import Sources, open_workspace
from pointscli.model.problem import Problem
from tests.cli.running import ROOT, good, write_csv

MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
GIFTS = {"tissue": ("抽纸", "2.5"), "kettle": ("热水壶", "30")}
SCHEME = """\
language: 1
scheme: party
title: 党员积分
effective: {{from: 2020-01-01}}
settle: {settle}
decimals: 1
score:
  items:
    base: {{title: 基础分, grant: 10}}
    work:
      title: 奉献
      items:
        help: {{title: 帮扶, points: {{from: -20, to: 20}}}}
    study: {{title: 学习, points: 2}}
redemption:
  from: [{source}]
  opens: {opens}
  expires: {expires}
  gifts: {{tissue: {{title: 抽纸, cost: 2.5}}, kettle: {{title: 热水壶, cost: 30}}}}
"""
CASES = [
    ("month", "quarter", "year", "work"),
    ("quarter", "quarter", "never", "score"),
    ("year", "half", "year", "study"),
    ("quarter", "year", "month", "work"),
]


def window(kind: str, day: date) -> tuple[date, date]:
    """First and last day of the civil window, by counting days."""
    first = day.replace(day=1)
    while (first.month - 1) % MONTHS[kind]:
        first = (first - timedelta(days=1)).replace(day=1)
    last = first
    for _ in range(MONTHS[kind]):
        last = (last + timedelta(days=31)).replace(day=1)
    return first, last - timedelta(days=1)


def plain_balance(
    events: list[dict[str, str]], redemptions: list[dict[str, str]], member: str, day: date, case: tuple[str, ...]
) -> Decimal:
    """The balance by its definition, from the rows of the files."""
    _, opens, expires, source = case
    names = {"work": {"help"}, "study": {"study"}, "score": {"help", "study"}}[source]
    total = Decimal(0)
    for row in events:
        if row["member"] == member and row["item"] in names:
            opened = window(opens, date.fromisoformat(row["date"]))[1] + timedelta(days=1)
            if opened <= day and (expires == "never" or day <= window(expires, opened)[1]):
                total += Decimal(row["points"] or "2")
    for row in redemptions:
        taken = date.fromisoformat(row["date"])
        if row["member"] == member and taken <= day and (expires == "never" or day <= window(expires, taken)[1]):
            total -= Decimal(GIFTS[row["gift"]][1]) * int(row["count"])
    return total


def days(rng: random.Random, count: int) -> Iterable[date]:
    return (date(2020, 1, 1) + timedelta(days=rng.randrange(730)) for _ in range(count))


def keep(folder: Path, day: date) -> Books:
    workspace = open_workspace(folder, Sources())
    inputs = read_inputs(workspace)
    log = read_redemptions(inputs, workspace, date(2025, 1, 1))
    return keep_books(inputs, log, "party", Moment(day))


@pytest.mark.parametrize("case", CASES, ids=["-".join(case) for case in CASES])
def test_balances_are_what_the_definition_says(case: tuple[str, str, str, str], tmp_path: Path) -> None:
    rng = random.Random(str(case))
    members = ["M1", "M2", "M3"]
    (tmp_path / "rules").mkdir()
    settle, opens, expires, source = case
    rules = SCHEME.format(settle=settle, opens=opens, expires=expires, source=source)
    (tmp_path / "rules" / "a.yaml").write_text(rules, "utf-8")
    write_csv(tmp_path / "members.csv", [{"id": member, "name": f"名{member}"} for member in members])
    events = [
        {"date": day.isoformat(), "member": rng.choice(members), "item": item, "points": points}
        for day in days(rng, 90)
        for item, points in [rng.choice([("study", ""), ("help", str(rng.randrange(-60, 200) / Decimal(10)))])]
    ]
    redemptions = [
        {"date": day.isoformat(), "member": rng.choice(members), "gift": rng.choice(list(GIFTS)), "count": "2"}
        for day in days(rng, 15)
    ]
    write_csv(tmp_path / "events.csv", events)
    write_csv(tmp_path / "redemptions.csv", redemptions)
    looked = [*days(rng, 1), date(2021, 1, 15)]
    compared = 0
    for day in looked:
        books = keep(tmp_path, day)
        for number, member in enumerate(members):
            expected = plain_balance(events, redemptions, member, day, case)
            assert books.account(number).balance(day) == expected, (member, day)
            compared += expected != 0
    assert compared > 0


def test_redemptions_change_no_score_rank_or_outcome(tmp_path: Path) -> None:
    folder = tmp_path / "community"
    shutil.copytree(ROOT / "examples" / "community", folder)
    rng = random.Random(4)
    before = good("-C", folder, "tally", "--year", "2021", "--format", "json").out
    assert b'"commended"' in before
    for count in (0, 60):
        rows = [
            {
                "id": f"R{number}",
                "date": f"2021-{rng.randrange(1, 13):02d}-{rng.randrange(1, 29):02d}",
                "member": f"C{rng.randrange(1, 39):03d}",
                "gift": rng.choice(["tissue", "soap", "kettle", "吹风机"]),
                "count": str(rng.randrange(1, 9)),
                "by": "经办",
            }
            for number in range(count)
        ]
        write_csv(folder / "redemptions.csv", rows, ["id", "date", "member", "gift", "count", "by"])
        assert good("-C", folder, "tally", "--year", "2021", "--format", "json").out == before


RULES = """\
language: 1
scheme: party
title: 党员积分
version: 一
effective: {from: 2021-01-01, to: 2021-12-31}
settle: quarter
score: {items: {talk: {title: 党课, points: 2}}}
redemption: {opens: quarter, expires: year, gifts: {cup: {title: 杯子, cost: 5, stock: 3}, old: {title: 旧, cost: 1}}}
"""
NEXT = RULES.replace("from: 2021-01-01, to: 2021-12-31", "from: 2022-01-01").replace("cost: 5", "cost: 8")
OTHER = (
    RULES.replace("party", "village")
    .replace("talk: {title: 党课", "visit: {title: 走访")
    .replace("2021-12-31", "2099-12-31")
)
OTHER = OTHER.replace("cup:", "mug:").replace("old: {title: 旧", "new: {title: 新")
EVENTS = "id,date,member,item,quantity\nE1,2021-02-01,M1,talk,5\nE2,2021-11-01,M1,talk,4\nE3,2022-02-01,M1,talk,10\n"
LOGS = {
    "in order": (["2021-04-01,M1,cup,2"], []),
    "a day too early": (["2021-03-31,M1,cup,2"], ["over-balance 2 0 10 10"]),
    "one too many": (["2021-04-01,M1,cup,1", "2021-04-02,M1,杯子,2"], ["over-balance 3 5 10 5"]),
    "the earlier day has the points": (["2021-04-02,M1,cup,1", "2021-04-01,M1,cup,2"], ["over-balance 2 0 5 5"]),
    "lapsed": (["2022-01-01,M1,cup,2"], ["over-balance 2 8 16 8"]),
    "by the price of the next year": (["2022-01-01,M1,cup,1"], []),
    "of the next year's points": (["2022-04-01,M1,cup,3"], []),
    "before the rules": (["2020-12-31,M1,cup,1"], ["redemption-not-in-force 2"]),
    "a gift that is no more": (["2021-04-01,M1,old,1", "2022-04-01,M1,old,1"], ["redemption-not-in-force 3"]),
    "two schemes": (["2021-04-01,M1,杯子,1"], ["ambiguous-gift 2"]),
}


def check(folder: Path, rows: list[str], *, both: bool = False) -> list[Problem]:
    (folder / "rules").mkdir()
    (folder / "rules" / "a.yaml").write_text(RULES, "utf-8")
    (folder / "rules" / "b.yaml").write_text(NEXT.replace(", old: {title: 旧, cost: 1}", ""), "utf-8")
    if both:
        (folder / "rules" / "c.yaml").write_text(OTHER, "utf-8")
    (folder / "members.csv").write_text("id,name\nM1,张三\n", "utf-8")
    (folder / "events.csv").write_text(EVENTS, "utf-8")
    (folder / "redemptions.csv").write_text("\n".join(["date,member,gift,count", *rows]) + "\n", "utf-8")
    workspace = open_workspace(folder, Sources())
    return check_redemptions(read_inputs(workspace), workspace, date(2022, 12, 31))


@pytest.mark.parametrize("name", LOGS)
def test_findings_of_the_log(name: str, tmp_path: Path) -> None:
    rows, expected = LOGS[name]
    found = []
    for one in check(tmp_path, rows, both=name == "two schemes"):
        args = dict(one.args)
        figures = [args[key] for key in ("balance", "total", "over")] if one.name == "over-balance" else []
        found.append(" ".join([one.name, str(one.place.line), *figures]))
        assert one.text(one.message)
        assert one.text(one.hint)
    assert found == expected
