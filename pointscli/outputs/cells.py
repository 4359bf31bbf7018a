"""Cells → text: numbers as published, and nothing in a user's text that steers a terminal or hides itself."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from pointscli.model.table import Cell, Table

_BLANK = r"\t-\r\x1c-\x1f\x85\u2028\u2029"
_INVISIBLE = r"\u00ad\u200b\u2060\ufeff\U000e0000-\U000e007f"
_STEERING = r"\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff"
_UNSAFE = re.compile(f"[{_STEERING}{_INVISIBLE}\u2028\u2029]")
_BLANKS = re.compile(rf"[ {_BLANK}]+")
_STEERS = re.compile(rf"(?![\t\n\r])[{_STEERING}]")

_STAND_INS = 0x38000
"""From here on lie unassigned code points that every width table calls wide: stand-ins for ambiguous characters."""
_LAST = 0x4000
_STAND_IN = re.compile(f"[{chr(_STAND_INS)}-{chr(_STAND_INS + _LAST - 1)}]")


def cell_text(cell: Cell) -> str:
    """A cell as written: numbers without exponent and without −0, nothing for None."""
    match cell:
        case None:
            return ""
        case Decimal():
            return f"{cell:zf}"
        case _:
            return str(cell)


def number_text(value: Decimal, decimals: int) -> str:
    """A published number with exactly this many decimal places."""
    return f"{value:z.{decimals}f}"


def visible(text: str) -> str:
    """A text for people to read in one line: control and bidi characters show themselves and do nothing."""
    if not _UNSAFE.search(text):
        return text.strip()
    return _UNSAFE.sub(_picture, _BLANKS.sub(" ", text)).strip()


def harmless(text: str) -> str:
    """Lines for a terminal: control and bidi characters show themselves and do nothing, lines stay."""
    return _STEERS.sub(_picture, text).replace("\r", "␍")


def stripped(text: str) -> str:
    """A text for a spreadsheet: line breaks and tabs stay, control and bidi characters go."""
    return _STEERS.sub("", text)


def escaped_json(text: str) -> str:
    r"""JSON text with the characters that could steer a terminal written as `\u202e`."""
    return _STEERS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def widened(text: str) -> str:
    """The text with a wide stand-in for every character of ambiguous width (`·`, `…`, `①`)."""
    if text.isascii():
        return text
    return "".join(chr(_STAND_INS + ord(c)) if _is_ambiguous(c) else c for c in text)


def narrowed(text: str) -> str:
    """The text with every stand-in replaced by what it stands for."""
    return _STAND_IN.sub(lambda found: chr(ord(found[0]) - _STAND_INS), text)


def text_rows(table: Table) -> list[list[str]]:
    """The cells of a table, for people to read."""
    return [[visible(cell_text(cell)) for cell in row] for row in table.rows]


def _is_ambiguous(char: str) -> bool:
    return ord(char) < _LAST and unicodedata.east_asian_width(char) == "A" and not unicodedata.combining(char)


def _picture(found: re.Match[str]) -> str:
    """`␛` for ESC, `<U+202E>` for what has no picture, nothing for what has no width."""
    code = ord(found[0])
    if re.match(f"[{_INVISIBLE}]", found[0]):
        return ""
    if code < 0x20:  # noqa: PLR2004 - the C0 block
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"<U+{code:04X}>"  # noqa: PLR2004 - DEL
