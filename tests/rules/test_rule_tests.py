"""`points rules test` through the command line."""

# ruff: noqa: E501  (tables as they are printed)

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from pointscli.app.case_differences import Difference
from pointscli.app.case_updates import updated
from pointscli.scheme.read_cases import read_case_file
from tests.cli.running import good, run
from tests.rules.small import SCHEME, TESTS, write


def cell(old: str, new: str) -> str:
    assert TESTS.count(old) == 1
    return TESTS.replace(old, new)


def test_all_pass(tmp_path: Path) -> None:
    answer = good("-C", write(tmp_path), "rules", "test")
    assert answer.text == "2 tests passed, 0 failed, 0 to do; 12 of 17 elements covered\n"


def test_chinese(tmp_path: Path) -> None:
    answer = run("-C", write(tmp_path, cell("李四: 4", "李四: 5")), "rules", "test", env={"POINTS_LANG": "zh"})
    assert answer.code == 1
    assert "李四" in answer.text


FAILURES: dict[str, tuple[str, str, str]] = {
    "a score": (
        "李四: 4",
        "李四: 5",
        """failed rules/small.test.yaml:1  学习每月最多四分
member  what   expected  got  line                      rule
------  -----  --------  ---  ------------------------  ------------------
李四    score  5         4.0  rules/small.test.yaml:10  rules/small.yaml:8
  李四 score 4.0 =
    2021-02-01       2  study  rules/small.test.yaml:5  rules/small.yaml:10
    2021-03-01       2  study  rules/small.test.yaml:5  rules/small.yaml:10
""",
    ),
    "several cells": (
        "{score: 6, rank: 1, grade: 好, columns: {study: 6, prize: 0}, outcomes: [best]}",
        "{score: 7, rank: 一, grade: 差, columns: {study: 6, prize: sNaN}, outcomes: []}",
        """failed rules/small.test.yaml:1  学习每月最多四分
member  what           expected  got     line                     rule
------  -------------  --------  ------  -----------------------  -------------------
张三    score          7         6.0     rules/small.test.yaml:9  rules/small.yaml:8
张三    rank           一        1       rules/small.test.yaml:9  rules/small.yaml:12
张三    grade          差        好      rules/small.test.yaml:9  rules/small.yaml:13
张三    columns.prize  sNaN      0.0     rules/small.test.yaml:9  rules/small.yaml:11
张三    outcomes       []        [best]  rules/small.test.yaml:9  rules/small.yaml:15
  张三 score 6.0 =
    2021-01-05       2  study  rules/small.test.yaml:4  rules/small.yaml:10
    2021-01-05       2  study  rules/small.test.yaml:4  rules/small.yaml:10
    2021-01-05       0  study  rules/small.test.yaml:4  rules/small.yaml:10  学习, January 2021: 6 in all, above the most of 4: 2 → 0
    2021-02-01       2  study  rules/small.test.yaml:5  rules/small.yaml:10
    2021-03-01       0  study  rules/small.test.yaml:5  rules/small.yaml:10  学习, 2021: 8 in all, above the most of 6: 2 → 0
""",
    ),
    "a list": (
        "best: [张三]",
        "best: [张三, 李四]",
        """failed rules/small.test.yaml:1  学习每月最多四分
what           expected      got     line                      rule
-------------  ------------  ------  ------------------------  -------------------
outcomes.best  [张三, 李四]  [张三]  rules/small.test.yaml:11  rules/small.yaml:15
""",
    ),
    "not listed": (
        "李四: 4",
        "李四: null",
        """failed rules/small.test.yaml:1  学习每月最多四分
member  what    expected  got  line                      rule
------  ------  --------  ---  ------------------------  ------------------
李四    listed  null      4.0  rules/small.test.yaml:10  rules/small.yaml:1
""",
    ),
    "a finding nobody expects": (
        "{error: level-unknown}",
        "{members: {张三: 3}}",
        """failed rules/small.test.yaml:12  不认识的级别
what   got                                                                    line
-----  ---------------------------------------------------------------------  ------------------------
error  level-unknown: item 获奖 has no level 省级 (write one of: 市级, 县级)  rules/small.test.yaml:16
""",
    ),
    "another finding": (
        "{error: level-unknown}",
        "{error: no-evidence}",
        """failed rules/small.test.yaml:12  不认识的级别
what   expected     got                                                                    line
-----  -----------  ---------------------------------------------------------------------  ------------------------
error  no-evidence  level-unknown: item 获奖 has no level 省级 (write one of: 市级, 县级)  rules/small.test.yaml:16
""",
    ),
    "no finding": (
        "获奖,省级",
        "获奖,市级",
        """failed rules/small.test.yaml:12  不认识的级别
what   expected       line
-----  -------------  ------------------------
error  level-unknown  rules/small.test.yaml:18
""",
    ),
    "an unknown column": (
        "prize: 0",
        "prise: 0",
        """failed rules/small.test.yaml:1  学习每月最多四分
member  what           expected  got                                                                                line
------  -------------  --------  ---------------------------------------------------------------------------------  -----------------------
张三    columns.prise  0         unknown-column: prise is not known here (did you mean prize? known: prize, study)  rules/small.test.yaml:9
""",
    ),
    "members who are nobody, or two": (
        "  members: [{name: 张三}]\n  events: |\n    date,member,item,level\n    2021-01-05,张三,获奖,省级\n  period: 2021\n  expect: {error: level-unknown}",
        "  members: [{id: A, name: 张三}, {id: B, name: 张三}]\n  period: 2021\n  expect: {members: {张三: 0, 王五: 0}}",
        """failed rules/small.test.yaml:12  不认识的级别
member  what   expected  got                                                                        line
------  -----  --------  -------------------------------------------------------------------------  ------------------------
张三    score  0         ambiguous-member: several members are called 张三 (write the member's id)  rules/small.test.yaml:15
王五    score  0         unknown-member: 王五 is not known here (known: 张三, 张三)                 rules/small.test.yaml:15
""",
    ),
    "rows that are no list": (
        "\n    - {date: 2021-01-05, member: 张三, item: 学习, repeat: 3}  # 2+2+2，封顶 4\n    - {date: [2021-02-01, 2021-03-01], member: [张三, 李四], item: 学习}",
        " {date: 2021-01-05, member: 张三, item: 学习}",
        """failed rules/small.test.yaml:1  学习每月最多四分
what   got                                                                                  line
-----  -----------------------------------------------------------------------------------  -----------------------
error  wrong-type: keys and values cannot stand here (write rows: each begins with a dash)  rules/small.test.yaml:3
""",
    ),
    "a row without columns": (
        "- {date: 2021-01-05, member: 张三, item: 学习, repeat: 3}",
        "- 学习",
        """failed rules/small.test.yaml:1  学习每月最多四分
what   got                                                                            line
-----  -----------------------------------------------------------------------------  -----------------------
error  wrong-type: 学习 cannot stand here (write a row of columns with their values)  rules/small.test.yaml:4
""",
    ),
    "several items in a cell": (
        "item: 学习, repeat: 3",
        "item: [学习, 获奖], repeat: 3",
        """failed rules/small.test.yaml:1  学习每月最多四分
what   got                                                                              line
-----  -------------------------------------------------------------------------------  -----------------------
error  missing-value: the cell item (事项) is empty (fill it in, or delete the record)  rules/small.test.yaml:4
error  wrong-type: a list cannot stand here (write one value)                           rules/small.test.yaml:4
""",
    ),
    "a quotation mark that is not closed": (
        "2021-01-05,张三,获奖,省级",
        '2021-01-05,张三,获奖,省级\n    2021-01-06,"张三,获奖,省级',
        """failed rules/small.test.yaml:12  不认识的级别
what   expected       got                                                                                                                                line
-----  -------------  ---------------------------------------------------------------------------------------------------------------------------------  ------------------------
error  level-unknown  unclosed-quote: a quotation mark opens in this record and is not closed before line 17 (close it, or write " inside a cell as "")  rules/small.test.yaml:17
""",
    ),
}


