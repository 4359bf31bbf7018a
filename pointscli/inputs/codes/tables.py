"""Tables: files, header lines, records."""

from __future__ import annotations

from pointscli.inputs.codes.base import EVENTS, code, events, members, register, saved, warning

_ROW = "E1,2021-07-01,M1,talk"
_SHIFT = "Every cell after it may stand in the wrong column."

CODES = register(
    saved(
        "P429",
        "unreadable-file",
        (
            "A file is there but cannot be opened.",
            "What stands in it would be missing from the points.",
            "Close it in other programs, or ask for the right to read it.",
        ),
        {"events.csv": "«»" + EVENTS},
        "The file is taken away while the command runs.",
    ),
    code(
        "P430",
        "same-file-twice",
        (
            "Two files have the same content.",
            "Every record in them would count twice.",
            "Delete or move one of the two.",
        ),
        {"events/copy.csv": "«»" + EVENTS},
        {"events/more.csv": EVENTS.replace("E1", "E2")},
    ),
    code(
        "P431",
        "conflict-copy",
        (
            "A shared folder has made a copy because two people wrote at once.",
            "Some records are in both files and some in only one.",
            "Join the two files into one and delete the copy.",
        ),
        {"events/july (冲突).csv": "«»" + EVENTS.replace("E1", "E2")},
        {"events/july.csv": EVENTS.replace("E1", "E2")},
    ),
    warning(
        "P432",
        "unread-file",
        (
            "A file lies in the folder of the event log but is not read.",
            "Its records would be missing from the points.",
            "Save it as .xlsx or as CSV UTF-8, or move it elsewhere.",
        ),
        {"events/july.doc": "«»7月党课签到表"},
    ),
    code(
        "P433",
        "no-header",
        (
            "None of the first ten lines names the columns.",
            "Without titles nobody can tell which cell is the member and which the item.",
            "Write a first line with the titles, at least date, member and item (日期 党员 事项).",
        ),
        {"events.csv": f"«»{_ROW}\n"},
    ),
    warning(
        "P434",
        "no-records",
        (
            "The table has a header line but no records.",
            "A log without events gives points to nobody; the records may have been lost.",
            "Fill it in, or leave it so if there is nothing to record yet.",
        ),
        {"events.csv": "«»id,date,member,item\n"},
    ),
    code(
        "P435",
        "full-width-comma",
        (
            "The cells are separated by full-width commas.",
            "Only the half-width comma separates cells.",
            "Replace ， by , in the whole file.",
        ),
        {"events.csv": "«»编号，日期，党员，事项\nE1，2021-07-01，M1，党课\n"},
    ),
    code(
        "P436",
        "unclosed-quote",
        (
            "A quotation mark opens and is not closed.",
            "Everything after it is swallowed into one cell.",
            'Close it, or write " inside a cell as "".',
        ),
        events('«»E1,2021-07-01,M1,"talk'),
    ),
    code(
        "P437",
        "text-after-quote",
        (
            "Text follows a closing quotation mark.",
            "It is not clear where the cell ends.",
            'Write " inside a quoted cell as "", and nothing after the closing mark.',
        ),
        events('E1,2021-07-01,M1,"talk"«»!'),
    ),
    saved(
        "P438",
        "long-cell",
        (
            "A cell is longer than any text that a clerk writes.",
            "Mostly a line break is missing and many records have run together.",
            "Shorten it, or look for a missing line break.",
        ),
        events("«»E1,2021-07-01,M1,talk"),
        "The last cell has more than 131072 characters.",
    ),
    code(
        "P439",
        "missing-column",
        (
            "A column that every table of this kind needs is missing.",
            "Without it no record can be counted.",
            "Add the column and fill it in every row, or correct its title.",
        ),
        {"events.csv": "«»id,date,member\nE1,2021-07-01,M1\n"},
    ),
    code(
        "P440",
        "duplicate-column",
        (
            "Two columns have the same title.",
            "Which of the two cells counts would be a guess.",
            "Delete or rename one of the two.",
        ),
        events(f"{_ROW},talk", header="id,date,member,item,«»事项"),
    ),
    warning(
        "P441",
        "unknown-column",
        (
            "A column is not used for counting, and its title is close to one that is.",
            "A slip in a title leaves the whole column out.",
            "Correct the title; if the column is a note of your own, leave it.",
        ),
        events(f"{_ROW},2", header="id,date,member,item,«»次数"),
        events(f"{_ROW},2", header="id,date,member,item,数量"),
    ),
    warning(
        "P442",
        "unnamed-column",
        (
            "Cells stand in a column without a title.",
            "Nobody can tell what they mean, and no rule can name them.",
            "Give the column a title, or clear it.",
        ),
        events(f"{_ROW},«»补记", header="id,date,member,item,"),
    ),
    code(
        "P443",
        "too-few-fields",
        (
            "A record has fewer cells than the header.",
            _SHIFT,
            "Add the separators of the empty cells, or look for a line break inside a cell.",
        ),
        events("E1,2021-07-01,«»M1"),
    ),
    code(
        "P444",
        "too-many-fields",
        (
            "A record has more cells than the header.",
            _SHIFT,
            "Put a cell that holds a separator into quotation marks, or delete what is too much.",
        ),
        events(f"{_ROW},«»补记"),
    ),
    warning(
        "P445",
        "total-row",
        (
            "A line is taken for a total or a signature and not counted.",
            "A total in the table is no event; a record written like one is left out.",
            "Keep totals and signatures out of the table.",
        ),
        members("M1,张三", "«»合计,"),
    ),
    warning(
        "P446",
        "record-above-header",
        (
            "A line above the header is as full as a record and is not read.",
            "A header that was sorted down into the table hides the records above it.",
            "If it is a record, move it below the header; if it is a title, keep it short.",
        ),
        {"events.csv": "«»E2,2021-07-02,M1,talk\n" + EVENTS},
    ),
)
