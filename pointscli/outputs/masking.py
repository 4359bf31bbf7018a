"""Names as the public may see them: 张*三, 欧阳**, 阿***提; equal masks get the member's number."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping

from pointscli.model.normal import normal

STAR = "*"
DOTS = "·•‧・．."
"""What stands between the parts of a Uyghur, Kazakh or other transcribed name."""
_SURNAMES = """
欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台
皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘
子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐
段干 百里 呼延 东郭 南门 羊舌 微生 梁丘 左丘 东门 西门 第五
"""
COMPOUND = frozenset(_SURNAMES.split())
"""Surnames of two characters."""
_IDENTITY = re.compile(
    r"(?<![0-9])[1-9][0-9]{5}(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])[0-9]{5}[0-9Xx](?![0-9])", re.ASCII
)
_LONG = 3
"""Characters from which the last one stays: 张*三."""


def mask_name(name: str) -> str:
    """A name with all but its surname and last character hidden."""
    letters = _letters(name.strip())
    if len(letters) <= 1:
        return STAR if letters else ""
    if any(letter in DOTS for letter in letters) or not _is_chinese(letters):
        return letters[0] + STAR * 3 + letters[-1]
    if "".join(letters[:2]) in COMPOUND and len(letters) > 2:  # noqa: PLR2004 - a surname of two
        return "".join(letters[:2]) + STAR * (len(letters) - 2)
    if len(letters) < _LONG:
        return letters[0] + STAR
    return letters[0] + STAR * (len(letters) - 2) + letters[-1]


def mask_names(names: Mapping[str, str]) -> dict[str, str]:
    """Member id → masked name; where two masks are equal, each gets its member's number."""
    masked = {member: mask_name(name) for member, name in names.items()}
    seen = Counter(masked.values())
    return {member: mask if seen[mask] == 1 else f"{mask}（{member}）" for member, mask in masked.items()}


def mask_text(text: str, names: Mapping[str, str]) -> str:
    """A text in which every full name (name → mask) is masked, the longest names first."""
    for name in sorted(names, key=lambda one: (-len(one), one)):
        if name and name in text:
            text = text.replace(name, names[name])
    return text


def mask_identity(text: str) -> str:
    """A text in which numbers that look like identity cards show their first three digits and their last one only."""
    return _IDENTITY.sub(lambda found: found[0][:3] + STAR * (len(found[0]) - 4) + found[0][-1], text)


def _letters(name: str) -> list[str]:
    """Characters with the marks that belong to them."""
    letters: list[str] = []
    for char in normal("NFC", name):
        if letters and (unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf")):
            letters[-1] += char
        else:
            letters.append(char)
    return letters


def _is_chinese(letters: list[str]) -> bool:
    return all(unicodedata.name(letter[0], "").startswith("CJK") for letter in letters)