@pytest.mark.parametrize(("old", "new", "table"), FAILURES.values(), ids=FAILURES)
def test_failures(tmp_path: Path, old: str, new: str, table: str) -> None:
    answer = run("-C", write(tmp_path, cell(old, new)), "rules", "test")
    assert answer.code == 1
    shown, _, counts = answer.text.rpartition("\n\n")
    assert f"{shown}\n" == table
    assert counts.startswith("1 test passed, 1 failed, 0 to do; ")


WIDE = (
    SCHEME.replace("grades: {好: 5, 差: null}\n", "grades:\n  好: 5\n  差: null\nstars:\n  2: 5\n  1: 3\n")
    .replace("ranking: {ties", "members: {kind: [full]}\nranking: {ties")
    .replace("  best:", "  worst: {title: 末位, period: year, bottom: 1}\n  best:")
    + "  sure: {title: 确认, period: year, top: 1, confirm: {at: b, stages: {a: 初评, b: 公示}}}\n"
    + "derive:\n  index: {title: 指数, of: study, to: 5}\n"
)
WIDE_CASE = """- name: 各项
  members: [{name: 张三, kind: full}, {name: 李四, kind: full}, {name: 王五, kind: full}]
  events: [{date: 2021-01-05, member: [张三, 李四], item: 学习}, {date: 2021-03-05, member: 张三, item: 获奖, level: 市级}]
  period: 2021
  expect:
    %s
"""
BEHIND: dict[str, tuple[str, str]] = {
    "a rank": ("members: {张三: {rank: 2}}", "ranking:"),
    "the grade reached": ("members: {张三: {grade: 差}}", "好: 5"),
    "the grade missed": ("members: {李四: {grade: 好}}", "好: 5"),
    "a grade that is none": ("members: {李四: {grade: 坏}}", "差: null"),
    "the stars reached": ("members: {张三: {stars: 1}}", "2: 5"),
    "no stars": ("members: {李四: {stars: 1}}", "1: 3"),
    "a member listed": ("members: {李四: null}", "members: {kind"),
    "an outcome of a member": ("members: {王五: {outcomes: [best, worst]}}", "best:"),
    "an outcome too many": ("members: {王五: {outcomes: []}}", "worst:"),
    "an outcome": ("outcomes: {worst: []}", "worst:"),
    "a nomination": ("nominated: {sure: {张三: b}}", "sure:"),
    "a derived column": ("members: {张三: {derived: {index: 1}}}", "index:"),
    "the points earned": ("members: {张三: {earned: 1}}", "score:"),
}


