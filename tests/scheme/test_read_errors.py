"""Single values that are wrong: unknown keys and words, wrong types, numbers and dates out of bounds.

«name» stands where the finding is expected.
"""

from __future__ import annotations

import pytest

from tests.scheme.snippets import complete, found, load, unmark

TOP = {
    "unknown key": "«unknown-key»gradse: {优秀: 90}",
    "unknown Chinese key": "«unknown-key»标题: 甲",
    "a whole sentence as a key": f"«unknown-key»{'得分' * 40}: 1",
    "language missing": "«missing-key»-language:",
    "all required keys missing": """
        «missing-key missing-key missing-key missing-key missing-key missing-key»-language:
        -scheme:
        -title:
        -effective:
        -settle:
        -score:
        version: 1
        """,
    "another language": "language: «unknown-language»2",
    "language 1.0": "language: «unknown-language»1.0",
    "language empty": "language:«empty-value»",
    "scheme with capitals": "scheme: «bad-id»Branch",
    "scheme with an underscore": "scheme: «bad-id»my_branch",
    "scheme in Chinese": "scheme: «bad-id»支部",
    "title empty": 'title: «empty-value»""',
    "title null": "title: «empty-value»null",
    "title a list": "title: «wrong-type»[甲]",
    "title a mapping": "title: «wrong-type»{甲: 乙}",
    "effective a date": "effective: «wrong-type»2021-01-01",
    "effective without from": "«missing-key»effective: {to: 2021-12-31}",
    "a date that does not exist": "effective: {from: «bad-date»2021-02-30}",
    "a date without separators": "effective: {from: «bad-date»20210101}",
    "unknown effective key": "effective: {from: 2021-01-01, «unknown-key»until: 2021-12-31}",
    "settle unknown": "settle: «unknown-word»week",
    "settle with capitals": "settle: «unknown-word»Month",
    "active unknown": "active: «unknown-word»begin",
    "rounding unknown": "rounding: «unknown-word»half-up",
    "decimals too many": "decimals: «bad-count»7",
    "decimals negative": "decimals: «bad-count»-1",
    "decimals a fraction": "decimals: «bad-count»1.5",
    "members a list": "members: «wrong-type»[full]",
    "members empty": "members: «empty-value»{}",
    "members without values": "members: {kind: «empty-value»[]}",
    "members with a null": "members: {kind: [full, «empty-value»~]}",
    "rollup of an unknown kind": "rollup: {«unknown-key»years: sum}",
    "rollup with an unknown word": "rollup: {year: «unknown-word»total}",
    "rollup without by": "rollup: {«missing-key»year: {of: half}, half: sum}",
    "rollup without of": "rollup: {«missing-key»year: {by: sum}}",
    "score a text": "score: «wrong-type»100",
    "score a list": "score: «wrong-type»[100]",
    "score without items": "«missing-key»score: {max: 100}",
    "score with a title": "score: {«unknown-key»title: 总分, items: {x: {title: 甲, points: 1}}}",
    "an item written with a full-width colon": """
        score:
          items:
            «wrong-type»x：1
        """,
    "ranking without ties": "«missing-key»ranking: {within: branch}",
    "ranking with unknown ties": "ranking: {ties: «unknown-word»olympic}",
    "ranking within all and more": "ranking: {ties: dense, within: «bad-group»[branch, all]}",
    "grades a list": "grades: «wrong-type»[优秀]",
    "grades with a text": "grades: {优秀: «bad-number»九十}",
    "grades with a list": "grades: {优秀: «wrong-type»[90]}",
    "grades with an unknown sign": 'grades: {优秀: «bad-number»"<90"}',
    "grades with nothing": "grades:«empty-value»",
    "stars that are no numbers": "stars: {«bad-stars»五星: 95}",
    "stars with a text": "stars: {5: «bad-number»九十五}",
    "stars with a fraction": "stars: {«bad-stars»4.5: 95}",
    "derive without all its keys": "derive: {«missing-key missing-key»index: {within: branch}}",
    "derive with a text": "derive: {index: «wrong-type»work}",
    "derive to 0": "derive: {index: {title: 甲, of: work, to: «number-too-small»0}}",
    "review without stages": "«missing-key»review: {counts_from: approved}",
    "review with an unknown objection": "review: {stages: {a: 甲}, counts_from: a, objection: «unknown-word»suspend}",
    "stages a list": "review: {stages: «wrong-type»[申报], counts_from: a}",
    "stages with bad ids and the same titles": """
        review: {stages: {«bad-id»A: 甲, b: 乙, c: «duplicate-title»乙 }, counts_from: b}
        """,
    "redemption without gifts": "«missing-key»redemption: {opens: month}",
    "redemption with an unknown window": """
        redemption:
          opens: «unknown-word»week
          expires: «unknown-word»no
          gifts: {cup: {title: 杯, cost: 1}}
        """,
    "gifts with wrong numbers": """
        redemption:
          gifts:
            «bad-id»Cup: {title: 杯, cost: «number-too-small»0, stock: «bad-count»-1}
            «missing-key missing-key»b: «empty-value»{}
        """,
    "a gift with only a cost": "redemption: {gifts: {cup: «wrong-type»5}}",
    "carry without into": """
        rollup: {year: sum}
        «missing-key»carry: {share: 20%}
        """,
    "carry with a share above 1": """
        rollup: {year: sum}
        carry: {into: work, share: «bad-share»20}
        """,
    "carry with a share of 0": """
        rollup: {year: sum}
        carry: {into: work, share: «bad-share»0%}
        """,
    "extends in a text": "«bad-extends»extends: base.yaml",
}

