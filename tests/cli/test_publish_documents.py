"""`points publish --with`: report, commendation, talk notices and record cards say what the tally says."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.case_files import Record
from tests.cli.paper_reading import Leaf, markup_of, read_paper
from tests.cli.running import ROOT, Answer, good, run, run_process, write_case
from tests.outputs.notice_sample import HOSTILE

ALL = "cards,talks,report,commendation"
NOBODY = {"POINTS_BY": "王芳"}


def copy_of(example: str, target: Path) -> Path:
    folder = target / example
    shutil.copytree(ROOT / "examples" / example, folder)
    return folder


def publish(folder: Path, *arguments: str, audience: str = "internal") -> Path:
    """Publish, and name the folder that it made."""
    answer = good("-C", folder, "publish", "--audience", audience, *arguments, env=NOBODY)
    assert answer.code == 0
    made = sorted((folder / "published").glob("*/*/manifest.json"), key=lambda path: path.stat().st_mtime_ns)
    return made[-1].parent


def members(folder: Path, *period: str) -> dict[str, Record]:
    found = good("-C", folder, "tally", *period, "--format", "json").json["members"]
    return {one["member"]: one for one in found}


def mean(values: Iterable[Decimal], places: str = "0.01") -> Decimal:
    found = list(values)
    return (sum(found, Decimal(0)) / len(found)).quantize(Decimal(places), ROUND_HALF_UP)


def table(leaf: Leaf, heading: str) -> list[dict[str, str]]:
    """The rows of a chapter, whatever its number."""
    return leaf.rows(next(one for one in leaf.tables if one.endswith(heading)))


# -- the report


@pytest.fixture(scope="module")
def enterprise(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = copy_of("state-enterprise", tmp_path_factory.mktemp("enterprise"))
    return folder, publish(folder, "--quarter", "2021Q3", "--with", "report")


@pytest.fixture(scope="module")
def report(enterprise: tuple[Path, Path]) -> Leaf:
    leaves = read_paper(enterprise[1] / "report.html")
    assert len(leaves) == 1
    return leaves[0]


@pytest.fixture(scope="module")
def quarters(enterprise: tuple[Path, Path]) -> tuple[dict[str, Record], dict[str, Record]]:
    """This quarter and the one before."""
    folder, _ = enterprise
    return members(folder, "--quarter", "2021Q3"), members(folder, "--quarter", "2021Q2")


def test_a_report_sums_branches_and_compares_them(report: Leaf, quarters: tuple[dict[str, Record], ...]) -> None:
    rows = table(report, "各支部情况")
    assert {row["支部"] for row in rows} == {one["branch"] for one in quarters[0].values()}
    for row in rows:
        now, before = ([one["score"] for one in each.values() if one["branch"] == row["支部"]] for each in quarters)
        assert row["计分人数"] == str(len(now))
        assert row["平均分"] == str(mean(now))
        assert row["上期平均分"] == str(mean(before))
        assert Decimal(row["比上期"]) == mean(now) - mean(before)
        assert (row["最高分"], row["最低分"]) == (str(max(now)), str(min(now)))
    assert report.fields["计分人数"] == str(len(quarters[0]))
    assert report.fields["平均分"] == str(mean(one["score"] for one in quarters[0].values()))
    assert report.fields["上期人数"] == str(len(quarters[1]))


def test_a_report_sums_the_parts_of_the_score(report: Leaf, quarters: tuple[dict[str, Record], ...]) -> None:
    titles = {"基础分": "base", "履职分": "duty", "加分项": "bonus", "扣分": "deduction"}
    rows = table(report, "各项得分情况")
    assert [row["项目"] for row in rows] == list(titles)
    for row in rows:
        now = [one["columns"][titles[row["项目"]]] for one in quarters[0].values()]
        assert (row["平均分"], row["最低分"]) == (str(mean(now)), str(min(now)))


def test_a_report_sums_dimensions(enterprise: tuple[Path, Path], report: Leaf) -> None:
    arguments = ("tally", "--quarter", "2021Q3", "--by", "dimension", "--format", "csv", "--headers", "titles")
    answer = good("-C", enterprise[0], *arguments)
    expected = {row["维度"]: row["人均"] for row in csv.DictReader(answer.text.lstrip("\ufeff").splitlines())}
    found = {row["维度"]: row["平均分"] for row in table(report, "各维度情况")}
    assert found == {name: value for name, value in expected.items() if not name.endswith("-")}


@pytest.mark.parametrize(("heading", "sign"), [("名次上升较多的", 1), ("名次下降较多的", -1)], ids=["up", "down"])
def test_a_report_tells_who_moved(
    report: Leaf, quarters: tuple[dict[str, Record], ...], heading: str, sign: int
) -> None:
    now, before = quarters
    moved = {
        one["name"]: (one["rank"], before[key]["rank"])
        for key, one in now.items()
        if key in before
        and one["branch"] == before[key]["branch"]
        and one["rank"] is not None
        and before[key]["rank"] is not None
    }
    rows = table(report, heading)
    found = {row["姓名"]: (int(row["本期名次"]), int(row["上期名次"])) for row in rows}
    assert len(found) >= 5
    assert all(moved[name] == ranks for name, ranks in found.items())
    places = {name: sign * (then - rank) for name, (rank, then) in moved.items()}
    least = min(places[name] for name in found)
    assert least > 0
    assert {name for name, up in places.items() if up > least} <= set(found)


def test_a_report_has_the_lists_and_what_became_of_events(
    enterprise: tuple[Path, Path], report: Leaf, quarters: tuple[dict[str, Record], ...]
) -> None:
    named = [one["name"] for one in quarters[0].values() if "training" in one["outcomes"]]
    assert f"优先安排外出培训（{len(named)}人）" in report.heads
    assert all(name in report.text for name in named)
    rows = {row["记录的去向"]: int(row["人次"]) for row in table(report, "记录情况")}
    whole = rows.pop("合计")
    assert sum(rows.values()) == whole
    manifest = json.loads((enterprise[1] / "manifest.json").read_text("utf-8"))
    details = list(csv.DictReader((enterprise[1] / "details.csv").read_text("utf-8-sig").splitlines()))
    events = [row for row in details if row["事由"] != "自动计分"]
    assert rows["已计分"] == sum(1 for row in events if Decimal(row["计分"]))
    assert rows["已计分"] + rows["已达上限或并入其他事项，未增加分值"] == len(events)
    assert rows["已驳回，未计分"] <= manifest["counts"]["piles"]["rejected"]


def test_the_workbook_has_the_numbers_of_the_page(enterprise: tuple[Path, Path], report: Leaf) -> None:
    book = CalamineWorkbook.from_filelike(BytesIO((enterprise[1] / "report.xlsx").read_bytes()))
    assert book.sheet_names[:2] == ["各支部情况", "各项得分情况"]
    cells = book.get_sheet_by_name("各支部情况").to_python()
    start = next(i for i, row in enumerate(cells) if row[0] == "支部")
    rows = table(report, "各支部情况")
    for found, row in zip(cells[start + 1 :], rows, strict=False):
        assert found[0] == row["支部"]
        assert [round(Decimal(str(cell)), 2) for cell in found[1:]] == [
            Decimal(text) for text in list(row.values())[1:]
        ]
    text = "\n".join(str(cell) for row in cells for cell in row)
    assert json.loads((enterprise[1] / "manifest.json").read_text("utf-8"))["code"] in text


# -- commendation and talks


@pytest.fixture(scope="module")
def community(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Record]:
    folder = copy_of("community", tmp_path_factory.mktemp("community"))
    tally = good("-C", folder, "tally", "--year", "2021", "--format", "json").json
    return folder, publish(folder, "--year", "2021", "--with", ALL), tally


def test_a_commendation_has_the_lists_that_honour(community: tuple[Path, Path, Record]) -> None:
    _, out, tally = community
    [leaf] = read_paper(out / "commendation.html")
    people = {one["member"]: one for one in tally["members"]}
    for outcome, heading in (("commended", "年度表彰（10人）"), ("cultivation", "优先培养（3人）")):
        rows = leaf.rows(heading)
        expected = [people[member] for member in tally["outcomes"][outcome]]
        assert [row["姓名"] for row in rows] == [one["name"] for one in expected]
        for row, one in zip(rows, expected, strict=True):
            assert row["总分"] == str(one["score"])
            assert f"奉献积分 {one['columns']['contribution']}" in row["评定依据"]
    assert "措施：提交支部研究培养发展" in leaf.text
    assert "帮扶谈话" not in leaf.text
    assert not {people[member]["name"] for member in tally["outcomes"]["support_talk"]} & set(leaf.texts)


def test_everybody_on_a_list_of_the_last_has_a_talk_notice(community: tuple[Path, Path, Record]) -> None:
    _, out, tally = community
    leaves = read_paper(out / "talks.html")
    people = {one["member"]: one for one in tally["members"]}
    listed = set(tally["outcomes"]["support_talk"])
    assert [leaf.fields["编号"] for leaf in leaves] == [member for member in people if member in listed]
    contribution = [one["columns"]["contribution"] for one in people.values()]
    for leaf in leaves:
        one = people[leaf.fields["编号"]]
        assert leaf.fields["总分"] == str(one["score"])
        assert leaf.fields["名次"].startswith(f"第{one['rank']}名")
        assert f"{one['name']}同志：" in leaf.texts
        assert "你列入“帮扶谈话”" in leaf.text
        assert "社区党委书记帮扶谈话" in leaf.text
        parts = {row["项目"]: row for row in leaf.rows("各项得分")}
        assert parts["奉献积分"]["本人"] == str(one["columns"]["contribution"])
        assert parts["奉献积分"]["全体平均"] == str(mean(contribution, "0.1"))
        rooms = leaf.rows("还可得分的项目（供谈话参考）")
        assert all(Decimal(row["上限"]) - Decimal(row["已得"]) == Decimal(row["还可得"]) for row in rooms)
        assert {"谈话人", "谈话时间", "谈话地点", "本人签字"} <= set(leaf.texts)


# -- record cards


def test_everybody_has_a_card_that_adds_up(community: tuple[Path, Path, Record]) -> None:
    _, out, tally = community
    leaves = read_paper(out / "cards.html")
    assert [leaf.fields["编号"] for leaf in leaves] == [one["member"] for one in tally["members"]]
    for leaf, one in zip(leaves, tally["members"], strict=True):
        rows = leaf.rows("党员积分登记表")
        assert Decimal(rows[-1]["累计"]) == one["score"]
        entries = [row for row in rows if row["日期"]]
        plus = sum((Decimal(row["加分"] or 0) for row in entries), Decimal(0))
        minus = sum((Decimal(row["减分"] or 0) for row in entries), Decimal(0))
        assert plus - minus == one["score"]


def test_cards_on_the_wall(tmp_path: Path) -> None:
    folder = copy_of("finance-bureau", tmp_path)
    out = publish(folder, "--quarter", "2021Q4", "--with", "cards", audience="wall")
    tally = members(folder, "--quarter", "2021Q4")
    leaves = read_paper(out / "cards.html")
    assert [leaf.fields["编号"] for leaf in leaves] == list(tally)
    assert [leaf.fields["姓名"] for leaf in leaves] == [one["name"] for one in tally.values()]
    assert [leaf.fields["总分"] for leaf in leaves] == [str(one["score"]) for one in tally.values()]
    text = "".join(leaf.text for leaf in leaves)
    assert "未计分事项" not in text
    assert "记录人" not in text


# -- a small workspace of all that may be wrong


def small(**more: object) -> Record:
    """Three members in two branches, a review, lists of both kinds, two quarters."""
    scheme = {
        "language": 1,
        "scheme": "small",
        "title": "积分办法",
        "effective": {"from": date(2021, 1, 1)},
        "settle": "quarter",
        "decimals": 1,
        "score": {
            "items": {
                "work": {"title": "工作", "max": 10, "items": {"help": {"title": "帮扶", "points": 2}}},
                "fault": {"title": "过失", "items": {"late": {"title": "迟到", "points": -1}}},
            }
        },
        "ranking": {"ties": "competition"},
        "outcomes": {
            "top": {"title": "先进", "top": 1, "action": "表扬"},
            "last": {"title": "提醒", "bottom": 1, "action": "谈话"},
        },
        "review": {"stages": {"new": "登记", "done": "审定"}, "counts_from": "new", "objection": "counts"},
    }
    events = [
        {"id": "A1", "date": "2021-02-01", "member": "M1", "item": "help", "reason": "走访"},
        {"id": "A2", "date": "2021-05-01", "member": "M1;M2", "item": "help", "reason": "慰问"},
        {"id": "A3", "date": "2021-05-02", "member": "M2", "item": "late", "reason": "例会迟到"},
        {"id": "A4", "date": "2021-06-02", "member": "M3", "item": "late", "reason": "两次迟到"},
    ]
    members = [
        {"id": "M1", "name": "张三", "branch": "一支部"},
        {"id": "M2", "name": "李四", "branch": "二支部"},
        {"id": "M3", "name": "王五", "branch": "二支部"},
    ]
    return {"scheme": scheme, "members": members, "events": events, "reviews": [], **more}


def review(event: str, *decisions: str) -> list[Record]:
    days = (f"2021-07-{day:02d}" for day in range(1, 20))
    found = []
    for day, decision in zip(days, decisions, strict=False):
        row = {"date": day, "event": event, "decision": decision, "by": "支委会", "note": "依规"}
        found.append(row | ({"quantity": "1"} if decision == "amend" else {}))
    return found


def test_objections_by_decision(tmp_path: Path) -> None:
    decisions = [
        ("dismiss",),
        *[("amend",)] * 2,
        *[("reject",)] * 3,
        *[("approve",), ("dismiss", "object"), ("object",), ()],
        None,
    ]
    events: list[Record] = []
    reviews: list[Record] = []
    for number, after in enumerate(decisions, 1):
        event = {"id": f"A{number}", "date": "2021-05-01", "member": "M1;M2", "item": "help", "reason": f"{number}"}
        events.append(event)
        reviews += review(f"A{number}", *(("reject",) if after is None else ("object", *after)))
    events.append({**events[0], "id": "A99", "date": "2021-02-01"})
    reviews += review("A99", "object")
    folder = write_case(tmp_path / "w", small(events=events, reviews=reviews))
    [leaf] = read_paper(publish(folder, "--quarter", "2021Q2", "--with", "report") / "report.html")
    rows = {row["处理结果"]: int(row["件数"]) for row in table(leaf, "异议处理情况")}
    assert rows == {"提出": 11, "维持原记录": 2, "更正": 2, "撤销原记录": 3, "待处理": 4}


def test_masked_names_are_masked_in_every_paper(tmp_path: Path) -> None:
    case = small()
    case["events"][1]["reason"] = "与王五慰问张三"
    case["events"].append({**case["events"][2], "id": "A9", "date": "2021-06-09", "member": "M2", "item": "help"})
    folder = write_case(tmp_path / "w", case)
    web = "{names: masked, columns: [branch], details: show}"
    (folder / "points.yaml").write_text(f"publish: {{audiences: {{web: {web}}}}}\n", "utf-8")
    names = ("cards", "report", "commendation")
    out = publish(folder, "--quarter", "2021Q2", "--with", ",".join(names), audience="web")
    pages = {name: (out / f"{name}.html").read_text("utf-8") for name in names}
    assert [one["name"] for one in case["members"] if one["name"] in "".join(pages.values())] == []
    cards = read_paper(out / "cards.html")
    assert {leaf.fields["姓名"] for leaf in cards} == {"张*", "李*", "王*"}
    assert "与王*慰问张*" in cards[0].text
    assert not any("编号" in leaf.fields for leaf in cards)
    [report] = read_paper(out / "report.html")
    assert "名次下降较多的" not in report.heads  # the last are hidden from the web
    assert "提醒" not in report.text
    assert "名次上升较多的" in report.heads


def test_talks_say_what_was_taken_and_what_is_left(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "w", small())
    out = publish(folder, "--quarter", "2021Q2", "--with", "talks,report")
    [leaf] = read_paper(out / "talks.html")
    assert leaf.fields["姓名"] == "王五"
    [row] = leaf.rows("扣分事项")
    assert (row["日期"], row["项目"], row["事由"], row["计分"]) == ("2021-06-02", "迟到", "两次迟到", "-1")
    [room] = leaf.rows("还可得分的项目（供谈话参考）")
    assert list(room.values()) == ["工作", "0", "10", "10"]
    [whole] = read_paper(out / "report.html")
    assert "名次上升较多的" not in whole.heads  # second before, second now
    [fallen] = table(whole, "名次下降较多的")
    assert [fallen[key] for key in ("姓名", "本期名次", "上期名次", "比上期")] == ["王五", "3", "2", "下降 1"]
    assert (whole.fields["上期平均分"], whole.fields["平均分"], whole.fields["比上期"]) == ("0.7", "0.7", "0.0")
    assert "对本期记录和名单没有提出异议。" in whole.texts


def test_the_first_period_is_compared_with_nothing(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "w", small())
    [leaf] = read_paper(publish(folder, "--quarter", "2021Q1", "--with", "report") / "report.html")
    assert "没有可比的上期：2020年第四季度" in leaf.text
    assert not any("上期" in title for row in table(leaf, "各支部情况") for title in row)


def test_without_lists_the_papers_say_so(tmp_path: Path) -> None:
    case = small()
    del case["scheme"]["outcomes"]
    out = publish(write_case(tmp_path / "w", case), "--quarter", "2021Q2", "--with", "talks,commendation,report")
    assert "没有需要谈话提醒的党员" in read_paper(out / "talks.html")[0].text
    assert "没有列入表彰名单的党员" in read_paper(out / "commendation.html")[0].text
    assert "本期没有评定名单。" in read_paper(out / "report.html")[0].texts


def test_which_lists_honour(tmp_path: Path) -> None:
    honour: Record = {"甲": {"grade": "好"}, "乙": {"score": ">= -9"}, "丙": {"grade": "中"}}
    blame: Record = {"丁": {"grade": "差"}, "戊": {"score": "< 1"}}
    case = small()
    outcomes = {f"o{n}": {"title": key, "where": where} for n, (key, where) in enumerate({**honour, **blame}.items())}
    case["scheme"] |= {"grades": {"好": 2, "中": 1, "差": None}, "outcomes": outcomes}
    out = publish(write_case(tmp_path / "w", case), "--quarter", "2021Q2", "--with", "talks,commendation")
    heads = read_paper(out / "commendation.html")[0].heads
    assert {head.partition("（")[0] for head in heads[1:]} == set(honour)
    text = "".join(leaf.text for leaf in read_paper(out / "talks.html"))
    assert {name for name in outcomes if f"你列入“{outcomes[name]['title']}”" in text} == {"o3", "o4"}


def test_a_draft_says_so_on_every_leaf(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "w", small(reviews=review("A3", "object")))
    out = publish(folder, "--quarter", "2021Q2", "--with", ALL)
    for name in ALL.split(","):
        leaves = read_paper(out / f"{name}.html")
        assert all("有 1 条异议待处理" in leaf.text for leaf in leaves)
        assert 'class="watermark"' in (out / f"{name}.html").read_text("utf-8")
    code = json.loads((out / "manifest.json").read_text("utf-8"))["code"]
    assert all(code in leaf.text for name in ALL.split(",") for leaf in read_paper(out / f"{name}.html"))


TAGS = {
    *("html", "head", "meta", "title", "style", "body", "div", "article", "header", "footer", "p", "h1", "h2", "h3"),
    *("span", "bdi", "table", "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd", "i", "b", "br", "code", "small"),
}
ATTRIBUTES = {"lang", "charset", "http-equiv", "content", "name", "class", "scope", "colspan", "aria-hidden", "role"}


def test_hostile_text_is_only_text(tmp_path: Path) -> None:
    given, seen = ("".join(text[i] for text in HOSTILE.values()) for i in (0, 1))
    plain = "".join(text for kind, (text, _) in HOSTILE.items() if kind not in ("control", "bidi"))
    case = small()
    case["members"][2]["name"] = case["members"][2]["branch"] = plain  # a roster may hold nothing invisible
    case["events"][3]["reason"] = given
    case["scheme"]["score"]["items"]["fault"]["title"] = "<b>过失</b>"
    folder = write_case(tmp_path / "w", case)
    out = publish(folder, "--quarter", "2021Q2", "--with", ALL)
    for name in ALL.split(","):
        tags, attributes = markup_of(out / f"{name}.html")
        assert tags <= TAGS
        assert attributes <= ATTRIBUTES
    talk = read_paper(out / "talks.html")[0]
    assert talk.fields["姓名"] == talk.fields["支部"] == plain
    assert talk.rows("扣分事项")[0]["事由"] == seen
    assert "<b>过失</b>" in talk.text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(("--audience", "wall", "--with", "talks"), "they are not for wall", id="talks-on-the-wall"),
        pytest.param(("--audience", "web", "--with", "report,talks"), "they are not for web", id="talks-on-the-web"),
        pytest.param(("--audience", "web", "--with", "cards"), "web does not see", id="cards-without-details"),
    ],
)
def test_refusals(tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    folder = write_case(tmp_path / "w", small())
    answer: Answer = run("-C", folder, "publish", "--quarter", "2021Q2", *arguments, env=NOBODY)
    assert answer.code == 2
    assert words in answer.err
    assert not (folder / "published").exists()


def test_the_same_bytes_which_verify_makes_again(tmp_path: Path) -> None:
    found = []
    arguments = ("--quarter", "2021Q2", "--with", ALL)
    for number in (1, 2):
        folder = write_case(tmp_path / f"w{number}", small())
        if number == 1:
            out = publish(folder, *arguments)
        else:
            env = {**NOBODY, "TZ": "America/Lima", "PYTHONHASHSEED": "3"}
            answer = run_process("-C", folder, "publish", "--audience", "internal", *arguments, env=env)
            assert answer.code == 0, answer.err
            out = folder / "published/2021Q2/small-internal"
        found.append({path.name: path.read_bytes() for path in sorted(out.iterdir())})
    assert found[0] == found[1]
    assert {"cards.html", "talks.html", "report.html", "report.xlsx", "commendation.html"} <= set(found[0])
    assert good("-C", folder, "verify").text.count(": yes") == 3
    page = out / "report.html"
    page.write_bytes(page.read_bytes().replace(b"2021", b"2022", 1))
    assert "report.html was changed after it was published" in run("-C", folder, "verify").text


def test_the_papers_in_english(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "w", small())
    (folder / "points.yaml").write_text("language: en\n", "utf-8")
    out = publish(folder, "--quarter", "2021Q2", "--with", ALL)
    heads = {name: read_paper(out / f"{name}.html")[0].heads[0] for name in ALL.split(",")}
    assert heads == {
        "cards": "Record card",
        "talks": "Notice of a talk",
        "report": "Report on points, 2021 Q2",
        "commendation": "Commendations of 2021 Q2",
    }
    assert read_paper(out / "report.html")[0].heads[1] == "1. Overall"
