"""HTML: one file that nothing steers, for screen, phone and paper."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from html.parser import HTMLParser

import pytest

from pointscli.model.table import Column, Table
from pointscli.outputs.formats import file_bytes
from pointscli.outputs.html_format import render, render_page
from pointscli.outputs.look import Look
from pointscli.outputs.outcomes import Outcomes
from pointscli.outputs.page import Block, Page
from pointscli.outputs.tables import Result
from tests.outputs.sample import MEMBERS, OUTCOMES, A, table, tally

VOID = {"meta", "col", "br"}
STEERING = "".join(map(chr, [*range(9), 11, 12, *range(14, 32), *range(127, 160), 0x200E, 0x202E, 0x2066, 0xD800]))


@dataclass
class Read(HTMLParser):
    """What a browser sees: tags in order, text by tag; every tag must be closed by its own."""

    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)
    open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append(("/".join(self.open[2:]), data.strip()))

    def under(self, path: str) -> list[str]:
        return [text for where, text in self.texts if where.endswith(path)]


def read(text: str) -> Read:
    page = Read()
    page.feed(text)
    page.close()
    assert page.open == []
    return page


def shown(result: Result, look: Look | None = None) -> Read:
    return read(render(result, look or Look()))


def test_the_whole_page() -> None:
    page = shown(tally(derived=True, preview="个人自评", partial=True))
    assert page.under("h1/span/bdi") == ["国有企业党员积分管理办法", "2021年第三季度"]
    assert [mark.split("：")[0] for mark in page.under("p")[:3]] == ["预览", "未定稿", "未定稿"]
    assert page.under("th/bdi")[:1] == [A]
    names = {text for text in page.under("td/bdi") if text in {member[2] for member in MEMBERS}}
    assert names == {member[2] for member in MEMBERS}
    assert "-105.25" in page.under("td")
    assert [heading.split("（")[0] for heading in page.under("h2/bdi")] == [
        *(one.title for one in OUTCOMES),
        "免考",
        "异议待处理",
    ]
    order = [path.rsplit("/", 1)[-1] if path else "" for path, _ in page.texts]
    assert order.index("p") < order.index("th")


def test_the_head_is_safe_and_first() -> None:
    page = shown(tally())
    head = [attributes for tag, attributes in page.tags if tag == "meta"]
    assert [tag for tag, _ in page.tags[:3]] == ["html", "head", "meta"]
    assert head[0] == {"charset": "utf-8"}
    assert (head[1]["content"] or "").startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert page.tags[0][1] == {"lang": "zh-CN"}
    assert shown(tally(), Look(language="en")).tags[0][1] == {"lang": "en"}
    assert not [
        one for one in page.tags if one[0] in {"script", "link", "img", "iframe"} or {"src", "href"} & set(one[1])
    ]


def test_numbers_stand_right_and_names_keep_their_direction() -> None:
    row = render(tally(), Look()).split("ئايگۈل")[0].rsplit("<tr>", 1)[1]
    assert row.endswith('<td class="n">-</td><td class="whole"><bdi>M010</bdi></td><td class="name"><bdi>')
    assert "tabular-nums" in render(tally(), Look())


RULES = ["size: A4;", "table-header-group", "prefers-color-scheme: dark", "max-width: 640px"]


@pytest.mark.parametrize("rule", RULES)
def test_paper_phone_and_dark(rule: str) -> None:
    assert rule in render(Outcomes(tally()), Look())


def test_a_wide_table_is_printed_across() -> None:
    assert "size: A4 landscape;" in render(tally(derived=True), Look())


TEXTS = {
    "<script>alert(1)</script>": "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>': '"><img src=x onerror=alert(1)>',
    "</style><b>": "</style><b>",
    "{{ 7*7 }}{% raw %}": "{{ 7*7 }}{% raw %}",
    "&lt;b&gt;": "&lt;b&gt;",
    "=1+1": "=1+1",
    "\u202e四三张": "<U+202E>四三张",
    "a\x1b[31mb": "a␛[31mb",
}


@pytest.mark.parametrize(("given", "seen"), TEXTS.items())
def test_text_is_never_markup(given: str, seen: str) -> None:
    sample = tally(preview=given)
    first = replace(sample.standings[0], name=given, group=given, grade=given)
    outcome = replace(sample.outcomes[0], title=given, action=given)
    unsafe = replace(sample, title=given, scheme=given, standings=(first, *sample.standings[1:]), outcomes=(outcome,))
    plain = [tag for tag, _ in shown(replace(unsafe, title="x", scheme="x")).tags]
    for result in (unsafe, Outcomes(unsafe)):
        page = shown(result)
        assert not {"script", "img", "b"} & {tag for tag, _ in page.tags}
        assert page.under("h1/span/bdi")[0] == seen
        assert any(seen in text for text in page.under("td/bdi"))
    assert [tag for tag, _ in shown(unsafe).tags] == plain
    assert shown(table((given, None, 1))).under("td/bdi") == [seen]


def test_no_control_character_gets_out() -> None:
    first = replace(tally().standings[0], name=f"x{STEERING}", group=STEERING)
    unsafe = replace(tally(), title=f"x{STEERING}", standings=(first, *tally().standings[1:]))
    assert not set(render(unsafe, Look())) & set(STEERING)
    assert file_bytes("html", unsafe, Look()) == render(unsafe, Look()).encode()


def test_any_table_and_tables_with_other_columns() -> None:
    page = shown(table(("政治思想", Decimal("-12.50"), 3), ("组织纪律", None, 10)))
    assert page.under("thead/tr/th") == ["维度", "总分", "人数"]
    assert page.under("td") == ["-12.50", "3", "10"]
    assert shown(table(), Look(ids=True)).under("p") == ["没有可列出的内容"]
    assert shown(table(("a", None, 1)), Look(ids=True)).under("thead/tr/th") == ["dimension", "count"]
    other = Table("", (Column("gift", "礼品"),), (("毛巾",),))
    blocks = (
        Block("一", (), table(("a", None, 1))),
        Block("二", (), table(("b", None, 2))),
        Block("三", ("事",), other),
    )
    several = read(render_page(Page(("几张表",), (), (), blocks), Look()))
    assert several.under("thead/tr/th") == ["维度", "总分", "人数", "礼品"]
    assert several.under("th/bdi") == ["一", "二", "三"]
    assert [tag for tag, _ in several.tags].count("table") == 2