@pytest.mark.parametrize(("expect", "line"), BEHIND.values(), ids=BEHIND)
def test_the_rule_behind(tmp_path: Path, expect: str, line: str) -> None:
    folder = write(tmp_path, WIDE_CASE % expect, WIDE)
    (difference,) = run("-C", folder, "rules", "test", "-f", "json").json["tests"][0]["differences"]
    path, _, number = difference["rule"].rpartition(":")
    assert path == "rules/small.yaml"
    assert WIDE.splitlines()[int(number) - 1].strip().startswith(line)


WRONG: dict[str, tuple[str, str, str, str]] = {
    "a key": (
        "  period: 2021\n  expect:\n",
        "  perod: 2021\n  expect:\n",
        "6:3: error P201 [unknown-key] unknown key perod",
        "did you mean period?",
    ),
    "an expected key": (
        "rank: 1",
        "rang: 1",
        "9:22: error P201 [unknown-key] unknown key rang",
        "did you mean rank?",
    ),
    "a period": (
        "period: 2021\n  expect:\n",
        "period: 2021Q9\n  expect:\n",
        "6:11: error P605 [bad-period] 2021Q9 is not a period",
        "2021Q3",
    ),
    "no expect": (
        "  expect: {error: level-unknown}\n",
        "",
        "12:3: error P202 [missing-key] the key expect is missing here",
        "add expect",
    ),
    "a list of a member": (
        "outcomes: [best]",
        "outcomes: best",
        "9:82: error P203 [wrong-type] best cannot stand here",
        "write a list, such as [a, b]; an empty one is []",
    ),
    "a list": (
        "best: [张三]",
        "best: 张三",
        "11:22: error P203 [wrong-type] 张三 cannot stand here",
        "write a list, such as [a, b]; an empty one is []",
    ),
    "a name twice": (
        "不认识的级别",
        "学习每月最多四分",
        "12:3: error P223 [duplicate-name] the test 学习每月最多四分 stands here again",
        "the first stands in line 1",
    ),
    "a text as a list": (
        "outcomes: [best]",
        "outcomes: best",
        "9:82: error P203 [wrong-type] best cannot stand here",
        "write a list, such as [a, b]",
    ),
    "a list as a score": (
        "李四: 4",
        "李四: [4]",
        "10:11: error P203 [wrong-type] a list cannot stand here",
        "write one value",
    ),
    "keys as a rank": (
        "rank: 1",
        "rank: {a: 1}",
        "9:28: error P203 [wrong-type] keys and values cannot stand here",
        "write one value",
    ),
    "a list in a column": (
        "study: 6",
        "study: [6]",
        "9:58: error P203 [wrong-type] a list cannot stand here",
        "write one value",
    ),
    "a list in a list": (
        "best: [张三]",
        "best: [张三, [李四]]",
        "11:27: error P203 [wrong-type] a list cannot stand here",
        "write one value",
    ),
    "a list as a stage": (
        "outcomes: {best: [张三]}",
        "nominated: {best: {张三: [b]}}",
        "11:28: error P203 [wrong-type] a list cannot stand here",
        "write one value",
    ),
}


