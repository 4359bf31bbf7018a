"""Where the last whole record of a log ends: what a power cut or a killed command left behind it is a torn tail.

Nothing here knows columns. A record is whole if its line is ended; the last line of a file that somebody saved by hand
may lack its end, if it is as full as the line before it (CSV) or a whole object (JSONL). CSV is taken apart by its
bytes: in UTF-8 and GB18030, quotation marks, delimiters and line ends are never a part of another character.
"""

from __future__ import annotations

import csv
import json
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pointscli.journal.atomic import unreadable
from pointscli.model.problem import FileError

_BOMS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_DELIMITERS = (",", "\t", ";")
_HEAD = 4096
_HINT = "Run points repair: it copies the file and takes the unfinished record out."


@dataclass(frozen=True, slots=True)
class Tail:
    """The end of a log: `keep` bytes are whole records, `mend` is the line end that the last of them lacks."""

    size: int
    keep: int
    mend: bytes = b""
    unclear: bool = False
    """Whether a quotation mark opens far above and is never closed: nobody can say which record is the last."""

    @property
    def torn(self) -> bool:
        """Whether something stands behind the last whole record."""
        return self.keep < self.size


def check_tail(path: Path, known: int | None = None) -> Tail:
    """The end of a log that can be appended to; `known` is the size that the audit file recorded, if any.

    Raises:
        FileError: The last record is torn, or the file cannot be read.
    """
    try:
        tail = look_at_tail(path, known)
    except OSError as error:
        raise unreadable(path, error) from error
    if tail.unclear:
        reason = "a quotation mark is opened and never closed"
        raise FileError(str(path), reason, "Run points check: it names the line. Nothing was changed.")
    if tail.torn:
        raise FileError(str(path), "the last record is not finished: writing it was cut short", _HINT)
    return tail


