"""What a clerk types for a member or an item, and whom or what it means."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pointscli.app.choices import Choices, is_pinyin
from pointscli.app.record import open_desk
from pointscli.app.workspace import Sources
from tests.cli.rich import write_rich
from tests.cli.running import ROOT, write_csv

DAY = date(2021, 7, 5)
PINYIN = [
    ("张三", "zs", "zhangsan", "zhs", "zhangs"),
    ("单雄信", "sxx", "shanxiongxin", "dxx"),
    ("查良镛", "zly", "zhaliangyong"),
    ("曾国藩", "zgf", "zenggf"),
    ("仇英", "qy", "qiuying"),
    ("解缙", "xj", "xiejin"),
    ("盖聂", "gn", "genie"),
    ("区小明", "oxm", "ouxm"),
    ("尉迟恭", "ycg", "yuchigong", "wcg"),
    ("长孙无忌", "zswj", "cswj"),
    ("万俟卨", "mqx", "wsx"),
    ("欧阳娜", "oyn", "OuYang Na"),
    ("吕布", "lb", "lvbu", "lübu"),
    ("乐毅", "yy", "ly"),
    ("阿依古丽·买买提", "aygl mmt", "ayiguli"[:2] + "glmmt"),
    ("张A", "za", "zhanga"),
]
WRONG = [("张三", "z"), ("张三", "zsi"), ("张三", "sz"), ("张三", "zangsan"), ("吕布", "lubu"), ("张三", "")]


def typed(text: str) -> str:
    return text.lower().replace("ü", "v").replace(" ", "")


@pytest.mark.parametrize("case", PINYIN, ids=[case[0] for case in PINYIN])
def test_pinyin(case: tuple[str, ...]) -> None:
    name, *texts = case
    assert [text for text in texts if not is_pinyin(name, typed(text))] == []


@pytest.mark.parametrize(("name", "text"), WRONG)
def test_not_its_pinyin(name: str, text: str) -> None:
    assert not is_pinyin(name, text)


def test_a_beginning() -> None:
    found = [text for text in ("z", "zh", "zhangs", "zhangsa", "s", "zsx") if is_pinyin("张三", text, beginning=True)]
    assert found == ["z", "zh", "zhangs"]


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Choices:
    folder = write_rich(tmp_path_factory.mktemp("rich") / "w")
    return open_desk(folder, Sources(), DAY).choices


MEMBERS = [
    ("M003", ["M003"]),
    ("ｍ003", []),
    ("王芳", ["M007"]),
    (" 王 芳 ", ["M007"]),
    ("张伟", ["M001", "M002"]),
    ("zw", ["M001", "M002"]),
    ("oyn", ["M006"]),
    ("OYN", ["M006"]),
    ("ouyangna", ["M006"]),
    ("古丽", ["M005"]),
    ("阿依古丽", ["M005"]),
    ("agl", []),
    ("不在", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "ids"), MEMBERS, ids=[text or "nothing" for text, _ in MEMBERS])
def test_members(text: str, ids: list[str], rich: Choices) -> None:
    assert [rich.roster.members[number].id for number in rich.members(text)] == ids


def test_a_beginning_is_enough_for_a_list(rich: Choices) -> None:
    assert rich.members("zh") == ()
    assert [rich.roster.members[number].name for number in rich.members("zh", partly=True)] == [
        "张伟",
        "张伟",
        "赵一",
        "周三",
    ]
    assert rich.members("zhou", partly=True) == rich.members("周三")


ITEMS = [
    ("meeting", ["meeting"]),
    ("组织生活", ["meeting"]),
    ("三会一课", ["meeting"]),
    ("支部", ["meeting"]),
    ("组织 生活", ["meeting"]),
    ("学习", ["study"]),
    ("LEC", ["lecture"]),
    ("分", []),
    ("讲 课", ["lecture"]),
    ("o", ["donate", "honour", "hours", "veto"]),
    ("", []),
]


@pytest.mark.parametrize(("text", "ids"), ITEMS, ids=[text or "nothing" for text, _ in ITEMS])
def test_items(text: str, ids: list[str], rich: Choices) -> None:
    assert sorted(item.id for item in rich.items(text, DAY)) == ids


def test_items_of_a_day(rich: Choices) -> None:
    assert rich.items("meeting", date(2020, 12, 31)) == ()
    assert [item.id for item in rich.items("meeting", None)] == ["meeting"]


def test_items_of_schemes() -> None:
    desk = open_desk(ROOT / "examples" / "social-insurance", Sources(), DAY)
    every = desk.choices.items("online_study", DAY)
    schemes = [desk.choices.index.versions[item.version].scheme for item in every]
    assert schemes == sorted(set(schemes))
    for scheme in schemes:
        assert len(desk.choices.items("online_study", DAY, scheme)) == 1
    assert desk.choices.items("online_study", DAY, "none") == ()


def test_titles_of_members(tmp_path: Path) -> None:
    folder = write_rich(tmp_path / "w")
    write_csv(folder / "members.csv", [{"id": "A", "name": "甲"}])
    assert open_desk(folder, Sources(), DAY).choices.member_title(0) == "A 甲"
