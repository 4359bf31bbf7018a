"""Bytes to text: which encoding a file is in, without ever taking a damaged file for another encoding.

UTF-8 and UTF-16 with a byte order mark say what they are. What is left is UTF-8 without a mark, or GB18030 (which
includes GBK and GB2312). "Try UTF-8, else GB18030" reads every truncated UTF-8 file as mojibake, so the second step is
guarded: real GB18030 Chinese hardly ever looks like UTF-8 sequences, and damaged UTF-8 hardly ever decodes to common
characters.
"""

from __future__ import annotations

import re

from pointscli.model.problem import Place, Problem, Severity

# GB18030-2022 moved 18 characters from the private use area to real code points; Python's codec still has the old ones.
_MOVED = dict(
    zip(
        [*range(0xE78D, 0xE797), 0xE81E, 0xE826, 0xE82B, 0xE82C, 0xE832, 0xE843, 0xE854, 0xE864],
        [0xFE10, 0xFE12, 0xFE11, *range(0xFE13, 0xFE1A), *range(0x9FB4, 0x9FBC)],
        strict=True,
    )
)
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_NOT_ASCII = re.compile("[^\x00-\x7f]+")
_UTF8_SEQUENCES = re.compile(
    rb"(?:[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2})+"
)
_ASCII_BYTES = bytes(range(0x80))
_SAVE_AS = "in Excel or WPS choose Save as, CSV UTF-8"

# Shares measured on 30,000 good GB18030 files and 43,972 damaged UTF-8 files.
_LOOKS_UTF8, _COMMON_CHINESE, _PLAUSIBLE_CHINESE = 0.7, 0.75, 0.6
_FEW_NULS = 3  # more, and all on the same side of each pair of bytes: UTF-16


def decode(data: bytes, shown: str) -> tuple[tuple[str, str] | None, list[Problem]]:
    """Decode a file's bytes to (text, encoding name), or None with the reason; warn of anything but UTF-8."""
    if data.startswith(b"\xef\xbb\xbf"):
        return _decode_marked_utf8(data[3:], shown)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decode_utf16(data, shown)
    if b"\0" in data:
        return None, [_nul_problem(data, shown)]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _decode_gb18030(data, shown, error)
    return _finish(text, "utf-8", shown)


def _decode_marked_utf8(data: bytes, shown: str) -> tuple[tuple[str, str] | None, list[Problem]]:
    if b"\0" in data:
        return None, [_nul_problem(data, shown)]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return None, [_damaged_utf8(data, shown, error.start, skipped=3)]
    return _finish(text, "utf-8-sig", shown)


def _decode_utf16(data: bytes, shown: str) -> tuple[tuple[str, str] | None, list[Problem]]:
    try:
        text = data.decode("utf-16")
    except UnicodeDecodeError as error:
        return None, [
            Problem(
                "damaged-utf16",
                Place(shown),
                "the file says it is UTF-16 but is damaged at byte {byte}",
                "take an undamaged copy, or save it again as CSV UTF-8",
                (("byte", str(error.start + 1)),),
            )
        ]
    if "\0" in text:
        return None, [_nul_problem(text.encode("utf-8"), shown)]
    return _finish(text, "utf-16", shown)


def _decode_gb18030(data: bytes, shown: str, utf8: UnicodeDecodeError) -> tuple[tuple[str, str] | None, list[Problem]]:
    looks_utf8 = _utf8_share(data)
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        if looks_utf8 >= _LOOKS_UTF8:
            return None, [_damaged_utf8(data, shown, utf8.start)]
        return None, [_bad_byte(data, shown, error.start)]
    common = _gb2312_share(text)
    if looks_utf8 >= _LOOKS_UTF8 and common < _COMMON_CHINESE:
        return None, [_damaged_utf8(data, shown, utf8.start)]
    if looks_utf8 >= _LOOKS_UTF8 or common < _PLAUSIBLE_CHINESE:
        return None, [
            Problem(
                "unclear-encoding",
                Place(shown, data.count(b"\n", 0, utf8.start) + 1),
                "the file is not UTF-8, and it is not clear whether it is GB18030",
                _SAVE_AS,
            )
        ]
    return _finish(text.translate(_MOVED), "gb18030", shown)


def _finish(text: str, name: str, shown: str) -> tuple[tuple[str, str] | None, list[Problem]]:
    if not text or text.isspace():
        return None, [
            Problem(
                "empty-file", Place(shown), "the file is empty", "write at least the header line, or delete the file"
            )
        ]
    problems = []
    if name not in {"utf-8", "utf-8-sig"}:
        problems.append(
            Problem(
                "other-encoding",
                Place(shown),
                "the file was read as {encoding}, not UTF-8",
                "in Excel or WPS choose Save as, CSV UTF-8, and nobody has to guess",
                (("encoding", name.upper()),),
                Severity.WARNING,
            )
        )
    if found := _PRIVATE.search(text):
        start = text.rfind("\n", 0, found.start()) + 1
        problems.append(
            Problem(
                "private-character",
                Place(shown, text.count("\n", 0, start) + 1, found.start() - start + 1),
                "the character U+{code} is private: the same name written elsewhere may not match it",
                "type the rare character again with an up-to-date input method",
                (("code", f"{ord(found[0]):04X}"),),
                Severity.WARNING,
            )
        )
    return (text, name), problems


def _utf8_share(data: bytes) -> float:
    """The share of the non-ASCII bytes that stand in well-formed UTF-8 sequences."""
    return sum(map(len, _UTF8_SEQUENCES.findall(data))) / len(data.translate(None, _ASCII_BYTES))


def _gb2312_share(text: str) -> float:
    """The share of the non-ASCII characters that are among the 7,445 common ones of GB2312."""
    foreign = "".join(_NOT_ASCII.findall(text))
    return len(foreign.encode("gb2312", "ignore")) / 2 / len(foreign)


def _nul_problem(data: bytes, shown: str) -> Problem:
    sides = data[::2].count(b"\0"), data[1::2].count(b"\0")
    if min(sides) == 0 and max(sides) > _FEW_NULS:
        return Problem("unmarked-utf16", Place(shown), "the file looks like UTF-16 without a byte order mark", _SAVE_AS)
    at = data.index(b"\0")
    return Problem(
        "nul-byte",
        Place(shown, data.count(b"\n", 0, at) + 1),
        "the file has a NUL byte (number {byte}): it is damaged or not a text file",
        "take an undamaged copy, or save it again from the program that made it",
        (("byte", str(at + 1)),),
    )


def _damaged_utf8(data: bytes, shown: str, at: int, skipped: int = 0) -> Problem:
    start = data.rfind(b"\n", 0, at) + 1
    return Problem(
        "damaged-utf8",
        Place(shown, data.count(b"\n", 0, at) + 1, len(data[start:at].decode("utf-8", "replace")) + 1),
        "the file is damaged UTF-8: byte {byte} does not fit",
        "take an undamaged copy, or repair the text at this place and save it as UTF-8",
        (("byte", str(at + skipped + 1)),),
    )


def _bad_byte(data: bytes, shown: str, at: int) -> Problem:
    return Problem(
        "bad-byte",
        Place(shown, data.count(b"\n", 0, at) + 1),
        "byte {byte} (0x{code}) is neither UTF-8 nor GB18030",
        _SAVE_AS,
        (("byte", str(at + 1)), ("code", f"{data[at]:02X}")),
    )
