"""What a member who is not on a list is told: every sentence, in the order in which the rules look."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from pointscli.app.derivation import derive
from pointscli.app.inputs import read_inputs
from pointscli.app.question import Asked
from pointscli.app.why_not import WhyNot
from pointscli.app.workspace import Sources, open_workspace
from pointscli.model.period import parse_period
from pointscli.outputs.explain_words import ExplainWords
from pointscli.outputs.titles import Language
from pointscli.scheme.plan import version_at_end
from tests.case_files import Record
from tests.cli.running import write_case

Told = Callable[[str, str, Language], list[str]]
CHAIN: Record = {"at": "done", "stages": {"new": "提名", "done": "公示"}}
CASE: Record = {
    "scheme": {
        "scheme": "s",
        "title": "测试办法",
        "effective": {"from": "2021-01-01"},
        "settle": "month",
        "rollup": {"quarter": "mean"},
        "decimals": 2,
        "language": 1,
        "score": {
            "items": {
                "base": {"title": "基础分", "grant": 10},
                "duty": {
                    "title": "履职",
                    "max": {"quarter": 8},
                    "items": {"study": {"title": "学习", "points": 3}, "serve": {"title": "服务", "points": 3}},
                },
                "bonus": {"title": "奖励", "points": 2.5},
                "fault": {
                    "title": "扣分",
                    "items": {
                        "late": {"title": "迟到", "points": -3, "free": {"quarter": 1}},
                        "absent": {"title": "缺席", "points": -3, "times": {"quarter": 1}},
                        "reading": {"title": "读书", "points": {"total": {"0": 0, "5": 3}}},
                        "veto": {"title": "否决", "ceiling": {"of": "score", "at": 60}},
                        "talk": {"title": "约谈", "points": -3},
                    },
                },
            }
        },
        "ranking": {
            "ties": "competition",
            "tie_break": ["duty"],
            "only": {"kind": ["正式党员", "预备党员"]},
        },
        "grades": {"优秀": 12, "合格": None},
        "derive": {"index": {"title": "指数", "of": "duty", "to": 5}},
        "outcomes": {
            "first": {"title": "第一名", "top": 1},
            "plain": {"where": {"score": ">= 1"}},
            "late_years": {"title": "年度", "period": ["half", "year"], "top": 1},
            "older": {"title": "限定", "only": {"kind": ["full"], "branch": ["甲支部", "乙支部"]}, "top": 9},
            "clean": {"title": "无处分", "except": ["fault"], "where": {"score": ">= 1"}},
            "signs": {"title": "比较", "where": {"score": [">= 12.67", "> 12.67", "<= 12.67", "< 12.67"]}},
            "equal": {"title": "相等", "where": {"score": ["= 12.67", "!= 12.67"]}},
            "learned": {"title": "学习标兵", "where": {"study": ">= 2"}},
            "graded": {"title": "优秀者", "where": {"grade": ["= 优秀", "!= 合格"]}},
            "ungraded": {"title": "不优秀者", "where": {"grade": "!= 优秀"}},
            "leader": {"title": "领先", "where": {"rank": "<= 1"}},
            "indexed": {"title": "指数高", "where": {"index": ">= 5"}},
            "praised": {"title": "受奖", "top": 2, "by": "bonus"},
            "last": {"title": "末位", "bottom": 1, "by": "bonus"},
            "named": {"title": "支部名额", "top": {"甲支部": 1}, "within": "branch"},
            "flag": {"title": "红旗", "where": {"score": ">= 11"}, "confirm": CHAIN},
            "cup": {"title": "奖杯", "top": 1, "confirm": CHAIN},
        },
    },
    "members": [
        {"id": "M1", "name": "张三", "branch": "甲支部", "kind": "正式党员"},
        {"id": "M2", "name": "李四", "branch": "甲支部", "kind": "正式党员"},
        {"id": "M3", "name": "王五", "branch": "甲支部", "kind": "预备党员"},
        {"id": "M4", "name": "赵六", "branch": "乙支部", "kind": "正式党员"},
        {"id": "M5", "name": "孙七", "branch": "乙支部", "kind": "正式党员", "exempt": "长期患病"},
        {"id": "M6", "name": "周八", "branch": "乙支部", "kind": "入党积极分子"},
        {"id": "M7", "name": "吴九", "branch": "乙支部", "kind": "正式党员", "until": "2020-12-31"},
    ],
    "events": [
        {"date": "2021-07-01", "member": "M1", "item": "study"},
        {"date": "2021-07-02", "member": "M1", "item": "study"},
        {"date": "2021-07-03", "member": "M1", "item": "serve"},
        {"date": "2021-07-03", "member": "M1", "item": "reading"},
        {"date": "2021-07-01", "member": "M2", "item": "study"},
        {"date": "2021-07-02", "member": "M2", "item": "bonus"},
        {"date": "2021-08-02", "member": "M2", "item": "bonus"},
        {"date": "2021-07-01", "member": "M3", "item": "study"},
        {"date": "2021-07-04", "member": "M3", "item": "late"},
        {"date": "2021-07-05", "member": "M4", "item": "veto"},
        {"date": "2021-07-05", "member": "M5", "item": "absent"},
        {"date": "2021-07-05", "member": "M6", "item": "talk"},
    ],
    "reviews": [
        {"date": "2021-10-02", "event": "flag/2021Q3/M1", "decision": "approve", "by": "支部"},
        {"date": "2021-10-02", "event": "flag/2021Q3/M3", "decision": "reject", "by": "支部"},
        {"date": "2021-10-02", "event": "cup/2021Q3/M1", "decision": "reject", "by": "支部"},
    ],
}
UNRANKED: Record = {
    **CASE,
    "scheme": {
        key: value for key, value in CASE["scheme"].items() if key not in ("ranking", "grades", "derive", "outcomes")
    }
    | {"outcomes": {"plain": {"title": "普通", "where": {"score": ">= 1"}}}},
    "reviews": [],
}


def _teller(folder: Path, case: Record) -> Told:
    """Everybody's derivation at once; a command for each sentence would compute them all again."""
    workspace = open_workspace(write_case(folder, case), Sources())
    inputs = read_inputs(workspace)
    derived = derive(inputs, Asked(date(2030, 1, 1), parse_period("2021Q3")), "zh")
    tally = derived.report.tally
    _, scheme = version_at_end(inputs.schemes, tally.scheme, tally.period)
    outcomes = {one.id: one for one in scheme.outcomes}

    def told(member: str, outcome: str, language: Language) -> list[str]:
        teller = WhyNot(scheme, tally, derived.members[member], ExplainWords(language))
        return [line.label for line in teller.outcome(outcomes[outcome])]

    return told


