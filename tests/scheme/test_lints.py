"""What only a reader would notice: findings at «name», and what looks alike but is fine."""

from __future__ import annotations

from pathlib import Path

import pytest

from pointscli.model.problem import Severity
from pointscli.scheme.lints import LINTS, lint
from tests.oracle.generate import seeded_case
from tests.scheme.snippets import FILE, Found, complete, load, places, unmark
from tests.scheme.test_intervals import reaches_of


def linted(snippet: str) -> Found:
    scheme, problems = load(complete(snippet))
    assert scheme is not None, problems
    found = lint([scheme])
    assert all(problem.severity is Severity.WARNING and problem.place.path == FILE for problem in found)
    return places(found)


BOUNDS = {
    "each window by itself": """
        score:
          items:
            a:
              title: 甲
              points: 1
              times: {month: 1}
              max: {«max-never-reached»month: 2, «max-never-reached»year: 20}
            b: {title: 乙, points: 1, times: {month: 1}, max: {month: 1, year: 12}}
        """,
    "through sections, weights and grants": """
        score:
          «max-never-reached»max: 100
          items:
            a:
              title: 甲
              max: 20
              items:
                b: {title: 乙, points: {from: 0, to: 100}, combine: mean, weight: 0.1}
                c: {title: 丙, grant: 8, points: {levels: {好: 2, 中: 1}}, combine: highest, weight: 2}
        """,
    "unbounded items reach everything": "score: {max: 100, items: {a: {title: 甲, points: 1}}}",
    "a start that is only deducted from": "score: {max: 8, min: 0, items: {a: {title: 甲, grant: 8, points: -1}}}",
    "min 0 is a usual safeguard": "score: {min: 0, items: {a: {title: 甲, points: 1}}}",
    "one event above the bound of any window": """
        score:
          items:
            a: {title: 甲, points: «points-beyond-bound»5, max: {month: 4, year: 12}}
            b: {title: 乙, «points-beyond-bound»points: {levels: {省级: 8, 市级: 5}}, max: 4}
            c: {title: 丙, points: {levels: {省级: 8, 市级: 4}}, max: 4}
            d: {title: 丁, points: {from: 1, to: 8}, max: 4}
            e: {title: 戊, points: «points-beyond-bound»-5, min: -3}
            f: {title: 己, points: -1, grant: 4, min: 0}
            g: {title: 庚, «points-beyond-bound»points: {count: [-5, -9]}, min: -4}
        """,
    "an item may have more than its section in another window": """
        score:
          items:
            s:
              title: 甲
              max: {month: 5}
              items: {a: {title: 乙, points: 1, max: {quarter: 8}}, b: {title: 丙, points: 4, weight: 1/4, max: 16}}
        """,
    "through sections and windows": """
        score:
          max: {year: 40}
          items:
            s:
              title: 学习
              max: {month: 5}
              items:
                a: {title: 甲, points: 1, max: {«max-above-section»year: 61}}
                b: {title: 乙, items: {c: {title: 丙, points: 1, max: {«max-above-section»month: 6, quarter: 9}}}}
                d: {title: 丁, weight: 0.5, points: 1, max: 40}
                e: {title: 戊, combine: highest, items: {f: {title: 己, points: 1}, g: {title: 庚, points: 9}}}
            t: {title: 会议, items: {h: {title: 辛, points: 1, max: {«max-above-section»half: 41, quarter: 40}}}}
        """,
    "deductions make room in other windows": """
        score:
          max: {year: 40}
          items: {a: {title: 甲, points: 1, max: {half: 41}}, b: {title: 乙, points: -1}}
        """,
    "items together": """
        score:
          items:
            s:
              title: 一
              «items-exceed-section»max: 20
              items: {a: {title: 甲, points: 1, max: 11}, b: {title: 乙, points: 1, max: 10}}
            t:
              title: 二
              min: {«items-exceed-section»quarter: -9}
              items: {c: {title: 丙, points: -1, min: -5}, d: {title: 丁, points: -1, min: -5}}
            u: {title: 三, max: 20, items: {e: {title: 戊, points: 1, max: 20}, f: {title: 己, points: 1, max: 20}}}
            v: {title: 四, max: 20, items: {g: {title: 庚, points: 1, max: 11}, h: {title: 辛, points: 3, times: 3}}}
            w: {title: 五, max: 20, items: {i: {title: 壬, points: 1, max: 11}, j: {title: 癸, points: 9}}}
            x: {title: 六, max: 20, items: {k: {title: 子, points: 1, max: 11}, l: {title: 丑, points: 1, max: 9}}}
            y:
              title: 七
              «max-never-reached»max: 20
              items: {m: {title: 寅, points: 1, max: 9}, n: {title: 卯, points: 1, max: 9}}
        """,
    "grants": """
        score:
          items:
            s:
              title: 甲
              max: {«grants-above-max»year: 10}
              items: {a: {title: 乙, grant: {points: 6, per: year}}, b: {title: 丙, grant: {points: 5, per: year}}}
            t: {title: 丁, max: 10, items: {c: {title: 戊, grant: 10}, d: {title: 己, points: 1}}}
        """,
    "ceilings": """
        rollup: {year: mean}
        score:
          items:
            a: {title: 甲, grant: 80, points: 1, max: 100}
            b: {title: 乙, ceiling: {of: score, at: 60, per: [quarter, year]}}
            c: {title: 丙, ceiling: {of: a, at: «ceiling-too-high»100}}
            d: {title: 丁, ceiling: {of: score, at: «ceiling-too-high»120, per: year}}
        """,
}

