"""What is known of the kinds of finding of `points check --audit`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pointscli.journal.chain import CHAIN, Head, Part, bytes_part, digest, entry_line, printed_code, whole_part
from pointscli.journal.workspace_lock import Act
from pointscli.model.code import Code
from pointscli.model.problem import Severity

_RULES = """\
language: 1
scheme: party
title: 党员积分
effective: {from: 2021-01-01}
settle: quarter
score:
  items:
    talk: {title: 党课, points: 2}
"""
_LOG = "id,date,member,item\n"
_ROWS = ("E1,2021-07-01,M1,talk\n", "E2,2021-07-02,M1,talk\n")
_EVENTS = _LOG + "".join(_ROWS)
_MARK = "«»"


def _lines() -> tuple[str, ...]:
    """The chain that says how the log came to be: its header, then a record on each of two days."""
    log = _LOG.encode()
    rows = [row.encode() for row in _ROWS]
    parts: list[Part] = [whole_part("events.csv", log)]
    parts += [bytes_part("events.csv", len(log) + at * len(rows[0]), row) for at, row in enumerate(rows)]
    commands = ("init", "record", "record")
    head, found = Head(), list[str]()
    for number, (command, part) in enumerate(zip(commands, parts, strict=True), 1):
        size = len(log) + (number - 1) * len(rows[0])
        act = Act("王芳", f"2021-07-0{number}T01:00:00Z", command)
        line = entry_line(head, act, [part], {"events.csv": size})
        head = Head(number, digest(line[:-1]))
        found.append(line.decode())
    return tuple(found)


_CHAIN = _lines()
LAST_CODE = printed_code(len(_CHAIN), digest(_CHAIN[-1].rstrip("\n").encode()))
"""The code that a notice printed in the example of a cut end."""


def _files(events: str | None = _EVENTS, chain: Sequence[str] | None = _CHAIN) -> Mapping[str, str]:
    found = {"rules/a.yaml": _RULES, "members.csv": "id,name\nM1,张三\n"}
    if events is not None:
        found["events.csv"] = events
    if chain is not None:
        found[CHAIN] = "".join(chain)
    return found


def _code(
    number: int, name: str, text: tuple[str, str, str], bad: Mapping[str, str], severity: Severity = Severity.ERROR
) -> Code:
    return Code(f"P{number}", name, severity, *text, bad=bad, good=_files())


_FIRST, _SECOND, _THIRD = _CHAIN
_ALL = (
    _code(
        711,
        "recorded-changed",
        (
            "Lines of a file are not what was recorded.",
            "Somebody changed them by hand after a command wrote them, and no decision says why.",
            "Ask whoever keeps the file; take the lines from a copy, or correct an event with points review instead.",
        ),
        _files(_LOG + _MARK + _ROWS[0].replace("M1", "M2") + _ROWS[1]),
    ),
    _code(
        712,
        "recorded-missing",
        (
            "A file that commands wrote is not there any more.",
            "Its records do not count, and nobody decided that.",
            "Put it back or take it from a copy; the next command notes a file that was renamed.",
        ),
        _files(None, (_FIRST, _SECOND, _MARK + _THIRD)),
    ),
    _code(
        713,
        "changed-outside",
        (
            "A file was changed by hand or by another program between two commands.",
            "That is allowed, and it is noted so that everybody can see it.",
            "If nobody knows of it, compare the file with a copy; otherwise leave it.",
        ),
        _files(_EVENTS + _MARK + "E3,2021-07-03,M1,talk\n"),
        Severity.WARNING,
    ),
    _code(
        714,
        "chain-changed",
        (
            "An entry of the audit file was changed after it was written.",
            "The next entry holds the digest of the right one, and it does not agree.",
            "Take the audit file from a copy; ask who had the folder open.",
        ),
        _files(chain=(_FIRST, _MARK + _SECOND.replace("王芳", "李明"), _THIRD)),
    ),
    _code(
        715,
        "chain-gap",
        (
            "Entries of the audit file were deleted, or stand there twice.",
            "Entries are numbered without a gap, and each holds the digest of the one before.",
            "Take the audit file from a copy; ask who had the folder open.",
        ),
        _files(chain=(_FIRST, _MARK + _THIRD)),
    ),
    _code(
        716,
        "not-as-printed",
        (
            "The audit file does not hold the entry whose code a notice printed.",
            "Its end was cut off, or it was written anew; the paper on the wall is the witness.",
            "Take the audit file and the logs from a copy that was made after the notice.",
        ),
        _files(chain=(_FIRST, _MARK + _SECOND)),
    ),
    _code(
        717,
        "chain-unreadable",
        (
            "A line of the audit file is not an entry.",
            "Either writing it was cut short, or somebody edited the file.",
            "If it is the last line, run points repair; otherwise take the file from a copy.",
        ),
        _files(chain=(_FIRST, _SECOND, _MARK + _THIRD[:40])),
    ),
    _code(
        718,
        "no-audit-file",
        (
            "There is no audit file.",
            "Nothing tells whether the logs are as they were recorded.",
            "The next command that records begins one; if there was one before, take it from a copy.",
        ),
        _files(chain=None),
        Severity.WARNING,
    ),
)
CODES: Mapping[str, Code] = {code.name: code for code in _ALL}
