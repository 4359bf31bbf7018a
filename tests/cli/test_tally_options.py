"""Every option of `tally` as a user writes it: what is understood, what is refused and how, where the result goes."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from tests.cli.rich import EVENTS, PERIOD, SCHEME, write_rich
from tests.cli.running import Answer, good, run, write_csv

ANSI = "\x1b["
BROKEN = {"id": "E9", "date": "2021-07-01", "member": "M001", "item": "不存在"}


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_rich(tmp_path_factory.mktemp("rich") / "w")


def with_second_scheme(folder: Path) -> Path:
    write_rich(folder)
    items = "{other: {title: 另一项, points: 1}}"
    text = "language: 1\nscheme: other\ntitle: 另一办法\neffective: {from: 2021-01-01}\nsettle: half\n"
    (folder / "rules" / "other.yaml").write_text(f"{text}score: {{items: {items}}}\n", "utf-8")
    return folder


SPELLINGS = [
    ("--month", "2021-07", "2021-07"),
    ("--month", "2021-7", "2021-07"),
    ("--month", "2021/07", "2021-07"),
    ("--month", "2021年7月", "2021-07"),
    ("--month", "2021年七月", "2021-07"),
    ("--month", "２０２１年７月", "2021-07"),
    ("--quarter", "2021Q3", "2021Q3"),
    ("--quarter", "2021q3", "2021Q3"),
    ("--quarter", "2021-Q3", "2021Q3"),
    ("--quarter", "2021-q3", "2021Q3"),
    ("--quarter", "2021年第三季度", "2021Q3"),
    ("--quarter", "2021年3季度", "2021Q3"),
    ("--quarter", " 2021Q3 ", "2021Q3"),
    ("--year", "2021", "2021"),
    ("--year", "2021年", "2021"),
    ("--year", "2021年度", "2021"),
]


@pytest.mark.parametrize(("option", "text", "period"), SPELLINGS, ids=[text for _, text, _ in SPELLINGS])
def test_a_period_is_understood(option: str, text: str, period: str, rich: Path) -> None:
    answer = good("-C", rich, "tally", option, text, "--format", "json")
    assert answer.json["period"] == period
    assert "no period given" not in answer.err


@pytest.mark.parametrize("text", ["2021H2", "2021h2", "2021-H2", "2021年下半年"])
def test_a_half_year_is_understood(text: str, tmp_path: Path) -> None:
    folder = with_second_scheme(tmp_path / "w")
    answer = good("-C", folder, "tally", "--scheme", "other", "--half", text, "--format", "json")
    assert answer.json["period"] == "2021H2"


def test_without_a_period_the_last_one_with_events(rich: Path) -> None:
    last = max(row["date"] for row in EVENTS)[:7]
    answer = good("-C", rich, "tally", "--format", "json")
    assert answer.json["period"] == last
    assert answer.err == f"no period given: {last}, the last one with events\n"
    earlier = good("-C", rich, "tally", "--as-of", "2021年8月15日", "--format", "json")
    assert (earlier.json["period"], earlier.json["as_of"]) == ("2021-08", "2021-08-15")


REFUSED = {
    "a month that is none": (("--month", "2021-13"), ("2021-13", "2021-07")),
    "a quarter that is none": (("--quarter", "2021Q5"), ("2021Q5", "2021Q3")),
    "a half that is none": (("--half", "2021H3"), ("2021H3", "2021H2")),
    "a year that is none": (("--year", "21"), ("21", "2021")),
    "a quarter for a month": (("--month", "2021Q3"), ("2021Q3",)),
    "two periods": (("--month", "2021-07", "--year", "2021"), ("more than one", "--quarter")),
    "as-of before the period": ((*PERIOD, "--as-of", "2021-06-30"), ("2021Q3", "2021-06-30")),
    "as-of that is no date": ((*PERIOD, "--as-of", "2021-02-30"), ("2021-02-30",)),
    "a period that the rollup cannot make": (("--half", "2021H2"), ("half", "rollup:")),
    "before any version": (("--year", "2020"), ("rich", "2020")),
    "an unknown scheme": ((*PERIOD, "--scheme", "poor"), ("poor", "rich")),
    "an unknown stage": ((*PERIOD, "--stage", "done"), ("done", "declared")),
    "an unknown column": ((*PERIOD, "--where", "weather=晴"), ("weather", "branch")),
    "where without a value": ((*PERIOD, "--where", "branch"), ("branch", "COLUMN=VALUE")),
    "an unknown sum": ((*PERIOD, "--by", "colour"), ("colour", "dimension")),
    "an unknown format": ((*PERIOD, "--format", "docx"), ("docx", "json")),
    "unknown headers": ((*PERIOD, "--headers", "names"), ("names", "titles")),
    "an unknown option": ((*PERIOD, "--weather", "fine"), ("--weather",)),
    "an argument too much": ((*PERIOD, "M001"), ("M001",)),
    "an unknown suffix": ((*PERIOD, "-o", "result.docx"), ("result.docx", ".csv", "--format")),
    "no suffix": ((*PERIOD, "-o", "result"), ("result", "--format")),
}


@pytest.mark.parametrize(("options", "says"), [pytest.param(*case, id=name) for name, case in REFUSED.items()])
def test_wrong_usage(options: tuple[str, ...], says: tuple[str, ...], rich: Path) -> None:
    answer = run("-C", rich, "tally", *options)
    assert (answer.code, answer.out) == (2, b""), answer.err
    assert [text for text in says if text not in answer.err] == [], answer.err
    assert not Path("result").exists()


def test_several_schemes_need_to_be_named(tmp_path: Path) -> None:
    folder = with_second_scheme(tmp_path / "w")
    answer = run("-C", folder, "tally", "--year", "2021")
    assert (answer.code, answer.out) == (2, b"")
    assert "other, rich" in answer.err
    assert "--scheme" in answer.err
    assert good("-C", folder, "tally", *PERIOD, "--scheme", "rich", "--format", "json").json["scheme"] == "rich"


def test_no_period_and_no_events(tmp_path: Path) -> None:
    folder = write_rich(tmp_path / "w", events=False)
    (folder / "reviews.csv").unlink()
    write_csv(folder / "events.csv", [], ("id", "date", "member", "item"))
    answer = run("-C", folder, "tally")
    assert (answer.code, answer.out) == (2, b"")
    assert "--month" in answer.err
    assert len(good("-C", folder, "tally", *PERIOD, "--format", "json").json["members"]) == 13


NOTHING_THERE = {
    "no rules": ("rules/rich.yaml", "--rules"),
    "no roster": ("members.csv", "--members"),
    "no log": ("events.csv", "--events"),
}


@pytest.mark.parametrize(("file", "says"), [pytest.param(*case, id=name) for name, case in NOTHING_THERE.items()])
def test_a_workspace_that_is_none(file: str, says: str, tmp_path: Path) -> None:
    folder = write_rich(tmp_path / "w")
    (folder / file).unlink()
    answer = run("-C", folder, "tally", *PERIOD)
    assert (answer.code, answer.out) == (2, b"")
    assert says in answer.err


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    answer = run("-C", tmp_path / "nowhere", "tally", *PERIOD)
    assert (answer.code, answer.out) == (3, b"")
    assert "nowhere" in answer.err


@pytest.mark.parametrize("option", ["--rules", "--members", "--events"])
def test_a_named_file_that_cannot_be_read(option: str, rich: Path, tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    paths = [tmp_path / "nowhere.csv", tmp_path / "folder.csv"]
    if os.geteuid():
        locked = tmp_path / "locked.csv"
        locked.write_text("id,name\n", "utf-8")
        locked.chmod(0)
        paths.append(locked)
    for path in paths:
        answer = run("-C", rich, option, path, "tally", *PERIOD)
        assert (answer.code, answer.out) == (3, b""), answer.err
        assert path.name in answer.err


# -- what the options do


def rows_of(answer: Answer) -> list[list[str]]:
    return [line.split(",") for line in answer.text.splitlines()]


def test_headers(rich: Path) -> None:
    titles = rows_of(good("-C", rich, "tally", *PERIOD, "--format", "csv"))
    ids = rows_of(good("-C", rich, "tally", *PERIOD, "--format", "csv", "--headers", "ids"))
    known = ["rank", "member", "name", "branch", "group", "kind", "base", "duty", "pioneer", "fault"]
    assert ids[0] == [*known, "index", "score", "grade", "stars", "outcomes"]
    assert titles[0][:8] == ["名次", "编号", "姓名", "支部", "党小组", "类别", "基础分", "履职分"]
    assert len(ids) == len(titles) == 14
    assert [row[1] for row in ids] == ["member", *(row[1] for row in titles[1:])]
    assert {row[5] for row in ids[1:]} == {"full", "probationary"}
    assert {row[5] for row in titles[1:]} == {"正式党员", "预备党员"}


def test_sums(rich: Path) -> None:
    members = good("-C", rich, "tally", *PERIOD, "--format", "json").json["members"]
    for by, key in (("branch", ("branch",)), ("group", ("branch", "group"))):
        rows = good("-C", rich, "tally", *PERIOD, "--by", by, "--format", "json").json["rows"]
        assert rows == sorted(rows, key=lambda row: "一二三".index(row["branch"][0]))
        for row in rows:
            inside = [one for one in members if all(one[column] == row[column] for column in key)]
            assert (row["count"], row["score"]) == (len(inside), sum(one["score"] for one in inside))
            assert row["duty"] == sum(one["columns"]["duty"] for one in inside)
        assert sum(row["count"] for row in rows) == len(members)


def test_sums_by_dimension(tmp_path: Path) -> None:
    """A label's sum is what its items alone would be worth; all labels together are all scores."""
    folder = write_rich(tmp_path / "w")
    rules = folder / "rules" / "rich.yaml"
    rules.write_text(re.sub(r"\n +veto:.*", "", SCHEME).replace("except: [veto], ", ""), "utf-8")
    write_csv(folder / "events.csv", [row for row in EVENTS if row["item"] != "veto"])
    (folder / "reviews.csv").unlink()
    rows = good("-C", folder, "tally", "--month", "2021-07", "--by", "dimension", "--format", "json").json["rows"]
    members = good("-C", folder, "tally", "--month", "2021-07", "--format", "json").json["members"]
    assert [row["dimension"] for row in rows] == ["服务", "-"]
    assert abs(sum(row["score"] for row in rows) - sum(one["score"] for one in members)) <= len(members)
    assert 0 < rows[0]["count"] <= len(members)
    assert rows[1]["count"] == len(members)


