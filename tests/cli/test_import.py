"""`points import`: monthly declaration forms into the log as a clerk would; nothing twice, nothing lost."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from tests.cli.running import ROOT, Answer, good, run, run_process

HEAD = ["序号", "姓名", "发生日期", "积分项目", "级次", "申报分值", "事由", "证明材料"]
FORM = "七月申报表.xlsx"
RULES = """\
language: 1
scheme: party
title: 党员积分
effective: {from: 2021-01-01}
settle: quarter
score:
  items:
    talk: {title: 讲党课, points: 2, unit: 次}
    help: {title: 帮扶, points: {from: 1, to: 5}}
    late: {title: 迟到, points: -0.5}
    prize: {title: 表彰, points: {levels: {省级: 8, 市级: 5}}}
    hours: {title: 服务, points: 2, each: 3, max_quantity: 9}
    test: {title: 测试, points: {bands: {60: 0.5, 80: 1}}}
    absent: {title: 缺席, points: {count: [-1, -3], per: quarter}}
"""
MEMBERS = "编号,姓名\nM1,张三\nM2,李四\nM3,王五\nM4,王五\n"
Rows = Sequence[Sequence[Any]]


def write_form(path: Path, rows: Rows, change: Callable[[Any, Any], object] | None = None) -> Path:
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet("申报表")
    for number, row in enumerate(rows):
        for field, cell in enumerate(row):
            if isinstance(cell, datetime):
                page.write_datetime(number, field, cell, book.add_format({"num_format": 'yyyy"年"m"月"d"日"'}))
            elif cell is not None:
                page.write(number, field, cell)
    if change:
        change(book, page)
    book.close()
    return path


@pytest.fixture
def bureau(tmp_path: Path) -> Path:
    """The finance bureau's workspace: declared every month, verified by the panel."""
    return Path(shutil.copytree(ROOT / "examples" / "finance-bureau", tmp_path / "bureau"))


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A small workspace with an empty log."""
    root = tmp_path / "office"
    (root / "rules").mkdir(parents=True)
    (root / "rules" / "party.yaml").write_text(RULES, "utf-8")
    (root / "members.csv").write_text(MEMBERS, "utf-8")
    return root


def july(folder: Path) -> Path:
    """A form as the branch hands it in, with everything that a form has besides its records."""
    rows: list[list[Any]] = [
        ["财政局综合党支部党员积分申报表"],
        ["支部：综合党支部", None, None, None, None, None, "2021年12月"],
        HEAD,
        [1, "苏晚舟", "2021.12.3", "志愿活动", "县级", 2, "社区清扫", "签到表"],
        [2, "姜荷", datetime(2021, 12, 8), "宣传信息", "市级", 2, "减税降费信息", "网页截图"],  # noqa: DTZ001
        [3, "F002", "2021年12月9日", "群团活动", "省级", 8, "职工运动会", "照片"],
        [4],
        HEAD,
        [5, "苏晚舟", "2021-12-20", "迟到早退", None, -0.5, "十二月例会", None],
        ["合计", None, None, None, None, 11.5],
        ["申报人签字：", None, None, None, "审核人："],
        ["支部意见：同意"],
    ]

    def change(book: Any, page: Any) -> None:
        del book
        page.merge_range("A1:H1", rows[0][0])
        page.merge_range("A12:H12", rows[11][0])
        page.write_formula("F10", "=SUM(F4:F9)", None, "")

    return write_form(folder / FORM, rows, change)


def log_of(root: Path) -> list[dict[str, str]]:
    """All rows of the log, by the columns' titles."""
    found = []
    for path in sorted((root / "events").glob("*.csv")):
        data = path.read_bytes()
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("gb18030")
        found += list(csv.DictReader(text.splitlines()))
    return found


def piles(answer: Answer) -> dict[str, int]:
    """What is said of the rows: they add up."""
    read = int(re.search(r": (\d+) rows read", answer.err)[1])  # type: ignore[index]
    found = {text: int(count) for count, text in re.findall(r"^    (\d+) ([a-z ]+): rows", answer.err, re.MULTILINE)}
    assert sum(found.values()) == read
    return found


