"""The roster: members, spells, and who a cell means (reliability 3.6)."""

from __future__ import annotations

from datetime import date

import pytest

from pointscli.inputs.headers import MEMBERS
from pointscli.inputs.roster import KINDS, Ambiguous, Roster, Unknown, kind_id, read_roster
from pointscli.model.problem import Problem
from tests.inputs.reading import check_templates, read, said

HEADER = "id,name,branch,kind,since,until\n"


def roster(*records: str, header: str = HEADER) -> tuple[Roster, list[Problem]]:
    table, problems = read(header + "\n".join(records) + "\n", "members.csv", MEMBERS)
    assert table is not None, problems
    found, more = read_roster([table])
    check_templates(more)
    assert found.rejected + len(found.spells) == len(table.rows)
    return found, problems + more


def test_members_are_ordered_by_id_and_spells_by_start() -> None:
    found, problems = roster(
        "M10,李四,二支部,full,,", "M2,张三,二支部,full,2021-07-01,", "M2,张三,一支部,预备党员,,2021-06-30"
    )
    assert not problems
    assert [member.id for member in found.members] == ["M10", "M2"]
    assert [(spell.member, spell.since, spell.until, spell.line) for spell in found.spells] == [
        (0, None, None, 2),
        (1, None, date(2021, 6, 30), 4),
        (1, date(2021, 7, 1), None, 3),
    ]
    assert found.spells[1].cells["branch"] == "一支部"
    assert found.spells[1].holds(date(2021, 6, 30))
    assert not found.spells[1].holds(date(2021, 7, 1))
    assert found.columns == ("id", "name", "branch", "kind", "since", "until")


def test_cells_are_trimmed_and_unknown_columns_kept() -> None:
    found, _ = roster(" M1 , 张三 , 一支部,x", header="id,name,branch,籍贯\n")
    assert dict(found.spells[0].cells) == {"id": "M1", "name": "张三", "branch": "一支部", "籍贯": "x"}


PEOPLE = ["001,张三,,,,", "002,李四,,,,", "003,李四,,,,", "M4,阿依古丽·买买提,,,,", "M5,吕晓明,,,,"]
FOUND = {
    "001": 0,
    " 001 ": 0,
    "张三": 0,
    "张 三": 0,
    "张\u3000三": 0,
    "\u200b张三": 0,
    "阿依古丽•买买提": 3,
    "李四": ("002 李四", "003 李四"),
    "002": 1,
}


@pytest.mark.parametrize("text", FOUND)
def test_find(text: str) -> None:
    expected = FOUND[text]
    found = roster(*PEOPLE)[0].find(text)
    assert found == (Ambiguous(expected) if isinstance(expected, tuple) else expected)


NEAR = {
    "1": ("001 张三",),
    "０01": ("001 张三",),
    "m4": ("M4 阿依古丽·买买提",),
    "呂晓明": ("M5 吕晓明",),
    "吕小明": ("M5 吕晓明",),
    "吕晓": ("M5 吕晓明",),
    "吕晓明明": ("M5 吕晓明",),
    "004": ("001 张三", "002 李四", "003 李四"),
    "王五": (),
    "": (),
    "x" * 1000: (),
}


@pytest.mark.parametrize("text", NEAR, ids=lambda text: text[:10] or "empty")
def test_near_misses_are_named_but_never_taken(text: str) -> None:
    found = roster(*PEOPLE)[0].find(text)
    assert isinstance(found, Unknown)
    assert set(found.near) == set(NEAR[text])


