"""JSONL: one object a line."""

from __future__ import annotations

from pointscli.inputs.codes.base import ERROR, WARNING, Files, Text, files, register
from pointscli.model.code import Code
from pointscli.model.problem import Severity

_GOOD = '{"id": "E1", "date": "2021-07-01", "member": "M1", "item": "talk"}'
_ONE_LEVEL = "Write texts and numbers only, and ; between several members."
_LOST = "The record cannot be read, and its points would be missing."


def _log(number: str, name: str, text: Text, line: str, how: str = "", severity: Severity = ERROR) -> Code:
    """A code whose bad event log is this line."""
    return Code(number, name, severity, *text, _files(line), _files(_GOOD + "\n"), how)


def _files(text: str) -> Files:
    return files({"events.jsonl": text}, without=("events.csv",))


CODES = register(
    _log(
        "P450",
        "bad-json",
        ("A line is not JSON.", _LOST, "Look for a missing quotation mark, comma or brace."),
        '{"id": "E1", "date": «»2021-07-01}\n'.replace("«»2021-07", "2021«»-07"),
    ),
    _log(
        "P451",
        "not-an-object",
        (
            "A line, or the whole file, is not an object with keys.",
            "Without keys nobody can tell which value is the member and which the item.",
            "Write one object in braces a line, without brackets around them.",
        ),
        f"«»[{_GOOD}]\n",
    ),
    _log(
        "P452",
        "duplicate-key",
        (
            "A key stands twice in one object or mapping.",
            "Only one of the two values can count, and programs differ in which.",
            "Delete one of the two.",
        ),
        '{"id": «»"E1", "id": "E2", "date": "2021-07-01", "member": "M1", "item": "talk"}\n',
    ),
    _log(
        "P453",
        "nested-value",
        ("A value is a list or an object.", "A cell of the log is one text or number.", _ONE_LEVEL),
        '{"id": "E1", "date": "2021-07-01", "member": «»["M1", "M2"], "item": "talk"}\n',
    ),
    _log(
        "P454",
        "half-character",
        (
            "A text holds half of a character, written with \\u.",
            "A program has cut a rare character in two; the name matches nobody.",
            "Instead of \\u… write the character itself.",
        ),
        '{"id": "E1", "date": "2021-07-01", "member": «»"\\ud840", "item": "talk"}\n',
    ),
    _log(
        "P455",
        "long-line",
        ("A line has more than a million characters.", _LOST, "Look for a missing line break."),
        "«»" + _GOOD + "\n",
        "The line is filled up with blanks.",
    ),
    _log(
        "P456",
        "too-many-columns",
        (
            "The table has more than a thousand columns, or a JSONL file as many different keys.",
            "A value, such as a name, was used as a key, or line breaks are missing.",
            "Keep only the columns of the table, and use the same keys in every line.",
        ),
        "«»" + _GOOD + "\n",
        "The object has 1001 further keys.",
    ),
    _log(
        "P457",
        "unfinished-line",
        (
            "The last line has no line end.",
            "The file may have been cut off while it was written.",
            "Check the last record; if it is whole, add a line end.",
        ),
        "«»" + _GOOD,
        "",
        WARNING,
    ),
)
