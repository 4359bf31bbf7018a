"""Cells by themselves, and the settings file."""

from __future__ import annotations

from pointscli.inputs.codes.base import WARNING, code, events, register, saved, warning

_QUANTITY = "id,date,member,item,quantity"

CODES = register(
    code(
        "P460",
        "missing-value",
        (
            "A cell that every record needs is empty.",
            "The record cannot be counted.",
            "Fill it in, or delete the record.",
        ),
        events("E1,2021-07-01,«»,talk"),
    ),
    code(
        "P461",
        "empty-cell",
        ("A member cell names nobody.", "The event's points belong to no one.", "Write a member's id."),
        events("E1,2021-07-01,«»；,talk"),
    ),
    saved(
        "P462",
        "control-character",
        (
            "An id, name or title holds a control character that cannot be seen.",
            "It looks like another one and is not the same.",
            "Type the cell again.",
        ),
        events("E1,2021-07-01,«»M1,talk"),
        "The control character U+0007 stands after M1.",
    ),
    saved(
        "P463",
        "invisible-character",
        (
            "Cells hold characters that cannot be seen; they are ignored.",
            "Other programs do not ignore them and find nobody of that name.",
            "Type these cells again.",
        ),
        events("E1,2021-07-01,«»M1,talk"),
        "The invisible character U+200B stands after M1.",
        WARNING,
    ),
    code(
        "P464",
        "bad-number",
        (
            "A text is not a plain number.",
            "Units, percent signs and words are read differently by everybody; nothing is guessed or rounded.",
            "Write digits, such as 3 or 2.5, with at most four decimals.",
        ),
        events("E1,2021-07-01,M1,talk,«»2次", header=_QUANTITY),
        events("E1,2021-07-01,M1,talk,2", header=_QUANTITY),
    ),
    code(
        "P465",
        "bad-date",
        (
            "A text is not a day, or a day that does not exist.",
            "The date decides in which period the points count, so it is never guessed.",
            "Write year, month and day, as 2021-07-01 or 2021年7月1日.",
        ),
        events("E1,«»2021-06-31,M1,talk"),
    ),
    warning(
        "P466",
        "dropped-time",
        (
            "A date has a time of day, which is not used.",
            "Two events of one day are in the order of their ids, not of their hours.",
            "Write only the day.",
        ),
        events("E1,«»2021-07-01 09:30,M1,talk"),
    ),
    code(
        "P490",
        "bad-word",
        (
            "A setting in points.yaml has a word that it does not take.",
            "The setting would have no effect, and nobody would notice.",
            "Write one of the words that the message names.",
        ),
        {"points.yaml": "language: «»french\n"},
        {"points.yaml": "language: zh\n"},
    ),
    code(
        "P491",
        "no-such-file",
        (
            "A file that points.yaml names is not there.",
            "What stands in the file would be missing from the points.",
            "Check the path; it is read from the workspace's folder.",
        ),
        {"points.yaml": "members: «»people.csv\n"},
        {"points.yaml": "members: members.csv\n"},
    ),
    code(
        "P492",
        "outside-workspace",
        (
            "A path in points.yaml, or a link that stands in the place of a file, leads out of the workspace.",
            "A folder that somebody sends must not make a command read or write other files of the person who runs it.",
            "Copy the file into the workspace, or name its folder in the environment variable POINTS_OUTSIDE.",
        ),
        {"points.yaml": "members: «»../other/members.csv\n"},
        {"points.yaml": "members: members.csv\n"},
    ),
)