WRONG = {
    "overlap": (["M1,张三,,,2021-01-01,2021-06-30", "M1,张三,,,2021-06-30,"], ["overlapping-spells 3:9"]),
    "the same row twice": (["M1,张三,,,,", "M1,张三,,,,"], ["overlapping-spells 3:9"]),
    "open end": (["M1,张三,,,2021-01-01,", "M1,张三,,,2021-06-30,"], ["overlapping-spells 3:9"]),
    "three, one inside": (
        ["M1,张三,,,2021-01-01,2021-12-31", "M1,张三,,,2021-02-01,2021-02-28", "M1,张三,,,2022-01-01,"],
        ["overlapping-spells 3:9"],
    ),
    "case": (["M1,张三,,,,", "m1,李四,,,,"], ["colliding-id 3:1"]),
    "width": (["M1,张三,,,,", "Ｍ１,李四,,,,"], ["colliding-id 3:1"]),
    "blanks": (["M1,张三,,,,", "M 1,李四,,,,"], ["colliding-id 3:1"]),
    "until before since": (["M1,张三,,,2021-07-01,2021-06-30"], ["backward-spell 2:20"]),
    "bad dates": (["M1,张三,,,2021-02-30,7月1日"], ["bad-date 2:9", "bad-date 2:20"]),
    "exponent": (["1.10101E+17,张三,,,,"], ["cut-id 2:1"]),
    "zeros": (["110101199001011000,张三,,,,"], ["cut-id 2:1"]),
    "check digit": (["110101199003070010,张三,,,,"], ["bad-id-number 2:1"]),
    "separator in an id": (["M1、2,张三,,,,"], ["separator-in-id 2:1"]),
    "a name that is an id": (["张三,李四,,,,", "M2,张三,,,,"], ["name-is-id 3:4"]),
    "empty id and name": ([",,一支部,,,"], ["missing-value 2:1", "missing-value 2:2"]),
    "bidi": (["M1,张\u202e三,,,,"], ["control-character 2:4"]),
    "control": (["M\x011,张三,,,,"], ["control-character 2:1"]),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong(name: str) -> None:
    records, findings = WRONG[name]
    assert said(roster(*records)[1]) == findings


def test_both_lines_are_named() -> None:
    _, problems = roster("M1,张三,,,,", "M1,张三,,,,")
    assert "line 3" in problems[0].text(problems[0].message)
    assert "members.csv:2" in problems[0].text(problems[0].message)


WARNED = {
    "another name": (["M1,张三,,,,2020-12-31", "M1,张小三,,,2021-01-01,"], ["changed-name 3:4"]),
    "variant character": (["M1,吕明,,,,", "M2,呂明,,,,"], ["similar-name 3:4"]),
    "radical": (["M1,长明,,,,", "M2,⻓明,,,,"], []),
    "compatibility character": (["M1,一明,,,,", "M2,⼀明,,,,"], ["similar-name 3:4"]),
    "lost zeros": (["001,张三,,,,", "1,李四,,,,"], ["similar-id 3:1"]),
    "same name": (["M1,张三,,,,", "M2,张三,,,,"], []),
    "zero width": (["M1,张\u200b三,,,,"], ["invisible-character 2:4"]),
    "separator in a name": (["M1,张三、李四,,,,"], ["separator-in-name 2:4"]),
    "time of day": (["M1,张三,,,2021-07-01 08:30,"], ["dropped-time 2:9"]),
    "nothing": (["11010519491231002X,张三,,,,", "18位以上的编号,李四,,,,"], []),
}


@pytest.mark.parametrize("name", WARNED)
def test_warned(name: str) -> None:
    records, findings = WARNED[name]
    found, problems = roster(*records)
    assert said(problems, None) == findings
    assert len(found.spells) == len(records)


def test_several_files_are_one_roster() -> None:
    one, _ = read("id,name,branch\nM1,张三,一支部\n", "members.csv", MEMBERS)
    two, _ = read("编号,姓名,党小组\nM2,李四,一组\nM1,张三,二组\n", "members.xlsx.csv", MEMBERS)
    assert one is not None
    assert two is not None
    found, problems = read_roster([one, two])
    assert found.columns == ("id", "name", "branch", "group")
    assert [spell.cells.get("group", "") for spell in found.spells] == ["", "一组"]
    assert said(problems) == ["overlapping-spells 3:1"]
    assert found.rejected == 1


def test_nobody() -> None:
    found, _ = read_roster([])
    assert found.find("M1") == Unknown(())


@pytest.mark.parametrize("kind", KINDS)
def test_kinds_in_either_word(kind: str) -> None:
    for word in (kind, kind.upper(), KINDS[kind], f" {KINDS[kind]}\u3000"):
        assert kind_id(word) == kind


def test_another_kind_is_any_text() -> None:
    assert kind_id(" 退休党员 ") == "退休党员"
