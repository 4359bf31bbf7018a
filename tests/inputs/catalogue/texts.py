"""Bytes and encodings (3.1), the structure of CSV (3.2), JSONL (3.5)."""

from __future__ import annotations

import json

from tests.inputs.catalogue.cases import CHINESE, HEADER, NEXT, Case, cell, events, log

MARK = b"\xef\xbb\xbf"
TABS = CHINESE.replace(",", "\t")
OBJECT = {"id": "E1", "date": "2021-07-01", "member": "M1", "item": "talk"}
GOOD = json.dumps(OBJECT | {"id": "E8"}) + "\n"


def line(**values: object) -> str:
    return json.dumps(OBJECT | values, ensure_ascii=False) + "\n"


def lines(*texts: str | bytes, kept: str = "") -> Case:
    """A JSONL log of these lines, with a good one at the end."""
    return log(
        b"".join(one if isinstance(one, bytes) else one.encode() for one in (*texts, GOOD)), "events.jsonl", kept
    )


PASSING = (
    "events/~$events.xlsx",
    "events/.~lock.events.csv#",
    "events/.points-ab.tmp",
    "events/tmp_log.csv",
    "events/.hidden.csv",
    "rules/~$party.yaml",
    "rules/.party.yaml.swp",
)
BYTES: dict[str, Case] = {
    "3.1-utf8/no mark": log(CHINESE.encode()),
    "3.1-utf8/mark": log(MARK + CHINESE.encode()),
    "3.1-utf16-mark/little": log(b"\xff\xfe" + TABS.encode("utf-16-le")),
    "3.1-utf16-mark/big": log(b"\xfe\xff" + TABS.encode("utf-16-be")),
    "3.1-utf16-mark/beyond the basic plane": log(
        b"\xff\xfe" + TABS.replace("张三", "𬱖三").encode("utf-16-le"),
    ),
    "3.1-utf16-mark/cut": log(b"\xff\xfe" + TABS.encode("utf-16-le")[:-1]),
    "3.1-utf16-no-mark": log(TABS.encode("utf-16-le")),
    "3.1-gb18030/gb2312": log(CHINESE.encode("gb2312")),
    "3.1-gb18030/gbk": log(CHINESE.replace("张三", "龴六").replace("龴", "\ue81e").encode("gb18030")),
    "3.1-gb18030/a name that GBK has not": log(CHINESE.replace("张三", "𬱖三").encode("gb18030")),
    "3.1-byte-80": log(CHINESE.encode("gb18030").replace(b"E1", b"\x80")),
    "3.1-moved-characters/from GB18030": log(
        CHINESE.encode("gb18030").replace("张三".encode("gb18030"), b"\xfe\x59\xc1\xf9")
    ),
    "3.1-moved-characters/other private": log(CHINESE.replace("参加", "\ue816").encode()),
    "3.1-damaged-utf8/cut inside a character": log(CHINESE.encode()[:-2]),
    "3.1-damaged-utf8/one byte changed": log(CHINESE.encode().replace("张".encode(), b"\xe5\xbc\xff")),
    "3.1-damaged-utf8/mark, then damage": log(MARK + CHINESE.encode().replace("张".encode(), b"\xe5\xbc\xff")),
    "3.1-unclear-encoding": log((HEADER + "E1,2021-07-01,龘靐齉,talk,1,\n").encode("gb18030")),
    "3.1-nul/in a field": log((HEADER + "E1,2021-07-01,M1,talk,1,a\0b\n").encode()),
    "3.1-nul/after a mark": log(MARK + (HEADER + "E1,2021-07-01,M1,talk,1,a\0b\n").encode()),
    "3.1-unseen-in-keys/zero width": cell("member", "M\u200b1"),
    "3.1-unseen-in-keys/mark inside": cell("member", "\ufeffM1"),
    "3.1-unseen-in-keys/kept in notes": cell("reason", "雨\u200b天"),
    "3.1-controls/bidi": cell("member", "M\u202e1"),
    "3.1-controls/isolate": cell("item", "\u2066talk"),
    "3.1-controls/escape": cell("member", "M\x1b1"),
    "3.1-controls/c1": cell("id", "E\x9b1"),
    "3.1-controls/in notes": cell("reason", "a\x1bb\u202ec"),
    "3.1-half-character": lines(line(reason="x").replace('"x"', '"\\ud800"')),
    "3.1-empty/no byte": log(b""),
    "3.1-empty/only a mark": log(MARK),
    "3.1-empty/only a header": log(HEADER),
    "3.1-passing-files": Case(dict.fromkeys(PASSING, "x") | {"events/a.csv": HEADER + NEXT}),
}

