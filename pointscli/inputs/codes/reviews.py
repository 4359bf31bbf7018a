"""The review log, nominations, and the redemption log."""

from __future__ import annotations

from pointscli.inputs.codes.base import REVIEW, RULES, code, events, redemptions, register, reviews, rules, warning

_CONFIRM = rules(
    rest=REVIEW
    + "rollup: {year: sum}\noutcomes: {star: {title: 之星, period: year, where: {score: '>= 1'}, confirm: approved}}\n"
)
_GIFTS = rules(rest="redemption: {opens: quarter, expires: never, gifts: {tissue: {title: 抽纸, cost: 1, stock: 2}}}\n")
_REVIEWED = rules(rest=REVIEW)
_GOOD = {**_REVIEWED, **reviews("2021-07-02,E1,approve,verified,书记")}
_NOMINATED = {**_CONFIRM, **reviews("2021-12-30,star/2021/M1,approve,verified,书记")}
_REDEEMED = {**_GIFTS, **redemptions("2021-10-08,M1,tissue,1")}
_APPROVED = "2021-07-02,E1,approve,approved,书记"
_VILLAGE = RULES.replace("party", "village").replace("talk: {title: 党课", "visit: {title: 走访")
_GIFT_OF_TWO = {**_GIFTS, "rules/b.yaml": _VILLAGE + "redemption: {gifts: {paper: {title: 抽纸, cost: 3}}}\n"}
_AMOUNT = "date,event,decision,quantity,by\n2021-07-02,E1,{},书记\n"
_BACK = "Decisions are replayed literally, so the last one holds, whatever was meant."

