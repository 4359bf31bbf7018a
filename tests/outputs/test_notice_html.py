"""The notice as a page: every text as it is, nothing from elsewhere, no column that nobody has."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from html.parser import HTMLParser

import pytest

from pointscli.model.notice import Notice, Row, Section
from pointscli.model.table import Column, Table
from pointscli.outputs.notice_charts import MOST_BINS, WIDTH, bin_step, charts_of
from pointscli.outputs.notice_html import render_notice, signed
from tests.outputs.notice_sample import BY_BRANCH, HOSTILE, SECTIONS, A, B, detail, notice, row, spoiled

VOID = {"meta", "col", "input"}
SELF_CLOSED = {"rect", "line"}
STEERING = "".join(map(chr, [*range(9), 11, 12, *range(14, 32), *range(127, 160), 0x200E, 0x202E, 0x2066, 0xD800]))


@dataclass
class Read(HTMLParser):
    """What a browser sees; every tag must be closed by its own."""

    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)
    open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID | SELF_CLOSED:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in SELF_CLOSED
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append(("/".join(self.open[2:]), data.strip()))

    def under(self, path: str) -> list[str]:
        return [text for where, text in self.texts if where.endswith(path)]

    def at(self, path: str) -> list[str]:
        return [text for where, text in self.texts if where == path]

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def shown(given: Notice) -> Read:
    page = Read()
    page.feed(render_notice(given))
    page.close()
    assert page.open == []
    return page


def headings(page: Read) -> list[str]:
    """Titles of the first ranking table's columns."""
    found = page.under("th/button/bdi")
    return found[: found.index(found[0], 1)] if found[0] in found[1:] else found


def test_the_whole_page() -> None:
    page = shown(notice())
    assert page.under("h1/bdi") == ["2021年第三季度积分通报"]
    assert page.under("header/p/bdi") == ["中共某某委员会", "国有企业党员积分管理办法"]
    assert page.at("p/bdi") == ["未定稿：有 2 条异议待处理"]
    assert headings(page) == [
        *("名次", "编号", "姓名", "类别", "履职分", "纪律扣分", "归一化", "总分", "等次", "星级", "结果"),
    ]
    names = [one.name for section in SECTIONS for one in section.rows]
    assert page.under("summary/bdi") == names
    assert page.under("h2/bdi") == [A, B, "五星党员（2 人）", "帮扶谈话（3 人）", "各支部情况"]
    assert page.under("section/dl/dt/bdi") == [A, B]
    assert page.under("footer/dl/div/dt/bdi") == ["制表人", "审核人", "监督电话"]
    assert page.under("section/p/bdi") == ["措施：挂牌表彰"]
    assert page.under("code/bdi") == ["7F3A-9C21-0B44-E1D0", "A1B2-C3D4-0000-1111"]
    assert page.under("td/span/bdi") == ["五星党员", "免考：长期病假", "五星党员"]
    assert page.under("figcaption") == ["得分分布", "各支部平均分"]


def test_a_credit_has_date_item_reason_points_and_note() -> None:
    credit = replace(detail(5, "-2.5", note="超过上限"), section="纪律")
    first = replace(SECTIONS[0].rows[0], details=(credit,))
    page = shown(notice(sections=(Section("", (first,)),)))
    found = [text for where, text in page.texts if "/ol/li" in where]
    assert found == ["2021-07-05", "参加主题党日", "纪律", "七月主题党日", "依据", "签到表", "超过上限", "-2.50"]
    assert page.all("time") == [{"datetime": "2021-07-05"}]


def test_a_member_without_credits_has_a_word_for_it() -> None:
    assert shown(notice()).under("td/p") == ["本期没有加分、扣分"]


SIGNS = {"1": "+1.00", "-0.5": "-0.50", "0": "0.00", "0.125": "+0.125", "-1E+1": "-10.00", "-0.00": "0.00"}


@pytest.mark.parametrize(("given", "seen"), SIGNS.items())
def test_points_have_signs(given: str, seen: str) -> None:
    assert signed(Decimal(given), 2) == seen