TABLES = {
    "turns": """
        score:
          items:
            a: {title: 甲, points: {count: [-1, -3, «table-turns»-2]}}
            b: {title: 乙, points: {total: {0: -1, 8: 0, 16: 2}}}
            c: {title: 丙, points: {count: [4, 3, 1]}}
            d: {title: 丁, points: {bands: {0: 3, 5: 1, 10: «table-turns»2}}}
            e: {title: 戊, points: {levels: {高: 1, 低: 3, 中: 2}}}
        """,
    "repeats and order": """
        score:
          items:
            a: {title: 甲, points: {total: {0: 0, 1: 0.5, 2: «row-repeats»0.5}}}
            b: {title: 乙, points: {bands: {90: 3, 80: 2, 0: 0}}}
            c: {title: 丙, points: {bands: {60: 1, 0: 0, «rows-out-of-order»80: 2}}}
        grades: {优秀: 90, 合格: 60, «rows-out-of-order»良好: 80, 不合格: null}
        """,
    "limits": """
        score:
          items:
            a: {title: 甲, points: 1, each: 100, max_quantity: «never-scores»50}
            b: {title: 乙, points: 1, each: 100, prorate: true, max_quantity: 50}
            c: {title: 丙, points: {bands: {0: 0, 60: 1, «row-never-met»120: 2}}, max_quantity: 100}
            d: {title: 丁, points: {count: [-1, -2, -3], per: year}, times: 1}
            e: {title: 戊, points: 1, times: {month: 2}, free: {quarter: 2}}
            f: {title: 己, points: -1, free: {quarter: 2}}
        """,
    "percents and steps": """
        score:
          items:
            a: {title: 甲, grant: 80}
            b: {title: 乙, points: -100%}
            c: {title: 丙, points: -5%}
            d: {title: 丁, points: {from: -3, to: -0.5, step: 0.5}}
            e: {title: 戊, points: {from: 0, to: 9}}
        """,
}

SIGNS = {
    "in the title or around it": """
        score:
          items:
            s:
              title: 扣减分
              items:
                a: {title: 迟到, points: «deduction-adds»1}
                b: {title: 缺席, points: -2}
                c: {title: 早退, points: -1}
            t:
              title: 加分项
              items:
                d: {title: 表彰, points: «bonus-deducts»-1%}
                e: {title: 发言, grant: 9, points: 1}
                f: {title: 投稿, points: 1}
        """,
    "what is fine": """
        score:
          items:
            a: {title: 减贫攻坚, points: 2}
            b: {title: 扣缴党费, points: 2}
            c: {title: 不扣分情形, points: 2}
            d: {title: 加减分, items: {e: {title: 表彰, points: 2}, f: {title: 迟到, points: -2}}}
            g: {title: 扣分, weight: -1, items: {h: {title: 早退, points: 2}}}
            i: {title: 扣分项, items: {j: {title: 讲党课抵扣, points: 1}, k: {title: 缺席, points: -1}}}
            l: {title: 取消加分, points: -1}
            m: {title: 违纪扣分, points: {levels: {轻: 0, 重: -3}}}
        """,
}