def test_a_preview_is_marked(rich: Path) -> None:
    counted = good("-C", rich, "tally", *PERIOD, "--format", "json").json
    preview = good("-C", rich, "tally", *PERIOD, "--stage", "申报", "--format", "json").json
    assert "preview" not in counted
    assert preview["preview"] == "申报"
    assert sum(row["earned"] for row in preview["members"]) != sum(row["earned"] for row in counted["members"])
    stricter = good("-C", rich, "tally", *PERIOD, "--stage", "approved", "--format", "json").json
    assert stricter["preview"] == "审核"


MARKED = {"the ranking": (), "sums by branch": ("--by", "branch"), "sums by dimension": ("--by", "dimension")}


@pytest.mark.parametrize("by", [pytest.param(by, id=name) for name, by in MARKED.items()])
@pytest.mark.parametrize("name", ["plain", "markdown"])
def test_people_see_that_it_is_a_preview(name: str, by: tuple[str, ...], rich: Path) -> None:
    preview = good("-C", rich, "tally", *PERIOD, *by, "--stage", "申报", "--format", name)
    assert "预览" in preview.text + preview.err
    assert "预览" not in good("-C", rich, "tally", *PERIOD, *by, "--format", name).text


@pytest.mark.parametrize("by", [pytest.param(by, id=name) for name, by in MARKED.items()])
def test_skipping_wrong_rows(by: tuple[str, ...], rich: Path, tmp_path: Path) -> None:
    folder = write_rich(tmp_path / "w", events=False)
    write_csv(folder / "events.csv", [*EVENTS, BROKEN])
    refused = run("-C", folder, "tally", *PERIOD, *by)
    assert (refused.code, refused.out) == (1, b"")
    skipped = good("-C", folder, "tally", *PERIOD, *by, "--skip-invalid")
    whole = good("-C", rich, "tally", *PERIOD, *by)
    assert "1 rows with errors" in skipped.err
    assert "已跳过" in skipped.text
    assert "已跳过" not in whole.text
    assert len(skipped.text.splitlines()) > len(whole.text.splitlines())


