"""What can be wrong with an id or a name by itself, and what makes two of them look alike."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from pointscli.inputs.grammar import CellError, name_key
from pointscli.model.normal import normal

# Characters that clerks and input methods exchange in names. Never taken as equal: only warned of and suggested.
_VARIANTS = str.maketrans(
    "呂戶黃髙吳陳張劉趙楊馬鄭馮盧蔣賈鄧許韓謝羅鍾鐘葉蘇閻閆嚴萬龍錢湯賀賴龔顧孫賓濤偉國華東軍強麗紅雲龢祕甯寗曹夀淸靑說",
    "吕户黄高吴陈张刘赵杨马郑冯卢蒋贾邓许韩谢罗钟钟叶苏阎闫严万龙钱汤贺赖龚顾孙宾涛伟国华东军强丽红云和秘宁宁曹寿清青说",
)
_SEPARATORS = re.compile("[;；、]")
_EXPONENT = re.compile(r"[0-9](?:\.[0-9]+)?e\+?[0-9]+", re.IGNORECASE)
_CUT_DIGITS = 16  # a spreadsheet keeps 15 digits of a number and fills up with zeros
_LONGEST_GUESS = 40
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"


def check_id(text: str) -> CellError | None:
    """What is wrong with a member's id."""
    if len(text) < _CUT_DIGITS and text.isalnum() and "e" not in text.casefold():
        return None  # most ids
    if _EXPONENT.fullmatch(text) or is_cut(text):
        return cut_id(text)
    if _SEPARATORS.search(text):
        return CellError(
            "separator-in-id",
            "the id {value} holds a character that separates members",
            "use an id without ; ； and 、",
            value=text,
        )
    if _is_id_number(text) and not _check_digit_fits(text):
        return CellError(
            "bad-id-number",
            "{value} is not a valid identity number: the check digit does not fit",
            "compare it with the document digit by digit",
            value=text[:6] + "…" + text[-2:],
        )
    return None


def cut_id(text: str) -> CellError:
    """The refusal of an id that a spreadsheet took for a number."""
    return CellError(
        "cut-id",
        "a spreadsheet has cut the digits of {value}; they cannot be restored",
        "take the id from the original, and format the column as text before typing it",
        value=text,
    )


def is_cut(text: str) -> bool:
    """Whether a long number looks as if only its first 15 digits had survived."""
    if not (text.isascii() and text.isdigit() and len(text) >= _CUT_DIGITS and text.endswith("000")):
        return False
    return not (_is_id_number(text) and _check_digit_fits(text))


def folded_id(text: str) -> str:
    """What two ids may not have in common: they would differ only in width, case or blanks."""
    return normal("NFKC", name_key(text)).casefold()


def lookalike_key(text: str) -> str:
    """A key that is equal for texts a reader may take for the same: widths, cases, radicals, variant characters."""
    return normal("NFKC", name_key(text)).casefold().translate(_VARIANTS)


class NearMisses:
    """Finds texts that an unknown text may mean: other widths, cases or variants, lost zeros, one slip."""

    def __init__(self, texts: Iterable[tuple[str, int]]) -> None:
        """Index texts with their numbers, each under its key and under the key without any one of its characters."""
        self._exact: dict[str, list[int]] = {}
        self._shorter: dict[str, list[int]] = {}
        for text, number in texts:
            key = lookalike_key(text)
            for exact in {key, key.lstrip("0")}:
                self._exact.setdefault(exact, []).append(number)
            for shorter in _without_one(key):
                self._shorter.setdefault(shorter, []).append(number)

    def search(self, text: str, most: int = 3) -> tuple[int, ...]:
        """Numbers of the nearest texts, the most similar first."""
        key = lookalike_key(text)
        found = dict.fromkeys(self._exact.get(key, ()))
        found |= dict.fromkeys(self._exact.get(key.lstrip("0"), ()))
        if not found:
            found |= dict.fromkeys(self._shorter.get(key, ()))
            for shorter in _without_one(key):
                found |= dict.fromkeys(self._exact.get(shorter, ()))
                found |= dict.fromkeys(self._shorter.get(shorter, ()))
        return tuple(found)[:most]


def _without_one(key: str) -> list[str]:
    """A key without each of its characters; nothing for what is too long or too short to guess about."""
    if not 1 < len(key) <= _LONGEST_GUESS:
        return []
    return list(dict.fromkeys(key[:i] + key[i + 1 :] for i in range(len(key))))


def _is_id_number(text: str) -> bool:
    """18 characters with a date of birth in the middle."""
    if not re.fullmatch(r"[1-9][0-9]{16}[0-9Xx]", text):
        return False
    try:
        return 1900 <= date(int(text[6:10]), int(text[10:12]), int(text[12:14])).year <= 2100  # noqa: PLR2004 - lives
    except ValueError:
        return False


def _check_digit_fits(text: str) -> bool:
    """GB 11643."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, text[:17], strict=True))
    return _CHECK_DIGITS[total % 11] == text[17].upper()
