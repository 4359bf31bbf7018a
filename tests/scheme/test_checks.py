"""Checks that look at several places of a rule file, by family. «name» stands where the finding is expected."""

from __future__ import annotations

import pytest

from pointscli.model.problem import Severity
from tests.scheme.snippets import complete, found, load, unmark

NAMES = {
    "ids of nodes": """
        score:
          items:
            «bad-id»My-Work: {title: 甲, points: 1}
            «bad-id»学习: {title: 乙, points: 1}
            «bad-id»_x: {title: 丙, points: 1}
            «bad-id»1st: {title: 丁, points: 1}
        """,
    "reserved ids": """
        score:
          items:
            «reserved-id»rank: {title: 甲, points: 1}
            a:
              title: 乙
              items:
                «reserved-id»score: {title: 丙, points: 1}
                «reserved-id»all: {title: 丁, points: 1}
        """,
    "an id twice in the tree": """
        score:
          items:
            a: {title: 甲, items: {b: {title: 乙, points: 1}}}
            «duplicate-id»b: {title: 丙, points: 1}
            c: {title: 丁, items: {«duplicate-id»a: {title: 戊, points: 1}}}
        """,
    "ids of derived columns and outcomes": """
        derive:
          «duplicate-id»work: {title: 甲, of: study, to: 5}
          «bad-id»Best: {title: 乙, of: study, to: 5}
          index: {title: 丙, of: study, to: 5}
          «reserved-id»stars: {title: 丁, of: study, to: 5}
        outcomes:
          index: {title: 戊, top: 1}
          note: {title: 己, top: 1}
          «bad-id»五星: {title: 庚, top: 1}
          «reserved-id»earned: {title: 辛, top: 1}
        """,
    "titles and aliases of leaf items": """
        score:
          items:
            a: {title: 党课, points: 1, aliases: [上党课, " 宣讲 "]}
            b: {title: «duplicate-name»宣讲, points: 1}
            c: {title: 其他, points: 1, aliases: [«duplicate-name»党 课, «duplicate-name»a]}
            d: {title: （三）, points: 1}
            e: {title: «duplicate-name»(三), points: 1, aliases: «duplicate-name»(三)}
            f: {title: 党课, items: {g: {title: «duplicate-name»c, points: 1}}}
        """,
}

NODES = {
    "leaf keys on sections": """
        score:
          «leaf-key-on-section»times: 3
          items:
            a:
              title: 甲
              «leaf-key-on-section»points: 2
              «leaf-key-on-section»ceiling: {of: score, at: 0}
              «leaf-key-on-section»evidence: required
              items: {b: {title: 乙, points: 1}}
        """,
    "items without items": """
        score:
          items:
            a: {title: 甲, items: «empty-value»{}}
            b: {title: 乙, items: «empty-value»}
        """,
    "no items at all": "score: {items: «empty-value»{}}",
    "a leaf without effect": "score: {items: {«leaf-without-effect»a: {title: 甲, max: 3}}}",
    "wrong points are not also missing": "score: {items: {a: {title: 甲, points: «bad-number»三}}}",
    "min above max": """
        score:
          items:
            a: {title: 甲, points: 1, «min-above-max»min: 5, max: 3}
            b: {title: 乙, points: 1, min: {«min-above-max»year: 5, quarter: 9}, max: {year: 3, quarter: 9}}
            c: {title: 丙, points: 1, «min-above-max»min: 5, max: {quarter: 3}}
            d: {title: 丁, points: 1, min: {«min-above-max»quarter: 5}, max: 3}
            e: {title: 戊, points: 1, min: 5, max: {year: 3}}
        """,
    "each and prorate": """
        score:
          items:
            a: {title: 甲, «each-without-price»each: 2, points: {from: 1, to: 2}}
            b: {title: 乙, «prorate-without-each»prorate: true, points: 1}
            c: {title: 丙, «each-without-price»each: 2, grant: 1}
            d: {title: 丁, each: 2, points: «bad-number»三}
            e: {title: 戊, «each-without-price»each: 2, points: {count: [1]}}
        """,
    "total split": "score: {items: {a: {title: 甲, «total-split»shared: split, points: {total: {0: 1}}}}}",
}

COMBINE = {
    "below a section that compares": """
        score:
          items:
            honours:
              title: 荣誉
              combine: {highest: year}
              max: 10
              items:
                a: {title: 甲, points: 1, «below-combine»max: 3}
                b: {title: 乙, points: 1, «below-combine»min: {year: 0}, combine: sum}
                c: {title: 丙, points: {«below-combine»count: [1, 2]}}
                d: {title: 丁, points: 1, «below-combine»combine: {highest: matter}}
                e:
                  title: 戊
                  weight: 2
                  items: {f: {title: 己, points: 1, «below-combine»combine: mean, «below-combine»max: 3}}
            veto: {title: 否决, ceiling: {«below-combine»of: a, at: 0}}
            veto_all: {title: 全部否决, ceiling: {of: honours, at: 0}}
        """,
    "the root may compare too": """
        score:
          combine: lowest
          items: {a: {title: 甲, points: 1, «below-combine»max: 2}}
        """,
    "a leaf that compares is free": "score: {items: {a: {title: 甲, points: 1, combine: mean, max: 2}}}",
}

