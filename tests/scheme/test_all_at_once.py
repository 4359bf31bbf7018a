"""A file full of mistakes reports them all in one run, and no text whatever makes the loader fail."""

from __future__ import annotations

import random

import pytest

from pointscli.scheme.source_text import split_lines
from tests.scheme.snippets import complete, found, load, unmark

TWENTY = """
language: «unknown-language»3
scheme: «bad-id»示例
title:«empty-value»
effective: {from: «bad-date»2021-02-30}
«duplicate-key»title: 重复
settle: quarter
rounding: «unknown-word»half-up
decimals: «bad-count»9
«unknown-key»gradse: {优秀: 90}
rollup:
  «rollup-not-longer»month: sum
score:
  «leaf-key-on-section»times: 2
  items:
    «bad-id»My-Item: {title: 甲, points: «bad-number»３}
    a: {title: 乙, points: «too-many-decimals»0.12345}
    b: {title: «duplicate-name»乙, points: 1, «min-above-max»min: 3, max: 2}
    «leaf-without-effect»c: {title: 丙, max: «yaml-anchor»&x 5}
    d: {title: 丁, points: {«range-reversed»from: 5, to: 1}}
    e:\t{title: 戊, points: 1, «unknown-key»maxx: 3}
    «missing-key»f: {points: 1, weight: «yaml-tag»!!int 2}
    «reserved-id»rank: {title: 己, ceiling: {of: «unknown-name»nowhere, at: 0}}
«missing-key»ranking: {tie_break: «unknown-name»gone}
outcomes:
  x: {title: 庚, top: 1, «top-and-bottom»bottom: 1, share: «bad-share»20, where: {score: «bad-condition»"=> 3"}}
  y: {title: 辛, period: «outcome-never»year, confirm: «stage-without-review»public}
"""


def test_every_mistake_is_reported_in_one_run() -> None:
    snippet, expected = unmark(TWENTY)
    expected = sorted([*expected, ("tab", 20, 7)], key=lambda one: (one[1:], one[0]))
    assert found(snippet) == expected
    assert len({name for name, _, _ in expected}) >= 20


PIECES = [
    *"：，；　\t\u00a0\ufeff\0\x07'\"[]{}#&*!|>%@`-?:,~\\\n ",
    ": ",
    "- ",
    "null",
    "{}",
    "[]",
    "items: ",
    "<<: ",
    "!!x ",
    "&a ",
    "*a",
    "９",
    "1e9",
    "'",
    "---\n",
    "...\n",
    "\r",
    "\x85",
    "𬱖",
]
WHOLE = complete(
    """
    rollup: {half: sum, year: {of: half, by: mean}}
    members: {kind: [full]}
    score:
      min: 0
      items:
        study:
          title: 学习
          combine: {highest: year}
          items: {note: {title: 笔记, points: 1}, class: {title: 党课, points: {levels: {国家级: 10, 省级: 8}}}}
        base: {title: 基础, grant: {by: class, values: {甲类: 80}, default: 30}}
        plus: {title: 加分, points: {from: 0, to: 40, step: 0.5}, max: {month: 4, year: 12}, times: 2}
        minus: {title: 扣分, points: {count: [-3, -5], per: year}, aliases: [减分]}
        veto: {title: 否决, ceiling: {of: score, at: 60, per: [quarter, year]}}
    ranking: {within: branch, ties: dense, tie_break: [plus]}
    grades: {优秀: ">= 90", 合格: null}
    stars: {5: 95}
    derive: {index: {title: 指数, of: plus, to: 5}}
    review: {stages: {declared: 申报, approved: 审核}, counts_from: approved}
    outcomes: {best: {title: 最佳, period: year, where: {score: ">= 95", grade: 优秀}, share: 1/3, confirm: approved}}
    redemption: {from: [plus], gifts: {cup: {title: 杯子, cost: 5}}}
    carry: {into: plus, share: 20%}
    """
)


def test_the_whole_is_good() -> None:
    assert load(WHOLE)[1] == []


@pytest.mark.parametrize("seed", range(400))
def test_no_text_makes_the_loader_fail(seed: int) -> None:
    draw = random.Random(seed)
    text = WHOLE
    for _ in range(draw.randint(1, 4)):
        at = draw.randrange(len(text))
        match draw.randrange(4):
            case 0:
                text = text[:at] + draw.choice(PIECES) + text[at:]
            case 1:
                text = text[:at] + text[at + draw.randint(1, 12) :]
            case 2:
                text = text[:at] + draw.choice(PIECES) + text[at + 1 :]
            case _:
                words = text.split(" ")
                words[draw.randrange(len(words))] = draw.choice(["[]", "{}", "null", "-1", "x", "[a, b]", "{a: b}"])
                text = " ".join(words)
    scheme, problems = load(text)
    assert scheme is not None or problems
    lines = split_lines(text)
    for problem in problems:
        assert 1 <= problem.place.line <= len(lines)
        assert 1 <= problem.place.column <= len(lines[problem.place.line - 1]) + 1


@pytest.mark.parametrize("seed", range(100))
def test_no_bytes_make_the_loader_fail(seed: int) -> None:
    draw = random.Random(seed)
    data = bytearray(WHOLE.encode())
    for _ in range(draw.randint(1, 3)):
        data[draw.randrange(len(data))] = draw.randrange(256)
    load(bytes(data))
    load(bytes(draw.randrange(256) for _ in range(draw.randrange(200))))