RESULTS = {
    "grades and stars against the reach": """
        rollup: {year: sum}
        score: {max: 25, items: {a: {title: 甲, points: 1}}}
        grades: {优秀: 90, 合格: 60, 不合格: null}
        stars: {«step-unreachable»5: 120, 4: 90}
        """,
    "the lowest that nobody gets": """
        score: {min: 60, items: {a: {title: 甲, grant: 80, points: -1}}}
        grades: {优秀: 70, 合格: 55, «step-unreachable»不合格: null}
        """,
    "conditions": """
        grades: {优秀: 20, 合格: 10, 不合格: null}
        stars: {5: 20, 4: 10}
        ranking: {ties: dense}
        derive: {index: {title: 指数, of: work, to: 5}}
        score: {items: {work: {title: 工作, points: 1, max: 25}}}
        outcomes:
          a:
            title: 甲
            where:
              stars: «where-never-met»">= 6"
              rank: «where-never-met»"< 1"
              index: «where-never-met»"> 6"
          b: {title: 乙, where: {grade: [优秀, «where-contradicts»合格]}}
          c: {title: 丙, where: {grade: ["!= 优秀", "!= 合格"], stars: "<= 4", rank: "<= 3", index: 5, work: 25}}
          d: {title: 丁, where: [{work: "> 5"}, {work: «where-contradicts»"<= 5"}]}
          e: {title: 戊, where: {work: «where-never-met»"< 0", earned: ">= 100"}}
          f: {title: 己, where: {grade: ["!= 优秀", 合格]}}
        """,
    "filters": """
        members: {kind: [full, 预备党员], branch: [一支部]}
        ranking: {ties: dense, only: {kind: [正式党员], duty: [书记]}}
        outcomes: {a: {title: 甲, top: 1, only: {kind: [probationary], «only-without-members»branch: [二支部]}}}
        """,
    "gifts": """
        score: {max: 10, items: {a: {title: 甲, points: 1}}}
        redemption: {from: [a], gifts: {tv: {title: 电视, cost: 999}}}
        """,
}

NAMES = {
    "alike": """
        score:
          items:
            s: {title: 学习(一), items: {a: {title: 甲, points: {levels: {A级: 1}}, unit: 次}}}
            t:
              title: «similar-names»学习（一）
              items: {b: {title: 乙, points: {levels: {«similar-names»Ａ级: 2}}, unit: 次}}
            u: {title: 学习(一)补, items: {«similar-ids»a_: {title: 丙, points: 1}}}
        """,
    "a section may be called like its item, an outcome like a node": """
        score: {items: {s: {title: 党费, items: {a: {title: 党费, points: 1}}}}}
        outcomes: {a: {title: 党费, top: 1}}
        """,
    "same titles": """
        score:
          items:
            s: {title: 学习, items: {a: {title: 甲, points: 1}}}
            t: {title: «same-title»学习, items: {b: {title: 乙, points: 1}}}
        """,
}

PLAIN = {
    "everywhere": """
        title: «plain-word»on
        version: «leading-zero»010
        members: {class: [«plain-word»no, "yes"]}
        score: {items: {a: {title: «leading-zero»01, points: 1, aliases: [«leading-zero»007, 1-7], unit: 0}}}
        grades: {«plain-word»Yes: 1, 否: null}
        outcomes: {x: {title: 甲, within: branch, top: {«leading-zero»01: 1}}}
        """,
    "Chinese commas": """
        members: {kind: «full-width-comma»正式党员、预备党员, branch: ["一，二"]}
        ranking: {ties: dense, only: {class: [«full-width-comma»甲，乙, 丙]}}
        score: {items: {a: {title: 会议，学习, points: 1, aliases: [«full-width-comma»开会，学习, 上课]}}}
        outcomes: {x: {title: 甲, top: 1, only: {class: [丁, «full-width-comma»甲、丙]}}}
        """,
    "true belongs to prorate": "score: {items: {a: {title: 甲, points: 1, each: 2, prorate: true}}}",
}

