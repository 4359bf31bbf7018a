"""YAML to a tree: positions, kept texts, and everything that is refused; with the C reader and with the slow one."""

from __future__ import annotations

import pytest
import yaml

from pointscli.scheme import yaml_tree
from pointscli.scheme.tree import Listing, Mapping, Scalar
from pointscli.scheme.yaml_tree import parse_tree
from tests.scheme.snippets import Found, places

LOADERS = [pytest.param(yaml.SafeLoader, id="python"), pytest.param(yaml.CSafeLoader, id="c")]

REFUSED: dict[str, tuple[str | bytes, Found]] = {
    "a key twice": ("a: 1\nb:\n  c: 1\n  c: 2\na: 3\n", [("duplicate-key", 4, 3), ("duplicate-key", 5, 1)]),
    "a key twice, once in quotes": ('a: 1\n"a": 2\n', [("duplicate-key", 2, 1)]),
    "anchor and alias": ("a: &x 1\nb: *x\n", [("yaml-anchor", 1, 4), ("yaml-anchor", 2, 4)]),
    "anchor on a mapping": ("a: &x {b: 1}\n", [("yaml-anchor", 1, 4)]),
    "many aliases are not followed": (
        "a: &x [1, 2]\nb: [*x, *x]\n",
        [("yaml-anchor", 1, 4), ("yaml-anchor", 2, 5), ("yaml-anchor", 2, 9)],
    ),
    "an alias to nothing": ("a: *x\n", [("yaml-anchor", 1, 4)]),
    "a merge key": ("a: {b: 1}\nc:\n  <<: {b: 2}\n", [("merge-key", 3, 3)]),
    "a tag": ("a: !!str 1\nb: !own 2\n", [("yaml-tag", 1, 4), ("yaml-tag", 2, 4)]),
    "a python tag": ("a: !!python/object:os.system x\n", [("yaml-tag", 1, 4)]),
    "a tag on a list": ("a: !!set [1]\n", [("yaml-tag", 1, 4)]),
    "a condition that becomes a tag": ("a: != 5\n", [("yaml-tag", 1, 4)]),
    "a tag line": ("%TAG ! tag:x\n---\na: 1\n", [("yaml-tag", 1, 1)]),
    "two documents": ("a: 1\n---\nb: 1\n", [("several-documents", 2, 1)]),
    "text after the end": ("a: 1\n...\nb: 1\n", [("yaml-syntax", 3, 1)]),
    "a list as a key": ("? [a]\n: 1\n", [("key-not-text", 1, 3)]),
    "no key before the colon": ("a: {'': 1}\n", [("key-not-text", 1, 5)]),
    "empty": ("", [("empty-file", 1, 1)]),
    "only blanks": (" \n\u3000\n", [("empty-file", 1, 1)]),
    "only a byte order mark": (b"\xef\xbb\xbf", [("empty-file", 1, 1)]),
    "only a comment": ("# 积分\n", [("not-a-rule-file", 1, 1)]),
    "a list": ("- a\n- b\n", [("not-a-rule-file", 1, 1)]),
    "no space after any colon": ("a:1\nb:2\n", [("not-a-rule-file", 1, 1)]),
    "NUL": (b"a: 1\nb: \0\n", [("nul-character", 2, 4)]),
    "a control character": ("a: \x07\n", [("control-character", 1, 4)]),
    "a line separator": ("a: x\u2028b: 1\n", [("control-character", 1, 5)]),
    "a control character behind a backslash": ('a: "x\\ey"\n', [("control-character", 1, 4)]),
    "a text that runs backwards": ('a: "x\\u202ey"\n', [("control-character", 1, 4)]),
    "GBK": ("标题: 积分\n".encode("gbk"), [("not-utf8", 1, 1)]),
    "UTF-16": ("标题: 积分\n".encode("utf-16"), [("not-utf8", 1, 1)]),
    "one damaged byte": ("a: 1\n标题: 积".encode() + b"\xff\n", [("not-utf8", 2, 6)]),
    "a tab as indentation": ("a:\n\tb: 1\n", [("tab", 2, 1)]),
    "a tab after the colon": ("a:\t1\n", [("tab", 1, 3)]),
    "a tab at the end": ("a: 1\t\n", [("tab", 1, 5)]),
    "a non-breaking space": ("a:\u00a01\nb: 2\u00a0\n", [("non-breaking-space", 1, 3), ("non-breaking-space", 2, 5)]),
    "a non-breaking space in a value": ("a: 2\u00a03\n", [("non-breaking-space", 1, 5)]),
    "a full-width space as indentation": ("a:\n\u3000\u3000b: 1\n", [("full-width-space", 2, 1)]),
    "a full-width space in a text": ("a: 张\u3000三\n", [("full-width-space", 1, 5)]),
    "a character without width": ("a: 张\u200b三\n", [("hidden-character", 1, 5)]),
    "hidden blanks before a comment only": ("a: '#'\t# \t\n", [("tab", 1, 7)]),
}

