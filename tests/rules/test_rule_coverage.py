"""`points rules coverage` through the command line."""

from __future__ import annotations

from pathlib import Path

from tests.cli.running import good, run, write_csv
from tests.rules.small import SCHEME, TESTS, write

MISSING = """rules/small.yaml  12/17
  rules/small.yaml:10:61: study times month: no event is one too many
  rules/small.yaml:11:5: prize item: no event of it counts
  rules/small.yaml:11:42: prize level 市级: no event has this level
  rules/small.yaml:11:49: prize level 县级: no event has this level
  rules/small.yaml:11:58: prize combine highest: never two postings to compare
12/17 elements covered
"""
REST = """- name: 其余
  members: [{name: 张三}]
  events:
    - {date: 2021-01-05, member: 张三, item: 学习, repeat: 4}
    - {date: 2021-01-05, member: 张三, item: 获奖, level: 市级}
    - {date: 2021-01-05, member: 张三, item: 获奖, level: 县级}
  period: 2021
  expect: {members: {张三: 7}}
"""


def test_missing_elements(tmp_path: Path) -> None:
    assert good("-C", write(tmp_path), "rules", "coverage").text == MISSING


def test_everything(tmp_path: Path) -> None:
    answer = good("-C", write(tmp_path, TESTS + REST), "rules", "coverage", "--fail-under", "100%")
    assert answer.text == "rules/small.yaml  17/17\n17/17 elements covered\n"


def test_fail_under_is_exact(tmp_path: Path) -> None:
    folder = write(tmp_path)
    assert run("-C", folder, "rules", "coverage", "--fail-under", "12/17").code == 0
    assert run("-C", folder, "rules", "coverage", "--fail-under", "70.59%").code == 1  # 12/17 is 70.588…%
    assert run("-C", folder, "rules", "coverage", "--fail-under", "100%").code == 1
    assert run("-C", folder, "rules", "coverage", "--fail-under", "many").code == 2


def test_shown_although_tests_fail(tmp_path: Path) -> None:
    answer = run("-C", write(tmp_path, TESTS.replace("李四: 4", "李四: 5")), "rules", "coverage")
    assert (answer.code, answer.text) == (1, MISSING)
    assert "1 test fails" in answer.err


def test_rules_without_tests_are_not_covered(tmp_path: Path) -> None:
    folder = write(tmp_path)
    (folder / "rules" / "small.test.yaml").unlink()
    assert good("-C", folder, "rules", "coverage").text.endswith("0/17 elements covered\n")


GRANTS = """\
    base: {title: 基础, grant: {by: kind, values: {full: 5}, default: 2}}
    late: {title: 迟到, points: {count: -1}}
"""
GRANTED = """\
- name: 正式党员
  members: [{name: 张三, kind: full}]
  events: [{date: 2021-01-05, member: 张三, item: 学习}]
  period: 2021-01
  expect: {members: {张三: 7}}
"""


def test_grants_by_a_column_and_a_count_without_a_list(tmp_path: Path) -> None:
    folder = write(tmp_path, GRANTED, SCHEME.replace("ranking:", f"{GRANTS}ranking:"))
    missing = good("-C", folder, "rules", "coverage").text.splitlines()
    assert [line for line in missing if "base" in line or "late" in line] == [
        "  rules/small.yaml:12:60: base grant default: nobody is granted it",
        "  rules/small.yaml:13:5: late item: no event of it counts",
        "  rules/small.yaml:13:39: late count 1: never so many events in a window",
    ]


def test_json(tmp_path: Path) -> None:
    found = good("-C", write(tmp_path), "rules", "coverage", "--format", "json").json
    assert found["coverage"] == {"covered": 12, "total": 17}
    (file,) = found["files"]
    assert file["missing"][0] == {
        "path": "rules/small.yaml",
        "line": 10,
        "column": 61,
        "element": "times",
        "of": "study",
        "label": "month",
        "side": "bit",
        "reason": "no event is one too many",
    }
    assert len(file["missing"]) == 5


def test_of_the_log(tmp_path: Path) -> None:
    folder = write(tmp_path)
    write_csv(folder / "members.csv", [{"id": "M1", "name": "张三"}])
    rows = [{"date": "2021-01-05", "member": "M1", "item": "获奖", "level": level} for level in ("市级", "县级")]
    rows.append({"date": "2999-01-05", "member": "M1", "item": "学习", "level": ""})  # not yet
    write_csv(folder / "events.csv", rows)
    found = good("-C", folder, "rules", "coverage", "--log", "--format", "json").json
    missing = {(one["of"], one["element"], one["side"]) for one in found["files"][0]["missing"]}
    assert missing == {
        ("study", "item", "hit"),
        ("study", "times", "bit"),
        ("study", "times", "spared"),
        ("study", "max", "reached"),
        ("study", "max", "open"),
        (None, "grade", "hit"),
        ("best", "outcome", "true"),
        ("best", "condition", "true"),
    }