@pytest.fixture(scope="module")
def ranked(tmp_path_factory: pytest.TempPathFactory) -> Told:
    return _teller(tmp_path_factory.mktemp("ranked"), CASE)


@pytest.mark.parametrize(
    ("member", "outcome", "lines"),
    [
        pytest.param("M7", "first", ["本期未列入计分名单"], id="not-listed"),
        pytest.param("M1", "first", ["第一名：列入（总分 12.67）"], id="on"),
        pytest.param("M1", "plain", ["plain：列入（总分 12.67 ≥ 1）"], id="no-title"),
        pytest.param("M1", "late_years", ["年度：未列入", "本时期不评，只按半年、年度评"], id="period"),
        pytest.param("M5", "plain", ["plain：未列入", "不符合：免考或不参加排名", "符合：总分 9.00 ≥ 1"], id="exempt"),
        pytest.param(
            "M6", "plain", ["plain：未列入", "不符合：免考或不参加排名", "符合：总分 9.00 ≥ 1"], id="unranked"
        ),
        pytest.param("M3", "older", ["限定：未列入", "不符合：只面向正式党员; 支部 甲支部、乙支部"], id="only"),
        pytest.param("M1", "clean", ["无处分：未列入", "不符合：有扣分", "符合：总分 12.67 ≥ 1"], id="except-total"),
        pytest.param("M2", "clean", ["无处分：列入（总分 12.67 ≥ 1）"], id="except-none"),
        pytest.param("M3", "clean", ["无处分：未列入", "不符合：有扣分", "符合：总分 11.00 ≥ 1"], id="except-free"),
        pytest.param("M4", "clean", ["无处分：未列入", "不符合：有扣分", "符合：总分 10.00 ≥ 1"], id="except-mark"),
        pytest.param(
            "M6",
            "clean",
            ["无处分：未列入", "不符合：免考或不参加排名", "不符合：有扣分", "符合：总分 9.00 ≥ 1"],
            id="except-points",
        ),
        pytest.param(
            "M1",
            "signs",
            [
                "比较：未列入",
                "符合：总分 12.67 ≥ 12.67",
                "不符合：总分 12.67 > 12.67",
                "符合：总分 12.67 ≤ 12.67",
                "不符合：总分 12.67 < 12.67",
            ],
            id="signs",
        ),
        pytest.param(
            "M1",
            "equal",
            ["相等：未列入", "符合：总分 12.67 = 12.67", "不符合：总分 12.67 ≠ 12.67"],
            id="equal",
        ),
        pytest.param("M1", "learned", ["学习标兵：列入（学习 2.00 ≥ 2）"], id="inner-node-on"),
        pytest.param("M2", "learned", ["学习标兵：未列入", "不符合：学习 1.00 ≥ 2"], id="inner-node"),
        pytest.param(
            "M3",
            "graded",
            ["优秀者：未列入", "不符合：等次 合格 = 优秀", "不符合：等次 合格 ≠ 合格"],
            id="grade",
        ),
        pytest.param(
            "M5",
            "ungraded",
            ["不优秀者：未列入", "不符合：免考或不参加排名", "不符合：等次 - ≠ 优秀"],
            id="no-grade",
        ),
        pytest.param("M3", "leader", ["领先：未列入", "不符合：名次 3 ≤ 1"], id="rank"),
        pytest.param("M3", "indexed", ["指数高：未列入", "不符合：指数 1.87 ≥ 5"], id="derived"),
        pytest.param("M6", "indexed", ["指数高：未列入", "不符合：免考或不参加排名", "不符合：指数 - ≥ 5"], id="none"),
        pytest.param("M3", "praised", ["受奖：未列入", "不符合：奖励 0.00 > 0"], id="nothing-to-order-by"),
        pytest.param("M3", "first", ["第一名：未列入", "总分未进入名额内（名额1，取到12.67）"], id="places"),
        pytest.param(
            "M2", "first", ["第一名：未列入", "总分与名额内最后一人同为12.67（名额1），按履职排在其后"], id="tied"
        ),
        pytest.param("M2", "last", ["末位：未列入", "奖励未进入名额内（名额1，取到0.00）"], id="bottom"),
        pytest.param("M3", "named", ["支部名额：未列入", "总分未进入名额内（名额1，取到12.67）"], id="own-group"),
        pytest.param("M4", "named", ["支部名额：未列入", "排序在名额之外"], id="no-places"),
        pytest.param("M1", "flag", ["红旗：列入（总分 12.67 ≥ 11）"], id="confirmed"),
        pytest.param(
            "M2",
            "flag",
            ["红旗：未列入", "符合：总分 12.67 ≥ 11", "红旗：已提名，现在“提名”阶段"],
            id="nominated",
        ),
        pytest.param("M3", "flag", ["红旗：未列入", "符合：总分 11.00 ≥ 11", "提名未获通过"], id="rejected"),
        pytest.param("M1", "cup", ["奖杯：未列入", "提名未获通过"], id="rejected-first"),
        pytest.param("M3", "cup", ["奖杯：未列入", "总分未进入名额内（名额1，取到12.67）"], id="never-nominated"),
    ],
)
def test_why_not(ranked: Told, member: str, outcome: str, lines: list[str]) -> None:
    assert ranked(member, outcome, "zh") == lines


@pytest.mark.parametrize(
    ("member", "outcome", "line"),
    [
        pytest.param("M1", "late_years", "not drawn up for this period, only for a half year, year", id="period"),
        pytest.param("M3", "older", "not met: only for full member; Branch 甲支部, 乙支部", id="only"),
        pytest.param(
            "M2",
            "first",
            "level at 12.67 with the last of the 1 places by Score, after it by 履职",
            id="tied",
        ),
    ],
)
def test_why_not_in_english(ranked: Told, member: str, outcome: str, line: str) -> None:
    assert ranked(member, outcome, "en")[1] == line


def test_exempt_where_nobody_is_ranked(tmp_path: Path) -> None:
    told = _teller(tmp_path, UNRANKED)
    assert told("M1", "plain", "zh") == ["普通：列入（总分 12.67 ≥ 1）"]
    assert told("M5", "plain", "zh") == ["普通：未列入", "不符合：免考或不参加排名", "符合：总分 9.00 ≥ 1"]