LEAF = {
    "unknown key": "points: 1, «unknown-key»maxx: 3",
    "misspelt points do not also lack an effect": "«unknown-key»point: 1",
    "misspelt items do not also lack an effect": "«unknown-key»itmes: {y: 1}",
    "full-width digits": "points: «bad-number»３",
    "a full-width minus": "points: «bad-number»−5",
    "thousands": 'points: «bad-number»"1,000"',
    "underscores": "points: «bad-number»1_000",
    "an exponent": "points: «bad-number»1e3",
    "infinity": "points: «bad-number».inf",
    "not a number": "points: «bad-number».nan",
    "a time": "points: «bad-number»12:30",
    "five decimals": "points: «too-many-decimals»0.12345",
    "too large": "points: «number-too-large»10000000000",
    "points empty": "points: «empty-value»",
    "points a list": "points: «wrong-type»[1]",
    "points an empty mapping": "points: «wrong-type»{}",
    "points with an unknown form": "points: {«unknown-key»level: {A: 1}}",
    "points with only a window": "«incomplete-points»points: {per: year}",
    "points in two forms": "«mixed-points»points: {levels: {A: 1}, bands: {0: 1}}",
    "levels empty": "points: {levels: «empty-value»{}}",
    "levels a list": "points: {levels: «wrong-type»[1]}",
    "levels with a text": "points: {levels: {A: «bad-number»多}}",
    "levels that are the same word": "points: {levels: {A级: 1, «duplicate-level»Ａ级: 2}}",
    "range without to": "«missing-key»points: {from: 1}",
    "range without from": "«missing-key»points: {to: 1}",
    "range reversed": "points: {«range-reversed»from: 5, to: 1}",
    "step of 0": "points: {from: 1, to: 5, step: «number-too-small»0}",
    "bands empty": "points: {bands: «empty-value»{}}",
    "bands with a word as bound": "points: {bands: {«bad-number»六十: 1}}",
    "bands with the same bound": "points: {bands: {60: 1, «duplicate-bound»60.0: 2}}",
    "count empty": "points: {count: «empty-value»[]}",
    "count a mapping": "points: {count: «wrong-type»{1: -3}}",
    "count with a step": "points: {count: [1], «unknown-key»step: 1}",
    "count of an unknown window": "points: {count: [1], per: «unknown-word»day}",
    "total without 0": "points: {«total-without-zero»total: {8: 0}}",
    "total a list": "points: {total: «wrong-type»[1]}",
    "total with a bad bound only says so": "points: {total: {«bad-number»０: -1, 8: 0}}",
    "a percentage with a full-width sign": "points: «bad-number»-5％",
    "a percentage without a number": "points: «bad-number»x%",
    "each of 0": "points: 1, each: «number-too-small»0",
    "prorate yes": "points: 1, each: 2, prorate: «unknown-word»yes",
    "combine unknown": "points: 1, combine: «unknown-word»max",
    "combine of an unknown window": "points: 1, combine: {highest: «unknown-word»week}",
    "combine of an unknown kind": "points: 1, combine: {«unknown-key»max: year}",
    "combine of two kinds": "points: 1, combine: {mean: year, «mixed-combine»latest: year}",
    "max a text": "points: 1, max: «bad-number»无",
    "max of an unknown window": "points: 1, max: {«unknown-key»monthly: 4}",
    "max of a day": "points: 1, max: {«unknown-key»day: 4}",
    "max of a window without a number": "points: 1, max: {month: «empty-value»}",
    "weight a word": "points: 1, weight: «bad-number»half",
    "weight divided by 0": "points: 1, weight: «bad-number»1/0",
    "times 0": "points: 1, times: «bad-count»0",
    "times a fraction": "points: 1, times: {month: «bad-count»1.5}",
    "free negative": "points: 1, free: «bad-count»-1",
    "max_quantity 0": "points: 1, max_quantity: «number-too-small»0",
    "shared unknown": "points: 1, shared: «unknown-word»both",
    "evidence unknown": "points: 1, evidence: «unknown-word»yes",
    "ceiling without all its keys": "«missing-key missing-key»ceiling: {per: year}",
    "ceiling of a list": "ceiling: {of: «wrong-type»[score], at: 0}",
    "ceiling per unknown": "ceiling: {of: score, at: 0, per: [year, «unknown-word»week]}",
    "grant a word": "grant: «bad-number»五",
    "grant without points": "«missing-key»grant: {per: year}",
    "grant without values": "«missing-key»grant: {by: class}",
    "grant without a column": "«missing-key»grant: {values: {甲: 1}}",
    "grant with points and values": "grant: {by: class, values: {甲: 1}, «unknown-key»points: 1}",
    "aliases with a mapping": "points: 1, aliases: «wrong-type»{甲: 乙}",
    "aliases empty": "points: 1, aliases: «empty-value»[]",
}

