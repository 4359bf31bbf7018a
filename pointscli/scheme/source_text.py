"""The bytes of a rule file as text: UTF-8, not too long, without characters that nobody can see in an editor."""

from __future__ import annotations

import re

from pointscli.model.problem import Place, Problem

MAX_BYTES = 1_000_000
BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")
_LINE_END = re.compile(r"\r\n|\r|\n")
_CONTROL = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
_UNPRINTABLE = re.compile(
    "[\0\x01-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
"""What a text in quotes may not contain, however it is written; tabs and line breaks it may."""
_CHINESE = re.compile("[\u4e00-\u9fff]")


def split_lines(text: str) -> list[str]:
    """The lines, counted as an editor and the YAML reader count them."""
    return _LINE_END.split(text)


def place_in(text: str, index: int, path: str) -> Place:
    """Line and column of a character."""
    lines = split_lines(text[:index])
    return Place(path, len(lines), len(lines[-1]) + 1)


def decode(data: bytes, path: str) -> tuple[str | None, list[Problem]]:
    """The text of a rule file, or what is wrong with its bytes."""
    if len(data) > MAX_BYTES:
        message = "this rule file is larger than {limit} bytes"
        hint = "a rule file says what earns points; put the events into events/"
        return None, [Problem("file-too-large", Place(path), message, hint, (("limit", str(MAX_BYTES)),))]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return None, [_not_utf8(data, error.start, path)]
    if not text.strip(" \t\r\n\u3000\u00a0"):
        return None, [_empty(path)]
    found = _unseen(text, path)
    return (None if found else text), found


def find_unprintable(text: str) -> str:
    """The code of the first character that a text may not contain, empty if it is fine."""
    found = _UNPRINTABLE.search(text)
    return f"U+{ord(found[0]):04X}" if found else ""


def _empty(path: str) -> Problem:
    return Problem("empty-file", Place(path, 1, 1), "this rule file is empty", "begin it with: language: 1")


def _not_utf8(data: bytes, start: int, path: str) -> Problem:
    before = data[:start].decode("utf-8-sig", errors="replace")
    place = place_in(before, len(before), path)
    hint = "save the file again with the encoding UTF-8"
    if data.startswith(BYTE_ORDER_MARKS):
        hint = "the file is UTF-16 (“Unicode”): save it again with the encoding UTF-8"
    elif _reads_as_chinese(data):
        hint = "the file looks like GBK (“ANSI”): save it again with the encoding UTF-8"
    return Problem("not-utf8", place, "this rule file is not UTF-8 text", hint)


def _reads_as_chinese(data: bytes) -> bool:
    try:
        return bool(_CHINESE.search(data.decode("gb18030")))
    except UnicodeDecodeError:
        return False


def _unseen(text: str, path: str) -> list[Problem]:
    """NUL and control characters: one finding for the first of each kind."""
    found = []
    if (at := text.find("\0")) >= 0:
        hint = "the file is damaged, or not a text file: save it again as UTF-8 text"
        found.append(Problem("nul-character", place_in(text, at, path), "a NUL character stands here", hint))
    if control := _CONTROL.search(text):
        args = (("code", f"U+{ord(control[0]):04X}"),)
        message = "a control character ({code}) stands here"
        found.append(
            Problem(
                "control-character", place_in(text, control.start(), path), message, "delete it and type a space", args
            )
        )
    return found