@pytest.mark.parametrize(("old", "new", "said", "hint"), WRONG.values(), ids=WRONG)
def test_wrong_files(tmp_path: Path, old: str, new: str, said: str, hint: str) -> None:
    answer = run("-C", write(tmp_path, cell(old, new)), "rules", "test")
    assert (answer.code, answer.text) == (1, "")
    assert f"rules/small.test.yaml:{said}" in answer.err
    assert hint in answer.err


def test_an_unknown_column_of_an_event_is_a_finding_of_the_test(tmp_path: Path) -> None:
    answer = run("-C", write(tmp_path, cell("item: 学习, repeat: 3", "iten: 学习, repeat: 3")), "rules", "test")
    assert "unknown-key: unknown key iten" in answer.text
    assert "rules/small.test.yaml:4" in answer.text


def test_broken_rules_stop_everything(tmp_path: Path) -> None:
    folder = write(tmp_path, scheme="language: 1\nscheme: small\n")
    answer = run("-C", folder, "rules", "test")
    assert (answer.code, answer.text) == (1, "")
    assert "rules/small.yaml:" in answer.err


def test_a_period_that_the_rules_do_not_make(tmp_path: Path) -> None:
    quarter = cell("period: 2021\n  expect: {error: level-unknown}", "period: 2021Q1\n  expect: {error: level-unknown}")
    answer = run("-C", write(tmp_path, quarter), "rules", "test", "--run", "级别")
    assert answer.code == 1
    assert "usage: scheme small cannot make a quarter of its months" in answer.text


def test_todo(tmp_path: Path) -> None:
    tests = cell("李四: 4", "李四: 5").replace("- name: 学习", "- todo: true\n  name: 学习")
    answer = good("-C", write(tmp_path, tests), "rules", "test")
    assert '<skipped message="todo" />' in good("-C", tmp_path, "rules", "test", "--format", "junit").text
    assert answer.text.startswith(
        "todo   rules/small.test.yaml:1  学习每月最多四分\n\n1 test passed, 0 failed, 1 to do"
    )


def test_todo_that_passes_fails(tmp_path: Path) -> None:
    answer = run("-C", write(tmp_path, TESTS.replace("- name: 学习", "- todo: true\n  name: 学习")), "rules", "test")
    assert answer.code == 1
    assert "todo  fails     passes" in answer.text


def test_run_chooses_by_name(tmp_path: Path) -> None:
    folder = write(tmp_path)
    assert good("-C", folder, "rules", "test", "--run", "级别$").text.startswith("1 test passed, 0 failed")
    assert run("-C", folder, "rules", "test", "--run", "nobody").code == 2
    assert run("-C", folder, "rules", "test", "--run", "(").code == 2


def test_nothing_to_run(tmp_path: Path) -> None:
    assert run("-C", tmp_path, "rules", "test").code == 2
    covered = run("-C", tmp_path, "rules", "coverage")
    assert (covered.code, covered.err.splitlines()[0]) == (2, "no rule file was found")
    assert run("-C", tmp_path, "rules", "test", "nowhere.yaml").code == 3


def test_shared_tables_other_rules_and_paths(tmp_path: Path) -> None:
    folder = write(tmp_path)
    (folder / "more.test.yaml").write_text(
        """rules: [rules/small.yaml]
members: [{id: M1, name: 张三}]
period: 2021-01
tests:
  - {name: 没有事项, expect: {members: {M1: 0}}}
  - name: 有一条
    events: [{日期: 2021-01-05, 党员: 张三, 事项: 学习, 数量: 1}]
    expect: {members: {张三: {score: 2, earned: 2}}}
""",
        "utf-8",
    )
    assert good("-C", folder, "rules", "test", "more.test.yaml").text.startswith("2 tests passed")
    assert good("-C", folder, "rules", "test", "rules", "more.test.yaml").text.startswith("4 tests passed")
    assert good("-C", folder, "rules", "test", "rules/small.yaml").text.startswith("2 tests passed")


