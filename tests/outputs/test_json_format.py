from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

from pointscli.model.period import Kind, Period
from pointscli.model.tally import Heading, Nominee, OutcomeGroup, OutcomeList, Standing, Tally
from pointscli.outputs import jsonl_format
from pointscli.outputs.json_format import render
from pointscli.outputs.look import Look
from pointscli.outputs.outcomes import Outcomes
from tests.outputs.sample import table

ONE = Standing(
    member="M001",
    name="张三",
    row={"branch": "一支部", "group": "一组", "kind": "full"},
    group="一支部",
    score=Decimal("103.50"),
    columns=(Decimal("100.00"), Decimal("3.50")),
    earned=Decimal("10.50"),
    derived=(Decimal("4.23"),),
    rank=1,
)
OUTCOME = OutcomeList(
    "five_star",
    "五星党员",
    "",
    (OutcomeGroup("", ("M001",)),),
    confirms=True,
    nominated=(Nominee("M002", "verified", "初评"),),
)
TALLY = Tally(
    scheme="state-enterprise",
    version="2021",
    title="积分",
    period=Period.containing(Kind.QUARTER, date(2021, 7, 1)),
    as_of=date(2021, 9, 30),
    decided=None,
    settle="month",
    decimals=2,
    partial=False,
    columns=(Heading("base", "基础分"), Heading("duty", "履职分")),
    standings=(ONE,),
    outcomes=(OUTCOME,),
    derived=(Heading("index", "指数"),),
)

TO_THE_LETTER = """\
{"format": 1, "scheme": "state-enterprise", "version": "2021", "title": "积分", "period": "2021Q3", \
"as_of": "2021-09-30", "decided": null, "settle": "month", "partial": false,
 "columns": [{"id": "base", "title": "基础分"}, {"id": "duty", "title": "履职分"}],
 "members": [
  {"rank": 1, "member": "M001", "name": "张三", "branch": "一支部", "group": "一组", "kind": "full", "score": 103.50, \
"columns": {"base": 100.00, "duty": 3.50}, "earned": 10.50, "grade": null, "stars": null, \
"derived": {"index": 4.23}, "outcomes": []}],
 "outcomes": {"five_star": ["M001"]}, "nominated": {"five_star": {"M002": "verified"}}}
"""


def test_to_the_letter() -> None:
    assert render(TALLY, Look()) == TO_THE_LETTER


def test_what_is_left_out() -> None:
    plain = replace(TALLY, derived=(), outcomes=(replace(OUTCOME, confirms=False),), decided=date(2021, 10, 8))
    value = json.loads(render(plain, Look()))
    assert list(value) == [
        *("format", "scheme", "version", "title", "period", "as_of", "decided", "settle", "partial"),
        *("columns", "members", "outcomes"),
    ]
    assert value["decided"] == "2021-10-08"
    assert "derived" not in value["members"][0]
    assert json.loads(render(replace(TALLY, standings=(), outcomes=()), Look()))["members"] == []


def test_numbers_keep_their_places() -> None:
    standing = replace(ONE, score=Decimal("-0.0"), columns=(Decimal("1E+2"), Decimal("3.5")), derived=(None,))
    text = render(replace(TALLY, decimals=1, standings=(standing,)), Look())
    assert '"score": 0.0,' in text
    assert '{"base": 100.0, "duty": 3.5}' in text
    assert '{"index": null}' in text
    assert '"score": 0,' in render(replace(TALLY, decimals=0, standings=(standing,)), Look())


def test_a_preview_says_so() -> None:
    assert json.loads(render(replace(TALLY, preview="初评"), Look()))["preview"] == "初评"


def test_any_table() -> None:
    assert render(table(("政治", Decimal("12.50"), 3), ("学习", None, None)), Look()) == (
        '{"format": 1,\n "columns": [{"id": "dimension", "title": "维度"}, {"id": "score", "title": "总分"}, '
        '{"id": "count", "title": "人数"}],\n "rows": [\n  {"dimension": "政治", "score": 12.50, "count": 3},\n'
        '  {"dimension": "学习", "score": null, "count": null}]}\n'
    )


def test_lines_of_outcomes_are_the_rows_of_their_table() -> None:
    table = json.loads(render(Outcomes(TALLY), Look()))
    lines = jsonl_format.render(Outcomes(TALLY), Look()).splitlines()
    assert [json.loads(line) for line in lines] == table["rows"]


def test_steering_characters_are_escaped_and_come_back() -> None:
    name = 'a"\\\x1b[2J\x9b\u202e\u2028张𬱖😀\ud800'
    text = render(replace(TALLY, standings=(replace(ONE, name=name),)), Look())
    assert not set(text) & {"\x1b", "\x9b", "\u202e", "\ud800"}
    assert json.loads(text)["members"][0]["name"] == name
