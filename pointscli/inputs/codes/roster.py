"""The roster: ids, names and spells."""

from __future__ import annotations

from pointscli.inputs.codes.base import code, members, register, warning

_SPELLS = "id,name,since,until"
_SAME = "Points of one person would be split over two ids, or two persons' points be one."

CODES = register(
    code(
        "P501",
        "cut-id",
        (
            "A spreadsheet has taken an id for a number and cut its digits.",
            "The digits are lost; several people may now have the same id.",
            "Take the id from the original, and format the column as text before typing it.",
        ),
        members("«»1.10101E+17,张三", "M1,李四", "M2,王五"),
    ),
    code(
        "P502",
        "separator-in-id",
        (
            "An id holds a character that separates members in the log.",
            "In the log it would be read as two members.",
            "Do not use ; ； or 、 in an id.",
        ),
        members("«»M1;2,张三", "M1,李四", "M2,王五"),
    ),
    code(
        "P503",
        "bad-id-number",
        (
            "An identity number is not valid: its check digit does not fit.",
            "A digit was mistyped, so it is another person's number or nobody's.",
            "Compare it with the document digit by digit.",
        ),
        members("«»110101199001011234,张三", "M1,李四", "M2,王五"),
    ),
    warning(
        "P504",
        "separator-in-name",
        (
            "A name holds a character that separates members in the log.",
            "The log cannot name this member by name.",
            "Do not use ; ； or 、 in a name.",
        ),
        members("M1,«»张三、李四", "M2,王五"),
    ),
    code(
        "P505",
        "backward-spell",
        (
            "A spell ends before it starts.",
            "It holds on no day at all, so the member would earn nothing.",
            "Exchange or correct the two dates.",
        ),
        members("M1,张三,2021-07-01,«»2021-01-01", "M2,李四,,", header=_SPELLS),
        members("M1,张三,2021-01-01,2021-12-31", "M2,李四,,", header=_SPELLS),
    ),
    code(
        "P506",
        "colliding-id",
        ("Two ids differ only in width, case or blanks.", _SAME, "Write the id the same way in both rows."),
        members("M1,张三", "«»m1,李四", "M2,王五"),
    ),
    code(
        "P507",
        "overlapping-spells",
        (
            "Two spells of one member share days.",
            "On those days the member would be in two branches or of two kinds at once.",
            "End the earlier spell (until) before the later one starts (since), or delete one of the two.",
        ),
        members("M1,张三,,2021-06-30", "M1,张三,«»2021-06-30,", "M2,李四,,", header=_SPELLS),
        members("M1,张三,,2021-06-30", "M1,张三,2021-07-01,", "M2,李四,,", header=_SPELLS),
    ),
    warning(
        "P508",
        "changed-name",
        (
            "One id has different names in its rows.",
            "Either the name changed, or two people share an id.",
            "If one person changed the name, leave it; if not, correct the id.",
        ),
        members("M1,张三,,2021-06-30", "M1,«»张山,2021-07-01,", "M2,李四,,", header=_SPELLS),
    ),
    code(
        "P509",
        "name-is-id",
        (
            "A member's name is another member's id.",
            "A log that says this word could mean either of them.",
            "Give that member another id.",
        ),
        members("M1,«»M2", "M2,李四"),
    ),
    warning(
        "P510",
        "similar-name",
        (
            "Two names look the same but are written with other characters.",
            "It may be one person under two ids.",
            "If it is one person, correct the name and the id; if not, leave it.",
        ),
        members("M1,吕明", "M2,«»呂明"),
    ),
    warning(
        "P511",
        "similar-id",
        (
            "Two ids differ only in leading zeros.",
            "Spreadsheets drop leading zeros; it may be one person under two ids.",
            "If a spreadsheet has dropped the zeros, put them back.",
        ),
        members("001,张三", "«»1,李四", "M1,王五"),
    ),
)