SYNTAX: dict[str, tuple[str, Found]] = {
    "a full-width colon": ("a: 1\nb：2\nc: 3\n", [("full-width-colon", 2, 2)]),
    "a full-width colon in the last line": ("a: 1\n标题：2", [("full-width-colon", 2, 3)]),
    "a full-width colon after a section": ("s:\n  items：\n    x: 1\n", [("full-width-colon", 2, 8)]),
    "all full-width colons at once": (
        "title：甲\nscore:\n  items：\n    a: # 说明：无\n      points：3\n",
        [("full-width-colon", 1, 6), ("full-width-colon", 3, 8), ("full-width-colon", 5, 13)],
    ),
    "a full-width colon in a text is not to blame": ("a: 说明：无\nb: c: 1\n", [("yaml-syntax", 2, 5)]),
    "two colons": ("a: b: c\n", [("yaml-syntax", 1, 5)]),
    "no colon": ("a: 1\nb\nc: 2\n", [("yaml-syntax", 2, 1)]),
    "an open quote": ('a: 1\nb: "x\nc: 1\n', [("yaml-syntax", 2, 4)]),
    "an open quote hides the tabs after it": ('a: "x\nb:\t1\n', [("yaml-syntax", 1, 4)]),
    "an open bracket": ("a: [1, 2\nb: 3\n", [("yaml-syntax", 1, 4)]),
    "an open bracket at the end": ("a: {b: 1\n", [("yaml-syntax", 1, 4)]),
    "an open brace": ("a: {b: 1\nc: 3\n", [("yaml-syntax", 1, 4)]),
    "no comma": ("a: {b: 1 c: 2}\n", [("yaml-syntax", 1, 11)]),
    "a full-width comma": ("a: {b: 1，c: 2}\n", [("yaml-syntax", 1, 9)]),
    "a bracket too many": ("a: [1]]\nb: 1\n", [("yaml-syntax", 1, 7)]),
    "text after a quote": ("a: 'x' y\n", [("yaml-syntax", 1, 8)]),
    "indented less": ("a:\n    b: 1\n  c: 2\n", [("yaml-syntax", 3, 3)]),
    "indented more": ("a: 1\n  b: 2\n", [("yaml-syntax", 2, 4)]),
    "a list in a mapping": ("a: 1\n- b\n", [("yaml-syntax", 2, 1)]),
    "a sign that YAML keeps for itself": ("a: @x\n", [("yaml-syntax", 1, 4)]),
    "a closing brace alone": ("a: }\n", [("yaml-syntax", 1, 4)]),
    "a condition without quotes": ("a: >= 90\n", [("yaml-syntax", 1, 4)]),
    "a backslash": ('a: "\\q"\n', [("yaml-syntax", 1, 4)]),
    "an anchor before the error is told too": ("a: &x 1\nb: [\n", [("yaml-anchor", 1, 4), ("yaml-syntax", 2, 5)]),
}


@pytest.fixture(params=LOADERS)
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_tree, "_LOADER", request.param)


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    ("text", "expected"), [pytest.param(*case, id=name) for name, case in (REFUSED | SYNTAX).items()]
)
def test_refused(text: str | bytes, expected: Found) -> None:
    _, problems = parse_tree(text if isinstance(text, bytes) else text.encode(), "x.yaml")
    for problem in problems:
        assert problem.text(problem.message), problem.text(problem.hint)
    assert sorted(places(problems)) == sorted(expected)


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("nest", ["[", "- ", "{a: ", "? ", "{", "a:\n "])
def test_any_depth_is_refused_at_once(nest: str) -> None:
    tree, problems = parse_tree((nest * 100_000).encode(), "x.yaml")
    assert tree is None
    assert problems


@pytest.mark.usefixtures("loader")
def test_depth_is_twenty() -> None:
    assert places(parse_tree(b"a: " + b"[" * 19 + b"]" * 19, "x.yaml")[1]) == []
    assert places(parse_tree(b"a: " + b"[" * 20 + b"]" * 20, "x.yaml")[1]) == [("too-deep", 1, 23)]


def test_size() -> None:
    assert places(parse_tree(b"a: " + b"x" * 1_000_000, "x.yaml")[1]) == [("file-too-large", 0, 0)]
    assert places(parse_tree(b"a: [" + b"1," * 100_001 + b"]", "x.yaml")[1]) == [("too-many-values", 1, 199_999)]


@pytest.mark.usefixtures("loader")
def test_texts_and_places_are_kept() -> None:
    text = "no: 1.10\n积分: [001, 'a: b', ~]\nitems:\n  date: 2021-02-30 # x\n  empty:\n  𬱖: {x: null}\n"
    tree, problems = parse_tree(b"\xef\xbb\xbf" + text.encode(), "x.yaml")
    assert problems == []
    assert tree is not None
    number, values, items = tree.entries
    assert (number.name, number.value) == ("no", Scalar("1.10", quoted=False, place=number.value.place, end=(1, 9)))
    assert isinstance(values.value, Listing)
    assert [(v.text, v.quoted, v.is_null) for v in values.value.items if isinstance(v, Scalar)] == [
        ("001", False, False),
        ("a: b", True, False),
        ("~", False, True),
    ]
    assert (values.place.line, values.place.column, values.value.end) == (2, 1, (2, 21))
    assert isinstance(items.value, Mapping)
    date, empty, rare = items.value
    assert isinstance(date.value, Scalar)
    assert (date.value.text, date.value.place.column, date.value.end) == ("2021-02-30", 9, (4, 19))
    assert isinstance(empty.value, Scalar)
    assert empty.value.is_null
    assert (rare.value.place.line, rare.value.place.column) == (6, 6)
    assert items.value.end == (6, 15)


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(end: str) -> None:
    tree, problems = parse_tree(end.join(["a: 1", "", "b: '\t　' # \t", "c: |", "  x\tx", "d: 1"]).encode(), "x.yaml")
    assert problems == []
    assert tree is not None
    assert [entry.place.line for entry in tree] == [1, 3, 4, 6]
