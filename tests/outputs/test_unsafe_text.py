"""What a user's text can do to a screen or a Markdown file: nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pointscli.outputs.cells import narrowed, visible, widened
from pointscli.outputs.formats import FORMATS
from pointscli.outputs.look import Look
from pointscli.outputs.markdown_format import escaped
from tests.outputs.sample import table, tally

VISIBLE = {
    "张三": "张三",
    " 张\n三\t四\u2028五 ": "张 三 四 五",
    "a\x1b[31mb": "a␛[31mb",
    "\x07\x00": "␇␀",
    "a\x7f": "a␡",
    "a\x9b31m": "a<U+009B>31m",
    "\u202e四三张": "<U+202E>四三张",
    "张\u200b三\ufeff\u00ad": "张三",
    "a\U000e0041b": "ab",
    "\ud800": "<U+D800>",
    "阿依古丽·买买提": "阿依古丽·买买提",
    "ئايگۈل": "ئايگۈل",
}


@pytest.mark.parametrize(("given", "expected"), VISIBLE.items())
def test_visible(given: str, expected: str) -> None:
    assert visible(given) == expected


@pytest.mark.parametrize(
    "text", ["[/]", "[red]红[/red]", "[link=http://x]y[/link]", ":smile:", "\\[a]", "[bold", "{x}"]
)
def test_markup_is_shown_as_written(text: str) -> None:
    sample = tally()
    named = replace(sample.standings[0], name=text, row={**sample.standings[0].row, "exempt": text})
    unsafe = replace(sample, title=text, standings=(named, *sample.standings[1:]))
    for colour in (False, True):
        assert FORMATS["table"](unsafe, Look(colour=colour)).count(text) >= 3
    assert FORMATS["table"](table((text, None, 1)), Look()).count(text) == 1


@pytest.mark.parametrize("form", ["table", "plain", "markdown", "csv", "json", "jsonl"])
def test_no_control_character_gets_out(form: str) -> None:
    steering = "".join(map(chr, [*range(9), 11, 12, *range(14, 32), *range(127, 160), 0x200E, 0x202E, 0x2066, 0xD800]))
    sample = tally()
    first = sample.standings[0]
    row = dict.fromkeys(("branch", "group", "kind", "exempt"), f"x{steering}")
    outcome = replace(sample.outcomes[0], title=steering, action=steering, id="x")
    unsafe = replace(
        sample,
        scheme=f"x{steering}",
        version=f"x{steering}",
        title=f"x{steering}",
        preview=f"x{steering}",
        columns=(*sample.columns[:3], replace(sample.columns[3], title=steering)),
        standings=(replace(first, name=f"x{steering}", group=steering, grade=steering, row=row), *sample.standings[1:]),
        outcomes=(outcome, *sample.outcomes[1:]),
    )
    assert not set(FORMATS[form](unsafe, Look())) & set(steering)
    FORMATS[form](unsafe, Look()).encode()


MARKDOWN = {
    "a|b": r"a\|b",
    "张*三": r"张\*三",
    "<script>": r"\<script\>",
    "[x](y)": r"\[x\](y)",
    "a`b`": r"a\`b\`",
    "a\\|b": r"a\\\|b",
    "five_star": r"five\_star",
    "&lt;": r"\&lt;",
    "a\nb": "a b",
}


@pytest.mark.parametrize(("given", "expected"), MARKDOWN.items())
def test_markdown(given: str, expected: str) -> None:
    assert escaped(given) == expected


def test_a_markdown_row_stays_a_row() -> None:
    row = FORMATS["markdown"](table(("a|b\n|c", None, 1)), Look()).split("\n")[-2]
    assert row.replace(r"\|", "").count("|") == 3


@pytest.mark.parametrize("text", ["阿依古丽·买买提", "①…—“”×", "e\u0301", "ascii", "𬱖", "ئايگۈل"])
def test_stand_ins_come_back(text: str) -> None:
    assert narrowed(widened(text)) == text
