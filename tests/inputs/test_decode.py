"""Encodings: what is accepted, and that a damaged file is never read as another encoding (reliability 3.1)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pointscli.inputs.decode import _gb2312_share, decode
from tests.inputs.reading import HEADER, ROW, errors, read, rows, said, warnings

TEXT = "编号,日期,党员,事项,事由\n" + "".join(
    f"E{i},2021-07-0{i},张三,主题党日,参加支部组织的集中学习和讨论\n" for i in range(1, 9)
)
ENCODED = {
    "utf-8": TEXT.encode(),
    "utf-8-sig": b"\xef\xbb\xbf" + TEXT.encode(),
    "utf-16 little": b"\xff\xfe" + TEXT.encode("utf-16-le"),
    "utf-16 big": b"\xfe\xff" + TEXT.encode("utf-16-be"),
    "gb18030": TEXT.encode("gb18030"),
}


@pytest.mark.parametrize("name", ENCODED)
def test_the_same_rows_in_every_encoding(name: str) -> None:
    assert rows(ENCODED[name]) == rows(TEXT)


@pytest.mark.parametrize(
    ("name", "warned"),
    [
        ("utf-8", []),
        ("utf-8-sig", []),
        ("utf-16 little", ["other-encoding 0:0"]),
        ("utf-16 big", ["other-encoding 0:0"]),
        ("gb18030", ["other-encoding 0:0"]),
    ],
)
def test_only_utf8_is_not_warned_of(name: str, warned: list[str]) -> None:
    assert warnings(ENCODED[name]) == warned


GOOD = (HEADER + ROW).encode()
BROKEN = {
    "utf-8 cut inside a character": (TEXT.encode()[:-2], "damaged-utf8 9:36"),
    "utf-8 with one byte changed": (TEXT.encode().replace("张".encode(), b"\xe5\xbc\xff", 1), "damaged-utf8 2:15"),
    "utf-8 mark, then damage": (b"\xef\xbb\xbf" + TEXT.encode()[:-2], "damaged-utf8 9:36"),
    "utf-16 without mark": (TEXT.encode("utf-16-le"), "unmarked-utf16 0:0"),
    "utf-16 cut": (ENCODED["utf-16 little"][:-1], "damaged-utf16 0:0"),
    "NUL": (GOOD.replace(b"x", b"\0"), "nul-byte 2:0"),
    "NUL after a mark": (b"\xef\xbb\xbf" + GOOD.replace(b"x", b"\0"), "nul-byte 2:0"),
    "NUL in utf-16": (b"\xff\xfe" + GOOD.replace(b"x", b"\0").decode().encode("utf-16-le"), "nul-byte 2:0"),
    "euro sign of windows-936": (TEXT.encode("gb18030").replace(b"E1", b"\x80"), "bad-byte 2:0"),
    "latin-1": ("name,date\ncafé crème,ÀÉÎÕÜàéîõü\n".encode("latin-1"), None),
    "rare characters alone": (b"\nname,date\n\x81\x41\x81\x42\x81\x43\x81\x44,x\n", "unclear-encoding 3:0"),
    "NUL twice": (GOOD.replace(b"x", b"\0") * 2, "nul-byte 2:0"),
    "NUL after an empty line": (b"\n" + GOOD.replace(b"x", b"\0"), "nul-byte 3:0"),
    "damage after an empty line": (b"\n" + TEXT.encode()[:33] + b"\xff\n", "damaged-utf8 2:14"),
    "a wrong byte after an empty line": (b"\n" + TEXT.encode("gb18030") + b"\x80\n", "bad-byte 11:0"),
    "three NULs on one side": (b"a\0b\0c\0d,e\n", "nul-byte 1:0"),
    "many NULs on both sides": (b"a\0\0b" * 9 + b"\n", "nul-byte 1:0"),
    "empty": (b"", "empty-file 0:0"),
    "only a mark": (b"\xef\xbb\xbf", "empty-file 0:0"),
    "only blanks": (b" \r\n\n", "empty-file 0:0"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_refused(name: str) -> None:
    data, finding = BROKEN[name]
    found = errors(data)
    assert len(found) == 1
    assert finding in (found[0], None)
    assert {one.place.path for one in read(data)[1]} == {"events.csv"}


@pytest.mark.parametrize(
    ("text", "share"), [("姓名,a,积分", 1), ("龘,a,姓", 0.5), ("龘,龖", 0), ("一,二,三,龘", 0.75)], ids=str
)
def test_the_share_of_common_characters(text: str, share: float) -> None:
    assert _gb2312_share(text) == share


def test_header_only_is_no_records() -> None:
    assert rows(HEADER) == []
    assert warnings(HEADER) == ["no-records 1:0"]


MOVED = {
    b"\xa6\xd9": "︐", b"\xa6\xda": "︒", b"\xa6\xdb": "︑", b"\xa6\xdc": "︓", b"\xa6\xdd": "︔", b"\xa6\xde": "︕",
    b"\xa6\xdf": "︖", b"\xa6\xec": "︗", b"\xa6\xed": "︘", b"\xa6\xf3": "︙", b"\xfe\x59": "龴", b"\xfe\x61": "龵",
    b"\xfe\x66": "龶", b"\xfe\x67": "龷", b"\xfe\x6d": "龸", b"\xfe\x7e": "龹", b"\xfe\x90": "龺", b"\xfe\xa0": "龻",
}  # fmt: skip


@pytest.mark.parametrize("code", MOVED, ids=lambda code: code.hex())
def test_characters_that_gb18030_2022_moved(code: bytes) -> None:
    decoded, _ = decode(TEXT.encode("gb18030") + code, "f")
    assert decoded == (TEXT + MOVED[code], "gb18030")


def test_other_private_characters_are_warned_of() -> None:
    data = (TEXT + "E9,2021-07-09,\ue816,x,\n").encode("gb18030")
    assert warnings(data) == ["other-encoding 0:0", "private-character 10:15"]
    assert warnings((TEXT + "E9,2021-07-09,\ue816,x,\n").encode()) == ["private-character 10:15"]
    assert warnings((TEXT + "E9,2021-07-09,\ue816,x,\n").encode("utf-8-sig")) == ["private-character 10:15"]


@pytest.mark.parametrize("name", ["䶮", "𬱖三", "龘", "喆", "镕"])
def test_rare_names(name: str) -> None:
    assert decode((TEXT + name).encode("gb18030"), "f")[0] == (TEXT + name, "gb18030")


@given(
    words=st.lists(st.text("的一是在人有中大国学习参加支部会议讨论志愿服务张王李赵", min_size=4), min_size=2),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]),
)
def test_round_trip(words: list[str], encoding: str) -> None:
    text = "编号,姓名,支部\n" + "\n".join(words)
    decoded, problems = decode(text.encode(encoding), "f")
    assert decoded is not None, problems
    assert decoded[0] == text


@given(st.integers(1, len(TEXT.encode()) - 1))
def test_a_cut_file_is_never_mojibake(length: int) -> None:
    data = TEXT.encode()[:length]
    table, problems = read(data)
    assert table is None or table.encoding == "utf-8", said(problems)


@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    decoded, problems = decode(data, "f")
    assert decoded is not None or problems