def state(root: Path) -> dict[str, bytes]:
    """Every file of a workspace but the lock."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and "lock" not in path.name
    }


def score(root: Path, member: str) -> dict[str, Any]:
    rows = good("-C", root, "tally", "--month", "2021-12", "--format", "json").json["members"]
    return next(row for row in rows if row["member"] == member)


def test_a_monthly_declaration(bureau: Path, tmp_path: Path) -> None:
    form, before, log = july(tmp_path), score(bureau, "F002"), log_of(bureau)
    files = state(bureau)
    planned = good("-C", bureau, "import", form, "--dry-run")
    assert state(bureau) == files
    assert "2021-12-08" in planned.text
    assert "nothing was written" in planned.err

    done = good("-C", bureau, "import", form, "--by", "李会计")
    assert piles(done) == {
        "added": 4,
        "with headings": 2,
        "with titles": 2,
        "with totals": 1,
        "with signatures or remarks": 2,
        "without content": 1,
    }
    added = [row for row in log_of(bureau) if row not in log]
    assert [(row["日期"], row["党员"], row["事项"], row["级别"]) for row in added] == [
        ("2021-12-03", "F002", "志愿活动", "县级"),
        ("2021-12-08", "F024", "宣传信息", "市级"),
        ("2021-12-09", "F002", "群团活动", "省级"),
        ("2021-12-20", "F002", "迟到早退", ""),
    ]
    assert {row["记录人"] for row in added} == {"李会计"}
    assert {row["阶段"] for row in added} == {""}
    assert good("-C", bureau, "check", "--audit").code == 0

    assert score(bureau, "F002")["score"] == before["score"]  # declared, not verified yet
    with (bureau / "reviews.csv").open("a", encoding="utf-8", newline="") as file:
        file.writelines(f"2022/1/5,{row['编号']},同意,考评小组认定,,考评小组,\n" for row in added)
    after = score(bureau, "F002")
    assert after["columns"]["deduction"] == before["columns"]["deduction"] - Decimal("0.5")
    assert after["columns"]["contribution"] == min(15, before["columns"]["contribution"] + 10)


def test_again_adds_nothing(bureau: Path, tmp_path: Path) -> None:
    form = july(tmp_path)
    good("-C", bureau, "import", form)
    files = state(bureau)
    again = good("-C", bureau, "import", form, "--by", "somebody else")
    assert state(bureau) == files
    assert piles(again)["in the log already"] == 4
    assert "added" not in piles(again)
    assert "there was nothing to add" in again.err
    renamed = Path(shutil.copy(form, tmp_path / "copy.xlsx"))
    assert "added" not in piles(good("-C", bureau, "import", renamed))


def test_a_longer_form_adds_only_what_is_new(office: Path, tmp_path: Path) -> None:
    head, rows = "姓名,日期,项目,次数,事由\n", ["张三,2021-07-01,讲党课,,一", "张三,2021-07-01,讲党课,,一"]
    form = tmp_path / "a.csv"
    for count in (1, 2, 2, 3):
        lines = [*rows, "李四,2021/8/2,讲党课,２,二"][:count]
        form.write_text(head + "".join(f"{line}\n" for line in lines), "utf-8")
        good("-C", office, "import", form)
        assert len(log_of(office)) == count
    assert [path.name for path in sorted((office / "events").iterdir())] == ["2021-07.csv", "2021-08.csv"]
    assert log_of(office)[2]["数量"] == "2"
    assert log_of(office)[2]["日期"] == "2021-08-02"
    form.write_text(head + "张三,2021.7.1,talk,1,一\n", "utf-8")  # the same in other words
    assert piles(good("-C", office, "import", form)) == {"in the log already": 1, "with headings": 1}


def test_several_forms_at_once(office: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "a.csv", tmp_path / "b.csv"
    for path in (one, two):
        path.write_text("姓名,日期,项目\n张三,2021-07-01,讲党课\n", "utf-8")
    two.write_text(two.read_text("utf-8") + "李四,2021-07-01,讲党课\n", "utf-8")
    answer = good("-C", office, "import", one, two)
    assert answer.err.count("rows read") == 2
    assert [row["党员"] for row in log_of(office)] == ["M1", "M2"]


WRONG: dict[str, tuple[list[Any], str, str]] = {
    "an unknown member": (["赵六", "2021-07-01", "讲党课", None], "A3", "unknown-member"),
    "a name that two bear": (["王五", "2021-07-01", "讲党课", None], "A3", "ambiguous-member"),
    "an unknown item": (["张三", "2021-07-01", "讲课", None], "C3", "unknown-item"),
    "no such day": (["张三", "2021-02-30", "讲党课", None], "B3", "bad-date"),
    "no year": (["张三", "7月1日", "讲党课", None], "B3", "bad-date"),
    "points with a unit": (["张三", "2021-07-01", "帮扶", "2分"], "D3", "bad-number"),
    "points out of range": (["张三", "2021-07-01", "帮扶", 9], "D3", "points-range"),
    "points missing": (["张三", "2021-07-01", "帮扶", None], "D3", "points-missing"),
    "other points than the rules'": (["张三", "2021-07-01", "讲党课", 3], "D3", "points-unused"),
    "no member": ([None, "2021-07-01", "讲党课", None], "A3", "missing-value"),
    "no level": (["张三", "2021-07-01", "表彰", 8], "C3", "level-missing"),
    "points that depend on others": (["张三", "2021-07-01", "缺席", -1], "D3", "points-unused"),
}


@pytest.mark.parametrize("name", WRONG)
def test_one_wrong_row_and_nothing_is_written(name: str, office: Path, tmp_path: Path) -> None:
    row, cell, code = WRONG[name]
    head = ["姓名", "日期", "项目", "申报分值"]
    form = write_form(tmp_path / "a.xlsx", [head, ["李四", "2021-07-01", "讲党课", 2], row, ["赵六", "x", "y", "z"]])
    files = state(office)
    answer = run("-C", office, "import", form)
    assert answer.code == 1
    assert state(office) == files
    assert f"{form.as_posix()}!申报表!{cell}: error" in answer.err
    assert f"[{code}]" in answer.err
    assert "!申报表!A4: error" in answer.err  # everything at once


DECLARED = {
    "a fixed price": ("讲党课,,2", "4", "讲党课", "4"),
    "taken": ("迟到,,", "-0.5", "迟到", "-0.5"),
    "a level": ("表彰,省级,", "8", "表彰", "8"),
    "so many each": ("服务,,8", "4", "服务", "4"),
    "at most so many": ("服务,,100", "6", "服务", "6"),
    "a band": ("测试,,85", "1", "测试", "1"),
}


@pytest.mark.parametrize("name", DECLARED)
def test_declared_points_are_compared_and_left_out(name: str, office: Path, tmp_path: Path) -> None:
    cells, points, item, price = DECLARED[name]
    form, head = tmp_path / "a.csv", "姓名,日期,项目,级别,数量,申报分值\n"
    form.write_text(f"{head}张三,2021-07-01,{cells},{points}\n", "utf-8")
    good("-C", office, "import", form)
    form.write_text(f"{head}张三,2021-07-02,{cells},7\n", "utf-8")
    answer = run("-C", office, "import", form)
    assert answer.code == 1
    assert f"7 points are declared, but the rules give {price} for {item}" in answer.err
    good("-C", office, "import", form, "--map", "申报分值=none")
    assert [(row["日期"], row["分值"]) for row in log_of(office)] == [("2021-07-01", ""), ("2021-07-02", "")]


def test_points_taken_in_a_column_of_their_own(office: Path, tmp_path: Path) -> None:
    form = tmp_path / "a.csv"
    text = "姓名,日期,项目,加分,扣分\n张三,2021-07-01,帮扶,3,\n李四,2021-07-01,迟到,,0.5\n"
    form.write_bytes(text.encode("gb18030"))
    good("-C", office, "import", form)
    assert [(row["事项"], row["分值"]) for row in log_of(office)] == [("帮扶", "3"), ("迟到", "")]


def test_a_mapping_is_kept(office: Path, tmp_path: Path) -> None:
    settings = office / "points.yaml"
    settings.write_text("title: 一支部  # 名称\r\nlanguage: zh\r\n", "utf-8", newline="")
    form = tmp_path / "a.csv"
    form.write_text("谁,哪天,做了什么,写法\n张三,2021-07-01,上党课,x\n", "utf-8")
    assert run("-C", office, "import", form).code == 1
    words = ["--map", "谁=member", "--map", "哪天=日期", "--map", "做了什么=事项", "--map-item", "上党课=talk"]
    good("-C", office, "import", form, *words, "--dry-run", "--save-map")
    assert "import" not in settings.read_text("utf-8")
    good("-C", office, "import", form, *words, "--save-map")
    kept = settings.read_bytes()
    assert kept.startswith("title: 一支部  # 名称\r\nlanguage: zh\r\nimport:\r\n".encode())
    assert kept.count(b"\n") == kept.count(b"\r\n")
    form.write_text("谁,哪天,做了什么,写法\n李四,2021-07-02,上党课,x\n", "utf-8")
    good("-C", office, "import", form)
    assert [row["党员"] for row in log_of(office)] == ["M1", "M2"]
    assert good("-C", office, "check", "--audit").code == 0


SETTINGS = {
    "no file": ("", "import:\n  columns:\n    申报分: points\n"),
    "another key": ("title: x # y", "title: x # y\nimport:\n  columns:\n    申报分: points\n"),
    "a block": (
        "import:\n  columns:\n    甲: member # 甲\n  items:\n    乙: talk\n",
        "import:\n  columns:\n    甲: member # 甲\n    申报分: points\n  items:\n    乙: talk\n",
    ),
    "a line": ("import: {columns: {甲: member}}\n", "import: {columns: {甲: member, 申报分: points}}\n"),
    "only items": (
        "import:\n  items:\n    乙: talk\ntitle: x\n",
        "import:\n  items:\n    乙: talk\n  columns: {申报分: points}\ntitle: x\n",
    ),
    "another meaning": ("import: {columns: {申报分: none}} # z\n", "import: {columns: {申报分: points}} # z\n"),
}


@pytest.mark.parametrize("name", SETTINGS)
def test_settings_keep_every_other_byte(name: str, office: Path, tmp_path: Path) -> None:
    before, after = SETTINGS[name]
    if before:
        (office / "points.yaml").write_text(before, "utf-8")
    form = tmp_path / "a.csv"
    form.write_text("甲,姓名,日期,项目,申报分\n,张三,2021-07-01,帮扶,3\n".replace("甲,姓名", "乙,姓名"), "utf-8")
    good("-C", office, "import", form, "--map", "申报分=points", "--save-map")
    assert (office / "points.yaml").read_text("utf-8") == after


def test_settings_that_cannot_take_the_mapping(office: Path, tmp_path: Path) -> None:
    (office / "points.yaml").write_text("{title: 一支部}\n", "utf-8")
    form = tmp_path / "a.csv"
    form.write_text("谁,日期,项目\n张三,2021-07-01,讲党课\n", "utf-8")
    before = state(office)
    answer = run("-C", office, "import", form, "--map", "谁=member", "--save-map")
    assert (answer.code, answer.out) == (1, b"")
    assert "points.yaml is written in a way that the mapping cannot be added to" in answer.err
    assert state(office) == before


def test_settings_that_are_wrong(office: Path, tmp_path: Path) -> None:
    (office / "points.yaml").write_text("import: {columns: {甲: nobody}, colour: x}\n", "utf-8")
    form = tmp_path / "a.csv"
    form.write_text("姓名,日期,项目\n张三,2021-07-01,讲党课\n", "utf-8")
    answer = run("-C", office, "import", form)
    assert answer.code == 1
    assert "[bad-word]" in answer.err
    assert "[unknown-key]" in answer.err


def test_ids_of_the_form(office: Path, tmp_path: Path) -> None:
    form = tmp_path / "a.csv"
    form.write_text("编号,姓名,日期,项目,事由\nX7,张三,2021-07-01,讲党课,一\n", "utf-8")
    good("-C", office, "import", form)
    assert [row["编号"] for row in log_of(office)] == ["X7"]
    assert piles(good("-C", office, "import", form))["in the log already"] == 1
    form.write_text("编号,姓名,日期,项目,事由\nX7,张三,2021-07-01,讲党课,二\n", "utf-8")
    answer = run("-C", office, "import", form)
    assert answer.code == 1
    assert "[duplicate-event-id]" in answer.err


def test_what_looks_the_same_is_told_and_imported(office: Path, tmp_path: Path) -> None:
    form = tmp_path / "a.csv"
    form.write_text("姓名,日期,项目,事由\n张三,2021-07-01,讲党课,一\n", "utf-8")
    good("-C", office, "import", form)
    form.write_text("姓名,日期,项目,事由\n张三,2021-07-01,讲党课,二\n", "utf-8")
    answer = good("-C", office, "import", form)
    assert "[suspected-duplicate]" in answer.err
    assert len(log_of(office)) == 2


def test_values_for_all_rows(office: Path, tmp_path: Path) -> None:
    form = tmp_path / "签到.csv"
    form.write_text("主题党日签到表\n姓名\n张三\n李四\n", "utf-8")
    assert run("-C", office, "import", form).code == 1
    for text in (form.read_text("utf-8"), "主题党日签到表,\n序号,姓名,时间\n1,张三,\n2,李四,\n3,,\n"):
        form.write_text(text, "utf-8")
        good("-C", office, "import", form, "--item", "讲党课", "--date", "2021年7月1日")
    assert [(row["党员"], row["日期"], row["事项"]) for row in log_of(office)] == [
        ("M1", "2021-07-01", "讲党课"),
        ("M2", "2021-07-01", "讲党课"),
    ]


def test_where_events_go(office: Path, tmp_path: Path) -> None:
    form = tmp_path / "a.csv"
    form.write_text("姓名,日期,项目\n张三,2021-07-01,讲党课\n李四,2021-08-01,讲党课\n", "utf-8")
    assert run("-C", office, "import", form, "--to", tmp_path / "elsewhere.csv").code == 1
    good("-C", office, "import", form, "--to", "events/forms.csv")
    assert [path.name for path in (office / "events").iterdir()] == ["forms.csv"]
    (office / "events" / "forms.csv").rename(office / "events.csv")
    (office / "events").rmdir()
    form.write_text("姓名,日期,项目\n张三,2021-09-01,讲党课\n", "utf-8")
    good("-C", office, "import", form)
    assert not (office / "events").exists()
    assert (office / "events.csv").read_text("utf-8").count("\n") == 4


def test_all_files_or_none(office: Path, tmp_path: Path) -> None:
    (office / "events").mkdir()
    (office / "events" / "2021-08.csv").write_text("id,date,member,item\nE1,2021-08-03,M1,talk\n", "utf-8")
    form = tmp_path / "a.csv"
    form.write_text("姓名,日期,项目,事由\n张三,2021-07-01,讲党课,一\n李四,2021-08-01,讲党课,二\n", "utf-8")
    files = state(office)
    answer = run("-C", office, "import", form)
    assert answer.code == 1
    assert "events/2021-08.csv" in answer.err
    assert state(office) == files


BROKEN: dict[str, tuple[dict[str, str | None], int, str]] = {
    "settings": ({"points.yaml": "events: nowhere.csv\n"}, 1, "points.yaml:1:9: error P491 [no-such-file]"),
    "a log that is none": ({"events.csv": "foo,bar\n1,2\n"}, 1, "events.csv:1: error P433 [no-header]"),
    "no rules": ({"rules/party.yaml": None}, 2, "no rule file was found in "),
    "no roster": ({"members.csv": None}, 2, "no roster was found in "),
    "a record of that id in the log, which is wrong": (
        {"events.csv": "id,date,member,item\nX7,2021-13-01,M1,talk\n"},
        1,
        "a.csv:2:1: error P527 [duplicate-event-id] event id X7 is in the log already",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_workspace_that_cannot_take_events(name: str, office: Path, tmp_path: Path) -> None:
    files, code, said = BROKEN[name]
    for path, text in files.items():
        if text is None:
            (office / path).unlink()
        else:
            (office / path).write_text(text, "utf-8")
    form = tmp_path / "a.csv"
    form.write_text("编号,姓名,日期,项目\nX7,张三,2021-07-01,讲党课\n", "utf-8")
    before = state(office)
    answer = run("-C", office, "import", form)
    assert (answer.code, answer.out) == (code, b"")
    assert said in answer.err
    assert state(office) == before


REFUSED: dict[str, tuple[tuple[str, ...], int, str]] = {
    "no such file": (("nothing.csv",), 3, "there is no such file"),
    "a file of the log": (("events/2021-07.csv",), 1, "is a file of the event log itself"),
    "no pair": (("a.csv", "--map", "申报分值"), 2, "is not a pair"),
    "no such column": (("a.csv", "--map", "甲=nobody"), 2, "is not a column of the event log"),
    "no such day": (("a.csv", "--date", "2021-02-30"), 2, "is not a date"),
    "no mapping to keep": (("a.csv", "--save-map"), 2, "there is no mapping to keep"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused(name: str, office: Path) -> None:
    (first, *rest), code, said = REFUSED[name]
    for path in (office / "events" / "2021-07.csv", office / "a.csv"):
        path.parent.mkdir(exist_ok=True)
        path.write_text("党员,日期,事项\n", "utf-8")
    files = state(office)
    answer = run("-C", office, "import", office / first, *rest)
    assert answer.code == code
    assert said in answer.err
    assert state(office) == files


def test_machine_formats(office: Path, tmp_path: Path) -> None:
    form = tmp_path / "a.csv"
    form.write_text("姓名,日期,项目\n张三,2021-07-01,讲党课\n", "utf-8")
    found = json.loads(good("-C", office, "import", form, "--dry-run", "--format", "json").out)
    assert "2021-07-01" in json.dumps(found, ensure_ascii=False)
    assert good("-C", office, "import", form, "--dry-run", "--format", "csv").text.count("\n") == 2
    good("-C", office, "import", form, "-o", tmp_path / "added.csv")
    assert "2021-07-01" in (tmp_path / "added.csv").read_text("utf-8-sig")
    assert good("-C", office, "import", form, "--format", "json").json["rows"] == []


def test_two_at_once_add_every_row_once(office: Path, tmp_path: Path) -> None:
    """Each has the rows that both have in another order; nobody knows who comes first, and the ids are the same."""
    lines = [f"张三;李四,2021-07-{day:02d},讲党课,{day % 3}\n" for day in range(1, 29)]
    forms = [tmp_path / "a.csv", tmp_path / "b.csv"]
    for form, rows in zip(forms, (lines, lines[::-1]), strict=True):
        form.write_text("姓名,日期,项目,事由\n" + "".join(rows), "utf-8")
    alone = Path(shutil.copytree(office, tmp_path / "alone"))
    good("-C", alone, "import", forms[0])
    with ThreadPoolExecutor() as pool:
        answers = list(
            pool.map(
                lambda pair: run_process("-C", office, "import", pair[0], env={"PYTHONHASHSEED": pair[1]}),
                zip(forms, ("1", "2"), strict=True),
            )
        )
    assert [answer.code for answer in answers] == [0, 0]
    assert sorted(piles(answer).get("added", 0) for answer in answers) == [0, 28]
    ids = [sorted(row["编号"] for row in log_of(root)) for root in (office, alone)]
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == 28
