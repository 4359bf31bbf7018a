"""Broken workspaces: a mark stands where a finding must point, and is not part of the file.

«name» is about the cell behind it, «name:text» must say that text, «~name» points to the line as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped]

RULES = """\
language: 1
scheme: work
title: 办法
effective: {from: 2021-01-01, to: 2021-12-31}
settle: month
rollup: {quarter: sum, year: sum}
review: {stages: {declared: 申报, approved: 审核}, counts_from: declared}
score:
  items:
    meeting: {title: 组织生活, points: 2}
    lecture: {title: 讲课, points: {from: 1, to: 5, step: 0.5}}
    honour: {title: 荣誉, points: {levels: {国家级: 10, 省级: 8}}}
    study: {title: 学习, points: {bands: {1: 0.5, 5: 1}}}
    rescue: {title: 抢险, points: 4, evidence: required}
ranking: {ties: competition}
outcomes: {star: {title: 之星, period: year, where: {score: ">= 1"}, confirm: approved}}
"""
MEMBERS = "id,name,branch,since,until\nM1,张伟,一支部,,\nM2,张伟,二支部,,\nM3,李强,一支部,,\nM4,王芳,二支部,,\n"
EVENTS = (
    "id,date,member,item,quantity,level,points,evidence,stage,scheme\n"
    "E1,2021-07-01,M3,meeting,,,,,,\n"
    ",2021-07-02,M4,meeting,,,,,,\n"
)
REVIEWS = "date,event,decision,stage,by\n2021-07-02,E1,approve,,书记\n"
GOOD = {"rules/work.yaml": RULES, "members.csv": MEMBERS, "events.csv": EVENTS, "reviews.csv": REVIEWS}

EVENT_ROWS = {
    "unknown item": "W01,2021-07-01,M3,«unknown-item»聚餐,,,,,,",
    "item almost right": "W02,2021-07-01,M3,«unknown-item»组织生话,,,,,,",
    "unknown member": "W03,2021-07-01,«unknown-member»M9,meeting,,,,,,",
    "namesakes": "W04,2021-07-01,«ambiguous-member»张伟,meeting,,,,,,",
    "member twice": "W05,2021-07-01,«member-twice»M3;李强,meeting,,,,,,",
    "no level": "W06,2021-07-01,M3,honour,,«level-missing»,,,,",
    "unknown level": "W07,2021-07-01,M3,honour,,«level-unknown»市级,,,,",
    "a level for nothing": "W08,2021-07-01,M3,meeting,,«level-unused»省级,,,,",
    "points out of range": "W09,2021-07-01,M3,lecture,,,«points-range»6,,,",
    "points off the step": "W10,2021-07-01,M3,lecture,,,«points-step»1.25,,,",
    "no points": "W11,2021-07-01,M3,lecture,,,«points-missing»,,,",
    "points for nothing": "W12,2021-07-01,M3,meeting,,,«points-unused»3,,,",
    "no such day": "W13,«bad-date»2021-02-30,M3,meeting,,,,,,",
    "a year of two digits": "W14,«bad-date»21-07-01,M3,meeting,,,,,,",
    "id used again": "«duplicate-event-id»E1,2021-07-03,M3,meeting,,,,,,",
    "negative quantity": "W15,2021-07-01,M3,meeting,«negative-quantity»-1,,,,,",
    "quantity in words": "W16,2021-07-01,M3,meeting,«bad-number»三,,,,,",
    "quantity with an exponent": "W17,2021-07-01,M3,meeting,«bad-number»1e3,,,,,",
    "quantity too small": "W18,2021-07-01,M3,study,«below-bands»0.5,,,,,",
    "a quantity for nothing": "W19,2021-07-01,M3,lecture,«quantity-unused»2,,2,,,",
    "no evidence": "W20,2021-07-01,M3,rescue,,,,«no-evidence»,,",
    "no version in force": "W21,2022-01-01,M3,«not-in-force»meeting,,,,,,",
    "unknown stage": "W22,2021-07-01,M3,meeting,,,,,«unknown-stage»done,",
    "unknown scheme": "W23,2021-07-01,M3,meeting,,,,,,«unknown-scheme»play",
    "no date": "W24,«missing-value»,M3,meeting,,,,,,",
    "a field too much": "W25,2021-07-01,M3,meeting,,,,,,,«too-many-fields»多余",
    "a field too little": "W26,2021-07-01,M3,«too-few-fields:4»meeting",
    "text after a quotation": 'W27,2021-07-01,M3,"meeting"«text-after-quote»x,,,,,,',
    "two things": "W28,«bad-date»2021-02-30,«unknown-member»M9,meeting,,,,,,",
}
REVIEW_ROWS = {
    "unknown decision": "2021-07-02,E1,«unknown-decision»也许,,书记",
    "decision about nothing": "2021-07-02,«unknown-event»E77,approve,,书记",
    "decision to an unknown stage": "2021-07-02,E1,approve,«unknown-stage»done,书记",
    "decision on no day": "«bad-date»2021-13-01,E1,approve,,书记",
    "decision about a row without an id": "2021-07-02,«event-without-id»events.csv:3,reject,,书记",
    "unknown outcome": "2021-07-02,«unknown-outcome:moon»moon/2021/M3,approve,,书记",
    "nomination for no period": "2021-07-02,«bad-period:20x1»star/20x1/M3,approve,,书记",
    "nomination of nobody": "2021-07-02,«unknown-member:M9»star/2021/M9,approve,,书记",
}
ROSTER_ROWS = {
    "overlapping spells": "M5,赵一,一支部,,2021-07-31\nM5,赵一,二支部,«overlapping-spells:M5»2021-07-01,",
    "backward spell": "M6,钱二,一支部,2021-07-01,«backward-spell»2021-06-01",
    "colliding ids": "«colliding-id»m4,小王,一支部,,",
    "no name": "M7,«missing-value»,一支部,,",
    "a spell from no day": "M8,孙三,一支部,«bad-date»2021-06-31,",
}
LOG = "id,date,member,item\nF1,2021-07-01,M3,meeting\n"
FILES: dict[str, tuple[str, str]] = {
    "broken quoting": (
        "events/quote.csv",
        LOG + '«~unclosed-quote:»F2,2021-07-01,M3,"meeting\nF3,2021-07-01,M3,meeting\n',
    ),
    "no header": ("events/none.csv", "«~no-header:events»甲,乙\n1,2\n"),
    "no column for the item": ("events/item.csv", "«~missing-column:item»id,date,member\nG1,2021-07-01,M3\n"),
    "a column twice": ("events/twice.csv", "id,date,member,item,«duplicate-column»日期\nH1,2021-07-01,M3,meeting,\n"),
    "broken JSON": ("events/a.jsonl", '{"id": "I1", "date": "2021-07-01", "member": "M3", "item"«bad-json»}\n'),
    "a list in JSON": (
        "events/b.jsonl",
        '{"id": "K1", "date": "2021-07-01", "member": «nested-value»["M3"], "item": "meeting"}\n',
    ),
    "a key twice": ("rules/twice.yaml", RULES.replace("title: 办法", "title: 办法\n«duplicate-key»title: 办法二")),
    "a key that is none": (
        "rules/odd.yaml",
        RULES.replace("settle:", "«unknown-key:settle»setle: month\nsettle:"),
    ),
}


@dataclass(frozen=True, order=True)
class Finding:
    """Where a finding points, and its name."""

    path: str
    line: int
    column: int
    name: str


def unmark(path: str, text: str) -> tuple[str, dict[Finding, str]]:
    """A text without its marks, and the findings with the cell that each one is about."""
    found: dict[Finding, str] = {}
    lines = text.split("\n")
    for number in range(1, len(lines) + 1):
        while mark := re.search("«(.*?)»", lines[number - 1]):
            line = lines[number - 1] = lines[number - 1].replace(mark[0], "", 1)
            name, colon, value = mark[1].removeprefix("~").partition(":")
            if not colon and path.endswith(".csv"):
                value = re.split('[,}"«]', line[mark.start() :])[0]
            found[Finding(path, number, 0 if mark[1].startswith("~") else mark.start() + 1, name)] = value
    return "\n".join(lines), found


def write(folder: Path, files: Mapping[str, str | bytes]) -> dict[Finding, str]:
    """Write files (over the good ones); what must be found in them."""
    found: dict[Finding, str] = {}
    for name, content in {**GOOD, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            text, expected = unmark(name, content)
            path.write_text(text, "utf-8")
            found |= expected
    return found


def sheet_with_formula() -> bytes:
    """A workbook in which C2 is a formula that nothing has calculated."""
    data = BytesIO()
    with xlsxwriter.Workbook(data) as book:
        sheet = book.add_worksheet("台账")
        sheet.write_row(0, 0, ("id", "date", "member", "item"))
        sheet.write_row(1, 0, ("X1", "2021-07-01", "", "meeting"))
        sheet.write_formula(1, 2, '="M"&3', None, "")
    return data.getvalue()


TRUNCATED = (LOG + "F2,2021-07-01,李强,组织生活\n" * 5 + "F3,2021-07-01,李").encode()[:-1]
BINARY: dict[str, tuple[str, bytes, Finding]] = {
    "truncated UTF-8": ("events/cut.csv", TRUNCATED, Finding("events/cut.csv", 8, 15, "damaged-utf8")),
    "formula without a value": (
        "events/formula.xlsx",
        sheet_with_formula(),
        Finding("events/formula.xlsx!台账!C2", 0, 0, "uncalculated-formula"),
    ),
    "damaged Parquet": ("events/p.parquet", b"PAR1 no more", Finding("events/p.parquet", 0, 0, "damaged-parquet")),
    "damaged workbook": ("events/w.xlsx", b"PK\x03\x04 no more", Finding("events/w.xlsx", 0, 0, "damaged-workbook")),
    "a web page": ("events/page.csv", b"<html><body>404", Finding("events/page.csv", 0, 0, "wrong-file-kind")),
    "a NUL byte": (
        "events/nul.csv",
        LOG.encode() + b"F2,2021-07-01,M\0,meeting\n",
        Finding("events/nul.csv", 3, 0, "nul-byte"),
    ),
    "an empty file": ("events/empty.csv", b"", Finding("events/empty.csv", 0, 0, "empty-file")),
}
