"""What can be wrong with an id or a name by itself, and what makes two of them look alike."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from pointscli.inputs.grammar import GrammarError, name_key

# Characters that clerks and input methods exchange in names. Never taken as equal: only warned of and suggested.
_VARIANTS = str.maketrans(
    "呂戶黃髙吳陳張劉趙楊馬鄭馮盧蔣賈鄧許韓謝羅鍾鐘葉蘇閻閆嚴萬龍錢湯賀賴龔顧孫賓濤偉國華東軍強麗紅雲龢祕甯寗曹夀淸靑說",
    "吕户黄高吴陈张刘赵杨马郑冯卢蒋贾邓许韩谢罗钟钟叶苏阎闫严万龙钱汤贺赖龚顾孙宾涛伟国华东军强丽红云和秘宁宁曹寿清青说",
)
_SEPARATORS = re.compile("[;；、]")
_EXPONENT = re.compile(r"[0-9](?:\.[0-9]+)?e\+?[0-9]+", re.IGNORECASE)
_CUT_DIGITS = 16  # a spreadsheet keeps 15 digits of a number and fills up with zeros
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"


def check_id(text: str) -> GrammarError | None:
    """What is wrong with a member's id."""
    if _EXPONENT.fullmatch(text) or is_cut(text):
        return GrammarError(
            "cut-id",
            "a spreadsheet has cut the digits of {value}; they cannot be restored",
            "take the id from the original, and format the column as text before typing it",
            value=text,
        )
    if _SEPARATORS.search(text):
        return GrammarError(
            "separator-in-id",
            "the id {value} holds a character that separates members",
            "use an id without ; ； and 、",
            value=text,
        )
    if _is_id_number(text) and not _check_digit_fits(text):
        return GrammarError(
            "bad-id-number",
            "{value} is not a right identity number: the check digit does not fit",
            "compare it with the document digit by digit",
            value=text[:6] + "…" + text[-2:],
        )
    return None


def is_cut(text: str) -> bool:
    """Whether a long number looks as if only its first 15 digits had survived."""
    if not (text.isascii() and text.isdigit() and len(text) >= _CUT_DIGITS and text.endswith("000")):
        return False
    return not (_is_id_number(text) and _check_digit_fits(text))


def folded_id(text: str) -> str:
    """What two ids may not have in common: they would differ only in width, case or blanks."""
    return unicodedata.normalize("NFKC", name_key(text)).casefold()


def lookalike_key(text: str) -> str:
    """A key that is equal for texts a reader may take for the same: widths, cases, radicals, variant characters."""
    return unicodedata.normalize("NFKC", name_key(text)).casefold().translate(_VARIANTS)


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
