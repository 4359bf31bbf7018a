"""A shipped rule file broken as a clerk would break it: each message alone says where, what, and what to write."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import ROOT, run

RULES = (ROOT / "rules" / "finance-bureau.yaml").read_text("utf-8")
Slip = tuple[str, str, str, str, str]
SLIPS: dict[str, Slip] = {
    "a full-width colon": (
        "title: 参加三会一课",
        "title：参加三会一课",
        "full-width-colon",
        "：",
        "write a half-width colon and a space",
    ),
    "a full-width digit": (
        "points: 1\n          max: 2",
        "points: １\n          max: 2",
        "bad-number",
        "１",
        "write 1 ",
    ),
    "a Chinese minus": (
        "points: -0.5\n          free",
        "points: −0.5\n          free",
        "bad-number",
        "−",
        "write -0.5",
    ),
    "points with their unit": ("max: 6 ", "max: 6分 ", "bad-number", "6分", "write 6 "),
    "a Chinese comma in a table": (
        "国家级: 8, 省级: 6,",
        "国家级: 8，省级: 6,",
        "yaml-syntax",
        "，",
        "write a half-width comma and a space",
    ),
    "a Chinese comma in a list": (
        "kind: [正式党员, 预备党员]",
        "kind: [正式党员，预备党员]",
        "full-width-comma",
        "正式党员，",
        "half-width commas",
    ),
    "a blank too few": (
        "          clause: 第三条（二）",
        "         clause: 第三条（二）",
        "yaml-syntax",
        "clause",
        "indent it like its neighbours",
    ),
    "no blank after a colon": (
        "times: {month: 4}",
        "times: {month:4}",
        "unknown-key",
        "month:4",
        "write a space after the colon",
    ),
    "two keys in a line": (
        "points: -0.5\n          free:",
        "points: -0.5 free:",
        "yaml-syntax",
        ": {quarter: 2}",
        "begin a new line",
    ),
    "a bracket left open": (
        "{levels: {局级: -3, 市级: -5, 省级: -8}}",
        "{levels: {局级: -3, 市级: -5, 省级: -8}",
        "yaml-syntax",
        "{levels: {局级",
        "add the closing bracket",
    ),
    "a Chinese key": (
        "points: -0.5\n          free",
        "分值: -0.5\n          free",
        "unknown-key",
        "分值",
        "mean points?",
    ),
    "a misspelt key": ("weight: 0.04", "wieght: 0.04", "unknown-key", "wieght", "mean weight?"),
    "a Chinese window": ("max: {month: 6}", "max: {每月: 6}", "unknown-key", "每月", "mean month?"),
    "a Chinese word": (
        "combine: {highest: matter}",
        "combine: 最高",
        "unknown-word",
        "最高",
        "mean highest?",
    ),
    "a title for an id": (
        "tie_break: [contribution, appraisal]",
        "tie_break: [contribution, 评议分]",
        "unknown-name",
        "评议分",
        "mean appraisal?",
    ),
    "a stage's title": (
        "counts_from: verified",
        "counts_from: 考评小组认定",
        "unknown-stage",
        "考评",
        "mean verified?",
    ),
    "an item twice": (
        "        late:\n",
        "        absent:\n",
        "duplicate-key",
        "absent:\n          title: 迟",
        "one of",
    ),
    "a minus forgotten": (
        "{局级: -3, 市级: -5, 省级: -8}",
        "{局级: 3, 市级: 5, 省级: 8}",
        "deduction-adds",
        "points: {levels: {局级: 3,",
        "write a minus sign",
    ),
    "a title lost": ("          title: 迟到早退\n", "", "missing-key", "late:", "add title"),
    "an id in Chinese": ("        late:\n", "        迟到:\n", "bad-id", "迟到:", "title"),
    "in the middle of a month": ("2021-01-01", "2021-01-15", "effective-boundary", "2021-01-15", "2021-01-01"),
}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", SLIPS)
def test_the_first_message_is_enough(name: str, language: str, tmp_path: Path) -> None:
    right, wrong, finding, at, hint = SLIPS[name]
    text = RULES.replace(right, wrong, 1)
    assert text != RULES
    (tmp_path / "a.yaml").write_text(text, "utf-8")
    answer = run("--lang", language, "check", tmp_path / "a.yaml")
    first = answer.text.splitlines()[0]
    place, _, said = first.partition(": ")
    line, column = (int(part) for part in place.split(":")[-2:])
    assert f"[{finding}]" in said
    assert "\n".join(text.split("\n")[line - 1 :])[column - 1 :].startswith(at)
    assert ("hint: " if language == "en" else "提示: ") in answer.text
    assert hint in answer.text or language == "zh"
