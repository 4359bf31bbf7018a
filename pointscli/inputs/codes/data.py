"""Roster, log and rules looked at together."""

from __future__ import annotations

from pointscli.inputs.codes.base import RULES, events, members, register, rules, warning

_FULL = {"rules/a.yaml": RULES + "members: {kind: [full]}\n"}
_KINDS = "id,name,kind"
_SPELLS = "id,name,until"
_RANGE = rules("talk: {title: 党课, points: {from: 1, to: 100}}")
_POINTS = "id,date,member,item,points"
_USUAL = [f"E{number},2021-07-0{number},M1,talk,3" for number in range(1, 9)]
_LEVELS = rules("talk: {title: 党课, points: {levels: {国家级: 10, 省级: 8}}}")
_LEVEL = "id,date,member,item,level"

CODES = register(
    warning(
        "P570",
        "namesakes",
        (
            "Several members bear the same name.",
            "The log cannot name them by name; or it is one person under two ids.",
            "Name them by their ids in the log; if it is one person, keep one id.",
        ),
        members("M1,张三", "«»M2,张三"),
    ),
    warning(
        "P571",
        "unscored-rows",
        (
            "Roster rows are accepted by the members: of no scheme.",
            "These people earn nothing whatever they do; often the kind is only written in another way.",
            "Add the value to members: of a rule file, or correct the rows; if they earn no points, leave it.",
        ),
        {**_FULL, **members("M1,张三,正式党员", "«»M2,李四,正式", header=_KINDS)},
        {**_FULL, **members("M1,张三,正式党员", "M2,李四,full", header=_KINDS)},
    ),
    warning(
        "P572",
        "inactive-member",
        (
            "Events of a member fall into a period to which the member does not belong.",
            "They count for nothing.",
            "Check the dates of the events and of the roster rows; if the member has left, leave it.",
        ),
        {**members("M1,张三,2021-06-30", "M2,李四,", header=_SPELLS), **events("E1,«»2021-07-01,M1,talk")},
    ),
    warning(
        "P573",
        "refused-member",
        (
            "Events of a member fall on days on which the scheme does not score the member.",
            "They count for nothing.",
            "Check the roster row, or members: in the rule file; the event may be for another scheme.",
        ),
        {
            **_FULL,
            **members("M1,张三,applicant", "M2,李四,full", header=_KINDS),
            **events("E1,2021-07-01,«»M1,talk"),
        },
        {**_FULL, **members("M1,张三,full", "M2,李四,full", header=_KINDS)},
    ),
    warning(
        "P574",
        "future-event",
        (
            "An event is dated after today.",
            "It counts for nothing until that day; mostly the year is mistyped.",
            "Correct the date; if it is planned, it counts from that day on.",
        ),
        events("E1,«»2099-07-01,M1,talk"),
    ),
    warning(
        "P575",
        "suspected-duplicate",
        (
            "Two events agree in member, item, date and amount, and no reason tells them apart.",
            "If one event was written down twice, its points count twice.",
            "Delete one of the two; if both happened, give each its own reason.",
        ),
        events("E1,2021-07-01,M1,talk", "E2,2021-07-01,M1,«»talk"),
        events("E1,2021-07-01,M1,talk,上午", "E2,2021-07-01,M1,talk,下午", header="id,date,member,item,reason"),
    ),
    warning(
        "P576",
        "unused-items",
        (
            "Items of a rule file are never used in the log.",
            "Either nothing of the kind happened, or it was written down under another item.",
            "If such events happened, look for them under another item; if not, leave it.",
        ),
        {"rules/a.yaml": RULES + "    «»help: {title: 帮扶, points: 3}\n"},
    ),
    warning(
        "P577",
        "unused-levels",
        (
            "Levels of items are never used in the log.",
            "Either nothing of the kind happened, or it stands under another level.",
            "Look whether these events stand under another level; if there were none, leave it.",
        ),
        {
            "rules/a.yaml": _LEVELS["rules/a.yaml"].replace("talk:", "«»talk:"),
            **events("E1,2021-07-01,M1,talk,省级", header=_LEVEL),
        },
        {**_LEVELS, **events("E1,2021-07-01,M1,talk,省级", "E2,2021-07-02,M1,talk,国家级", header=_LEVEL)},
    ),
    warning(
        "P578",
        "points-jump",
        (
            "An event's points are more than three times the largest of at least eight earlier ones.",
            "Mostly a decimal point was lost.",
            "Check the event for a slip; if it is right, leave it.",
        ),
        {**_RANGE, **events(*_USUAL, "E9,2021-07-09,M1,talk,«»30", header=_POINTS)},
        {**_RANGE, **events(*_USUAL, "E9,2021-07-09,M1,talk,9", header=_POINTS)},
    ),
    warning(
        "P579",
        "no-such-column",
        (
            "A rule file uses a roster column that the roster does not have.",
            "Every cell of it reads as empty: nobody is accepted, or all are in one group.",
            "Add the column to the roster, or correct its name in the rule file.",
        ),
        {"rules/a.yaml": "«»" + RULES + "ranking: {ties: dense, within: branch}\n"},
        {
            "rules/a.yaml": RULES + "ranking: {ties: dense, within: branch}\n",
            **members("M1,张三,一支部", "M2,李四,二支部", header="id,name,branch"),
        },
    ),
    warning(
        "P580",
        "list-of-everybody",
        (
            "An outcome takes as many members as there are.",
            "A list of everybody says nothing; a bottom three of three calls the best one to a talk too.",
            "Lower top: or bottom:, or choose from a larger group.",
        ),
        {
            "rules/a.yaml": RULES + "outcomes:\n  «»talk_to: {title: 谈话, bottom: 3}\n",
            **members("M1,张三", "M2,李四", "M3,王五"),
        },
        {
            "rules/a.yaml": RULES + "outcomes:\n  talk_to: {title: 谈话, bottom: 1}\n",
            **members("M1,张三", "M2,李四", "M3,王五"),
        },
    ),
)