OUTCOME = {
    "unknown key": "«unknown-key»tops: 3",
    "unknown period": "period: [month, «unknown-word»week]",
    "top 0": "top: «bad-count»0",
    "top a fraction": "top: «bad-number»1/3",
    "groups that are the same word": "within: branch, top: {一支部: 2, «duplicate-group»一 支部: 1}",
    "top of a group 0": "within: branch, top: {一支部: «bad-count»0}",
    "bottom a word": "bottom: «bad-number»三",
    "share 0": "share: «bad-share»0",
    "share above 1": "share: «bad-share»20",
    "share negative": "share: «bad-share»-10%",
    "ties unknown": "top: 1, ties: «unknown-word»all",
    "where a text": 'where: «wrong-type»"score >= 95"',
    "where empty": "where: «empty-value»{}",
    "where an empty list": "where: «empty-value»[]",
    "where a list of texts": 'where: [«wrong-type»"score >= 95"]',
    "where without a number": 'where: {score: «bad-condition»">="}',
    "where with two signs": 'where: {score: «bad-condition»">= > 5"}',
    "where with the sign behind": 'where: {score: «bad-number»"95以上"}',
    "where with a reversed sign": 'where: {score: «bad-condition»"=> 95"}',
    "where with full-width digits": 'where: {score: «bad-number»">= ９５"}',
    "where with a mapping": "where: {score: «wrong-type»{min: 95}}",
    "where with an empty list": "where: {score: «empty-value»[]}",
    "only a list": "only: «wrong-type»[full]",
    "confirm without at": "«missing-key»confirm: {stages: {a: 甲}}",
    "confirm at a stage of another chain": "confirm: {at: «unknown-stage»b, stages: {a: 甲}}",
    "confirm with an empty chain": "confirm: {at: b, stages: «empty-value»{}}",
    "except a mapping": "except: «wrong-type»{work: 1}",
}

LEAF_START = "score: {items: {x: {title: 甲, "
OUTCOME_START = "outcomes: {x: {title: 甲, "


@pytest.mark.parametrize("text", TOP.values(), ids=TOP)
def test_top(text: str) -> None:
    snippet, expected = unmark(text)
    assert found(snippet) == expected


@pytest.mark.parametrize("text", LEAF.values(), ids=LEAF)
def test_leaf(text: str) -> None:
    snippet, expected = unmark(f"{LEAF_START}{text}}}}}}}")
    assert found(snippet) == expected


@pytest.mark.parametrize("text", OUTCOME.values(), ids=OUTCOME)
def test_outcome(text: str) -> None:
    snippet, expected = unmark(f"{OUTCOME_START}{text}}}}}")
    assert found(snippet) == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("gradse: 1\n", "did you mean grades? known: language, scheme,"),
        ("settle: years\n", "did you mean year? known: month, quarter, half, year"),
        ("decimals: ２\n", "write 2 (half-width digits, no separators, no unit)"),
        ("outcomes: {Five-Star: {title: 五星}}\n", "write five_star: an id has"),
        ("ranking: {ties: dense, tie_break: [wrok]}\n", "did you mean work? known: score, earned, work, study, note"),
        ("score: {items: {x: {title：甲，points：3}}}\n", "instead of the full-width colon; known: title"),
        ("effective: {from: 2021-02-14}\n", "2021-01-01 / 2021-04-01"),
        ("carry: {into: work}\n", "add year to rollup"),
    ],
)
def test_hints(text: str, said: str) -> None:
    assert any(said in problem.text(problem.hint) for problem in load(complete(text))[1])