def test_json(tmp_path: Path) -> None:
    found = run("-C", write(tmp_path, cell("李四: 4", "李四: 5")), "rules", "test", "--format", "json").json
    assert [one["status"] for one in found["tests"]] == ["failed", "passed"]
    assert found["tests"][0]["differences"] == [
        {
            "member": "李四",
            "what": "score",
            "expected": "5",
            "got": "4.0",
            "path": "rules/small.test.yaml",
            "line": 10,
            "column": 11,
            "rule": "rules/small.yaml:8",
            "postings": [
                {"date": "2021-02-01", "path": ["study"], "credited": "2", "rule": "rules/small.yaml:10"},
                {"date": "2021-03-01", "path": ["study"], "credited": "2", "rule": "rules/small.yaml:10"},
            ],
        }
    ]
    assert found["coverage"] == {"covered": 12, "total": 17}


def test_junit(tmp_path: Path) -> None:
    folder = write(tmp_path, cell("李四: 4", "李四: 5"))
    answer = run("-C", folder, "rules", "test", "--format", "junit", "-o", tmp_path / "out.xml")
    assert (answer.code, answer.text) == (1, "")
    (suite,) = ET.parse(tmp_path / "out.xml").getroot()  # noqa: S314  (our own file)
    assert suite.attrib == {
        "name": "rules/small.test.yaml",
        "tests": "2",
        "failures": "1",
        "errors": "0",
        "skipped": "0",
    }
    failed, passed = suite
    assert [one.get("name") for one in suite] == ["学习每月最多四分", "不认识的级别"]
    assert [one.get("message") for one in failed] == ["rules/small.test.yaml:10: 李四 score: expected 5, got 4.0"]
    assert list(passed) == []


def test_update_needs_a_yes(tmp_path: Path) -> None:
    tests = cell("李四: 4", "李四: 5")
    answer = run("-C", write(tmp_path, tests), "rules", "test", "--update")
    assert answer.code == 2
    assert (tmp_path / "rules" / "small.test.yaml").read_text("utf-8") == tests


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_update_splices(tmp_path: Path, end: str, mark: str) -> None:
    right = mark + TESTS.replace("score: 6,", "score: 6.0,").replace("李四: 4", "李四: 4.0  # 手算").replace("\n", end)
    wrong = right.replace("李四: 4.0", "李四: '5'").replace("best: [张三]", "best: [李四, 张三]")
    wrong = wrong.replace("grade: 好", "grade: 差").replace("outcomes: [best]", "outcomes: []")
    answer = good("-C", write(tmp_path, wrong), "rules", "test", "--update", "--yes")
    assert "李四    score" in answer.text
    assert "4 expected values replaced" in answer.err
    assert (tmp_path / "rules" / "small.test.yaml").read_bytes() == right.encode()


GOT: dict[str, tuple[str, str]] = {
    "a number below 0": ("-2.0", "-2.0"),
    "a dash": ("-", "'-'"),
    "a word of YAML": ("true", "'true'"),
    "nothing": ("null", "null"),
    "quotation marks": ("'好': 上", "'''好'': 上'"),
    "a list": ("[O'Neil, 张三]", "['O''Neil', 张三]"),
    "an empty list": ("[]", "[]"),
}


@pytest.mark.parametrize(("got", "written"), GOT.values(), ids=GOT)
def test_what_update_writes_is_read_as_what_was_computed(got: str, written: str) -> None:
    case = "- {name: a, members: [], expect: {members: {张三: {%s}}}}\n"
    key = "outcomes: " if got.startswith("[") else "grade: "
    data = (case % (key + ("[x]" if got.startswith("[") else "x"))).encode()
    (wanted,) = read_case_file(Path("a.test.yaml"), "a", data)[0].cases[0].wanted
    after = updated(data, [Difference("张三", "", "", got, wanted.place, wanted.value)])
    assert after.decode() == case % (key + written)
    (found,) = read_case_file(Path("a.test.yaml"), "a", after)[0].cases[0].wanted
    texts = [one.text for one in getattr(found.value, "items", [found.value])]
    assert texts == [one for one in got.strip("[]").split(", ") if one]


def test_update_leaves_what_it_cannot_mend(tmp_path: Path) -> None:
    tests = cell("{error: level-unknown}", "{error: no-evidence}")
    answer = run("-C", write(tmp_path, tests), "rules", "test", "--update", "--yes")
    assert answer.code == 1
    assert (tmp_path / "rules" / "small.test.yaml").read_text("utf-8") == tests