PERIODS = {
    "effective reversed": "effective: {from: 2021-04-01, to: «effective-reversed»2021-03-31}",
    "effective off the boundaries": """
        effective:
          from: «effective-boundary»2021-02-01
          to: «effective-boundary»2021-11-30
        """,
    "months have other boundaries": """
        settle: month
        effective: {from: 2021-02-01, to: 2021-11-30}
        """,
    "leap years": """
        settle: month
        effective: {from: 2023-03-01, to: «effective-boundary»2024-02-28}
        """,
    "no boundaries without settle": """
        settle: «unknown-word»week
        effective: {from: 2021-02-02}
        """,
    "rollup of what is not longer": """
        rollup: {«rollup-not-longer»month: sum, «rollup-not-longer»quarter: sum, year: sum}
        """,
    "rollup through what cannot be": """
        rollup:
          half: {of: «rollup-through»year, by: sum}
          year: {of: «rollup-through»month, by: mean}
        """,
    "rollup through itself": "rollup: {year: {of: «rollup-through»year, by: sum}}",
    "rollup through what is not named": "rollup: {year: {of: «rollup-unnamed»half, by: sum}}",
    "rollup through the settlement period": "rollup: {year: {of: quarter, by: sum}}",
    "carry without a year": "«carry-without-year»carry: {into: work}",
    "carry of a settled year": """
        settle: year
        carry: {into: work}
        """,
    "an outcome that is never computed": "outcomes: {x: {title: 甲, top: 1, period: «outcome-never»[month, year]}}",
}

RESULTS = {
    "grades at the same bound": """
        grades: {优: 90, 良: '>90', «duplicate-step»中: 90.0, 差: null, «duplicate-step»劣: ~}
        """,
    "stars twice": "stars: {5: 95, 4: 90, «duplicate-step»05: 80, «duplicate-step»3: 90}",
    "top and bottom": "outcomes: {x: {title: 甲, top: 1, «top-and-bottom»bottom: 1}}",
    "numbers for groups without groups": """
        outcomes:
          a: {title: 甲, «groups-without-within»top: {一支部: 1}}
          b: {title: 乙, «groups-without-within»bottom: {一支部: 1}, within: all}
          c: {title: 丙, top: {一支部: 1}, within: branch}
        """,
    "numbers for groups of the ranking": """
        ranking: {ties: dense, within: branch}
        outcomes: {a: {title: 甲, top: {一支部: 1}}}
        """,
}

REFERENCES = {
    "ranking": "ranking: {ties: dense, tie_break: [«unknown-name»wrok, score, earned, «unknown-name»rank]}",
    "derive": """
        derive:
          a: {title: 甲, of: «unknown-name»nowhere, to: 1}
          b: {title: 乙, of: «unknown-name»a, to: 1}
          c: {title: 丙, of: score, to: 1}
        """,
    "outcomes": """
        derive: {index: {title: 指数, of: work, to: 5}}
        outcomes:
          a: {title: 甲, by: index, top: 1, except: [work, «unknown-name»index, «unknown-name»score]}
          b: {title: 乙, by: «unknown-name»stars, top: 1}
          c: {title: 丙, where: {index: 5, earned: 1, «unknown-name»nothing: 1}}
        """,
    "measures that other keys make": """
        outcomes:
          a:
            title: 甲
            where:
              «measure-missing»stars: 5
              «measure-missing»rank: '<= 3'
              «measure-missing»grade: «unknown-grade»优秀
        """,
    "grades": """
        grades: {优秀: 90, 合格: 60}
        outcomes: {a: {title: 甲, where: {grade: [«unknown-grade»优, "!= 合格", «bad-condition»">= 合格"]}}}
        """,
    "no grade is unknown where grades are wrong": """
        grades: «wrong-type»[优秀]
        outcomes: {a: {title: 甲, where: {grade: 良好}}}
        """,
    "ceiling": "score: {items: {a: {title: 甲, ceiling: {of: «unknown-name»b, at: 0}}}}",
    "redemption": "redemption: {from: [work, «unknown-name»gone], gifts: {cup: {title: 杯, cost: 1}}}",
    "carry into a section": """
        rollup: {year: sum}
        carry: {into: «not-a-leaf»study}
        """,
    "carry into nothing": """
        rollup: {year: sum}
        carry: {into: «unknown-name»gone}
        """,
    "carry into the score": """
        rollup: {year: sum}
        carry: {into: «not-a-leaf»score}
        """,
    "stages": """
        review: {stages: {declared: 申报, approved: 审核}, counts_from: «unknown-stage»verified}
        score: {items: {a: {title: 甲, points: 1, counts_from: «unknown-stage»approve}}}
        outcomes: {b: {title: 乙, confirm: «unknown-stage»confirmed}}
        """,
    "stages without review": """
        score: {items: {a: {title: 甲, points: 1, counts_from: «stage-without-review»approved}}}
        outcomes:
          b: {title: 乙, confirm: «stage-without-review»approved}
          c: {title: 丙, confirm: {at: «stage-without-review»approved}}
        """,
    "no stage is unknown where review is wrong": """
        review: «wrong-type»[a]
        outcomes: {b: {title: 乙, confirm: approved}}
        """,
    "a node that could not be read is not unknown": """
        score: {items: {a: «wrong-type»5, b: {title: 乙, points: 1}}}
        ranking: {ties: dense, tie_break: a}
        """,
    "nothing is unknown where score is wrong": """
        score: «wrong-type»5
        ranking: {ties: dense, tie_break: a}
        """,
}

CASES = {
    f"{family}: {name}": case
    for family, table in {
        "names": NAMES,
        "nodes": NODES,
        "combine": COMBINE,
        "periods": PERIODS,
        "results": RESULTS,
        "references": REFERENCES,
    }.items()
    for name, case in table.items()
}


@pytest.mark.parametrize("text", CASES.values(), ids=CASES)
def test_checks(text: str) -> None:
    snippet, expected = unmark(text)
    assert found(snippet) == expected


def test_a_warning_does_not_refuse_the_file() -> None:
    scheme, problems = load(complete("outcomes: {x: {title: 甲, top: 1, period: year}}\n"))
    assert scheme is not None
    assert [problem.severity for problem in problems] == [Severity.WARNING]