CODES = register(
    code(
        "P601",
        "unknown-decision",
        (
            "A word in the decision column is not a decision.",
            "What was decided would not be known.",
            "Write approve, reject, amend, object or dismiss (同意 驳回 更正 异议 维持).",
        ),
        {**_REVIEWED, **reviews("2021-07-02,E1,«»通过,verified,书记")},
        _GOOD,
    ),
    code(
        "P602",
        "unknown-event",
        (
            "A decision names an event that is not in the log.",
            "The decision would change nothing, and the event meant keeps its old state.",
            "Write the id of an event, or OUTCOME/PERIOD/MEMBER for a nomination.",
        ),
        {**_REVIEWED, **reviews("2021-07-02,«»E9,approve,verified,书记")},
        _GOOD,
    ),
    code(
        "P603",
        "event-without-id",
        (
            "A decision names an event by its file and line.",
            "Lines move when a row is added above them; the decision would then mean another event.",
            "Give the event an id in the event log, and name that id here.",
        ),
        {
            **_REVIEWED,
            **events(",2021-07-01,M1,talk"),
            **reviews("2021-07-02,«»events.csv:2,approve,verified,书记"),
        },
        _GOOD,
    ),
    code(
        "P604",
        "unknown-outcome",
        (
            "A decision is about an outcome that no scheme confirms.",
            "The nomination would be decided nowhere.",
            "Write the id of an outcome that has confirm: in the rule file.",
        ),
        {**_CONFIRM, **reviews("2021-12-30,«»sun/2021/M1,approve,verified,书记")},
        _NOMINATED,
    ),
    code(
        "P605",
        "bad-period",
        (
            "A nomination does not say a period.",
            "Nobody can tell which year or quarter the decision is for.",
            "Write it like 2021, 2021Q3 or 2021-07.",
        ),
        {**_CONFIRM, **reviews("2021-12-30,«»star/去年/M1,approve,verified,书记")},
        _NOMINATED,
    ),
    warning(
        "P610",
        "backward-stage",
        (
            "An approval names a stage before the one that was reached.",
            _BACK,
            "Correct the stage or the order of the rows; to undo a stage on purpose, leave it.",
        ),
        {
            **_REVIEWED,
            **reviews("2021-07-02,E1,approve,approved,书记", "2021-07-03,E1,approve,«»verified,书记"),
        },
        {
            **_REVIEWED,
            **reviews("2021-07-02,E1,approve,verified,书记", "2021-07-03,E1,approve,approved,书记"),
        },
    ),
    warning(
        "P611",
        "approval-after-rejection",
        (
            "An event or nomination is approved after it was rejected.",
            "The approval restores it, and the rejection no longer holds.",
            "If that was decided, leave it; if not, delete one of the two.",
        ),
        {**_REVIEWED, **reviews("2021-07-02,E1,reject,,书记", "2021-07-03,E1,«»approve,verified,书记")},
        _GOOD,
    ),
    warning(
        "P612",
        "second-objection",
        (
            "Somebody objects while an objection is open.",
            "One decision closes both, so one of them would never be answered.",
            "Close the first objection (dismiss, amend or reject) before this row, or delete this row.",
        ),
        {**_REVIEWED, **reviews("2021-07-02,E1,object,,张三", "2021-07-03,E1,«»object,,李四")},
        {
            **_REVIEWED,
            **reviews("2021-07-02,E1,object,,张三", "2021-07-03,E1,dismiss,,书记", "2021-07-04,E1,object,,李四"),
        },
    ),
    warning(
        "P613",
        "needless-dismissal",
        (
            "An objection is dismissed that was never made or is closed already.",
            "The objection may be missing from the log, or stand in the wrong order.",
            "Write the objection before it, or delete this row.",
        ),
        {**_REVIEWED, **reviews("2021-07-03,E1,«»dismiss,,书记")},
        {**_REVIEWED, **reviews("2021-07-02,E1,object,,张三", "2021-07-03,E1,dismiss,,书记")},
    ),
    warning(
        "P614",
        "not-nominated",
        (
            "A decision is about a nomination that never was: the member does not meet the outcome in that period.",
            "The decision changes nothing, and whoever was meant is not decided about.",
            "Check the outcome, the period and the member; if points were corrected afterwards, leave it.",
        ),
        {**_CONFIRM, **reviews(_APPROVED, "2021-12-30,«»star/2021/M2,approve,verified,书记")},
        {**_CONFIRM, **reviews(_APPROVED, "2021-12-30,star/2021/M1,approve,verified,书记")},
    ),
    warning(
        "P615",
        "unused-decision-cell",
        (
            "A quantity, level or points stand beside a decision that does not use them.",
            "Only amend changes an amount: what was meant does not happen.",
            "If the amount is to change, write amend in a row of its own; if not, empty the cell.",
        ),
        {**_REVIEWED, "reviews.csv": _AMOUNT.format("approve,«»3")},
        {**_REVIEWED, "reviews.csv": _AMOUNT.format("amend,3")},
    ),
    code(
        "P620",
        "unknown-gift",
        (
            "No scheme has a gift of this id or title.",
            "What it costs is not known, so the balance would be wrong.",
            "Write a gift listed under redemption: in the rule file.",
        ),
        {**_GIFTS, **redemptions("2021-10-08,M1,«»水壶,1")},
        _REDEEMED,
    ),
    code(
        "P621",
        "bad-count",
        (
            "The number of gifts is not a whole number from 1 on.",
            "Nobody takes half a gift, and giving one back is no redemption.",
            "Write how many, a whole number from 1 on.",
        ),
        {**_GIFTS, **redemptions("2021-10-08,M1,tissue,«»0.5")},
        _REDEEMED,
    ),
    code(
        "P622",
        "several-redeemers",
        (
            "One redemption names several members.",
            "Whose points are spent would not be known.",
            "Write a row for each of them.",
        ),
        {**_GIFTS, **redemptions("2021-10-08,«»M1;M2,tissue,1")},
        _REDEEMED,
    ),
    warning(
        "P623",
        "future-redemption",
        (
            "A redemption is dated after today.",
            "It spends points that may not be there on that day.",
            "Correct the date.",
        ),
        {**_GIFTS, **redemptions("«»2099-10-08,M1,tissue,1")},
        _REDEEMED,
    ),
    warning(
        "P624",
        "over-stock",
        (
            "More of a gift is redeemed than the rule file has in stock.",
            "Somebody was promised what is not there.",
            "Check the count, or stock: in the rule file.",
        ),
        {**_GIFTS, **redemptions("2021-10-08,M1,tissue,2", "2021-10-08,M2,«»tissue,1")},
        _REDEEMED,
    ),
    warning(
        "P625",
        "over-balance",
        (
            "A redemption takes more points than the member could spend on that day.",
            "Points were spent that were not open yet, had lapsed, or were taken back by a later decision.",
            "Check member, gift and count; if it was handed over, leave it: the balance shows negative.",
        ),
        {**_GIFTS, **redemptions("2021-10-08,M1,tissue,1", "2021-10-08,M2,«»tissue,1")},
        _REDEEMED,
    ),
    code(
        "P626",
        "redemption-not-in-force",
        (
            "A redemption is dated when no rule file with that gift is in force.",
            "What the gift costs on that day is not known, so the balance would be wrong.",
            "Check the date, or effective: in the rule file.",
        ),
        {**_GIFTS, **redemptions("2020-10-08,M1,«»tissue,1")},
        _REDEEMED,
    ),
    code(
        "P627",
        "ambiguous-gift",
        (
            "Several schemes that score the member have a gift of this name.",
            "Whose points are spent would not be known.",
            "Give the gift another title in one of the rule files, and write that.",
        ),
        {**_GIFT_OF_TWO, **redemptions("2021-10-08,M1,«»抽纸,1")},
        {**_GIFT_OF_TWO, **redemptions("2021-10-08,M1,tissue,1")},
    ),
)