RECORD = "E1,2021-07-01,M1,talk,1,a\n"
CSV: dict[str, Case] = {
    "3.2-delimiter/comma": events(RECORD),
    "3.2-delimiter/tab": log((HEADER + RECORD).replace(",", "\t")),
    "3.2-delimiter/semicolon": log((HEADER + RECORD).replace(",", ";")),
    "3.2-delimiter/full-width comma": log((HEADER + RECORD).replace(",", "，")),
    "3.2-delimiter/none that makes sense": log((HEADER + RECORD).replace(",", "|")),
    "3.2-line-ends/CRLF": log((HEADER + RECORD + NEXT).replace("\n", "\r\n")),
    "3.2-line-ends/mixed": log(HEADER[:-1] + "\r" + RECORD[:-1] + "\r\n" + NEXT),
    "3.2-line-ends/CR": log((HEADER + RECORD + NEXT).replace("\n", "\r")),
    "3.2-line-ends/none at the end": log(HEADER + RECORD[:-1]),
    "3.2-quoted-line-break/lines are physical": events(
        'E1,2021-07-01,M1,talk,1,"a\nb\nc"\n', "E2,2021-02-30,M1,talk,1,\n"
    ),
    "3.2-quoted-line-break/a finding behind it": events('"E1",2021-07-01,"M\n1",talk,x,"a\nb"\n'),
    "3.2-open-quote": events('E1,2021-07-01,"M1,talk,1,\n', NEXT, NEXT.replace("E9", "E8")),
    "3.2-after-quote/text": events('E1,2021-07-01,"M1"x,talk,1,\n', NEXT),
    "3.2-after-quote/a quote in mid-field": events('E1,2021-07-01,M1,talk,1,x"y"z\n', NEXT),
    "3.2-fields/too few": events("E1,2021-07-01,M1,talk\n", NEXT),
    "3.2-fields/too many": events("E1,2021-07-01,M1,talk,1,a,b\n", NEXT),
    "3.2-fields/empty ones at the end": events("E1,2021-07-01,M1,talk,1,a,,\n", NEXT),
    "3.2-blank-rows": events("\n", RECORD, " , ,,,,\n", ",,,,,\n", NEXT, "\n"),
    "3.2-long-field": events(f"E1,2021-07-01,M1,talk,1,{'a' * 131_073}\n", NEXT),
    "3.2-title-above/one": log("三季度积分登记表\n" + HEADER + RECORD),
    "3.2-title-above/nine": log("一支部\n" * 9 + HEADER + RECORD),
    "3.2-title-above/ten": log("一支部\n" * 10 + HEADER + RECORD),
    "3.2-headers/the same twice": log("date,member,item,item\n2021-07-01,M1,talk,talk\n"),
    "3.2-headers/id and title": log("date,member,item,事项\n2021-07-01,M1,talk,talk\n"),
    "3.2-headers/missing": log("id,date,member\nE1,2021-07-01,M1\n"),
    "3.2-headers/missing, with a near one": log("id,date,姓名,item\nE1,2021-07-01,M1,talk\n"),
    "3.2-headers/unknown and near": log("id,date,member,item,quantiy\nE1,2021-07-01,M1,talk,1\n"),
    "3.2-headers/unknown": log("id,date,member,item,天气\nE1,2021-07-01,M1,talk,雨\n"),
    "3.2-header-spelling/width, case and blanks": log(
        " ＩＤ ,Date,ＭＥＭＢＥＲ\u3000,\ufeffItem\nE1,2021-07-01,M1,talk\n"
    ),
    "3.2-header-spelling/Chinese titles": log("编号,日期,党员,事项\nE1,2021-07-01,M1,talk\n"),
    "3.2-total-rows/total": events(RECORD, "合计,,,,1,\n"),
    "3.2-total-rows/subtotal in the middle": events(RECORD, "小计,,,,1,\n", NEXT),
    "3.2-total-rows/signature": events(RECORD, "制表人：张三,,,,,\n"),
    "3.2-total-rows/not on the list": events(RECORD, "总分以外,,,,1,\n"),
    "3.2-total-rows/a whole record": events("合计,2021-07-01,M1,talk,1,\n"),
    "3.2-empty-and-null": events('E1,2021-07-01,M1,talk,"",NULL\n', "E2,2021-07-02,NULL,talk,,\n"),
    "3.2-given-twice/two copies": Case({"events/a.csv": HEADER + NEXT, "events/b.csv": HEADER + NEXT}),
    "3.2-given-twice/by two paths": Case({"points.yaml": "events: [events.csv, ./events.csv]\n"}),
    "3.2-given-twice/conflict copy": Case(
        {"events/log.csv": HEADER + NEXT, "events/log (冲突 2).csv": HEADER + RECORD}
    ),
    "3.2-own-order": Case(
        {"events/a.csv": HEADER + NEXT, "events/b.csv": "quantity,item,member,date,id\n2,help,M2,2021-07-08,E8\n"}
    ),
}

ONE_MIB = 1024 * 1024
JSONL: dict[str, Case] = {
    "3.5-line-separator": lines(line(reason="a\u2028b\x85c")),
    "3.5-exact-numbers/decimals": lines(line(quantity=0).replace("0}", "1.005}").replace("talk", "help")),
    "3.5-exact-numbers/exponent": lines(line(quantity=0).replace("0}", "1e3}")),
    "3.5-exact-numbers/NaN": lines(line(quantity=0).replace("0}", "NaN}")),
    "3.5-exact-numbers/infinity": lines(line(quantity=0).replace("0}", "-Infinity}")),
    "3.5-exact-numbers/truth": lines(line(quantity=True)),
    "3.5-key-twice": lines('{"date": "2021-07-01", "date": "2021-07-02", "member": "M1", "item": "talk"}\n'),
    "3.5-long-line": lines(line(reason="x" * ONE_MIB)),
    "3.5-depth/a list": lines("[" * 100_000 + "\n"),
    "3.5-depth/in a value": lines(line().replace('"talk"', '{"a": ' * 50_000)),
    "3.5-huge-integer": lines(line(quantity=0).replace("0}", "9" * 5000 + "}")),
    "3.5-unknown-key": lines(
        line(quantiy=2), kept="a column of the branch's own is no error; one that looks like a known one is warned of"
    ),
    "3.5-mark": lines(MARK + line().encode()),
    "3.5-torn-tail": log(GOOD + line()[:-1], "events.jsonl"),
    "3.5-not-an-object/a list as file": log("[" + GOOD.strip() + "]\n", "events.jsonl"),
    "3.5-not-an-object/lines": lines('"x"\n5\nnull\n'),
    "3.5-not-an-object/no JSON": lines("{date: 1}\n"),
    "3.5-not-an-object/nested value": lines(line(member=["M1"])),
}

TEXTS = BYTES | CSV | JSONL
