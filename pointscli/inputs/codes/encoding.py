"""Bytes: encodings and kinds of files."""

from __future__ import annotations

from pointscli.inputs.codes.base import WARNING, code, events, register, saved

_LOG = events("E1,2021-07-01,«»张三,党课")
_FIRST = {"events.csv": "«»id,date,member,item\nE1,2021-07-01,张三,党课\n"}
_LINE = events("«»E1,2021-07-01,张三,党课")
_LOST = "A name read with a wrong character is nobody's, and nobody can see which characters were meant."
_SAVE = "In Excel or WPS choose Save as, CSV UTF-8."

CODES = register(
    saved(
        "P401",
        "damaged-utf8",
        (
            "The file is UTF-8, but some bytes do not fit.",
            "It was cut off or changed on the way; what is left of the names cannot be trusted.",
            "Take an undamaged copy, or repair the text at this place and save it as UTF-8.",
        ),
        events("E1,2021-07-01,张三,«»党课"),
        "The file is UTF-8, and a byte in the middle of a character is missing.",
    ),
    saved(
        "P402",
        "damaged-utf16",
        ("The file says it is UTF-16 but does not decode.", _LOST, "Take an undamaged copy, or save it as CSV UTF-8."),
        _FIRST,
        "The file is UTF-16 and its last byte is missing.",
    ),
    saved(
        "P403",
        "unmarked-utf16",
        (
            "The file looks like UTF-16 without the mark that says so.",
            "Without the mark it is a guess, and a wrong guess makes other characters.",
            _SAVE,
        ),
        _FIRST,
        "The file is UTF-16 without a byte order mark.",
    ),
    saved(
        "P404",
        "unclear-encoding",
        ("The file is not UTF-8, and it is not clear whether it is GB18030.", _LOST, _SAVE),
        _LINE,
        "The file is GB18030 with characters that hardly anybody uses.",
    ),
    saved(
        "P405",
        "nul-byte",
        (
            "The file has a NUL byte, which no text has.",
            "It is damaged, or it is not a text file at all.",
            "Take an undamaged copy, or save it again from the program that made it.",
        ),
        _LINE,
        "A NUL byte stands in the second line.",
    ),
    saved(
        "P406",
        "bad-byte",
        ("A byte is neither UTF-8 nor GB18030.", _LOST, _SAVE),
        _LINE,
        "The file is GB18030 with the byte 0x80 in the second line.",
    ),
    saved(
        "P407",
        "other-encoding",
        (
            "The file is not UTF-8; it was read as the encoding named.",
            "The encoding was worked out from the content; rare names may come out differently in two files.",
            _SAVE,
        ),
        _FIRST,
        "The file is GB18030.",
        WARNING,
    ),
    saved(
        "P408",
        "private-character",
        (
            "A character is one of those that every program may use for its own purposes.",
            "A rare name typed so will not match the same name typed elsewhere.",
            "Type the rare character again with an up-to-date input method.",
        ),
        _LOG,
        "The character U+E000 stands before the name.",
        WARNING,
    ),
    code(
        "P409",
        "empty-file",
        (
            "The file has nothing in it.",
            "An empty log is often one that was lost when it was saved.",
            "Write at least the header line, or delete the file.",
        ),
        {"events.csv": "«»"},
    ),
    code(
        "P410",
        "wrong-file-kind",
        (
            "The content is not what the file's suffix says.",
            "A workbook or web page that is only named .csv cannot be read as one.",
            "Save it again as .xlsx or as CSV UTF-8, with the suffix that belongs to it.",
        ),
        {"events.csv": "«»<html><table><tr><td>日期</td></tr></table></html>\n"},
    ),
)
