"""`points trend`: the same numbers as `tally`, period by period, as a chart, a table and pictures."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest

from pointscli.outputs.trend_chart import histogram
from tests.check.folders import RULES, write
from tests.cli.running import ROOT, good, run

EXAMPLES = ROOT / "examples"
ENTERPRISE = EXAMPLES / "state-enterprise"
OFFICE = EXAMPLES / "finance-bureau"


def test_a_member_has_the_scores_of_each_tally() -> None:
    found = good("-C", ENTERPRISE, "trend", "E021", "--year", "2021", "--by", "quarter", "--format", "json").json
    rows = found["rows"]
    assert len(rows) == 4
    for number, row in enumerate(rows, 1):
        tally = good("-C", ENTERPRISE, "tally", "--quarter", f"2021Q{number}", "--format", "json").json
        one = next(each for each in tally["members"] if each["member"] == "E021")
        assert (row["score"], row["rank"]) == (one["score"], one["rank"])


def test_the_chart_and_the_numbers_under_it() -> None:
    text = good("-C", ENTERPRISE, "trend", "E021", "--year", "2021").text
    assert "o 魏立夏" in text
    assert "2021年7月" in text
    assert "60.00" in text
    assert "\x1b" not in text


def test_a_branch_has_a_spread_and_a_histogram() -> None:
    text = good("-C", ENTERPRISE, "trend", "--branch", "县投机关党支部", "--year", "2021").text
    assert "中位数" in text
    assert "得分分布" in text
    counts = [int(line.split()[-1]) for line in text.splitlines() if re.match(r"\s+[-\d.]+~", line)]
    december = good("-C", ENTERPRISE, "tally", "--month", "2021-12", "--format", "json").json
    assert sum(counts) == sum(1 for one in december["members"] if one["branch"] == "县投机关党支部")


@pytest.mark.parametrize(
    ("suffix", "magic"), [pytest.param("svg", b"<?xml", id="svg"), pytest.param("png", b"\x89PNG", id="png")]
)
@pytest.mark.parametrize("whose", [("F002",), ("--branch", "综合党支部")], ids=["member", "branch"])
def test_pictures_are_the_same_twice(suffix: str, magic: bytes, whose: tuple[str, ...], tmp_path: Path) -> None:
    found = []
    for number in range(2):
        target = tmp_path / f"{number}.{suffix}"
        good("-C", OFFICE, "trend", *whose, "--year", "2021", "--by", "quarter", "-o", target)
        found.append(target.read_bytes())
    assert found[0].startswith(magic)
    assert found[0] == found[1]
    if suffix == "svg":
        assert "积分走势" in found[0].decode()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        pytest.param(("E999",), 1, "no member has the id or name E999", id="member"),
        pytest.param(("--branch", "没有"), 2, "the branches are:", id="branch"),
        pytest.param(("E021", "--year", "2020"), 2, "no version of scheme", id="year"),
    ],
)
def test_refusals(arguments: tuple[str, ...], code: int, words: str) -> None:
    given = arguments if "--year" in arguments else (*arguments, "--year", "2021")
    answer = run("-C", ENTERPRISE, "trend", *given)
    assert answer.code == code, answer.err
    assert words in answer.err


def test_formats_agree(tmp_path: Path) -> None:
    target = tmp_path / "x.csv"
    good("-C", ENTERPRISE, "trend", "--year", "2021", "--by", "quarter", "-o", target)
    rows = target.read_text("utf-8-sig").splitlines()
    found = json.loads(
        good("-C", ENTERPRISE, "trend", "--year", "2021", "--by", "quarter", "--format", "json").out,
        parse_float=Decimal,
    )
    assert len(found["rows"]) == len(rows) - 1


@pytest.mark.parametrize(
    ("options", "rows"),
    [
        pytest.param(
            ("--by", "year", "--year", "2022"),
            [["2021年度", "2", *["1.00"] * 3, *["2.00"] * 2, "1.50"], ["2022年度", "2", *["0.00"] * 6]],
            id="years",
        ),
        pytest.param(
            ("--by", "half", "--branch", "甲支部", "--year", "2021"),
            [["2021年上半年", "0"], ["2021年下半年", "1", *["2.00"] * 6]],
            id="nobody-yet",
        ),
    ],
)
def test_spreads(options: tuple[str, ...], rows: list[list[str]], tmp_path: Path) -> None:
    roster = "id,name,branch,since\nM1,张三,甲支部,2021-07-01\nM2,李四,乙支部,\n"
    rules = RULES.replace("settle: quarter", "settle: quarter\nrollup: {half: sum, year: sum}")
    write(tmp_path, {"members.csv": roster, "rules/a.yaml": rules})
    text = good("-C", tmp_path, "trend", *options).text
    assert [line.split() for line in text.splitlines() if "年" in line][-len(rows) :] == rows


@pytest.mark.parametrize(
    ("scores", "bins"),
    [
        pytest.param(("5",), [("5", 1)], id="one"),
        pytest.param(
            ("0", "10"), [("0~2", 1), ("2~4", 0), ("4~6", 0), ("6~8", 0), ("8~10", 0), ("10~12", 1)], id="ends"
        ),
        pytest.param(("-3", "1"), [("-3~-2.5", 1)], id="below-zero"),
    ],
)
def test_histogram(scores: tuple[str, ...], bins: list[tuple[str, int]]) -> None:
    found = histogram(tuple(map(Decimal, scores)))
    assert sum(count for _, count in found) == len(scores)
    assert found[: len(bins)] == bins
