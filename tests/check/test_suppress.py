from __future__ import annotations

from pathlib import Path

import pytest

from tests.check.folders import RULES, found, write

TWICE = {"members.csv": "id,name\nM1,张三\nM2,李四\n", "events.csv": "id,date,member,item\nE1,2021-07-01,M1,talk\n"}
LINE = "    visit: {title: 走访, points: 1}"
BLOCK = "    visit:\n      title: 走访\n      points: 1"
WHY = ' reason="本年未开展"'


def names(tmp_path: Path, old: str, new: str) -> list[str]:
    rules = RULES.replace(old, new)
    assert rules != RULES
    return sorted(row["name"] for row in found(write(tmp_path, {**TWICE, "rules/a.yaml": rules})))


CASES: dict[str, tuple[str, list[str]]] = {
    "at the end": (f"{LINE}  # points: ignore[unused-items]{WHY}", []),
    "by code": (f"{LINE}  # points: ignore[P576]{WHY}", []),
    "on the line above": (f"    # points: ignore[unused-items]{WHY}\n{LINE}", []),
    "above a block": (f"    # points: ignore[unused-items]{WHY}\n\n    # 说明\n{BLOCK}", []),
    "until a later day": (f"{LINE}  # points: ignore[unused-items] until=2999-12-31{WHY}", []),
    "Chinese quotes": (f"{LINE}  # points: ignore[unused-items] reason=“本年未开展”", []),
    "two names": (
        f"{LINE}  # points: ignore[unused-items，unused-levels]{WHY}",
        ["unused-ignore"],
    ),
    "expired": (
        f"{LINE}  # points: ignore[unused-items] until=2021-12-31{WHY}",
        ["expired-ignore", "unused-items"],
    ),
    "unknown": (f"{LINE}  # points: ignore[unusual]{WHY}", ["unknown-ignore", "unused-items"]),
    "blanket": (f"{LINE}  # points: ignore{WHY}", ["blanket-ignore", "unused-items"]),
    "empty": (f"{LINE}  # points: ignore[]{WHY}", ["blanket-ignore", "unused-items"]),
    "without a reason": (f"{LINE}  # points: ignore[unused-items]", ["ignore-without-reason", "unused-items"]),
    "an empty reason": (
        f'{LINE}  # points: ignore[unused-items] reason=" "',
        ["ignore-without-reason", "unused-items"],
    ),
    "not a day": (f"{LINE}  # points: ignore[unused-items] until=明年{WHY}", ["bad-ignore", "unused-items"]),
    "other words": (f"{LINE}  # points: ignore[unused-items] for ever{WHY}", ["bad-ignore", "unused-items"]),
    "in another line": (f"{LINE}\n    # points: ignore[unused-items]{WHY}\n", ["unused-ignore", "unused-items"]),
    "in a file that is no YAML": (
        f"{LINE}  # points: ignore[unused-items]\n    }}",
        ["ignore-without-reason", "yaml-syntax"],
    ),
    "inside a text": (
        "    visit: {title: 'a # points: ignore[unused-items]', points: 1}",
        ["unused-items"],
    ),
    "inside a block of text": (
        "    visit:\n      points: 1\n      title: |\n        # points: ignore[unused-items]\n        走访",
        ["unused-items"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_comment(name: str, tmp_path: Path) -> None:
    text, expected = CASES[name]
    assert names(tmp_path, LINE, text) == expected


def test_an_error_cannot_be_ignored(tmp_path: Path) -> None:
    new = LINE.replace("1}", "１}") + f"  # points: ignore[bad-number]{WHY}"
    assert names(tmp_path, LINE, new) == ["bad-number", "ignored-error"]


def test_a_rule_file_alone_cannot_tell_what_the_data_would_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = RULES.replace(LINE, f"{LINE}  # points: ignore[unused-items]{WHY}")
    monkeypatch.chdir(write(tmp_path, {**TWICE, "rules/a.yaml": rules}))
    assert found(Path(), "rules/a.yaml") == []


def test_where_a_comment_is_wrong(tmp_path: Path) -> None:
    rules = RULES.replace(LINE, f"{LINE}  # points: ignore[unused-items, unusual]{WHY}")
    (row,) = found(write(tmp_path, {**TWICE, "rules/a.yaml": rules}))
    line = rules.split("\n")[8]
    assert (row["line"], row["column"]) == (9, line.index("unusual") + 1)
    assert row["end"]["column"] == line.index("unusual") + 8


def test_a_file_that_is_not_utf_8_is_only_said_to_be_so(tmp_path: Path) -> None:
    folder = write(tmp_path, {**TWICE})
    (folder / "rules" / "a.yaml").write_bytes(f"{RULES}# points: ignore[unused-items]\n".encode("gb18030"))
    assert [row["name"] for row in found(folder) if row["path"] == "rules/a.yaml"] == ["not-utf8"]
