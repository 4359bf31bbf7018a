"""The event log: whom, what and when its rows name."""

from __future__ import annotations

from pointscli.inputs.codes.base import RULES, code, events, members, register, rules

_TWO = {"rules/b.yaml": RULES.replace("party", "union")}
_EVIDENCE = rules("talk: {title: 党课, points: 2, evidence: required}")

CODES = register(
    code(
        "P520",
        "unknown-member",
        (
            "A cell names a member who is not on the roster.",
            "The points would belong to nobody.",
            "Correct the id or name, or add the member to the roster.",
        ),
        events("E1,2021-07-01,«»王五,talk"),
    ),
    code(
        "P521",
        "ambiguous-member",
        (
            "A cell gives a name that several members bear.",
            "The points could go to the wrong one.",
            "Write the member's id.",
        ),
        {**members("M1,张三", "M2,张三"), **events("E1,2021-07-01,«»张三,talk")},
    ),
    code(
        "P522",
        "member-twice",
        (
            "A cell names one member twice.",
            "The member would get the points of the event twice.",
            "Name each member once.",
        ),
        events("E1,2021-07-01,«»M1;张三,talk"),
    ),
    code(
        "P523",
        "unknown-item",
        (
            "No rule file has an item of this id, title or alias.",
            "Without an item there is no price, so the event is worth nothing.",
            "Correct the word, or add it to the item's aliases: in the rule file.",
        ),
        events("E1,2021-07-01,M1,«»上课"),
    ),
    code(
        "P524",
        "unknown-scheme",
        (
            "No rule file has the scheme that the cell names.",
            "The event would be counted nowhere.",
            "Write the id that stands after scheme: in the rule file.",
        ),
        events("E1,2021-07-01,M1,talk,«»club", header="id,date,member,item,scheme"),
    ),
    code(
        "P525",
        "scheme-required",
        (
            "Several schemes have the item or outcome and apply to the member.",
            "Which of them the event is for would be a guess.",
            "Write the scheme's id in the scheme column, or before a nomination as SCHEME:OUTCOME/PERIOD/MEMBER.",
        ),
        {**_TWO, **events("E1,2021-07-01,M1,«»talk")},
    ),
    code(
        "P526",
        "not-in-force",
        (
            "No version of the scheme with this item is in force on the event's date.",
            "Without rules for that day there is no price.",
            "Check the date, or effective: in the rule file.",
        ),
        events("E1,2020-07-01,M1,«»talk"),
    ),
    code(
        "P527",
        "duplicate-event-id",
        (
            "An event id is used twice.",
            "A decision that names the id could mean either event.",
            "Give every event its own id; delete the row if it is the same event.",
        ),
        events("E1,2021-07-01,M1,talk", "«»E1,2021-07-02,M1,talk"),
    ),
    code(
        "P528",
        "no-evidence",
        (
            "An event has no evidence, and the rules require it for this item.",
            "Points without proof do not stand when somebody objects.",
            "Write what proves it in the evidence column.",
        ),
        {**_EVIDENCE, **events("E1,2021-07-01,M1,talk,«»", header="id,date,member,item,evidence")},
        {**_EVIDENCE, **events("E1,2021-07-01,M1,talk,签到表", header="id,date,member,item,evidence")},
    ),
    code(
        "P529",
        "unknown-stage",
        (
            "The review of the scheme has no stage of this id or title.",
            "Where the event stands in the review would not be known.",
            "Write one of the stages under review: in the rule file.",
        ),
        {
            **rules(rest="review: {stages: {declared: 申报, approved: 审核}, counts_from: approved}\n"),
            **events("E1,2021-07-01,M1,talk,«»初审", header="id,date,member,item,stage"),
        },
        {
            **rules(rest="review: {stages: {declared: 申报, approved: 审核}, counts_from: approved}\n"),
            **events("E1,2021-07-01,M1,talk,审核", header="id,date,member,item,stage"),
        },
    ),
)
