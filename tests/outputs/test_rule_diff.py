"""The difference of two versions of a scheme, as text and for a pull request: what is said of it, and what is not."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from pointscli.model.problem import Place
from pointscli.model.rule_change import ChangeKind, Direction, Effects, Moved, RuleChange, RuleDiff
from pointscli.outputs.rule_diff import diff_markdown, diff_text
from pointscli.outputs.rule_diff_json import diff_json

CHANGE = RuleChange(
    "a",
    "甲",
    "points",
    ChangeKind.CHANGED,
    Direction.LOOSENS,
    "1",
    "2",
    Place("old.yaml", 8, 9),
    Place("new.yaml", 9, 9),
    "a.points",
)
MOVED = Moved(
    member="M1",
    name="张三",
    scores=(Decimal("89.00"), Decimal("91.00")),
    ranks=(2, 1),
    grades=("良", "优"),
    stars=(None, 5),
    gained=("best",),
    lost=("talk",),
    because=(("a.points", Decimal("2.00")),),
)
EFFECTS = Effects("s", "2021Q1", "2021-03-31", 3, (MOVED,), attributed=True)
NOBODY = replace(EFFECTS, moved=(), attributed=False)
DIFF = RuleDiff("old.yaml", "new.yaml", (CHANGE,), EFFECTS)
COUNTS = (
    "2021Q1, as of 2021-03-31: of 3 members {} gain and 0 lose points, "
    "{} change rank, {} cross a grade, a star or an outcome"
)
SAID = {
    "everything of a member": (
        DIFF,
        ["M1 张三 89.00 → 91.00 +2.00 2 → 1 良 → 优; stars - → 5; +best; -talk a.points +2.00 new.yaml:9"],
        ["too many changes", "cannot be tried alone", "left out"],
    ),
    "nobody moves": (replace(DIFF, effects=NOBODY), [COUNTS.format(0, 0, 0)], ["Member", "too many changes"]),
    "too many changes to try": (
        replace(DIFF, effects=replace(EFFECTS, attributed=False)),
        [COUNTS.format(1, 1, 1), "there are too many changes to try each alone: causes are not told"],
        [],
    ),
    "a change that cannot be tried": (
        replace(DIFF, effects=replace(EFFECTS, alone=("b.moved", "c.added"))),
        ["these changes cannot be tried alone: b.moved, c.added"],
        [],
    ),
    "rows left out": (
        replace(DIFF, effects=replace(EFFECTS, refused=(0, 4))),
        ["rows of the log left out: 0 by the old rules, 4 by the new ones"],
        [],
    ),
    "a change that goes either way": (
        replace(DIFF, changes=(CHANGE, replace(CHANGE, direction=Direction.CHANGES)), effects=None),
        ["1 loosen, 0 tighten, 1 go either way, 0 neutral"],
        ["2021Q1"],
    ),
    "no change": (replace(DIFF, changes=(), effects=None), ["the two say the same"], ["Effect"]),
}


def lines(text: str) -> list[str]:
    """Lines of either form without the marks of tables and lists, blanks made one."""
    plain = text.replace("\\", "").replace("|", " ")
    return [" ".join(line.removeprefix("- ").split()) for line in plain.splitlines()]


@pytest.mark.parametrize("form", [diff_text, diff_markdown])
@pytest.mark.parametrize(("diff", "said", "unsaid"), SAID.values(), ids=SAID)
def test_what_is_said(form: Callable[..., str], diff: RuleDiff, said: list[str], unsaid: list[str]) -> None:
    text = form(diff, str)
    assert [line for line in said if line not in lines(text)] == []
    assert [words for words in unsaid if words in text] == []


def test_each_line_of_a_cause_is_named_once() -> None:
    twice = replace(CHANGE, key="points.levels.省级", new_place=Place("new.yaml", 9, 40))
    found = json.loads(diff_json(replace(DIFF, changes=(CHANGE, twice))))
    assert found["effects"]["moved"][0]["because"][0]["rules"] == ["new.yaml:9"]
