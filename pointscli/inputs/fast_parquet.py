"""Which Parquet event files DuckDB may take apart: columns of text, whole numbers, decimals and days.

Their cells are the same texts as in the careful reader; a type that needs a second look there is left to it.
"""

from __future__ import annotations

import re
from pathlib import Path

from pointscli.inputs.contents import file_kind
from pointscli.inputs.fast_csv import PlainFile
from pointscli.inputs.headers import EVENTS, match_header
from pointscli.inputs.meanings import COLUMNS
from pointscli.inputs.parquet_file import DamagedParquetError, open_fenced
from pointscli.model.problem import Place, Severity

_TYPE = re.compile(r"VARCHAR|U?(?:TINY|SMALL|BIG)?INT(?:EGER)?|DECIMAL\(.*\)|DATE", re.DOTALL)
_SAMPLED = 10_000
"""Records whose texts are looked at before the table is read."""


def open_parquet(path: Path, shown: str) -> PlainFile | None:
    """What there is to know of a file, or None if it needs the careful reader."""
    if path.suffix.lower() != ".parquet" or file_kind(path, shown) != ("parquet", []):
        return None
    try:
        with open_fenced(path) as file:
            types, titles = file.types(), file.titles()
            if not types or titles != [title for title, _ in types]:
                return None
            if not all(title.strip() and _TYPE.fullmatch(kind) for title, kind in types):
                return None
            columns, problems = match_header(titles, EVENTS, lambda _: Place(shown), Place(shown))
            if any(problem.severity is Severity.ERROR for problem in problems):
                return None
            records = file.count()
            sample = {name: file.texts(number, _SAMPLED) for number, name in enumerate(columns) if name in COLUMNS}
            sample["date"] |= file.ends(columns.index("date"))
    except DamagedParquetError:
        return None
    return PlainFile(path, shown, columns, "", records, sample, tuple(problems)) if records else None
