from __future__ import annotations

import string
from datetime import date
from pathlib import Path

import pytest

from pointscli.model.period import Kind, Period
from pointscli.model.problem import UsageError
from pointscli.outputs.formats import BINARY, FORMATS, SUFFIXES, file_bytes, format_of
from pointscli.outputs.look import Look
from pointscli.outputs.titles import PHRASES, Words
from tests.outputs.sample import tally

PERIODS = [
    (Kind.MONTH, "2021年8月", "August 2021"),
    (Kind.QUARTER, "2021年第三季度", "2021 Q3"),
    (Kind.HALF, "2021年下半年", "2021 H2"),
    (Kind.YEAR, "2021年度", "2021"),
]


@pytest.mark.parametrize(("kind", "zh", "en"), PERIODS)
def test_period(kind: Kind, zh: str, en: str) -> None:
    period = Period.containing(kind, date(2021, 8, 15))
    assert Words("zh").period(period) == zh
    assert Words("en").period(period) == en


KINDS = [("full", "正式党员", "full member"), ("预备党员", "预备党员", "probationary member"), ("其他", "其他", "其他")]


@pytest.mark.parametrize(("cell", "zh", "en"), KINDS)
def test_kind(cell: str, zh: str, en: str) -> None:
    assert (Words("zh").kind(cell), Words("en").kind(cell)) == (zh, en)


@pytest.mark.parametrize("phrase", PHRASES)
def test_both_languages_use_the_same_values(phrase: str) -> None:
    zh, en = ({name for _, name, _, _ in string.Formatter().parse(text) if name} for text in PHRASES[phrase])
    assert zh == en


def test_format_of() -> None:
    assert {format_of(Path("a" + suffix.upper())) for suffix in SUFFIXES} == {*FORMATS, *BINARY} - {"table"}
    with pytest.raises(UsageError, match=r"format of a\.pdf is not known"):
        format_of(Path("a.pdf"))


def test_a_file_is_never_a_screen() -> None:
    assert file_bytes("table", tally(), Look(colour=True, width=20)) == file_bytes("plain", tally(), Look())
