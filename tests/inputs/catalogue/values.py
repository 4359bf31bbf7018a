"""Numbers, dates and ids (3.3), what they mean together (3.6), and files that DuckDB reads (3.7)."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import duckdb

from tests.inputs.catalogue.cases import HEADER, MEMBERS, NEXT, RULES, Case, cell, day, events, log, number, row

CITIZEN = "110101199001011237"
ROUNDED = "a sum of many hours or yuan is a quantity too; the largest number is 10⁹, and a jump is warned of"
NUMBERS: dict[str, Case] = {
    "3.3-full-width-number/digits": number("１２．５"),
    "3.3-full-width-number/minus is a sign": number("－5"),
    "3.3-full-width-number/mathematical minus": number("−5"),
    "3.3-full-width-number/plus": number("＋5"),
    "3.3-full-width-number/Arabic digits": number("٣"),
    "3.3-thousands/groups of three": number("1,234.5"),
    "3.3-thousands/not three": number("12,34"),
    "3.3-thousands/full-width comma": number("1，5"),
    "3.3-not-digits/unit": number("5分"),
    "3.3-not-digits/currency": number("¥5"),
    "3.3-not-digits/word": number("三"),
    "3.3-not-digits/words": number("一百"),
    "3.3-not-digits/fraction": number("½"),
    "3.3-not-digits/raised": number("²"),
    "3.3-not-digits/percent": number("50%"),
    "3.3-programmers-numbers/exponent": number("1e3"),
    "3.3-programmers-numbers/underscore": number("1_000"),
    "3.3-programmers-numbers/hexadecimal": number("0x10"),
    "3.3-programmers-numbers/NaN": number("NaN"),
    "3.3-programmers-numbers/infinity": number("-inf"),
    "3.3-programmers-numbers/beyond a double": number("1e400"),
    "3.3-decimals/four": number("1.0005"),
    "3.3-decimals/five": number("1.00055"),
    "3.3-decimals/binary noise": number("0.30000000000000004"),
    "3.3-decimals/points off the steps": events(
        "E1,2021-07-01,M1,gift,1.25,\n", header=HEADER.replace("quantity", "points")
    ),
    "3.3-large/a thousand million": number("1000000000"),
    "3.3-large/more": number("1000000001"),
    "3.3-large/five thousand digits": number("9" * 5000),
    "3.3-large/more than a thousand": number("1001", ROUNDED),
    "3.3-negative/quantity": number("-1"),
    "3.3-negative/of a deduction": Case(
        {"events.csv": HEADER + "E1,2021-07-01,M1,late,-1,\n" + NEXT},
        kept="a deduction's points are negative in the rules; a quantity below 0 would give points back",
    ),
    "3.3-negative/zero": number("-0"),
    "3.3-cut-ids/exponent": Case({"members.csv": MEMBERS + "1.10101E+17,赵六,,\n"}),
    "3.3-cut-ids/zeros at the end": Case({"members.csv": MEMBERS + "110101199001011000,赵六,,\n"}),
    "3.3-check-digit/fits": Case({"members.csv": MEMBERS + f"{CITIZEN},赵六,,\n"}),
    "3.3-check-digit/does not": Case({"members.csv": MEMBERS + f"{CITIZEN[:-1]}8,赵六,,\n"}),
    "3.3-leading-zeros": Case({"members.csv": MEMBERS + "001,赵六,,\n", "events.csv": HEADER + row(member="1") + NEXT}),
    "3.3-date-forms/ISO": day("2021-7-1"),
    "3.3-date-forms/slashes": day("2021/7/1"),
    "3.3-date-forms/points": day("2021.7.1"),
    "3.3-date-forms/Chinese": day("2021年7月1日"),
    "3.3-date-forms/digits": day("20210701"),
    "3.3-date-forms/full width": day("２０２１－０７－０１"),
    "3.3-time-of-day/midnight": day("2021-07-01 00:00:00"),
    "3.3-time-of-day/another": day("2021/7/1 8:30"),
    "3.3-time-of-day/none that a clock shows": day("2021-07-01 25:00"),
    "3.3-ambiguous-dates/two digits": day("21/7/1"),
    "3.3-ambiguous-dates/year at the end": day("7/1/2021"),
    "3.3-ambiguous-dates/no year": day("9月5日"),
    "3.3-ambiguous-dates/English": day("5-Sep"),
    "3.3-ambiguous-dates/no day": day("2021-07"),
    "3.3-day-number/in a CSV": day("44378"),
    "3.3-impossible-dates/no such day": day("2021-02-30"),
    "3.3-impossible-dates/early": day("1999-12-31"),
    "3.3-impossible-dates/late": day("2101-01-01"),
    "3.3-impossible-dates/first century": day("0021-07-01"),
    "3.3-impossible-dates/five digits": day("99999-01-01"),
    "3.3-future": cell(
        "date", "2099-07-01", kept="a warning: a term's plan may be typed early, and no period before it counts it"
    ),
    "3.3-outside/before the rules": day("2020-12-31"),
    "3.3-outside/before joining": Case({"events.csv": HEADER + "E1,2021-05-31,M5,talk,1,\n" + NEXT}),
    "3.3-outside/after leaving": Case({"events.csv": HEADER + "E1,2021-09-01,M5,talk,1,\n" + NEXT}),
}

TWICE = "E1,2021-07-02,M1,talk,1,主题党日\n"
MEANINGS: dict[str, Case] = {
    "3.6-namesakes/on the roster": Case(
        {"members.csv": MEMBERS + "M7,张三,,\n", "events.csv": HEADER + row(member="M7") + NEXT}
    ),
    "3.6-namesakes/only the name": Case(
        {"members.csv": MEMBERS + "M7,张三,,\n", "events.csv": HEADER + row(member="张三") + NEXT}
    ),
    "3.6-name-key/blanks": cell("member", "张\u3000三"),
    "3.6-name-key/no-break space": cell("member", "张\xa0三"),
    "3.6-name-key/another middle dot": cell("member", "阿依古丽•买买提"),
    "3.6-name-key/composed": Case(
        {"members.csv": MEMBERS + "M7,Zoë,,\n", "events.csv": HEADER + row(member="Zoe\u0308") + NEXT}
    ),
    "3.6-name-key/a radical is another character": Case(
        {"members.csv": MEMBERS + "M7,⻓江,,\n", "events.csv": HEADER + row(member="长江") + NEXT}
    ),
    "3.6-name-key/variants are warned of": Case({"members.csv": MEMBERS + "M7,吕一,,\nM8,呂一,,\n"}),
    "3.6-colliding-ids/case": Case({"members.csv": MEMBERS + "m1,赵六,,\n"}),
    "3.6-colliding-ids/width": Case({"members.csv": MEMBERS + "Ｍ1,赵六,,\n"}),
    "3.6-unknown/member": cell("member", "张三丰"),
    "3.6-unknown/item": cell("item", "党客"),
    "3.6-item-twice-named": log(
        "id,date,member,item,事项\nE1,2021-07-01,M1,talk,志愿服务\n",
        kept="a table has one column for the item, and takes id and title in it",
    ),
    "3.6-event-id-twice/the same": events(
        row(), row(), NEXT, kept="an error like the next one: which of the two is a copy, only the clerk can say"
    ),
    "3.6-event-id-twice/another": events(row(), TWICE, NEXT),
    "3.6-no-id-same-record": log("date,member,item,quantity\n2021-07-01,M1,talk,1\n2021-07-01,M1,talk,1\n"),
    "3.6-corrections/unknown event": Case(
        {"events.csv": HEADER + row(), "reviews.csv": "date,event,decision,by\n2021-07-05,E7,reject,书记\n"}
    ),
    "3.6-corrections/again": Case(
        {
            "events.csv": HEADER + row(),
            "reviews.csv": "date,event,decision,by\n2021-07-05,E1,reject,书记\n2021-07-06,E1,reject,书记\n",
        },
        kept="decisions are replayed in their order: the second one changes nothing",
    ),
    "3.6-rules-in-force": Case(
        {
            "rules/party.yaml": RULES.replace("{from: 2021-01-01}", "{from: 2021-01-01, to: 2021-06-30}"),
            "rules/second.yaml": RULES.replace("2021-01-01", "2021-07-01").replace("points: 2,", "points: 3,"),
            "events.csv": HEADER + row(date="2021-06-30") + row(id="E2", date="2021-07-01"),
        }
    ),
}


def _parquet(columns: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
        path = Path(folder) / "x.parquet"
        connection.execute(f"copy (select {columns}) to '{path}' (format parquet)")
        return path.read_bytes()


def _event(number: int) -> str:
    return f"'E{number}' as id, date '2021-07-0{number}' as date, 'M{number}' as member, 'talk' as item"


INSIDE: dict[str, Case] = {
    "3.7-name-is-no-pattern/csv": Case(
        {"events.csv": None}
        | {
            f"events/{name}.csv": HEADER + text
            for name, text in (("台账[2021]", row()), ("台账2", NEXT), ("a*b", row(id="E3", member="M3")))
        }
    ),
    "3.7-name-is-no-pattern/parquet": Case(
        {
            "events.csv": None,
            "events/台账[2021].parquet": _parquet(_event(1)),
            "events/台账2.parquet": _parquet(_event(2)),
        }
    ),
    "3.7-exact-doubles": log(_parquet(_event(1) + ", 16.67::double as quantity"), "events.parquet"),
    "3.7-types/a list": log(_parquet(_event(1) + ", [1] as quantity"), "events.parquet"),
    "3.7-types/cut": log(_parquet(_event(1))[:200], "events.parquet"),
    "3.7-json-decimals": log(
        json.dumps({"date": "2021-07-01", "member": "M1", "item": "help"})[:-1] + ', "quantity": 0.285}\n',
        "events.jsonl",
    ),
}

VALUES = NUMBERS | MEANINGS | INSIDE