REVIEW = {
    "confirm": """
        review: {stages: {a: 申报, b: 审核, c: 公示}, counts_from: b}
        outcomes:
          x: {title: 甲, top: 1, confirm: {at: «confirm-at-first»a}}
          y: {title: 乙, top: 1, confirm: b}
          z: {title: 丙, top: 1, confirm: c}
        """,
    "the first stage, with suspended objections or another item": """
        review: {stages: {a: 申报, b: 审核}, counts_from: a}
        score: {items: {x: {title: 甲, points: 1}, y: {title: 乙, points: 1, counts_from: b}}}
        """,
    "suspended": "review: {stages: {a: 申报, b: 审核}, counts_from: a, objection: suspended}",
}

LABELS = {
    "dimensions that no points carry": """
        score:
          items:
            s:
              title: 学习
              dimension: «unused-dimension»学习
              items: {a: {title: 甲, dimension: 自学, points: 1}, b: {title: 乙, dimension: 集中, points: 1}}
            t:
              title: 会议
              dimension: 会议
              grant: 1
              items: {c: {title: 丙, dimension: 自学, points: 1}}
            u:
              title: 服务
              dimension: «unused-dimension»服务
              items: {d: {title: 丁, dimension: 服务, items: {e: {title: 戊, points: 1}}}}
        """,
    "a dimension that all points carry": """
        score:
          dimension: «unused-dimension»党建
          items: {a: {title: 甲, points: 1}, b: {title: 乙, dimension: 党建, points: 1}}
        """,
    "one dimension beside points without any": """
        score: {items: {a: {title: 甲, dimension: 学习, points: 1}, b: {title: 乙, points: 1}}}
        """,
    "derived columns": """
        ranking: {ties: dense, within: branch}
        score: {items: {a: {title: 甲, points: 1}, b: {title: 乙, points: -1}, c: {title: 丙, grant: 5}}}
        derive:
          one: {title: 一, of: a, to: 5}
          «derive-constant»two: {title: 二, of: b, to: 5}
          «derive-constant»three: {title: 三, of: c, to: 5}
          «derive-repeats»four: {title: 四, of: a, to: 5.0, within: branch}
          five: {title: 五, of: a, to: 5, within: all}
          six: {title: 六, of: score, to: 100}
        """,
}

CASES = {
    f"{family}: {name}": case
    for family, table in {
        "bounds": BOUNDS,
        "tables": TABLES,
        "signs": SIGNS,
        "results": RESULTS,
        "names": NAMES,
        "plain": PLAIN,
        "review": REVIEW,
        "labels": LABELS,
    }.items()
    for name, case in table.items()
}


@pytest.mark.parametrize("text", CASES.values(), ids=CASES)
def test_lints(text: str) -> None:
    snippet, expected = unmark(text)
    assert linted(snippet) == expected


def test_fixes_make_it_clean() -> None:
    text = complete(unmark(PLAIN["everywhere"])[0])
    scheme, _ = load(text)
    assert scheme is not None
    lines = text.split("\n")
    for problem in reversed(lint([scheme])):
        for edit in problem.fix:
            line = lines[edit.start[0] - 1]
            lines[edit.start[0] - 1] = line[: edit.start[1] - 1] + edit.text + line[edit.end[1] - 1 :]
    fixed, _ = load("\n".join(lines))
    assert fixed == scheme
    assert lint([fixed]) == []


@pytest.mark.parametrize("seed", range(100))
def test_no_scheme_makes_a_lint_fail(seed: int) -> None:
    case = seeded_case(seed)
    schemes = [reaches_of(one).scheme for one in case.get("schemes") or [case["scheme"]]]
    for problem in lint(schemes):
        assert problem.place.line >= 1
        assert problem.text(problem.message)
        assert problem.text(problem.hint)


def test_every_lint_is_run() -> None:
    folder = Path(__file__).parent.parent.parent / "pointscli" / "scheme"
    text = "".join(path.read_text("utf-8") for path in folder.glob("lint_*.py"))
    assert all(f"def {one.__name__}(" in text for one in LINTS)
    assert text.count("\ndef lint_") == len(LINTS) + 1