def test_the_head_is_safe_and_first() -> None:
    page = shown(notice())
    assert [tag for tag, _ in page.tags[:3]] == ["html", "head", "meta"]
    assert page.tags[0][1] == {"lang": "zh-CN"}
    first, policy, *rest = page.all("meta")
    assert first == {"charset": "utf-8"}
    rules = dict(part.strip().split(" ", 1) for part in (policy["content"] or "").split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["style-src"] == "'unsafe-inline'"
    assert {"name": "color-scheme", "content": "light dark"} in rest


def test_only_the_known_script_runs() -> None:
    text = render_notice(notice())
    scripts = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(scripts[0].encode()).digest()).decode()
    assert len(scripts) == text.count("<script") == 1
    assert f"script-src 'sha256-{digest}';" in text
    assert not [name for _, attributes in shown(notice()).tags for name in attributes if name.startswith("on")]


@pytest.mark.parametrize(
    "given", [notice(), spoiled('https://x.example/"a" url(//x) @import')], ids=["plain", "spoiled"]
)
def test_nothing_comes_from_elsewhere(given: Notice) -> None:
    page = shown(given)
    assert not {"link", "img", "iframe", "object", "base", "form", "a"} & {tag for tag, _ in page.tags}
    assert not [one for _, one in page.tags if {"src", "href", "srcset", "action", "xlink:href"} & set(one)]
    style = page.under("style")[0]
    assert not re.search(r"url\(|@import|//", style)


@pytest.mark.parametrize("kind", HOSTILE)
def test_text_is_never_markup(kind: str) -> None:
    given, seen = HOSTILE[kind]
    page, plain = shown(spoiled(given)), shown(spoiled("x"))
    assert [tag for tag, _ in page.tags] == [tag for tag, _ in plain.tags]
    cut = "svg/g/text"
    found = [where for where, text in page.texts if text == seen and not where.endswith(cut)]
    assert found == [where for where, text in plain.texts if text == "x" and not where.endswith(cut)]
    assert len(found) > 25
    assert page.under("title")[0] == f"{seen} {seen}"


def test_no_control_character_gets_out() -> None:
    assert not set(render_notice(spoiled(f"x{STEERING}"))) & set(STEERING)


def test_every_table_has_its_head_and_all_cells() -> None:
    page = shown(notice())
    assert len(page.all("table")) == len(page.all("thead")) == 3
    wide = len(headings(page))
    rows = re.findall(r'<tr class="row">(.*?)</tr>', render_notice(notice()), re.DOTALL)
    assert [one.count("<td") for one in rows] == [wide] * 6
    assert {one["colspan"] for one in page.all("td") if "colspan" in one} == {str(wide)}
    assert len(page.all("col")) == 2 * wide


def test_numbers_carry_their_value() -> None:
    numbers = [one for one in shown(notice()).all("td") if "number" in (one.get("class") or "").split()]
    values = [one["data-value"] for one in numbers if "data-value" in one]
    assert values[:5] == ["1", "25.00", "0.00", "1.50", "25.00"]
    assert "-105.25" in values
    assert "" in values


def bare(one: Row) -> Row:
    return replace(one, member="", branch="", kind="", grade="", stars=None, outcomes=(), derived=(), details=())


def test_columns_that_nobody_has_are_left_out() -> None:
    rows = tuple(bare(one) for section in SECTIONS for one in section.rows)
    page = shown(notice(sections=(Section("", rows),), derived=(), audience="web"))
    assert headings(page) == ["名次", "姓名", "履职分", "纪律扣分", "总分"]
    assert "details" not in {tag for tag, _ in page.tags}
    assert "点列名可排序" in page.at("div/p")


def test_a_branch_is_a_column_only_where_no_heading_says_it() -> None:
    rows = tuple(one for section in SECTIONS for one in section.rows)
    assert "支部" in headings(shown(notice(sections=(Section("", rows),))))
    assert "支部" not in headings(shown(notice()))
    assert "名次" not in headings(shown(notice(sections=(Section("", (replace(rows[0], rank=None),)),))))