def test_a_partial_result_says_so_to_programs(rich: Path, tmp_path: Path) -> None:
    folder = write_rich(tmp_path / "w", events=False)
    write_csv(folder / "events.csv", [*EVENTS, BROKEN])
    partial = good("-C", folder, "tally", *PERIOD, "--skip-invalid", "--format", "json").json
    whole = good("-C", rich, "tally", *PERIOD, "--skip-invalid", "--format", "json").json
    assert (partial["partial"], whole["partial"]) == (True, False)
    assert partial == {**whole, "partial": True}


# -- languages and colours


@pytest.mark.parametrize(
    ("options", "env", "chinese"),
    [
        pytest.param(("--lang", "zh"), {}, True, id="--lang zh"),
        pytest.param(("--lang", "en"), {"POINTS_LANG": "zh"}, False, id="--lang before POINTS_LANG"),
        pytest.param((), {"POINTS_LANG": "zh", "LANG": "C"}, True, id="POINTS_LANG before LANG"),
        pytest.param((), {"POINTS_LANG": "", "LC_ALL": "", "LC_MESSAGES": "", "LANG": "zh_CN.UTF-8"}, True, id="LANG"),
        pytest.param((), {"POINTS_LANG": "", "LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, False, id="LC_ALL before LANG"),
        pytest.param((), {"POINTS_LANG": "", "LC_ALL": "", "LC_MESSAGES": "", "LANG": ""}, False, id="nothing"),
    ],
)
def test_language_of_messages(options: tuple[str, ...], env: dict[str, str], chinese: bool, rich: Path) -> None:  # noqa: FBT001
    answer = run(*options, "-C", rich, "tally", "--quarter", "2021Q9", env=env)
    assert answer.code == 2
    assert bool(re.search("[一-鿿]", answer.err)) == chinese
    assert "2021Q9" in answer.err
    table = good(*options, "-C", rich, "tally", *PERIOD, env=env)
    assert table.text == good("-C", rich, "tally", *PERIOD).text


def test_language_of_tables(tmp_path: Path) -> None:
    folder = write_rich(tmp_path / "w")
    (folder / "points.yaml").write_text("language: en\n", "utf-8")
    english = good("-C", folder, "tally", *PERIOD, env={"POINTS_LANG": "zh"})
    assert "Score" in english.text
    assert "总分" not in english.text


@pytest.mark.parametrize("name", ["table", "plain", "markdown", "csv", "json", "jsonl"])
def test_no_colour_without_a_terminal(name: str, rich: Path) -> None:
    for env in ({"NO_COLOR": ""}, {"NO_COLOR": "", "FORCE_COLOR": "1", "TERM": "xterm-256color"}):
        answer = good("-C", rich, "tally", *PERIOD, "--format", name, env=env)
        assert ANSI not in answer.text + answer.err


def test_json_lines_are_json(rich: Path) -> None:
    lines = good("-C", rich, "tally", *PERIOD, "--format", "jsonl").text.splitlines()
    assert [json.loads(line)["member"] for line in lines] == [
        row["member"] for row in good("-C", rich, "tally", *PERIOD, "--format", "json").json["members"]
    ]
