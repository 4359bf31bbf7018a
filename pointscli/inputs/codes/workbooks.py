"""Workbooks and Parquet files; the bad examples show the sheet as text."""

from __future__ import annotations

from pointscli.inputs.codes.base import ERROR, EVENTS, WARNING, Files, Text, files, register
from pointscli.model.code import Code
from pointscli.model.problem import Severity

_HEADER = "id,date,member,item\n"
_WHOLE = "«»" + EVENTS
_QUANTITY = "id,date,member,item,quantity\nE1,2021-07-01,M1,talk,«»2\n"
_SAVE_AGAIN = "Open it in Excel or WPS and save it again, or take another copy."
_UNSAFE = "What cannot be read whole may lack records, and nobody would notice."


def _sheet(number: str, name: str, text: Text, rows: str, how: str, severity: Severity = ERROR) -> Code:
    """A code whose bad event log is a workbook with these rows."""
    return Code(number, name, severity, *text, _log("events.xlsx", rows), files(), how)


def _parquet(number: str, name: str, text: Text, how: str) -> Code:
    """A code whose bad event log is a Parquet file."""
    return Code(number, name, ERROR, *text, _log("events.parquet", _WHOLE), files(), how)


def _log(name: str, rows: str) -> Files:
    return files({name: rows}, without=("events.csv",))


CODES = register(
    _sheet(
        "P411",
        "password",
        ("The workbook has a password.", "Without the password nobody can read it.", "Save it without one."),
        _WHOLE,
        "The workbook is saved with a password.",
    ),
    _sheet(
        "P412",
        "damaged-workbook",
        ("The workbook cannot be read.", _UNSAFE, _SAVE_AGAIN),
        _WHOLE,
        "Half of the file is missing.",
    ),
    _sheet(
        "P413",
        "oversized-workbook",
        (
            "The workbook has more than 5 million cells or 200 MB inside.",
            "Such files mostly hold formatted emptiness; reading them takes all the memory.",
            "Delete the empty rows and columns beyond the table, or save the sheet as CSV UTF-8.",
        ),
        _WHOLE,
        "A cell in the last row and column of the sheet is filled.",
    ),
    _sheet(
        "P414",
        "suspicious-workbook",
        (
            "The workbook holds a document type, which no office program writes.",
            "Such a file is made to harm the program that opens it.",
            "Do not use it; ask where it comes from.",
        ),
        _WHOLE,
        "A document type stands in the workbook's first part.",
    ),
    _sheet(
        "P415",
        "several-sheets",
        (
            "Several visible sheets hold a table.",
            "Which of them counts would be a guess.",
            "Keep one of them visible, or save each as a file of its own.",
        ),
        _WHOLE,
        "The workbook has the same sheet twice.",
    ),
    _sheet(
        "P416",
        "unread-sheet",
        (
            "Further sheets with cells were not read.",
            "Records on another sheet would be missing from the points.",
            "If they hold records too, save each as a file of its own.",
        ),
        _WHOLE,
        "A second sheet holds notes.",
        WARNING,
    ),
    _sheet(
        "P417",
        "error-cell",
        (
            "A cell shows an error such as #REF! or #N/A.",
            "The formula lost what it counted on, so the value is not known.",
            "Repair the formula, or type the value.",
        ),
        _QUANTITY,
        "The error #N/A stands in the cell.",
    ),
    _sheet(
        "P418",
        "uncalculated-formula",
        (
            "A formula's value is not in the file.",
            "A program wrote the formula and nobody has opened the workbook since.",
            "Open the file in Excel or WPS and save it, or type the value.",
        ),
        _QUANTITY,
        "The cell holds a formula without a value.",
    ),
    _sheet(
        "P419",
        "formula-cells",
        (
            "A column has formulas; their last saved values are used.",
            "Values that change by themselves change published points.",
            "Put plain values there, so that nothing changes by itself.",
        ),
        _QUANTITY,
        "The formula =1+1 stands in the cell.",
        WARNING,
    ),
    _sheet(
        "P420",
        "merged-cells",
        (
            "Cells are merged across records.",
            "Only the first record has the value; whether the others share it is a guess.",
            "Unmerge them and write the value into every row.",
        ),
        _HEADER + "E1,2021-07-01,«»M1,talk\nE2,2021-07-02,,talk\n",
        "The two member cells are merged.",
    ),
    _sheet(
        "P421",
        "hidden-rows",
        (
            "Rows are hidden or filtered out; they count all the same.",
            "What nobody sees nobody checks.",
            "Show them and look whether they belong there.",
        ),
        _HEADER + "«»E1,2021-07-01,M1,talk\n",
        "The row is hidden.",
        WARNING,
    ),
    _sheet(
        "P422",
        "day-number",
        (
            "Dates are stored as bare numbers and were read as days.",
            "The number depends on the workbook's calendar, which a copy may change.",
            "Format the column as a date.",
        ),
        _HEADER + "E1,«»44378,M1,talk\n",
        "The date is stored as a number.",
        WARNING,
    ),
    _sheet(
        "P423",
        "wrong-cell-type",
        (
            "A cell has a type that its column does not take, such as a percentage or a date in a number column.",
            "What is shown and what is stored differ, so one of them would be wrong.",
            "Format the cell as a number or as text and type it again.",
        ),
        _QUANTITY,
        "The cell is formatted as a percentage.",
    ),
    _parquet(
        "P424",
        "damaged-parquet",
        ("The Parquet file cannot be read.", _UNSAFE, "Write it again, or take another copy."),
        "Half of the file is missing.",
    ),
    _parquet(
        "P425",
        "wrong-column-type",
        (
            "A column of a Parquet file has a type that is no text, number or date.",
            "Lists and structures have no agreed way to be one cell.",
            "Write it as text, decimal or date.",
        ),
        "The first column holds lists.",
    ),
    _parquet(
        "P426",
        "oversized-parquet",
        (
            "The Parquet file has more than 20 million cells.",
            "It is not an event log, or it was made to fill the memory.",
            "Write only the columns of the table, or split it into several files.",
        ),
        "It has five million rows of four columns, and one more.",
    ),
)