def look_at_tail(path: Path, known: int | None = None) -> Tail:
    """Where the records of a log end. What is not after the recorded size is not read again."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(0)
        text = _Text(file.read(_HEAD))
        is_json = path.suffix.lower() == ".jsonl"
        start = _last_line(file, size, text) if is_json else 0
        ours = known is not None and 0 < known <= size
        if ours and known is not None:
            file.seek(known - len(text.line_end))
            ours = known == size or text.ends_line(file.read(len(text.line_end)))
            start = known if ours and known < size else start
        if ours and known == size:
            file.seek(max(size - 2 * text.unit, 0))
            end = file.read()
            return Tail(size, size, b"" if text.ends_line(end) else text.missing_end(text.chars(end)))
        file.seek(start)
        data = file.read()
    if not data:
        return Tail(size, size)
    look = _json_end if is_json else _csv_end
    found, mend, unclear = look(text, data, ours=ours)
    return Tail(size, start + found, mend, unclear)


class _Text:
    """How a file writes text, as far as its lines need it: the size of a character and the end of a line."""

    def __init__(self, head: bytes) -> None:
        self.encoding = _BOMS.get(head[:2], "")
        self.unit = 2 if self.encoding else 1
        start = self.chars(head[: len(head) - len(head) % self.unit])
        first = min((at for end in "\r\n" if (at := start.find(end)) >= 0), default=-1)
        ending = "\n" if first < 0 else "\r\n" if start[first : first + 2] == "\r\n" else start[first]
        self.ending = ending
        self.line_end = ending.encode(self.encoding or "ascii")

    def chars(self, data: bytes) -> str:
        """One character a unit: its index tells the byte."""
        if self.unit == 1:
            return data.decode("latin-1")
        units = array("H", data[: len(data) - len(data) % 2])
        if (self.encoding == "utf-16-be") == (array("H", [1]).tobytes() == b"\x01\x00"):
            units.byteswap()
        return "".join(map(chr, units))

    def ends_line(self, data: bytes) -> bool:
        """Whether bytes end with the end of a line; a line feed alone always is one."""
        text = self.chars(data)
        return len(data) % self.unit == 0 and text.endswith(("\n", self.ending))

    def missing_end(self, text: str) -> bytes:
        """What ends a line, of which the first half may be there."""
        ending = "\n" if self.ending == "\r\n" and text.endswith("\r") else self.ending
        return ending.encode(self.encoding or "ascii")


def _last_line(file: object, size: int, text: _Text) -> int:
    """Where the last line begins that holds something, read from the end."""
    step = 65536
    while True:
        start = max(size - step, 0)
        start -= start % text.unit
        file.seek(start)  # type: ignore[attr-defined]
        chars = text.chars(file.read())  # type: ignore[attr-defined]
        at = chars.rstrip("\r\n").rfind("\n")
        if at >= 0 or start == 0:
            return start + (at + 1) * text.unit
        step *= 4


def _json_end(text: _Text, data: bytes, *, ours: bool) -> tuple[int, bytes, bool]:  # noqa: ARG001  (as `_csv_end`)
    """JSONL: a line is whole if it is ended, or a whole object."""
    end = _ended(text, data)
    rest = data[end:]
    chars = text.chars(rest)
    if len(rest) % text.unit == 0 and not chars.strip(" \t\r\n"):
        return len(data), b"", False
    if _is_object(rest, text.encoding):
        return len(data), text.missing_end(chars), False
    return end, b"", False


def _is_object(line: bytes, encoding: str) -> bool:
    for name in (encoding,) if encoding else ("utf-8-sig", "gb18030"):
        try:
            return isinstance(json.loads(line.decode(name).lstrip("\ufeff")), dict)
        except UnicodeDecodeError:
            continue
        except (ValueError, RecursionError):
            return False
    return False


def _ended(text: _Text, data: bytes) -> int:
    """Bytes up to the end of the last ended line."""
    return (text.chars(data).rfind("\n" if "\n" in text.ending else "\r") + 1) * text.unit


def _csv_end(text: _Text, data: bytes, *, ours: bool) -> tuple[int, bytes, bool]:
    """CSV: a record is whole if its line is ended outside quotation marks."""
    chars = text.chars(data)
    if text.unit == 1 and "\0" in chars:
        return _csv_end(text, data[: data.index(b"\0")], ours=True)[0], b"", False
    start, width_before, last = _last_record(chars)
    record, odd = chars[start:], len(data) % text.unit
    if last is not None and record.endswith(("\n", text.ending)):
        return len(data) - odd, b"", False
    if last is None and not ours and _has_records(record, width_before):
        return start * text.unit, b"", True
    if last is None or ours or odd or len(last) < width_before:
        return start * text.unit, b"", False
    return len(data), text.missing_end(record), False


def _has_records(text: str, width: int) -> bool:
    """Whether lines below an open quotation mark look like records of their own."""
    lines = text.splitlines()[1:]
    return width > 1 and any(max(map(line.count, _DELIMITERS)) >= width - 1 for line in lines)


def _last_record(chars: str) -> tuple[int, int, list[str] | None]:
    """Where the last record starts, how many cells the one before it has, and its cells; None: a quote is open."""
    delimiter = _delimiter(chars)
    if '"' not in chars:
        end = len(chars.rstrip("\r\n"))
        start = max(chars.rfind("\n", 0, end), chars.rfind("\r", 0, end)) + 1
        before = chars[:start].rstrip("\r\n")
        width = before[max(before.rfind("\n"), before.rfind("\r")) + 1 :].count(delimiter) + 1 if before else 0
        return start, width, chars[start:].rstrip("\r\n").split(delimiter)
    start, width, last = 0, 0, [""]
    for position, cells in _records(chars, delimiter):
        if cells is None:
            return position, width or len(last), None
        if cells:
            start, width, last = position, len(last) if position else 0, cells
    return start, width, last


def _records(chars: str, delimiter: str) -> Iterator[tuple[int, list[str] | None]]:
    """Start and cells of every record; None for the last one, if a quotation mark stays open."""
    lines = _lines(chars)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    done = 0
    while done < len(lines):
        reader = csv.reader(lines[done:], delimiter=delimiter, strict=True)
        first = done
        try:
            for cells in reader:
                yield starts[done], cells
                done = first + reader.line_num
        except csv.Error as error:
            if str(error).startswith("unexpected end of data"):
                yield starts[done], None
            done = first + reader.line_num


def _lines(chars: str) -> list[str]:
    """Lines with their ends, as the CSV reader sees them: no other character ends one."""
    ends = chars.replace("\r\n", "\r\r").replace("\n", "\r")
    lines, start = [], 0
    while (at := ends.find("\r", start)) >= 0:
        at += 1 + (chars[at : at + 2] == "\r\n")
        lines.append(chars[start:at])
        start = at
    if start < len(chars):
        lines.append(chars[start:])
    return lines


def _delimiter(chars: str) -> str:
    """What stands between cells: the mark that the last lines have most of."""
    end = chars[-_HEAD:]
    return max(_DELIMITERS, key=end.count)