MARKS = {
    "final": ((), False),
    "open": (("未定稿：有 1 条异议待处理",), True),
    "amended": (("更正：漏记",), False),
    "both": (("更正：漏记", "未定稿：本期到 2021-09-30 才结束"), True),
}


@pytest.mark.parametrize("kind", MARKS)
def test_a_draft_is_marked_on_every_page(kind: str) -> None:
    marks, draft = MARKS[kind]
    page = shown(notice(marks=marks))
    assert page.at("p/bdi") == list(marks)
    assert page.at("div").count("未定稿") == draft


def test_english() -> None:
    page = shown(notice(language="en"))
    assert page.tags[0][1] == {"lang": "en"}
    assert page.under("figcaption") == ["Distribution of scores", "Mean score by branch"]
    assert headings(page)[-1] == "Outcomes"
    fixed = [text for where, text in page.texts if where.endswith(("label", "footer/div/div/p/span"))]
    assert fixed == ["Show all details", "Print large, on A3", "Check code", "Record code"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_same_bytes_twice(language: str) -> None:
    assert render_notice(notice(language=language)) == render_notice(notice(language=language))
    assert "\r" not in render_notice(notice(language=language))


PAPER = ["size: A4;", "size: A3;", "table-header-group", "break-inside: avoid", "prefers-color-scheme: dark"]


@pytest.mark.parametrize("rule", PAPER)
def test_paper_and_dark(rule: str) -> None:
    assert rule in render_notice(notice())


def test_a_wide_table_is_printed_across() -> None:
    columns = notice().columns * 5
    rows = tuple(replace(one, columns=one.columns * 5) for one in SECTIONS[0].rows)
    wide = render_notice(notice(columns=columns, sections=(Section("", rows),)))
    assert "size: A4 landscape;" in wide
    assert "size: A3 landscape;" in wide


STEPS = [
    ("0", "7", "1"),
    ("0", "8", "2"),
    ("60", "112.33", "10"),
    ("-105.25", "95", "50"),
    ("3", "3", "0.0001"),
    ("0", "9E+15", "2E+15"),
]


@pytest.mark.parametrize(("low", "high", "step"), STEPS)
def test_bounds_are_round(low: str, high: str, step: str) -> None:
    assert bin_step(Decimal(low), Decimal(high)) == Decimal(step)


def test_the_distribution_counts_everybody_who_is_not_exempt() -> None:
    chart = charts_of(notice())[0]
    assert sum(int(bar.value or 0) for bar in chart.bars) == 5
    assert [tick.text for tick in chart.ticks] == ["-100", "-50", "0", "50", "100", "150"]
    assert chart.bars[2].title == "0 ～ 50：3 人"
    assert len(chart.bars) <= MOST_BINS
    assert all(bar.x >= 0 and bar.x + bar.width <= WIDTH and bar.y >= 0 for bar in chart.bars)


def test_the_means_are_those_of_the_summary() -> None:
    rows = (("甲", 1, Decimal("-5.00")), ("乙", 1, Decimal("10.00")), ("丙" * 40, 1, Decimal("0.00")))
    table = Table("", BY_BRANCH.columns, rows)
    below, above, none = charts_of(notice(summaries=(table,)))[1].bars
    assert [below.value, above.value, none.value] == ["-5.00", "10.00", "0.00"]
    assert below.x + below.width == above.x == none.x
    assert above.width == pytest.approx(2 * below.width, abs=2)
    assert none.label.endswith("…")
    assert none.title == "丙" * 40 + " 0.00"


def test_no_chart_of_nothing() -> None:
    few = Section("", (row(1, "M001", "张伟", A, "1.00 0.00"),))
    other = Table("各维度情况", (Column("dimension", "维度"), Column("mean", "人均", "number")), (("甲", Decimal(1)),))
    assert charts_of(notice(sections=(few,), summaries=(other,))) == ()
    assert charts_of(notice(sections=(few,), summaries=(replace(BY_BRANCH, rows=BY_BRANCH.rows[:1]),))) == ()
    assert "svg" not in {tag for tag, _ in shown(notice(sections=(), summaries=())).tags}
